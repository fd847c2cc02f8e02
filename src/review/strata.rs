//! [`Strata`]: what quotations are divided by before a sample is drawn, and how many of each are drawn.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::item::Item;

/// Name of the stratum that takes in the small ones.
const OTHERS: &str = "others";

/// What makes a stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Strata {
    /// The first speaker.
    Speaker,
    /// The first party to which the quotation refers.
    Party,
    /// How it is reported.
    #[default]
    Kind,
    /// How sure its least sure part is: below 0.5, 0.7, 0.9, and above.
    Confidence,
}

/// How many quotations a stratum has.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StratumSize {
    /// Its name.
    pub name: String,
    /// How many there are.
    pub population: usize,
}

impl Strata {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Speaker => "speaker",
            Self::Party => "party",
            Self::Kind => "kind",
            Self::Confidence => "confidence",
        }
    }

    /// The stratum of a quotation.
    pub(super) fn of(self, item: &Item) -> String {
        match self {
            Self::Speaker => item.speakers.first().map_or("nobody", |[_, name]| name).to_owned(),
            Self::Party => item.parties.first().map_or("no party", String::as_str).to_owned(),
            Self::Kind => item.kind.word().to_owned(),
            Self::Confidence => {
                let bounds = [(0.5, "below 0.5"), (0.7, "0.5 to 0.7"), (0.9, "0.7 to 0.9")];
                let bin = bounds.iter().find(|(bound, _)| item.confidence.value() < *bound);
                bin.map_or("0.9 and above", |(_, name)| name).to_owned()
            }
        }
    }
}

/// The strata, the largest first, and which one each item is in. There are at most half as many as items will be drawn,
/// so that each gets two; the small ones go together.
pub(super) fn stratify(names: &[String], wanted: usize) -> (Vec<StratumSize>, Vec<usize>) {
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    for name in names {
        *counts.entry(name).or_default() += 1;
    }
    let mut sizes: Vec<StratumSize> =
        counts.into_iter().map(|(name, population)| StratumSize { name: name.to_owned(), population }).collect();
    sizes.sort_by_key(|size| std::cmp::Reverse(size.population));
    let most = (wanted / 2).max(1);
    if sizes.len() > most {
        let rest = sizes.split_off(most - 1);
        let population = rest.iter().map(|size| size.population).sum();
        sizes.push(StratumSize { name: OTHERS.to_owned(), population });
    }
    let others = sizes.len().saturating_sub(1);
    let of = names.iter().map(|name| sizes.iter().position(|size| size.name == *name).unwrap_or(others)).collect();
    (sizes, of)
}

/// How many to draw from each stratum: the same number, but no more than it has; what is left goes to the others.
pub(super) fn allocate(sizes: &[StratumSize], wanted: usize) -> Vec<usize> {
    let mut given = vec![0; sizes.len()];
    let mut left = wanted;
    while left > 0 {
        let open: Vec<usize> = (0..sizes.len()).filter(|at| given[*at] < sizes[*at].population).collect();
        if open.is_empty() {
            break;
        }
        for at in open.into_iter().take(left) {
            given[at] += 1;
            left -= 1;
        }
    }
    given
}
