//! Why an output could not be written.
use std::io::{self, ErrorKind};
use std::path::PathBuf;

use thiserror::Error;

/// Why the store could not do its work.
#[derive(Debug, Error)]
pub enum StoreError {
    /// The output folder cannot be made or written.
    #[error("preparing the output folder {}: {source}; choose a folder that you may write to", path.display())]
    Create {
        /// The folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file where a folder is needed.
    #[error("preparing the output folder {}: it is a file; name a folder, or a stream that ends in .jsonl", path.display())]
    NoFolder {
        /// The file.
        path: PathBuf,
    },
    /// A folder where a file is needed.
    #[error("preparing the output file {}: it is a folder; name a file in it", path.display())]
    NoFile {
        /// The folder.
        path: PathBuf,
    },
    /// A file that this program did not write.
    #[error("preparing the output file {}: it holds something other than annotations; choose another name or move it away", path.display())]
    Foreign {
        /// The file.
        path: PathBuf,
    },
    /// An annotation, stream or list cannot be written.
    #[error("writing {}: {source}; {}", path.display(), advice(source))]
    Write {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// What an earlier run left cannot be read.
    #[error("looking at the earlier output {}: {source}; check its access rights or start again with --force", path.display())]
    Earlier {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The reader of a stream is gone or its disk full.
    #[error("writing annotations to the output stream: {source}; check what reads it")]
    Pipe {
        /// The system's reason.
        source: io::Error,
    },
    /// An article's path would lead out of the output folder.
    #[error("storing the annotation of {0:?}: the path leads out of the output folder; rename the article")]
    UnsafePath(String),
    /// Two articles have one path.
    #[error("storing the annotation of {0:?}: another article has the same path; rename one of them")]
    SamePath(String),
}

impl StoreError {
    /// Whether only this article's annotation is lost, so that the run can go on with the next. A full disk or a
    /// folder that was taken away would fail every article behind it as well.
    #[must_use]
    pub fn concerns_one_article(&self) -> bool {
        match self {
            Self::UnsafePath(_) | Self::SamePath(_) => true,
            Self::Write { source, .. } => matches!(
                source.kind(),
                ErrorKind::InvalidFilename
                    | ErrorKind::AlreadyExists
                    | ErrorKind::IsADirectory
                    | ErrorKind::NotADirectory
                    | ErrorKind::DirectoryNotEmpty
            ),
            _ => false,
        }
    }

    /// Whether whoever reads the output has gone, as `head` does: no error of ours.
    #[must_use]
    pub fn is_broken_pipe(&self) -> bool {
        matches!(self, Self::Pipe { source } if source.kind() == ErrorKind::BrokenPipe)
    }
}

/// What to do about a failed write.
fn advice(source: &io::Error) -> &'static str {
    match source.kind() {
        ErrorKind::StorageFull | ErrorKind::QuotaExceeded => {
            "free some space and run the same command again: it goes on where it stopped"
        }
        ErrorKind::PermissionDenied | ErrorKind::ReadOnlyFilesystem => "check the access rights of the output folder",
        ErrorKind::InvalidFilename => "the name is too long for the file system; rename the article",
        ErrorKind::AlreadyExists
        | ErrorKind::IsADirectory
        | ErrorKind::NotADirectory
        | ErrorKind::DirectoryNotEmpty => {
            "a file and a folder claim the same name there; rename the article or choose another output folder"
        }
        _ => "run the same command again: it goes on where it stopped",
    }
}
