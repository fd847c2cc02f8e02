//! Reading: one input becomes one article, or a stream of them, and every failure a line that names it.
use std::any::Any;
use std::collections::HashSet;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::iter;
use std::panic::{AssertUnwindSafe, catch_unwind};

use super::article::Article;
use super::error::{ArticleError, Cause};
use super::fields::Fields;
use super::json::JsonKeys;
use super::stream::{Line, next_line};
use super::{Format, Input, html, json, jsonl, markdown};
use crate::text::decode;

/// How to read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ReadSettings {
    /// The largest size of one article, in bytes: of a file, or of a line of JSON lines.
    pub max_bytes: u64,
    /// The fields of JSON records.
    pub keys: JsonKeys,
}

impl Default for ReadSettings {
    fn default() -> Self {
        Self { max_bytes: 32 << 20, keys: JsonKeys::default() }
    }
}

/// The articles of an input, as they are read.
pub type Articles = Box<dyn Iterator<Item = Result<Article, ArticleError>> + Send>;

/// Reads an input. Nothing is opened before the first article is asked for, and of JSON lines no more than a line is
/// held. A bad line is an error and the next line follows; after an error in opening or reading nothing follows.
#[must_use]
pub fn read(input: &Input, settings: &ReadSettings) -> Articles {
    let (input, settings) = (input.clone(), settings.clone());
    let mut opened: Option<Articles> = None;
    Box::new(iter::from_fn(move || opened.get_or_insert_with(|| open(&input, &settings)).next()))
}

/// Reads inputs one after the other and keeps ids unique over all of them: an id that was there before is replaced
/// by the article's path.
pub fn read_all(
    inputs: &[Input],
    settings: &ReadSettings,
) -> impl Iterator<Item = Result<Article, ArticleError>> + Send + use<> {
    let (inputs, settings) = (inputs.to_vec(), settings.clone());
    let mut seen = HashSet::new();
    inputs.into_iter().flat_map(move |input| read(&input, &settings)).map(move |read| {
        let mut article = read?;
        if !seen.insert(article.id.clone()) {
            article.id.clone_from(&article.path);
            while !seen.insert(article.id.clone()) {
                article.id.push('+');
            }
        }
        Ok(article)
    })
}

fn open(input: &Input, settings: &ReadSettings) -> Articles {
    let failed = |cause| -> Articles { Box::new(iter::once(Err(failure(input, None, cause)))) };
    let mut bytes = match source(input) {
        Ok(bytes) => bytes,
        Err(cause) => return failed(cause),
    };
    let format = match input.format {
        Some(format) => format,
        None => match told_by_first_line(&mut bytes, settings.max_bytes) {
            Ok(format) => format,
            Err(cause) => return failed(cause),
        },
    };
    if format == Format::Jsonl {
        return Box::new(jsonl::Records::new(bytes, input.clone(), settings.clone()));
    }
    let article =
        limited(bytes, settings.max_bytes).and_then(|bytes| contained(|| one(&bytes, format, input, settings)));
    Box::new(iter::once(article.map_err(|cause| failure(input, None, cause))))
}

/// Turns a panic, of the HTML parser say, into an error of the file.
fn contained<T>(run: impl FnOnce() -> Result<T, Cause>) -> Result<T, Cause> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|panic| Err(Cause::Defect(panic_message(panic.as_ref()))))
}

/// What a panic said.
#[must_use]
pub fn panic_message(panic: &(dyn Any + Send)) -> String {
    panic
        .downcast_ref::<&str>()
        .map(ToString::to_string)
        .or_else(|| panic.downcast_ref::<String>().cloned())
        .unwrap_or_else(|| "no message".to_owned())
}

/// An error about an input.
pub(super) fn failure(input: &Input, line: Option<u64>, cause: Cause) -> ArticleError {
    ArticleError { path: input.path.clone(), relative: input.relative.clone(), line, cause }
}

type Source = Box<dyn BufRead + Send>;

fn source(input: &Input) -> Result<Source, Cause> {
    if input.path.as_os_str() == "-" {
        return Ok(Box::new(BufReader::new(io::stdin())));
    }
    let file = File::open(&input.path).map_err(Cause::Open)?;
    if file.metadata().map_err(Cause::Open)?.is_dir() {
        return Err(Cause::Directory);
    }
    Ok(Box::new(BufReader::new(file)))
}

/// Looks at the first line with something on it and puts all that was read back in front.
fn told_by_first_line(source: &mut Source, limit: u64) -> Result<Format, Cause> {
    let mut head = Vec::new();
    let format = loop {
        let mut line = Vec::new();
        let end = next_line(source, &mut line, limit).map_err(Cause::Read)?;
        let blank = line.trim_ascii().is_empty();
        let format = Format::of_first_line(&line);
        head.append(&mut line);
        match end {
            Line::None => break Format::Text,
            Line::TooLong(size) => return Err(Cause::TooLarge { size, limit }),
            Line::Whole if !blank => break format,
            Line::Whole => {}
        }
    };
    let rest = std::mem::replace(source, Box::new(io::empty()));
    *source = Box::new(io::Cursor::new(head).chain(rest));
    Ok(format)
}

/// All bytes of a source, if they are not too many. The size is not believed but counted: a pipe has none.
fn limited(mut source: Source, limit: u64) -> Result<Vec<u8>, Cause> {
    let mut bytes = Vec::new();
    source.by_ref().take(limit.saturating_add(1)).read_to_end(&mut bytes).map_err(Cause::Read)?;
    if bytes.len() as u64 > limit {
        let rest = io::copy(&mut source, &mut io::sink()).map_err(Cause::Read)?;
        return Err(Cause::TooLarge { size: bytes.len() as u64 + rest, limit });
    }
    Ok(bytes)
}

/// The one article of a file.
fn one(bytes: &[u8], format: Format, input: &Input, settings: &ReadSettings) -> Result<Article, Cause> {
    if bytes.is_empty() {
        return Err(Cause::Empty);
    }
    let fields = match format {
        Format::Html => html::fields(bytes)?,
        Format::Markdown => markdown::fields(decode(bytes)?.text),
        Format::Json => json::fields(serde_json::from_str(&decode(bytes)?.text).map_err(Cause::Json)?, &settings.keys)?,
        Format::Text | Format::Jsonl => Fields::of_text(decode(bytes)?.text),
    };
    let fields = fields.filled()?;
    let id = fields.id.clone().unwrap_or_else(|| input.id.clone());
    Ok(Article::from_fields(fields, id, input.relative.clone(), bytes))
}

#[cfg(test)]
mod tests {
    use std::fs;
    use std::path::Path;

    use super::*;

    fn input(folder: &Path, name: &str, content: &[u8]) -> Input {
        let path = folder.join(name);
        fs::write(&path, content).unwrap();
        let format = Format::of_path(&path);
        Input { path, relative: name.to_owned(), id: name.split('.').next().unwrap().to_owned(), format }
    }

    fn read_one(name: &str, content: &[u8], settings: &ReadSettings) -> Result<Article, ArticleError> {
        let folder = tempfile::tempdir().unwrap();
        read(&input(folder.path(), name, content), settings).next().unwrap()
    }

    #[test]
    fn a_text_survives_letter_for_letter() {
        let written = "Envoys meet\r\n\r\nThe\u{a0}envoy İ. Kaya\u{200b} said: “cafe\u{301} 👩‍🚒.”\r\n";
        let bytes = ["\u{feff}".as_bytes(), written.as_bytes()].concat();
        let article = read_one("a.txt", &bytes, &ReadSettings::default()).unwrap();
        assert_eq!(article.text.as_str(), written);
        assert_eq!(article.title.as_deref(), Some("Envoys meet"));
        assert_eq!(article.sha256, super::super::article::hex_sha256(&bytes));
        assert_eq!((article.id.as_str(), article.path.as_str()), ("a", "a.txt"));
    }

    #[test]
    fn bad_files_say_why() {
        let small = ReadSettings { max_bytes: 8, ..ReadSettings::default() };
        let why = |name, content: &[u8], settings| read_one(name, content, settings).unwrap_err().to_string();
        let usual = ReadSettings::default();
        assert!(why("a.txt", b"123456789", &small).contains("one article has 9 bytes"));
        assert!(why("a.txt", b"", &usual).contains("holds no text"));
        assert!(why("a.txt", " \r\n\u{feff}".as_bytes(), &usual).contains("holds no text"));
        assert!(why("a.txt", b"\x7fELF\0\0", &usual).contains("binary"));
        assert!(why("a.json", b"{\"text\": \"a\"}\n{\"text\": \"b\"}", &usual).contains(".jsonl"));
        let eight = read_one("a.txt", b"12345678", &small).unwrap();
        assert_eq!(eight.text.as_str(), "12345678");
    }

    #[test]
    fn a_panic_is_an_error_of_the_file() {
        let caught: Result<(), Cause> = contained(|| panic!("no tree"));
        assert!(matches!(caught, Err(Cause::Defect(message)) if message == "no tree"));
    }

    #[test]
    fn a_folder_and_a_missing_file_are_errors() {
        let folder = tempfile::tempdir().unwrap();
        let mut input = input(folder.path(), "a.txt", b"x");
        input.path = folder.path().to_owned();
        let why = |input: &Input| read(input, &ReadSettings::default()).next().unwrap().unwrap_err();
        assert!(matches!(why(&input).cause, Cause::Directory));
        input.path.push("gone.txt");
        assert!(matches!(why(&input).cause, Cause::Open(_)));
    }

    #[test]
    fn the_first_line_is_put_back() {
        let mut source: Source = Box::new(io::Cursor::new(b"\n\n{\"text\":\n\"a\"}".to_vec()));
        assert_eq!(told_by_first_line(&mut source, 100).unwrap(), Format::Json);
        assert_eq!(limited(source, 100).unwrap(), b"\n\n{\"text\":\n\"a\"}");
    }

    #[test]
    fn a_repeated_id_becomes_the_path() {
        let folder = tempfile::tempdir().unwrap();
        let line = b"{\"id\": \"x\", \"text\": \"Rain.\"}\n";
        let inputs = [input(folder.path(), "a.jsonl", line), input(folder.path(), "b.jsonl", line)];
        let ids: Vec<String> = read_all(&inputs, &ReadSettings::default()).map(|read| read.unwrap().id).collect();
        assert_eq!(ids, ["x", "b.jsonl/x"]);
    }
}
