//! Spot-checking: a person looks at attributions, one after the other, and what they say is kept.
//!
//! A [`Population`] is everything that could be looked at, a [`Design`] says what is, a [`Session`] is one reviewer at
//! work, and [`Server`] is the page for it. Each verdict is a line of `review.jsonl` ([`Journal`]) before the page says
//! that it was taken. From the lines come [`Verdicts`], what stands; [`Corrections`], which later annotations get;
//! [`Report`], the error rates and how far reviewers agree; and gold ([`write_gold`]).
//!
//! It reads annotations and never a model. Verdicts carry what was judged, so that they outlive the annotation.
mod agreement;
mod correction;
mod corrections;
mod draw;
mod entry;
mod error;
mod estimate;
mod gold;
mod item;
mod journal;
mod matching;
mod rates;
mod report;
mod revise;
mod server;
mod session;
mod strata;
mod subject;
#[cfg(test)]
mod tests;
mod verdicts;
mod view;

pub use agreement::{alpha, kappa, observed};
pub use correction::{Correction, CorrectionError, NoSpeech, Part, Restated};
pub use corrections::Corrections;
pub use draw::{Design, Draw, Drawn, Filter, Manner};
pub use entry::{Entry, Judgement, Mark};
pub use error::ReviewError;
pub use estimate::{Estimate, Seen, estimate, wilson};
pub use gold::{GoldSummary, write_gold};
pub use item::{Item, ItemPlace, Population};
pub use journal::{Journal, Log, LogFault, journal_path};
pub use matching::Matcher;
pub use rates::{PartRate, rates};
pub use report::{Agreement, DrawReport, KindRate, PairAgreement, Report, ReviewerCount, Unmatched};
pub use server::Server;
pub use session::{Clock, JudgeError, Posted, Session, SessionSettings};
pub use strata::{Strata, StratumSize};
pub use subject::{Held, Judged, Key, Named, Subject};
pub use verdicts::Verdicts;
