//! Files of annotations: which of them lie in a folder, and what is in each, one annotation at a time.
//!
//! `show`, `verify`, `eval`, `export` and `review` all begin here, so that a folder of `.json`, one `.jsonl` stream
//! and a single file are the same to them.
use std::ffi::OsStr;
use std::fs::File;
use std::io::{self, BufRead, BufReader, Read};
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::{Annotation, ReadError};

/// What else lies beside annotations in an output folder, also with a stem before it: `news.failures.jsonl`.
const OTHER_FILES: [&str; 2] = ["failures.jsonl", "review.jsonl"];

/// Why annotations could not be read from a file.
#[derive(Debug, Error)]
pub enum FileError {
    /// The file or folder cannot be opened or read.
    #[error("reading annotations from {}: {source}; check the path and its access rights", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The file holds something else.
    #[error("reading annotations from {}{}: {source}", path.display(), line.map_or(String::new(), |line| format!(", line {line}")))]
    Content {
        /// The file.
        path: PathBuf,
        /// The line, from 1, in a file of one annotation a line.
        line: Option<usize>,
        /// What is wrong with it.
        source: ReadError,
    },
    /// A folder without annotations.
    #[error("looking for annotations in {}: there are none; run `ascribe annotate` with this folder as --out", path.display())]
    Nothing {
        /// The folder.
        path: PathBuf,
    },
}

/// The annotations of one file, read as they are asked for.
pub type Annotations = Box<dyn Iterator<Item = Result<Annotation, FileError>>>;

/// The files of annotations at a path, sorted: the path itself if it is a file, else every `.json` and `.jsonl` file
/// in and below the folder. Files whose names begin with a full stop are left out.
///
/// # Errors
/// When the path cannot be looked at, or is a folder without annotations.
pub fn annotation_files(path: &Path) -> Result<Vec<PathBuf>, FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    if !path.metadata().map_err(failed)?.is_dir() {
        return Ok(vec![path.to_owned()]);
    }
    let mut files = Vec::new();
    for entry in ignore::WalkBuilder::new(path).standard_filters(false).hidden(true).sort_by_file_path(Ord::cmp).build()
    {
        let entry = entry.map_err(|error| {
            failed(error.into_io_error().unwrap_or_else(|| io::Error::other("the folder leads into itself")))
        })?;
        if !entry.file_type().is_some_and(|kind| kind.is_dir()) && is_stored(entry.path()) {
            files.push(entry.into_path());
        }
    }
    if files.is_empty() {
        return Err(FileError::Nothing { path: path.to_owned() });
    }
    Ok(files)
}

/// Whether a file of an output folder holds annotations by its name.
fn is_stored(path: &Path) -> bool {
    let name = path.file_name().and_then(OsStr::to_str).unwrap_or_default();
    let other = OTHER_FILES
        .into_iter()
        .any(|other| name.strip_suffix(other).is_some_and(|stem| stem.is_empty() || stem.ends_with('.')));
    !other && path.extension().is_some_and(|extension| extension == "json" || extension == "jsonl")
}

/// The annotations in a file: one, or one a line where the name ends in `.jsonl`. A bad line is an error of its own
/// and the lines behind it are read all the same.
///
/// # Errors
/// When the file cannot be opened or, holding one annotation, not be read.
pub fn annotations(path: &Path) -> Result<Annotations, FileError> {
    let failed = |source| FileError::Io { path: path.to_owned(), source };
    let mut reader = BufReader::new(File::open(path).map_err(failed)?);
    if path.extension().is_some_and(|extension| extension == "jsonl") {
        return Ok(Box::new(Lines { path: path.to_owned(), reader, line: 0, broken: false }));
    }
    let mut bytes = Vec::new();
    reader.read_to_end(&mut bytes).map_err(failed)?;
    let read = Annotation::from_json(&bytes);
    let read = read.map_err(|source| FileError::Content { path: path.to_owned(), line: None, source });
    Ok(Box::new(std::iter::once(read)))
}

/// The annotations of a file with one a line.
struct Lines {
    path: PathBuf,
    reader: BufReader<File>,
    line: usize,
    /// Reading failed, and would fail again for ever.
    broken: bool,
}

impl Iterator for Lines {
    type Item = Result<Annotation, FileError>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut bytes = Vec::new();
        loop {
            if self.broken {
                return None;
            }
            bytes.clear();
            match self.reader.read_until(b'\n', &mut bytes) {
                Ok(0) => return None,
                Ok(_) => self.line += 1,
                Err(source) => {
                    self.broken = true;
                    return Some(Err(FileError::Io { path: self.path.clone(), source }));
                }
            }
            if !bytes.trim_ascii().is_empty() {
                break;
            }
        }
        let (path, line) = (&self.path, self.line);
        let read = Annotation::from_json(&bytes);
        Some(read.map_err(|source| FileError::Content { path: path.clone(), line: Some(line), source }))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn a_folder_gives_its_annotations_in_order() {
        let folder = tempfile::tempdir().unwrap();
        let write = |name: &str| {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, "").unwrap();
        };
        let annotated = ["b.txt.json", "a/c.txt.json", "a.jsonl"];
        let others = ["failures.jsonl", "news.failures.jsonl", "review.jsonl", ".x.json", "notes.txt"];
        annotated.iter().chain(&others).copied().for_each(write);
        let files = annotation_files(folder.path()).unwrap();
        let names: Vec<_> =
            files.iter().map(|file| file.strip_prefix(folder.path()).unwrap().display().to_string()).collect();
        assert_eq!(names, ["a/c.txt.json", "a.jsonl", "b.txt.json"]);
        let empty = tempfile::tempdir().unwrap();
        assert!(annotation_files(empty.path()).unwrap_err().to_string().contains("there are none"));
        assert!(annotation_files(&empty.path().join("gone")).unwrap_err().to_string().contains("gone"));
    }

    #[test]
    fn a_bad_line_is_named_and_the_next_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("all.jsonl");
        let mut stream = b"{}\n\n".to_vec();
        sample().write_line(&mut stream).unwrap();
        std::fs::write(&path, stream).unwrap();
        let read: Vec<_> = annotations(&path).unwrap().collect();
        assert!(read[0].as_ref().unwrap_err().to_string().contains("all.jsonl, line 1: it is no annotation"));
        assert_eq!(read[1].as_ref().unwrap(), &sample());
        assert_eq!(read.len(), 2);
    }
}
