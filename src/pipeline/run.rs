//! A run over many articles: one thread reads, each worker annotates handfuls of articles, results come back as they
//! are ready.
//!
//! The queue between reader and workers is short, so that memory does not grow with the folder. Results come in any
//! order, since each goes to its own place; the content of each is the same whatever the number of workers.

use std::sync::atomic::{AtomicBool, Ordering};

use crossbeam_channel::bounded;

use super::{AnnotateError, Annotator};
use crate::annotation::Annotation;
use crate::article::Article;

/// How articles are handed to workers.
#[derive(Clone, Copy, Debug)]
pub struct RunSettings {
    /// Most articles of one handful.
    pub articles: usize,
    /// Code points after which a handful is full.
    pub characters: usize,
}

impl Default for RunSettings {
    fn default() -> Self {
        Self { articles: 16, characters: 60_000 }
    }
}

/// What became of one article.
pub struct Outcome {
    /// The article.
    pub article: Article,
    /// Its annotation, or why there is none.
    pub result: Result<Annotation, AnnotateError>,
}

/// Annotates all articles with all annotators at once and hands each outcome to `sink`, on the calling thread.
///
/// Once `stop` is set, no further article is begun; those in hand are finished. `sink` returns whether to go on.
pub fn run(
    annotators: Vec<Annotator>,
    articles: impl Iterator<Item = Article> + Send,
    settings: RunSettings,
    stop: &AtomicBool,
    mut sink: impl FnMut(Outcome) -> bool,
) {
    let (to_workers, from_reader) = bounded::<Vec<Article>>(annotators.len());
    let (to_sink, from_workers) = bounded::<Outcome>(2 * settings.articles);
    std::thread::scope(|scope| {
        scope.spawn(move || {
            for handful in (Handfuls { articles, settings, stop }) {
                if to_workers.send(handful).is_err() {
                    return;
                }
            }
        });
        for annotator in annotators {
            let (from_reader, to_sink) = (from_reader.clone(), to_sink.clone());
            scope.spawn(move || {
                for handful in from_reader {
                    if stop.load(Ordering::Relaxed) {
                        return;
                    }
                    let results = annotator.annotate_all(&handful);
                    for (article, result) in handful.into_iter().zip(results) {
                        if to_sink.send(Outcome { article, result }).is_err() {
                            return;
                        }
                    }
                }
            });
        }
        drop((from_reader, to_sink));
        for outcome in from_workers {
            if !sink(outcome) {
                stop.store(true, Ordering::Relaxed);
                return;
            }
        }
    });
}

/// Groups articles until a handful is full.
struct Handfuls<'a, I> {
    articles: I,
    settings: RunSettings,
    stop: &'a AtomicBool,
}

impl<I: Iterator<Item = Article>> Iterator for Handfuls<'_, I> {
    type Item = Vec<Article>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut out = Vec::new();
        let mut characters = 0;
        while out.len() < self.settings.articles && characters < self.settings.characters {
            if self.stop.load(Ordering::Relaxed) {
                break;
            }
            let Some(article) = self.articles.next() else { break };
            characters += article.text.len();
            out.push(article);
        }
        (!out.is_empty()).then_some(out)
    }
}
