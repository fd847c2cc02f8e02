//! The input of the stance network: one pass for a quotation, its holder and its targets.
//!
//! The rules are those of `scripts/train/ascribe_train/stance_input.py`, to the letter; the committed fixture holds
//! both to it. All ranges are half-open, in word pieces of the article.

use std::ops::Range;

use crate::model::{NetworkInput, StanceInput};

/// A quotation of more pieces gets a pass for each target alone, through a window of so many.
const QUOTE: usize = 128;
/// Pieces of context before and after the window.
const CONTEXT: (usize, usize) = (48, 24);
/// How far before and after the window a holder or target may stand.
const REACH: (usize, usize) = (96, 64);

/// Vocabulary ids that the input is built with.
#[derive(Clone, Copy, Debug)]
pub struct MarkerIds {
    /// Begins and ends every input.
    pub around: (i64, i64),
    /// Opens and closes the holder.
    pub holder: (i64, i64),
    /// Opens and closes a target.
    pub target: (i64, i64),
}

/// How inputs are built.
#[derive(Clone, Copy, Debug)]
pub struct InputRules {
    /// Vocabulary ids.
    pub markers: MarkerIds,
    /// Whether the words around the quotation are shown. Without them it stands alone, or reaches to the targets beside it.
    pub context: bool,
    /// Whether holder and targets get markers. Without them the class of a target is read from its first piece.
    pub marking: bool,
}

impl InputRules {
    /// The rules by which the network was trained.
    #[must_use]
    pub const fn trained(markers: MarkerIds) -> Self {
        Self { markers, context: true, marking: true }
    }
}

/// One sequence for the network and which of the targets it is for, in the order of its marker positions.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pass {
    /// What the network sees.
    pub input: StanceInput,
    /// Positions in the list of targets.
    pub targets: Vec<usize>,
}

/// All passes of a quotation. Targets out of reach are in none.
#[must_use]
pub fn passes(
    ids: &[i64],
    rules: InputRules,
    quote: &Range<usize>,
    holder: Option<&Range<usize>>,
    targets: &[Range<usize>],
) -> Vec<Pass> {
    let groups: Vec<(Range<usize>, Vec<usize>)> = if quote.len() <= QUOTE {
        vec![(quote.clone(), (0..targets.len()).collect())]
    } else {
        targets.iter().enumerate().map(|(at, target)| (window(quote, target), vec![at])).collect()
    };
    groups
        .into_iter()
        .map(|(near, members)| build(ids, rules, quote, &near, holder, (targets, members)))
        .filter(|pass| !pass.targets.is_empty())
        .collect()
}

/// The pieces of a long quotation that are nearest to the target.
fn window(quote: &Range<usize>, target: &Range<usize>) -> Range<usize> {
    let start = if target.start < quote.start {
        quote.start
    } else if target.start >= quote.end {
        quote.end - QUOTE
    } else {
        target.start.saturating_sub(QUOTE / 2).clamp(quote.start, quote.end - QUOTE)
    };
    start..start + QUOTE
}

/// A range that gets markers; the order of the fields is the order of sorting.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Marked {
    start: usize,
    end: usize,
    target: bool,
}

fn build(
    ids: &[i64],
    InputRules { markers, context, marking }: InputRules,
    quote: &Range<usize>,
    near: &Range<usize>,
    holder: Option<&Range<usize>>,
    (targets, mut members): (&[Range<usize>], Vec<usize>),
) -> Pass {
    let reachable = |range: &Range<usize>| range.start + REACH.0 >= near.start && range.end <= near.end + REACH.1;
    members.retain(|&at| reachable(&targets[at]));
    let mut marked: Vec<Marked> =
        members.iter().map(|&at| Marked { start: targets[at].start, end: targets[at].end, target: true }).collect();
    let shown = |range: &Range<usize>| context || (near.start <= range.start && range.end <= near.end);
    if let Some(holder) = holder.filter(|holder| reachable(holder) && shown(holder)) {
        marked.push(Marked { start: holder.start, end: holder.end, target: false });
    }
    marked.sort();
    marked.dedup();
    let (before, after) = if context { CONTEXT } else { (0, 0) };
    let first = marked.iter().map(|range| range.start).chain([near.start.saturating_sub(before)]).min().unwrap_or(0);
    let last = marked.iter().map(|range| range.end).chain([near.end + after]).max().unwrap_or(0).min(ids.len());

    let kind = |at: usize| i64::from(quote.contains(&at));
    let mut out = NetworkInput { ids: vec![markers.around.0], types: vec![0] };
    let mut opened: Vec<(Range<usize>, usize)> = Vec::new();
    let push = |id: i64, kind: i64, out: &mut NetworkInput| {
        out.ids.push(id);
        out.types.push(kind);
    };
    #[allow(clippy::needless_range_loop, reason = "the end of the last piece is a place, too")]
    for at in first..=last {
        let mut closing: Vec<&Marked> = marked.iter().filter(|range| range.end == at).collect();
        closing.sort_by_key(|range| (std::cmp::Reverse(range.start), !range.target));
        for range in closing.into_iter().filter(|_| marking) {
            push(if range.target { markers.target.1 } else { markers.holder.1 }, kind(at - 1), &mut out);
        }
        let mut opening: Vec<&Marked> = marked.iter().filter(|range| range.start == at).collect();
        opening.sort_by_key(|range| (std::cmp::Reverse(range.end), range.target));
        for range in opening {
            if range.target {
                opened.push((range.start..range.end, out.ids.len()));
            }
            if marking {
                push(if range.target { markers.target.0 } else { markers.holder.0 }, kind(at), &mut out);
            }
        }
        if at < last {
            push(ids[at], kind(at), &mut out);
        }
    }
    push(markers.around.1, 0, &mut out);
    let position = |target: &Range<usize>| {
        opened.iter().find(|(range, _)| range == target).map(|(_, at)| *at).expect("a reachable target was opened")
    };
    let positions = members.iter().map(|&at| position(&targets[at])).collect();
    Pass { input: StanceInput { input: out, targets: positions }, targets: members }
}

#[cfg(test)]
mod tests {
    use super::*;

    const RULES: InputRules = InputRules::trained(MarkerIds { around: (101, 102), holder: (2, 3), target: (4, 5) });

    #[test]
    fn markers_stand_around_holder_and_target() {
        let ids: Vec<i64> = (1000..1010).collect();
        let made = passes(&ids, RULES, &(2..7), Some(&(8..9)), &[3..4, 5..7]);
        assert_eq!(made.len(), 1);
        let input = &made[0].input;
        assert_eq!(
            input.input.ids,
            [101, 1000, 1001, 1002, 4, 1003, 5, 1004, 4, 1005, 1006, 5, 1007, 2, 1008, 3, 1009, 102]
        );
        assert_eq!(input.input.types, [0, 0, 0, 1, 1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 0, 0]);
        assert_eq!(input.targets, [4, 8]);
    }

    #[test]
    fn without_context_the_quotation_stands_alone() {
        let ids: Vec<i64> = (1000..1010).collect();
        let made = passes(&ids, InputRules { context: false, ..RULES }, &(2..7), Some(&(8..9)), &[3..4, 5..6]);
        assert_eq!(made[0].input.input.ids, [101, 1002, 4, 1003, 5, 1004, 4, 1005, 5, 1006, 102]);
    }

    #[test]
    fn without_marking_the_first_piece_of_a_target_is_read() {
        let ids: Vec<i64> = (1000..1006).collect();
        let made = passes(&ids, InputRules { marking: false, ..RULES }, &(2..5), Some(&(0..1)), &[2..3, 3..5]);
        let input = &made[0].input;
        assert_eq!(input.input.ids, [101, 1000, 1001, 1002, 1003, 1004, 1005, 102]);
        assert_eq!(input.targets.iter().map(|&at| input.input.ids[at]).collect::<Vec<_>>(), [1002, 1003]);
    }

    #[test]
    fn a_long_quotation_is_seen_through_a_window_at_each_target() {
        let ids: Vec<i64> = (0..600).collect();
        let made = passes(&ids, RULES, &(100..500), None, &[110..111, 300..301, 20..21]);
        assert_eq!(made.len(), 3);
        for pass in &made {
            assert_eq!(pass.input.input.ids[pass.input.targets[0]], 4);
            assert!(pass.input.input.ids.len() <= QUOTE + REACH.0 + CONTEXT.1 + 6);
        }
    }

    #[test]
    fn targets_out_of_reach_are_in_no_pass() {
        let ids: Vec<i64> = (0..600).collect();
        assert!(passes(&ids, RULES, &(300..310), None, &[10..11, 500..501]).is_empty());
    }
}
