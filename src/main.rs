//! The command line of `ascribe`: arguments become settings, a command runs, errors are printed here and nowhere else.
mod cli;

use std::process::ExitCode;

use clap::Parser;

use cli::{Arguments, Ui};

fn main() -> ExitCode {
    cli::prepare_allocator();
    let arguments = Arguments::parse();
    let ui = Ui::new(&arguments.global);
    match arguments.command.run(&ui) {
        Ok(outcome) => outcome.into(),
        Err(error) if cli::is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            ui.error(error.as_ref());
            ExitCode::from(2)
        }
    }
}
