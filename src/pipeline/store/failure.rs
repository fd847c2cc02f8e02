//! [`Failure`]: an article that could not be annotated, as it stands in `failures.jsonl`.
use std::error::Error;
use std::fmt;
use std::io::{self, Write};
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::StoreError;
use super::place::{publish, temporary};
use crate::article::ArticleError;

/// An article that failed, and why.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// The article's path below its input folder.
    pub path: String,
    /// The line of its record, from 1, in a file of one record a line.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub line: Option<u64>,
    /// What happened, in a sentence.
    pub error: String,
    /// What that was caused by, the nearest cause first, less what the sentence says already.
    pub causes: Vec<String>,
}

impl Failure {
    /// The failure of the article at a path.
    pub fn new(path: impl Into<String>, error: &dyn Error) -> Self {
        let mut said = error.to_string();
        let error_text = said.clone();
        let mut causes = Vec::new();
        let mut cause = error.source();
        while let Some(error) = cause {
            let text = error.to_string();
            if !said.contains(&text) {
                said.push_str(&text);
                causes.push(text);
            }
            cause = error.source();
        }
        Self { path: path.into(), line: None, error: error_text, causes }
    }
}

impl From<&ArticleError> for Failure {
    fn from(error: &ArticleError) -> Self {
        Self { line: error.line, ..Self::new(error.relative.clone(), error) }
    }
}

/// One line for a person, which names the article.
impl fmt::Display for Failure {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.error.contains(&self.path) {
            write!(out, "{}: ", self.path)?;
        }
        out.write_str(&self.error)?;
        self.causes.iter().try_for_each(|cause| write!(out, ": {cause}"))
    }
}

/// Writes the failures of a run, one a line, over those of the run before. No failures, no file.
pub(super) fn write_failures(path: &Path, failures: &[Failure]) -> Result<(), StoreError> {
    let written = if failures.is_empty() { remove(path) } else { write(path, failures) };
    written.map_err(|source| StoreError::Write { path: path.to_owned(), source })
}

fn remove(path: &Path) -> io::Result<()> {
    match std::fs::remove_file(path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(()),
        removed => removed,
    }
}

fn write(path: &Path, failures: &[Failure]) -> io::Result<()> {
    let mut file = temporary(path)?;
    let mut out = io::BufWriter::new(&mut file);
    for failure in failures {
        serde_json::to_writer(&mut out, failure)?;
        out.write_all(b"\n")?;
    }
    out.flush()?;
    drop(out);
    publish(file, path)
}
