//! [`Summary`]: all figures of all statements.
use std::collections::{BTreeMap, HashMap, HashSet};

use schemars::JsonSchema;
use serde::Serialize;

use super::figure::{Figure, Tally};
use super::index;
use super::period::{Period, PeriodUnit};
use super::statements::{Held, Statement, Statements};
use crate::annotation::Verdict;

/// The figures. Numbers stand for rows of [`Statements`]; a key that nothing of any weight was counted for is left
/// out.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Summary {
    /// What was read and what was counted.
    pub counts: Counts,
    /// How much each speaker is quoted, in the order of the speakers.
    pub quoted: Vec<Quoted>,
    /// Speaker → party.
    pub pairs: Vec<Pair>,
    /// Party of the speakers → party. Joint speakers of one party count once.
    pub groups: BTreeMap<(u32, u32), Figure>,
    /// Everyone → party.
    pub parties: BTreeMap<u32, Figure>,
    /// In an article, speaker → party.
    pub articles: BTreeMap<(u32, u32, u32), Figure>,
    /// In a period, speaker → party; no speaker stands for everyone.
    pub periods: BTreeMap<(Period, Option<u32>, u32), Figure>,
}

/// What was read and what was counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Counts {
    /// Articles.
    pub articles: usize,
    /// Articles of a known day.
    pub dated_articles: usize,
    /// Quotations in the annotations: counted, copies and wrong ones.
    pub quotes: usize,
    /// Quotations that are counted.
    pub counted: usize,
    /// Quotations with the words of an earlier one, in the same article or in another.
    pub copies: usize,
    /// Quotations that a reviewer called wrong.
    pub wrong: usize,
    /// Counted quotations whose speaker the article does not tell. They are in no figure.
    pub without_speaker: usize,
}

/// How much a speaker is quoted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct Quoted {
    /// Counted quotations.
    pub quotes: usize,
    /// Articles with one.
    pub articles: usize,
}

/// A speaker's stance toward a party.
#[derive(Clone, Debug, PartialEq)]
pub struct Pair {
    /// Position of the speaker.
    pub speaker: u32,
    /// Number of the party.
    pub party: u32,
    /// The figure.
    pub figure: Figure,
    /// Positions of the quotations that are counted in it.
    pub quotes: Vec<u32>,
}

/// Tallies by what they are about.
#[derive(Default)]
struct Tallies {
    pairs: BTreeMap<(u32, u32), (Tally, Vec<u32>)>,
    groups: BTreeMap<(u32, u32), Tally>,
    parties: BTreeMap<u32, Tally>,
    articles: BTreeMap<(u32, u32, u32), Tally>,
    periods: BTreeMap<(Period, Option<u32>, u32), Tally>,
}

impl Summary {
    /// Counts statements.
    #[must_use]
    pub fn of(statements: &Statements) -> Self {
        let mut summary = Self {
            counts: Counts {
                articles: statements.articles.len(),
                dated_articles: statements.articles.iter().filter(|article| article.date.is_some()).count(),
                quotes: statements.quotes.len(),
                ..Counts::default()
            },
            quoted: vec![Quoted::default(); statements.speakers.len()],
            ..Self::default()
        };
        let counted = summary.count(statements);
        let mut parts: HashMap<(u32, u32), u32> = HashMap::new();
        for (_, quote) in &counted {
            for held in &quote.stances {
                *parts.entry((quote.utterance, held.party)).or_default() += 1;
            }
        }
        let mut tallies = Tallies::default();
        for (at, quote) in counted {
            let date = statements.articles[quote.article as usize].date;
            let periods: Vec<Period> =
                date.into_iter().flat_map(|date| PeriodUnit::ALL.map(|unit| unit.of(date))).collect();
            for held in &quote.stances {
                let share = 1.0 / f64::from(parts[&(quote.utterance, held.party)]);
                tallies.add(at, quote, held, &periods, share);
            }
        }
        let pairs = tallies.pairs.into_iter();
        let pairs = pairs.filter_map(|((speaker, party), (tally, quotes))| {
            Some(Pair { speaker, party, figure: tally.figure()?, quotes })
        });
        summary.pairs = pairs.collect();
        summary.groups = figures(tallies.groups);
        summary.parties = figures(tallies.parties);
        summary.articles = figures(tallies.articles);
        summary.periods = figures(tallies.periods);
        summary
    }

    /// The quotations with a speaker that are counted, with their positions.
    fn count<'a>(&mut self, statements: &'a Statements) -> Vec<(u32, &'a Statement)> {
        let mut said = HashSet::new();
        let mut last_article = vec![None; statements.speakers.len()];
        let mut counted = Vec::with_capacity(statements.quotes.len());
        for (at, quote) in statements.quotes.iter().enumerate() {
            if quote.verdict == Some(Verdict::Wrong) {
                self.counts.wrong += 1;
                continue;
            }
            if !said.insert(quote.words) {
                self.counts.copies += 1;
                continue;
            }
            self.counts.counted += 1;
            for speaking in &quote.speakers {
                let speaker = speaking.speaker as usize;
                self.quoted[speaker].quotes += 1;
                if last_article[speaker].replace(quote.article) != Some(quote.article) {
                    self.quoted[speaker].articles += 1;
                }
            }
            if quote.speakers.is_empty() {
                self.counts.without_speaker += 1;
            } else {
                counted.push((index(at), quote));
            }
        }
        counted
    }
}

impl Tallies {
    /// Counts one stance of one quotation everywhere where it counts.
    fn add(&mut self, at: u32, quote: &Statement, held: &Held, periods: &[Period], share: f64) {
        let weight = quote.weight();
        let count = |tally: &mut Tally| tally.add(held, weight, share);
        let mut groups = HashSet::new();
        for speaking in &quote.speakers {
            let (pair, quotes) = self.pairs.entry((speaking.speaker, held.party)).or_default();
            count(pair);
            quotes.push(at);
            count(self.articles.entry((quote.article, speaking.speaker, held.party)).or_default());
            for period in periods {
                count(self.periods.entry((*period, Some(speaking.speaker), held.party)).or_default());
            }
            if let Some(group) = speaking.party
                && groups.insert(group)
            {
                count(self.groups.entry((group, held.party)).or_default());
            }
        }
        count(self.parties.entry(held.party).or_default());
        for period in periods {
            count(self.periods.entry((*period, None, held.party)).or_default());
        }
    }
}

fn figures<K: Ord>(tallies: BTreeMap<K, Tally>) -> BTreeMap<K, Figure> {
    tallies.into_iter().filter_map(|(key, tally)| Some((key, tally.figure()?))).collect()
}
