//! Whether it is the words that are judged and not the parties: swapping the parties of a quotation must swap the
//! stances, and another speaker's name must change none.
//!
//! The stance bank ([`bank`]) has quotations with slots, which any parties fill ([`fill`], [`draw`]); in real texts the
//! parties that are named are exchanged for others ([`exchange`]). Both ways a quotation is judged several times, and
//! what counts is whether the answers agree with the first one.
mod bank;
mod draw;
mod edit;
mod exchange;
mod fill;
mod fillers;
mod form;
mod quotations;
mod slots;
mod stand_in;

use std::path::Path;

pub use bank::{BankPart, BankPartError, read as read_bank};
pub use fillers::Fillers;
pub use quotations::score as score_quotations;
pub use slots::score as score_slots;

use super::EvalError;
use super::score::{LABELS, NONE, likeliest};
use super::subject::{JudgePairs, Pair};
use crate::stance::reference::PartyFinder;

/// How the parties of real texts are swapped.
#[derive(Clone, Copy, Debug)]
pub struct Swap<'a> {
    /// The parties that take each other's place, a file like the bank's `fillers.toml`.
    pub fillers: &'a Path,
    /// Finds the parties that a text names.
    pub parties: &'a PartyFinder,
}

/// Names of sections and rows.
const INSIDE: &str = "party inside the quotation";
const BESIDE: &str = "party beside the quotation";
const OTHER_PARTIES: &str = "same stance with other parties";
const OTHER_SPEAKERS: &str = "same stance with other speakers";

/// What was said of a party: the position among [`LABELS`] and the probability, where there is one.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Answer {
    label: usize,
    probability: Option<f32>,
}

/// Asks for every pair; one answer each, in order.
fn ask(judge: &dyn JudgePairs, pairs: &[Pair]) -> Result<Vec<Answer>, EvalError> {
    let answers = judge.judge_meant(pairs).map_err(EvalError::Subject)?;
    if answers.len() != pairs.len() {
        return Err(EvalError::Answers { asked: pairs.len(), answered: answers.len() });
    }
    let answer = |three: Option<[f32; 3]>| match three {
        Some(three) => Answer { label: likeliest(three), probability: Some(three[likeliest(three)]) },
        None => Answer { label: NONE, probability: None },
    };
    Ok(answers.into_iter().map(answer).collect())
}

#[cfg(test)]
mod tests;
