//! Why an export could not be made.
use std::io;
use std::path::PathBuf;

use thiserror::Error;

/// Why annotations could not be exported.
#[derive(Debug, Error)]
pub enum ExportError {
    /// The output cannot be created.
    #[error("creating {}: {source}; choose a place that you may write to", path.display())]
    Create {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// The output cannot be written.
    #[error("writing {place}: {source}; check that there is space and that nothing else claims the name")]
    Write {
        /// The file, or the stream in words.
        place: String,
        /// The system's reason.
        source: io::Error,
    },
    /// A form that is no text cannot go to a stream.
    #[error("writing {0} to a stream: it is more than text; name a file")]
    NoStream(&'static str),
    /// The database refuses.
    #[error("writing the database {}: {source}; check that there is space and that no other program holds it", path.display())]
    Database {
        /// The file.
        path: PathBuf,
        /// The database's reason.
        source: rusqlite::Error,
    },
    /// A database that this program did not make.
    #[error("opening the database {}: its tables are somebody else's; choose another name", path.display())]
    ForeignDatabase {
        /// The file.
        path: PathBuf,
    },
    /// A database of another version of this program.
    #[error("opening the database {}: its tables have version {found} and this program writes version {ours}; export to a new file", path.display())]
    OtherVersion {
        /// The file.
        path: PathBuf,
        /// The version of its tables.
        found: i64,
        /// The version that is written.
        ours: i64,
    },
    /// The columnar file cannot be written.
    #[error("writing {}: {source}; check that there is space", path.display())]
    Parquet {
        /// The file.
        path: PathBuf,
        /// The writer's reason.
        source: parquet::errors::ParquetError,
    },
    /// A folder whose files could be overwritten.
    #[error("preparing the folder {}: it holds files that are not an earlier export; choose a new folder", path.display())]
    ForeignFolder {
        /// The folder.
        path: PathBuf,
    },
    /// Offsets that lead nowhere.
    #[error("exporting {article:?}: {start}..{end} is no span of its text; run `ascribe verify` on its annotation")]
    Outside {
        /// The article's path.
        article: String,
        /// The offset given as start, in code points.
        start: usize,
        /// The offset given as end, in code points.
        end: usize,
    },
    /// Two articles have one path, so that their rows would be counted twice.
    #[error("exporting {0:?}: another article of this export has the same path; leave one of them out")]
    SamePath(String),
    /// An article without path, id and hash.
    #[error("exporting an article without a path, id or hash: nothing tells its rows from others'; give it a path")]
    Nameless,
    /// An article's path would lead out of the folder.
    #[error("exporting {0:?}: the path leads out of the folder; rename the article")]
    UnsafePath(String),
}

impl ExportError {
    /// Whether only this article is left out, so that the export can go on with the next.
    #[must_use]
    pub const fn concerns_one_article(&self) -> bool {
        matches!(self, Self::Outside { .. } | Self::SamePath(_) | Self::Nameless | Self::UnsafePath(_))
    }
}
