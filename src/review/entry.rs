//! [`Entry`]: a line of `review.jsonl`.
//!
//! Lines are only ever added. Taking a verdict back is a line too, so that the file tells how a review went and nothing
//! that somebody said is lost.
use serde::{Deserialize, Serialize};

use super::correction::{Correction, Part};
use super::draw::Draw;
use super::subject::Subject;
use crate::annotation::Verdict;

/// Something that happened in a review.
#[allow(clippy::large_enum_variant, reason = "nearly all entries are verdicts")]
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "entry", rename_all = "lowercase")]
pub enum Entry {
    /// Quotations were drawn.
    Draw(Draw),
    /// A quotation was judged.
    Verdict(Judgement),
    /// A quotation was left for later.
    Skip(Mark),
    /// The reviewer's last verdict or skip on a quotation was taken back.
    Undo(Mark),
}

/// Who looked at what, and when.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mark {
    /// When, as an RFC 3339 time.
    pub time: String,
    /// Who.
    pub reviewer: String,
    /// At what.
    #[serde(flatten)]
    pub subject: Subject,
    /// In the reviewer's words.
    #[serde(default)]
    pub note: Option<String>,
}

/// A verdict on a quotation.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judgement {
    /// Who, when, on what.
    #[serde(flatten)]
    pub mark: Mark,
    /// The verdict.
    pub verdict: Verdict,
    /// The parts that are wrong; empty where it is right, or wrong as a whole.
    #[serde(default)]
    pub wrong: Vec<Part>,
    /// What is right instead.
    #[serde(default)]
    pub correction: Correction,
}

impl Entry {
    /// Who looked at what, unless it is a draw.
    #[must_use]
    pub const fn mark(&self) -> Option<&Mark> {
        match self {
            Self::Draw(_) => None,
            Self::Verdict(judgement) => Some(&judgement.mark),
            Self::Skip(mark) | Self::Undo(mark) => Some(mark),
        }
    }

    /// The verdict, if it is one.
    #[must_use]
    pub const fn judgement(&self) -> Option<&Judgement> {
        match self {
            Self::Verdict(judgement) => Some(judgement),
            _ => None,
        }
    }
}

impl Judgement {
    /// Whether a part was found wrong; nothing where the reviewer only said that something is.
    #[must_use]
    pub fn is_wrong(&self, part: Part) -> Option<bool> {
        match self.verdict {
            Verdict::Wrong if self.wrong.is_empty() => None,
            _ => Some(self.wrong.contains(&part)),
        }
    }
}
