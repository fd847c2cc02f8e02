//! Words of a text as the name head sees them, and what may stand between two words of one name.

use std::ops::Range;

use ndarray::Array2;

use crate::text::{Span, Text};

/// A word of the text as the name head sees it.
pub(super) struct Word {
    pub(super) span: Span,
    pub(super) pieces: Range<usize>,
    /// No name, person, organization, place.
    pub(super) probabilities: [f32; 4],
    pub(super) begins: bool,
}

/// Groups pieces that touch to words; the first piece speaks for the word.
pub(super) fn words(text: &Text, pieces: &[Span], logits: &Array2<f32>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let alphanumeric = text.slice(*piece).chars().next().is_some_and(char::is_alphanumeric);
        if !alphanumeric {
            continue;
        }
        if let Some(word) = out.last_mut()
            && word.span.end() == piece.start()
        {
            word.span = word.span.join(piece);
            word.pieces.end = at + 1;
            continue;
        }
        let row = softmax(logits.row(at).iter().copied());
        let pair = |kind: usize| row[2 * kind - 1] + row[2 * kind];
        let probabilities = [row[0], pair(1), pair(2), pair(3)];
        let best = strongest(&probabilities);
        let begins = best > 0 && row[2 * best - 1] > row[2 * best];
        out.push(Word { span: *piece, pieces: at..at + 1, probabilities, begins });
    }
    out
}

/// Whether a word begins with a capital.
pub(super) fn is_capital(text: &Text, word: &Word) -> bool {
    text.slice(word.span).starts_with(char::is_uppercase)
}

/// Whether a blank or hyphen is all that stands between two words.
pub(super) fn touches(text: &Text, left: Span, right: Span) -> bool {
    Span::new(left.end(), right.start()).is_ok_and(|gap| match text.slice(gap) {
        " " | "\u{a0}" | "-" => true,
        // Initials, as in `U.S.`; after a longer word the full stop may end a sentence.
        "." | ". " => left.len() == 1,
        _ => false,
    })
}

/// Whether two words may belong to one name: nothing but a blank, hyphen, full stop or ampersand between them.
pub(super) fn joins(text: &Text, left: Span, right: Span) -> bool {
    Span::new(left.end(), right.start()).is_ok_and(|gap| {
        text.slice(gap).chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '.' | '&' | '’' | '\'' | '–'))
    })
}

/// The likeliest of some classes.
pub(super) fn strongest(probabilities: &[f32]) -> usize {
    probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at)
}

/// Softmax of a row of logits.
pub(in crate::speaker) fn softmax(logits: impl Iterator<Item = f32> + Clone) -> Vec<f32> {
    let top = logits.clone().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.map(|logit| (logit - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}
