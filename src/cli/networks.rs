//! The options that say which networks run, for the commands that run them.
use std::num::NonZeroUsize;
use std::path::PathBuf;

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

    /// Opens all but the weights.
    pub fn open(&self, settings: AnnotatorSettings) -> anyhow::Result<Resources> {
        let found = Surroundings::of_process().resources(self.model.as_deref(), self.registry.as_deref())?;
        open(&found, settings)
    }
}

/// One worker a core.
pub fn cores() -> usize {
    std::thread::available_parallelism().map_or(1, NonZeroUsize::get)
}

/// Opens the model folder and the registry that were found.
pub fn open(found: &home::Resources, settings: AnnotatorSettings) -> anyhow::Result<Resources> {
    let opening = || format!("opening the registry {}", found.registry.display());
    let toml = std::fs::read_to_string(&found.registry).with_context(opening)?;
    let registry = Registry::from_toml(&toml).with_context(opening)?;
    Ok(Resources::open(ModelFolder::open(&found.model)?, registry, settings)?)
}
