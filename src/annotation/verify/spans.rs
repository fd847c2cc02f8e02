//! The checks that every span of an annotation goes through.
use super::{Fault, Violation};
use crate::annotation::Anchored;
use crate::text::{Span, Text};

/// The article's text and what was found wrong so far.
pub(super) struct SpanCheck {
    text: Text,
    violations: Vec<Violation>,
}

impl SpanCheck {
    pub(super) fn of(text: &str) -> Self {
        Self { text: Text::new(text), violations: Vec::new() }
    }

    pub(super) fn report(&mut self, at: &str, fault: Fault) {
        self.violations.push(Violation { at: at.to_owned(), fault });
    }

    pub(super) fn into_violations(self) -> Vec<Violation> {
        self.violations
    }

    /// Offsets are in order and inside the text, and cover something.
    pub(super) fn inside(&mut self, at: &str, start: usize, end: usize) -> Option<Span> {
        let Ok(span) = Span::new(start, end) else {
            self.report(at, Fault::Reversed { start, end });
            return None;
        };
        let length = self.text.len();
        if end > length {
            self.report(at, Fault::Outside { start, end, length });
            return None;
        }
        if span.is_empty() {
            self.report(at, Fault::Empty(start));
            return None;
        }
        Some(span)
    }

    /// Offsets cover these words.
    pub(super) fn covers(&mut self, at: &str, start: usize, end: usize, said: &str) {
        let Some(span) = self.inside(at, start, end) else { return };
        let covered = self.text.slice(span);
        if covered != said {
            let fault = Fault::OtherWords { start, end, covered: covered.to_owned(), said: said.to_owned() };
            self.report(at, fault);
        }
    }

    /// A list of spans with their words, in the order of the text and apart from each other.
    pub(super) fn anchors(&mut self, at: &str, anchors: &[Anchored]) {
        for (index, anchor) in anchors.iter().enumerate() {
            self.covers(&format!("{at}[{index}]"), anchor.start, anchor.end, &anchor.text);
        }
        self.sorted(at, anchors.iter().map(|anchor| (anchor.start, anchor.end)));
    }

    /// Spans follow the text and do not overlap.
    pub(super) fn sorted(&mut self, at: &str, spans: impl Iterator<Item = (usize, usize)> + Clone) {
        self.ordered(at, spans.clone().map(|(start, _)| start));
        if let Some((_, (start, _))) =
            spans.clone().zip(spans.skip(1)).find(|((from, to), (start, _))| from <= start && start < to)
        {
            self.report(at, Fault::Overlap(start));
        }
    }

    /// Starts follow the text.
    pub(super) fn ordered(&mut self, at: &str, starts: impl Iterator<Item = usize>) {
        if !starts.is_sorted() {
            self.report(at, Fault::Unordered);
        }
    }
}
