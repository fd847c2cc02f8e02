//! How good it is: gold of several formats, what is judged, and figures with intervals.
//!
//! A figure that others shall believe needs gold that was not made for the program, so this reads the formats of public
//! corpora besides our own. The scorers know no model: they are given whoever answers ([`Subjects`]), a model or a
//! folder of predictions that were made before.
//!
//! ```no_run
//! use std::path::Path;
//! use ascribe::eval::{Predictions, Subjects, Task, evaluate};
//!
//! let predictions = Predictions::open(Path::new("out"))?;
//! let subjects = Subjects { annotate: Some(&predictions), ..Subjects::default() };
//! let report = evaluate(&Task::new(Path::new("corpus/gold/dev")), subjects)?;
//! let speakers = report.row("speakers", "right of all quotes");
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
mod anaphora;
mod attribution;
mod bootstrap;
mod error;
mod format;
mod gold;
mod ledger;
mod measure;
mod names;
mod networks;
mod pairs;
mod predictions;
mod region;
mod report;
mod score;
mod strings;
mod subject;
mod swap;
#[cfg(test)]
mod tests;

use std::path::Path;

pub use error::EvalError;
pub use format::{FormatWordError, GoldFormat};
pub use networks::Networks;
pub use predictions::Predictions;
pub use report::{Bin, Confusion, Interval, Reliability, Report, Row, Section};
pub use subject::{Annotate, JudgePairs, Pair, Question, Resolve, SubjectError, Subjects};
pub use swap::{BankPart, BankPartError, Swap};

use crate::article::Article;
use anaphora::{AnaphoraDocument, gap, gum};
use attribution::Attribution;
use gold::{GoldArticle, ascribe, diplomacy, polnear};
use ledger::Ledger;
use pairs::{directed, newsmtsc};
use swap::Fillers;

/// How many articles are annotated at once; the annotations of more need not be held.
const CHUNK: usize = 64;

/// What is to be scored.
#[derive(Clone, Copy, Debug)]
pub struct Task<'a> {
    /// The file or folder of gold.
    pub gold: &'a Path,
    /// Its format; told by looking if missing.
    pub format: Option<GoldFormat>,
    /// The file of articles that the gold refers to, where it does.
    pub articles: Option<&'a Path>,
    /// The first so many articles, rows or documents only.
    pub limit: usize,
    /// The part of the stance bank, where it is the gold; dev if missing.
    pub part: Option<BankPart>,
    /// Whether and how parties are swapped: the bank is scored with swapped parties too, labelled quotations only so.
    pub swap: Option<Swap<'a>>,
}

impl<'a> Task<'a> {
    /// All of the gold at a path, in whichever format it is.
    #[must_use]
    pub const fn new(gold: &'a Path) -> Self {
        Self { gold, format: None, articles: None, limit: usize::MAX, part: None, swap: None }
    }

    /// The format that is named, or else found.
    ///
    /// # Errors
    /// When none is named and none fits.
    pub fn format(&self) -> Result<GoldFormat, EvalError> {
        self.format.map_or_else(|| GoldFormat::of(self.gold), Ok)
    }
}

/// Reads gold, asks about all of it and scores the answers.
///
/// # Errors
/// When the gold cannot be read, none of the subjects can answer it, or one of them fails.
pub fn evaluate(task: &Task<'_>, subjects: Subjects<'_>) -> Result<Report, EvalError> {
    let format = task.format()?;
    if task.part.is_some() && format != GoldFormat::Bank {
        return Err(EvalError::Inapplicable { format, option: "--part", formats: "the stance bank" });
    }
    if task.swap.is_some() && !matches!(format, GoldFormat::Bank | GoldFormat::Diplomacy) {
        let formats = "the stance bank and labelled quotations";
        return Err(EvalError::Inapplicable { format, option: "--swap", formats });
    }
    let mut evaluation = Evaluation { task, subjects, format, ledger: Ledger::default() };
    match format {
        GoldFormat::Gold => evaluation.articles(&ascribe::read(task.gold, task.limit)?)?,
        GoldFormat::Polnear => evaluation.articles(&polnear::read(task.gold, task.limit)?)?,
        GoldFormat::Diplomacy => evaluation.quotations()?,
        GoldFormat::Bank => evaluation.slots()?,
        GoldFormat::Dse => evaluation.directed()?,
        GoldFormat::Newsmtsc => evaluation.targets()?,
        GoldFormat::Gum => evaluation.anaphora(&gum::read(task.gold, task.limit)?)?,
        GoldFormat::Gap => evaluation.anaphora(&gap::read(task.gold, task.limit)?)?,
    }
    Ok(evaluation.ledger.report(format.to_string()))
}

/// One evaluation while it runs.
struct Evaluation<'a> {
    task: &'a Task<'a>,
    subjects: Subjects<'a>,
    format: GoldFormat,
    ledger: Ledger,
}

impl<'a> Evaluation<'a> {
    fn articles(&mut self, gold: &[GoldArticle]) -> Result<(), EvalError> {
        self.count(gold.len())?;
        for (chunk, first) in gold.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
            let articles: Vec<Article> = chunk.iter().map(|gold| gold.article.clone()).collect();
            for (unit, (gold, guess)) in (first..).zip(chunk.iter().zip(self.annotate(&articles)?)) {
                score::score_article(&mut self.ledger, unit, gold, &guess);
            }
        }
        Ok(())
    }

    /// Labelled quotations, first end to end and then, where there is a judge, stance with the gold's spans.
    fn quotations(&mut self) -> Result<(), EvalError> {
        let labels = self.task.gold;
        let articles = self.task.articles.ok_or_else(|| EvalError::ArticlesNeeded { path: labels.to_owned() })?;
        let gold = diplomacy::read(labels, articles, self.task.limit)?;
        self.count(gold.len())?;
        if let Some(Swap { fillers, parties }) = self.task.swap {
            let (fillers, judge) = (Fillers::read(fillers)?, self.judge()?);
            return swap::score_quotations(&mut self.ledger, &gold, &fillers, parties, judge);
        }
        for (chunk, first) in gold.chunks(CHUNK).zip((0..).step_by(CHUNK)) {
            let articles: Vec<Article> = chunk.iter().map(|gold| gold.article.clone()).collect();
            for (unit, (gold, guess)) in (first..).zip(chunk.iter().zip(self.annotate(&articles)?)) {
                score::score_quotations(&mut self.ledger, unit, gold, &guess);
            }
        }
        match self.subjects.judge {
            Some(judge) => score::score_pairs(
                &mut self.ledger,
                "stances with the gold's spans, party inside",
                &diplomacy::explicit_pairs(&gold),
                judge,
            ),
            None => Ok(()),
        }
    }

    /// The slots of the stance bank, filled once and, for a swap, anew.
    fn slots(&mut self) -> Result<(), EvalError> {
        let (judge, folder) = (self.judge()?, self.task.gold);
        let fillers = Fillers::read(&folder.join("fillers.toml"))?;
        let entries = swap::read_bank(folder, self.task.part.unwrap_or_default(), self.task.limit, &fillers)?;
        self.count(entries.len())?;
        swap::score_slots(&mut self.ledger, &entries, &fillers, judge, self.task.swap.is_some())
    }

    fn directed(&mut self) -> Result<(), EvalError> {
        let judge = self.judge()?;
        let rows = directed::read(self.task.gold, self.task.limit)?;
        self.count(rows.len())?;
        let pairs: Vec<_> = rows.iter().enumerate().map(|(unit, row)| row.labelled(unit)).collect();
        score::score_pairs(&mut self.ledger, "direction of the label", &pairs, judge)?;
        score::score_directed(&mut self.ledger, &rows, judge)
    }

    fn targets(&mut self) -> Result<(), EvalError> {
        let judge = self.judge()?;
        let mut units = 0;
        for file in newsmtsc::files(self.task.gold) {
            let mut pairs = newsmtsc::read(&file, self.task.limit)?;
            let sentences = pairs.iter().map(|labelled| labelled.unit + 1).max().unwrap_or(0);
            for labelled in &mut pairs {
                labelled.unit += units;
            }
            units += sentences;
            let name = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
            score::score_pairs(&mut self.ledger, &name, &pairs, judge)?;
        }
        self.count(units)
    }

    fn anaphora(&mut self, documents: &[AnaphoraDocument]) -> Result<(), EvalError> {
        let resolve = self.subjects.resolve.ok_or(EvalError::Unanswerable { format: self.format })?;
        self.count(documents.len())?;
        score::score_anaphora(&mut self.ledger, documents, resolve)
    }

    fn judge(&self) -> Result<&'a dyn JudgePairs, EvalError> {
        self.subjects.judge.ok_or(EvalError::Unanswerable { format: self.format })
    }

    fn annotate(&self, articles: &[Article]) -> Result<Vec<Vec<Attribution>>, EvalError> {
        let subject = self.subjects.annotate.ok_or(EvalError::Unanswerable { format: self.format })?;
        let annotations = subject.annotate(articles).map_err(EvalError::Subject)?;
        if annotations.len() != articles.len() {
            return Err(EvalError::Answers { asked: articles.len(), answered: annotations.len() });
        }
        let pairs = articles.iter().zip(&annotations);
        pairs.map(|(article, annotation)| Attribution::all(annotation, &article.text)).collect()
    }

    fn count(&mut self, units: usize) -> Result<(), EvalError> {
        if units == 0 {
            return Err(EvalError::Nothing { path: self.task.gold.to_owned() });
        }
        self.ledger.units(units);
        Ok(())
    }
}
