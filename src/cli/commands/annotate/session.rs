//! [`Session`]: one run of `annotate`, from the inputs to the summary.
use std::sync::{Mutex, PoisonError};

use anyhow::Context;
use ascribe::article::{Article, ArticleError, Format, Input, read_all};
use ascribe::pipeline::store::{Failure, Store, StoreError};
use ascribe::review::{Corrections, journal_path};

use super::settings::{Destination, Settings};
use crate::cli::engine::Engine;
use crate::cli::interrupt::Interrupt;
use crate::cli::progress::{Progress, counted};
use crate::cli::{Outcome, Ui};

/// What a run needs besides an engine.
pub struct Session<'a> {
    pub settings: &'a Settings,
    pub inputs: &'a [Input],
    pub ui: &'a Ui,
    pub interrupt: Interrupt,
}

impl Session<'_> {
    /// Annotates the inputs. Articles are read on one thread, annotated on others and stored on this one.
    pub fn run(self, engine: Box<dyn Engine>) -> anyhow::Result<Outcome> {
        let corrections = self.corrections()?;
        let mut store = self.open_store(engine.as_ref())?;
        let done = store.done();
        let progress = Progress::new(self.ui, self.known_total());
        let failures = Mutex::new(Vec::new());
        let reviewed = Mutex::new(Vec::new());
        let fail = |failure: Failure| {
            progress.failed(&failure);
            failures.lock().unwrap_or_else(PoisonError::into_inner).push(failure);
        };
        let wanted = |read: Result<Article, ArticleError>| match read {
            Ok(article) if done.holds(&article) => {
                progress.skipped();
                if corrections.concern(&article.sha256) {
                    reviewed.lock().unwrap_or_else(PoisonError::into_inner).push(article.path);
                }
                None
            }
            Ok(article) => Some(article),
            Err(error) => {
                fail(Failure::from(&error));
                None
            }
        };
        let articles = read_all(self.inputs, &self.settings.read).filter_map(wanted);

        let mut broken = None;
        let ran = engine.run(Box::new(articles), self.interrupt.stop(), &mut |result| {
            let corrected = result.map(|annotation| corrections.apply(annotation));
            let stored = corrected.and_then(|annotation| match store.put(&annotation) {
                Ok(()) => Ok(annotation.quotes.len()),
                Err(error) if error.concerns_one_article() => Err(Failure::new(annotation.article.path, &error)),
                Err(error) => {
                    broken = Some(error);
                    Ok(0)
                }
            });
            match stored {
                _ if broken.is_some() => return false,
                Ok(quotes) => progress.annotated(quotes),
                Err(failure) => fail(failure),
            }
            true
        });

        // Verdicts that were given after the article was annotated need no network.
        let mut revised = 0;
        for article in reviewed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            match store.revise(&article, |stored| corrections.apply(stored)) {
                Ok(changed) => revised += usize::from(changed),
                Err(error) => broken = broken.or(Some(error)),
            }
        }
        if revised > 0 {
            self.ui.say(&format!("put verdicts of the review into {}", counted(revised, "earlier annotation")));
        }
        let mut failures = failures.into_inner().unwrap_or_else(PoisonError::into_inner);
        failures.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
        for failure in failures {
            store.fail(failure);
        }
        let finished = store.finish(ran.is_ok() && broken.is_none() && !self.interrupt.came());
        ran?;
        self.conclude(&progress, broken, finished)
    }

    /// What reviewers said about earlier annotations at this place.
    fn corrections(&self) -> anyhow::Result<Corrections> {
        let Destination::Place(place) = &self.settings.destination else { return Ok(Corrections::default()) };
        let path = journal_path(place);
        let (corrections, faults) = Corrections::read(&path)?;
        for fault in faults {
            self.ui.failed(&format!("verdicts of {}: {fault}", path.display()));
        }
        Ok(corrections)
    }

    fn open_store(&self, engine: &dyn Engine) -> Result<Store, StoreError> {
        match &self.settings.destination {
            Destination::Place(place) => Store::open(place, engine.tool(), self.settings.force),
            Destination::StandardOutput => Ok(Store::to_writer(Box::new(std::io::stdout()))),
        }
    }

    /// The number of articles, where every input is one.
    fn known_total(&self) -> Option<usize> {
        let single = |input: &Input| input.format.is_some_and(|format| format != Format::Jsonl);
        self.inputs.iter().all(single).then_some(self.inputs.len())
    }

    /// Says how it went and how to go on.
    fn conclude(
        &self,
        progress: &Progress,
        broken: Option<StoreError>,
        finished: Result<(), StoreError>,
    ) -> anyhow::Result<Outcome> {
        let summary = progress.summary();
        if let Some(error) = broken {
            if !error.is_broken_pipe() {
                self.ui.say(&summary);
            }
            return Err(error.into());
        }
        finished.context("ending the run")?;
        self.ui.say(&summary);
        if self.interrupt.came() {
            let force = if self.settings.force { " without --force" } else { "" };
            self.ui.say(&format!("stopped; the same command{force} goes on from here"));
            return Ok(Outcome::Stopped);
        }
        if !progress.any_failed() {
            return Ok(Outcome::Done);
        }
        if let Destination::Place(place) = &self.settings.destination {
            self.ui.say(&format!("the failures are listed in {}", place.failures().display()));
        }
        Ok(Outcome::SomeFailed)
    }
}
