//! Which parties a text refers to by their names, and with which words.
//!
//! The stance stage asks about every party that a quote refers to; this module finds the references that names can
//! tell: aliases, demonyms, capitals, governments, leaders in office, hashtags and by-names of the registry. What the
//! article is about decides on words such as `rebels`, `the alliance` and `Kim`, so an article is read once, as a
//! whole ([`PartyFinder::for_article`]), and its quotes are looked up afterwards. References without any such word
//! (`their offensive`) are beyond it and left to the model.
mod lexicon;
mod resolve;
mod surroundings;

use std::sync::Arc;

use jiff::civil::Date;

use crate::speaker::registry::{Matcher, Registry, RegistryError};
use crate::text::{Span, Text};
use lexicon::{Lexicon, Sense};

/// What the words that refer to a party are to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Via {
    /// Its name or another name.
    Alias,
    /// Adjective or people.
    Demonym,
    /// Its capital.
    Capital,
    /// Its government or armed forces, or a name before such a noun: `Turkish` in `Turkish soldiers`.
    Government,
    /// A person who leads it.
    Leader,
    /// A name behind `#`.
    Hashtag,
    /// A building or a by-name: `the Kremlin`.
    Metonym,
    /// A noun that this article uses for it: `the alliance`.
    Nominal,
}

/// Words that refer to a party.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PartyReference {
    /// Id of the party.
    pub party: String,
    /// The words, without `#`, article and possessive ending.
    pub span: Span,
    /// What they are to the party.
    pub via: Via,
}

/// Finds references to parties. Build it once and use it for every article.
#[derive(Debug)]
pub struct PartyFinder {
    registry: Arc<Registry>,
    matcher: Matcher,
    /// For every phrase of the matcher, what it can mean.
    senses: Vec<Vec<Sense>>,
}

impl PartyFinder {
    /// Builds the automaton over all phrases of the registry.
    ///
    /// # Errors
    /// [`RegistryError::Matcher`] when the registry is too large for it.
    pub fn new(registry: Arc<Registry>) -> Result<Self, RegistryError> {
        let (phrases, senses) = Lexicon::of(&registry).into_parts();
        Ok(Self { matcher: Matcher::new(&phrases)?, senses, registry })
    }

    /// All references in an article, which went to print on `date`: leaders count while they are in office. Without
    /// a date they always count.
    #[must_use]
    pub fn for_article(&self, text: &Text, date: Option<Date>) -> PartyReferences {
        PartyReferences { references: resolve::references(self, text, date) }
    }

    /// The references in one region of an article. Reads the whole article; for many regions of one article use
    /// [`PartyFinder::for_article`].
    #[must_use]
    pub fn find(&self, text: &Text, region: Span, date: Option<Date>) -> Vec<PartyReference> {
        self.for_article(text, date).within(region).to_vec()
    }
}

/// The references of one article, in order, none overlapping another.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct PartyReferences {
    references: Vec<PartyReference>,
}

impl PartyReferences {
    /// All of them.
    #[must_use]
    pub fn all(&self) -> &[PartyReference] {
        &self.references
    }

    /// Those that lie inside a region from end to end.
    #[must_use]
    pub fn within(&self, region: Span) -> &[PartyReference] {
        let from = self.references.partition_point(|reference| reference.span.start() < region.start());
        let length = self.references[from..].partition_point(|reference| reference.span.end() <= region.end());
        &self.references[from..from + length]
    }
}

#[cfg(test)]
mod tests;
