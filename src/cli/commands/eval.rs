//! `ascribe eval`: how good the annotations are, against gold.
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::Context;
use ascribe::eval::{
    GoldFormat, Interval, Networks, Predictions, Report, Row, Section, Subjects, Swap, Task, evaluate,
};
use ascribe::pipeline::{Annotator, AnnotatorSettings, Part};
use ascribe::stance::reference::PartyFinder;
use clap::ValueEnum;
use comfy_table::Table;

use crate::cli::home::Surroundings;
use crate::cli::networks::{self, NetworkArgs};
use crate::cli::table::bare;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe eval corpus/gold/dev                           the model against our own gold
  ascribe eval corpus/gold/dev --against out             annotations that were made before
  ascribe eval polnear/data/dev --json polnear.json      PolNeAR, the figures also as JSON
  ascribe eval diplomacy/dev.jsonl --articles articles.jsonl
  ascribe eval corpus/gold/dev --without registry        what the registry contributes
  ascribe eval corpus/stance --part test --swap          does swapping the parties swap the stances?
  ascribe eval diplomacy/dev.jsonl --articles articles.jsonl --swap

GOLD is annotations (.json, .jsonl, or a folder of them), PolNeAR's folder with attributions and text,
labelled quotations (.jsonl), the stance bank (fillers.toml beside bank), directed sentiment (valid.txt beside train.txt), NewsMTSC (.jsonl), GUM
(.conllu) or GAP (.tsv). Figures are from 0 to 1, with 95% intervals over 1,000 resamples of the articles
(of the rows or sentences where a set has no articles).";

/// How many of the most frequent confusions are printed; `--json` has all.
const CONFUSIONS: usize = 12;

/// Score the model, or annotations made before, against gold
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The gold, a file or a folder
    #[arg(value_name = "GOLD")]
    gold: PathBuf,
    /// Score these annotations instead of running the model; they are found by the text of the article
    #[arg(long, value_name = "PREDICTIONS")]
    against: Option<PathBuf>,
    /// The format of the gold [default: by the look of it]
    #[arg(long = "as", value_name = "FORMAT", value_parser = clap::builder::PossibleValuesParser::new(GoldFormat::ALL.map(GoldFormat::word)))]
    format: Option<String>,
    /// The part of the stance bank to score [default: dev]
    #[arg(long, value_name = "PART", value_parser = ["train", "dev", "test"])]
    part: Option<String>,
    /// Swap the parties and compare the stances with those before: the quotations of the stance bank are filled with
    /// five other sets of parties, their own in each other's place among them, and with five other speakers; in labelled
    /// quotations the parties named around them are exchanged five times, and this alone is scored
    #[arg(long, conflicts_with = "against")]
    swap: bool,
    /// The parties that take each other's place in labelled quotations [default: stance/fillers.toml beside the registry]
    #[arg(long, value_name = "FILE", requires = "swap")]
    fillers: Option<PathBuf>,
    /// The articles that labelled quotations refer to, one JSON record a line
    #[arg(long, value_name = "FILE")]
    articles: Option<PathBuf>,
    /// Score only the first N articles, documents or rows
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    limit: Option<u32>,
    /// Write the figures as JSON, too; `-` writes them to standard output in place of the table
    #[arg(long, value_name = "FILE")]
    json: Option<PathBuf>,
    /// Leave out a part of the program, to see what it contributes; can be given several times
    #[arg(long, value_name = "PART", conflicts_with = "against")]
    without: Vec<PartWord>,
    #[command(flatten)]
    networks: NetworkArgs,
}

/// The parts that can be left out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum PartWord {
    /// The repair of quotation marks
    Repair,
    /// Known speakers and offices
    Registry,
    /// The model that tells speech: all marked text is speech, and nothing else
    #[value(alias = "model")]
    Tagger,
    /// The model that links quotes to sources: the nearest source speaks
    Link,
    /// The model that tells for whom a pronoun stands: the nearest name before it
    Antecedent,
    /// The words around a quotation, which the stance model reads: the quotation alone
    Context,
    /// The marks around speaker and party for the stance model: it reads the party's first word
    Marking,
    /// A speaker's other quotations of the article, with which a stance is weighed: each is read for itself
    Pooling,
}

impl From<PartWord> for Part {
    fn from(word: PartWord) -> Self {
        match word {
            PartWord::Repair => Self::Repair,
            PartWord::Registry => Self::Registry,
            PartWord::Tagger => Self::Tagger,
            PartWord::Link => Self::Link,
            PartWord::Antecedent => Self::Antecedent,
            PartWord::Context => Self::Context,
            PartWord::Marking => Self::Marking,
            PartWord::Pooling => Self::Pooling,
        }
    }
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let to_stdout = args.json.as_deref().is_some_and(|path| path == Path::new("-"));
    let json = match &args.json {
        Some(path) if !to_stdout => {
            Some(File::create(path).with_context(|| format!("creating {} for the figures", path.display()))?)
        }
        _ => None,
    };
    let exchange = args.swap.then(|| Exchange::open(args)).transpose()?;
    let task = Task {
        gold: &args.gold,
        format: args.format.as_deref().map(str::parse).transpose()?,
        articles: args.articles.as_deref(),
        limit: args.limit.map_or(usize::MAX, |limit| limit as usize),
        part: args.part.as_deref().map(str::parse).transpose()?,
        swap: exchange.as_ref().map(|Exchange { fillers, parties }| Swap { fillers, parties }),
    };
    let report = if let Some(predictions) = &args.against {
        let predictions = Predictions::open(predictions)?;
        evaluate(&task, Subjects { annotate: Some(&predictions), ..Subjects::default() })?
    } else {
        let networks = open_networks(args)?;
        let subjects = Subjects { annotate: Some(&networks), judge: Some(&networks), resolve: Some(&networks) };
        evaluate(&task, subjects)?
    };
    if let Some(mut file) = json {
        write_json(&report, &mut file).context("writing the figures")?;
    }
    if to_stdout {
        write_json(&report, &mut ui.out())?;
    } else {
        print(&report, &mut ui.out())?;
    }
    Ok(Outcome::Done)
}

/// What swapping parties takes.
struct Exchange {
    fillers: PathBuf,
    parties: PartyFinder,
}

impl Exchange {
    fn open(args: &Args) -> anyhow::Result<Self> {
        let registry = args.networks.find(&Surroundings::of_process())?.registry;
        let fillers = args.fillers.clone().unwrap_or_else(|| registry.with_file_name("stance").join("fillers.toml"));
        Ok(Self { fillers, parties: PartyFinder::new(networks::registry(&registry)?.into())? })
    }
}

/// The networks that are judged.
fn open_networks(args: &Args) -> anyhow::Result<Networks> {
    let without = args.without.iter().copied().map(Part::from).collect();
    let resources = args.networks.open(AnnotatorSettings { without, ..AnnotatorSettings::default() })?;
    Ok(Networks::new(Annotator::load(resources, args.networks.workers())?))
}

fn write_json(report: &Report, out: &mut impl Write) -> anyhow::Result<()> {
    serde_json::to_writer_pretty(&mut *out, report)?;
    writeln!(out)?;
    Ok(())
}

fn print(report: &Report, out: &mut impl Write) -> std::io::Result<()> {
    writeln!(out, "{}: {} scored", report.format, report.units)?;
    for section in &report.sections {
        writeln!(out, "\n{}\n{}", section.name, table(section))?;
    }
    if !report.confusions.is_empty() {
        let mut table = bare(["", "gold", "said", "times"]);
        for confusion in report.confusions.iter().take(CONFUSIONS) {
            table.add_row([&confusion.about, &confusion.gold, &confusion.guess, &confusion.count.to_string()]);
        }
        writeln!(out, "\nconfusions\n{table}")?;
    }
    Ok(())
}

fn table(section: &Section) -> Table {
    let mut table = bare(["", "figure", "95% interval", "of"]);
    for row in &section.rows {
        table.add_row([row.name.clone(), figure(row), interval(row.interval), row.n.to_string()]);
    }
    table
}

fn figure(row: &Row) -> String {
    match (row.value, row.right) {
        (None, _) => "–".to_owned(),
        (Some(value), None) => format!("{value:.3}"),
        (Some(value), Some(right)) => format!("{right}/{} {value:.3}", row.n),
    }
}

fn interval(interval: Option<Interval>) -> String {
    interval.map_or_else(String::new, |interval| format!("{:.3}–{:.3}", interval.low, interval.high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_report_is_printed_section_by_section() {
        let row = |name: &str, value, right| Row {
            name: name.to_owned(),
            value,
            interval: Some(Interval { low: 0.5, high: 1.0 }),
            n: 4,
            right,
        };
        let rows =
            vec![row("found", Some(0.75), Some(3)), row("by character: F1", Some(0.9), None), row("none", None, None)];
        let report = Report {
            format: "gold".to_owned(),
            units: 2,
            sections: vec![Section { name: "quotes".to_owned(), rows }],
            confusions: Vec::new(),
            reliability: Vec::new(),
        };
        let mut out = Vec::new();
        print(&report, &mut out).unwrap();
        let printed = String::from_utf8(out).unwrap();
        let lines: Vec<String> =
            printed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        assert_eq!(lines[..3], ["gold: 2 scored", "", "quotes"]);
        assert_eq!(
            lines[4..],
            ["found 3/4 0.750 0.500–1.000 4", "by character: F1 0.900 0.500–1.000 4", "none – 0.500–1.000 4"]
        );
    }

    #[test]
    fn json_reads_back() {
        let report = Report { format: "gap".to_owned(), units: 1, ..Report::default() };
        let mut out = Vec::new();
        write_json(&report, &mut out).unwrap();
        assert_eq!(serde_json::from_slice::<Report>(&out).unwrap(), report);
    }
}
