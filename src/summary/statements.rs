//! [`Statements`]: all quotations as compact rows, in one order, with what belongs together numbered.
use jiff::civil::Date;

use super::Names;
use crate::annotation::{EntityKind, Probability, QuoteKind, Stance, StanceProbabilities, Verdict};

/// The rows of all annotations. Articles stand in the order of their days, undated ones last, and of their paths
/// within a day; quotations in that order and the order of the text.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Statements {
    /// The articles.
    pub articles: Vec<ArticleRow>,
    /// Everyone who is quoted.
    pub speakers: Vec<SpeakerRow>,
    /// Ids of parties, toward whom a stance is held and to whom speakers belong.
    pub parties: Names,
    /// Publishers.
    pub sources: Names,
    /// The quotations.
    pub quotes: Vec<Statement>,
}

/// An article without its text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ArticleRow {
    /// The how manieth annotation it was, from 0.
    pub read: u32,
    /// Id of the article.
    pub id: String,
    /// Path of the article.
    pub path: String,
    /// The heading.
    pub title: Option<String>,
    /// Day of publication.
    pub date: Option<Date>,
    /// Number of the publisher.
    pub source: Option<u32>,
    /// Code points of its text.
    pub length: u32,
}

/// Somebody who is quoted, in all articles together.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerRow {
    /// The entity's id; of one without a name, the id that the phrase for it gives.
    pub id: String,
    /// The name by which the latest article calls them.
    pub name: String,
    /// What sort of entity it is.
    pub kind: EntityKind,
    /// The party that they belong to in the latest article that knows one.
    pub party: Option<u32>,
}

/// One quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Statement {
    /// Position of the article in [`Statements::articles`].
    pub article: u32,
    /// Id of the quote in its article.
    pub id: Box<str>,
    /// First code point of the first span.
    pub start: u32,
    /// Code point behind the last span.
    pub end: u32,
    /// How it is reported.
    pub kind: QuoteKind,
    /// Who speaks, and for which party on the article's day.
    pub speakers: Box<[Speaking]>,
    /// Probability that this is speech with these bounds.
    pub p_span: Probability,
    /// Probability that these are the speakers.
    pub p_speaker: Probability,
    /// A person's verdict.
    pub verdict: Option<Verdict>,
    /// The same number for the parts of one speech.
    pub utterance: u32,
    /// The same number for the same words of the same speakers: repeated in the article, or copied from paper to paper.
    pub words: u32,
    /// The speakers' stance toward every party referred to.
    pub stances: Box<[Held]>,
}

/// A speaker of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Speaking {
    /// Position in [`Statements::speakers`].
    pub speaker: u32,
    /// Number of the party that they belonged to.
    pub party: Option<u32>,
}

/// A stance that is held toward a party.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Held {
    /// Number of the party.
    pub party: u32,
    /// The stance of the quotation: the most probable one.
    pub stance: Stance,
    /// How probable each is.
    pub probabilities: StanceProbabilities,
}

impl Statement {
    /// How much the quotation counts: the probability that it is one and that it is the speaker's.
    #[must_use]
    pub fn weight(&self) -> f64 {
        self.p_span.value() * self.p_speaker.value()
    }
}
