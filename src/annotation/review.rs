//! [`Review`]: what a person said about a quote after looking at it.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A person's judgement of a quote, applied by `review`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Review {
    /// The judgement.
    pub verdict: Verdict,
    /// Who judged.
    #[serde(default)]
    pub reviewer: Option<String>,
    /// When, as an RFC 3339 time.
    #[serde(default)]
    pub time: Option<String>,
    /// In the reviewer's words.
    #[serde(default)]
    pub note: Option<String>,
}

/// A judgement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// All of it is right.
    Right,
    /// Something was wrong; this quote shows it as the reviewer put it right.
    Corrected,
    /// It is wrong and was not put right.
    Wrong,
}

impl Verdict {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Right => "right",
            Self::Corrected => "corrected",
            Self::Wrong => "wrong",
        }
    }
}
