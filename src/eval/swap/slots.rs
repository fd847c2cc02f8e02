//! Scores over the stance bank: the stance toward the party in each slot, and whether it stays when others fill it.
use std::collections::BTreeSet;
use std::sync::Arc;

use super::bank::{Entry, SPEAKER, SlotStance};
use super::draw::{Change, Fillings};
use super::fill::{Filled, fill};
use super::fillers::Fillers;
use super::{Answer, BESIDE, INSIDE, LABELS, NONE, OTHER_PARTIES, OTHER_SPEAKERS, ask};
use crate::eval::EvalError;
use crate::eval::ledger::{Ledger, Post};
use crate::eval::score::STANCES;
use crate::eval::subject::{JudgePairs, Pair};
use crate::text::Span;

/// A slot that is judged.
struct Slot<'a> {
    entry: &'a Entry,
    unit: usize,
    /// The position of the gold's stance among [`LABELS`].
    gold: usize,
    kind: &'a str,
    /// Whether the party is named in the quotation.
    is_inside: bool,
}

/// A quotation filled in one way: how it differs from the first way, and a question for each of its slots.
struct Asked {
    change: Option<Change>,
    slots: Vec<usize>,
    pairs: Vec<Pair>,
}

/// Scores all entries filled once and, if wanted, filled anew.
///
/// # Errors
/// When the slots cannot be judged.
pub fn score(
    ledger: &mut Ledger,
    entries: &[Entry],
    fillers: &Fillers,
    judge: &dyn JudgePairs,
    swap: bool,
) -> Result<(), EvalError> {
    let (mut slots, mut asked) = (Vec::new(), Vec::new());
    for (unit, entry) in entries.iter().enumerate() {
        let judged: Vec<(char, usize)> =
            entry.stances.iter().filter_map(|(slot, stance)| Some((*slot, stance.label()?))).collect();
        let numbers: Vec<usize> = (slots.len()..slots.len() + judged.len()).collect();
        for (change, filled) in ways(entry, fillers, swap) {
            if change.is_none() {
                slots.extend(judged.iter().map(|&(slot, gold)| {
                    let is_inside = filled.quote.contains(&filled.target(slot));
                    Slot { entry, unit, gold, kind: &entry.kinds[&slot], is_inside }
                }));
            }
            let pairs = filled.pairs(judged.iter().map(|(slot, _)| *slot));
            asked.push(Asked { change, slots: numbers.clone(), pairs });
        }
    }
    let questions: Vec<Pair> = asked.iter().flat_map(|asked| asked.pairs.iter().cloned()).collect();
    let mut answers = ask(judge, &questions)?.into_iter();
    let mut first: Vec<Answer> = Vec::with_capacity(slots.len());
    let mut again: Vec<(usize, Change, usize)> = Vec::new();
    for way in &asked {
        for (&slot, answer) in way.slots.iter().zip(answers.by_ref()) {
            match way.change {
                None => first.push(answer),
                Some(change) => again.push((slot, change, answer.label)),
            }
        }
    }
    stances(ledger, &slots, &first);
    for (section, of_speaker) in [(OTHER_PARTIES, false), (OTHER_SPEAKERS, true)] {
        let again = again.iter().filter(|(_, change, _)| (*change == Change::Speaker) == of_speaker);
        let again = again.map(|&(slot, change, label)| (&slots[slot], change, first[slot].label == label));
        agreement(ledger, section, &again.collect::<Vec<_>>());
    }
    for (slot, change, label) in again {
        if first[slot].label != label {
            let about = if change == Change::Speaker { "stance, other speaker" } else { "stance, other parties" };
            ledger.confuse(about, LABELS[first[slot].label], LABELS[label]);
        }
    }
    Ok(())
}

/// The entry filled for the first time and, for a swap, anew.
fn ways(entry: &Entry, fillers: &Fillers, swap: bool) -> Vec<(Option<Change>, Filled)> {
    let Fillings { first, mut others } = Fillings::draw(entry, fillers);
    if !swap {
        others.clear();
    }
    let anew = others.iter().map(|(change, assignment)| (Some(*change), fill(&entry.template, assignment)));
    std::iter::once((None, fill(&entry.template, &first))).chain(anew).collect()
}

/// The figures over the first filling.
fn stances(ledger: &mut Ledger, slots: &[Slot<'_>], answers: &[Answer]) {
    let all = || slots.iter().zip(answers);
    for (slot, answer) in all().filter(|(slot, _)| slot.is_inside) {
        let post = |name| Post { section: INSIDE, name, unit: slot.unit };
        ledger.class(post("stance"), &STANCES, Some(slot.gold), (answer.label < NONE).then_some(answer.label));
        if let Some(probability) = answer.probability {
            ledger.calibration(post("calibration error"), probability.into(), answer.label == slot.gold);
        }
    }
    for (slot, answer) in all().filter(|(slot, _)| !slot.is_inside) {
        let post = Post { section: BESIDE, name: "stance", unit: slot.unit };
        ledger.class(post, &LABELS, Some(slot.gold), Some(answer.label));
    }
    let mut by_name = |section: &str, names: fn(&Entry) -> &[String]| {
        let known: BTreeSet<&String> = slots.iter().flat_map(|slot| names(slot.entry)).collect();
        for name in known {
            for (slot, answer) in all().filter(|(slot, _)| names(slot.entry).contains(name)) {
                ledger.share(Post { section, name, unit: slot.unit }, answer.label == slot.gold);
            }
        }
    };
    by_name("accuracy by phenomenon", |entry| &entry.phenomena);
    by_name("accuracy by topic", |entry| std::slice::from_ref(&entry.topic));
    for (slot, answer) in all().filter(|(slot, answer)| answer.label != slot.gold) {
        ledger.confuse("stance", LABELS[slot.gold], LABELS[answer.label]);
    }
}

/// Shares of slots filled anew that have the stance that they had at first.
fn agreement(ledger: &mut Ledger, section: &str, again: &[(&Slot<'_>, Change, bool)]) {
    let mut share = |name: &str, is_counted: &dyn Fn(&Slot<'_>, Change) -> bool| {
        for (slot, _, is_same) in again.iter().filter(|(slot, change, _)| is_counted(slot, *change)) {
            ledger.share(Post { section, name, unit: slot.unit }, *is_same);
        }
    };
    share("all", &|_, _| true);
    share(INSIDE, &|slot, _| slot.is_inside);
    share(BESIDE, &|slot, _| !slot.is_inside);
    share("own parties in each other's place", &|_, change| change == Change::Places);
    share("parties from elsewhere", &|_, change| change == Change::Parties);
    let kinds: BTreeSet<&str> = again.iter().map(|(slot, ..)| slot.kind).collect();
    for kind in kinds {
        share(&format!("slot for: {kind}"), &|slot, _| slot.kind == kind);
    }
}

impl SlotStance {
    /// The position among [`LABELS`]; nothing for the speaker's own party, which is not judged.
    const fn label(self) -> Option<usize> {
        match self {
            Self::Favor => Some(0),
            Self::Neutral => Some(1),
            Self::Against => Some(2),
            Self::None => Some(NONE),
            Self::Own => None,
        }
    }
}

impl Filled {
    /// The words that are asked about for a slot: the first in the quotation, or else the first beside it.
    fn target(&self, slot: char) -> Span {
        let of_slot = || self.mentions.iter().filter(|mention| mention.slot == slot).map(|mention| mention.span);
        let inside = of_slot().find(|span| self.quote.contains(span));
        inside.or_else(|| of_slot().next()).expect("the reader checks that each slot stands in the text")
    }

    /// The mention of the speaker that is nearest to the quotation.
    fn holder(&self) -> Option<Span> {
        let of_speaker = self.mentions.iter().filter(|mention| mention.slot == SPEAKER).map(|mention| mention.span);
        of_speaker.min_by_key(|span| {
            let before = self.quote.start().saturating_sub(span.end());
            before.max(span.start().saturating_sub(self.quote.end()))
        })
    }

    /// A question for each slot.
    fn pairs(self, slots: impl Iterator<Item = char>) -> Vec<Pair> {
        let (holder, quote) = (self.holder(), self.quote);
        let targets: Vec<Span> = slots.map(|slot| self.target(slot)).collect();
        let text = Arc::new(self.text);
        let pair = |target| Pair { text: Arc::clone(&text), quote, holder, target };
        targets.into_iter().map(pair).collect()
    }
}
