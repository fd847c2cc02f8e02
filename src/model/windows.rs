//! Long articles go through the network in overlapping windows; each token's output is taken from the window in which
//! it stands farthest from an edge, so that no seam shows.

use std::ops::Range;

use ndarray::{Array2, ArrayView2, s};

use super::{NetworkInput, TokenOutput};

/// One window: which tokens the network sees, and of which of them the output is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Window {
    /// Token range that goes in.
    pub seen: Range<usize>,
    /// Token range whose output is kept; inside `seen`, and the kept ranges of all windows tile the text.
    pub kept: Range<usize>,
}

/// The windows of one text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct WindowPlan {
    /// The windows in text order.
    pub windows: Vec<Window>,
}

impl WindowPlan {
    /// Plans windows of at most `length` tokens which share `overlap` tokens with their neighbours.
    ///
    /// The last window is moved back rather than left short, so that its first tokens have context too.
    ///
    /// # Panics
    /// When the overlap is not smaller than the length.
    #[must_use]
    pub fn new(tokens: usize, length: usize, overlap: usize) -> Self {
        assert!(overlap < length, "the overlap must be smaller than the window");
        let mut starts = vec![0];
        let mut end = length;
        while end < tokens {
            let start = (end - overlap).min(tokens - length);
            starts.push(start);
            end = start + length;
        }
        let seen: Vec<Range<usize>> = starts.iter().map(|&start| start..(start + length).min(tokens)).collect();
        let edges: Vec<usize> = seen.windows(2).map(|two| usize::midpoint(two[1].start, two[0].end)).collect();
        let windows = seen
            .iter()
            .enumerate()
            .map(|(at, seen)| Window {
                seen: seen.clone(),
                kept: at.checked_sub(1).map_or(0, |before| edges[before])..*edges.get(at).unwrap_or(&tokens),
            })
            .filter(|window| !window.seen.is_empty())
            .collect();
        Self { windows }
    }

    /// The inputs of the network, `[CLS]` and `[SEP]` put around.
    #[must_use]
    pub fn inputs(&self, ids: &[i64], types: &[i64], around: (i64, i64)) -> Vec<NetworkInput> {
        let wrap = |inner: &[i64], first, last| {
            let mut out = Vec::with_capacity(inner.len() + 2);
            out.push(first);
            out.extend_from_slice(inner);
            out.push(last);
            out
        };
        self.windows
            .iter()
            .map(|window| NetworkInput {
                ids: wrap(&ids[window.seen.clone()], around.0, around.1),
                types: wrap(&types[window.seen.clone()], 0, 0),
            })
            .collect()
    }

    /// Puts the outputs of the windows together to one output of all tokens.
    ///
    /// # Panics
    /// When there is not one output a window.
    #[must_use]
    pub fn merge(&self, outputs: &[TokenOutput]) -> TokenOutput {
        assert_eq!(outputs.len(), self.windows.len(), "one output a window");
        TokenOutput {
            tags: self.rows(outputs.iter().map(|out| out.tags.view())),
            names: self.rows(outputs.iter().map(|out| out.names.view())),
            vectors: self.rows(outputs.iter().map(|out| out.vectors.view())),
        }
    }

    fn rows<'a>(&self, arrays: impl Iterator<Item = ArrayView2<'a, f32>>) -> Array2<f32> {
        let parts: Vec<ArrayView2<f32>> = arrays
            .zip(&self.windows)
            .map(|(array, window)| {
                let from = window.kept.start - window.seen.start;
                let until = window.kept.end - window.seen.start;
                array.slice_move(s![from..until, ..])
            })
            .collect();
        match parts.first() {
            None => Array2::zeros((0, 0)),
            Some(_) => ndarray::concatenate(ndarray::Axis(0), &parts).expect("all windows have the same columns"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_short_text_is_one_window_and_an_empty_one_none() {
        assert_eq!(WindowPlan::new(5, 8, 2).windows, [Window { seen: 0..5, kept: 0..5 }]);
        assert!(WindowPlan::new(0, 8, 2).windows.is_empty());
    }

    proptest! {
        #[test]
        fn kept_ranges_tile_the_text_away_from_the_edges(tokens in 1_usize..2000, length in 8_usize..256, part in 0_usize..4) {
            let overlap = length * part / 8;
            let plan = WindowPlan::new(tokens, length, overlap);
            let mut next = 0;
            for window in &plan.windows {
                prop_assert_eq!(window.kept.start, next);
                prop_assert!(window.seen.start <= window.kept.start && window.kept.end <= window.seen.end);
                prop_assert!(window.seen.len() <= length);
                if window.seen.start > 0 {
                    prop_assert!(window.kept.start - window.seen.start >= overlap / 2);
                }
                next = window.kept.end;
            }
            prop_assert_eq!(next, tokens);
        }

        #[test]
        fn merging_gives_every_token_its_own_row(tokens in 1_usize..600) {
            let plan = WindowPlan::new(tokens, 64, 16);
            let outputs: Vec<TokenOutput> = plan.windows.iter().map(|window| {
                let rows = Array2::from_shape_fn((window.seen.len(), 1), |(row, _)| (window.seen.start + row) as f32);
                TokenOutput { tags: rows.clone(), names: rows.clone(), vectors: rows }
            }).collect();
            let merged = plan.merge(&outputs);
            prop_assert!(merged.tags.column(0).iter().enumerate().all(|(at, &value)| (value - at as f32).abs() < 0.5));
        }
    }
}
