//! What can go wrong between gold and figures. A score over half of the data would be a wrong figure, so nothing here
//! is skipped: each error stops the evaluation and says what to mend.
use std::io;
use std::path::{Path, PathBuf};

use thiserror::Error;

use super::GoldFormat;
use crate::annotation::{FileError, ReadError};
use crate::text::DecodeError;

/// Why there is no report.
#[derive(Debug, Error)]
pub enum EvalError {
    /// A file or folder of gold cannot be read.
    #[error("reading gold from {}: {source}; check the path and its access rights", path.display())]
    Io {
        /// The file or folder.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// A file of gold is no text.
    #[error("reading gold from {}: {source}", path.display())]
    Decode {
        /// The file.
        path: PathBuf,
        /// What it is instead.
        source: DecodeError,
    },
    /// Nothing tells the format.
    #[error("telling the format of the gold in {}: it looks like none of those known; name it with --as", path.display())]
    UnknownFormat {
        /// The file or folder.
        path: PathBuf,
    },
    /// A place in a file of gold does not fit its format.
    #[error("reading gold from {}, line {line}: {problem}; compare the file with its original", path.display())]
    Line {
        /// The file.
        path: PathBuf,
        /// The line, from 1.
        line: usize,
        /// What does not fit.
        problem: String,
    },
    /// A file of gold is broken JSON.
    #[error("reading gold from {}: {source}; repair the JSON", path.display())]
    Json {
        /// The file.
        path: PathBuf,
        /// Where it breaks.
        source: serde_json::Error,
    },
    /// A file of gold is JSON and no annotation.
    #[error("reading gold from {}: {source}", path.display())]
    Gold {
        /// The file.
        path: PathBuf,
        /// What does not fit.
        source: ReadError,
    },
    /// Predictions cannot be read.
    #[error(transparent)]
    Predictions(#[from] FileError),
    /// The format is right, and nothing is in it.
    #[error("reading gold from {}: there is nothing to score in it; check the path and --limit", path.display())]
    Nothing {
        /// The file or folder.
        path: PathBuf,
    },
    /// Labels that refer to articles in another file, which is not named.
    #[error("reading gold from {}: its articles are in a file of their own; name that file with --articles", path.display())]
    ArticlesNeeded {
        /// The file of labels.
        path: PathBuf,
    },
    /// Articles that labels refer to are not in the file of articles.
    #[error("looking for the articles of the gold in {}: {missing} are not there, {first} among them; name the file that holds them with --articles", path.display())]
    ArticlesMissing {
        /// The file of articles.
        path: PathBuf,
        /// Number of articles not found.
        missing: usize,
        /// The id of one of them.
        first: String,
    },
    /// A span of gold or prediction reaches beyond its text.
    #[error(
        "placing {what} of the article {article}: {start}..{end} is no span of its text; run `ascribe verify` on it"
    )]
    Span {
        /// What the span belongs to.
        what: &'static str,
        /// The article's id.
        article: String,
        /// The offset given as start, in code points.
        start: usize,
        /// The offset given as end, in code points.
        end: usize,
    },
    /// A folder of predictions lacks articles of the gold.
    #[error(
        "looking for the predictions of {missing} of {of} articles, {first} among them: no annotation has exactly their text; annotate the same articles first"
    )]
    PredictionsMissing {
        /// Number of articles without a prediction.
        missing: usize,
        /// Number of articles asked for.
        of: usize,
        /// The id of one of them.
        first: String,
    },
    /// The gold asks for an answer that the subject cannot give.
    #[error(
        "scoring {format}: it asks the model about marked places in sentences, which a folder of predictions cannot answer; leave --against away"
    )]
    Unanswerable {
        /// The format of the gold.
        format: GoldFormat,
    },
    /// There are no parties to swap with.
    #[error("reading the parties to swap with from {}: {source}; name their file with --fillers", path.display())]
    Fillers {
        /// The file.
        path: PathBuf,
        /// The system's reason.
        source: io::Error,
    },
    /// An option that the format knows nothing of.
    #[error("scoring {format}: {option} is for {formats} only; leave it away")]
    Inapplicable {
        /// The format of the gold.
        format: GoldFormat,
        /// The option.
        option: &'static str,
        /// The formats that know it.
        formats: &'static str,
    },
    /// What is judged failed.
    #[error("asking the model about the gold: {0}")]
    Subject(#[source] Box<dyn std::error::Error + Send + Sync>),
    /// What is judged gave another number of answers than it was asked for.
    #[error(
        "asking the model about the gold: {asked} questions brought {answered} answers; this is a fault of the program, please report it"
    )]
    Answers {
        /// Number of questions.
        asked: usize,
        /// Number of answers.
        answered: usize,
    },
}

impl EvalError {
    pub(super) fn io(path: &Path) -> impl FnOnce(io::Error) -> Self + '_ {
        move |source| Self::Io { path: path.to_owned(), source }
    }

    pub(super) fn line(path: &Path, line: usize, problem: impl Into<String>) -> Self {
        Self::Line { path: path.to_owned(), line, problem: problem.into() }
    }
}
