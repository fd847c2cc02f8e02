//! Labelled quotations: found, source, full name, stance, and what is no speech.
//!
//! A quotation is found if a predicted quote shares an IoU of .8 with it. Names are compared as
//! [`agreement`](crate::eval::names::agreement) says; there is a row that counts a last name alone and one that does not.
use super::matching::{FOUND, best};
use super::stances::{index, probabilities};
use super::{LABELS, NONE, STANCES};
use crate::annotation::Stance;
use crate::eval::attribution::{Attribution, Speaker};
use crate::eval::gold::diplomacy::{LabelledArticle, PartyLabel, Quotation};
use crate::eval::ledger::{Ledger, Post};
use crate::eval::names::{Agreement, agreement};
use crate::eval::region::Region;

/// Scores what was found in one article.
pub fn score(ledger: &mut Ledger, unit: usize, gold: &LabelledArticle, guess: &[Attribution]) {
    let text = &gold.article.text;
    let post = |section, name| Post { section, name, unit };
    let regions: Vec<Region> = guess.iter().map(|one| Region::of(text, &one.content)).collect();
    for quotation in &gold.quotations {
        let region = Region::of(text, &[quotation.span]);
        let found = best(&regions, &region, FOUND).map(|found| (&guess[found], regions[found] == region));
        if !quotation.is_speech {
            ledger.share(post("quotations", "marked text that is no speech: left alone"), found.is_none());
            continue;
        }
        ledger.share(post("quotations", "found (IoU .8)"), found.is_some());
        ledger.share(post("quotations", "exact"), found.is_some_and(|(_, is_exact)| is_exact));
        let found = found.map(|(found, _)| found);
        speaker(ledger, unit, quotation, found);
        all_right(ledger, unit, quotation, found);
        if let Some(found) = found {
            for label in &quotation.parties {
                stance(ledger, unit, label, found);
            }
        }
    }
}

fn speaker(ledger: &mut Ledger, unit: usize, quotation: &Quotation, found: Option<&Attribution>) {
    let post = |name| Post { section: "speakers", name, unit };
    if let (Some(source), Some(found)) = (quotation.source, found) {
        let is_right = found.source.is_some_and(|guess| guess.overlaps(&source));
        ledger.share(post("right source of quotations found"), is_right);
    }
    let Some(name) = &quotation.speaker else { return };
    let guess = found.map_or(&[][..], |found| &found.speakers);
    let agreed = best_agreement(guess, name);
    ledger.share(post("right name of all quotations"), agreed > Agreement::Different);
    ledger.share(post("right name of all quotations, in full"), agreed == Agreement::Full);
    let Some(found) = found else { return };
    ledger.share(post("right name of quotations found"), agreed > Agreement::Different);
    ledger.share(post("right name of quotations found, in full"), agreed == Agreement::Full);
    if !guess.is_empty() {
        let confidence = Post { section: "calibration error", name: "speaker", unit };
        let is_right = agreed > Agreement::Different;
        ledger.calibration_of(confidence, found.source_form(), found.speaker_confidence, is_right);
    }
    if agreed == Agreement::Different {
        ledger.confuse("speaker", name, guess.first().map_or("nobody", |speaker: &Speaker| &speaker.name));
    }
}

/// How well the name that fits best agrees with the gold's.
fn best_agreement(speakers: &[Speaker], name: &str) -> Agreement {
    speakers.iter().map(|speaker| agreement(&speaker.name, name)).max().unwrap_or(Agreement::Different)
}

/// Whether quotation, speaker and stance are right together, for each party of a quotation whose speaker has a name. No entry
/// says that a party beside the quotation is not meant, and of the speaker's own party that the words do not judge it.
fn all_right(ledger: &mut Ledger, unit: usize, quotation: &Quotation, found: Option<&Attribution>) {
    let Some(name) = &quotation.speaker else { return };
    let speakers = found.map_or(&[][..], |found| &found.speakers);
    let is_named = best_agreement(speakers, name) > Agreement::Different;
    for label in &quotation.parties {
        let guess = found.and_then(|found| found.stance(&label.party)).map(|guess| guess.stance);
        let is_own = speakers.first().is_some_and(|speaker| speaker.party.as_ref() == Some(&label.party));
        let unsaid = guess.is_none() && is_own && label.stance == Some(Stance::Neutral);
        let is_right = found.is_some() && is_named && (guess == label.stance || unsaid);
        let section = "quotation, speaker and stance right together";
        ledger.share(Post { section, name: "party inside or outside", unit }, is_right);
        let place = if label.is_explicit { "party inside" } else { "party outside" };
        ledger.share(Post { section, name: place, unit }, is_right);
    }
}

fn stance(ledger: &mut Ledger, unit: usize, label: &PartyLabel, found: &Attribution) {
    let post = |name| Post { section: "stances of quotations found", name, unit };
    let guess = found.stance(&label.party);
    if !label.is_explicit {
        let (gold_is_none, guess_is_none) = (label.stance.is_none(), guess.is_none());
        let shared = usize::from(gold_is_none && guess_is_none);
        let name = "party outside, not referred to";
        ledger.overlap(post(name), shared, usize::from(guess_is_none), usize::from(gold_is_none));
        let class = |stance: Option<Stance>| Some(stance.map_or(NONE, index));
        let guessed = guess.map(|guess| guess.stance);
        ledger.class(post("party outside, four classes"), &LABELS, class(label.stance), class(guessed));
        return;
    }
    let Some(stance) = label.stance else { return };
    let is_right = guess.is_some_and(|guess| guess.stance == stance);
    ledger.share(post("party inside: named"), guess.is_some());
    ledger.class(post("party inside"), &STANCES, Some(index(stance)), guess.map(|guess| index(guess.stance)));
    ledger.share(Post { section: "stances by party", name: &label.party, unit }, is_right);
    if let Some(guess) = guess {
        probabilities(ledger, unit, stance, guess);
    }
    if !is_right {
        ledger.confuse("stance", stance.word(), guess.map_or("none", |guess| guess.stance.word()));
    }
}
