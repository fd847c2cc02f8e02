//! What can go wrong around a review.
use std::io;
use std::path::PathBuf;

use thiserror::Error;

use crate::annotation::FileError;
use crate::pipeline::store::StoreError;

/// Why a review cannot begin or go on.
#[derive(Debug, Error)]
pub enum ReviewError {
    /// The annotations cannot be read.
    #[error(transparent)]
    Annotations(#[from] FileError),
    /// The file of verdicts cannot be read.
    #[error("reading verdicts from {}: {source}; check its access rights", path.display())]
    Read {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The file of verdicts cannot be written. What was confirmed before is in it.
    #[error("writing verdicts to {}: {source}; make room or correct the access rights, then judge again", path.display())]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// Nothing to look at.
    #[error("drawing quotations to review: none of {population} fits the filters; leave one out")]
    NothingDrawn {
        /// How many quotations there are.
        population: usize,
    },
    /// The page cannot be served.
    #[error("serving the review page on 127.0.0.1: {0}; check that a local port can be opened")]
    Serve(#[source] io::Error),
    /// Gold cannot be written.
    #[error(transparent)]
    Gold(#[from] StoreError),
}
