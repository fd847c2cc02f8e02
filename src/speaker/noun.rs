//! What the head noun of a description can be: a person, or certainly none.
//!
//! English word lists for agreement, as gender is for pronouns: `the envoy` is no ministry and `the embassy` no person.

/// What a noun can stand for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NounKind {
    /// One person: `the envoy`.
    Person,
    /// An institution, a document, several people: `the embassy`, `the letter`, `the envoys`.
    Other,
    /// The word does not tell.
    Unknown,
}

impl NounKind {
    /// The kind of a folded noun, a deputy's with the word before it.
    #[must_use]
    pub fn of(noun: &str) -> Self {
        let noun = noun.rsplit(' ').next().unwrap_or(noun);
        if PERSONS.contains(&noun) {
            Self::Person
        } else if INSTITUTIONS.contains(&noun) || DOCUMENTS.contains(&noun) || is_plural(noun) {
            Self::Other
        } else {
            Self::Unknown
        }
    }
}

/// Whether one person at a time holds what a noun says: `president`, but not `official`.
#[must_use]
pub fn is_office(noun: &str) -> bool {
    matches!(
        noun.rsplit(' ').next().unwrap_or(noun),
        "president"
            | "premier"
            | "chancellor"
            | "pope"
            | "king"
            | "minister"
            | "secretary"
            | "governor"
            | "mayor"
            | "ambassador"
            | "envoy"
            | "chief"
            | "senator"
    )
}

/// Whether a folded noun or its singular is one of those known here: `officials`, `report`.
#[must_use]
pub fn is_listed(noun: &str) -> bool {
    let known = |noun: &str| PERSONS.contains(&noun) || INSTITUTIONS.contains(&noun) || DOCUMENTS.contains(&noun);
    known(noun) || noun.strip_suffix('s').is_some_and(known)
}

/// Whether a folded noun has the form of a plural: `ministers`, but not `boss`.
#[must_use]
pub fn is_plural(noun: &str) -> bool {
    noun.len() > 3 && noun.ends_with('s') && !noun.ends_with("ss") && !noun.ends_with("us") && !noun.ends_with("is")
}

#[rustfmt::skip]
const PERSONS: [&str; 87] = [
    "activist", "adviser", "advisor", "aide", "ambassador", "analyst", "attorney", "author", "boss", "candidate",
    "captain", "chair", "chairman", "chairwoman", "chancellor", "chief", "coach", "colonel", "columnist", "commander",
    "commissioner", "congressman", "congresswoman", "critic", "delegate", "diplomat", "director", "doctor",
    "economist", "editor", "envoy", "executive", "expert", "farmer", "fighter", "founder", "general", "governor",
    "head", "historian", "inspector", "journalist", "judge", "king", "lawmaker", "lawyer", "leader", "legislator",
    "man", "manager", "mayor", "mediator", "minister", "negotiator", "nominee", "officer", "official", "owner",
    "pilot", "player", "politician", "pollster", "pope", "premier", "president", "prince", "professor", "prosecutor",
    "refugee", "reporter", "representative", "researcher", "resident", "scholar", "scientist", "secretary", "senator",
    "soldier", "spokesman", "spokesperson", "spokeswoman", "strategist", "student", "teacher", "veteran", "witness",
    "woman",
];

#[rustfmt::skip]
const INSTITUTIONS: [&str; 36] = [
    "administration", "agency", "alliance", "army", "association", "bank", "bloc", "board", "bureau", "cabinet",
    "campaign", "city", "coalition", "commission", "committee", "company", "council", "country", "court", "department",
    "embassy", "federation", "firm", "foundation", "government", "group", "military", "ministry", "network",
    "newspaper", "office", "organization", "panel", "party", "regime", "union",
];

/// Pieces of writing and recordings, which speak for themselves where their author is not named.
#[rustfmt::skip]
const DOCUMENTS: [&str; 36] = [
    "affidavit", "agreement", "announcement", "article", "bill", "communique", "complaint", "constitution", "cable",
    "decree", "document", "draft", "editorial", "email", "filing", "indictment", "lawsuit", "leaflet", "letter", "memo",
    "memorandum", "note", "order", "poll", "post", "report", "resolution", "ruling", "statement", "study", "survey",
    "text", "transcript", "treaty", "tweet", "video",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn persons_are_told_from_what_is_none() {
        for (noun, kind) in [
            ("envoy", NounKind::Person),
            ("envoys", NounKind::Other),
            ("embassy", NounKind::Other),
            ("indictment", NounKind::Other),
            ("boss", NounKind::Person),
            ("republican", NounKind::Unknown),
            ("vice president", NounKind::Person),
        ] {
            assert_eq!(NounKind::of(noun), kind, "{noun}");
        }
        assert!(is_listed("officials") && is_listed("report") && !is_listed("quills"));
    }
}
