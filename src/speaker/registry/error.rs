//! What can be wrong with a registry. Every message names the entry, because the file is written by hand.
use thiserror::Error;

/// Why a registry cannot be used.
#[derive(Debug, Error)]
pub enum RegistryError {
    /// The text is no TOML, or a key in it is unknown or of the wrong type.
    #[error("reading the registry as TOML: {0}")]
    Toml(#[from] toml::de::Error),
    /// Two entries of one kind share an id.
    #[error("{kind} `{id}` stands in the registry twice; give one of them another id")]
    Duplicate {
        /// `party`, `office` or `speaker`.
        kind: &'static str,
        /// The id that is used twice.
        id: String,
    },
    /// An id that is no kebab-case.
    #[error("the id `{id}` of a {kind} may hold small letters, digits and single hyphens only")]
    BadId {
        /// `party`, `office` or `speaker`.
        kind: &'static str,
        /// The id as written.
        id: String,
    },
    /// An entry refers to one that is not there.
    #[error("{entry} refers to the {kind} `{id}`, which the registry does not hold; add it or correct the id")]
    Unknown {
        /// The entry that refers, such as ``speaker `mike-pompeo` ``.
        entry: String,
        /// `party`, `office` or `speaker`.
        kind: &'static str,
        /// The id that is missing.
        id: String,
    },
    /// A date that is not of the form `2020-02-12`.
    #[error("{entry} has the date `{date}`; write it as year-month-day, such as 2020-02-12")]
    BadDate {
        /// The entry that holds the date.
        entry: String,
        /// The date as written.
        date: String,
        /// What the date parser says.
        source: jiff::Error,
    },
    /// A term of office that ends before it begins.
    #[error("{entry} has a term from {from} to {to}; `to` is the first day after it and has to be later")]
    ReversedTerm {
        /// The entry that holds the term.
        entry: String,
        /// The first day.
        from: jiff::civil::Date,
        /// The first day after.
        to: jiff::civil::Date,
    },
    /// A name or phrase without a letter that could be matched.
    #[error("{entry} has the name `{name}`, of which nothing is left for matching; remove it")]
    EmptyName {
        /// The entry that holds the name.
        entry: String,
        /// The name as written.
        name: String,
    },
    /// One name for two entries.
    #[error("`{name}` names both {first} and {second}; keep it for one, or for speakers move it to `ambiguous`")]
    SharedName {
        /// The name as written in the second entry.
        name: String,
        /// The entry that holds it first.
        first: String,
        /// The entry that holds it again.
        second: String,
    },
    /// The automaton over all phrases could not be built.
    #[error("building the matcher over {phrases} phrases: {source}; use a smaller registry")]
    Matcher {
        /// Number of phrases.
        phrases: usize,
        /// What the automaton's builder says.
        source: aho_corasick::BuildError,
    },
}
