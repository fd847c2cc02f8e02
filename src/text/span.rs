//! [`Span`]: a stretch of an article's text. It exists so that an offset can never be mistaken for a byte, and an
//! end can never lie before its start.
use std::ops::Range;

use thiserror::Error;

/// A half-open, zero-based stretch of a text, counted in Unicode code points.
///
/// ```
/// # use ascribe::text::{Span, Text};
/// let text = Text::new("Kalın said so");
/// let name = Span::new(0, 5)?;
/// assert_eq!(text.slice(name), "Kalın");
/// # Ok::<(), ascribe::text::SpanError>(())
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Span {
    start: usize,
    end: usize,
}

/// Why a pair of offsets is no span.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum SpanError {
    /// The end lies before the start.
    #[error("making a span of {start}..{end}: the end lies before the start; check which offset is which")]
    Reversed {
        /// The offset given as start.
        start: usize,
        /// The offset given as end.
        end: usize,
    },
}

impl Span {
    /// The span from `start` up to, not including, `end`, in code points.
    ///
    /// # Errors
    /// [`SpanError::Reversed`] when `end` is smaller than `start`.
    pub const fn new(start: usize, end: usize) -> Result<Self, SpanError> {
        if end < start { Err(SpanError::Reversed { start, end }) } else { Ok(Self { start, end }) }
    }

    /// For offsets of which this module knows that they are in order.
    pub(crate) const fn ordered(start: usize, end: usize) -> Self {
        assert!(start <= end, "a span is made of ordered offsets");
        Self { start, end }
    }

    /// The first code point inside.
    #[must_use]
    pub const fn start(self) -> usize {
        self.start
    }

    /// The first code point behind.
    #[must_use]
    pub const fn end(self) -> usize {
        self.end
    }

    /// Number of code points inside.
    #[must_use]
    pub const fn len(self) -> usize {
        self.end - self.start
    }

    /// Whether nothing lies inside.
    #[must_use]
    pub const fn is_empty(self) -> bool {
        self.start == self.end
    }

    /// Whether all of `other` lies inside (an empty span lies inside at both borders too).
    #[must_use]
    pub const fn contains(self, other: &Self) -> bool {
        self.start <= other.start && other.end <= self.end
    }

    /// Whether the code point at `offset` lies inside.
    #[must_use]
    pub const fn contains_at(self, offset: usize) -> bool {
        self.start <= offset && offset < self.end
    }

    /// Whether at least one code point lies in both.
    #[must_use]
    pub fn overlaps(self, other: &Self) -> bool {
        self.start.max(other.start) < self.end.min(other.end)
    }

    /// The stretch that lies in both, if they overlap.
    #[must_use]
    pub fn intersect(self, other: &Self) -> Option<Self> {
        self.overlaps(other).then(|| Self::ordered(self.start.max(other.start), self.end.min(other.end)))
    }

    /// The smallest span around both, with what lies between them.
    #[must_use]
    pub fn join(self, other: &Self) -> Self {
        Self::ordered(self.start.min(other.start), self.end.max(other.end))
    }
}

/// The positions of those of some spans, in text order, that have a part in a span.
#[must_use]
pub fn covering(spans: &[Span], span: Span) -> Range<usize> {
    let first = spans.partition_point(|one| one.end() <= span.start());
    let last = spans.partition_point(|one| one.start() < span.end());
    first..last.max(first)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end).unwrap()
    }

    #[test]
    fn a_reversed_span_is_refused() {
        assert_eq!(Span::new(5, 4), Err(SpanError::Reversed { start: 5, end: 4 }));
        assert!(span(4, 4).is_empty());
    }

    #[test]
    fn touching_spans_do_not_overlap() {
        assert!(!span(0, 3).overlaps(&span(3, 5)));
        assert_eq!(span(0, 3).intersect(&span(3, 5)), None);
        assert_eq!(span(0, 4).intersect(&span(3, 5)), Some(span(3, 4)));
        assert_eq!(span(0, 3).join(&span(4, 5)), span(0, 5));
    }

    #[test]
    fn an_empty_span_overlaps_nothing() {
        assert!(!span(2, 2).overlaps(&span(0, 5)));
        assert!(span(0, 5).contains(&span(5, 5)));
        assert!(!span(0, 5).contains_at(5));
    }

    #[test]
    fn what_has_a_part_in_a_span_covers_it() {
        let words: Vec<Span> = [(0, 3), (4, 7), (8, 12)].map(|(start, end)| Span::ordered(start, end)).into();
        assert_eq!(covering(&words, Span::ordered(5, 9)), 1..3);
        assert_eq!(covering(&words, Span::ordered(3, 4)), 1..1);
    }
}
