//! Intervals by the bootstrap: how far a figure would move with other articles of the same kind.
//!
//! Articles are drawn with replacement, not quotes, since the quotes of one article stand and fall together. The draws
//! are seeded, so that the same gold and predictions print the same report.
use super::measure::Measure;
use super::report::Interval;

/// Number of resamples.
const RESAMPLES: usize = 1_000;
/// Any number does; this one is fixed so that reports can be compared.
const SEED: u64 = 0x5eed_a5c2_1be5_0001;

/// How often each unit was drawn in each resample.
#[derive(Clone, Debug)]
pub struct Resampler {
    draws: Vec<Vec<u16>>,
}

impl Resampler {
    /// Draws the resamples of a number of units.
    #[must_use]
    pub fn new(units: usize) -> Self {
        if units < 2 {
            return Self { draws: Vec::new() };
        }
        let mut random = SplitMix(SEED);
        let draws = (0..RESAMPLES).map(|_| {
            let mut weights = vec![0_u16; units];
            for _ in 0..units {
                let weight = &mut weights[random.below(units)];
                *weight = weight.saturating_add(1);
            }
            weights
        });
        Self { draws: draws.collect() }
    }

    /// The 95% interval of a figure, from the counts of the units that have any.
    #[must_use]
    pub fn interval<'a>(
        &self,
        measure: Measure,
        counts: &(impl Iterator<Item = (usize, &'a [f64])> + Clone),
    ) -> Option<Interval> {
        let mut values: Vec<f64> =
            self.draws.iter().filter_map(|weights| measure.value(&weighted(weights, counts.clone())?)).collect();
        if values.is_empty() {
            return None;
        }
        values.sort_unstable_by(f64::total_cmp);
        let at = |share: f64| values[((values.len() - 1) as f64 * share).round() as usize];
        Some(Interval { low: at(0.025), high: at(0.975) })
    }
}

fn weighted<'a>(weights: &[u16], counts: impl Iterator<Item = (usize, &'a [f64])>) -> Option<Vec<f64>> {
    let mut total: Option<Vec<f64>> = None;
    for (unit, counts) in counts {
        let total = total.get_or_insert_with(|| vec![0.0; counts.len()]);
        let weight = f64::from(weights[unit]);
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += weight * count;
        }
    }
    total
}

/// Steele, Lea and Flood's generator: a few lines, and the same numbers on every machine.
pub struct SplitMix(pub u64);

impl SplitMix {
    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        mixed ^ (mixed >> 31)
    }

    /// A number below a bound, by multiplication; the bias of a bound far below 2^64 does not show.
    pub fn below(&mut self, bound: usize) -> usize {
        ((u128::from(self.next()) * bound as u128) >> 64) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn interval(counts: &[[f64; 2]]) -> Option<Interval> {
        let units = counts.iter().enumerate().map(|(unit, counts)| (unit, counts.as_slice()));
        Resampler::new(counts.len()).interval(Measure::Share, &units)
    }

    #[test]
    fn the_interval_lies_around_the_figure_and_narrows() {
        let half = |units: usize| (0..units).map(|unit| [(unit % 2) as f64, 1.0]).collect::<Vec<_>>();
        let wide = interval(&half(20)).unwrap();
        let narrow = interval(&half(500)).unwrap();
        assert!(wide.low < 0.4 && wide.high > 0.6, "{wide:?}");
        assert!(narrow.low > 0.44 && narrow.low < 0.47 && narrow.high > 0.53 && narrow.high < 0.56, "{narrow:?}");
    }

    #[test]
    fn what_is_always_right_has_no_width() {
        assert_eq!(interval(&[[3.0, 3.0], [2.0, 2.0], [1.0, 1.0]]), Some(Interval { low: 1.0, high: 1.0 }));
    }

    #[test]
    fn the_same_counts_give_the_same_interval() {
        let counts = [[1.0, 3.0], [2.0, 2.0], [0.0, 4.0], [1.0, 1.0]];
        assert_eq!(interval(&counts), interval(&counts));
    }

    #[test]
    fn one_unit_has_no_interval() {
        assert_eq!(interval(&[[1.0, 2.0]]), None);
    }
}
