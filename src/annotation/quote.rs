//! [`Quote`]: one stretch of reported speech with its attribution.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Anchored, PartyStance, Probability, Review, Source};

/// Reported speech: what is said, by whom, and toward whom.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Quote {
    /// Unique in the article: `q1`, `q2`…
    #[serde(default)]
    pub id: String,
    /// Quotes with the same word here are parts of one speech: `u1`, `u2`…
    #[serde(default)]
    pub utterance: String,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words without their quotation marks, in the order of the text; several where something stands between.
    pub spans: Vec<Anchored>,
    /// What is irregular about its marks.
    #[serde(default)]
    pub flags: Vec<Flag>,
    /// The reporting expression: `said`, `according to`.
    #[serde(default)]
    pub cue: Option<Anchored>,
    /// The mention that the attribution names.
    #[serde(default)]
    pub source: Option<Source>,
    /// Entity ids of those who speak; several speak jointly, none where the text does not tell.
    #[serde(default)]
    pub speakers: Vec<String>,
    /// Entity ids of those through whom the words come.
    #[serde(default)]
    pub via: Vec<String>,
    /// Who else it could be, the most probable first.
    #[serde(default)]
    pub candidates: Vec<Candidate>,
    /// How sure the program is.
    #[serde(default)]
    pub confidence: Confidence,
    /// The speaker's stance toward every party to which the quote refers.
    #[serde(default)]
    pub stances: Vec<PartyStance>,
    /// Id of an earlier quote with the same words.
    #[serde(default)]
    pub repeats: Option<String>,
    /// What a person said about this quote.
    #[serde(default)]
    pub review: Option<Review>,
}

impl Quote {
    /// Where the quote begins, in code points; 0 without a span.
    #[must_use]
    pub fn start(&self) -> usize {
        self.spans.first().map_or(0, |span| span.start)
    }

    /// Where the quote ends, in code points; 0 without a span.
    #[must_use]
    pub fn end(&self) -> usize {
        self.spans.last().map_or(0, |span| span.end)
    }

    /// The words of all its spans, with a blank between two.
    #[must_use]
    pub fn words(&self) -> String {
        let words: Vec<&str> = self.spans.iter().map(|span| span.text.as_str()).collect();
        words.join(" ")
    }
}

/// How speech is reported.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum QuoteKind {
    /// A whole sentence or more, or an independent clause, between marks.
    #[default]
    Direct,
    /// A marked fragment inside a reporting sentence.
    Mixed,
    /// Reported without marks.
    Indirect,
}

impl QuoteKind {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Direct => "direct",
            Self::Mixed => "mixed",
            Self::Indirect => "indirect",
        }
    }
}

/// What is irregular about a quote's marks, or where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Flag {
    /// The opening mark is missing.
    NoOpen,
    /// The closing mark is missing.
    Unclosed,
    /// It is opened by one sort of mark and closed by another.
    MixedMarks,
    /// A blank stands between a mark and the words.
    SpaceInside,
    /// No blank stands behind the closing mark.
    NoSpaceAfter,
    /// The next paragraph opens without a close before it: the quotation runs on.
    Continued,
    /// It stands in a headline.
    Headline,
}

impl Flag {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::NoOpen => "no_open",
            Self::Unclosed => "unclosed",
            Self::MixedMarks => "mixed_marks",
            Self::SpaceInside => "space_inside",
            Self::NoSpaceAfter => "no_space_after",
            Self::Continued => "continued",
            Self::Headline => "headline",
        }
    }
}

/// An entity that may be the speaker.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Candidate {
    /// Id of the entity.
    pub entity: String,
    /// How probable it is.
    pub probability: Probability,
}

/// How sure the program is of a quote. What a person annotated is certain.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Confidence {
    /// That this is speech with these bounds.
    pub span: Probability,
    /// That these are the speakers.
    pub speaker: Probability,
}

impl Default for Confidence {
    fn default() -> Self {
        Self { span: Probability::ONE, speaker: Probability::ONE }
    }
}
