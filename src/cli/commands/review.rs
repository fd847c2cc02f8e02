//! `ascribe review`: spot-checking on a local page, its report, and gold out of it.
mod report;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use anyhow::{Context, bail};
use ascribe::annotation::{Probability, QuoteKind};
use ascribe::pipeline::store::Place;
use ascribe::review::{
    Corrections, Design, Filter, Log, LogFault, Manner, Matcher, Population, Report, Server, Session, SessionSettings,
    Strata, Verdicts, journal_path, write_gold,
};
use clap::ValueEnum;

use crate::cli::progress::counted;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe review out                                 50 quotations at random
  ascribe review out --sample 100 --by stratified --strata confidence
  ascribe review out --by uncertain --below 0.7      the least sure first
  ascribe review out --speaker jeffrey --party turkey
  ascribe review out --article wire/a.txt            one article as a whole
  ascribe review out --report                        error rates, agreement
  ascribe review out --gold gold                     reviewed articles as gold

The page opens in the browser; Ctrl-C ends it. Every verdict is on the disk
before the page says so, in OUT/review.jsonl. The same command goes on where
it stopped; another --reviewer gets the same quotations. `ascribe annotate`
with the same --out keeps to the verdicts.

Exit status: 0 done, 1 with --gold: some articles were left out (each is
named), 2 could not run.";

/// Spot-check attributions on a local page
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotations: the folder or stream that `annotate` wrote
    #[arg(value_name = "OUT")]
    out: PathBuf,
    /// How many quotations to look at [default: 50; all of one --article]
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    sample: Option<u32>,
    /// Decides which; the same number draws the same
    #[arg(long, value_name = "S", default_value_t = 1)]
    seed: u64,
    /// How they are chosen [default: random; with --article: all]
    #[arg(long, value_enum)]
    by: Option<By>,
    /// What to draw the same number of each from
    #[arg(long, value_enum, default_value_t = StrataBy::Kind)]
    strata: StrataBy,
    /// Only of this speaker: an id, or a part of the name
    #[arg(long, value_name = "NAME")]
    speaker: Option<String>,
    /// Only those that refer to this party
    #[arg(long, value_name = "ID")]
    party: Option<String>,
    /// Only of this kind
    #[arg(long, value_enum)]
    kind: Option<Kind>,
    /// Only those of which some part is less probable than this
    #[arg(long, value_name = "P", value_parser = super::annotate::probability)]
    below: Option<f32>,
    /// Only of this article: its id or path
    #[arg(long, value_name = "ID")]
    article: Option<String>,
    /// Who reviews [default: the user's name]
    #[arg(long, value_name = "NAME")]
    reviewer: Option<String>,
    /// Do not open the browser
    #[arg(long)]
    no_open: bool,
    /// Print what the verdicts show instead of reviewing
    #[arg(long, conflicts_with = "gold")]
    report: bool,
    /// With --report: as JSON
    #[arg(long, requires = "report")]
    json: bool,
    /// Write articles of which every quotation was judged, put right, into this folder instead of reviewing
    #[arg(long, value_name = "DIR")]
    gold: Option<PathBuf>,
}

/// The ways of choosing.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum By {
    /// Each with the same chance; gives an error rate
    Random,
    /// The least sure first; gives none
    Uncertain,
    /// The same number of each of the --strata; gives an error rate
    Stratified,
    /// Everything, in the order of the text
    All,
}

/// What makes a stratum.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum StrataBy {
    Speaker,
    Party,
    Kind,
    Confidence,
}

/// The kinds of quotations.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Kind {
    Direct,
    Mixed,
    Indirect,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    if args.report {
        return print_report(args, ui);
    }
    if let Some(folder) = &args.gold {
        return gold(args, folder, ui);
    }
    let settings = SessionSettings {
        place: place(&args.out),
        design: args.design(),
        reviewer: args.reviewer.clone().map_or_else(user, Ok)?,
        clock: Box::new(|| jiff::Timestamp::now().strftime("%Y-%m-%dT%H:%M:%S%.3fZ").to_string()),
    };
    let (session, faults) = Session::open(settings)?;
    tell(&faults, &args.out, ui);
    let server = Server::bind(session, &token()?)?;
    writeln!(ui.out(), "{}", server.address())?;
    ui.say("the review page is at this address, for this machine alone; ctrl-c ends it");
    if !args.no_open {
        open(server.address());
    }
    server.run()?;
    Ok(Outcome::Done)
}

impl Args {
    /// What was asked for.
    fn design(&self) -> Design {
        let by = self.by.unwrap_or(if self.article.is_some() && self.sample.is_none() { By::All } else { By::Random });
        let manner = match by {
            By::Random => Manner::Random,
            By::Uncertain => Manner::Uncertain,
            By::Stratified => Manner::Stratified,
            By::All => Manner::All,
        };
        let strata = match self.strata {
            StrataBy::Speaker => Strata::Speaker,
            StrataBy::Party => Strata::Party,
            StrataBy::Kind => Strata::Kind,
            StrataBy::Confidence => Strata::Confidence,
        };
        let kind = self.kind.map(|kind| match kind {
            Kind::Direct => QuoteKind::Direct,
            Kind::Mixed => QuoteKind::Mixed,
            Kind::Indirect => QuoteKind::Indirect,
        });
        let sample = self.sample.map_or(50, |sample| sample as usize);
        Design {
            by: manner,
            strata: (by == By::Stratified).then_some(strata),
            sample: (by != By::All || self.sample.is_some()).then_some(sample),
            seed: self.seed,
            filter: Filter {
                speaker: self.speaker.clone(),
                party: self.party.clone(),
                kind,
                below: self.below.map(|below| Probability::new(f64::from(below))),
                article: self.article.clone(),
            },
        }
    }
}

fn print_report(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let path = journal_path(&place(&args.out));
    let log = Log::read(&path)?;
    tell(&log.faults, &path, ui);
    if log.entries.is_empty() {
        bail!("reading verdicts from {}: there are none; run `ascribe review` first", path.display());
    }
    let judged = Matcher::new(Verdicts::of(&log.entries).judgements());
    let report = Report::new(&log.entries, &Population::read(&args.out, &judged)?);
    let mut out = ui.out();
    if args.json {
        serde_json::to_writer_pretty(&mut out, &report)?;
        writeln!(out)?;
    } else {
        report::print(&report, &mut out)?;
    }
    Ok(Outcome::Done)
}

fn gold(args: &Args, folder: &Path, ui: &Ui) -> anyhow::Result<Outcome> {
    let path = journal_path(&place(&args.out));
    let (corrections, faults) = Corrections::read(&path)?;
    tell(&faults, &path, ui);
    let summary = write_gold(&args.out, folder, &corrections)?;
    for (article, open) in &summary.open {
        ui.say(&format!(
            "left out {article}: {} not judged or not put right; go on with --article {article}",
            counted(*open, "quotation")
        ));
    }
    ui.say(&format!("wrote {} to {}", counted(summary.written.len(), "article"), folder.display()));
    Ok(if summary.open.is_empty() { Outcome::Done } else { Outcome::SomeFailed })
}

/// The place that a folder or file of annotations is.
fn place(out: &Path) -> Place {
    if out.is_file() { Place::File(out.to_owned()) } else { Place::Folder(out.to_owned()) }
}

/// Names what was wrong with the file of verdicts.
fn tell(faults: &[LogFault], path: &Path, ui: &Ui) {
    for fault in faults {
        ui.failed(&format!("verdicts of {}: {fault}", path.display()));
    }
}

/// The user's name, as the system says.
fn user() -> anyhow::Result<String> {
    ["USER", "LOGNAME", "USERNAME"]
        .into_iter()
        .find_map(|name| std::env::var(name).ok().filter(|user| !user.trim().is_empty()))
        .context("naming the reviewer: the system does not say who you are; give --reviewer NAME")
}

/// A secret for the address of the page.
fn token() -> anyhow::Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).context("making a secret address: the system gives no random numbers")?;
    Ok(format!("{:032x}", u128::from_be_bytes(bytes)))
}

/// Opens an address in the browser. Where there is none, the printed address is there to be copied.
fn open(address: &str) {
    let program = if cfg!(target_os = "macos") { "open" } else { "xdg-open" };
    let mut command = Command::new(program);
    let _ = command.arg(address).stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null()).spawn();
}
