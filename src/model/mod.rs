//! The transformer and everything that touches its inputs: word pieces, windows, and the boundary behind which the
//! network runs.
//!
//! All other stages work on the arrays that leave [`Model`]; none of them knows which library ran the network, so that
//! they can be tested with arrays made by hand and the architecture can change without them. Only [`torch`] names
//! `tch` and `rust_bert`.
mod batches;
mod calibration;
mod features;
pub mod labels;
mod manifest;
mod pieces;
mod precision;
pub mod torch;
mod windows;

use ndarray::{Array1, Array2};

pub use batches::{batches, in_batches, padded_length};
pub use calibration::Curves;
pub use features::{CASES, token_types};
pub use manifest::{Architecture, Manifest, ManifestError, ModelFolder, StanceManifest, Weights};
pub use pieces::{PieceCutter, Pieces, PiecesError};
pub use precision::Precision;
pub use windows::{Window, WindowPlan};

/// Ids and token types of one input of the network, special tokens included.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NetworkInput {
    /// Vocabulary ids, `[CLS]` first and `[SEP]` last.
    pub ids: Vec<i64>,
    /// Token types, one an id.
    pub types: Vec<i64>,
}

/// What the attribution network says about the inner tokens of one input (without `[CLS]` and `[SEP]`).
#[derive(Clone, Debug, PartialEq)]
pub struct TokenOutput {
    /// `[tokens, tags]`: logits over the labels of [`Manifest::tags`].
    pub tags: Array2<f32>,
    /// `[tokens, names]`: logits over the labels of [`Manifest::names`].
    pub names: Array2<f32>,
    /// `[tokens, 4 * width]`: link query, link key, antecedent query, antecedent key.
    pub vectors: Array2<f32>,
}

/// One input of the stance network: a marked quotation and where its targets' opening markers stand.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StanceInput {
    /// The marked quotation with its context.
    pub input: NetworkInput,
    /// Positions of the targets' opening markers in `input.ids`.
    pub targets: Vec<usize>,
}

/// Which of the two pair scorers is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PairScorer {
    /// Content to source mention.
    Link,
    /// Mention to name.
    Antecedent,
}

/// The inputs of a pair scorer: one row a pair.
#[derive(Clone, Debug, PartialEq)]
pub struct Pairs {
    /// `[pairs, width]`: the pooled vector of the left side.
    pub queries: Array2<f32>,
    /// `[pairs, width]`: the pooled vector of the right side, zero for "none".
    pub keys: Array2<f32>,
    /// `[pairs, features]`.
    pub features: Array2<f32>,
}

/// A network ran and failed.
#[derive(Debug, thiserror::Error)]
pub enum ModelError {
    /// The library that runs the network reported an error.
    #[error("could not run the {network} network; try a smaller batch, or another model folder with --model")]
    Run {
        /// Which of the networks.
        network: &'static str,
        /// What the library said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The weights could not be read.
    #[error("could not load the weights {path}; fetch the model folder again")]
    Load {
        /// The file.
        path: String,
        /// What the library said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
}

/// The boundary: batches in, arrays out, nothing else.
///
/// An implementation must give each input the same output whatever stands beside it in the batch.
pub trait Model: Send {
    /// Runs the attribution network over a batch; one output an input, in order.
    ///
    /// # Errors
    /// When the network cannot run.
    fn tokens(&self, batch: &[&NetworkInput]) -> Result<Vec<TokenOutput>, ModelError>;

    /// Scores pairs: one logit a row.
    ///
    /// # Errors
    /// When the network cannot run.
    fn pairs(&self, scorer: PairScorer, pairs: &Pairs) -> Result<Array1<f32>, ModelError>;

    /// Runs the stance network; for each input `[targets, labels]` logits.
    ///
    /// # Errors
    /// When the network cannot run.
    fn stances(&self, batch: &[&StanceInput]) -> Result<Vec<Array2<f32>>, ModelError>;
}
