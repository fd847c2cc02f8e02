//! The scorers. Each compares one article's gold with what was found in it and writes what it counts into the ledger;
//! none of them knows where either came from. All spans are half-open.
mod anaphora;
mod contents;
mod diplomacy;
mod matching;
mod pairs;
mod quoted;
mod quotes;
mod speakers;
mod stances;
#[cfg(test)]
mod tests;

use super::attribution::Attribution;
use super::gold::{Bounds, GoldArticle};
use super::ledger::Ledger;

pub use anaphora::score as score_anaphora;
pub use diplomacy::score as score_quotations;
pub(super) use pairs::likeliest;
pub use pairs::{score as score_pairs, score_directed};
pub(super) use stances::index;

/// The stances in the order of their probabilities.
pub(super) const STANCES: [&str; 3] = ["favor", "neutral", "against"];
/// The stances and, last, that of a party beside a quotation that does not refer to it.
pub(super) const LABELS: [&str; 4] = [STANCES[0], STANCES[1], STANCES[2], "none"];
/// The last of [`LABELS`].
pub(super) const NONE: usize = 3;

/// Scores what was found in one article.
pub fn score_article(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, guess: &[Attribution]) {
    contents::score(ledger, unit, gold, guess);
    quoted::score(ledger, unit, gold, guess);
    if gold.layers.bounds == Bounds::Quotes {
        quotes::score(ledger, unit, gold, guess);
    }
    if gold.layers.speakers {
        speakers::score(ledger, unit, gold, guess);
        stances::score(ledger, unit, gold, guess);
    }
}
