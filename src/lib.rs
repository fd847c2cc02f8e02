//! Who said what, and for or against whom.
//!
//! Ascribe reads news articles, finds every quotation (direct, mixed, indirect), names who said it, and tags the
//! speaker's stance toward each party. A transformer decides; see `ARCHITECTURE.md` for what is learned and what is not.
//!
//! ```no_run
//! use ascribe::article::{InputSettings, ReadSettings, discover, read_all};
//! use ascribe::model::ModelFolder;
//! use ascribe::pipeline::{Annotator, AnnotatorSettings, Resources};
//! use ascribe::speaker::registry::Registry;
//!
//! let folder = ModelFolder::open("models/en-2026-11".as_ref())?;
//! let registry = Registry::from_toml(&std::fs::read_to_string("corpus/registry.toml")?)?;
//! let resources = Resources::open(folder, registry, AnnotatorSettings::default())?;
//! let annotator = Annotator::load(resources, 1)?.remove(0);
//!
//! let inputs = discover(&["corpus/articles".into()], &InputSettings::default())?;
//! for article in read_all(&inputs, &ReadSettings::default()) {
//!     for quote in annotator.annotate(&article?)?.quotes {
//!         println!("{:?} said: {}", quote.speakers, quote.words());
//!         for stance in quote.stances {
//!             println!("  {} {}", stance.stance.word(), stance.party);
//!         }
//!     }
//! }
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The concepts, in the order of the stages: a [`text::Text`] and its [`text::Span`]s in code points; an
//! [`article::Article`] with its blocks; a [`model::Model`], the boundary of the networks; a [`quote::Detection`] of what is
//! quoted; [`speaker::Attributed`], who said it; [`stance::PartyStance`], for or against whom; and the published
//! [`annotation::Annotation`]. [`pipeline::Annotator`] puts them one after the other, [`eval`] says how good they are.
pub mod annotation;
pub mod article;
pub mod dashboard;
pub mod eval;
pub mod export;
pub mod model;
pub mod pipeline;
pub mod quote;
pub mod review;
pub mod speaker;
pub mod stance;
pub mod summary;
pub mod text;
