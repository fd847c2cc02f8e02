//! Direct or mixed: whole sentences between marks, or a fragment inside a reporting sentence.
use std::ops::Range;

use super::{QuoteKind, TokenTags, marks::MarkedString};
use crate::text::{Span, Text, words};

/// Below this share of the probability of both kinds, their difference decides nothing.
const MARGIN: f32 = 0.2;
/// A sentence has at least so many words, when only its looks decide.
const SENTENCE_WORDS: usize = 3;

/// The kind of a string that is speech: what the tagger says, or where it wavers, what the string looks like.
pub(super) fn kind_of(
    text: &Text,
    block: Span,
    tags: &TokenTags,
    tokens: &Range<usize>,
    string: &MarkedString,
) -> QuoteKind {
    let direct = tags.kind_mass(tokens, QuoteKind::Direct);
    let mixed = tags.kind_mass(tokens, QuoteKind::Mixed);
    let indirect = tags.kind_mass(tokens, QuoteKind::Indirect);
    let both = direct + mixed;
    if both < indirect || (direct - mixed).abs() < MARGIN * both {
        return looks(text, block, string);
    }
    if direct > mixed { QuoteKind::Direct } else { QuoteKind::Mixed }
}

/// A string that begins like a sentence where one can begin is direct speech.
fn looks(text: &Text, block: Span, string: &MarkedString) -> QuoteKind {
    let inner = text.slice(string.inner);
    let capital = inner.chars().find(|c| c.is_alphanumeric()).is_some_and(char::is_uppercase);
    let before = Span::new(block.start(), string.outer.start()).map_or("", |before| text.slice(before));
    let opens = before.trim_end().chars().next_back().is_none_or(|c| !c.is_alphanumeric());
    if capital && opens && words(text, string.inner).len() >= SENTENCE_WORDS {
        QuoteKind::Direct
    } else {
        QuoteKind::Mixed
    }
}
