//! [`Columns`]: the rows of the page, column by column, which is small as JSON and fast in the browser.
use jiff::civil::{Date, date};
use serde::Serialize;

use super::{Dashboard, archive};
use crate::annotation::{EntityKind, Probability, QuoteKind, Verdict};
use crate::summary::COPY_WINDOW_DAYS;

/// What the page carries beside its text. A position of -1 stands for nothing.
#[derive(Serialize)]
pub(super) struct Columns<'a> {
    title: &'a str,
    version: &'static str,
    models: Vec<&'a str>,
    copy_window: i32,
    /// Articles in a block of passages.
    block: usize,
    articles: Articles<'a>,
    speakers: Speakers<'a>,
    parties: Parties<'a>,
    sources: Vec<&'a str>,
    quotes: Quotes<'a>,
    stances: Stances,
}

#[derive(Default, Serialize)]
struct Articles<'a> {
    path: Vec<&'a str>,
    title: Vec<Option<&'a str>>,
    /// Days since 1970.
    day: Vec<Option<i32>>,
    source: Vec<i64>,
    length: Vec<u32>,
    /// Place of its passages.
    read: Vec<u32>,
    /// Position of its first quotation.
    first: Vec<usize>,
}

#[derive(Default, Serialize)]
struct Speakers<'a> {
    id: Vec<&'a str>,
    name: Vec<&'a str>,
    kind: Vec<EntityKind>,
    party: Vec<i64>,
}

#[derive(Default, Serialize)]
struct Parties<'a> {
    id: Vec<&'a str>,
    name: Vec<&'a str>,
}

#[derive(Default, Serialize)]
struct Quotes<'a> {
    id: Vec<&'a str>,
    start: Vec<u32>,
    end: Vec<u32>,
    /// 0 direct, 1 mixed, 2 indirect.
    kind: Vec<u8>,
    /// Probabilities in ten-thousandths.
    p_span: Vec<u32>,
    p_speaker: Vec<u32>,
    /// 0 none, 1 right, 2 corrected, 3 wrong.
    verdict: Vec<u8>,
    utterance: Vec<u32>,
    words: Vec<u32>,
    /// How many speakers and stances each has.
    speakers: Vec<usize>,
    stances: Vec<usize>,
    /// The speakers of all, one after the other, and their parties.
    speaker: Vec<u32>,
    party: Vec<i64>,
}

/// The stances of all quotations, one after the other.
#[derive(Default, Serialize)]
struct Stances {
    party: Vec<u32>,
    favor: Vec<u32>,
    neutral: Vec<u32>,
    against: Vec<u32>,
}

impl<'a> Columns<'a> {
    /// The columns of a dashboard.
    pub(super) fn of(dashboard: &'a Dashboard) -> Self {
        let statements = &dashboard.statements;
        let mut columns = Self {
            title: dashboard.title(),
            version: env!("CARGO_PKG_VERSION"),
            models: dashboard.models.iter().map(String::as_str).collect(),
            copy_window: COPY_WINDOW_DAYS,
            block: archive::BLOCK,
            articles: Articles::default(),
            speakers: Speakers::default(),
            parties: Parties::default(),
            sources: statements.sources.iter().collect(),
            quotes: Quotes::default(),
            stances: Stances::default(),
        };
        for speaker in &statements.speakers {
            columns.speakers.id.push(&speaker.id);
            columns.speakers.name.push(&speaker.name);
            columns.speakers.kind.push(speaker.kind);
            columns.speakers.party.push(position(speaker.party));
        }
        for (number, id) in (0..).zip(statements.parties.iter()) {
            columns.parties.id.push(id);
            columns.parties.name.push(dashboard.party_name(number));
        }
        columns.add_quotes(dashboard);
        columns
    }

    fn add_quotes(&mut self, dashboard: &'a Dashboard) {
        let Self { articles, quotes, stances, .. } = self;
        let mut next = dashboard.statements.quotes.iter().enumerate().peekable();
        for (number, article) in (0_u32..).zip(&dashboard.statements.articles) {
            articles.path.push(&article.path);
            articles.title.push(article.title.as_deref());
            articles.day.push(article.date.map(day));
            articles.source.push(position(article.source));
            articles.length.push(article.length);
            articles.read.push(article.read);
            articles.first.push(quotes.id.len());
            while let Some((_, quote)) = next.next_if(|(_, quote)| quote.article == number) {
                quotes.id.push(&quote.id);
                quotes.start.push(quote.start);
                quotes.end.push(quote.end);
                quotes.kind.push(kind(quote.kind));
                quotes.p_span.push(share(quote.p_span));
                quotes.p_speaker.push(share(quote.p_speaker));
                quotes.verdict.push(verdict(quote.verdict));
                quotes.utterance.push(quote.utterance);
                quotes.words.push(quote.words);
                quotes.speakers.push(quote.speakers.len());
                quotes.stances.push(quote.stances.len());
                for speaking in &quote.speakers {
                    quotes.speaker.push(speaking.speaker);
                    quotes.party.push(position(speaking.party));
                }
                for held in &quote.stances {
                    stances.party.push(held.party);
                    stances.favor.push(share(held.probabilities.favor));
                    stances.neutral.push(share(held.probabilities.neutral));
                    stances.against.push(share(held.probabilities.against));
                }
            }
        }
    }
}

fn position(number: Option<u32>) -> i64 {
    number.map_or(-1, i64::from)
}

fn share(probability: Probability) -> u32 {
    (probability.value() * 1e4).round() as u32
}

fn day(day: Date) -> i32 {
    (day - date(1970, 1, 1)).get_days()
}

fn kind(kind: QuoteKind) -> u8 {
    match kind {
        QuoteKind::Direct => 0,
        QuoteKind::Mixed => 1,
        QuoteKind::Indirect => 2,
    }
}

fn verdict(verdict: Option<Verdict>) -> u8 {
    match verdict {
        None => 0,
        Some(Verdict::Right) => 1,
        Some(Verdict::Corrected) => 2,
        Some(Verdict::Wrong) => 3,
    }
}
