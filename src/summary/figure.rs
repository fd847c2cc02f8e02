//! [`Figure`]: favor minus against, with what is behind it.
//!
//! The score is a difference of two shares of one sample, and its interval is the adjusted Wald interval of Bonett and
//! Price (2012) for exactly that: add one to either count and two to the sample, then take the normal interval. It
//! keeps its 95% with a handful of statements, where the plain one collapses to a point, needs no draws, and is one
//! line in any language, so that the page, which works the figures out anew for every filter, prints the same ones.
use schemars::JsonSchema;
use serde::Serialize;

use super::statements::Held;

/// How sure an interval is.
pub const INTERVAL: f64 = 0.95;
/// The quantile of the normal distribution that leaves half of the rest on either side.
const Z: f64 = 1.959_963_984_540_054;

/// Statements as they are counted together. A statement counts as much as it is probable, so that the counts are
/// numbers of statements to be expected.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Tally {
    favor: f64,
    neutral: f64,
    against: f64,
    statements: f64,
    quotes: usize,
}

/// What a number of statements say together.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, JsonSchema)]
pub struct Figure {
    /// Favor minus against, from -1 to 1.
    pub score: f64,
    /// Lower end of the 95% interval of the score.
    pub low: f64,
    /// Upper end of it.
    pub high: f64,
    /// How many statements in favor are to be expected.
    pub favor: f64,
    /// How many neutral ones.
    pub neutral: f64,
    /// How many against.
    pub against: f64,
    /// How many statements were counted, each by its probability and all by the number of them.
    pub statements: usize,
    /// How many quotations these are.
    pub quotes: usize,
}

impl Tally {
    /// Counts a quotation that is one of `1 / share` parts of a statement.
    pub fn add(&mut self, held: &Held, weight: f64, share: f64) {
        let weight = weight * share;
        self.favor += weight * held.probabilities.favor.value();
        self.neutral += weight * held.probabilities.neutral.value();
        self.against += weight * held.probabilities.against.value();
        self.statements += share;
        self.quotes += 1;
    }

    /// The figure; nothing where nothing of any weight was counted.
    #[must_use]
    pub fn figure(&self) -> Option<Figure> {
        let evidence = self.favor + self.neutral + self.against;
        if evidence <= 0.0 {
            return None;
        }
        let (favor, against) = ((self.favor + 1.0) / (evidence + 2.0), (self.against + 1.0) / (evidence + 2.0));
        let middle = favor - against;
        let reach = Z * ((favor + against - middle * middle) / (evidence + 2.0)).sqrt();
        Some(Figure {
            score: rounded((self.favor - self.against) / evidence),
            low: rounded((middle - reach).max(-1.0)),
            high: rounded((middle + reach).min(1.0)),
            favor: rounded(self.favor),
            neutral: rounded(self.neutral),
            against: rounded(self.against),
            statements: self.statements.round() as usize,
            quotes: self.quotes,
        })
    }
}

/// Four decimals, as probabilities are published; never a negative nothing.
fn rounded(value: f64) -> f64 {
    (value * 1e4).round() / 1e4 + 0.0
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Probability, Stance, StanceProbabilities};

    fn held(favor: f64, against: f64) -> Held {
        let probabilities = StanceProbabilities {
            favor: Probability::new(favor),
            neutral: Probability::new(1.0 - favor - against),
            against: Probability::new(against),
        };
        Held { party: 0, stance: Stance::Neutral, probabilities }
    }

    fn figure(statements: &[(Held, f64)]) -> Figure {
        let mut tally = Tally::default();
        for (held, weight) in statements {
            tally.add(held, *weight, 1.0);
        }
        tally.figure().unwrap()
    }

    #[test]
    fn the_score_is_favor_minus_against_by_weight() {
        let figure = figure(&[(held(0.9, 0.05), 1.0), (held(0.0, 0.8), 0.5)]);
        assert_eq!((figure.favor, figure.neutral, figure.against), (0.9, 0.15, 0.45));
        assert_eq!((figure.score, figure.statements, figure.quotes), (0.3, 2, 2));
    }

    #[test]
    fn the_interval_is_that_of_bonett_and_price() {
        // Of 20 statements 12 in favor, 3 against: (13 - 4) / 22 ± 1.96 · sqrt((17 / 22 - (9 / 22)²) / 22).
        let mut statements = vec![(held(1.0, 0.0), 1.0); 12];
        statements.extend(vec![(held(0.0, 1.0), 1.0); 3]);
        statements.extend(vec![(held(0.0, 0.0), 1.0); 5]);
        let figure = figure(&statements);
        assert_eq!((figure.score, figure.low, figure.high), (0.45, 0.084, 0.7342));
    }

    #[test]
    fn little_evidence_has_a_wide_interval_that_holds_the_score() {
        for count in 1..60 {
            for stance in [held(1.0, 0.0), held(0.0, 1.0), held(0.3, 0.3), held(0.7, 0.1)] {
                for weight in [0.05, 0.4, 1.0] {
                    let figure = figure(&vec![(stance, weight); count]);
                    assert!(figure.low <= figure.score && figure.score <= figure.high, "{figure:?}");
                }
            }
        }
        let width = |count| {
            let figure = figure(&vec![(held(0.5, 0.2), 1.0); count]);
            figure.high - figure.low
        };
        assert!(width(1) > 1.3 && width(10) < 1.0 && width(1000) < 0.12);
        assert!(figure(&[(held(1.0, 0.0), 1.0); 3]).low < 0.0 && figure(&[(held(1.0, 0.0), 1.0); 4]).low > 0.0);
    }

    #[test]
    fn parts_of_a_statement_count_once() {
        let mut tally = Tally::default();
        for _ in 0..3 {
            tally.add(&held(1.0, 0.0), 0.9, 1.0 / 3.0);
        }
        let figure = tally.figure().unwrap();
        assert_eq!((figure.favor, figure.statements, figure.quotes), (0.9, 1, 3));
        assert_eq!(Tally::default().figure(), None);
    }
}
