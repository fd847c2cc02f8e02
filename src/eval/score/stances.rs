//! Stances of quotes whose parties are annotated.
//!
//! A gold stance is right if the predicted quote most like it (IoU .5) has the same stance toward the same party; a
//! party that it does not name is missed. A party that it names and gold does not is a false alarm, unless annotators
//! were undecided on it.
use super::STANCES;
use super::matching::{SAME, best};
use super::quotes::regions;
use crate::annotation::Stance;
use crate::eval::attribution::{Attribution, Judgement};
use crate::eval::gold::GoldArticle;
use crate::eval::ledger::{Ledger, Post};
use crate::eval::region::Region;

const SECTION: &str = "stances";

pub(super) fn score(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, guess: &[Attribution]) {
    let text = &gold.article.text;
    let guess_regions = regions(text, guess);
    for quote in &gold.quotes {
        let found = best(&guess_regions, &Region::of(text, &quote.content), SAME).map(|found| &guess[found]);
        for judgement in &quote.stances {
            let guessed = found.and_then(|found| found.stance(&judgement.party));
            judge(ledger, unit, judgement, guessed);
        }
        for alarm in found.map_or(&[][..], |found| &found.stances) {
            if quote.stance(&alarm.party).is_none() && !quote.undecided.contains(&alarm.party) {
                let post = Post { section: SECTION, name: "with missed and needless parties", unit };
                ledger.class(post, &STANCES, None, Some(index(alarm.stance)));
                ledger.confuse("stance", "none", alarm.stance.word());
            }
        }
        parties(ledger, unit, quote, found);
    }
}

/// The position of a stance among [`STANCES`].
pub(in crate::eval) const fn index(stance: Stance) -> usize {
    match stance {
        Stance::Favor => 0,
        Stance::Neutral => 1,
        Stance::Against => 2,
    }
}

fn judge(ledger: &mut Ledger, unit: usize, gold: &Judgement, guess: Option<&Judgement>) {
    let post = |name| Post { section: SECTION, name, unit };
    let is_right = guess.is_some_and(|guess| guess.stance == gold.stance);
    ledger.share(post("right of all pairs"), is_right);
    let guessed = guess.map(|guess| index(guess.stance));
    ledger.class(post("with missed and needless parties"), &STANCES, Some(index(gold.stance)), guessed);
    if let Some(guess) = guess {
        ledger.class(post("of pairs found"), &STANCES, Some(index(gold.stance)), guessed);
        probabilities(ledger, unit, gold.stance, guess);
    }
    ledger.share(Post { section: "stances by party", name: &gold.party, unit }, is_right);
    if !is_right {
        ledger.confuse("stance", gold.stance.word(), guess.map_or("none", |guess| guess.stance.word()));
    }
}

/// How far the probabilities of a stance can be trusted.
pub(super) fn probabilities(ledger: &mut Ledger, unit: usize, gold: Stance, guess: &Judgement) {
    let calibration = Post { section: "calibration error", name: "stance", unit };
    ledger.calibration(calibration, guess.probability(), guess.stance == gold);
    ledger.mean(Post { section: "log loss", name: "stance", unit }, guess.log_loss(gold));
}

/// How many of the parties that were named are in the gold.
fn parties(ledger: &mut Ledger, unit: usize, quote: &Attribution, found: Option<&Attribution>) {
    let decided = |party: &String| !quote.undecided.contains(party);
    let gold = quote.stances.iter().filter(|judgement| decided(&judgement.party)).count();
    let named: Vec<&Judgement> =
        found.map_or(&[][..], |found| &found.stances).iter().filter(|judgement| decided(&judgement.party)).collect();
    let shared = named.iter().filter(|judgement| quote.stance(&judgement.party).is_some()).count();
    ledger.overlap(Post { section: SECTION, name: "parties", unit }, shared, named.len(), gold);
}
