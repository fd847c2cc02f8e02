//! What the page is told: the state of a review and one quotation, as JSON.
use serde::Serialize;

use super::correction::{Correction, Part};
use super::draw::Manner;
use super::entry::Entry;
use super::rates::PartRate;
use super::session::{Session, Task};
use crate::annotation::{Article, Entity, Quote, Verdict};

/// How far a review is.
#[derive(Debug, Serialize)]
pub struct Overview<'a> {
    reviewer: &'a str,
    by: Manner,
    gone: usize,
    /// What was said of each quotation.
    states: Vec<Option<&'static str>>,
    rates: Vec<PartRate>,
    parties: Vec<&'a str>,
}

/// A quotation in its article.
#[derive(Debug, Serialize)]
pub struct QuoteView<'a> {
    number: usize,
    article: &'a Article,
    entities: &'a [Entity],
    quote: &'a Quote,
    /// The other quotations: their offsets.
    others: Vec<[usize; 2]>,
    /// Into how many parts the speech is cut.
    parts: usize,
    said: Option<SaidView<'a>>,
}

/// What was said of a quotation.
#[derive(Debug, Serialize)]
struct SaidView<'a> {
    verdict: Option<Verdict>,
    wrong: &'a [Part],
    correction: Option<&'a Correction>,
    note: Option<&'a str>,
}

impl Session {
    /// How far the review is.
    #[must_use]
    pub fn overview(&self) -> Overview<'_> {
        Overview {
            reviewer: &self.reviewer,
            by: self.draw.design.by,
            gone: self.gone,
            states: self.tasks.iter().map(|task| task.said().map(state)).collect(),
            rates: self.rates(),
            parties: self.parties.iter().map(String::as_str).collect(),
        }
    }

    /// A quotation to look at; nothing where there is none with this number.
    #[must_use]
    pub fn view(&self, number: usize) -> Option<QuoteView<'_>> {
        let (annotation, quote) = self.quote(number)?;
        let others = annotation.quotes.iter().filter(|other| other.id != quote.id);
        let parts = annotation.quotes.iter().filter(|other| other.utterance == quote.utterance);
        Some(QuoteView {
            number,
            article: &annotation.article,
            entities: &annotation.entities,
            quote,
            others: others.flat_map(|other| other.spans.iter().map(|span| [span.start, span.end])).collect(),
            parts: parts.count(),
            said: self.tasks.get(number).and_then(Task::said).and_then(said),
        })
    }
}

const fn state(entry: &Entry) -> &'static str {
    match entry.judgement() {
        Some(judgement) => judgement.verdict.word(),
        None => "skipped",
    }
}

fn said(entry: &Entry) -> Option<SaidView<'_>> {
    let judgement = entry.judgement();
    Some(SaidView {
        verdict: judgement.map(|judgement| judgement.verdict),
        wrong: judgement.map(|judgement| judgement.wrong.as_slice()).unwrap_or_default(),
        correction: judgement.map(|judgement| &judgement.correction),
        note: entry.mark()?.note.as_deref(),
    })
}
