//! `ascribe annotate`: the main job, a folder of articles end to end.
mod session;
mod settings;

use std::path::PathBuf;

use clap::ValueEnum;

use crate::cli::home::Surroundings;
use crate::cli::interrupt::Interrupt;
use crate::cli::networks::NetworkArgs;
use crate::cli::{Outcome, Ui, engine};
use session::Session;
use settings::Settings;

const EXAMPLES: &str = "\
Examples:
  ascribe annotate articles --out out
  ascribe annotate news.jsonl --out annotated.jsonl --text-key body
  ascribe annotate articles --out out --include '*.html' --exclude 'old/**'
  curl -s https://example.org/a.html | ascribe annotate - --out -

An article that is done is skipped, unless it, the program, the model, the
registry, --min-confidence or the precision changed: after Ctrl-C or a crash
the same command goes on where it stopped.

Exit status: 0 all done, 1 some articles failed (listed in failures.jsonl in
the output folder, in NAME.failures.jsonl beside a stream NAME.jsonl), 2 could
not run, 130 stopped by Ctrl-C.";

/// Annotate articles: find quotations, name speakers, tag stances
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Articles, .txt .md .html .json .jsonl, and folders of them; `-` is standard input
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// Where to write: a folder, a stream that ends in .jsonl, or `-` for standard output
    #[arg(long, short, value_name = "DIR")]
    out: PathBuf,
    /// One .json file an article, or one .jsonl stream of all [default: by the name of --out]
    #[arg(long, value_enum)]
    format: Option<OutputFormat>,
    /// Read only files like this one, *.html or 2020/**; can be given several times
    #[arg(long, value_name = "GLOB")]
    include: Vec<String>,
    /// Leave out files and folders like this one; can be given several times
    #[arg(long, value_name = "GLOB")]
    exclude: Vec<String>,
    /// The field of a JSON record with the text [default: text, body, content…]
    #[arg(long, value_name = "KEY")]
    text_key: Option<String>,
    /// The field with the id [default: id…]
    #[arg(long, value_name = "KEY")]
    id_key: Option<String>,
    /// The field with the date [default: date, published…]
    #[arg(long, value_name = "KEY")]
    date_key: Option<String>,
    /// The field with the title [default: title, headline…]
    #[arg(long, value_name = "KEY")]
    title_key: Option<String>,
    /// The field with the publisher [default: source, publisher…]
    #[arg(long, value_name = "KEY")]
    source_key: Option<String>,
    /// Go on with an earlier run: skip what is done (this is the default)
    #[arg(long, overrides_with = "force")]
    resume: bool,
    /// Annotate everything, done or not
    #[arg(long, overrides_with = "resume")]
    force: bool,
    /// Leave the speaker of a quotation empty below this probability
    #[arg(long, value_name = "P", default_value_t = 0.0, value_parser = probability)]
    min_confidence: f32,
    #[command(flatten)]
    networks: NetworkArgs,
}

/// The forms of output.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum OutputFormat {
    Json,
    Jsonl,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let settings = Settings::new(args, &Surroundings::of_process())?;
    let inputs = settings.discover()?;
    settings.prepare_output()?;
    let engine = engine::open(&settings.engine)?;
    Session { settings: &settings, inputs: &inputs, ui, interrupt: Interrupt::listen()? }.run(engine)
}

pub(super) fn probability(typed: &str) -> Result<f32, String> {
    typed
        .parse()
        .ok()
        .filter(|number| (0.0..=1.0).contains(number))
        .ok_or_else(|| "a probability lies between 0 and 1".to_owned())
}

#[cfg(test)]
mod tests;
