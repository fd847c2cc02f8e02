//! `ascribe export`: annotations in the forms that other programs read.
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, anyhow, bail};
use ascribe::annotation::{Annotation, FileError, QuoteKind, annotation_files, annotations};
use ascribe::export::{Export, ExportError, Format, Selection, Target};
use clap::builder::{PossibleValuesParser, TypedValueParser};

use crate::cli::interrupt::Interrupt;
use crate::cli::progress::counted;
use crate::cli::ui::sentence;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe export out --to rows.csv                 a spreadsheet
  ascribe export out --to stance.sqlite            a database; again, to update it
  ascribe export out --to rows.parquet             for pandas, DuckDB, Spark
  ascribe export out --to tasks.json               to correct in Label Studio
  ascribe export out --to brat/                    a folder for brat
  ascribe export out --to quotes.jsonld            W3C Web Annotations
  ascribe export out --to - --format jsonl --party russia | jq .quote

The form follows from the name of FILE:
  .csv                     flat rows, one a quotation and party; a text that a
                           spreadsheet would run begins with an apostrophe
  .jsonl .ndjson           the same rows as JSON, one a line
  .parquet                 the same rows by column
  .sqlite .sqlite3 .db     tables articles, entities, quotes, speakers, stances,
                           spans, reviews; views rows, speaker_counts,
                           speaker_stances, party_stances, daily_stances.
                           Articles that are there already are replaced, others
                           stay
  .json                    label-studio: tasks with predictions, offsets in
                           UTF-16 units
  .jsonld                  web-annotation: one a quotation, offsets in code
                           points
  a folder, or ending in / brat: .txt and .ann an article, and annotation.conf
Filters leave out quotations, not articles.

Exit status: 0 all done, 1 some annotations could not be read or exported (each
is named), 2 could not run, 130 stopped by Ctrl-C.";

/// Export annotations: CSV, JSON lines, SQLite, Parquet, Label Studio, brat, W3C Web Annotation
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotations, .json or .jsonl, and folders of them
    #[arg(value_name = "OUT", required = true)]
    paths: Vec<PathBuf>,
    /// Where to write; `-` is standard output
    #[arg(long, short, value_name = "FILE")]
    to: PathBuf,
    /// The form [default: by the name of FILE; csv on standard output]
    #[arg(long, value_parser = formats())]
    format: Option<Format>,
    /// Only quotations of this speaker, by name or id; can be given several times
    #[arg(long, value_name = "NAME")]
    speaker: Vec<String>,
    /// Only quotations that refer to this party, with their stance toward it; can be given several times
    #[arg(long, value_name = "ID")]
    party: Vec<String>,
    /// Only quotations of this kind; can be given several times
    #[arg(long, value_parser = kinds())]
    kind: Vec<QuoteKind>,
    /// Only quotations whose speakers are at least this probable
    #[arg(long, value_name = "P", default_value = "0", hide_default_value = true, value_parser = probability)]
    min_confidence: f64,
}

fn formats() -> impl TypedValueParser<Value = Format> {
    let words = PossibleValuesParser::new(Format::ALL.map(Format::word));
    words.map(|word| Format::of_word(&word).expect("only these words are let through"))
}

fn kinds() -> impl TypedValueParser<Value = QuoteKind> {
    const KINDS: [QuoteKind; 3] = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect];
    let words = PossibleValuesParser::new(KINDS.map(QuoteKind::word));
    words.map(|word| KINDS.into_iter().find(|kind| kind.word() == word).expect("only these words are let through"))
}

fn probability(typed: &str) -> Result<f64, String> {
    let number = typed.parse().map_err(|_| "it is no number".to_owned())?;
    if (0.0..=1.0).contains(&number) { Ok(number) } else { Err("a probability lies between 0 and 1".to_owned()) }
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let mut files = Vec::new();
    for path in &args.paths {
        files.extend(annotation_files(path)?);
    }
    let (format, target) = destination(args)?;
    let mut session = Session {
        ui,
        selection: Selection {
            speakers: args.speaker.clone(),
            parties: args.party.clone(),
            kinds: args.kind.clone(),
            min_confidence: args.min_confidence,
        },
        export: Export::begin(format, target)?,
        articles: 0,
        quotes: 0,
        failed: 0,
    };
    let interrupt = Interrupt::listen()?;
    for file in &files {
        match annotations(file) {
            Err(error) => session.fail(&error),
            Ok(annotations) => {
                for annotation in annotations {
                    if interrupt.came() {
                        ui.say("stopped before the end");
                        return Ok(Outcome::Stopped);
                    }
                    session.put(annotation)?;
                }
            }
        }
    }
    session.export.finish()?;
    let counts = format!("{} of {}", counted(session.quotes, "quotation"), counted(session.articles, "article"));
    ui.say(&format!("exported {counts} to {} as {}", args.to.display(), format.word()));
    if session.failed > 0 {
        ui.say(&format!("{} left out", counted(session.failed, "annotation")));
        return Ok(Outcome::SomeFailed);
    }
    Ok(Outcome::Done)
}

/// An export that runs.
struct Session<'a> {
    ui: &'a Ui,
    selection: Selection,
    export: Export,
    articles: usize,
    quotes: usize,
    failed: usize,
}

impl Session<'_> {
    fn put(&mut self, annotation: Result<Annotation, FileError>) -> Result<(), ExportError> {
        let mut annotation = match annotation {
            Ok(annotation) => annotation,
            Err(error) => {
                self.fail(&error);
                return Ok(());
            }
        };
        self.selection.select(&mut annotation);
        match self.export.put(&annotation) {
            Ok(()) => {
                self.articles += 1;
                self.quotes += annotation.quotes.len();
            }
            Err(error) if error.concerns_one_article() => self.fail(&error),
            Err(error) => return Err(error),
        }
        Ok(())
    }

    fn fail(&mut self, error: &dyn std::error::Error) {
        self.failed += 1;
        self.ui.failed(&sentence(error));
    }
}

/// The form and the place of the output, where no later run would take it for annotations.
fn destination(args: &Args) -> anyhow::Result<(Format, Target)> {
    let to = &args.to;
    if to.as_os_str() == "-" {
        return Ok((args.format.unwrap_or(Format::Csv), Target::Stream(Box::new(io::stdout()))));
    }
    let format = args.format.or_else(|| Format::of_path(to)).ok_or_else(|| {
        anyhow!("looking at the name of {}: it does not tell the form; add an extension or --format", to.display())
    })?;
    let file = absolute(to).with_context(|| format!("looking for the folder of {}", to.display()))?;
    let is_read = file.extension().is_some_and(|extension| extension == "json" || extension == "jsonl");
    for path in &args.paths {
        let read = fs::canonicalize(path).with_context(|| format!("looking at {}", path.display()))?;
        if file == read && read.is_file() || is_read && file.starts_with(&read) {
            bail!(
                "writing {} among the annotations in {}: it would be read as one of them; choose another folder",
                to.display(),
                path.display()
            );
        }
    }
    Ok((format, Target::Path(to.clone())))
}

/// Where a file would lie, links resolved as far as its path is there already.
fn absolute(file: &Path) -> io::Result<PathBuf> {
    let file = std::path::absolute(file)?;
    let there = file.ancestors().find_map(|part| Some((part, fs::canonicalize(part).ok()?)));
    Ok(match there {
        Some((part, resolved)) => match file.strip_prefix(part) {
            Ok(rest) if !rest.as_os_str().is_empty() => resolved.join(rest),
            _ => resolved,
        },
        None => file,
    })
}
