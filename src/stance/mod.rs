//! Stance: for or against whom a speaker's words are.
//!
//! [`reference`](mod@reference) finds the words that refer to a party, [`input`] marks them in the quotation for the
//! network, and [`StanceTagger`] says which parties are asked about and reads the answers. [`pool`] weighs them
//! with what the same speaker says elsewhere in the article.
pub mod input;
mod pooling;
pub mod reference;
mod tagger;

pub use pooling::pool;
pub use tagger::{PairQuestion, PartyStance, StanceJob, StanceQuestion, StanceScores, StanceTagger};
