//! [`Fields`]: what a reader found, whatever the format, before it becomes an article.
use crate::text::is_blank;

use super::error::Cause;

/// The content of one article; everything but the text may be missing.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Fields {
    pub text: String,
    pub id: Option<String>,
    pub title: Option<String>,
    pub date: Option<String>,
    pub source: Option<String>,
    pub url: Option<String>,
}

impl Fields {
    /// A text that says nothing about itself.
    pub fn of_text(text: String) -> Self {
        Self { text, ..Self::default() }
    }

    /// Refuses a text without a visible character.
    pub fn filled(self) -> Result<Self, Cause> {
        if self.text.chars().all(is_blank) { Err(Cause::Empty) } else { Ok(self) }
    }
}
