//! [`Journal`]: the file `review.jsonl`, to which every verdict is added and synced before the page shows it as given.
//!
//! Whatever ends the program, at most one line that nobody was told about is lost: it is cut off when the file is next
//! opened for writing, and reported. A line in the middle that cannot be read is reported and stays where it is.
use std::fs::{File, OpenOptions};
use std::io::{self, ErrorKind, Write};
use std::path::{Path, PathBuf};

use super::ReviewError;
use super::entry::Entry;
use crate::pipeline::store::Place;

/// Name of the file in an output folder.
const NAME: &str = "review.jsonl";

/// The file of verdicts, open for adding.
#[derive(Debug)]
pub struct Journal {
    path: PathBuf,
    file: File,
}

/// What is in a file of verdicts.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Log {
    /// The entries in their order.
    pub entries: Vec<Entry>,
    /// What could not be read.
    pub faults: Vec<LogFault>,
}

/// A line of a file of verdicts that could not be read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LogFault {
    /// A line that is no entry, by its number from 1, and why. It stays in the file.
    Line(usize, String),
    /// The last line has no end: the program was stopped while writing it. This is what was there of it.
    Torn(String),
}

impl std::fmt::Display for LogFault {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Line(number, reason) => {
                write!(out, "line {number} is no entry of a review and was passed over: {reason}")
            }
            Self::Torn(rest) => {
                let shown: String = rest.chars().take(60).collect();
                write!(out, "the last line was torn, judge that quotation again: {shown}…")
            }
        }
    }
}

/// The file of verdicts that belongs to a place of annotations: `OUT/review.jsonl`, or `news.review.jsonl` beside a
/// stream with a name of its own.
#[must_use]
pub fn journal_path(place: &Place) -> PathBuf {
    match place {
        Place::File(path) if *place != Place::stream_in(place.folder()) => path.with_extension(NAME),
        _ => place.folder().join(NAME),
    }
}

impl Log {
    /// Reads a file of verdicts; one that is not there is empty.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(path: &Path) -> Result<Self, ReviewError> {
        match std::fs::read(path) {
            Ok(bytes) => Ok(Self::of(&bytes)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(ReviewError::Read { path: path.to_owned(), source }),
        }
    }

    fn of(bytes: &[u8]) -> Self {
        let mut log = Self::default();
        for (index, line) in bytes.split_inclusive(|byte| *byte == b'\n').enumerate() {
            if line.trim_ascii().is_empty() {
                continue;
            }
            if !line.ends_with(b"\n") {
                log.faults.push(LogFault::Torn(String::from_utf8_lossy(line).into_owned()));
                continue;
            }
            match serde_json::from_slice(line) {
                Ok(entry) => log.entries.push(entry),
                Err(error) => log.faults.push(LogFault::Line(index + 1, error.to_string())),
            }
        }
        log
    }
}

impl Journal {
    /// Opens a file of verdicts for adding, with what is in it. A torn last line is cut off.
    ///
    /// # Errors
    /// When the file cannot be read, created or repaired.
    pub fn open(path: &Path) -> Result<(Self, Log), ReviewError> {
        let failed = |source| ReviewError::Write { path: path.to_owned(), source };
        let is_new = !path.exists();
        let file = OpenOptions::new().append(true).create(true).open(path).map_err(failed)?;
        if is_new {
            sync_folder(path).map_err(failed)?;
        }
        let bytes = std::fs::read(path).map_err(|source| ReviewError::Read { path: path.to_owned(), source })?;
        let whole = bytes.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
        if whole < bytes.len() {
            file.set_len(whole as u64).and_then(|()| file.sync_all()).map_err(failed)?;
        }
        Ok((Self { path: path.to_owned(), file }, Log::of(&bytes)))
    }

    /// Adds an entry and returns when it is on the disk.
    ///
    /// # Errors
    /// When it cannot be written; then the file is as it was before.
    pub fn add(&mut self, entry: &Entry) -> Result<(), ReviewError> {
        self.write(entry).map_err(|source| ReviewError::Write { path: self.path.clone(), source })
    }

    fn write(&mut self, entry: &Entry) -> io::Result<()> {
        let mut line = serde_json::to_vec(entry)?;
        line.push(b'\n');
        let before = self.file.metadata()?.len();
        // One call, so that the lines of two reviewers who add to one file do not mix.
        self.file.write_all(&line).and_then(|()| self.file.sync_data()).inspect_err(|_| {
            // Where this fails too, the next opening cuts the rest off.
            let _ = self.file.set_len(before);
        })
    }
}

/// Makes the name of a new file last.
fn sync_folder(path: &Path) -> io::Result<()> {
    if cfg!(unix) {
        let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        File::open(folder)?.sync_all()?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;
    use crate::review::entry::Mark;
    use crate::review::subject::Subject;

    fn skip(reviewer: &str) -> Entry {
        let annotation = sample();
        let subject = Subject::of(&annotation, &annotation.quotes[0]);
        Entry::Skip(Mark {
            time: "2026-11-21T10:00:00Z".to_owned(),
            reviewer: reviewer.to_owned(),
            subject,
            note: None,
        })
    }

    #[test]
    fn entries_are_kept_in_their_order() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review.jsonl");
        assert_eq!(Log::read(&path).unwrap(), Log::default());
        for reviewer in ["ada", "ben"] {
            let (mut journal, _) = Journal::open(&path).unwrap();
            journal.add(&skip(reviewer)).unwrap();
        }
        assert_eq!(Log::read(&path).unwrap(), Log { entries: vec![skip("ada"), skip("ben")], faults: Vec::new() });
    }

    #[test]
    fn a_torn_last_line_is_cut_off_and_reported() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review.jsonl");
        Journal::open(&path).unwrap().0.add(&skip("ada")).unwrap();
        let whole = std::fs::read(&path).unwrap();
        std::fs::write(&path, [&whole, &whole[..40]].concat()).unwrap();
        assert_eq!(Log::read(&path).unwrap().faults.len(), 1);
        let (mut journal, log) = Journal::open(&path).unwrap();
        assert!(log.faults[0].to_string().starts_with("the last line was torn"), "{}", log.faults[0]);
        journal.add(&skip("ben")).unwrap();
        assert_eq!(Log::read(&path).unwrap(), Log { entries: vec![skip("ada"), skip("ben")], faults: Vec::new() });
    }

    #[test]
    fn a_line_that_cannot_be_read_stays() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("review.jsonl");
        std::fs::write(&path, "{\"entry\": \"song\"}\n\n").unwrap();
        let (mut journal, log) = Journal::open(&path).unwrap();
        assert!(log.faults[0].to_string().starts_with("line 1 is no entry"), "{}", log.faults[0]);
        journal.add(&skip("ada")).unwrap();
        let log = Log::read(&path).unwrap();
        assert_eq!((log.entries.len(), log.faults.len()), (1, 1));
    }

    #[test]
    fn the_file_lies_beside_the_annotations() {
        let beside = |place: &Place| journal_path(place).display().to_string();
        assert_eq!(beside(&Place::Folder("out".into())), "out/review.jsonl");
        assert_eq!(beside(&Place::stream_in(Path::new("out"))), "out/review.jsonl");
        assert_eq!(beside(&Place::File("out/news.jsonl".into())), "out/news.review.jsonl");
    }

    #[cfg(target_os = "linux")]
    #[test]
    fn a_full_disk_is_told() {
        let file = OpenOptions::new().append(true).open("/dev/full").unwrap();
        let error = Journal { path: "review.jsonl".into(), file }.add(&skip("ada")).unwrap_err();
        assert!(error.to_string().contains("No space left"), "{error}");
    }
}
