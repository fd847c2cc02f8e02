//! Which prediction belongs to which gold.
use crate::eval::region::Region;

/// What is needed to count as the same quote: more than half of it.
pub const SAME: f64 = 0.5;
/// What is needed to count as found between its marks.
pub const FOUND: f64 = 0.8;

/// The region most like another one, if at least `least` of both is in both; the first one of equals.
pub fn best(regions: &[Region], wanted: &Region, least: f64) -> Option<usize> {
    let mut best: Option<(usize, f64)> = None;
    for (at, region) in regions.iter().enumerate() {
        let iou = region.iou(wanted);
        if iou >= least && best.is_none_or(|(_, most)| iou > most) {
            best = Some((at, iou));
        }
    }
    best.map(|(at, _)| at)
}

/// Pairs of gold and prediction, each in one pair at most, with at least `least` of both in both; the most alike are
/// paired first.
pub fn one_to_one(gold: &[Region], guess: &[Region], least: f64) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    for (at, one) in gold.iter().enumerate() {
        for (with, other) in guess.iter().enumerate() {
            let iou = one.iou(other);
            if iou >= least && iou > 0.0 {
                pairs.push((iou, at, with));
            }
        }
    }
    pairs.sort_by(|one, other| other.0.total_cmp(&one.0).then((one.1, one.2).cmp(&(other.1, other.2))));
    let (mut gold_taken, mut guess_taken) = (vec![false; gold.len()], vec![false; guess.len()]);
    pairs.retain(|&(_, at, with)| {
        let is_free = !gold_taken[at] && !guess_taken[with];
        if is_free {
            (gold_taken[at], guess_taken[with]) = (true, true);
        }
        is_free
    });
    let mut pairs: Vec<(usize, usize)> = pairs.into_iter().map(|(_, at, with)| (at, with)).collect();
    pairs.sort_unstable();
    pairs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::{Span, Text};

    fn regions(text: &Text, spans: &[(usize, usize)]) -> Vec<Region> {
        spans.iter().map(|&(start, end)| Region::of(text, &[Span::new(start, end).unwrap()])).collect()
    }

    #[test]
    fn the_most_alike_is_best() {
        let text = Text::new("x".repeat(40));
        let guess = regions(&text, &[(0, 30), (0, 12), (0, 12), (30, 40)]);
        let wanted = &regions(&text, &[(0, 10)])[0];
        assert_eq!(best(&guess, wanted, SAME), Some(1));
        assert_eq!(best(&guess, wanted, 0.9), None);
    }

    #[test]
    fn each_is_paired_once() {
        let text = Text::new("x".repeat(40));
        let gold = regions(&text, &[(0, 10), (8, 20)]);
        let guess = regions(&text, &[(0, 20), (8, 20)]);
        assert_eq!(one_to_one(&gold, &guess, 0.3), [(0, 0), (1, 1)]);
        assert_eq!(one_to_one(&gold, &guess[..1], 0.3), [(1, 0)]);
    }

    #[test]
    fn nothing_is_like_nothing() {
        let empty = [Region::default()];
        assert!(one_to_one(&empty, &empty, 0.0).is_empty());
    }
}
