//! Words: runs of letters and digits, for counting and for comparing by whole words.
use unicode_normalization::char::is_combining_mark;

use super::{Span, Text};

/// The words of a span: maximal runs of letters and digits with the marks on them. Apostrophes, hyphens and full
/// stops divide (`Turkey's` is two words, `U.S.` too), which is all that counting and word borders need.
///
/// # Panics
/// When the span reaches beyond the text.
#[must_use]
pub fn words(text: &Text, span: Span) -> Vec<Span> {
    let mut found = Vec::new();
    let mut start = None;
    for (offset, c) in text.chars_in(span) {
        let inside = c.is_alphanumeric() || (start.is_some() && is_combining_mark(c));
        match (start, inside) {
            (None, true) => start = Some(offset),
            (Some(from), false) => {
                found.push(Span::ordered(from, offset));
                start = None;
            }
            _ => {}
        }
    }
    if let Some(from) = start {
        found.push(Span::ordered(from, span.end()));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_runs_of_letters_and_digits() {
        let text = Text::new("“Önal’s re-evaluation,” cafe\u{301}s at 5.30 – #Idlib");
        let found: Vec<_> = words(&text, text.whole()).into_iter().map(|word| text.slice(word)).collect();
        assert_eq!(found, ["Önal", "s", "re", "evaluation", "cafe\u{301}s", "at", "5", "30", "Idlib"]);
    }

    #[test]
    fn a_span_cuts_words_at_its_ends() {
        let text = Text::new("Idlib province");
        let found = words(&text, Span::new(2, 8).unwrap());
        assert_eq!(text.slice(found[0]), "lib");
        assert_eq!(text.slice(found[1]), "pr");
    }
}
