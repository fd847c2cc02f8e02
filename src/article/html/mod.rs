//! Web pages. A readability extractor finds the article; what newsrooms put around and into it (menus, captions,
//! comments, share buttons) is taken out first, because the extractor keeps much of it.
//!
//! The text is made of the blocks of the page, one blank line between them, entities decoded, white space collapsed
//! as a browser does, no-break spaces kept. The title is not repeated in it.
mod extract;
mod metadata;
mod paragraphs;

use dom_query::Document;
use encoding_rs::Encoding;

use super::error::Cause;
use super::fields::Fields;
use crate::text::{decode_as, fold};

/// How far a page's own word about its encoding is looked for, in bytes.
const HEAD: usize = 4096;

/// What a page says.
pub(super) fn fields(bytes: &[u8]) -> Result<Fields, Cause> {
    let page = Document::from(decode_as(bytes, declared_encoding(bytes).as_deref())?.text);
    let about = metadata::of_page(&page);
    let mut blocks = extract::article_blocks(page);
    if let Some(title) = &about.title {
        drop_title(&mut blocks, title);
    }
    if blocks.is_empty() {
        return Err(Cause::NoArticle);
    }
    Fields { text: blocks.join("\n\n"), ..about }.filled().map_err(|_| Cause::NoArticle)
}

/// Takes the title out of the first blocks, where pages repeat it; further down it may be a sentence.
fn drop_title(blocks: &mut Vec<String>, title: &str) {
    let key = fold(title);
    let mut position = 0;
    blocks.retain(|block| {
        position += 1;
        position > 4 || fold(block) != key
    });
}

/// The encoding that the page or its XML declaration names.
fn declared_encoding(bytes: &[u8]) -> Option<String> {
    let head = String::from_utf8_lossy(&bytes[..bytes.len().min(HEAD)]).to_ascii_lowercase();
    ["charset=", "encoding="].iter().find_map(|key| {
        let value = head.split(key).nth(1)?.trim_start_matches(['"', '\'', ' ']);
        let label: String = value.chars().take_while(|c| c.is_ascii_alphanumeric() || "-_:.".contains(*c)).collect();
        Encoding::for_label(label.as_bytes()).map(|_| label)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &[u8] = include_bytes!("../../../tests/fixtures/articles/harbor.html");

    #[test]
    fn a_page_gives_its_article_alone() {
        let read = fields(PAGE).unwrap();
        let blocks: Vec<&str> = read.text.split("\n\n").collect();
        assert_eq!(blocks[0], "The harbor of Liman\u{a0}Bay will stay closed until Friday, officials said.");
        assert_eq!(blocks[1], "“We can’t open it & won’t – not yet,” harbor master Şule Önder told reporters.");
        assert_eq!(blocks[2], "What comes next");
        assert_eq!(
            blocks.last().unwrap(),
            &"The next inspection is due in a week, and the fleet must wait for it, she added."
        );
        for left_out in ["Subscribe", "Cranes stand idle", "First comment", "Home", "Copyright", "Share this", "alert("]
        {
            assert!(!read.text.contains(left_out), "{left_out} in {}", read.text);
        }
        assert!(!read.text.contains("Harbor stays shut after storm"));
    }

    #[test]
    fn the_metadata_are_read() {
        let read = fields(PAGE).unwrap();
        assert_eq!(read.title.as_deref(), Some("Harbor stays shut after storm"));
        assert_eq!(read.date.as_deref(), Some("2020-02-11"));
        assert_eq!(read.source.as_deref(), Some("The Liman Courier"));
        assert_eq!(read.url.as_deref(), Some("https://courier.example/harbor-shut"));
    }

    #[test]
    fn a_short_page_falls_back_to_its_paragraphs() {
        let read = fields(
            b"<title>Rain</title><nav><p>Menu of the day</p></nav><h1>Rain</h1><p>It rained.<p>Then it<br>stopped.",
        )
        .unwrap();
        assert_eq!(read.text, "It rained.\n\nThen it\nstopped.");
        assert_eq!(read.title.as_deref(), Some("Rain"));
    }

    #[test]
    fn a_page_without_text_is_an_error() {
        assert!(matches!(fields(b"<html><script>var a = 'x'</script></html>"), Err(Cause::NoArticle)));
        assert!(matches!(fields(b"<title>Only a title</title>"), Err(Cause::NoArticle)));
    }

    #[test]
    fn the_page_names_its_encoding() {
        let (bytes, _, _) =
            encoding_rs::WINDOWS_1254.encode("<meta charset=\"iso-8859-9\"><p>Kalın konuştu, dedi.</p>");
        assert_eq!(fields(&bytes).unwrap().text, "Kalın konuştu, dedi.");
    }

    #[test]
    fn a_page_nested_too_deep_for_the_extractor_is_read() {
        let deep = format!("{}<p>At the bottom of it all.</p>", "<div>".repeat(2_000));
        assert_eq!(fields(deep.as_bytes()).unwrap().text, "At the bottom of it all.");
    }
}
