//! The summary: from many quotations to who stands where.
//!
//! One quotation has a stance with probabilities; a reader of a thousand articles asks for a speaker's stance toward a
//! party, over time, and with how much behind it. The rules for that are here and nowhere else, pure and without a
//! setting that a figure would depend on; `docs/aggregation.md` explains them with their sources:
//!
//! - What is counted is a statement: the parts of one speech count once together, words that are repeated in an
//!   article or copied from paper to paper count once, and what a reviewer called wrong does not count.
//! - A statement counts as much as it is probable to be one and to be the speaker's ([`Statement::weight`]).
//! - A [`Figure`] is favor minus against, with a 95% interval and the number of statements behind it.
//! - [`Summary`] gives the figures by speaker and party, by the speakers' parties, by article, day, week and month.
//!
//! A [`Collector`] looks at each annotation once and keeps compact rows, [`Statements`], without the text.
mod collector;
mod copies;
mod figure;
mod names;
mod period;
mod statements;
#[allow(clippy::module_inception, reason = "the file is named after the one type that it holds")]
mod summary;
#[cfg(test)]
mod tests;

pub use collector::Collector;
pub use copies::COPY_WINDOW_DAYS;
pub use figure::{Figure, INTERVAL, Tally};
pub use names::Names;
pub use period::{Period, PeriodUnit};
pub use statements::{ArticleRow, Held, SpeakerRow, Speaking, Statement, Statements};
pub use summary::{Counts, Pair, Quoted, Summary};

/// A position in a table as it is kept in rows.
fn index(position: usize) -> u32 {
    u32::try_from(position).expect("fewer rows than 2^32 fit into memory")
}
