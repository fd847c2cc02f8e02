//! What can go wrong between an article and its annotation.

use crate::model::{ManifestError, ModelError, PiecesError};
use crate::quote::TagsError;
use crate::speaker::registry::RegistryError;

/// The annotator could not be set up.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// The model folder does not fit.
    #[error(transparent)]
    Manifest(#[from] ManifestError),
    /// The tokenizer could not be read.
    #[error(transparent)]
    Pieces(#[from] PiecesError),
    /// The weights could not be read.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The registry cannot be searched.
    #[error(transparent)]
    Registry(#[from] RegistryError),
    /// The tokenizer does not know a marker.
    #[error("setting up the networks: the tokenizer lacks the entry {entry}; use the tokenizer of the model folder")]
    Marker {
        /// The vocabulary entry.
        entry: String,
    },
}

/// One article could not be annotated; the others go on.
#[derive(Debug, thiserror::Error)]
pub enum AnnotateError {
    /// Too long for one article.
    #[error(
        "annotating: the text has {length} characters, more than {limit}; split the file into articles (one a line in a .jsonl)"
    )]
    TooLong {
        /// Code points of the text.
        length: usize,
        /// The most that is taken.
        limit: usize,
    },
    /// The text could not be cut.
    #[error(transparent)]
    Pieces(#[from] PiecesError),
    /// The network failed.
    #[error(transparent)]
    Model(#[from] ModelError),
    /// The network's output does not fit the text.
    #[error(transparent)]
    Tags(#[from] TagsError),
    /// A defect of this program, kept to the article that showed it.
    #[error("annotating: the program failed at this article ({message}); please report it with the article")]
    Defect {
        /// What the panic said.
        message: String,
    },
}
