//! `ascribe man`: the manual pages.
use std::io::Write;
use std::path::PathBuf;

use anyhow::Context;
use clap::CommandFactory;
use clap_mangen::Man;

use crate::cli::{Arguments, Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe man ~/.local/share/man/man1     write ascribe.1, ascribe-annotate.1 and so on
  ascribe man - | man -l -                read the first of them at once";

/// Write the manual pages into a folder
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The folder, made if need be; `-` prints the page of the program itself
    #[arg(value_name = "DIR")]
    folder: PathBuf,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    if args.folder.as_os_str() == "-" {
        let mut page = Vec::new();
        Man::new(Arguments::command()).render(&mut page)?;
        ui.out().write_all(&page)?;
        return Ok(Outcome::Done);
    }
    std::fs::create_dir_all(&args.folder)
        .and_then(|()| clap_mangen::generate_to(Arguments::command(), &args.folder))
        .with_context(|| {
        format!("writing manual pages to {}; choose a folder that you may write to", args.folder.display())
    })?;
    Ok(Outcome::Done)
}
