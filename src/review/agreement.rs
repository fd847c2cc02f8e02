//! How far reviewers agree, beyond what chance would give.
//!
//! Cohen's kappa for two (J. Cohen, A coefficient of agreement for nominal scales, Educational and Psychological
//! Measurement 20, 1960), Krippendorff's alpha for any number of whom each has judged some (K. Krippendorff, Computing
//! Krippendorff's alpha-reliability, University of Pennsylvania, 2011), both for labels without an order.
use std::collections::BTreeMap;

/// Cohen's kappa of two reviewers' labels of the same things. Nothing where there are none, or where chance alone would
/// make them agree, since both always say the same word.
#[must_use]
pub fn kappa(labels: &[(&str, &str)]) -> Option<f64> {
    let n = labels.len() as f64;
    let observed = observed(labels)?;
    let mut counts: BTreeMap<&str, (f64, f64)> = BTreeMap::new();
    for (one, other) in labels {
        counts.entry(one).or_default().0 += 1.0;
        counts.entry(other).or_default().1 += 1.0;
    }
    let expected: f64 = counts.values().map(|(one, other)| one * other / (n * n)).sum();
    (expected < 1.0).then(|| (observed - expected) / (1.0 - expected))
}

/// The share of things with the same label; nothing where there are none.
#[must_use]
pub fn observed(labels: &[(&str, &str)]) -> Option<f64> {
    let same = labels.iter().filter(|(one, other)| one == other).count();
    (!labels.is_empty()).then(|| same as f64 / labels.len() as f64)
}

/// Krippendorff's alpha of the labels that things were given, for each thing as many as there are. Nothing where no
/// thing has two, or where all labels are one word.
#[must_use]
pub fn alpha(units: &[Vec<&str>]) -> Option<f64> {
    let mut totals: BTreeMap<&str, f64> = BTreeMap::new();
    let mut disagreed = 0.0;
    for labels in units.iter().filter(|labels| labels.len() > 1) {
        let mut counts: BTreeMap<&str, f64> = BTreeMap::new();
        for label in labels {
            *counts.entry(label).or_default() += 1.0;
        }
        let m = labels.len() as f64;
        let agreeing: f64 = counts.values().map(|count| count * (count - 1.0)).sum();
        disagreed += (m * (m - 1.0) - agreeing) / (m - 1.0);
        for (label, count) in counts {
            *totals.entry(label).or_default() += count;
        }
    }
    let n: f64 = totals.values().sum();
    let by_chance = n * (n - 1.0) - totals.values().map(|count| count * (count - 1.0)).sum::<f64>();
    (by_chance > 0.0).then(|| 1.0 - (n - 1.0) * disagreed / by_chance)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: Option<f64>, wanted: f64) -> bool {
        value.is_some_and(|value| (value - wanted).abs() < 5e-4)
    }

    #[test]
    fn kappa_takes_chance_away() {
        let table = [(("yes", "yes"), 20), (("yes", "no"), 5), (("no", "yes"), 10), (("no", "no"), 15)];
        let labels: Vec<_> = table.iter().flat_map(|(labels, times)| vec![*labels; *times]).collect();
        assert!(close(observed(&labels), 0.7));
        assert!(close(kappa(&labels), 0.4));
        assert!(close(kappa(&[("a", "b"), ("b", "a")]), -1.0));
        assert_eq!(kappa(&[("a", "a"), ("a", "a")]), None);
        assert_eq!(kappa(&[]), None);
    }

    /// Reviewers' labels as columns of characters, a full stop where one is missing.
    fn units<'a>(reviewers: &[&'a str]) -> Vec<Vec<&'a str>> {
        let label = |at: usize| reviewers.iter().map(move |labels| &labels[at..=at]).filter(|label| *label != ".");
        (0..reviewers[0].len()).map(|at| label(at).collect()).collect()
    }

    #[test]
    fn alpha_agrees_with_the_published_examples() {
        // Krippendorff (2011), sections A and C.
        assert!(close(alpha(&units(&["0100000010", "1110010000"])), 0.095));
        let four = ["123321412...", "1233224125.3", ".3332342251.", "12332441251."];
        assert!(close(alpha(&units(&four)), 0.743));
        assert_eq!(alpha(&units(&["11", "11"])), None);
        assert_eq!(alpha(&units(&["12", ".."])), None);
    }
}
