//! The registry file as it is written: one type a table, dates still text. Unknown keys are refused, because a
//! misspelt `alias = ` would otherwise lose its names without a word.
use serde::Deserialize;

use super::{PartyKind, SpeakerKind};

/// The whole file.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FileRecord {
    #[serde(default)]
    pub words: WordsRecord,
    #[serde(default)]
    pub party: Vec<PartyRecord>,
    #[serde(default)]
    pub office: Vec<OfficeRecord>,
    #[serde(default)]
    pub speaker: Vec<SpeakerRecord>,
}

/// `[words]`: lists that belong to the language rather than to a party.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub(super) struct WordsRecord {
    pub exact_case: Vec<String>,
    pub lookalikes: Vec<String>,
    pub state_nouns: Vec<String>,
    pub titles: Vec<String>,
    pub given_names: Vec<String>,
    pub media: Vec<String>,
    pub female_names: Vec<String>,
    pub male_names: Vec<String>,
    pub person_names: Vec<String>,
}

/// `[[party]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct PartyRecord {
    pub id: String,
    pub name: String,
    pub kind: PartyKind,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub demonyms: Vec<String>,
    #[serde(default)]
    pub state_adjectives: Vec<String>,
    #[serde(default)]
    pub capitals: Vec<String>,
    #[serde(default)]
    pub government: Vec<String>,
    #[serde(default)]
    pub army: Vec<String>,
    #[serde(default)]
    pub metonyms: Vec<String>,
    #[serde(default)]
    pub hashtags: Vec<String>,
    #[serde(default)]
    pub leaders: Vec<LeaderRecord>,
    #[serde(default)]
    pub members: Vec<String>,
    #[serde(default)]
    pub conditional: Vec<ConditionalRecord>,
}

/// One of `party.leaders`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LeaderRecord {
    pub speaker: String,
    pub from: Option<String>,
    pub to: Option<String>,
}

/// `[[party.conditional]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ConditionalRecord {
    pub phrases: Vec<String>,
    #[serde(default)]
    pub with_parties: Vec<String>,
    #[serde(default)]
    pub with_words: Vec<String>,
    #[serde(default)]
    pub without_words: Vec<String>,
    #[serde(default)]
    pub not_before: Vec<String>,
    #[serde(default)]
    pub not_after: Vec<String>,
    #[serde(default)]
    pub alone: bool,
}

/// `[[office]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct OfficeRecord {
    pub id: String,
    pub party: Option<String>,
    #[serde(default)]
    pub nouns: Vec<String>,
    #[serde(default)]
    pub phrases: Vec<String>,
}

/// `[[speaker]]`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SpeakerRecord {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub kind: SpeakerKind,
    #[serde(default)]
    pub aliases: Vec<String>,
    #[serde(default)]
    pub ambiguous: Vec<String>,
    #[serde(default)]
    pub titles: Vec<String>,
    #[serde(default)]
    pub roles: Vec<String>,
    pub party: Option<String>,
    #[serde(default)]
    pub terms: Vec<TermRecord>,
}

/// One of `speaker.terms`.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TermRecord {
    pub office: String,
    pub from: Option<String>,
    pub to: Option<String>,
}
