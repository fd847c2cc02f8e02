//! [`Fillers`]: the parties that fill slots and that take each other's place, with the forms of their names.
//!
//! What a party lacks is built from its adjective or is its name, by the rules of `scripts/train/ascribe_train/bank.py`,
//! to the letter.
use std::path::Path;

use serde::Deserialize;

use crate::eval::EvalError;

/// The article that some names carry.
pub const ARTICLE: &str = "the ";

/// A form of a party's name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// Turkey.
    Name,
    /// Turkish.
    Adjective,
    /// Turks.
    People,
    /// Ankara.
    Capital,
    /// The name of a leader.
    Leader,
    /// The Turkish government.
    Government,
}

impl Form {
    /// The form that a slot of the bank asks for: `adj` of `{A:adj}`, nothing of `{A}`.
    #[must_use]
    pub fn of_slot(word: &str) -> Option<Self> {
        Some(match word {
            "" => Self::Name,
            "adj" => Self::Adjective,
            "people" => Self::People,
            "capital" => Self::Capital,
            "leader" => Self::Leader,
            "gov" => Self::Government,
            _ => return None,
        })
    }
}

/// A party with its forms, of each the usual one first.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filler {
    /// Its id, where it has one the registry's.
    pub id: String,
    /// What it is: parties of one kind can stand for each other.
    pub kind: String,
    #[serde(default)]
    name: Vec<String>,
    #[serde(default)]
    adjective: Vec<String>,
    #[serde(default)]
    people: Vec<String>,
    #[serde(default)]
    capital: Vec<String>,
    #[serde(default)]
    leader: Vec<String>,
    #[serde(default)]
    government: Vec<String>,
}

impl Filler {
    /// The words that the party has for a form; none where it is told by another.
    #[must_use]
    pub fn own(&self, form: Form) -> &[String] {
        match form {
            Form::Name => &self.name,
            Form::Adjective => &self.adjective,
            Form::People => &self.people,
            Form::Capital => &self.capital,
            Form::Leader => &self.leader,
            Form::Government => &self.government,
        }
    }

    /// The words for a form, those of another form where it has none.
    #[must_use]
    pub fn forms(&self, form: Form) -> Vec<String> {
        let own = self.own(form);
        if !own.is_empty() {
            return own.to_vec();
        }
        let bare_name = || self.name.first().map_or("", |name| without_article(name));
        let adjective = self.adjective.first().map_or_else(bare_name, String::as_str);
        match (form, self.kind.as_str()) {
            (Form::People, "state" | "people") => vec![format!("{adjective} people")],
            (Form::Government, "state") => vec![format!("the {adjective} government")],
            (Form::Adjective, _) => vec![adjective.to_owned()],
            _ => self.name.clone(),
        }
    }
}

/// The words behind `the `, or all of them.
#[must_use]
pub fn without_article(words: &str) -> &str {
    words.strip_prefix(ARTICLE).unwrap_or(words)
}

/// All parties that can fill a slot.
#[derive(Clone, Debug, Deserialize)]
pub struct Fillers {
    party: Vec<Filler>,
}

impl Fillers {
    /// Reads `fillers.toml`.
    ///
    /// # Errors
    /// When it cannot be read or is no list of parties.
    pub fn read(path: &Path) -> Result<Self, EvalError> {
        let text =
            std::fs::read_to_string(path).map_err(|source| EvalError::Fillers { path: path.to_owned(), source })?;
        toml::from_str(&text).map_err(|error| {
            let line = error.span().map_or(1, |place| 1 + text[..place.start].matches('\n').count());
            EvalError::line(path, line, error.message())
        })
    }

    /// The party of an id.
    #[must_use]
    pub fn party(&self, id: &str) -> Option<&Filler> {
        self.party.iter().find(|party| party.id == id)
    }

    /// The parties of a kind that have a name.
    #[must_use]
    pub fn of_kind(&self, kind: &str) -> Vec<&Filler> {
        self.party.iter().filter(|party| party.kind == kind && !party.name.is_empty()).collect()
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// Invented parties, enough of each kind to fill two slots anew.
    pub fn sample() -> Fillers {
        let toml = r#"
            [[party]]
            id = "norland"
            kind = "state"
            name = ["Norland", "the Norland Republic"]
            adjective = ["Norlandic"]
            people = ["Norlanders"]
            capital = ["Varde"]
            leader = ["Ola Brekk"]
            government = ["the Varde cabinet"]

            [[party]]
            id = "isles"
            kind = "state"
            name = ["the United Isles"]
            adjective = ["Islander"]
            capital = ["Port Ness"]
            leader = ["Edith Marl", "Tam Orr"]

            [[party]]
            id = "estmark"
            kind = "state"
            name = ["Estmark"]

            [[party]]
            id = "lost"
            kind = "state"
            adjective = ["Lost"]

            [[party]]
            id = "pact"
            kind = "union"
            name = ["the Coast Pact"]
            adjective = ["Coast Pact"]

            [[party]]
            id = "front"
            kind = "armed"
            name = ["the Front"]
            leader = ["Ilm Sand"]

            [[party]]
            id = "band"
            kind = "armed"
            name = ["the Band"]
        "#;
        toml::from_str(toml).unwrap()
    }

    #[test]
    fn what_a_party_lacks_is_told_by_another_form() {
        let fillers = sample();
        let forms = |id: &str, form| fillers.party(id).unwrap().forms(form);
        assert_eq!(forms("norland", Form::Government), ["the Varde cabinet"]);
        assert_eq!(forms("isles", Form::Government), ["the Islander government"]);
        assert_eq!(forms("estmark", Form::People), ["Estmark people"]);
        assert_eq!(forms("estmark", Form::Capital), ["Estmark"]);
        assert_eq!(forms("pact", Form::People), ["the Coast Pact"]);
        assert_eq!(forms("isles", Form::Adjective), ["Islander"]);
    }

    #[test]
    fn a_party_without_a_name_fills_nothing() {
        let fillers = sample();
        let ids: Vec<&str> = fillers.of_kind("state").iter().map(|party| party.id.as_str()).collect();
        assert_eq!(ids, ["norland", "isles", "estmark"]);
    }

    #[test]
    fn a_mistake_in_the_file_is_told_by_its_line() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("fillers.toml");
        std::fs::write(&path, "[[party]]\nid = \"x\"\nkind = 3\n").unwrap();
        let error = Fillers::read(&path).unwrap_err().to_string();
        assert!(error.contains("fillers.toml, line 3:"), "{error}");
    }
}
