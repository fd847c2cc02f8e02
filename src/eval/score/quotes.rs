//! Quotes of gold whose bounds are drawn as ours are: found, exact, of the right kind, and with honest confidence.
//!
//! Quotes are paired one to one by IoU for F1. A quote is exact if the characters of both are the same; marks and white
//! space at the ends do not count, `that` does. A predicted span is right, for calibration, if it is exact, or, where no
//! marks hold it, if it shares an IoU of .8 with a gold quote.
use super::matching::{FOUND, SAME, best, one_to_one};
use crate::annotation::QuoteKind;
use crate::eval::attribution::Attribution;
use crate::eval::gold::GoldArticle;
use crate::eval::ledger::{Ledger, Post};
use crate::eval::region::Region;
use crate::text::{Text, words};

/// Up to so many words, a quote in marks is a fragment.
const FRAGMENT_WORDS: usize = 3;

pub(super) fn score(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, guess: &[Attribution]) {
    let text = &gold.article.text;
    let section = Post { section: "quotes", name: "", unit };
    let post = |name: &'static str| Post { name, ..section };
    let (gold_regions, guess_regions) = (regions(text, &gold.quotes), regions(text, guess));
    for (name, least) in [("IoU .3", 0.3), ("IoU .8", FOUND)] {
        let shared = one_to_one(&gold_regions, &guess_regions, least).len();
        ledger.overlap(post(name), shared, guess.len(), gold.quotes.len());
    }
    for (quote, region) in gold.quotes.iter().zip(&gold_regions) {
        let found = best(&guess_regions, region, SAME);
        let is_exact = found.is_some_and(|found| guess_regions[found] == *region);
        if let Some(found) = found.filter(|&found| guess[found].kind != quote.kind) {
            ledger.confuse("kind", quote.kind.word(), guess[found].kind.word());
        }
        if quote.kind == QuoteKind::Indirect {
            let iou = found.map_or(0.0, |found| guess_regions[found].iou(region));
            ledger.mean(post("indirect: mean IoU"), iou);
        } else {
            ledger.share(post("in marks: exact"), is_exact);
        }
        let kind = quote.kind.word();
        ledger.share(Post { name: &format!("{kind}: found (IoU .5)"), ..section }, found.is_some());
        ledger.share(Post { name: &format!("{kind}: exact"), ..section }, is_exact);
        for phenomenon in phenomena(text, quote, &gold.quotes) {
            let name = format!("{phenomenon}: exact");
            ledger.share(Post { section: "by phenomenon", name: &name, unit }, is_exact);
        }
    }
    for marked in &gold.not_speech {
        let region = Region::of(text, &[*marked]);
        let is_taken = best(&guess_regions, &region, FOUND).is_some();
        ledger.share(post("marked text that is no speech: left alone"), !is_taken);
    }
    calibration(ledger, unit, &gold_regions, guess, &guess_regions);
}

fn calibration(ledger: &mut Ledger, unit: usize, gold: &[Region], guess: &[Attribution], regions: &[Region]) {
    for (one, region) in guess.iter().zip(regions) {
        let like = best(gold, region, FOUND);
        let is_right = like.is_some_and(|like| one.kind == QuoteKind::Indirect || gold[like] == *region);
        let post = Post { section: "calibration error", name: "span", unit };
        ledger.calibration_of(post, one.kind.word(), one.span_confidence, is_right);
    }
}

/// The regions of quotes, their bounds as they are.
pub(super) fn regions(text: &Text, quotes: &[Attribution]) -> Vec<Region> {
    quotes.iter().map(|quote| Region::of(text, &quote.content)).collect()
}

/// What makes a quote hard.
pub(super) fn phenomena(text: &Text, quote: &Attribution, all: &[Attribution]) -> Vec<String> {
    let count: usize = quote.content.iter().map(|span| words(text, *span).len()).sum();
    let in_utterance = all.iter().filter(|other| other.utterance == quote.utterance).count();
    let mut phenomena: Vec<String> = quote.flags.iter().map(|flag| flag.word().to_owned()).collect();
    let more = [
        (quote.kind != QuoteKind::Indirect && count <= FRAGMENT_WORDS, "fragment of three words or fewer"),
        (!quote.utterance.is_empty() && in_utterance > 1, "one of several quotes of an utterance"),
        (quote.speakers.len() > 1, "joint speakers"),
        (quote.speakers.is_empty(), "no speaker told"),
        (quote.has_via, "by way of somebody else"),
    ];
    phenomena.extend(more.into_iter().filter(|(holds, _)| *holds).map(|(_, name)| name.to_owned()));
    phenomena
}
