//! The annotation: what the program says about one article, in the format `ascribe/1`.
//!
//! The types of this module *are* the format: their fields stand in the order of the file, the JSON Schema is
//! generated from them ([`json_schema`]), and gold annotation, predictions and corrected predictions are all read into
//! them, so that like is compared with like. They use plain offsets instead of [`crate::text::Span`], because a file
//! can hold anything; [`Annotation::verify`] tells whether it holds together.
//!
//! Reading is lenient where that keeps old and shortened files readable: unknown fields are passed over, and all but
//! the article's text and the kind and spans of a quote may be missing. Writing is strict: every field is written.
mod article;
mod entity;
mod file;
mod json;
mod probability;
mod quote;
mod remark;
mod review;
mod row;
mod schema;
mod span;
mod stance;
mod tool;
mod verify;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

pub use article::{Article, OffsetUnit};
pub use entity::{Entity, EntityKind};
pub use file::{Annotations, FileError, annotation_files, annotations};
pub use json::ReadError;
pub use probability::Probability;
pub use quote::{Candidate, Confidence, Flag, Quote, QuoteKind};
pub use remark::{NotSpeech, NotSpeechReason, Warning, WarningCode};
pub use review::{Review, Verdict};
pub use row::Row;
pub use schema::json_schema;
pub use span::{Anchored, MentionForm, Source};
pub use stance::{PartyStance, Stance, StanceProbabilities};
pub use tool::Tool;
pub use verify::{Fault, Violation};

/// The versions of the format that are read. A later version of the program adds to this list and keeps reading the
/// older ones.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub enum FormatVersion {
    /// The first and current version.
    #[default]
    #[serde(rename = "ascribe/1")]
    V1,
}

/// One article with all that was found in it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Annotation {
    /// Name and version of the format: `ascribe/1`.
    pub schema: FormatVersion,
    /// What made this annotation.
    #[serde(default)]
    pub tool: Tool,
    /// The article, with its whole text.
    pub article: Article,
    /// Everyone who speaks or through whom words come, in the order of their first mention.
    #[serde(default)]
    pub entities: Vec<Entity>,
    /// Reported speech in the order of the text.
    pub quotes: Vec<Quote>,
    /// Marked text that is no speech, in the order of the text.
    #[serde(default)]
    pub not_speech: Vec<NotSpeech>,
    /// What looked wrong in the article, for a person to look at.
    #[serde(default)]
    pub warnings: Vec<Warning>,
}

impl Annotation {
    /// An annotation of an article in which nothing has been found yet.
    #[must_use]
    pub fn new(tool: Tool, article: Article) -> Self {
        Self {
            schema: FormatVersion::V1,
            tool,
            article,
            entities: Vec::new(),
            quotes: Vec::new(),
            not_speech: Vec::new(),
            warnings: Vec::new(),
        }
    }

    /// The entity of an id.
    #[must_use]
    pub fn entity(&self, id: &str) -> Option<&Entity> {
        self.entities.iter().find(|entity| entity.id == id)
    }
}

/// The annotation that the tests of several modules look at; also read by the tests of the command line.
#[cfg(test)]
pub(crate) fn sample() -> Annotation {
    Annotation::from_json(include_bytes!("../../tests/fixtures/annotation.json")).unwrap()
}
