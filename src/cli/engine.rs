//! [`Engine`]: what `annotate` needs of the pipeline, so that all around it can be tested without a model.
use std::sync::atomic::AtomicBool;

use ascribe::annotation::{Annotation, Tool};
use ascribe::article::Article;
use ascribe::model::Precision;
use ascribe::pipeline::store::Failure;
use ascribe::pipeline::{self, Annotator, AnnotatorSettings, RunSettings};

use super::home::Resources;
use super::networks;

/// How to set an engine up.
#[derive(Clone, Debug)]
pub struct EngineSettings {
    /// Model folder and registry file.
    pub resources: Resources,
    /// Threads that annotate at the same time.
    pub workers: usize,
    /// Speakers below this probability are left out.
    pub min_confidence: f32,
    /// The numbers in which the networks calculate.
    pub precision: Precision,
}

/// The articles of a run, read on another thread.
pub type ArticleStream<'a> = Box<dyn Iterator<Item = Article> + Send + 'a>;
/// What became of an article, and whether to go on, asked for each.
pub type Sink<'a> = &'a mut dyn FnMut(Result<Annotation, Failure>) -> bool;

/// Annotates a stream of articles.
pub trait Engine {
    /// What the annotations will say made them.
    fn tool(&self) -> &Tool;
    /// Annotates articles until they end, `stop` is set, or the sink wants no more. Articles in hand are finished.
    fn run(self: Box<Self>, articles: ArticleStream<'_>, stop: &AtomicBool, sink: Sink<'_>) -> anyhow::Result<()>;
}

/// The engine that ships: the networks of a model folder.
struct Networks {
    resources: pipeline::Resources,
    workers: usize,
}

/// Opens the model folder and the registry. The weights are loaded when there is an article to annotate, so that a
/// run in which all is done ends at once.
pub fn open(settings: &EngineSettings) -> anyhow::Result<Box<dyn Engine>> {
    let wanted = AnnotatorSettings {
        min_confidence: settings.min_confidence,
        precision: settings.precision,
        ..AnnotatorSettings::default()
    };
    let resources = networks::open(&settings.resources, wanted)?;
    Ok(Box::new(Networks { resources, workers: settings.workers }))
}

impl Engine for Networks {
    fn tool(&self) -> &Tool {
        self.resources.tool()
    }

    fn run(self: Box<Self>, articles: ArticleStream<'_>, stop: &AtomicBool, sink: Sink<'_>) -> anyhow::Result<()> {
        let mut articles = articles.peekable();
        if articles.peek().is_none() {
            return Ok(());
        }
        let annotators = Annotator::load(self.resources, self.workers)?;
        pipeline::run(annotators, articles, RunSettings::default(), stop, |outcome| {
            sink(outcome.result.map_err(|error| Failure::new(outcome.article.path, &error)))
        });
        Ok(())
    }
}
