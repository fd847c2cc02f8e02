//! [`Session`]: one reviewer at work on one draw, with everything that the page shows and changes.
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::PathBuf;

use serde::Deserialize;
use thiserror::Error;

use super::ReviewError;
use super::correction::{Correction, CorrectionError, Part};
use super::draw::{Design, Draw, Drawn, Manner};
use super::entry::{Entry, Judgement, Mark};
use super::item::{ItemPlace, Population};
use super::journal::{Journal, Log, LogFault, journal_path};
use super::matching::Matcher;
use super::rates::{PartRate, rates};
use super::subject::{Key, Subject};
use super::verdicts::Verdicts;
use crate::annotation::{Annotation, Quote, Verdict};
use crate::pipeline::store::Place;

/// Tells the time of a verdict, as RFC 3339.
pub type Clock = Box<dyn Fn() -> String + Send>;

/// Who reviews what.
pub struct SessionSettings {
    /// Where the annotations are.
    pub place: Place,
    /// Which quotations are looked at.
    pub design: Design,
    /// Who looks.
    pub reviewer: String,
    /// What time it is.
    pub clock: Clock,
}

/// A reviewer at work.
pub struct Session {
    pub(super) reviewer: String,
    pub(super) draw: Draw,
    pub(super) tasks: Vec<Task>,
    pub(super) parties: BTreeSet<String>,
    /// Quotations of the draw that the annotations no longer have.
    pub(super) gone: usize,
    /// The annotations with a task, by their file and number.
    annotations: BTreeMap<(usize, usize), Annotation>,
    /// The tasks that this reviewer has judged or skipped, the last one last, to be taken back.
    history: Vec<usize>,
    clock: Clock,
    journal: Journal,
}

/// A quotation to look at.
pub(super) struct Task {
    place: ItemPlace,
    stratum: Option<usize>,
    /// What the reviewer said of it, the last word last.
    words: Vec<Entry>,
}

/// A verdict as the page sends it.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Posted {
    /// Wrong, and not put right.
    pub wrong: bool,
    /// What is wrong, if that can be told.
    pub parts: Vec<Part>,
    /// What is right instead.
    pub correction: Correction,
    /// In the reviewer's words.
    pub note: Option<String>,
}

/// Why a verdict was not taken.
#[derive(Debug, Error)]
pub enum JudgeError {
    /// No such quotation.
    #[error("judging quotation {0}: there is none with this number; load the page again")]
    NoTask(usize),
    /// The correction cannot be.
    #[error(transparent)]
    Correction(#[from] CorrectionError),
    /// The verdict cannot be kept.
    #[error(transparent)]
    Review(#[from] ReviewError),
}

impl Session {
    /// Draws quotations, or goes on with those that the same design drew before, and reads what was said of them.
    ///
    /// # Errors
    /// When the annotations or the verdicts cannot be read, or nothing is drawn.
    pub fn open(settings: SessionSettings) -> Result<(Self, Vec<LogFault>), ReviewError> {
        let SessionSettings { place, design, reviewer, clock } = settings;
        let path = journal_path(&place);
        let log = Log::read(&path)?;
        let verdicts = Verdicts::of(&log.entries);
        let out: PathBuf = match place {
            Place::Folder(folder) => folder,
            Place::File(file) => file,
        };
        let population = Population::read(&out, &Matcher::new(verdicts.judgements()))?;
        let before = log.entries.iter().rev().find_map(|entry| match entry {
            Entry::Draw(draw) if draw.design == design => Some(draw.clone()),
            _ => None,
        });
        let is_new = before.is_none();
        let (mut draw, chosen) = if let Some(draw) = before {
            let chosen = find(&population, &draw.items);
            (draw, chosen)
        } else {
            let (draw, chosen) = design.draw(&population.items);
            (draw, chosen.into_iter().map(Some).collect())
        };
        if chosen.iter().flatten().next().is_none() {
            return Err(ReviewError::NothingDrawn { population: population.items.len() });
        }
        let (mut journal, repaired) = Journal::open(&path)?;
        if is_new && draw.design.by != Manner::All {
            draw.time = clock();
            draw.reviewer.clone_from(&reviewer);
            journal.add(&Entry::Draw(draw.clone()))?;
        }
        let tasks = draw.items.iter().zip(&chosen).filter_map(|(drawn, item)| {
            Some(Task { place: population.items[(*item)?].place, stratum: drawn.stratum, words: Vec::new() })
        });
        let tasks: Vec<Task> = tasks.collect();
        let mut session = Self {
            annotations: population.annotations(tasks.iter().map(|task| task.place))?,
            parties: population.parties.clone(),
            gone: chosen.len() - tasks.len(),
            history: Vec::new(),
            reviewer,
            draw,
            tasks,
            clock,
            journal,
        };
        session.remember(&population, &chosen, &log.entries);
        Ok((session, repaired.faults))
    }

    /// Puts what this reviewer said before to the tasks, taken back or not, in its order.
    fn remember(&mut self, population: &Population, chosen: &[Option<usize>], entries: &[Entry]) {
        let tasks: HashMap<usize, usize> =
            chosen.iter().flatten().enumerate().map(|(task, item)| (*item, task)).collect();
        let keys: HashMap<&Key, usize> =
            tasks.iter().map(|(item, task)| (&population.items[*item].key, *task)).collect();
        for entry in entries {
            let Some(mark) = entry.mark() else { continue };
            let key = mark.subject.key();
            let moved = || population.judged.get(&key).and_then(|item| tasks.get(item)).copied();
            let Some(task) = keys.get(&key).copied().or_else(moved).filter(|_| mark.reviewer == self.reviewer) else {
                continue;
            };
            match entry {
                Entry::Undo(_) => self.unsaid(task),
                _ => self.said(task, entry.clone()),
            }
        }
    }

    fn said(&mut self, task: usize, said: Entry) {
        self.tasks[task].words.push(said);
        self.history.push(task);
    }

    fn unsaid(&mut self, task: usize) {
        self.tasks[task].words.pop();
        if let Some(at) = self.history.iter().rposition(|done| *done == task) {
            self.history.remove(at);
        }
    }

    /// Takes a verdict: it is right where nothing is said to be wrong.
    ///
    /// # Errors
    /// When there is no such quotation, the correction cannot be, or the verdict cannot be kept.
    pub fn judge(&mut self, task: usize, posted: Posted) -> Result<(), JudgeError> {
        let (annotation, quote) = self.quote(task).ok_or(JudgeError::NoTask(task))?;
        let subject = Subject::of(annotation, quote);
        let correction = posted.correction.checked(annotation, &subject.judged)?;
        let (verdict, wrong) = match (posted.wrong, correction.parts()) {
            (true, _) => (Verdict::Wrong, posted.parts),
            (false, parts) if parts.is_empty() => (Verdict::Right, parts),
            (false, parts) => (Verdict::Corrected, parts),
        };
        let correction = if posted.wrong { Correction::default() } else { correction };
        let mark = self.mark(subject, posted.note);
        self.say(task, Entry::Verdict(Judgement { mark, verdict, wrong, correction }))
    }

    /// Leaves a quotation for later.
    ///
    /// # Errors
    /// When there is no such quotation or it cannot be noted.
    pub fn skip(&mut self, task: usize, note: Option<String>) -> Result<(), JudgeError> {
        let (annotation, quote) = self.quote(task).ok_or(JudgeError::NoTask(task))?;
        self.say(task, Entry::Skip(self.mark(Subject::of(annotation, quote), note)))
    }

    /// Takes the last verdict or skip back and tells of which quotation.
    ///
    /// # Errors
    /// When that cannot be noted.
    pub fn undo(&mut self) -> Result<Option<usize>, JudgeError> {
        let Some(&task) = self.history.last() else { return Ok(None) };
        let Some(last) = self.tasks[task].said().and_then(Entry::mark) else { return Ok(None) };
        self.journal.add(&Entry::Undo(self.mark(last.subject.clone(), None)))?;
        self.unsaid(task);
        Ok(Some(task))
    }

    fn say(&mut self, task: usize, entry: Entry) -> Result<(), JudgeError> {
        self.journal.add(&entry)?;
        self.said(task, entry);
        Ok(())
    }

    fn mark(&self, subject: Subject, note: Option<String>) -> Mark {
        let note = note.map(|note| note.trim().to_owned()).filter(|note| !note.is_empty());
        Mark { time: (self.clock)(), reviewer: self.reviewer.clone(), subject, note }
    }

    /// The annotation and the quotation of a task.
    pub(super) fn quote(&self, task: usize) -> Option<(&Annotation, &Quote)> {
        let ItemPlace { file, number, quote } = self.tasks.get(task)?.place;
        let annotation = self.annotations.get(&(file, number))?;
        Some((annotation, annotation.quotes.get(quote)?))
    }

    /// How often what was judged so far is wrong, as the model left it.
    #[must_use]
    pub fn rates(&self) -> Vec<PartRate> {
        let judged = self.tasks.iter().filter_map(|task| Some((task.stratum, task.said()?.judgement()?)));
        let judged: Vec<_> = judged.filter(|(_, judgement)| !judgement.mark.subject.reviewed).collect();
        rates(&self.draw, &judged)
    }
}

impl Task {
    /// The reviewer's last word.
    pub(super) fn said(&self) -> Option<&Entry> {
        self.words.last()
    }
}

/// Where drawn quotations stand among the items now.
fn find(population: &Population, drawn: &[Drawn]) -> Vec<Option<usize>> {
    let items = population.items.iter().enumerate().map(|(at, item)| (&item.key, at));
    let keys: HashMap<&Key, usize> = items.collect();
    drawn.iter().map(|drawn| keys.get(&drawn.key).or_else(|| population.judged.get(&drawn.key)).copied()).collect()
}
