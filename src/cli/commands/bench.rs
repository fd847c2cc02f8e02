//! `ascribe bench`: how fast the networks and the whole way are on this machine.
use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use anyhow::Context;
use ascribe::article::{Article, InputSettings, ReadSettings, discover, read_all};
use ascribe::model::torch::{TorchModel, Yardstick};
use ascribe::model::{Model, ModelError, ModelFolder, NetworkInput, PairScorer, Pairs, StanceInput, TokenOutput};
use ascribe::pipeline::{Annotator, AnnotatorSettings, Resources, RunSettings, run as annotate_all};
use comfy_table::Table;
use ndarray::{Array1, Array2};

use crate::cli::networks::NetworkArgs;
use crate::cli::table::bare;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe bench corpus/articles             the shipped articles, over and over for ten seconds
  ascribe bench news.jsonl --seconds 60     a stream of your own

The peak is what a product of matrices in single precision reaches on all workers at once; the share is that of
the encoder's own multiplications in it.";

/// Tokens of a batch, as in a run.
const BATCH: usize = 2048;

/// Measure the speed of the networks and of the whole way
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Articles to run, as for `annotate`
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// How long each measurement takes, in seconds
    #[arg(long, value_name = "N", default_value_t = 10, value_parser = clap::value_parser!(u64).range(1..=3600))]
    seconds: u64,
    #[command(flatten)]
    networks: NetworkArgs,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let time = Duration::from_secs(args.seconds);
    let workers = args.networks.workers();
    let resources = Arc::new(args.networks.open(AnnotatorSettings::default())?);
    let articles = articles(args)?;
    let first = TorchModel::load(resources.folder(), resources.precision())?;
    let mut models: Vec<TorchModel> = (1..workers).map(|_| first.replica(resources.folder())).collect();
    models.push(first);

    let mut table = bare(["", "figure", "share"]);
    let (peak, _) = race((0..workers).map(|_| Yardstick::new()).collect(), time, Yardstick::multiply);
    table.add_row([format!("peak of {workers} workers, GFLOP/s"), format!("{:.0}", peak / 1e9), String::new()]);
    let size = EncoderSize::read(resources.folder())?;
    for length in [128, 256] {
        let input = NetworkInput { ids: vec![2000; length], types: vec![0; length] };
        let batch: Vec<&NetworkInput> = std::iter::repeat_n(&input, BATCH / length).collect();
        let (tokens, back) =
            race(models, time, |model| model.tokens(&batch).map_or(0.0, |outputs| (outputs.len() * length) as f64));
        models = back;
        table.add_row([
            format!("encoder in {}, windows of {length}, tokens/s", resources.precision()),
            format!("{tokens:.0}"),
            format!("{:.0}% of the peak", 100.0 * tokens * size.operations(length) / peak),
        ]);
    }
    whole_way(models, &resources, &articles, time, &mut table);
    writeln!(ui.out(), "{table}")?;
    Ok(Outcome::Done)
}

/// The articles, read once; those that cannot be read are left out.
fn articles(args: &Args) -> anyhow::Result<Vec<Article>> {
    let inputs = discover(&args.paths, &InputSettings::default())?;
    let articles: Vec<Article> = read_all(&inputs, &ReadSettings::default()).flatten().collect();
    (!articles.is_empty()).then_some(articles).context("looking for articles to run: none could be read; name others")
}

/// Units a second that all workers do together in `time`, and their states back; `unit` returns how many it did.
fn race<T: Send>(states: Vec<T>, time: Duration, unit: impl Fn(&T) -> f64 + Sync) -> (f64, Vec<T>) {
    let unit = &unit;
    let results: Vec<(f64, T)> = std::thread::scope(|scope| {
        let handles: Vec<_> = states
            .into_iter()
            .map(|state| {
                scope.spawn(move || {
                    unit(&state);
                    let (start, mut done) = (Instant::now(), 0.0);
                    while start.elapsed() < time {
                        done += unit(&state);
                    }
                    (done / start.elapsed().as_secs_f64(), state)
                })
            })
            .collect();
        handles.into_iter().filter_map(|handle| handle.join().ok()).collect()
    });
    let (rates, states): (Vec<f64>, Vec<T>) = results.into_iter().unzip();
    (rates.iter().sum(), states)
}

/// Runs the articles over and over, and says where the time went.
fn whole_way(
    models: Vec<TorchModel>,
    resources: &Arc<Resources>,
    articles: &[Article],
    time: Duration,
    table: &mut Table,
) {
    let workers = models.len();
    let spent = Arc::new(Spent::default());
    let annotators = models
        .into_iter()
        .map(|model| Annotator::with_model(Arc::clone(resources), Box::new(Timed { model, spent: Arc::clone(&spent) })))
        .collect();
    let (mut done, mut words) = (0_usize, 0_usize);
    let stop = AtomicBool::new(false);
    let start = Instant::now();
    annotate_all(annotators, articles.iter().cycle().cloned(), RunSettings::default(), &stop, |outcome| {
        done += 1;
        words += outcome.article.text.as_str().split_whitespace().count();
        // The articles in hand are finished and counted, so that time and work belong together.
        stop.store(start.elapsed() >= time, Ordering::Relaxed);
        true
    });
    let elapsed = start.elapsed().as_secs_f64();
    let mut row = |name: &str, figure: String, share: String| {
        table.add_row([name.to_owned(), figure, share]);
    };
    row("whole way, articles/s", format!("{:.2}", done as f64 / elapsed), String::new());
    row("whole way, words an article", format!("{:.0}", words as f64 / done.max(1) as f64), String::new());
    let all = elapsed * workers as f64;
    for (name, nanoseconds, tokens) in [
        ("attribution network, tokens an article", &spent.attribution, Some(&spent.attribution_tokens)),
        ("pair scorers", &spent.pairs, None),
        ("stance network, tokens an article", &spent.stance, Some(&spent.stance_tokens)),
    ] {
        let seconds = Duration::from_nanos(nanoseconds.load(Ordering::Relaxed)).as_secs_f64();
        let figure = tokens.map_or_else(String::new, |tokens| {
            format!("{:.0}", tokens.load(Ordering::Relaxed) as f64 / done.max(1) as f64)
        });
        row(name, figure, format!("{:.0}% of the time", 100.0 * seconds / all));
    }
}

/// Time and tokens of each network, over all workers.
#[derive(Default)]
struct Spent {
    attribution: AtomicU64,
    attribution_tokens: AtomicUsize,
    pairs: AtomicU64,
    stance: AtomicU64,
    stance_tokens: AtomicUsize,
}

/// A model that notes the time of each call.
struct Timed {
    model: TorchModel,
    spent: Arc<Spent>,
}

fn timed<T>(total: &AtomicU64, run: impl FnOnce() -> T) -> T {
    let start = Instant::now();
    let out = run();
    total.fetch_add(u64::try_from(start.elapsed().as_nanos()).unwrap_or(u64::MAX), Ordering::Relaxed);
    out
}

impl Model for Timed {
    fn tokens(&self, batch: &[&NetworkInput]) -> Result<Vec<TokenOutput>, ModelError> {
        let tokens = batch.iter().map(|input| input.ids.len()).sum();
        self.spent.attribution_tokens.fetch_add(tokens, Ordering::Relaxed);
        timed(&self.spent.attribution, || self.model.tokens(batch))
    }

    fn pairs(&self, scorer: PairScorer, pairs: &Pairs) -> Result<Array1<f32>, ModelError> {
        timed(&self.spent.pairs, || self.model.pairs(scorer, pairs))
    }

    fn stances(&self, batch: &[&StanceInput]) -> Result<Vec<Array2<f32>>, ModelError> {
        let tokens = batch.iter().map(|input| input.input.ids.len()).sum();
        self.spent.stance_tokens.fetch_add(tokens, Ordering::Relaxed);
        timed(&self.spent.stance, || self.model.stances(batch))
    }
}

/// What the encoder's multiplications depend on.
#[derive(serde::Deserialize)]
struct EncoderSize {
    hidden_size: f64,
    intermediate_size: f64,
    num_hidden_layers: f64,
}

impl EncoderSize {
    fn read(folder: &ModelFolder) -> anyhow::Result<Self> {
        let path = folder.file(&folder.manifest().config);
        let reading = || format!("reading the size of the encoder from {}", path.display());
        serde_json::from_slice(&std::fs::read(&path).with_context(reading)?).with_context(reading)
    }

    /// Floating point operations for a token in a window: the four projections and two feed-forward layers of each
    /// layer, and the two products of attention.
    fn operations(&self, window: usize) -> f64 {
        let hidden = self.hidden_size;
        let layer = 8.0 * hidden * hidden + 4.0 * hidden * self.intermediate_size + 4.0 * window as f64 * hidden;
        self.num_hidden_layers * layer
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn operations_are_those_of_the_published_count() {
        let size = EncoderSize { hidden_size: 384.0, intermediate_size: 1536.0, num_hidden_layers: 6.0 };
        assert!((size.operations(0) / 1e6 - 21.2).abs() < 0.1);
    }

    #[test]
    fn a_race_adds_the_rates_of_all_workers() {
        let pause = |(): &()| {
            std::thread::sleep(Duration::from_millis(5));
            1.0
        };
        let (rate, states) = race(vec![(), ()], Duration::from_millis(100), pause);
        assert_eq!(states.len(), 2);
        assert!((100.0..=400.0).contains(&rate), "{rate} units a second");
    }
}
