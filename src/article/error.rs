//! What can go wrong between a path and an article. One bad article is a line of the report, so every error says by
//! itself which file, which line of it, why, and what to do.
use std::fmt;
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::text::DecodeError;

/// Why one article could not be read. Its text is complete without its sources.
#[derive(Debug, Error)]
#[error("reading {}: {cause}", Place(.path, *.line))]
pub struct ArticleError {
    /// The file as it was named or found; `-` is standard input.
    pub path: PathBuf,
    /// Where the file lies below its input folder.
    pub relative: String,
    /// The line of the record, from 1, for a format of one record a line.
    pub line: Option<u64>,
    /// What happened.
    pub cause: Cause,
}

/// What happened to an article.
#[derive(Debug, Error)]
pub enum Cause {
    /// The file cannot be opened.
    #[error("it cannot be opened ({0}); check its name and its access rights")]
    Open(#[source] io::Error),
    /// Reading stopped in the middle.
    #[error("reading broke off ({0}); check the disk or the pipe and try again")]
    Read(#[source] io::Error),
    /// A folder stands where a file is expected.
    #[error("it is a folder whose files cannot be listed as articles; check its access rights")]
    Directory,
    /// Too much for one article.
    #[error("one article has {size} bytes, more than the {limit} allowed; split it or raise the limit")]
    TooLarge {
        /// Size in bytes, as far as it was looked at.
        size: u64,
        /// The largest size allowed, in bytes.
        limit: u64,
    },
    /// Nothing visible inside.
    #[error("it holds no text; check how it was saved or leave it out")]
    Empty,
    /// Data that is no text.
    #[error("{0}")]
    Binary(#[from] DecodeError),
    /// A page without running text.
    #[error("no article was found on the page; save the page with its text, or as .txt")]
    NoArticle,
    /// Broken JSON in a file of one record.
    #[error("the JSON is broken ({0}); repair it, or name the file .jsonl if it holds one record a line")]
    Json(#[source] serde_json::Error),
    /// Broken JSON in a line.
    #[error("the JSON of the record is broken ({0}); repair the line, or name the file .json if it is one record")]
    Record(#[source] serde_json::Error),
    /// Several records where one is expected.
    #[error("the JSON is a list of {0} records; write one a line into a .jsonl file")]
    List(usize),
    /// JSON, but no record.
    #[error("the JSON is {0}, not an object with fields; wrap the text in an object under \"text\"")]
    NotObject(&'static str),
    /// No field that could be the text.
    #[error("none of the fields {tried} holds the text, the record has {present}; name the right one as the text key")]
    NoText {
        /// The keys that were looked for.
        tried: String,
        /// The keys that the record has.
        present: String,
    },
    /// A defect of this program, kept to the file that showed it.
    #[error("the program failed at reading it ({0}); please report it with the file")]
    Defect(String),
}

/// Why the list of articles could not be made: the run cannot begin.
#[derive(Debug, Error)]
pub enum DiscoverError {
    /// A path that does not exist or cannot be looked at.
    #[error("looking for articles at {}: {source}; check the path", path.display())]
    Missing {
        /// The path as given.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A pattern that is none.
    #[error("reading the pattern {pattern:?}: {source}; write it like *.html or 2020/**")]
    Glob {
        /// The pattern as given.
        pattern: String,
        /// What is wrong with it.
        source: globset::Error,
    },
    /// Outputs would be written among the inputs and be read as articles the next time.
    #[error("looking for articles at {}: it is the output folder; choose another one for the output", path.display())]
    OutputIsInput {
        /// The folder.
        path: PathBuf,
    },
    /// Two inputs with one output.
    #[error("{} and {} would be written to one place; give the folder above both instead", first.display(), second.display())]
    Collision {
        /// The one.
        first: PathBuf,
        /// The other.
        second: PathBuf,
    },
    /// Nothing to do.
    #[error("no article was found at {places}; .txt, .md, .html, .json and .jsonl are read, less what is excluded")]
    Nothing {
        /// The paths as given.
        places: String,
    },
}

/// A file and perhaps a line of it, in words.
struct Place<'a>(&'a PathBuf, Option<u64>);

impl fmt::Display for Place<'_> {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self(path, line) = self;
        if path.as_os_str() == "-" {
            out.write_str("standard input")?;
        } else {
            write!(out, "{}", path.display())?;
        }
        line.map_or(Ok(()), |line| write!(out, ", line {line}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_error_is_one_whole_sentence() {
        let error = ArticleError {
            path: "a/b.jsonl".into(),
            relative: "b.jsonl".to_owned(),
            line: Some(7),
            cause: Cause::TooLarge { size: 9, limit: 8 },
        };
        assert_eq!(
            error.to_string(),
            "reading a/b.jsonl, line 7: one article has 9 bytes, more than the 8 allowed; split it or raise the limit"
        );
    }
}
