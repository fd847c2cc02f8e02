//! [`Progress`]: what a run says while it runs, and in the end.
use std::fmt::Write;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::{Duration, Instant};

use ascribe::pipeline::store::Failure;
use indicatif::{HumanCount, ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::Ui;

const KNOWN: &str = "{bar:30} {human_pos} of {human_len} articles, {per_sec}, {eta} left{msg}";
const UNKNOWN: &str = "{spinner} {human_pos} articles, {per_sec}{msg}";

/// Counts of a run, shown on a terminal as they grow. Reader and writer of a run both count.
pub struct Progress<'a> {
    ui: &'a Ui,
    bar: ProgressBar,
    begun: Instant,
    annotated: AtomicUsize,
    quotes: AtomicUsize,
    skipped: AtomicUsize,
    failed: AtomicUsize,
}

impl<'a> Progress<'a> {
    /// Begins to count; `total` is unknown where one file holds many articles.
    pub fn new(ui: &'a Ui, total: Option<usize>) -> Self {
        let bar = match total {
            Some(total) => ProgressBar::new(total as u64),
            None => ProgressBar::no_length(),
        };
        let template = if total.is_some() { KNOWN } else { UNKNOWN };
        let style = ProgressStyle::with_template(template).unwrap_or_else(|_| ProgressStyle::default_bar());
        bar.set_style(style.with_key("per_sec", rate_of));
        if ui.shows_progress() {
            bar.enable_steady_tick(Duration::from_millis(500));
        } else {
            bar.set_draw_target(ProgressDrawTarget::hidden());
        }
        let zero = AtomicUsize::default;
        Self { ui, bar, begun: Instant::now(), annotated: zero(), quotes: zero(), skipped: zero(), failed: zero() }
    }

    /// One more article is stored.
    pub fn annotated(&self, quotes: usize) {
        self.annotated.fetch_add(1, Ordering::Relaxed);
        self.quotes.fetch_add(quotes, Ordering::Relaxed);
        self.bar.inc(1);
    }

    /// One more article was done before. It does not count into the rate.
    pub fn skipped(&self) {
        self.skipped.fetch_add(1, Ordering::Relaxed);
        if let Some(total) = self.bar.length() {
            self.bar.set_length(total.saturating_sub(1));
        }
    }

    /// One more article failed, which is said at once.
    pub fn failed(&self, failure: &Failure) {
        let failed = self.failed.fetch_add(1, Ordering::Relaxed) + 1;
        self.bar.suspend(|| self.ui.failed(&failure.to_string()));
        self.bar.set_message(format!(", {failed} failed"));
        self.bar.inc(1);
    }

    /// Whether any article failed.
    pub fn any_failed(&self) -> bool {
        self.failed.load(Ordering::Relaxed) > 0
    }

    /// Takes the bar away and gives the counts in a sentence.
    pub fn summary(&self) -> String {
        self.bar.finish_and_clear();
        let count = |count: &AtomicUsize| count.load(Ordering::Relaxed);
        let seconds = self.begun.elapsed().as_secs_f64();
        let annotated = count(&self.annotated);
        let mut summary = format!(
            "annotated {}, found {} in {seconds:.1} s ({:.1} articles/s)",
            counted(annotated, "article"),
            counted(count(&self.quotes), "quotation"),
            annotated as f64 / seconds.max(1e-9),
        );
        for (count, what) in [(count(&self.skipped), "done before"), (count(&self.failed), "failed")] {
            if count > 0 {
                // Writing to a string cannot fail.
                let _ = write!(summary, "; {} {what}", HumanCount(count as u64));
            }
        }
        summary
    }
}

/// `1,200 articles`, `1 article`.
pub fn counted(count: usize, noun: &str) -> String {
    format!("{} {noun}{}", HumanCount(count as u64), if count == 1 { "" } else { "s" })
}

fn rate_of(state: &indicatif::ProgressState, out: &mut dyn Write) {
    // A bar that cannot be drawn is no reason to stop.
    let _ = write!(out, "{:.1} articles/s", state.per_sec());
}
