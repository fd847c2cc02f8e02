//! The options that say which networks run, for the commands that run them.
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use ascribe::model::ModelFolder;
use ascribe::pipeline::{AnnotatorSettings, Resources};
use ascribe::speaker::registry::Registry;

use super::home::{self, Surroundings};

/// Model, registry and workers.
#[derive(Clone, Debug, Default, clap::Args)]
pub struct NetworkArgs {
    /// The model folder [default: the one that came with the program]
    #[arg(long, value_name = "DIR")]
    model: Option<PathBuf>,
    /// The registry of parties and speakers [default: the one that came with the program]
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
    /// Articles annotated at the same time [default: one a processor core]
    #[arg(long, short, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=512))]
    workers: Option<u16>,
}

impl NetworkArgs {
    /// How many workers are wanted.
    pub fn workers(&self) -> usize {
        self.workers.map_or_else(cores, usize::from)
    }

    /// Where model and registry are.
    pub fn find(&self) -> anyhow::Result<home::Resources> {
        Surroundings::of_process().resources(self.model.as_deref(), self.registry.as_deref())
    }

    /// Opens all but the weights.
    pub fn open(&self, settings: AnnotatorSettings) -> anyhow::Result<Resources> {
        open(&self.find()?, settings)
    }
}

/// Opens a registry.
pub fn registry(path: &Path) -> anyhow::Result<Registry> {
    let opening = || format!("opening the registry {}", path.display());
    let toml = std::fs::read_to_string(path).with_context(opening)?;
    Registry::from_toml(&toml).with_context(opening)
}

/// One worker a core.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Opens the model folder and the registry that were found.
pub fn open(found: &home::Resources, settings: AnnotatorSettings) -> anyhow::Result<Resources> {
    let registry = registry(&found.registry)?;
    Ok(Resources::open(ModelFolder::open(&found.model)?, registry, settings)?)
}
