//! Pair scoring over an article: vectors pooled over ranges of pieces, all pairs of one kind scored in one call.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, Axis, s};

use super::name::softmax;
use crate::model::{Model, ModelError, PairScorer, Pairs};

/// One decision: a query range and its candidates; "none" is always the last.
#[derive(Clone, Debug)]
pub struct Choice<const F: usize> {
    /// Pieces of the left side.
    pub query: Range<usize>,
    /// Pieces of each candidate.
    pub keys: Vec<Range<usize>>,
    /// Features of each candidate, and of none.
    pub features: Vec<[f32; F]>,
}

/// Probabilities of the candidates of each choice, none last; they sum to one.
///
/// # Errors
/// When the network cannot run.
pub fn decide<const F: usize>(
    model: &dyn Model,
    scorer: PairScorer,
    vectors: &ArrayView2<f32>,
    choices: &[Choice<F>],
    temperature: f32,
) -> Result<Vec<Vec<f32>>, ModelError> {
    let count: usize = choices.iter().map(|choice| choice.features.len()).sum();
    if count == 0 {
        return Ok(Vec::new());
    }
    let width = vectors.ncols() / 4;
    let offset = if scorer == PairScorer::Link { 0 } else { 2 * width };
    let mut pairs = Pairs {
        queries: Array2::zeros((count, width)),
        keys: Array2::zeros((count, width)),
        features: Array2::zeros((count, F)),
    };
    let pool = |range: &Range<usize>, from: usize| {
        vectors.slice(s![range.clone(), from..from + width]).mean_axis(Axis(0)).expect("a range holds a piece")
    };
    let mut row = 0;
    for choice in choices {
        let query = pool(&choice.query, offset);
        for (at, features) in choice.features.iter().enumerate() {
            pairs.queries.row_mut(row).assign(&query);
            if let Some(key) = choice.keys.get(at) {
                pairs.keys.row_mut(row).assign(&pool(key, offset + width));
            }
            pairs.features.row_mut(row).iter_mut().zip(features).for_each(|(to, from)| *to = *from);
            row += 1;
        }
    }
    let scores = model.pairs(scorer, &pairs)?;
    let mut row = 0;
    Ok(choices
        .iter()
        .map(|choice| {
            let part = scores.slice(s![row..row + choice.features.len()]).to_owned();
            row += choice.features.len();
            softmax(part.iter().map(|score| score / temperature))
        })
        .collect())
}
