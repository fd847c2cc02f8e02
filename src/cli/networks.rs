//! The options that say which networks run, for the commands that run them.
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};

use anyhow::Context;
use ascribe::model::{ModelFolder, Precision};
use ascribe::pipeline::{AnnotatorSettings, Resources};
use ascribe::speaker::registry::Registry;

use super::home::{self, Surroundings};

/// The numbers in which the networks calculate.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum PrecisionChoice {
    /// What is fastest on this processor
    #[default]
    Auto,
    /// 32 bits
    Single,
    /// 16 bits, fast on processors with matrix units for them
    Bfloat16,
}

impl From<PrecisionChoice> for Precision {
    fn from(choice: PrecisionChoice) -> Self {
        match choice {
            PrecisionChoice::Auto => Self::fastest(),
            PrecisionChoice::Single => Self::Single,
            PrecisionChoice::Bfloat16 => Self::Bfloat16,
        }
    }
}

/// Model, registry, workers and precision.
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
    /// The numbers in which the networks calculate
    #[arg(long, value_enum, value_name = "KIND", default_value_t = PrecisionChoice::Auto)]
    precision: PrecisionChoice,
}

impl NetworkArgs {
    /// How many workers are wanted.
    pub fn workers(&self) -> usize {
        let cores = || std::thread::available_parallelism().map_or(1, NonZeroUsize::get);
        self.workers.map_or_else(cores, usize::from)
    }

    /// Where model and registry are.
    pub fn find(&self, surroundings: &Surroundings) -> anyhow::Result<home::Resources> {
        surroundings.resources(self.model.as_deref(), self.registry.as_deref())
    }

    /// The numbers in which the networks shall calculate.
    pub fn precision(&self) -> Precision {
        self.precision.into()
    }

    /// Opens all but the weights; the precision is the one of these arguments.
    pub fn open(&self, settings: AnnotatorSettings) -> anyhow::Result<Resources> {
        open(&self.find(&Surroundings::of_process())?, AnnotatorSettings { precision: self.precision(), ..settings })
    }
}

/// Opens a registry.
pub fn registry(path: &Path) -> anyhow::Result<Registry> {
    let opening = || format!("opening the registry {}", path.display());
    let toml = std::fs::read_to_string(path).with_context(opening)?;
    Registry::from_toml(&toml).with_context(opening)
}

/// Opens the model folder and the registry that were found.
pub fn open(found: &home::Resources, settings: AnnotatorSettings) -> anyhow::Result<Resources> {
    let registry = registry(&found.registry)?;
    Ok(Resources::open(ModelFolder::open(&found.model)?, registry, settings)?)
}
