//! Bytes to text: the encoding is found, never asked for.
//!
//! News collections mix UTF-8 with what editors' machines wrote over thirty years. A byte order mark decides, then
//! valid UTF-8, then what the page declares, then the statistics of chardetng. Broken bytes become U+FFFD and never
//! stop a run; only data that is no text at all is refused.
use chardetng::EncodingDetector;
use encoding_rs::{Encoding, UTF_8};
use thiserror::Error;

/// Decoded bytes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Decoded {
    /// The text, without a byte order mark.
    pub text: String,
    /// The encoding's WHATWG name, such as `windows-1254`.
    pub encoding: &'static str,
}

/// Why bytes are no text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum DecodeError {
    /// A NUL byte, which no text holds outside UTF-16.
    #[error("the data is binary (a NUL byte at {offset}); convert it to text or leave it out with --exclude")]
    Nul {
        /// Offset of the first NUL, in bytes (of the decoded text where the data has a byte order mark).
        offset: usize,
    },
    /// The first bytes name a binary format.
    #[error("the data is {format}, no text; extract its text first or leave it out with --exclude")]
    Format {
        /// The format in words.
        format: &'static str,
    },
    /// More control characters than text has.
    #[error("the data is binary ({controls} control characters in {sampled} bytes); leave it out with --exclude")]
    Controls {
        /// Control characters among the bytes looked at.
        controls: usize,
        /// Number of bytes looked at.
        sampled: usize,
    },
}

/// How far the search for control characters looks, in bytes.
const SAMPLE: usize = 64 * 1024;

/// First bytes of binary formats that people keep beside articles and that may hold no NUL early on.
const FORMATS: [(&[u8], &str); 7] = [
    (b"%PDF-", "a PDF document"),
    (b"PK\x03\x04", "a ZIP archive or an office document"),
    (b"\x1f\x8b", "compressed with gzip"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x28\xb5\x2f\xfd", "compressed with zstd"),
];

/// Decodes bytes whose encoding is unknown.
///
/// # Errors
/// [`DecodeError`] when the bytes are binary data. A broken encoding is no error.
pub fn decode(bytes: &[u8]) -> Result<Decoded, DecodeError> {
    decode_as(bytes, None)
}

/// Decodes bytes that declare an encoding by label (an HTML `charset`). A byte order mark and valid UTF-8 are
/// believed before the declaration, an unknown label is passed over.
///
/// # Errors
/// [`DecodeError`] when the bytes are binary data. A broken encoding is no error.
pub fn decode_as(bytes: &[u8], declared: Option<&str>) -> Result<Decoded, DecodeError> {
    if let Some((encoding, length)) = Encoding::for_bom(bytes) {
        let (text, _) = encoding.decode_without_bom_handling(&bytes[length..]);
        if let Some(offset) = text.find('\0') {
            return Err(DecodeError::Nul { offset });
        }
        return Ok(Decoded { text: text.into_owned(), encoding: encoding.name() });
    }
    refuse_binary(bytes)?;
    if let Ok(text) = std::str::from_utf8(bytes) {
        return Ok(Decoded { text: text.to_owned(), encoding: UTF_8.name() });
    }
    let encoding = if is_damaged_utf8(bytes) {
        UTF_8
    } else {
        declared
            .and_then(|label| Encoding::for_label(label.as_bytes()))
            // That the bytes are no UTF-8 is known by now, whatever the page says.
            .filter(|encoding| *encoding != UTF_8)
            .unwrap_or_else(|| guess(bytes))
    };
    let (text, _) = encoding.decode_without_bom_handling(bytes);
    Ok(Decoded { text: text.into_owned(), encoding: encoding.name() })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    let mut detector = EncodingDetector::new();
    detector.feed(bytes, true);
    detector.guess(None, true)
}

/// UTF-8 with a few broken bytes (a cut, a pasted line) rather than another encoding: its multi-byte characters
/// outnumber the breaks, which does not happen by chance.
fn is_damaged_utf8(bytes: &[u8]) -> bool {
    let (mut whole, mut broken) = (0_usize, 0_usize);
    for chunk in bytes.utf8_chunks() {
        whole += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        broken += usize::from(!chunk.invalid().is_empty());
    }
    whole > 3 * broken
}

fn refuse_binary(bytes: &[u8]) -> Result<(), DecodeError> {
    if let Some(&(_, format)) = FORMATS.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        return Err(DecodeError::Format { format });
    }
    if let Some(offset) = bytes.iter().position(|&byte| byte == 0) {
        return Err(DecodeError::Nul { offset });
    }
    let sample = &bytes[..bytes.len().min(SAMPLE)];
    // Tab to carriage return are text, and so is escape, which opens the shifts of ISO-2022-JP.
    let controls = sample
        .iter()
        .filter(|&&byte| (byte < 0x20 && !(0x09..=0x0d).contains(&byte) && byte != 0x1b) || byte == 0x7f)
        .count();
    if controls * 20 > sample.len() {
        return Err(DecodeError::Controls { controls, sampled: sample.len() });
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn byte_order_marks_are_dropped() {
        assert_eq!(decode(b"\xef\xbb\xbfIdlib").unwrap().text, "Idlib");
        let utf16: Vec<u8> = "\u{feff}Kalın".encode_utf16().flat_map(u16::to_le_bytes).collect();
        let decoded = decode(&utf16).unwrap();
        assert_eq!((decoded.text.as_str(), decoded.encoding), ("Kalın", "UTF-16LE"));
    }

    #[test]
    fn a_legacy_encoding_is_detected_or_taken_as_declared() {
        let (bytes, _, _) = encoding_rs::WINDOWS_1252.encode("“We are ready,” the minister said in a café – at noon.");
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "windows-1252");
        assert!(decoded.text.starts_with("“We are ready,”"));
        let (bytes, _, _) = encoding_rs::WINDOWS_1254.encode("Kalın");
        assert_eq!(decode_as(&bytes, Some("iso-8859-9")).unwrap().text, "Kalın");
        assert_eq!(decode_as("Kalın".as_bytes(), Some("iso-8859-1")).unwrap().text, "Kalın");
    }

    #[test]
    fn damaged_utf8_stays_utf8() {
        let mut bytes = "“Önce Şam,” dedi Kalın, “sonra”".as_bytes().to_vec();
        bytes.push(0xc4);
        let decoded = decode(&bytes).unwrap();
        assert_eq!(decoded.encoding, "UTF-8");
        assert!(decoded.text.starts_with("“Önce Şam,”") && decoded.text.ends_with('\u{fffd}'));
    }

    #[test]
    fn binary_data_is_refused_with_its_reason() {
        assert_eq!(decode(b"abc\0def"), Err(DecodeError::Nul { offset: 3 }));
        assert!(matches!(decode(b"%PDF-1.7 ..."), Err(DecodeError::Format { .. })));
        assert!(matches!(decode(&[1, 2, 3, 4, b'a', b'b']), Err(DecodeError::Controls { controls: 4, sampled: 6 })));
    }

    #[test]
    fn text_with_tabs_and_form_feeds_is_text() {
        assert_eq!(decode(b"a\tb\r\n\x0c").unwrap().text, "a\tb\r\n\x0c");
        assert_eq!(decode(b"").unwrap().text, "");
    }
}
