//! Gold about mentions and the names that they stand for.
pub mod gap;
pub mod gum;

use super::subject::Question;
use crate::text::Text;

/// A text with mentions whose names are known.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AnaphoraDocument {
    /// Name of the document.
    pub id: String,
    /// What kind of text it is, where there are several: `news`, `interview`…
    pub genre: Option<String>,
    /// The text.
    pub text: Text,
    /// The mentions in it.
    pub anaphors: Vec<LabelledAnaphor>,
}

/// A mention with the gold's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledAnaphor {
    /// What is asked.
    pub question: Question,
    /// For every candidate whether the mention stands for it; there may be several mentions of one name, or none.
    pub right: Vec<bool>,
    /// What kind of mention it is: a word for the report.
    pub kind: &'static str,
}
