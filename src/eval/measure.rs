//! [`Measure`]: from counts that can be added up over articles to a figure.
//!
//! Everything is kept as counts an article, since figures of articles cannot be averaged into a figure of the whole,
//! and since a bootstrap over articles then is a weighted sum.

/// How a vector of counts becomes a figure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Measure {
    /// `[right, all]`: right of all.
    Share,
    /// `[shared, predicted, gold]`: shared of predicted.
    Precision,
    /// `[shared, predicted, gold]`: shared of gold.
    Recall,
    /// `[shared, predicted, gold]`: the harmonic mean of both.
    F1,
    /// A square matrix, gold by guess, with one side of `classes + 1`, whose last class is "none of these": F1 of a
    /// class.
    ClassF1 {
        /// Number of classes.
        classes: usize,
        /// Which of them.
        class: usize,
    },
    /// The same matrix: the mean F1 of all classes that gold or guess knows, without "none of these".
    MacroF1 {
        /// Number of classes.
        classes: usize,
    },
    /// The same matrix: the diagonal's part, of gold that is not "none of these".
    Accuracy {
        /// Number of classes.
        classes: usize,
    },
    /// `[count, right, sum of probabilities]` a bin: the mean distance of confidence from accuracy, by bin size.
    CalibrationError,
}

impl Measure {
    /// The figure; nothing where its denominator is 0.
    #[must_use]
    pub fn value(self, counts: &[f64]) -> Option<f64> {
        match self {
            Self::Share | Self::Precision => ratio(counts[0], counts[1]),
            Self::Recall => ratio(counts[0], counts[2]),
            Self::F1 => ratio(2.0 * counts[0], counts[1] + counts[2]),
            Self::ClassF1 { classes, class } => class_f1(counts, classes, class),
            Self::MacroF1 { classes } => {
                let known: Vec<f64> = (0..classes).filter_map(|class| class_f1(counts, classes, class)).collect();
                ratio(known.iter().sum(), known.len() as f64)
            }
            Self::Accuracy { classes } => {
                let right = (0..classes).map(|class| counts[class * (classes + 1) + class]).sum();
                ratio(right, counts[..classes * (classes + 1)].iter().sum())
            }
            Self::CalibrationError => {
                let distance: f64 = counts.chunks_exact(3).map(|bin| (bin[1] - bin[2]).abs()).sum();
                ratio(distance, counts.chunks_exact(3).map(|bin| bin[0]).sum())
            }
        }
    }

    /// How many things the figure was measured on.
    #[must_use]
    pub fn size(self, counts: &[f64]) -> usize {
        let size: f64 = match self {
            Self::Share | Self::Precision => counts[1],
            Self::Recall | Self::F1 => counts[2],
            Self::ClassF1 { classes, class } => counts[class * (classes + 1)..][..=classes].iter().sum(),
            Self::MacroF1 { classes } | Self::Accuracy { classes } => counts[..classes * (classes + 1)].iter().sum(),
            Self::CalibrationError => counts.chunks_exact(3).map(|bin| bin[0]).sum(),
        };
        size as usize
    }
}

fn ratio(part: f64, whole: f64) -> Option<f64> {
    (whole > 0.0).then(|| part / whole)
}

fn class_f1(counts: &[f64], classes: usize, class: usize) -> Option<f64> {
    let side = classes + 1;
    let gold: f64 = counts[class * side..][..side].iter().sum();
    let guessed: f64 = (0..side).map(|row| counts[row * side + class]).sum();
    ratio(2.0 * counts[class * side + class], gold + guessed)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(value: Option<f64>, expected: f64) {
        assert!((value.unwrap() - expected).abs() < 1e-9, "{value:?} is not {expected}");
    }

    #[test]
    fn overlap_gives_precision_recall_and_their_mean() {
        let counts = [6.0, 8.0, 12.0];
        close(Measure::Precision.value(&counts), 0.75);
        close(Measure::Recall.value(&counts), 0.5);
        close(Measure::F1.value(&counts), 0.6);
        assert_eq!(Measure::F1.size(&counts), 12);
        assert_eq!(Measure::Precision.value(&[0.0, 0.0, 3.0]), None);
    }

    #[test]
    fn a_matrix_gives_f1_by_class_and_on_average() {
        // Two classes and "none of these": a missed one of class 0, a false alarm of class 1.
        let counts = [3.0, 0.0, 1.0, 0.0, 2.0, 0.0, 0.0, 2.0, 0.0];
        close(Measure::ClassF1 { classes: 2, class: 0 }.value(&counts), 6.0 / 7.0);
        close(Measure::ClassF1 { classes: 2, class: 1 }.value(&counts), 4.0 / 6.0);
        close(Measure::MacroF1 { classes: 2 }.value(&counts), f64::midpoint(6.0 / 7.0, 4.0 / 6.0));
        close(Measure::Accuracy { classes: 2 }.value(&counts), 5.0 / 6.0);
        assert_eq!(Measure::ClassF1 { classes: 2, class: 0 }.size(&counts), 4);
    }

    #[test]
    fn calibration_error_weighs_bins_by_size() {
        // Ten at .9 of which eight are right, thirty at .5 of which fifteen are right.
        close(Measure::CalibrationError.value(&[10.0, 8.0, 9.0, 30.0, 15.0, 15.0]), 1.0 / 40.0);
    }
}
