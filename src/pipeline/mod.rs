//! The whole way from an article to its annotation, and a run over many articles.
//!
//! [`Annotator`] owns one replica of the networks and puts the stages one after the other; [`run`] gives articles to
//! several of them and hands the results on as they come. [`store`] is where results go.
mod annotator;
mod assemble;
mod error;
mod pairs;
mod prepare;
mod run;
pub mod store;

pub use annotator::{Annotator, AnnotatorSettings, Part, Resources};
pub use error::{AnnotateError, LoadError};
pub use pairs::{Offsets, Pair, PairAnswer, PairError, PairLine};
pub use run::{Outcome, RunSettings, run};
