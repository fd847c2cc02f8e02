//! What the detector hands on to attribution.
use std::ops::Range;

use super::{Flag, QuoteKind, Reason, marks::MarkedString};
use crate::text::Span;

/// A stretch of reported speech.
#[derive(Clone, Debug, PartialEq)]
pub struct Quote {
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// What is quoted, in text order; several where an indirect speech is interrupted by its attribution. Marks
    /// are not included, final punctuation inside of them is.
    pub spans: Vec<Span>,
    /// Repairs and other properties.
    pub flags: Vec<Flag>,
    /// Quotes of one speech (split by its attribution, running over paragraphs, fragments of one clause) share
    /// this number. Utterances are numbered from 0 in text order.
    pub utterance: usize,
    /// Mean probability of the tokens to be content.
    pub confidence: f32,
    /// For quotes in marks, the index in [`Detection::marked`].
    pub marked: Option<usize>,
    /// The index of the block it lies in.
    pub block: usize,
    /// Its tokens; of an interrupted one, those of the longest span.
    pub content_tokens: Range<usize>,
}

impl Quote {
    /// The smallest span around the quote.
    ///
    /// # Panics
    /// When the quote has no spans; the detector makes none such.
    #[must_use]
    pub fn extent(&self) -> Span {
        let mut spans = self.spans.iter();
        let first = spans.next().copied().expect("a quote has at least one span");
        spans.fold(first, Span::join)
    }
}

/// The words of a cue or of a source, without white space and punctuation at the ends.
#[derive(Clone, Debug, PartialEq)]
pub struct Mention {
    /// Where the words stand.
    pub span: Span,
    /// Their tokens.
    pub tokens: Range<usize>,
    /// Mean probability of the tokens to have this role.
    pub probability: f32,
    /// The index of the block it lies in.
    pub block: usize,
}

/// A string in marks that is no speech.
#[derive(Clone, Debug, PartialEq)]
pub struct NotSpeech {
    /// What stands between the marks; of a measure, the measure itself.
    pub span: Span,
    /// Why it is none.
    pub reason: Reason,
}

/// Something amiss with the text, repaired as well as possible.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Warning {
    /// A short stable name.
    pub code: &'static str,
    /// Where.
    pub span: Span,
    /// What it is and what to look at.
    pub message: &'static str,
}

/// All that was found in an article, each list in text order.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Detection {
    /// The quoted strings, speech or not.
    pub marked: Vec<MarkedString>,
    /// Reported speech.
    pub quotes: Vec<Quote>,
    /// Mentions that may be the source of a quote.
    pub sources: Vec<Mention>,
    /// Reporting expressions.
    pub cues: Vec<Mention>,
    /// Strings in marks that are no speech.
    pub not_speech: Vec<NotSpeech>,
    /// Typing errors and their repairs.
    pub warnings: Vec<Warning>,
}
