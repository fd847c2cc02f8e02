//! The arguments of `annotate` made into what the run needs, once.
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::bail;
use ascribe::article::{Input, InputSettings, JsonKeys, ReadSettings, discover};
use ascribe::pipeline::store::{Place, StoreError};

use super::{Args, OutputFormat};
use crate::cli::engine::EngineSettings;
use crate::cli::home::Surroundings;

/// Where annotations go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Destination {
    /// A folder or file.
    Place(Place),
    /// Standard output, one annotation a line.
    StandardOutput,
}

/// A run of `annotate`.
#[derive(Clone, Debug)]
pub struct Settings {
    pub paths: Vec<PathBuf>,
    pub find: InputSettings,
    pub read: ReadSettings,
    pub destination: Destination,
    pub force: bool,
    pub engine: EngineSettings,
}

impl Settings {
    /// Checks the arguments against each other and finds what they leave open.
    pub fn new(args: &Args, surroundings: &Surroundings) -> anyhow::Result<Self> {
        let (destination, output) = destination(&args.out, args.format)?;
        Ok(Self {
            paths: args.paths.clone(),
            find: InputSettings { include: args.include.clone(), exclude: args.exclude.clone(), output, stdin: None },
            read: ReadSettings {
                keys: JsonKeys {
                    text: args.text_key.clone(),
                    id: args.id_key.clone(),
                    title: args.title_key.clone(),
                    date: args.date_key.clone(),
                    source: args.source_key.clone(),
                    url: None,
                },
                ..ReadSettings::default()
            },
            destination,
            force: args.force,
            engine: EngineSettings {
                resources: args.networks.find(surroundings)?,
                workers: args.networks.workers(),
                min_confidence: args.min_confidence,
                precision: args.networks.precision(),
            },
        })
    }

    /// The articles to read, without the outputs of an earlier run that lie among them.
    pub fn discover(&self) -> anyhow::Result<Vec<Input>> {
        let mut inputs = discover(&self.paths, &self.find)?;
        if let Destination::Place(place @ Place::File(stream)) = &self.destination {
            let own = [stream.clone(), place.failures()].map(|path| fs::canonicalize(path).ok());
            inputs.retain(|input| {
                let input = fs::canonicalize(&input.path).ok();
                input.is_none() || !own.contains(&input)
            });
            if inputs.is_empty() {
                bail!(
                    "looking for articles: there is only the output {} itself; choose another --out",
                    stream.display()
                );
            }
        }
        Ok(inputs)
    }

    /// Finds out whether the output can be written.
    pub fn prepare_output(&self) -> Result<(), StoreError> {
        match &self.destination {
            Destination::Place(place) => place.prepare(),
            Destination::StandardOutput => Ok(()),
        }
    }
}

/// The place that `--out` and `--format` mean, and the folder into which discovery must not descend.
fn destination(out: &Path, format: Option<OutputFormat>) -> anyhow::Result<(Destination, Option<PathBuf>)> {
    let is_stream = out.extension().is_some_and(|extension| extension == "jsonl");
    if out.as_os_str() == "-" {
        if format == Some(OutputFormat::Json) {
            bail!(
                "writing to standard output: one .json file an article needs a folder; use --format jsonl or name a folder"
            );
        }
        return Ok((Destination::StandardOutput, None));
    }
    let place = match format {
        None if is_stream => Place::File(out.to_owned()),
        Some(OutputFormat::Jsonl) if is_stream || out.is_file() => Place::File(out.to_owned()),
        Some(OutputFormat::Jsonl) => return Ok((Destination::Place(Place::stream_in(out)), Some(out.to_owned()))),
        None | Some(OutputFormat::Json) => {
            return Ok((Destination::Place(Place::Folder(out.to_owned())), Some(out.to_owned())));
        }
    };
    Ok((Destination::Place(place), None))
}
