//! [`Passages`]: what an annotation points to in its article's text, for forms that stand or fall with their offsets.
use super::ExportError;
use crate::annotation::{Anchored, Annotation, Source};
use crate::text::{Span, Text};

/// The text of an article, asked for what spans cover. The words beside the offsets in a file are not believed.
pub(super) struct Passages<'a> {
    article: &'a str,
    pub text: Text,
}

/// A span that was found to lie inside its text.
#[derive(Clone, Copy)]
pub(super) struct Passage<'a> {
    pub span: Span,
    pub words: &'a str,
}

impl<'a> Passages<'a> {
    pub fn of(annotation: &'a Annotation) -> Self {
        Self { article: &annotation.article.path, text: Text::new(annotation.article.text.as_str()) }
    }

    /// What lies between two offsets.
    pub fn at(&self, place: &impl Place) -> Result<Passage<'_>, ExportError> {
        let (start, end) = place.offsets();
        let span = Span::new(start, end).ok();
        let passage = span.and_then(|span| Some(Passage { span, words: self.text.get(span)? }));
        passage.ok_or_else(|| ExportError::Outside { article: self.article.to_owned(), start, end })
    }
}

/// Something with offsets as they stand in a file.
pub(super) trait Place {
    fn offsets(&self) -> (usize, usize);
}

impl Place for Anchored {
    fn offsets(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}

impl Place for Source {
    fn offsets(&self) -> (usize, usize) {
        (self.start, self.end)
    }
}
