//! `ascribe schema`: the format of annotations, for programs that read them.
use std::io::Write;

use ascribe::annotation::json_schema;

use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Example:
  ascribe schema > annotation.schema.json";

/// Print the JSON Schema of annotations
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {}

pub fn run(Args {}: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    ui.out().write_all(json_schema().as_bytes())?;
    Ok(Outcome::Done)
}
