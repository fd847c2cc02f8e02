//! [`Subject`]: what a verdict is about, a quotation as it stood when it was judged.
//!
//! A verdict outlives the annotation: another model may find other speakers, and the reviewer's word must still mean
//! something. So a verdict carries what was judged, whole, instead of pointing at a file that will be written anew.
use std::fmt;

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use crate::annotation::{Anchored, Annotation, Article, EntityKind, Quote, QuoteKind, Stance};

/// A quotation as it was judged, and where.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subject {
    /// Path of the article, for people; verdicts are matched by its hash.
    pub article: String,
    /// SHA-256 of the article's bytes.
    pub article_sha256: String,
    /// Id of the quotation in the annotation that was judged.
    pub quote: String,
    /// The model that was judged.
    #[serde(default)]
    pub model: String,
    /// Whether it had been through a review before, so that the verdict says nothing about the model.
    #[serde(default, skip_serializing_if = "is_false")]
    pub reviewed: bool,
    /// SHA-256 of `judged`.
    pub sha256: String,
    /// What the annotation said.
    pub judged: Judged,
}

/// The part of a quotation on which a verdict is given.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Judged {
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words.
    pub spans: Vec<Anchored>,
    /// Who speaks.
    pub speakers: Vec<Named>,
    /// For and against whom.
    pub stances: Vec<Held>,
}

/// A speaker by id and name. The id is empty for a name that was typed and is no entity yet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Named {
    /// Id of the entity.
    #[serde(default)]
    pub id: String,
    /// Its name.
    #[serde(default)]
    pub name: String,
    /// Its sort, where a reviewer named somebody new.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub kind: Option<EntityKind>,
}

/// A stance toward a party.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Held {
    /// Id of the party.
    pub party: String,
    /// The stance.
    pub stance: Stance,
}

/// Names a quotation by its article's hash, its words and its place; half of a SHA-256 in hexadecimal.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
pub struct Key(String);

impl Subject {
    /// A quotation of an annotation.
    #[must_use]
    pub fn of(annotation: &Annotation, quote: &Quote) -> Self {
        let judged = Judged::of(annotation, quote);
        Self {
            article: annotation.article.path.clone(),
            article_sha256: article_hash(&annotation.article),
            quote: quote.id.clone(),
            model: annotation.tool.model.clone(),
            reviewed: quote.review.is_some(),
            sha256: judged.hash(),
            judged,
        }
    }

    /// The name of what was judged.
    #[must_use]
    pub fn key(&self) -> Key {
        Key::new(&self.article_sha256, self.judged.start(), &self.judged.words())
    }
}

impl Judged {
    /// What an annotation says of a quotation.
    #[must_use]
    pub fn of(annotation: &Annotation, quote: &Quote) -> Self {
        let named = |id: &String| {
            let name = annotation.entity(id).map_or_else(|| id.clone(), |entity| entity.name.clone());
            Named { id: id.clone(), name, kind: None }
        };
        Self {
            kind: quote.kind,
            spans: quote.spans.clone(),
            speakers: quote.speakers.iter().map(named).collect(),
            stances: quote.stances.iter().map(|held| Held { party: held.party.clone(), stance: held.stance }).collect(),
        }
    }

    /// Where it begins, in code points.
    #[must_use]
    pub fn start(&self) -> usize {
        self.spans.first().map_or(0, |span| span.start)
    }

    /// The words with single blanks between them.
    #[must_use]
    pub fn words(&self) -> String {
        words(&self.spans)
    }

    fn hash(&self) -> String {
        let json = serde_json::to_vec(self).expect("plain data has a JSON form");
        format!("{:x}", Sha256::digest(json))
    }
}

impl Key {
    /// The key of words that begin at a code point of an article with a hash.
    #[must_use]
    pub fn new(article_sha256: &str, start: usize, words: &str) -> Self {
        let digest = Sha256::digest(format!("{article_sha256}\n{start}\n{words}"));
        Self(format!("{digest:x}")[..32].to_owned())
    }

    /// The key of a quotation.
    #[must_use]
    pub fn of(article: &Article, quote: &Quote) -> Self {
        Self::new(&article_hash(article), quote.start(), &words(&quote.spans))
    }
}

impl fmt::Display for Key {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(&self.0)
    }
}

#[allow(clippy::trivially_copy_pass_by_ref, reason = "serde hands over a reference")]
const fn is_false(value: &bool) -> bool {
    !*value
}

/// The words of spans with single blanks between them: an article whose text is extracted in another way may have
/// other white space.
pub(super) fn words(spans: &[Anchored]) -> String {
    let words: Vec<&str> = spans.iter().flat_map(|span| span.text.split_whitespace()).collect();
    words.join(" ")
}

/// The hash of an article's bytes; of its text, for gold that does not say.
pub(super) fn article_hash(article: &Article) -> String {
    if article.sha256.is_empty() { format!("{:x}", Sha256::digest(&article.text)) } else { article.sha256.clone() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn a_subject_says_what_was_judged() {
        let annotation = sample();
        let subject = Subject::of(&annotation, &annotation.quotes[0]);
        assert_eq!(subject.judged.words(), "The shelling must stop today,");
        assert_eq!(subject.judged.speakers[0].name, "Jens Stoltenberg");
        assert_eq!(subject.key(), Key::of(&annotation.article, &annotation.quotes[0]));
        let mut changed = annotation.clone();
        changed.quotes[0].speakers.clear();
        let other = Subject::of(&changed, &changed.quotes[0]);
        assert_eq!(other.key(), subject.key());
        assert_ne!(other.sha256, subject.sha256);
    }
}
