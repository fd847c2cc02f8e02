//! `ascribe stance`: the stance network on anybody's pairs of holder and target.
use std::fs::File;
use std::io::{self, BufRead, BufReader, Write};
use std::path::{Path, PathBuf};

use anyhow::Context;
use ascribe::pipeline::{Annotator, AnnotatorSettings, Pair};
use ascribe::stance::PairQuestion;

use crate::cli::networks::NetworkArgs;
use crate::cli::progress::counted;
use crate::cli::ui::sentence;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe stance --pairs pairs.jsonl > answers.jsonl
  head -1 pairs.jsonl | ascribe stance --pairs -

A line asks   {\"id\": 1, \"text\": \"Ada Quill thanked Norland.\", \"holder\": {\"start\": 0, \"end\": 9},
               \"target\": {\"start\": 18, \"end\": 25}}
and a line answers
              {\"id\": 1, \"stance\": \"favor\", \"probabilities\": {...}, \"evidence\": [...]}
in the same order. Offsets are code points, half-open. \"holder\" is null for the author; \"quote\" (start and end)
says which part of the text the holder's words are, else all of it is. A bad line is named on standard error by its
number and gives no answer.

Exit status: 0 all answered, 1 some lines were bad, 2 could not run.";

/// Lines that are answered together.
const CHUNK: usize = 256;

/// Tag the stance of a holder toward a target, for pairs given one a line
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// The pairs, one JSON object a line; `-` is standard input
    #[arg(long, value_name = "FILE")]
    pairs: PathBuf,
    #[command(flatten)]
    networks: NetworkArgs,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let reading = || format!("reading pairs from {}", args.pairs.display());
    let source: Box<dyn BufRead> = if args.pairs == Path::new("-") {
        Box::new(io::stdin().lock())
    } else {
        Box::new(BufReader::new(File::open(&args.pairs).with_context(reading)?))
    };
    let mut annotators = Annotator::load(args.networks.open(AnnotatorSettings::default())?, args.networks.workers())?;
    let mut out = ui.out();
    let (mut bad, mut chunk) = (0, Vec::with_capacity(CHUNK));
    for (number, line) in (1_usize..).zip(source.split(b'\n')) {
        let line = line.with_context(reading)?;
        if line.trim_ascii().is_empty() {
            continue;
        }
        match Pair::of_line(&String::from_utf8_lossy(&line)) {
            Ok(pair) => chunk.push(pair),
            Err(error) => {
                bad += 1;
                ui.failed(&format!("{} line {number}: {}", args.pairs.display(), sentence(&error)));
            }
        }
        if chunk.len() == CHUNK {
            answer(&mut annotators, &chunk, &mut out)?;
            chunk.clear();
        }
    }
    answer(&mut annotators, &chunk, &mut out)?;
    if bad > 0 {
        ui.say(&format!("{} got no answer", counted(bad, "line")));
        return Ok(Outcome::SomeFailed);
    }
    Ok(Outcome::Done)
}

/// Answers a chunk, a share of it on each annotator, and writes the answers in order.
fn answer(annotators: &mut [Annotator], pairs: &[Pair], out: &mut impl Write) -> anyhow::Result<()> {
    let share = pairs.len().div_ceil(annotators.len()).max(1);
    let answers = std::thread::scope(|scope| {
        let shares: Vec<_> = pairs
            .chunks(share)
            .zip(annotators.iter_mut())
            .map(|(pairs, annotator)| {
                scope.spawn(move || annotator.judge(&pairs.iter().map(Pair::question).collect::<Vec<PairQuestion>>()))
            })
            .collect();
        shares.into_iter().map(|share| share.join().expect("a panic ends the program")).collect::<Result<Vec<_>, _>>()
    })?;
    for (pair, scores) in pairs.iter().zip(answers.into_iter().flatten()) {
        serde_json::to_writer(&mut *out, &pair.answer(scores))?;
        writeln!(out)?;
    }
    Ok(out.flush()?)
}
