//! [`Anchored`]: offsets together with the words they cover, the pair that makes every annotation checkable.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::text::{Span, SpanError, Text};

/// A stretch of the article's text: half-open, zero-based, in code points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Anchored {
    /// The first code point inside.
    pub start: usize,
    /// The first code point behind.
    pub end: usize,
    /// What lies between, letter for letter.
    #[serde(default)]
    pub text: String,
}

impl Anchored {
    /// A span of a text together with what it covers.
    ///
    /// # Panics
    /// When the span reaches beyond the text.
    #[must_use]
    pub fn new(text: &Text, span: Span) -> Self {
        Self { start: span.start(), end: span.end(), text: text.slice(span).to_owned() }
    }

    /// The offsets as a span.
    ///
    /// # Errors
    /// When the end lies before the start, which a file may say.
    pub const fn span(&self) -> Result<Span, SpanError> {
        Span::new(self.start, self.end)
    }
}

/// The mention to which an attribution points.
#[derive(Clone, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
pub struct Source {
    /// The first code point inside.
    pub start: usize,
    /// The first code point behind.
    pub end: usize,
    /// What lies between, letter for letter.
    #[serde(default)]
    pub text: String,
    /// What sort of words these are.
    #[serde(default)]
    pub form: MentionForm,
}

impl Source {
    /// A mention of some form with the words it covers.
    ///
    /// # Panics
    /// When the span reaches beyond the text.
    #[must_use]
    pub fn new(text: &Text, span: Span, form: MentionForm) -> Self {
        let Anchored { start, end, text } = Anchored::new(text, span);
        Self { start, end, text, form }
    }

    /// The offsets as a span.
    ///
    /// # Errors
    /// When the end lies before the start, which a file may say.
    pub const fn span(&self) -> Result<Span, SpanError> {
        Span::new(self.start, self.end)
    }
}

/// How a mention refers.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum MentionForm {
    /// By a name, with or without titles: `NATO Secretary General Jens Stoltenberg`.
    #[default]
    Name,
    /// By a description: `the alliance's chief`.
    Nominal,
    /// By a pronoun: `she`.
    Pronoun,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_anchor_repeats_the_words_of_its_span() {
        let text = Text::new("Said Kalın 🙂 twice");
        let name = Anchored::new(&text, Span::new(5, 10).unwrap());
        assert_eq!(name.text, "Kalın");
        assert_eq!(text.slice(name.span().unwrap()), name.text);
        let face = Source::new(&text, Span::new(11, 12).unwrap(), MentionForm::Pronoun);
        assert_eq!(face.text, "🙂");
    }
}
