//! `ascribe show`: an annotation to read.
use std::io::{Read, Write};
use std::path::PathBuf;

use anyhow::{Context, bail};
use ascribe::annotation::{Annotation, annotations};
use ascribe::export::terminal;

use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe show out/a.txt.json
  ascribe show out/annotations.jsonl --id a        one article of a stream
  ascribe show --color always out/a.txt.json | less -R";

/// Print an annotated article with quotations, speakers and stances in colour
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// An annotation, .json or .jsonl; `-` is an annotation on standard input
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Show only the article with this id or path
    #[arg(long, value_name = "ID")]
    id: Option<String>,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let mut out = ui.out();
    let mut shown = 0;
    let mut show = |annotation: &Annotation| -> anyhow::Result<()> {
        let article = &annotation.article;
        if args.id.as_ref().is_none_or(|id| article.id == *id || article.path == *id) {
            if shown > 0 {
                writeln!(out)?;
            }
            out.write_all(terminal(annotation, ui.width()).as_bytes())?;
            shown += 1;
        }
        Ok(())
    };
    if args.file.as_os_str() == "-" {
        let mut bytes = Vec::new();
        std::io::stdin().read_to_end(&mut bytes).context("reading an annotation from standard input")?;
        show(&Annotation::from_json(&bytes).context("reading an annotation from standard input")?)?;
    } else {
        for annotation in annotations(&args.file)? {
            show(&annotation?)?;
        }
    }
    match &args.id {
        Some(id) if shown == 0 => {
            bail!("looking for {id:?} in {}: no article has this id or path", args.file.display())
        }
        _ => Ok(Outcome::Done),
    }
}
