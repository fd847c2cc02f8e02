//! `ascribe dashboard`: annotations as a page and a feed.
use std::io::{BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};
use ascribe::annotation::{annotation_files, annotations};
use ascribe::dashboard::{Collector, Labels, feed_schema};
use ascribe::pipeline::store::Place;
use ascribe::pipeline::store::{publish, temporary};
use ascribe::review::{Corrections, journal_path};
use ascribe::speaker::registry::Registry;
use tempfile::NamedTempFile;

use crate::cli::home::Surroundings;
use crate::cli::progress::counted;
use crate::cli::ui::sentence;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe dashboard out --out stance.html
  ascribe dashboard out --out stance.html --feed feed.json
  ascribe dashboard january.jsonl february.jsonl --out winter.html --title \"The winter\"
  ascribe dashboard --feed-schema > feed.schema.json

The page is one file that works without a network. Figures are explained in it
and in docs/aggregation.md. Verdicts of `ascribe review` count at once.

Exit status: 0 all done, 1 some annotations could not be read (each is named),
2 could not run.";

/// Draw who stands where as one web page: speakers and parties, over time, down to each quotation
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotations, .json or .jsonl, and folders of them
    #[arg(value_name = "PATH", required_unless_present = "feed_schema")]
    paths: Vec<PathBuf>,
    /// The page to write
    #[arg(long, value_name = "FILE", required_unless_present = "feed_schema")]
    out: Option<PathBuf>,
    /// Write the figures as JSON too, for other dashboards
    #[arg(long, value_name = "FILE")]
    feed: Option<PathBuf>,
    /// The heading of the page
    #[arg(long, value_name = "TEXT", default_value = "", hide_default_value = true)]
    title: String,
    /// The registry that names the parties; without one they go by their ids
    #[arg(long, value_name = "FILE")]
    registry: Option<PathBuf>,
    /// Print the JSON Schema of the feed and end
    #[arg(long, exclusive = true)]
    feed_schema: bool,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    if args.feed_schema {
        ui.out().write_all(feed_schema().as_bytes())?;
        return Ok(Outcome::Done);
    }
    let page = args.out.as_deref().map(Output::create).transpose()?;
    let feed = args.feed.as_deref().map(Output::create).transpose()?;
    let labels = labels(args)?;
    let mut inputs = Vec::new();
    for path in &args.paths {
        inputs.push((annotation_files(path)?, verdicts(path, ui)?));
    }
    let mut collector = Collector::default();
    let mut failed = 0;
    let mut fail = |error| {
        failed += 1;
        ui.failed(&sentence(&error));
    };
    for (files, verdicts) in &inputs {
        for file in files {
            match annotations(file) {
                Ok(read) => read.for_each(|annotation| match annotation {
                    Ok(annotation) => collector.add(&verdicts.apply(annotation)),
                    Err(error) => fail(error),
                }),
                Err(error) => fail(error),
            }
        }
    }
    let dashboard = collector.finish(labels);
    let rows = dashboard.statements();
    if rows.articles.is_empty() {
        bail!("drawing a dashboard: none of the annotations could be read; correct them or annotate again");
    }
    let (articles, quotes) = (counted(rows.articles.len(), "article"), counted(rows.quotes.len(), "quotation"));
    if let Some(feed) = feed {
        feed.publish(|out| dashboard.feed().write(out))?;
    }
    if let Some(page) = page {
        let path = page.path.display().to_string();
        page.publish(|out| dashboard.write_page(out))?;
        ui.say(&format!("wrote {path}: {articles}, {quotes}"));
    }
    Ok(if failed > 0 { Outcome::SomeFailed } else { Outcome::Done })
}

/// What reviewers said about the annotations at a path: they need not have been annotated again since.
fn verdicts(path: &Path, ui: &Ui) -> anyhow::Result<Corrections> {
    let place = if path.is_dir() { Place::Folder(path.to_owned()) } else { Place::File(path.to_owned()) };
    let journal = journal_path(&place);
    let (corrections, faults) = Corrections::read(&journal)?;
    for fault in faults {
        ui.failed(&format!("verdicts of {}: {fault}", journal.display()));
    }
    Ok(corrections)
}

/// The names of the parties: by the registry that was given, else by the one that is at hand, else none.
fn labels(args: &Args) -> anyhow::Result<Labels> {
    let read = |path: &Path| -> anyhow::Result<Registry> {
        let toml = std::fs::read_to_string(path)
            .with_context(|| format!("opening the registry {}; name one with --registry", path.display()))?;
        Registry::from_toml(&toml).with_context(|| format!("reading the registry {}", path.display()))
    };
    let registry = match &args.registry {
        Some(path) => Some(read(path)?),
        None => Surroundings::of_process().resources(None, None).ok().and_then(|home| read(&home.registry).ok()),
    };
    let unnamed = Labels { title: args.title.clone(), ..Labels::default() };
    Ok(registry.map_or(unnamed, |registry| Labels::of(&registry, args.title.clone())))
}

/// A file that is written beside its place, which shows before the reading that it can be, and moved there when whole.
struct Output {
    path: PathBuf,
    file: NamedTempFile,
}

impl Output {
    fn create(path: &Path) -> anyhow::Result<Self> {
        if path.is_dir() {
            bail!("writing {}: it is a folder; name a file in it", path.display());
        }
        let file = temporary(path)
            .with_context(|| format!("writing {}: its folder must be there and take new files", path.display()))?;
        Ok(Self { path: path.to_owned(), file })
    }

    fn publish(self, write: impl FnOnce(&mut BufWriter<&NamedTempFile>) -> std::io::Result<()>) -> anyhow::Result<()> {
        let Self { path, file } = self;
        let mut out = BufWriter::new(&file);
        let written = write(&mut out).and_then(|()| out.flush());
        drop(out);
        written.and_then(|()| publish(file, &path)).with_context(|| format!("writing {}", path.display()))
    }
}
