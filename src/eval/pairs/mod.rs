//! Gold about pairs in single sentences: who stands how toward whom, or how a sentence shows its target.
pub mod directed;
pub mod newsmtsc;

use super::subject::Pair;
use crate::annotation::Stance;

/// A pair with the gold's answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LabelledPair {
    /// What is asked.
    pub pair: Pair,
    /// What the gold answers.
    pub stance: Stance,
    /// The article or sentence that it belongs to, counted from 0.
    pub unit: usize,
}
