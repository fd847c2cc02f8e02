//! [`Report`]: the figures of one evaluation, as plain data. The command line prints it as a table, `--json` writes it.
use serde::{Deserialize, Serialize};

/// All figures of one evaluation.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// The format of the gold, as `--as` names it.
    pub format: String,
    /// Number of articles, documents or sentences that were scored.
    pub units: usize,
    /// The figures, by what they are about.
    pub sections: Vec<Section>,
    /// What was taken for what, the most frequent first.
    pub confusions: Vec<Confusion>,
    /// How often what was said with which probability was right: what curves of calibration are fitted to.
    #[serde(default)]
    pub reliability: Vec<Reliability>,
}

/// How often one sort of answer was right, by the probability that was said.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Reliability {
    /// The sort of answer: `speaker`, `span`.
    pub name: String,
    /// Answers of like probability, the least sure first, as many in each.
    pub bins: Vec<Bin>,
}

/// Answers of like probability.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Bin {
    /// The mean of their probabilities.
    pub said: f64,
    /// The share that was right.
    pub right: f64,
    /// How many there are.
    pub n: usize,
}

/// Figures that belong together.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Section {
    /// What they are about.
    pub name: String,
    /// The figures.
    pub rows: Vec<Row>,
}

/// One figure.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Row {
    /// What is measured.
    pub name: String,
    /// The figure, from 0 to 1; nothing where there was nothing to measure.
    pub value: Option<f64>,
    /// Where the figure lies in 95 of 100 resamples of the units; nothing with fewer than two units.
    pub interval: Option<Interval>,
    /// How many things were measured: what the figure is a share of, or the gold's part of an F1.
    pub n: usize,
    /// How many of them are right, for a plain share.
    pub right: Option<usize>,
}

/// A 95% interval.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Interval {
    /// The lower end.
    pub low: f64,
    /// The upper end.
    pub high: f64,
}

/// Something taken for something else.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Confusion {
    /// What it is about: `speaker`, `stance`, `kind`.
    pub about: String,
    /// What the gold says.
    pub gold: String,
    /// What was said instead.
    pub guess: String,
    /// How often.
    pub count: usize,
}

impl Report {
    /// The row of a name in the section of a name.
    #[must_use]
    pub fn row(&self, section: &str, name: &str) -> Option<&Row> {
        let section = self.sections.iter().find(|candidate| candidate.name == section)?;
        section.rows.iter().find(|row| row.name == name)
    }
}
