//! The registry: which parties and speakers are known beforehand, and what they are called.
//!
//! An article says `Ankara`, `the alliance's chief`, `Pompeo`; who that is, the article often does not tell, and it
//! changes with the date. The registry is a TOML file that a user can read, correct and replace, so it is data and
//! not code: [`Registry::from_toml`] checks it, [`Registry`] answers by name, role and date, and [`Matcher`] finds
//! its phrases in texts.
mod check;
mod entry;
mod error;
mod lookup;
mod matcher;
mod mentions;
mod record;
mod role;

use std::collections::{HashMap, HashSet};

pub use entry::{Conditional, Leader, Office, Party, PartyKind, SpeakerEntry, SpeakerKind, Tenure, Term, entity_id};
pub use error::RegistryError;
pub use lookup::PartyPart;
pub use matcher::{CaseRule, Match, Matcher};
pub(crate) use mentions::name_word_before;
pub use mentions::{SpeakerFinder, SpeakerMention};

/// Parties, offices and speakers, checked and indexed.
#[derive(Clone, Debug, Default)]
pub struct Registry {
    sha256: String,
    words: Words,
    parties: Vec<Party>,
    offices: Vec<Office>,
    speakers: Vec<SpeakerEntry>,
    index: Index,
}

/// Lists that belong to the language rather than to an entry. All are folded but `lookalikes`.
#[derive(Clone, Debug, Default)]
struct Words {
    exact_case: HashSet<String>,
    lookalikes: Vec<String>,
    state_nouns: HashSet<String>,
    titles: HashSet<String>,
    given_names: HashSet<String>,
    media: HashSet<String>,
    female_names: HashSet<String>,
    male_names: HashSet<String>,
    person_names: HashSet<String>,
}

/// Positions of entries by what is asked for.
#[derive(Clone, Debug, Default)]
struct Index {
    party_by_id: HashMap<String, usize>,
    speaker_by_id: HashMap<String, usize>,
    /// Folded sure name → speaker.
    sure: HashMap<String, usize>,
    /// Folded ambiguous name → speakers.
    ambiguous: HashMap<String, Vec<usize>>,
    office_by_id: HashMap<String, usize>,
    /// Party names as they stand in a role, see [`role::role_key`].
    party_names: HashMap<String, usize>,
    /// Party and noun → office; without a party for phrases that stand alone.
    offices: HashMap<(Option<usize>, String), Vec<usize>>,
    /// Noun → offices that are called so, of whatever party.
    offices_by_noun: HashMap<String, Vec<usize>>,
    /// Role nouns of speakers.
    roles: HashMap<String, Vec<usize>>,
    /// Office → speakers with their terms there.
    holders: Vec<Vec<(usize, Tenure)>>,
    /// Last words of titles, offices and roles.
    title_ends: HashSet<String>,
}

/// The registry of the repository, for tests.
#[cfg(test)]
pub(crate) fn shipped() -> std::sync::Arc<Registry> {
    use std::sync::{Arc, LazyLock};
    static SHIPPED: LazyLock<Arc<Registry>> = LazyLock::new(|| {
        let toml = include_str!("../../../corpus/registry.toml");
        Arc::new(Registry::from_toml(toml).unwrap_or_else(|error| panic!("the shipped registry is sound: {error}")))
    });
    Arc::clone(&SHIPPED)
}
