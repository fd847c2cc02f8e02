//! [`Stream`]: all annotations in one file, one a line.
//!
//! The lines are collected in `NAME.partial`, which becomes `NAME` when the run is over. A run that finds a partial
//! file goes on with it; one that finds a whole one begins with a copy of it. Lines that were made anew, and lines
//! that a power cut tore, are dropped when the file gets its name.
use std::collections::{HashMap, HashSet};
use std::fs::{self, File, OpenOptions};
use std::io::{self, BufRead, BufReader, BufWriter, Write};
use std::path::{Path, PathBuf};

use super::done::{Done, StreamIndex};
use super::fingerprint::Fingerprint;
use super::place::{publish, temporary};
use super::{Place, StoreError};
use crate::annotation::{Annotation, Tool};

/// A stream that is being written.
pub(super) struct Stream {
    path: PathBuf,
    partial: PathBuf,
    out: BufWriter<File>,
    /// The number of the line, from 0, that holds an article's latest annotation.
    line_of: HashMap<String, usize>,
    /// Lines that will be left out.
    dropped: HashSet<usize>,
    lines: usize,
}

impl Stream {
    /// Opens a stream, going on with what is there unless forced to begin anew.
    pub(super) fn open(path: &Path, tool: &Tool, force: bool) -> Result<(Self, Done), StoreError> {
        if path.exists() && !is_ours(path).map_err(earlier(path))? {
            return Err(StoreError::Foreign { path: path.to_owned() });
        }
        let mut partial = path.as_os_str().to_owned();
        partial.push(".partial");
        let partial = PathBuf::from(partial);
        let failed = |source| StoreError::Write { path: partial.clone(), source };
        if force {
            File::create(&partial).map_err(failed)?;
        } else if path.exists() && !partial.exists() {
            let mut copy = temporary(&partial).map_err(failed)?;
            io::copy(&mut File::open(path).map_err(earlier(path))?, &mut copy).map_err(failed)?;
            publish(copy, &partial).map_err(failed)?;
        }
        let file = OpenOptions::new().append(true).create(true).open(&partial).map_err(failed)?;
        let mut stream = Self {
            path: path.to_owned(),
            partial: partial.clone(),
            out: BufWriter::new(file),
            line_of: HashMap::new(),
            dropped: HashSet::new(),
            lines: 0,
        };
        let lines = stream.index().map_err(earlier(&partial))?;
        let done = Done::Stream(StreamIndex { tool: tool.clone(), lines });
        Ok((stream, done))
    }

    /// Reads the lines that are there, and cuts off what a broken run left behind the last whole one.
    fn index(&mut self) -> io::Result<HashMap<String, Fingerprint>> {
        let mut fingerprints = HashMap::new();
        let mut reader = BufReader::new(File::open(&self.partial)?);
        let mut line = Vec::new();
        let mut whole = 0;
        loop {
            line.clear();
            let read = reader.read_until(b'\n', &mut line)?;
            if !line.ends_with(b"\n") {
                break;
            }
            whole += read as u64;
            if let Some((fingerprint, path)) = Fingerprint::read(&line) {
                self.note(path.clone());
                fingerprints.insert(path, fingerprint);
            } else {
                self.dropped.insert(self.lines);
                self.lines += 1;
            }
        }
        if self.out.get_ref().metadata()?.len() > whole {
            self.out.get_ref().set_len(whole)?;
        }
        Ok(fingerprints)
    }

    /// Notes the article of the next line.
    fn note(&mut self, path: String) {
        if let Some(earlier) = self.line_of.insert(path, self.lines) {
            self.dropped.insert(earlier);
        }
        self.lines += 1;
    }

    pub(super) fn put(&mut self, annotation: &Annotation) -> Result<(), StoreError> {
        annotation
            .write_line(&mut self.out)
            .and_then(|()| self.out.flush())
            .map_err(|source| StoreError::Write { path: self.partial.clone(), source })?;
        self.note(annotation.article.path.clone());
        Ok(())
    }

    /// The latest annotation of an article, if it is there.
    pub(super) fn stored(&self, article: &str) -> Option<Annotation> {
        let reader = BufReader::new(File::open(&self.partial).ok()?);
        let line = reader.split(b'\n').nth(*self.line_of.get(article)?)?.ok()?;
        Annotation::from_json(&line).ok()
    }

    pub(super) fn failures(&self) -> PathBuf {
        Place::File(self.path.clone()).failures()
    }

    /// Gives the stream its name.
    pub(super) fn publish(self) -> Result<(), StoreError> {
        let path = self.path.clone();
        self.give_name().map_err(|source| StoreError::Write { path, source })
    }

    fn give_name(mut self) -> io::Result<()> {
        self.out.flush()?;
        self.out.get_ref().sync_data()?;
        if self.dropped.is_empty() {
            return fs::rename(&self.partial, &self.path);
        }
        let mut kept = temporary(&self.path)?;
        let mut out = BufWriter::new(&mut kept);
        let mut reader = BufReader::new(File::open(&self.partial)?);
        let mut line = Vec::new();
        for number in 0.. {
            line.clear();
            if reader.read_until(b'\n', &mut line)? == 0 {
                break;
            }
            if !self.dropped.contains(&number) {
                out.write_all(&line)?;
            }
        }
        out.flush()?;
        drop(out);
        publish(kept, &self.path)?;
        fs::remove_file(&self.partial)
    }
}

/// Whether a file is empty or begins with an annotation. Anything else is not ours to replace.
fn is_ours(path: &Path) -> io::Result<bool> {
    let mut line = Vec::new();
    BufReader::new(File::open(path)?).read_until(b'\n', &mut line)?;
    Ok(line.is_empty() || Fingerprint::read(&line).is_some())
}

fn earlier(path: &Path) -> impl Fn(io::Error) -> StoreError {
    move |source| StoreError::Earlier { path: path.to_owned(), source }
}
