//! Who said what, and for or against whom.
pub mod annotation;
pub mod article;
pub mod eval;
pub mod export;
pub mod model;
pub mod pipeline;
pub mod quote;
pub mod speaker;
pub mod stance;
pub mod text;
