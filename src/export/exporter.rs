//! [`Exporter`], what every form of export does, and [`Export`], one export from the first article to the last.
use std::collections::HashSet;

use super::{ExportError, Format, Target};
use crate::annotation::{Annotation, Article};

/// Takes annotations one after the other and leaves one output behind.
pub trait Exporter {
    /// Adds an annotation: all of it or, where it fails for this article alone, nothing of it.
    ///
    /// # Errors
    /// When the output cannot be written, or the annotation cannot be put into this form.
    fn put(&mut self, annotation: &Annotation) -> Result<(), ExportError>;

    /// Ends the output and gives it its name. Dropped without this, an exporter leaves the place as it was.
    ///
    /// # Errors
    /// When the output cannot be written.
    fn finish(self: Box<Self>) -> Result<(), ExportError>;
}

/// An export. Each article is taken once: an output folder that also holds a stream of the same articles would
/// otherwise double every count.
pub struct Export {
    exporter: Box<dyn Exporter>,
    /// Names of the articles put so far.
    put: HashSet<String>,
}

impl Export {
    /// Creates the output, so that a place that cannot be written is known before the first article is read.
    ///
    /// # Errors
    /// When the output cannot be created, or holds something that is not ours to replace.
    pub fn begin(format: Format, target: Target) -> Result<Self, ExportError> {
        Ok(Self { exporter: format.begin(target)?, put: HashSet::new() })
    }

    /// Adds an annotation.
    ///
    /// # Errors
    /// When it cannot be added; [`ExportError::concerns_one_article`] tells whether the export can go on.
    pub fn put(&mut self, annotation: &Annotation) -> Result<(), ExportError> {
        let name = name_of(&annotation.article)?;
        if self.put.contains(name) {
            return Err(ExportError::SamePath(name.to_owned()));
        }
        self.exporter.put(annotation)?;
        self.put.insert(name.to_owned());
        Ok(())
    }

    /// Ends the output and gives it its name.
    ///
    /// # Errors
    /// When the output cannot be written.
    pub fn finish(self) -> Result<(), ExportError> {
        self.exporter.finish()
    }
}

/// What tells an article from others: its path or, where gold has none, its id or its hash.
pub(super) fn name_of(article: &Article) -> Result<&str, ExportError> {
    let names = [&article.path, &article.id, &article.sha256];
    names.into_iter().find(|name| !name.is_empty()).map(String::as_str).ok_or(ExportError::Nameless)
}
