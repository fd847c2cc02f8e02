//! The commands, one file each: what can be typed after its name (`Args`) and what it does (`run`).
//!
//! A new command is a file with these two, a line in [`Command`] and a line in [`Command::run`].
mod annotate;
mod bench;
mod completions;
mod dashboard;
mod eval;
mod export;
mod man;
mod review;
mod schema;
mod show;
mod stance;
mod verify;

use clap::Subcommand;

use super::{Outcome, Ui};

/// Every command.
#[allow(clippy::large_enum_variant, reason = "there is one in a run")]
#[derive(Debug, Subcommand)]
pub enum Command {
    Annotate(annotate::Args),
    Show(show::Args),
    Stance(stance::Args),
    Review(review::Args),
    Export(export::Args),
    Dashboard(dashboard::Args),
    Verify(verify::Args),
    Schema(schema::Args),
    Bench(bench::Args),
    Eval(eval::Args),
    Completions(completions::Args),
    Man(man::Args),
}

impl Command {
    /// Runs the command that was typed.
    pub fn run(self, ui: &Ui) -> anyhow::Result<Outcome> {
        match self {
            Self::Annotate(args) => annotate::run(&args, ui),
            Self::Show(args) => show::run(&args, ui),
            Self::Stance(args) => stance::run(&args, ui),
            Self::Review(args) => review::run(&args, ui),
            Self::Export(args) => export::run(&args, ui),
            Self::Dashboard(args) => dashboard::run(&args, ui),
            Self::Verify(args) => verify::run(&args, ui),
            Self::Schema(args) => schema::run(&args, ui),
            Self::Bench(args) => bench::run(&args, ui),
            Self::Eval(args) => eval::run(&args, ui),
            Self::Completions(args) => completions::run(&args, ui),
            Self::Man(args) => man::run(&args, ui),
        }
    }
}
