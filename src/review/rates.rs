//! [`PartRate`]: how many of the judged quotations are wrong, as a whole and by part.
use serde::{Deserialize, Serialize};

use super::correction::Part;
use super::draw::{Draw, Manner};
use super::entry::Judgement;
use super::estimate::{Estimate, Seen, estimate};
use crate::annotation::Verdict;

/// How often something is wrong.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PartRate {
    /// The part; nothing for the attribution as a whole.
    pub part: Option<Part>,
    /// How many were judged.
    pub judged: usize,
    /// How many of them are wrong.
    pub wrong: usize,
    /// The share in all quotations that fit the filter; only a random or stratified draw tells it.
    pub estimate: Option<Estimate>,
}

/// The rates of what was judged of a draw: each verdict with the stratum of its quotation.
#[must_use]
pub fn rates(draw: &Draw, judged: &[(Option<usize>, &Judgement)]) -> Vec<PartRate> {
    let parts = std::iter::once(None).chain(Part::ALL.map(Some));
    parts.map(|part| rate(draw, part, judged)).collect()
}

fn rate(draw: &Draw, part: Option<Part>, judged: &[(Option<usize>, &Judgement)]) -> PartRate {
    let mut strata: Vec<Seen> = match draw.sizes.as_slice() {
        [] => vec![Seen { population: draw.population, ..Seen::default() }],
        sizes => sizes.iter().map(|size| Seen { population: size.population, ..Seen::default() }).collect(),
    };
    for (stratum, judgement) in judged {
        let wrong = match part {
            None => Some(judgement.verdict != Verdict::Right),
            Some(part) => judgement.is_wrong(part),
        };
        let (Some(seen), Some(wrong)) = (strata.get_mut(stratum.unwrap_or(0)), wrong) else { continue };
        seen.judged += 1;
        seen.wrong += usize::from(wrong);
    }
    let is_estimate = matches!(draw.design.by, Manner::Random | Manner::Stratified);
    PartRate {
        part,
        judged: strata.iter().map(|seen| seen.judged).sum(),
        wrong: strata.iter().map(|seen| seen.wrong).sum(),
        estimate: estimate(&strata).filter(|_| is_estimate),
    }
}
