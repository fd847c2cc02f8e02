//! [`Design`] and [`Draw`]: which quotations are looked at, and in which order.
//!
//! A draw is written down when it is made, with the size of what it was drawn from: only so can verdicts be turned into
//! an error rate later, when other reviewers have added theirs or the annotations were made anew.
use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::item::Item;
use super::strata::{Strata, StratumSize, allocate, stratify};
use super::subject::Key;
use crate::annotation::{Probability, QuoteKind};
use crate::text::fold;

/// How quotations are chosen.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Manner {
    /// All, in the order of the text.
    #[default]
    All,
    /// Each with the same chance.
    Random,
    /// The least sure first.
    Uncertain,
    /// The same number from each stratum.
    Stratified,
}

/// Which quotations count at all.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Filter {
    /// Id of a speaker, or a part of the name.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speaker: Option<String>,
    /// Id of a party to which they refer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub party: Option<String>,
    /// How they are reported.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub kind: Option<QuoteKind>,
    /// Some part of them is less probable than this.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub below: Option<Probability>,
    /// Id or path of the article.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub article: Option<String>,
}

/// What was asked for. The same design on the same annotations draws the same quotations.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Design {
    /// How they are chosen.
    pub by: Manner,
    /// What makes a stratum, where there are some.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub strata: Option<Strata>,
    /// How many; nothing for all.
    pub sample: Option<usize>,
    /// Decides which.
    pub seed: u64,
    /// Which count.
    #[serde(default)]
    pub filter: Filter,
}

/// Quotations drawn by a design.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Draw {
    /// When, as an RFC 3339 time.
    pub time: String,
    /// For whom first.
    pub reviewer: String,
    /// By what.
    #[serde(flatten)]
    pub design: Design,
    /// How many quotations fitted the filter.
    pub population: usize,
    /// The strata, where there are some.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub sizes: Vec<StratumSize>,
    /// What was drawn, in the order in which it is looked at.
    pub items: Vec<Drawn>,
}

/// A quotation that was drawn.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Drawn {
    /// Which.
    pub key: Key,
    /// Its stratum, by its place in [`Draw::sizes`].
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub stratum: Option<usize>,
}

impl Manner {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::All => "all",
            Self::Random => "random",
            Self::Uncertain => "uncertain",
            Self::Stratified => "stratified",
        }
    }
}

impl Filter {
    /// Whether a quotation counts.
    #[must_use]
    pub fn fits(&self, item: &Item) -> bool {
        let speaker = |wanted: &String| {
            let folded = fold(wanted);
            item.speakers.iter().any(|[id, name]| id == wanted || fold(name).contains(&folded))
        };
        self.speaker.as_ref().is_none_or(speaker)
            && self.party.as_ref().is_none_or(|party| item.parties.contains(party))
            && self.kind.is_none_or(|kind| item.kind == kind)
            && self.below.is_none_or(|below| item.confidence < below)
            && self.article.as_ref().is_none_or(|article| item.article.contains(article))
    }
}

impl Design {
    /// Draws from a population: which items, in which order. Time and reviewer are left for the caller to fill in.
    #[must_use]
    pub fn draw(&self, items: &[Item]) -> (Draw, Vec<usize>) {
        let mut fitting: Vec<usize> = (0..items.len()).filter(|at| self.filter.fits(&items[*at])).collect();
        let mut draw = Draw { design: self.clone(), population: fitting.len(), ..Draw::default() };
        let wanted = self.sample.unwrap_or(usize::MAX).min(fitting.len());
        let mut stratum_of: Vec<Option<usize>> = Vec::new();
        if self.by != Manner::All {
            // Sorting by a seeded hash is a shuffle that hardly changes when a few quotations come or go.
            fitting.sort_by_cached_key(|at| shuffled(self.seed, &items[*at].key));
        }
        match self.by {
            Manner::All | Manner::Random => fitting.truncate(wanted),
            Manner::Uncertain => {
                fitting
                    .sort_by(|one, other| items[*one].confidence.value().total_cmp(&items[*other].confidence.value()));
                fitting.truncate(wanted);
            }
            Manner::Stratified => {
                let strata = self.strata.unwrap_or_default();
                let names: Vec<String> = fitting.iter().map(|at| strata.of(&items[*at])).collect();
                let (sizes, of) = stratify(&names, wanted);
                let mut left = allocate(&sizes, wanted);
                let kept = fitting.iter().zip(of).filter(|(_, stratum)| {
                    let take = left[*stratum] > 0;
                    left[*stratum] -= usize::from(take);
                    take
                });
                let (chosen, strata): (Vec<usize>, Vec<Option<usize>>) =
                    kept.map(|(at, stratum)| (*at, Some(stratum))).unzip();
                (fitting, stratum_of, draw.sizes) = (chosen, strata, sizes);
            }
        }
        let stratum = |at: usize| stratum_of.get(at).copied().flatten();
        let drawn = fitting.iter().enumerate();
        draw.items = drawn.map(|(at, item)| Drawn { key: items[*item].key.clone(), stratum: stratum(at) }).collect();
        (draw, fitting)
    }
}

fn shuffled(seed: u64, key: &Key) -> [u8; 32] {
    Sha256::digest(format!("{seed}\n{key}")).into()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::review::item::ItemPlace;

    /// Eighty direct, fifteen indirect and five mixed quotations, ever surer.
    fn population() -> Vec<Item> {
        let kind = |at| match at {
            0..80 => QuoteKind::Direct,
            80..95 => QuoteKind::Indirect,
            _ => QuoteKind::Mixed,
        };
        let item = |at: usize| Item {
            key: Key::new("hash", at, "words"),
            place: ItemPlace { file: 0, number: 0, quote: at },
            article: ["a".to_owned(), "a.txt".to_owned()],
            kind: kind(at),
            speakers: vec![[format!("mara-quill-{}", at % 7), format!("Mara Quıll {}", at % 7)]],
            parties: if at.is_multiple_of(2) { vec!["eu".to_owned()] } else { Vec::new() },
            confidence: Probability::new(at as f64 / 100.0),
        };
        (0..100).map(item).collect()
    }

    fn design(by: Manner, sample: usize) -> Design {
        Design { by, sample: Some(sample), ..Design::default() }
    }

    #[test]
    fn a_random_draw_is_decided_by_its_seed() {
        let items = population();
        let draw = |seed| Design { seed, ..design(Manner::Random, 10) }.draw(&items).1;
        assert_eq!(draw(1), draw(1));
        assert_ne!(draw(1), draw(2));
        assert_eq!(draw(1).len(), 10);
        let fewer = Design { seed: 1, ..design(Manner::Random, 10) }.draw(&items[..99]).1;
        assert!(draw(1).iter().filter(|at| fewer.contains(at)).count() >= 9, "one item less changes one at most");
    }

    #[test]
    fn every_item_has_the_same_chance() {
        let items = population();
        let mut drawn = [0; 100];
        for seed in 0..1000 {
            for at in (Design { seed, ..design(Manner::Random, 10) }).draw(&items).1 {
                drawn[at] += 1;
            }
        }
        // A hundred each are expected, with a standard deviation of 9.5.
        assert!(drawn.iter().all(|count| (55..145).contains(count)), "{drawn:?}");
    }

    #[test]
    fn the_uncertain_come_first() {
        let (draw, chosen) = design(Manner::Uncertain, 3).draw(&population());
        assert_eq!(chosen, [0, 1, 2]);
        assert_eq!(draw.population, 100);
    }

    #[test]
    fn all_come_in_the_order_of_the_text() {
        assert_eq!(Design::default().draw(&population()).1, (0..100).collect::<Vec<_>>());
    }

    #[test]
    fn every_stratum_gets_its_share() {
        let (draw, chosen) = design(Manner::Stratified, 24).draw(&population());
        let sizes: Vec<_> = draw.sizes.iter().map(|size| (size.name.as_str(), size.population)).collect();
        assert_eq!(sizes, [("direct", 80), ("indirect", 15), ("mixed", 5)]);
        let count = |stratum| draw.items.iter().filter(|item| item.stratum == Some(stratum)).count();
        assert_eq!([count(0), count(1), count(2)], [10, 9, 5]);
        assert_eq!(chosen.len(), 24);
    }

    #[test]
    fn small_strata_go_together() {
        let by_speaker = Design { strata: Some(Strata::Speaker), ..design(Manner::Stratified, 8) };
        let (draw, _) = by_speaker.draw(&population());
        let names: Vec<_> = draw.sizes.iter().map(|size| size.name.as_str()).collect();
        assert_eq!(names, ["Mara Quıll 0", "Mara Quıll 1", "Mara Quıll 2", "others"]);
        assert_eq!(draw.sizes.iter().map(|size| size.population).sum::<usize>(), 100);
        let by_confidence = Design { strata: Some(Strata::Confidence), ..design(Manner::Stratified, 8) };
        assert_eq!(by_confidence.draw(&population()).0.sizes.len(), 4);
    }

    #[test]
    fn filters_go_together() {
        let fitting = |filter: Filter| Design { filter, ..Design::default() }.draw(&population()).1;
        let below = Filter { below: Some(Probability::new(0.04)), ..Filter::default() };
        assert_eq!(fitting(below.clone()), [0, 1, 2, 3]);
        assert_eq!(fitting(Filter { party: Some("eu".to_owned()), ..below.clone() }), [0, 2]);
        assert_eq!(fitting(Filter { speaker: Some("quill 3".to_owned()), ..below.clone() }), [3]);
        assert_eq!(fitting(Filter { kind: Some(QuoteKind::Mixed), ..Filter::default() }).len(), 5);
        assert_eq!(fitting(Filter { article: Some("b".to_owned()), ..below }), [0; 0]);
    }
}
