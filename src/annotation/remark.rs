//! [`NotSpeech`] and [`Warning`]: what was looked at and is no quote, and what looked wrong.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Marked text that is no speech.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct NotSpeech {
    /// The first code point inside.
    pub start: usize,
    /// The first code point behind.
    pub end: usize,
    /// What lies between, letter for letter.
    #[serde(default)]
    pub text: String,
    /// What the marks are for.
    pub reason: NotSpeechReason,
}

/// What quotation marks are for where nobody speaks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum NotSpeechReason {
    /// The writer keeps a distance: a so-called something.
    Scare,
    /// A name of a place, ship, operation.
    Name,
    /// A title of a book, film, report.
    Title,
    /// A heading quoted as such.
    Headline,
    /// A word that is spoken about.
    Term,
    /// Feet, inches, minutes, seconds.
    Measure,
}

/// Something in the article that a person may want to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Warning {
    /// What sort of thing it is.
    pub code: WarningCode,
    /// The first code point inside.
    pub start: usize,
    /// The first code point behind.
    pub end: usize,
    /// The same in a sentence.
    #[serde(default)]
    pub message: String,
}

/// What can look wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WarningCode {
    /// A quotation is opened and not closed in its paragraph.
    UnclosedQuote,
    /// A quotation is closed and not opened in its paragraph.
    UnopenedQuote,
    /// A quotation is opened by one sort of mark and closed by another.
    MixedMarks,
    /// A blank stands between a mark and the words.
    SpaceInside,
    /// No blank stands behind a closing mark.
    NoSpaceAfter,
    /// A mark that belongs to no quotation and no word.
    StrayMark,
}
