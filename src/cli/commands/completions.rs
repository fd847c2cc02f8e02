//! `ascribe completions`: what a shell needs to complete commands.
use std::io::Write;

use clap::CommandFactory;
use clap_complete::Shell;

use crate::cli::{Arguments, Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe completions bash > ~/.local/share/bash-completion/completions/ascribe
  ascribe completions zsh > ~/.zfunc/_ascribe
  ascribe completions fish > ~/.config/fish/completions/ascribe.fish";

/// Print the completions of a shell
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The shell
    #[arg(value_enum)]
    shell: Shell,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    // The generator stops with a panic where it cannot write, and a string can always be written.
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut Arguments::command(), "ascribe", &mut script);
    ui.out().write_all(&script)?;
    Ok(Outcome::Done)
}
