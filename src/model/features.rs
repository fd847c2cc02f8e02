//! What an uncased vocabulary hides from the encoder, given to it as the type of each token: the case of the word,
//! whether it stands between quotation marks, and whether it opens a paragraph.
//!
//! `type = case + 4 * inside + 8 * opening`. `scripts/train/ascribe_train/pieces.py` computes the same numbers; the
//! committed fixture holds both to it.

use crate::text::{Span, Text};

/// How many cases there are: lower, capitalised, all capitals, mixed.
pub const CASES: i64 = 4;

/// The token types of pieces; `inside` tells for each piece whether it stands between quotation marks, `paragraphs`
/// the number of its paragraph.
///
/// # Panics
/// When there is not one flag and one number a piece.
#[must_use]
pub fn token_types(text: &Text, spans: &[Span], inside: &[bool], paragraphs: &[usize]) -> Vec<i64> {
    assert!(spans.len() == inside.len() && spans.len() == paragraphs.len(), "one flag and one number a piece");
    let openings = (0..spans.len()).map(|at| at == 0 || paragraphs[at] != paragraphs[at - 1]);
    let mut word: Option<(Span, i64)> = None;
    spans
        .iter()
        .zip(inside)
        .zip(openings)
        .map(|((span, &quoted), opening)| {
            if !word.is_some_and(|(around, _)| around.contains_at(span.start())) {
                word = word_case(text, span.start());
            }
            word.map_or(0, |(_, case)| case) + CASES * i64::from(quoted) + 2 * CASES * i64::from(opening)
        })
        .collect()
}

/// The word (a run of alphanumerics) around a code point, if one stands there, and its case.
fn word_case(text: &Text, at: usize) -> Option<(Span, i64)> {
    let alphanumeric = |offset: usize| text.char_at(offset).is_some_and(char::is_alphanumeric);
    if !alphanumeric(at) {
        return None;
    }
    let mut start = at;
    while start > 0 && alphanumeric(start - 1) {
        start -= 1;
    }
    let mut end = at + 1;
    while alphanumeric(end) {
        end += 1;
    }
    let span = Span::new(start, end).expect("the end lies after the start");
    let word = text.slice(span);
    let upper = word.chars().any(char::is_uppercase);
    let lower = word.chars().any(char::is_lowercase);
    let capital = word.chars().next().is_some_and(char::is_uppercase);
    let case = match (upper, lower) {
        (false, _) => 0,
        (true, lower) if capital && (lower || span.len() == 1) => 1,
        (true, false) => 2,
        (true, true) => 3,
    };
    Some((span, case))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words;

    #[test]
    fn types_tell_case_marks_and_paragraph_starts() {
        let text = Text::new("NATO said \"Help them\"\niPhone A b");
        let spans = words(&text, text.whole());
        let inside: Vec<bool> = spans.iter().map(|s| matches!(text.slice(*s), "Help" | "them")).collect();
        let named: Vec<(&str, i64)> = spans
            .iter()
            .map(|s| text.slice(*s))
            .zip(token_types(&text, &spans, &inside, &[0, 0, 0, 0, 1, 1, 1]))
            .collect();
        assert_eq!(
            named,
            [("NATO", 2 + 8), ("said", 0), ("Help", 1 + 4), ("them", 4), ("iPhone", 3 + 8), ("A", 1), ("b", 0)]
        );
    }
}
