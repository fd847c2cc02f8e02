//! The commands, one file each: what can be typed after its name (`Args`) and what it does (`run`).
//!
//! A new command is a file with these two, a line in [`Command`] and a line in [`Command::run`].
mod annotate;
mod completions;
mod man;
mod schema;
mod show;
mod verify;

use clap::Subcommand;

use super::{Outcome, Ui};

/// Every command.
#[derive(Debug, Subcommand)]
pub enum Command {
    Annotate(annotate::Args),
    Show(show::Args),
    Verify(verify::Args),
    Schema(schema::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    /// Runs the command that was typed.
    pub fn run(self, ui: &Ui) -> anyhow::Result<Outcome> {
        match self {
            Self::Annotate(args) => annotate::run(&args, ui),
            Self::Show(args) => show::run(&args, ui),
            Self::Verify(args) => verify::run(&args, ui),
            Self::Schema(args) => schema::run(&args, ui),
            Self::Completions(args) => completions::run(&args, ui),
            Self::Man(args) => man::run(&args, ui),
        }
    }
}
