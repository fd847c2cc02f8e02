//! What can be wrong in an annotation.
use thiserror::Error;

/// Something that is wrong, and where.
#[derive(Clone, Debug, PartialEq, Error)]
#[error("{at}: {fault}")]
pub struct Violation {
    /// The field, as a path from the top of the file: `quotes[3].cue`.
    pub at: String,
    /// What is wrong with it.
    pub fault: Fault,
}

/// A way in which an annotation does not hold together.
#[derive(Clone, Debug, PartialEq, Error)]
pub enum Fault {
    /// The words beside the offsets are not the article's.
    #[error("{start}..{end} covers {covered:?} and the annotation says {said:?}")]
    OtherWords {
        /// First code point.
        start: usize,
        /// Code point behind.
        end: usize,
        /// The article's words.
        covered: String,
        /// The annotation's words.
        said: String,
    },
    /// Offsets that the text does not have.
    #[error("{start}..{end} reaches beyond the text, which has {length} code points")]
    Outside {
        /// First code point.
        start: usize,
        /// Code point behind.
        end: usize,
        /// Length of the text.
        length: usize,
    },
    /// The end lies before the start.
    #[error("{start}..{end} ends before it starts")]
    Reversed {
        /// First code point.
        start: usize,
        /// Code point behind.
        end: usize,
    },
    /// A span without words.
    #[error("{0}..{0} covers nothing")]
    Empty(usize),
    /// A list that does not follow the text.
    #[error("not in the order of the text")]
    Unordered,
    /// Two of a list that share words.
    #[error("two of them overlap at {0}")]
    Overlap(usize),
    /// Candidates that do not fall in probability.
    #[error("the most probable does not come first")]
    Unsorted,
    /// A quote without words.
    #[error("it has no span")]
    NoSpan,
    /// A missing id.
    #[error("it has no id")]
    NoId,
    /// A missing name.
    #[error("it has no name")]
    NoName,
    /// A missing utterance.
    #[error("it belongs to no utterance")]
    NoUtterance,
    /// An id used twice.
    #[error("the id {0:?} is taken by an earlier one")]
    SameId(String),
    /// A party judged twice.
    #[error("the party {0:?} has two stances in one quote")]
    SameParty(String),
    /// A reference to an entity that is not there.
    #[error("no entity has the id {0:?}")]
    UnknownEntity(String),
    /// A repetition of what does not come before.
    #[error("it repeats {0:?}, which is no earlier quote")]
    RepeatsLater(String),
    /// One speech with several speakers.
    #[error("it belongs to the utterance {0:?} but has other speakers than its first part")]
    TornUtterance(String),
    /// A number outside 0 to 1.
    #[error("{0} is no probability")]
    Probability(f64),
    /// Three probabilities that miss 1.
    #[error("the probabilities sum to {0:.3}, not to 1")]
    StanceSum(f64),
    /// A date in another form.
    #[error("{0:?} is no day of the form yyyy-mm-dd")]
    Date(String),
    /// The annotation of other bytes.
    #[error("the article has the hash {expected} and the annotation says {found:?}; annotate it again")]
    OtherArticle {
        /// The hash of the article at hand.
        expected: String,
        /// The hash in the annotation.
        found: String,
    },
}
