//! [`Article`]: what the rest of the program knows about a piece of news.
use sha2::{Digest, Sha256};

use super::fields::Fields;
use super::title_of;
use crate::text::Text;

/// An article as it was read. Its text is never changed afterwards, since every offset refers to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Article {
    /// Names the article in outputs: the path below its input folder without the extension, or what an `id` field
    /// says. Unique in a run that reads by [`super::read_all`].
    pub id: String,
    /// Where the article lies below its input folder, with `/` between folders: `a/b.txt`. A record of a JSON lines
    /// file lies below the file, `a/news.jsonl/17`; standard input is `stdin`. Safe as a relative file name.
    pub path: String,
    /// SHA-256 of the bytes read, in hexadecimal: of the file, or of the record's line without its line break.
    pub sha256: String,
    /// The heading, from a field, the page's metadata, or the first line where that looks like one.
    pub title: Option<String>,
    /// Day of publication as `yyyy-mm-dd`.
    pub date: Option<String>,
    /// Who published it.
    pub source: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The text, letter for letter: decoded, or extracted from HTML, never normalised.
    pub text: Text,
}

impl Article {
    /// Puts an article together; where the record names no title, the text's first line may be one.
    pub(super) fn from_fields(fields: Fields, id: String, path: String, bytes: &[u8]) -> Self {
        let text = Text::new(fields.text);
        Self {
            id,
            path,
            sha256: hex_sha256(bytes),
            title: fields.title.or_else(|| title_of(&text)),
            date: fields.date,
            source: fields.source,
            url: fields.url,
            text,
        }
    }
}

/// SHA-256 in lower-case hexadecimal.
pub(super) fn hex_sha256(bytes: &[u8]) -> String {
    format!("{:x}", Sha256::digest(bytes))
}
