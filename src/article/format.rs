//! [`Format`]: how an article is stored, told by the file's extension or, on standard input, by its first line.
use std::path::Path;

use serde::de::IgnoredAny;

/// A form in which articles come.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Format {
    /// Plain text: paragraphs separated by line breaks.
    Text,
    /// Markdown, with or without a YAML front matter.
    Markdown,
    /// A web page.
    Html,
    /// One record a file.
    Json,
    /// One record a line.
    Jsonl,
}

/// Extensions in lower case, and what they stand for.
const EXTENSIONS: [(&str, Format); 10] = [
    ("txt", Format::Text),
    ("text", Format::Text),
    ("md", Format::Markdown),
    ("markdown", Format::Markdown),
    ("html", Format::Html),
    ("htm", Format::Html),
    ("xhtml", Format::Html),
    ("json", Format::Json),
    ("jsonl", Format::Jsonl),
    ("ndjson", Format::Jsonl),
];

impl Format {
    /// The format that a file's extension names, whatever its case.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        let extension = path.extension()?.to_str()?.to_ascii_lowercase();
        EXTENSIONS.iter().find(|(name, _)| *name == extension).map(|&(_, format)| format)
    }

    /// The format that the first line with something on it suggests. A whole JSON value on one line is taken for
    /// the first of several.
    pub(super) fn of_first_line(line: &[u8]) -> Self {
        let line = line.strip_prefix(b"\xef\xbb\xbf").unwrap_or(line).trim_ascii();
        match line.first() {
            Some(b'<') => Self::Html,
            Some(b'{') if serde_json::from_slice::<IgnoredAny>(line).is_ok() => Self::Jsonl,
            Some(b'{') => Self::Json,
            _ => Self::Text,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn extensions_are_read_in_any_case() {
        assert_eq!(Format::of_path(Path::new("a/B.HTM")), Some(Format::Html));
        assert_eq!(Format::of_path(Path::new("a.tar.jsonl")), Some(Format::Jsonl));
        assert_eq!(Format::of_path(Path::new("a.pdf")), None);
        assert_eq!(Format::of_path(Path::new("txt")), None);
    }

    #[test]
    fn the_first_line_tells_the_format() {
        assert_eq!(Format::of_first_line(b"  {\"text\": \"a\"}\r\n"), Format::Jsonl);
        assert_eq!(Format::of_first_line(b"{\n"), Format::Json);
        assert_eq!(Format::of_first_line(b"\xef\xbb\xbf<!doctype html>"), Format::Html);
        assert_eq!(Format::of_first_line(b"ANKARA"), Format::Text);
    }
}
