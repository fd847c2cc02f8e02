//! [`Engine`]: what `annotate` needs of the pipeline, so that all around it can be tested without a model.
use std::path::PathBuf;
use std::sync::atomic::AtomicBool;

use anyhow::Context;
use ascribe::annotation::{Annotation, Tool};
use ascribe::article::Article;
use ascribe::model::ModelFolder;
use ascribe::pipeline::store::Failure;
use ascribe::pipeline::{self, Annotator, AnnotatorSettings, RunSettings};
use ascribe::speaker::registry::Registry;

use super::home::Resources;

/// How to set an engine up.
#[derive(Clone, Debug)]
pub struct EngineSettings {
    /// Model folder and registry file.
    pub resources: Resources,
    /// Threads that annotate at the same time.
    pub workers: usize,
    /// Speakers below this probability are left out.
    pub min_confidence: f32,
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
    fn run(self: Box<Self>, articles: ArticleStream<'_>, stop: &AtomicBool, sink: Sink<'_>);
}

/// The engine that ships: the networks of a model folder.
struct Networks {
    tool: Tool,
    annotators: Vec<Annotator>,
}

/// Loads the networks and the registry.
pub fn open(settings: &EngineSettings) -> anyhow::Result<Box<dyn Engine>> {
    let registry: PathBuf = settings.resources.registry.clone();
    let toml = std::fs::read_to_string(&registry)
        .with_context(|| format!("opening the registry {}", registry.display()))?;
    let registry = Registry::from_toml(&toml).with_context(|| format!("opening the registry {}", registry.display()))?;
    let folder = ModelFolder::open(&settings.resources.model)?;
    let wanted = AnnotatorSettings { min_confidence: settings.min_confidence, without: Vec::new() };
    let resources = pipeline::Resources::open(folder, registry, wanted)?;
    let tool = resources.tool().clone();
    let annotators = Annotator::load(resources, settings.workers)?;
    Ok(Box::new(Networks { tool, annotators }))
}

impl Engine for Networks {
    fn tool(&self) -> &Tool {
        &self.tool
    }

    fn run(self: Box<Self>, articles: ArticleStream<'_>, stop: &AtomicBool, sink: Sink<'_>) {
        pipeline::run(self.annotators, articles, RunSettings::default(), stop, |outcome| {
            sink(outcome.result.map_err(|error| Failure::new(outcome.article.path, &error)))
        });
    }
}
