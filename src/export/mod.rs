//! Annotations in other forms: for the eye ([`terminal`]), and as files for other programs ([`Export`]).
//!
//! One file a form. A form of text is a pure function of one annotation ([`form`]); a database, a columnar file and a
//! folder are an [`Exporter`] each. All take annotations one after the other and forget them, so that a hundred thousand
//! need no more memory than a few; nothing here looks at the model or at the files of a run.
mod brat;
mod columns;
mod csv;
mod draft;
mod error;
mod exporter;
mod form;
mod format;
mod jsonl;
mod label_studio;
mod parquet;
mod passage;
mod selection;
mod sqlite;
mod terminal;
mod utf16;
mod web_annotation;

pub use draft::Target;
pub use error::ExportError;
pub use exporter::{Export, Exporter};
pub use format::Format;
pub use selection::Selection;
pub use terminal::terminal;
