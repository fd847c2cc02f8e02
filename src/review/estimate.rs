//! Error rates from samples, with intervals.
//!
//! The interval is Wilson's (E. B. Wilson, Probable inference, the law of succession, and statistical inference, Journal
//! of the American Statistical Association 22, 1927): it stays within 0 and 1 and means something after ten verdicts
//! without an error, where the textbook's interval shrinks to a point. A stratified sample is weighted back, and its
//! interval is Wilson's for the effective sample size of L. Kish (Survey Sampling, 1965), (Σw)²/Σw². That ignores what
//! stratification gains, so the interval is rather too wide than too narrow; so does leaving out that the population is
//! finite.
use serde::{Deserialize, Serialize};

use crate::eval::Interval;

/// The normal deviate of a 95% interval.
const Z: f64 = 1.959_963_985;

/// An estimated share.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Estimate {
    /// The share, from 0 to 1.
    pub rate: f64,
    /// Where it lies with 95% confidence.
    pub interval: Interval,
}

/// What was seen of a stratum.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Seen {
    /// How many there are.
    pub population: usize,
    /// How many of them were judged.
    pub judged: usize,
    /// How many of those are wrong.
    pub wrong: usize,
}

/// Wilson's 95% interval of a share that was seen in so many trials; with an effective sample size neither need be
/// whole.
#[must_use]
pub fn wilson(rate: f64, trials: f64) -> Interval {
    let z2 = Z * Z / trials;
    let middle = (rate + z2 / 2.0) / (1.0 + z2);
    let reach = Z / (1.0 + z2) * (rate * (1.0 - rate) / trials + z2 / (4.0 * trials)).sqrt();
    Interval { low: (middle - reach).max(0.0), high: (middle + reach).min(1.0) }
}

/// The share of wrong ones in the whole population, from its strata (one, for a random sample). Strata of which nothing
/// was judged are left out; nothing where nothing was judged at all.
#[must_use]
pub fn estimate(strata: &[Seen]) -> Option<Estimate> {
    let seen: Vec<&Seen> = strata.iter().filter(|stratum| stratum.judged > 0).collect();
    let population: usize = seen.iter().map(|stratum| stratum.population).sum();
    if population == 0 {
        return None;
    }
    let share = |stratum: &Seen| stratum.population as f64 / population as f64;
    let rate = seen.iter().map(|stratum| share(stratum) * stratum.wrong as f64 / stratum.judged as f64).sum();
    // Each judged quotation stands for share/judged of the population; these weights sum to 1.
    let squares: f64 = seen.iter().map(|stratum| share(stratum).powi(2) / stratum.judged as f64).sum();
    Some(Estimate { rate, interval: wilson(rate, 1.0 / squares) })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(one: f64, other: f64) -> bool {
        (one - other).abs() < 5e-4
    }

    #[test]
    fn wilson_agrees_with_published_values() {
        // R. G. Newcombe, Statistics in Medicine 17 (1998), table I: 81 of 263, 15 of 148, 0 of 20.
        for (wrong, n, low, high) in
            [(81.0, 263.0, 0.2553, 0.3662), (15.0, 148.0, 0.0624, 0.1605), (0.0, 20.0, 0.0, 0.1611)]
        {
            let interval = wilson(wrong / n, n);
            assert!(close(interval.low, low) && close(interval.high, high), "{interval:?}");
        }
    }

    #[test]
    fn a_random_sample_is_one_stratum() {
        let estimated = estimate(&[Seen { population: 900, judged: 20, wrong: 0 }]).unwrap();
        assert!(close(estimated.rate, 0.0) && close(estimated.interval.high, 0.1611), "{estimated:?}");
        assert_eq!(estimate(&[Seen { population: 900, judged: 0, wrong: 0 }]), None);
        assert_eq!(estimate(&[]), None);
    }

    #[test]
    fn strata_are_weighted_back() {
        let large = Seen { population: 900, judged: 10, wrong: 1 };
        let small = Seen { population: 100, judged: 10, wrong: 5 };
        let estimated = estimate(&[large, small]).unwrap();
        assert!(close(estimated.rate, 0.9 * 0.1 + 0.1 * 0.5), "not 6 of 20");
        // Weights 0.09 ten times and 0.01 ten times: as good as 12.2 drawn at random.
        let plain = wilson(0.14, 1.0 / 0.082);
        assert!(close(estimated.interval.low, plain.low) && close(estimated.interval.high, plain.high));
        let unseen = Seen { population: 5000, judged: 0, wrong: 0 };
        assert_eq!(estimate(&[large, small, unseen]), Some(estimated));
    }
}
