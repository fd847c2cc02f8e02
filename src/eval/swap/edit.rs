//! [`Edits`]: words replaced in a text, and where a span of the old text lies in the new one.
use crate::text::{Span, Text};

/// Replacements that do not overlap, in text order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edits {
    edits: Vec<(Span, String)>,
}

impl Edits {
    /// Adds a replacement behind all others.
    ///
    /// # Panics
    /// When it begins before the end of the last.
    pub fn replace(&mut self, span: Span, words: impl Into<String>) {
        assert!(self.edits.last().is_none_or(|(last, _)| last.end() <= span.start()), "edits come in text order");
        self.edits.push((span, words.into()));
    }

    /// Whether nothing is replaced.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.edits.is_empty()
    }

    /// Whether a part of a span is replaced.
    #[must_use]
    pub fn touch(&self, span: Span) -> bool {
        self.edits.iter().any(|(edit, _)| edit.overlaps(&span))
    }

    /// The text with the replacements.
    #[must_use]
    pub fn apply(&self, text: &Text) -> Text {
        let (mut out, mut end) = (String::new(), 0);
        for (span, words) in &self.edits {
            out.push_str(text.slice(Span::ordered(end, span.start())));
            out.push_str(words);
            end = span.end();
        }
        out.push_str(text.slice(Span::ordered(end, text.len())));
        Text::new(out)
    }

    /// Where a span lies in the new text. A bound inside of replaced words moves to the bound of the new ones.
    #[must_use]
    pub fn moved(&self, span: Span) -> Span {
        Span::ordered(self.offset(span.start(), false), self.offset(span.end(), true))
    }

    fn offset(&self, at: usize, is_end: bool) -> usize {
        let (mut gone, mut come) = (0, 0);
        for (span, words) in &self.edits {
            let length = words.chars().count();
            if span.end() <= at {
                gone += span.len();
                come += length;
            } else if span.start() < at {
                return span.start() - gone + come + if is_end { length } else { 0 };
            } else {
                break;
            }
        }
        at - gone + come
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_bound_inside_of_replaced_words_moves_to_theirs() {
        let text = Text::new("The Åland Isles lied");
        let mut edits = Edits::default();
        edits.replace(Span::ordered(4, 15), "Estmark");
        let new = edits.apply(&text);
        assert_eq!(new.as_str(), "The Estmark lied");
        assert_eq!(new.slice(edits.moved(Span::ordered(10, 20))), "Estmark lied");
        assert_eq!(new.slice(edits.moved(Span::ordered(0, 9))), "The Estmark");
    }

    proptest! {
        /// What stands between replacements keeps its words, and what is replaced gets the new ones.
        #[test]
        fn spans_follow_their_words(parts in prop::collection::vec(("[a-zé👩 ]{1,5}", prop::option::of("[A-ZÅ ]{0,6}")), 1..9)) {
            let (mut edits, mut spans, mut at, mut old, mut new) = (Edits::default(), Vec::new(), 0, String::new(), String::new());
            for (words, other) in &parts {
                let span = Span::ordered(at, at + words.chars().count());
                at = span.end();
                old.push_str(words);
                new.push_str(other.as_ref().unwrap_or(words));
                if let Some(other) = other {
                    edits.replace(span, other.as_str());
                }
                spans.push((span, other.as_ref().unwrap_or(words)));
            }
            let made = edits.apply(&Text::new(old));
            prop_assert_eq!(made.as_str(), new.as_str());
            for (span, words) in spans {
                prop_assert_eq!(made.slice(edits.moved(span)), words.as_str());
            }
            prop_assert_eq!(edits.moved(Span::ordered(0, at)), made.whole());
        }
    }
}
