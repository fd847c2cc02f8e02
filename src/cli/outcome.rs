//! How a command ends.
use std::io::{self, ErrorKind};
use std::process::ExitCode;

use ascribe::pipeline::store::StoreError;

/// The end of a command that could run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// All done.
    Done,
    /// Some articles failed or were found wrong; each was named.
    SomeFailed,
    /// Ctrl-C came first.
    Stopped,
}

impl From<Outcome> for ExitCode {
    fn from(outcome: Outcome) -> Self {
        match outcome {
            Outcome::Done => Self::SUCCESS,
            Outcome::SomeFailed => Self::from(1),
            // What shells report for a program that SIGINT ended.
            Outcome::Stopped => Self::from(130),
        }
    }
}

/// Whether whoever reads the output has seen enough, as `head` has: no failure.
pub fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().any(|cause| {
        cause.downcast_ref::<io::Error>().is_some_and(|error| error.kind() == ErrorKind::BrokenPipe)
            || cause.downcast_ref::<StoreError>().is_some_and(StoreError::is_broken_pipe)
    })
}
