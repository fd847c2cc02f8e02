//! Which marked strings are speech, and where those end whose marks had to be repaired.
use std::{collections::HashSet, ops::Range};

use super::{
    Flag, QuoteKind, QuoteSettings, Role, TokenTags, kind,
    marks::MarkedString,
    not_speech::{introduced, is_heading},
};
use crate::{
    article::Block,
    text::{Span, Text, fold, words},
};

/// A marked string that is speech.
#[derive(Clone, Debug)]
pub(super) struct Speech {
    /// Its index among the strings.
    pub string: usize,
    pub tokens: Range<usize>,
    pub kind: QuoteKind,
    /// Mean probability of its tokens to be content.
    pub confidence: f32,
}

/// The strings that are speech, in text order. One inside another that is speech is part of it.
pub(super) fn speech_among(
    text: &Text,
    blocks: &[Block],
    tags: &TokenTags,
    strings: &[MarkedString],
    settings: &QuoteSettings,
) -> Vec<Speech> {
    let expressions = expressions(text, blocks, strings);
    let mut found: Vec<Speech> = Vec::new();
    for (index, string) in strings.iter().enumerate() {
        let inside = found.last().is_some_and(|last| strings[last.string].outer.contains(&string.outer));
        let tokens = tags.tokens_in(string.inner);
        if inside || tokens.is_empty() || words(text, string.inner).is_empty() {
            continue;
        }
        let block = &blocks[string.block];
        let threshold = if is_heading(block.kind) {
            settings.headline_threshold
        } else if expressions.contains(&fold(text.slice(string.inner))) {
            settings.expression_threshold
        } else {
            settings.speech_threshold
        };
        let confidence = tags.mean_probability(&tokens, Role::Content);
        if confidence >= threshold {
            let kind = kind::kind_of(text, block.span, tags, &tokens, string);
            found.push(Speech { string: index, tokens, kind, confidence });
        }
    }
    found
}

/// Strings that the text introduces as titles or expressions somewhere: elsewhere they are hardly speech either.
fn expressions(text: &Text, blocks: &[Block], strings: &[MarkedString]) -> HashSet<String> {
    strings
        .iter()
        .filter(|string| introduced(text, blocks[string.block].span, string).is_some())
        .map(|string| fold(text.slice(string.inner)))
        .collect()
}

/// A repaired end moves only if at least so many words change sides.
const SHIFTED_WORDS: usize = 3;

/// Fits repaired ends to the tagger's opinion: without a mark, the quotation ends where content does.
pub(super) fn fit_repairs(text: &Text, tags: &TokenTags, strings: &mut [MarkedString]) {
    for index in 0..strings.len() {
        let string = &strings[index];
        let fitted = if string.has(Flag::Unclosed) {
            content_prefix(text, tags, string.inner)
        } else if string.has(Flag::NoOpen) {
            content_suffix(text, tags, string.inner)
        } else {
            None
        };
        let Some(inner) = fitted else { continue };
        let outer = if string.has(Flag::Unclosed) {
            Span::new(string.outer.start(), inner.end())
        } else {
            Span::new(inner.start(), string.outer.end())
        };
        let Ok(outer) = outer else { continue };
        // A string inside must not be cut, nor be left outside.
        let nested = strings[index + 1..].iter().take_while(|other| other.outer.start() < string.outer.end());
        if nested.clone().all(|other| outer.contains(&other.outer)) {
            let string = &mut strings[index];
            (string.inner, string.outer) = (inner, outer);
        }
    }
}

/// The part up to the token where the evidence for content is greatest, if words remain behind it.
fn content_prefix(text: &Text, tags: &TokenTags, inner: Span) -> Option<Span> {
    let tokens = tags.tokens_in(inner);
    let last = best_length(tags, tokens.clone())?.checked_sub(1)? + tokens.start;
    let mut end = tags.spans()[last].end().clamp(inner.start(), inner.end());
    while end < inner.end() && text.char_at(end).is_some_and(char::is_alphanumeric) {
        end += 1;
    }
    while end < inner.end() && text.char_at(end).is_some_and(|c| matches!(c, ',' | '.' | '!' | '?' | '…')) {
        end += 1;
    }
    let rest = Span::new(end, inner.end()).ok()?;
    let fitted = text.trim(Span::new(inner.start(), end).ok()?);
    (words(text, rest).len() >= SHIFTED_WORDS && !words(text, fitted).is_empty()).then_some(fitted)
}

fn content_suffix(text: &Text, tags: &TokenTags, inner: Span) -> Option<Span> {
    let tokens = tags.tokens_in(inner);
    let first = tokens.end - best_length(tags, tokens.clone().rev())?;
    let mut start = tags.spans().get(first)?.start().clamp(inner.start(), inner.end());
    while start > inner.start() && text.char_at(start - 1).is_some_and(char::is_alphanumeric) {
        start -= 1;
    }
    let rest = Span::new(inner.start(), start).ok()?;
    let fitted = text.trim(Span::new(start, inner.end()).ok()?);
    (words(text, rest).len() >= SHIFTED_WORDS && !words(text, fitted).is_empty()).then_some(fitted)
}

/// How many tokens, taken in the given order, gather the most evidence for content; none without evidence.
fn best_length(tags: &TokenTags, tokens: impl Iterator<Item = usize>) -> Option<usize> {
    let (mut sum, mut best, mut length) = (0.0, 0.0, None);
    for (count, token) in tokens.enumerate() {
        sum += tags.role_probability(token, Role::Content) - 0.5;
        if sum >= best {
            best = sum;
            length = Some(count + 1);
        }
    }
    length
}
