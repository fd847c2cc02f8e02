//! JSON lines: one record a line, read as a stream, so that a dump of any size can be annotated.
use std::collections::HashSet;
use std::io::BufRead;

use super::article::{Article, hex_sha256};
use super::error::{ArticleError, Cause};
use super::read::{ReadSettings, failure};
use super::stream::{Line, next_line, without_break};
use super::{Input, json};
use crate::text::decode;

/// The longest file name made of an id, in bytes, before its hash.
const LONGEST_NAME: usize = 80;

/// The records of a stream. Blank lines are passed over but counted.
///
/// A record's id is its id field, else `<relative>:<line>`, and an id that the file had before gets its line behind
/// it. Its path is `<relative>/<name>`, the name made of the id field, else the line: the file's own name is a
/// folder there, so that it cannot meet the outputs of other inputs.
pub(super) struct Records {
    source: Box<dyn BufRead + Send>,
    input: Input,
    settings: ReadSettings,
    line: u64,
    buffer: Vec<u8>,
    /// Names given so far, in lower case: not every file system tells `A` from `a`.
    names: HashSet<String>,
    broken: bool,
}

impl Records {
    pub fn new(source: Box<dyn BufRead + Send>, input: Input, settings: ReadSettings) -> Self {
        Self { source, input, settings, line: 0, buffer: Vec::new(), names: HashSet::new(), broken: false }
    }

    fn article(&mut self) -> Result<Article, Cause> {
        let bytes = without_break(&self.buffer);
        let value = serde_json::from_str(&decode(bytes)?.text).map_err(Cause::Record)?;
        let fields = json::fields(value, &self.settings.keys)?;
        let line = self.line;
        let (mut id, mut name) = match &fields.id {
            Some(id) => (id.clone(), file_name(id)),
            None => (format!("{}:{line}", self.input.relative), line.to_string()),
        };
        if !self.names.insert(name.to_lowercase()) {
            if fields.id.is_some() {
                id = format!("{id}:{line}");
            }
            // An id field may hold a number that is a later line's, so the new name is looked up too.
            name = format!("{name}.{line}");
            while !self.names.insert(name.to_lowercase()) {
                name.push('+');
            }
        }
        let path = format!("{}/{name}", self.input.relative);
        Ok(Article::from_fields(fields, id, path, bytes))
    }
}

impl Iterator for Records {
    type Item = Result<Article, ArticleError>;

    fn next(&mut self) -> Option<Self::Item> {
        while !self.broken {
            self.line += 1;
            let limit = self.settings.max_bytes;
            let read = match next_line(&mut self.source, &mut self.buffer, limit) {
                Ok(Line::None) => {
                    self.broken = true;
                    // A file without any line is as empty as an empty text.
                    let empty = self.line == 1;
                    return empty.then(|| Err(failure(&self.input, None, Cause::Empty)));
                }
                Ok(Line::Whole) if self.buffer.trim_ascii().is_empty() => continue,
                Ok(Line::Whole) => self.article(),
                Ok(Line::TooLong(size)) => Err(Cause::TooLarge { size, limit }),
                Err(error) => {
                    self.broken = true;
                    Err(Cause::Read(error))
                }
            };
            return Some(read.map_err(|cause| failure(&self.input, Some(self.line), cause)));
        }
        None
    }
}

/// A file name for an id: letters, digits, `-`, `_` and `.` stay, all else becomes `-`. A name that had to be changed
/// or cut gets a hash of the id behind it, so that different ids keep different names.
fn file_name(id: &str) -> String {
    let mut name = String::with_capacity(id.len());
    for c in id.chars() {
        let c = if c.is_alphanumeric() || matches!(c, '-' | '_' | '.') { c } else { '-' };
        if name.len() + c.len_utf8() > LONGEST_NAME {
            break;
        }
        name.push(c);
    }
    if name.starts_with('.') {
        name.replace_range(..1, "-");
    }
    if name == id && !name.is_empty() {
        return name;
    }
    let hash = hex_sha256(id.as_bytes());
    format!("{name}-{}", &hash[..8])
}

#[cfg(test)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::article::Format;

    fn records(content: &[u8], max_bytes: u64) -> Vec<Result<Article, ArticleError>> {
        let input = Input {
            path: "in/news.jsonl".into(),
            relative: "news.jsonl".to_owned(),
            id: "news".to_owned(),
            format: Some(Format::Jsonl),
        };
        let settings = ReadSettings { max_bytes, ..ReadSettings::default() };
        Records::new(Box::new(Cursor::new(content.to_vec())), input, settings).collect()
    }

    #[test]
    fn each_line_is_an_article_and_a_bad_one_is_named() {
        let content = "\u{feff}{\"text\": \"Kalın spoke.\", \"id\": \"a/../b\"}\r\n\r\nnot json\n{\"text\": \"Rain.\"}\n{\"n\": 1}";
        let read = records(content.as_bytes(), 1000);
        assert_eq!(read.len(), 4);
        let first = read[0].as_ref().unwrap();
        assert_eq!((first.id.as_str(), first.text.as_str()), ("a/../b", "Kalın spoke."));
        assert!(first.path.starts_with("news.jsonl/a-..-b-") && !first.path.contains("/.."));
        let bytes = "\u{feff}{\"text\": \"Kalın spoke.\", \"id\": \"a/../b\"}".as_bytes();
        assert_eq!(first.sha256, hex_sha256(bytes));
        assert!(read[1].as_ref().unwrap_err().to_string().starts_with("reading in/news.jsonl, line 3: "));
        let third = read[2].as_ref().unwrap();
        assert_eq!((third.id.as_str(), third.path.as_str()), ("news.jsonl:4", "news.jsonl/4"));
        assert_eq!(read[3].as_ref().unwrap_err().line, Some(5));
    }

    #[test]
    fn repeated_ids_and_names_are_kept_apart() {
        let content = "{\"text\":\"a\",\"id\":\"x\"}\n{\"text\":\"b\",\"id\":\"X\"}\n{\"text\":\"c\",\"id\":\"x\"}\n{\"text\":\"d\",\"id\":5}\n{\"text\":\"e\"}";
        let read: Vec<_> = records(content.as_bytes(), 1000).into_iter().map(Result::unwrap).collect();
        let ids: Vec<_> = read.iter().map(|article| article.id.as_str()).collect();
        assert_eq!(ids, ["x", "X:2", "x:3", "5", "news.jsonl:5"]);
        let paths: Vec<_> = read.iter().map(|article| article.path.as_str()).collect();
        let expected = ["x", "X.2", "x.3", "5", "5.5"].map(|name| format!("news.jsonl/{name}"));
        assert_eq!(paths, expected);
    }

    #[test]
    fn a_line_that_is_too_long_does_not_stop_the_stream() {
        let long = format!("{{\"text\": \"{}\"}}\n{{\"text\": \"b\"}}\n", "a".repeat(100));
        let read = records(long.as_bytes(), 50);
        assert!(matches!(read[0].as_ref().unwrap_err().cause, Cause::TooLarge { size: 113, limit: 50 }));
        assert_eq!(read[1].as_ref().unwrap().text.as_str(), "b");
        assert!(matches!(records(b"", 50)[0].as_ref().unwrap_err().cause, Cause::Empty));
    }

    #[test]
    fn a_name_is_safe_and_tells_ids_apart() {
        assert_eq!(file_name("2020-02_11.a"), "2020-02_11.a");
        for id in ["..", ".hidden", "a/b", "a\\b", "", "https://example.org/x?y=1", "nul\0"] {
            let name = file_name(id);
            assert!(!name.starts_with('.') && !name.contains(['/', '\\', ':', '\0']) && !name.is_empty(), "{name}");
        }
        assert_ne!(file_name("a/b"), file_name("a?b"));
        assert!(file_name(&"ğ".repeat(500)).len() < 100);
    }
}
