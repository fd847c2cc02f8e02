//! Reported speech: which words of an article are somebody's, and where they begin and end.
//!
//! Two witnesses are heard. The tagger, a transformer, gives each token the probabilities of eleven [`Label`]s;
//! the quotation marks, read by [`marks::scan`], say to the letter where a quotation begins and ends.
//! [`QuoteDetector`] reconciles them: a string in marks is speech if the tagger says so, and reaches as far as its
//! marks do; what the tagger finds outside of marks is indirect speech, decoded under constraints
//! ([`viterbi`]) so that no run begins in the middle of a word, crosses a paragraph or contradicts the marks.
//!
//! Everything here is pure: it starts from an array of logits, which tests make by hand.
mod attribution;
mod constraint;
mod detection;
mod detector;
mod flag;
mod indirect;
mod kind;
mod label;
pub mod marks;
mod not_speech;
mod run;
mod speech;
mod tags;
mod turns;
mod utterance;
pub mod viterbi;

pub use detection::{Detection, Mention, NotSpeech, Quote, Warning};
pub use detector::{QuoteDetector, QuoteSettings};
pub use flag::Flag;
pub use label::{LABELS, Label, QuoteKind, Role};
pub use not_speech::Reason;
pub use run::Run;
pub use tags::{TagsError, TokenTags};
