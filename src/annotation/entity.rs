//! [`Entity`]: someone who speaks in the article, under all the names used there.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Anchored;

/// A person, organization, country, group, or someone without a name, who speaks or through whom words come.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Entity {
    /// Unique in the article; the registry's where it knows the entity.
    pub id: String,
    /// The fullest form in the article, or the registry's; of an unnamed source, the phrase that stands for it.
    #[serde(default)]
    pub name: String,
    /// What sort of entity it is.
    #[serde(default)]
    pub kind: EntityKind,
    /// The party of the registry to which it belongs on the article's day.
    #[serde(default)]
    pub party: Option<String>,
    /// Where the article speaks of it, in the order of the text.
    #[serde(default)]
    pub mentions: Vec<Anchored>,
}

/// A sort of entity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum EntityKind {
    /// A person with a name.
    #[default]
    Person,
    /// A ministry, company, newspaper, alliance.
    Organization,
    /// A state.
    Country,
    /// People without an organization: protesters, residents of a town.
    Group,
    /// A source without a name: `a State Department spokesperson`.
    Unnamed,
}
