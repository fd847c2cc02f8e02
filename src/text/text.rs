//! [`Text`]: an article's text with the conversion between code points and bytes.
//!
//! Rust slices strings by byte, annotations count code points. Counting from the start each time would make a long
//! article quadratic, so the byte offset of every [`STRIDE`]th code point is kept; text in ASCII needs none.
use std::ops::Range;

use super::Span;

/// Code points between two kept byte offsets.
const STRIDE: usize = 64;

/// A text and its offsets. The text is kept letter for letter as it was read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Text {
    string: String,
    /// Length in code points.
    len: usize,
    /// Byte offset of the code points 0, STRIDE, 2·STRIDE…; empty for ASCII, where offsets agree.
    marks: Vec<usize>,
}

/// Whether a character shows nothing and separates or pads: white space (no-break spaces too), the zero-width space,
/// the word joiner and a byte order mark inside the text. Joiners that belong to emoji and scripts are not blank.
#[must_use]
pub fn is_blank(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\u{200B}' | '\u{2060}' | '\u{FEFF}')
}

impl Text {
    /// Takes a text over and counts its code points.
    pub fn new(string: impl Into<String>) -> Self {
        let string = string.into();
        if string.is_ascii() {
            return Self { len: string.len(), marks: Vec::new(), string };
        }
        let mut len = 0;
        let mut marks = Vec::with_capacity(string.len() / STRIDE + 1);
        for (byte, _) in string.char_indices() {
            if len % STRIDE == 0 {
                marks.push(byte);
            }
            len += 1;
        }
        Self { string, len, marks }
    }

    /// The whole text as a string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.string
    }

    /// Length in code points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.len
    }

    /// Whether there is no text at all.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// The span of the whole text.
    #[must_use]
    pub fn whole(&self) -> Span {
        Span::ordered(0, self.len)
    }

    /// What a span covers, or nothing where it reaches beyond the text.
    #[must_use]
    pub fn get(&self, span: Span) -> Option<&str> {
        (span.end() <= self.len).then(|| self.slice(span))
    }

    /// What a span of this text covers.
    ///
    /// # Panics
    /// When the span reaches beyond the text: then it belongs to another text. Use [`Text::get`] for spans that come
    /// from a file.
    #[must_use]
    pub fn slice(&self, span: Span) -> &str {
        &self.string[self.bytes_of(span)]
    }

    /// The bytes of [`Text::as_str`] that a span covers.
    ///
    /// # Panics
    /// When the span reaches beyond the text.
    #[must_use]
    pub fn bytes_of(&self, span: Span) -> Range<usize> {
        let start = self.byte_at(span.start());
        // A short span is measured from its start, a long one by the kept offsets.
        let end = if span.len() < STRIDE && span.end() <= self.len {
            let tail = &self.string[start..];
            tail.char_indices().nth(span.len()).map_or(self.string.len(), |(byte, _)| start + byte)
        } else {
            self.byte_at(span.end())
        };
        start..end
    }

    /// The span of a range of bytes of [`Text::as_str`]. A border inside a character takes that character in.
    ///
    /// # Panics
    /// When the range is reversed or reaches beyond the text.
    #[must_use]
    pub fn span_of_bytes(&self, bytes: Range<usize>) -> Span {
        assert!(
            bytes.start <= bytes.end && bytes.end <= self.string.len(),
            "bytes {bytes:?} lie outside a text of {} bytes",
            self.string.len()
        );
        let mut end = bytes.end;
        while !self.string.is_char_boundary(end) {
            end += 1;
        }
        Span::ordered(self.count_to(bytes.start), self.count_to(end))
    }

    /// The characters of a span with their offsets in the text.
    ///
    /// # Panics
    /// When the span reaches beyond the text.
    pub fn chars_in(&self, span: Span) -> impl Iterator<Item = (usize, char)> + Clone + '_ {
        (span.start()..).zip(self.slice(span).chars())
    }

    /// The character at an offset, or nothing at or behind the end.
    #[must_use]
    pub fn char_at(&self, offset: usize) -> Option<char> {
        if offset >= self.len {
            return None;
        }
        self.string[self.byte_at(offset)..].chars().next()
    }

    /// The span without the blank characters ([`is_blank`]) at both of its ends. A span of blanks only shrinks to
    /// its start.
    ///
    /// # Panics
    /// When the span reaches beyond the text.
    #[must_use]
    pub fn trim(&self, span: Span) -> Span {
        let slice = self.slice(span);
        let rest = slice.trim_start_matches(is_blank);
        if rest.is_empty() {
            return Span::ordered(span.start(), span.start());
        }
        let lead = slice[..slice.len() - rest.len()].chars().count();
        let trail = rest[rest.trim_end_matches(is_blank).len()..].chars().count();
        Span::ordered(span.start() + lead, span.end() - trail)
    }

    /// Byte offset of a code point; the text's length is allowed.
    fn byte_at(&self, offset: usize) -> usize {
        assert!(offset <= self.len, "offset {offset} lies outside a text of {} code points", self.len);
        if offset == self.len {
            return self.string.len();
        }
        if self.marks.is_empty() {
            return offset;
        }
        let base = self.marks[offset / STRIDE];
        let step = offset % STRIDE;
        self.string[base..].char_indices().nth(step).map_or(self.string.len(), |(byte, _)| base + byte)
    }

    /// Number of code points that begin before or at a byte, less the one that it lies inside of.
    fn count_to(&self, byte: usize) -> usize {
        if self.marks.is_empty() {
            return byte;
        }
        let mut byte = byte;
        while !self.string.is_char_boundary(byte) {
            byte -= 1;
        }
        let mark = self.marks.partition_point(|&kept| kept <= byte) - 1;
        mark * STRIDE + self.string[self.marks[mark]..byte].chars().count()
    }
}

impl From<String> for Text {
    fn from(string: String) -> Self {
        Self::new(string)
    }
}

impl From<&str> for Text {
    fn from(string: &str) -> Self {
        Self::new(string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn conversions_agree_over_many_strides() {
        let string = "Ağrı “dağı” 👩‍🚒 e\u{301}\u{a0}x ".repeat(40);
        let text = Text::new(string.as_str());
        for (offset, (byte, c)) in string.char_indices().enumerate() {
            let span = Span::new(offset, offset + 1).unwrap();
            assert_eq!(text.slice(span), c.to_string());
            assert_eq!(text.span_of_bytes(byte..byte + c.len_utf8()), span);
            assert_eq!(text.char_at(offset), Some(c));
        }
        assert_eq!(text.slice(text.whole()), string);
    }

    #[test]
    fn a_byte_border_inside_a_character_takes_it_in() {
        let text = Text::new("aığb");
        assert_eq!(text.slice(text.span_of_bytes(2..4)), "ığ");
    }

    #[test]
    fn a_span_beyond_the_text_covers_nothing() {
        let text = Text::new("é");
        assert_eq!(text.get(Span::new(0, 2).unwrap()), None);
        assert_eq!(text.char_at(1), None);
    }

    #[test]
    fn trim_takes_no_break_and_zero_width_spaces() {
        let text = Text::new("\u{a0}\u{200b} İdlib burns\u{feff}\r\n");
        assert_eq!(text.slice(text.trim(text.whole())), "İdlib burns");
        let blank = Text::new(" \n ");
        assert!(blank.trim(blank.whole()).is_empty());
    }
}
