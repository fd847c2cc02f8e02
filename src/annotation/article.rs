//! [`Article`]: the article inside its annotation, so that every offset can be checked without the input file.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::article;

/// The annotated article.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Article {
    /// Names the article in tables: its path without the extension, or what the input's id field says.
    #[serde(default)]
    pub id: String,
    /// Where it lies below its input folder, with `/` between folders.
    #[serde(default)]
    pub path: String,
    /// SHA-256 of the bytes read, in hexadecimal: of the file, or of the record's line.
    #[serde(default)]
    pub sha256: String,
    /// The heading.
    #[serde(default)]
    pub title: Option<String>,
    /// Day of publication as `yyyy-mm-dd`.
    #[serde(default)]
    pub date: Option<String>,
    /// Who published it.
    #[serde(default)]
    pub source: Option<String>,
    /// Where it was published.
    #[serde(default)]
    pub url: Option<String>,
    /// What offsets count.
    #[serde(default)]
    pub offset_unit: OffsetUnit,
    /// The text that was read, letter for letter.
    pub text: String,
}

/// What an offset counts.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum OffsetUnit {
    /// Unicode code points, from 0.
    #[default]
    Codepoint,
}

impl From<&article::Article> for Article {
    fn from(read: &article::Article) -> Self {
        Self {
            id: read.id.clone(),
            path: read.path.clone(),
            sha256: read.sha256.clone(),
            title: read.title.clone(),
            date: read.date.clone(),
            source: read.source.clone(),
            url: read.url.clone(),
            offset_unit: OffsetUnit::Codepoint,
            text: read.text.as_str().to_owned(),
        }
    }
}
