//! [`Ledger`]: where scorers write what they count, article by article, and out of which the report is made.
use std::collections::BTreeMap;

use indexmap::IndexMap;

use super::bootstrap::Resampler;
use super::measure::Measure;
use super::report::{Bin, Confusion, Reliability, Report, Row, Section};

/// Number of bins of a calibration error; each holds as many predictions as the others.
const BINS: usize = 10;
/// Number of bins that curves of calibration are fitted to.
const RELIABILITY_BINS: usize = 40;
/// Percent of the answers that are kept, the surest ones.
const COVERAGES: [usize; 4] = [100, 90, 80, 60];

/// Counts by section, name and unit. Sections and names keep the order in which they were first written.
#[derive(Debug, Default)]
pub struct Ledger {
    units: usize,
    sections: IndexMap<String, IndexMap<String, Entry>>,
    confusions: IndexMap<(&'static str, String, String), usize>,
}

/// The counts of one name.
#[derive(Debug)]
enum Entry {
    /// `[right, all]`
    Share(Counts),
    /// `[sum, all]`
    Mean(Counts),
    /// `[shared, predicted, gold]`
    Overlap(Counts),
    /// A matrix, gold by guess, over the classes and "none of these".
    Classes(&'static [&'static str], Counts),
    /// Unit, probability, whether it was right.
    Calibration(Vec<(usize, f64, bool)>),
    /// The same of one kind of answers, of which the error alone is reported.
    CalibrationOfKind(Vec<(usize, f64, bool)>),
}

type Counts = BTreeMap<usize, Vec<f64>>;

/// Where a count belongs: a section, a name and a unit.
#[derive(Clone, Copy, Debug)]
pub struct Post<'a> {
    /// The section.
    pub section: &'a str,
    /// The name in it.
    pub name: &'a str,
    /// The position of the article, document or sentence.
    pub unit: usize,
}

impl Ledger {
    /// Counts one thing as right or wrong.
    pub fn share(&mut self, post: Post<'_>, right: bool) {
        self.shares(post, usize::from(right), 1);
    }

    /// Counts several things, some of them right.
    pub fn shares(&mut self, post: Post<'_>, right: usize, all: usize) {
        if let Entry::Share(counts) = self.entry(post, || Entry::Share(Counts::new())) {
            add(counts, post.unit, &[right as f64, all as f64]);
        }
    }

    /// Counts a number of which the mean is wanted.
    pub fn mean(&mut self, post: Post<'_>, value: f64) {
        if let Entry::Mean(counts) = self.entry(post, || Entry::Mean(Counts::new())) {
            add(counts, post.unit, &[value, 1.0]);
        }
    }

    /// Counts what is shared between prediction and gold.
    pub fn overlap(&mut self, post: Post<'_>, shared: usize, predicted: usize, gold: usize) {
        if let Entry::Overlap(counts) = self.entry(post, || Entry::Overlap(Counts::new())) {
            add(counts, post.unit, &[shared as f64, predicted as f64, gold as f64]);
        }
    }

    /// Counts a class against the gold's; nothing stands for "none of these".
    pub fn class(
        &mut self,
        post: Post<'_>,
        classes: &'static [&'static str],
        gold: Option<usize>,
        guess: Option<usize>,
    ) {
        let side = classes.len() + 1;
        let mut matrix = vec![0.0; side * side];
        matrix[gold.unwrap_or(classes.len()) * side + guess.unwrap_or(classes.len())] = 1.0;
        if let Entry::Classes(_, counts) = self.entry(post, || Entry::Classes(classes, Counts::new())) {
            add(counts, post.unit, &matrix);
        }
    }

    /// Notes with which probability something was said, and whether it was right.
    pub fn calibration(&mut self, post: Post<'_>, probability: f64, right: bool) {
        if let Entry::Calibration(said) = self.entry(post, || Entry::Calibration(Vec::new())) {
            said.push((post.unit, probability, right));
        }
    }

    /// The same, noted for the answers of its kind too.
    pub fn calibration_of(&mut self, post: Post<'_>, kind: &str, probability: f64, right: bool) {
        self.calibration(post, probability, right);
        let name = format!("{}, {kind}", post.name);
        let entry = self.entry(Post { name: &name, ..post }, || Entry::CalibrationOfKind(Vec::new()));
        if let Entry::CalibrationOfKind(said) = entry {
            said.push((post.unit, probability, right));
        }
    }

    /// Notes what was taken for what.
    pub fn confuse(&mut self, about: &'static str, gold: &str, guess: &str) {
        *self.confusions.entry((about, gold.to_owned(), guess.to_owned())).or_default() += 1;
    }

    /// Says how many units there are; those without any count are resampled too.
    pub fn units(&mut self, units: usize) {
        self.units = units;
    }

    /// The report over everything that was written.
    #[must_use]
    pub fn report(self, format: String) -> Report {
        let resampler = Resampler::new(self.units);
        let reliability = self
            .sections
            .values()
            .flatten()
            .filter_map(|(name, entry)| match entry {
                Entry::Calibration(said) | Entry::CalibrationOfKind(said) => {
                    Some(Reliability { name: name.clone(), bins: reliability(said.clone()) })
                }
                _ => None,
            })
            .collect();
        let sections = self.sections.into_iter().map(|(name, entries)| {
            let rows = entries.into_iter().flat_map(|(name, entry)| entry.rows(&name, &resampler)).collect();
            Section { name, rows }
        });
        let mut confusions: Vec<Confusion> = self
            .confusions
            .into_iter()
            .map(|((about, gold, guess), count)| Confusion { about: about.to_owned(), gold, guess, count })
            .collect();
        confusions.sort_by(|one, other| (&one.about, other.count).cmp(&(&other.about, one.count)));
        Report { format, units: self.units, sections: sections.collect(), confusions, reliability }
    }

    fn entry(&mut self, post: Post<'_>, new: impl FnOnce() -> Entry) -> &mut Entry {
        let section = self.sections.entry(post.section.to_owned()).or_default();
        section.entry(post.name.to_owned()).or_insert_with(new)
    }
}

impl Entry {
    fn rows(self, name: &str, resampler: &Resampler) -> Vec<Row> {
        let is_share = matches!(self, Self::Share(_));
        let row = |suffix: &str, measure: Measure, counts: &Counts| {
            let total = total(counts);
            let units = counts.iter().map(|(unit, counts)| (*unit, counts.as_slice()));
            Row {
                name: format!("{name}{suffix}"),
                value: measure.value(&total),
                interval: resampler.interval(measure, &units),
                n: measure.size(&total),
                right: is_share.then(|| total[0] as usize),
            }
        };
        match self {
            Self::Share(counts) | Self::Mean(counts) => vec![row("", Measure::Share, &counts)],
            Self::Overlap(counts) => vec![
                row(": precision", Measure::Precision, &counts),
                row(": recall", Measure::Recall, &counts),
                row(": F1", Measure::F1, &counts),
            ],
            Self::Classes(labels, counts) => {
                let classes = labels.len();
                let mut rows = vec![
                    row(": macro F1", Measure::MacroF1 { classes }, &counts),
                    row(": accuracy", Measure::Accuracy { classes }, &counts),
                ];
                rows.extend(labels.iter().enumerate().map(|(class, label)| {
                    row(&format!(": F1 of {label}"), Measure::ClassF1 { classes, class }, &counts)
                }));
                rows
            }
            Self::CalibrationOfKind(said) => vec![row("", Measure::CalibrationError, &binned(said))],
            Self::Calibration(said) => {
                let surest = |percent: usize| {
                    let kept = surest(&said, percent);
                    row(&format!(": right of the surest {percent}%"), Measure::Share, &kept)
                };
                let mut rows: Vec<Row> = COVERAGES.into_iter().map(surest).collect();
                rows.insert(0, row("", Measure::CalibrationError, &binned(said)));
                rows
            }
        }
    }
}

fn add(counts: &mut Counts, unit: usize, more: &[f64]) {
    let sums = counts.entry(unit).or_insert_with(|| vec![0.0; more.len()]);
    for (sum, count) in sums.iter_mut().zip(more) {
        *sum += count;
    }
}

fn total(counts: &Counts) -> Vec<f64> {
    let width = counts.values().next().map_or(0, Vec::len);
    let mut total = vec![0.0; width];
    for counts in counts.values() {
        for (sum, count) in total.iter_mut().zip(counts) {
            *sum += count;
        }
    }
    total
}

/// The share that is right when only the surest answers are given: one point of a risk-coverage curve (El-Yaniv and
/// Wiener, 2010).
fn surest(said: &[(usize, f64, bool)], percent: usize) -> Counts {
    let mut sorted: Vec<&(usize, f64, bool)> = said.iter().collect();
    sorted.sort_by(|one, other| other.1.total_cmp(&one.1));
    let mut counts = Counts::new();
    for (unit, _, right) in sorted.iter().take((said.len() * percent).div_ceil(100)) {
        add(&mut counts, *unit, &[f64::from(u8::from(*right)), 1.0]);
    }
    counts
}

/// Answers of like probability, in bins of equal size.
fn reliability(mut said: Vec<(usize, f64, bool)>) -> Vec<Bin> {
    said.sort_by(|one, other| one.1.total_cmp(&other.1));
    let size = said.len().div_ceil(RELIABILITY_BINS).max(1);
    said.chunks(size)
        .map(|bin| Bin {
            said: bin.iter().map(|answer| answer.1).sum::<f64>() / bin.len() as f64,
            right: bin.iter().filter(|answer| answer.2).count() as f64 / bin.len() as f64,
            n: bin.len(),
        })
        .collect()
}

/// Sorts what was said by its probability and cuts it into bins of equal size.
fn binned(mut said: Vec<(usize, f64, bool)>) -> Counts {
    said.sort_by(|one, other| one.1.total_cmp(&other.1));
    let mut counts = Counts::new();
    for (rank, &(unit, probability, right)) in said.iter().enumerate() {
        let mut bins = [0.0; 3 * BINS];
        let bin = 3 * (rank * BINS / said.len());
        bins[bin] = 1.0;
        bins[bin + 1] = f64::from(u8::from(right));
        bins[bin + 2] = probability;
        add(&mut counts, unit, &bins);
    }
    counts
}

#[cfg(test)]
mod tests {
    use super::*;

    const POST: Post<'static> = Post { section: "things", name: "found", unit: 0 };

    #[test]
    fn shares_add_up_over_units() {
        let mut ledger = Ledger::default();
        ledger.units(2);
        ledger.shares(POST, 2, 3);
        ledger.share(Post { unit: 1, ..POST }, true);
        let report = ledger.report("gold".to_owned());
        let row = report.row("things", "found").unwrap();
        assert_eq!((row.value, row.right, row.n), (Some(0.75), Some(3), 4));
        assert!(row.interval.unwrap().low < 0.75);
    }

    #[test]
    fn a_well_calibrated_guess_has_no_error() {
        let mut ledger = Ledger::default();
        for step in 0..100 {
            ledger.calibration(POST, if step < 50 { 0.4 } else { 0.8 }, step % 10 < if step < 50 { 4 } else { 8 });
        }
        ledger.units(1);
        let report = ledger.report(String::new());
        assert!(report.row("things", "found").unwrap().value.unwrap() < 1e-9);
    }

    #[test]
    fn overconfidence_is_measured() {
        let mut ledger = Ledger::default();
        for step in 0..40 {
            ledger.calibration(POST, 0.9, step % 2 == 0);
        }
        let report = ledger.report(String::new());
        assert!((report.row("things", "found").unwrap().value.unwrap() - 0.4).abs() < 1e-9);
        let bin = report.reliability[0].bins[0];
        assert_eq!((bin.right, bin.n), (1.0, 1));
        assert!((bin.said - 0.9).abs() < 1e-9);
    }

    #[test]
    fn the_surest_answers_are_counted_apart() {
        let mut ledger = Ledger::default();
        for step in 0..10 {
            ledger.calibration(POST, f64::from(step) / 10.0, step >= 4);
        }
        ledger.units(1);
        let report = ledger.report(String::new());
        let right = |name: &str| report.row("things", name).unwrap().value.unwrap();
        assert!((right("found: right of the surest 100%") - 0.6).abs() < 1e-9);
        assert!((right("found: right of the surest 60%") - 1.0).abs() < 1e-9);
    }

    #[test]
    fn answers_of_a_kind_have_an_error_and_bins_of_their_own() {
        let mut ledger = Ledger::default();
        ledger.calibration_of(POST, "round", 0.9, true);
        ledger.calibration_of(POST, "square", 0.5, false);
        let report = ledger.report(String::new());
        let error = report.row("things", "found, square").unwrap();
        assert!((error.value.unwrap() - 0.5).abs() < 1e-9 && error.n == 1);
        let names: Vec<&str> = report.reliability.iter().map(|one| one.name.as_str()).collect();
        assert_eq!(names, ["found", "found, round", "found, square"]);
    }

    #[test]
    fn classes_are_reported_one_by_one() {
        let mut ledger = Ledger::default();
        ledger.class(POST, &["yes", "no"], Some(0), Some(0));
        ledger.class(POST, &["yes", "no"], Some(1), None);
        let report = ledger.report(String::new());
        assert_eq!(report.row("things", "found: F1 of yes").unwrap().value, Some(1.0));
        assert_eq!(report.row("things", "found: F1 of no").unwrap().value, Some(0.0));
        assert_eq!(report.row("things", "found: macro F1").unwrap().value, Some(0.5));
    }

    #[test]
    fn the_most_frequent_confusions_come_first() {
        let mut ledger = Ledger::default();
        ledger.confuse("stance", "favor", "neutral");
        ledger.confuse("stance", "against", "neutral");
        ledger.confuse("stance", "against", "neutral");
        let confusions = ledger.report(String::new()).confusions;
        assert_eq!((confusions[0].gold.as_str(), confusions[0].count), ("against", 2));
    }
}
