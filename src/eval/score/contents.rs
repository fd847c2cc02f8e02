//! Contents, cues and sources, however the bounds of quotes were drawn.
//!
//! By character: what all predicted quotes cover together against what all gold contents cover, without quotation
//! marks, white space and a leading `that`, which PolNeAR counts to a content and we do not. Exact: stretches without
//! a gap, with the same bounds after that. Masked characters count on neither side. The link is right where the gold
//! content has a predicted quote, or the quotes of one utterance together, with an IoU of .5 or more, whose source
//! overlaps the gold's.
use std::collections::BTreeSet;

use super::matching::{SAME, best};
use crate::eval::attribution::Attribution;
use crate::eval::gold::GoldArticle;
use crate::eval::ledger::{Ledger, Post};
use crate::eval::region::Region;
use crate::text::{Span, Text};

pub(super) fn score(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, guess: &[Attribution]) {
    let text = &gold.article.text;
    let contents = |list: &[Attribution]| -> Vec<Region> {
        let regions = list.iter().map(|one| Region::of_content(text, &one.content).without(&gold.masked));
        regions.collect()
    };
    let (gold_contents, guess_contents) = (contents(&gold.quotes), contents(guess));
    layer(ledger, unit, "contents", text, &gold_contents, &guess_contents);
    by_kind(ledger, unit, gold, &gold_contents, &guess_contents);
    if gold.layers.sources {
        let regions = |list: &[Attribution]| regions(text, &gold.masked, list.iter().filter_map(|one| one.source));
        layer(ledger, unit, "sources", text, &regions(&gold.quotes), &regions(guess));
        links(ledger, unit, gold, &gold_contents, guess);
    }
    if gold.layers.cues {
        let regions = |list: &[Attribution]| regions(text, &gold.masked, list.iter().filter_map(|one| one.cue));
        layer(ledger, unit, "cues", text, &regions(&gold.quotes), &regions(guess));
    }
}

fn regions(text: &Text, masked: &[Span], spans: impl Iterator<Item = Span>) -> Vec<Region> {
    spans.map(|span| Region::of(text, &[span]).without(masked)).collect()
}

fn layer(ledger: &mut Ledger, unit: usize, section: &str, text: &Text, gold: &[Region], guess: &[Region]) {
    let (gold, guess) = (Region::union(gold), Region::union(guess));
    ledger.overlap(Post { section, name: "by character", unit }, gold.shared(&guess), guess.len(), gold.len());
    let pieces = |region: &Region| region.pieces(text).into_iter().collect::<BTreeSet<Span>>();
    let (gold, guess) = (pieces(&gold), pieces(&guess));
    let shared = gold.intersection(&guess).count();
    ledger.overlap(Post { section, name: "exact", unit }, shared, guess.len(), gold.len());
}

/// How much of the contents of each kind is covered, whatever kind the prediction says.
fn by_kind(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, contents: &[Region], guess: &[Region]) {
    let guess = Region::union(guess);
    for (quote, content) in gold.quotes.iter().zip(contents) {
        let name = format!("by character, {}: recall", quote.kind.word());
        ledger.shares(Post { section: "contents", name: &name, unit }, content.shared(&guess), content.len());
    }
}

fn links(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, contents: &[Region], guess: &[Attribution]) {
    let post = |name| Post { section: "links", name, unit };
    let (regions, sources) = candidates(&gold.article.text, &gold.masked, guess);
    for (quote, content) in gold.quotes.iter().zip(contents).filter(|(_, content)| !content.is_empty()) {
        let found = best(&regions, content, SAME);
        ledger.share(post("contents found (IoU .5)"), found.is_some());
        let Some(source) = quote.source else { continue };
        let is_right = found.is_some_and(|found| sources[found].iter().any(|guess| guess.overlaps(&source)));
        if found.is_some() {
            ledger.share(post("right source of contents found"), is_right);
        }
        ledger.share(post("right source of all contents"), is_right);
    }
}

/// The regions that a gold content may be matched with, and the sources of each: every quote, and every utterance of
/// several quotes.
fn candidates(text: &Text, masked: &[Span], guess: &[Attribution]) -> (Vec<Region>, Vec<Vec<Span>>) {
    let mut groups: Vec<Vec<&Attribution>> = guess.iter().map(|one| vec![one]).collect();
    for (at, first) in guess.iter().enumerate() {
        let same = |one: &&Attribution| !first.utterance.is_empty() && one.utterance == first.utterance;
        if !guess[..at].iter().any(|one| same(&one)) {
            let group: Vec<&Attribution> = guess[at..].iter().filter(same).collect();
            groups.extend((group.len() > 1).then_some(group));
        }
    }
    let region = |group: &Vec<&Attribution>| {
        let parts: Vec<Region> = group.iter().map(|one| Region::of_content(text, &one.content)).collect();
        Region::union(&parts).without(masked)
    };
    let sources = |group: &Vec<&Attribution>| group.iter().filter_map(|one| one.source).collect();
    (groups.iter().map(region).collect(), groups.iter().map(sources).collect())
}
