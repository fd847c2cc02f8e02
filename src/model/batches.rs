//! Which inputs a network reads at once.
//!
//! An input is padded to its own padded length and read with inputs of that length only. Padded further for a longer
//! neighbour, its sums would run over more (empty) terms, and matrix libraries order the sums of different lengths
//! differently: the last bit would depend on the neighbours.

use super::ModelError;

/// Lengths are padded to a multiple of this, so that vectorised sums run over whole registers.
const LANES: usize = 32;

/// The length to which an input of `length` tokens is padded.
#[must_use]
pub fn padded_length(length: usize) -> usize {
    length.next_multiple_of(LANES)
}

/// Cuts `lengths` into batches of inputs of one padded length, at most `budget` tokens each (padding counted); every
/// batch is a list of positions in `lengths`.
#[must_use]
pub fn batches(lengths: &[usize], budget: usize) -> Vec<Vec<usize>> {
    let padded = |at: usize| padded_length(lengths[at]);
    let mut order: Vec<usize> = (0..lengths.len()).collect();
    order.sort_by_key(|&at| (padded(at), at));
    let mut out: Vec<Vec<usize>> = Vec::new();
    for at in order {
        match out.last_mut() {
            Some(batch) if padded(batch[0]) == padded(at) && (batch.len() + 1).saturating_mul(padded(at)) <= budget => {
                batch.push(at);
            }
            _ => out.push(vec![at]),
        }
    }
    out
}

/// Runs the [`batches`] and puts the results back in order.
///
/// # Errors
/// The first error of `run`.
///
/// # Panics
/// When `run` returns fewer results than a batch has inputs.
pub fn in_batches<T>(
    lengths: &[usize],
    budget: usize,
    run: impl Fn(&[usize]) -> Result<Vec<T>, ModelError>,
) -> Result<Vec<T>, ModelError> {
    let mut out: Vec<Option<T>> = std::iter::repeat_with(|| None).take(lengths.len()).collect();
    for batch in batches(lengths, budget) {
        for (&at, one) in batch.iter().zip(run(&batch)?) {
            out[at] = Some(one);
        }
    }
    Ok(out.into_iter().map(|one| one.expect("each input was in a batch")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn batches_hold_each_input_once_and_keep_the_budget() {
        let lengths = [256, 10, 256, 250, 12, 300, 11, 33];
        let out = batches(&lengths, 512);
        assert_eq!(out, [vec![1, 4, 6], vec![7], vec![0, 2], vec![3], vec![5]]);
    }

    #[test]
    fn no_input_is_padded_for_the_sake_of_another() {
        let lengths: Vec<usize> = (1..200).map(|at| at * 7 % 150).collect();
        for batch in batches(&lengths, usize::MAX) {
            assert!(batch.iter().all(|&at| padded_length(lengths[at]) == padded_length(lengths[batch[0]])));
        }
    }

    #[test]
    fn results_are_in_the_order_of_the_inputs() {
        let lengths = [256, 10, 40, 10];
        let out = in_batches(&lengths, 64, |batch| Ok(batch.iter().map(|at| at * 2).collect())).expect("runs");
        assert_eq!(out, [0, 2, 4, 6]);
    }
}
