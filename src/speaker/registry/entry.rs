//! The entries of a checked registry: parties, offices and speakers.
use jiff::civil::Date;
use serde::Deserialize;

use crate::text::fold;

/// What a party is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum PartyKind {
    /// A state with its government.
    Country,
    /// States that act together, such as NATO.
    Alliance,
    /// An international organization, such as the IAEA.
    Organization,
    /// An armed group, a movement, a people.
    Group,
}

/// What a speaker is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SpeakerKind {
    /// A human being.
    #[default]
    Person,
    /// A body that speaks under its own name: a ministry, a news agency.
    Organization,
}

/// The days on which something holds: from the first day up to, not including, `to`. Open where a side is missing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
pub struct Tenure {
    /// The first day.
    pub from: Option<Date>,
    /// The first day after.
    pub to: Option<Date>,
}

impl Tenure {
    /// Whether a day lies inside.
    #[must_use]
    pub fn covers(&self, day: Date) -> bool {
        self.from.is_none_or(|from| from <= day) && self.to.is_none_or(|to| day < to)
    }
}

/// A party: somebody toward whom a speaker can have a stance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Party {
    /// The id used in annotations, such as `north-korea`.
    pub id: String,
    /// The usual English name; an alias too.
    pub name: String,
    /// What it is.
    pub kind: PartyKind,
    /// Other names.
    pub aliases: Vec<String>,
    /// Adjective and people: `Turkish`, `Turk`, `Turks`.
    pub demonyms: Vec<String>,
    /// Adjectives that refer to the party only before a noun of the state (`Syrian regime`, not `Syrian refugees`).
    pub state_adjectives: Vec<String>,
    /// Capitals that stand for the government.
    pub capitals: Vec<String>,
    /// Names of the government that contain no demonym: `Trump administration`, `State Department`.
    pub government: Vec<String>,
    /// The same for the armed forces.
    pub army: Vec<String>,
    /// Buildings and by-names: `the Kremlin`.
    pub metonyms: Vec<String>,
    /// Words that are used behind `#` only, without it.
    pub hashtags: Vec<String>,
    /// Speakers whose name stands for the party while they lead it.
    pub leaders: Vec<Leader>,
    /// The parties that make up an alliance, by id.
    pub members: Vec<String>,
    /// Phrases that refer to the party in some articles only.
    pub conditional: Vec<Conditional>,
}

/// A person whose name stands for a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leader {
    /// Id of the speaker.
    pub speaker: String,
    /// When.
    pub tenure: Tenure,
}

/// Phrases that refer to a party where the article speaks of the matter: `the alliance`, `rebels`, `Kim`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Conditional {
    /// The phrases.
    pub phrases: Vec<String>,
    /// At least one of these parties, by id, is named in the article without condition.
    pub with_parties: Vec<String>,
    /// Or at least one of these words stands in it.
    pub with_words: Vec<String>,
    /// None of these words stands in it.
    pub without_words: Vec<String>,
    /// The phrase does not count before one of these words (`opposition research`).
    pub not_before: Vec<String>,
    /// Nor behind one of these (`Republican opposition`).
    pub not_after: Vec<String>,
    /// The phrase does not count as part of a longer name (`Kim Davis`).
    pub alone: bool,
}

/// An office that different people hold over the years.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Office {
    /// The id used in the terms of speakers.
    pub id: String,
    /// Whose office it is, by id.
    pub party: Option<String>,
    /// What the holder is called together with the party: `foreign minister`.
    pub nouns: Vec<String>,
    /// What the holder is called without it: `the White House press secretary`.
    pub phrases: Vec<String>,
}

/// A known speaker.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerEntry {
    /// The id used in annotations, such as `ibrahim-kalin`.
    pub id: String,
    /// The full name with its diacritics; an alias too.
    pub name: String,
    /// What the speaker is.
    pub kind: SpeakerKind,
    /// Names that mean this speaker and nobody else, surname alone where it is rare.
    pub aliases: Vec<String>,
    /// Names that others bear too: they count only where the article holds a full name or the date decides.
    pub ambiguous: Vec<String>,
    /// Titles that stand before the name.
    pub titles: Vec<String>,
    /// Role nouns that hold without a date: `the Syrian dictator`.
    pub roles: Vec<String>,
    /// The party for which the speaker speaks, by id.
    pub party: Option<String>,
    /// Offices held.
    pub terms: Vec<Term>,
}

impl SpeakerEntry {
    /// The name and the aliases that mean nobody else.
    pub fn sure_names(&self) -> impl Iterator<Item = &str> {
        std::iter::once(&self.name).chain(&self.aliases).map(String::as_str)
    }

    /// Whether the speaker holds any office on a day.
    #[must_use]
    pub fn in_office(&self, day: Date) -> bool {
        self.terms.iter().any(|term| term.tenure.covers(day))
    }
}

/// A time in office.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Term {
    /// Id of the office.
    pub office: String,
    /// When.
    pub tenure: Tenure,
}

/// The id that a name gives: folded, in kebab-case.
///
/// ```
/// # use ascribe::speaker::registry::entity_id;
/// assert_eq!(entity_id("İbrahim Kalın"), "ibrahim-kalin");
/// assert_eq!(entity_id("H.R. McMaster"), "h-r-mcmaster");
/// ```
#[must_use]
pub fn entity_id(name: &str) -> String {
    let mut id = String::with_capacity(name.len());
    for c in fold(name).chars() {
        if c.is_alphanumeric() {
            id.push(c);
        } else if !id.is_empty() && !id.ends_with('-') {
            id.push('-');
        }
    }
    id.truncate(id.trim_end_matches('-').len());
    id
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn a_tenure_ends_before_its_last_bound() {
        let tenure = Tenure { from: Some(date(2017, 2, 1)), to: Some(date(2018, 3, 31)) };
        assert!(tenure.covers(date(2017, 2, 1)) && tenure.covers(date(2018, 3, 30)));
        assert!(!tenure.covers(date(2018, 3, 31)) && !tenure.covers(date(2017, 1, 31)));
        assert!(Tenure::default().covers(date(1950, 1, 1)));
    }

    #[test]
    fn ids_are_folded_names_in_kebab_case() {
        for (name, id) in
            [("Robert O’Brien", "robert-o-brien"), ("Bashar al-Assad", "bashar-al-assad"), ("  A.  ", "a")]
        {
            assert_eq!(entity_id(name), id);
        }
    }
}
