//! [`Session`]: one run of `annotate`, from the inputs to the summary.
use std::sync::Mutex;

use anyhow::Context;
use ascribe::article::{Article, ArticleError, Format, Input, read_all};
use ascribe::pipeline::store::{Failure, Store, StoreError};

use super::settings::{Destination, Settings};
use crate::cli::engine::Engine;
use crate::cli::interrupt::Interrupt;
use crate::cli::progress::Progress;
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
        let mut store = self.open_store(engine.as_ref())?;
        let done = store.done();
        let progress = Progress::new(self.ui, self.known_total());
        let failures = Mutex::new(Vec::new());
        let fail = |failure: Failure| {
            progress.failed(&failure);
            failures.lock().unwrap_or_else(std::sync::PoisonError::into_inner).push(failure);
        };
        let wanted = |read: Result<Article, ArticleError>| match read {
            Ok(article) if done.holds(&article) => {
                progress.skipped();
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
            let stored = result.and_then(|annotation| match store.put(&annotation) {
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

        let mut failures = failures.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
        failures.sort_by(|one, other| (&one.path, one.line).cmp(&(&other.path, other.line)));
        for failure in failures {
            store.fail(failure);
        }
        let finished = store.finish(ran.is_ok() && broken.is_none() && !self.interrupt.came());
        ran?;
        self.conclude(&progress, broken, finished)
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
