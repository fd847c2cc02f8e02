//! The store: where annotations go, and what earlier runs left there.
//!
//! A run over a hundred thousand articles is interrupted sooner or later, so nothing here is ever half-written: an
//! annotation appears under its name when it is whole ([`Place::Folder`]), a stream when the run is over
//! ([`Place::File`]). The same command run again goes on where it stopped, because [`Done`] knows the articles whose
//! annotation is still the one that would be made: same bytes, same model, registry and version of the program.
mod done;
mod error;
mod failure;
mod fingerprint;
mod folder;
mod place;
mod stream;

use std::collections::HashSet;
use std::io::Write;
use std::sync::Arc;

pub use done::Done;
pub use error::StoreError;
pub use failure::Failure;
pub use place::{Place, publish, temporary};

use crate::annotation::{Annotation, Tool};
use failure::write_failures;
use folder::Folder;
use stream::Stream;

/// Takes annotations and failures as they come and leaves the output of a run behind.
pub struct Store {
    output: Output,
    done: Arc<Done>,
    failures: Vec<Failure>,
    /// Paths of the articles put so far: two articles at one place would hide each other.
    put: HashSet<String>,
}

enum Output {
    Folder(Folder),
    Stream(Stream),
    Writer(Box<dyn Write + Send>),
}

impl Store {
    /// Opens a place and looks at what an earlier run left there. With `force` nothing counts as done.
    ///
    /// # Errors
    /// When the place cannot be created or written, or holds a file that is no output of this program.
    pub fn open(place: &Place, tool: &Tool, force: bool) -> Result<Self, StoreError> {
        place.prepare()?;
        let (output, done) = match place {
            Place::Folder(root) => {
                let done = if force { Done::Nothing } else { Done::in_folder(root.clone(), tool.clone()) };
                (Output::Folder(Folder::new(root.clone())), done)
            }
            Place::File(path) => {
                let (stream, done) = Stream::open(path, tool, force)?;
                (Output::Stream(stream), done)
            }
        };
        Ok(Self { output, done: Arc::new(done), failures: Vec::new(), put: HashSet::new() })
    }

    /// A store that writes one annotation a line to a writer at once, with nothing done and nothing kept.
    #[must_use]
    pub fn to_writer(writer: Box<dyn Write + Send>) -> Self {
        Self {
            output: Output::Writer(writer),
            done: Arc::new(Done::Nothing),
            failures: Vec::new(),
            put: HashSet::new(),
        }
    }

    /// What earlier runs left, to be asked from other threads.
    #[must_use]
    pub fn done(&self) -> Arc<Done> {
        Arc::clone(&self.done)
    }

    /// Stores an annotation.
    ///
    /// # Errors
    /// When writing fails; [`StoreError::concerns_one_article`] tells whether the run can go on.
    pub fn put(&mut self, annotation: &Annotation) -> Result<(), StoreError> {
        let path = &annotation.article.path;
        if !self.put.insert(path.clone()) {
            return Err(StoreError::SamePath(path.clone()));
        }
        match &mut self.output {
            Output::Folder(folder) => folder.put(annotation),
            Output::Stream(stream) => stream.put(annotation),
            Output::Writer(writer) => annotation
                .write_line(writer)
                .and_then(|()| writer.flush())
                .map_err(|source| StoreError::Pipe { source }),
        }
    }

    /// Changes the annotation of an article that an earlier run left here, and returns whether that changed anything.
    /// What is not there or cannot be read is left alone.
    ///
    /// # Errors
    /// When writing fails.
    pub fn revise(&mut self, article: &str, revise: impl FnOnce(Annotation) -> Annotation) -> Result<bool, StoreError> {
        let stored = match &self.output {
            Output::Folder(folder) => folder.stored(article),
            Output::Stream(stream) => stream.stored(article),
            Output::Writer(_) => None,
        };
        let Some(stored) = stored else { return Ok(false) };
        let revised = revise(stored.clone());
        if revised == stored {
            return Ok(false);
        }
        self.put(&revised).map(|()| true)
    }

    /// Notes that an article failed.
    pub fn fail(&mut self, failure: Failure) {
        self.failures.push(failure);
    }

    /// Ends the run: a stream gets its name if the run is `complete`, else it waits under another one for the same
    /// command to go on. The list of failures is written anew, or removed where there are none.
    ///
    /// # Errors
    /// When writing fails. What was stored before stays.
    pub fn finish(self, complete: bool) -> Result<(), StoreError> {
        let failures = match &self.output {
            Output::Folder(folder) => Some(folder.failures()),
            Output::Stream(stream) => Some(stream.failures()),
            Output::Writer(_) => None,
        };
        if let Some(path) = failures {
            write_failures(&path, &self.failures)?;
        }
        match self.output {
            Output::Stream(stream) if complete => stream.publish(),
            Output::Stream(_) | Output::Folder(_) => Ok(()),
            Output::Writer(mut writer) => writer.flush().map_err(|source| StoreError::Pipe { source }),
        }
    }
}

#[cfg(test)]
mod tests;
