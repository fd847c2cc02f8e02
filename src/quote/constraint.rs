//! What is certain about tokens before their labels are decoded: words, paragraphs and marks.
use super::{
    TokenTags, attribution,
    marks::MarkedString,
    speech::Speech,
    viterbi::{Allowed, Constraint, Link},
};
use crate::{
    article::{Block, BlockKind},
    text::{Span, Text},
};

/// The constraints of all tokens of an article, given which of its strings are speech.
pub(super) fn constraints(
    text: &Text,
    blocks: &[Block],
    tags: &TokenTags,
    strings: &[MarkedString],
    speech: &[Speech],
) -> Vec<Constraint> {
    let places = places(blocks, tags.spans());
    let mut constraints: Vec<Constraint> = (0..tags.len())
        .map(|token| Constraint { link: link(text, tags, &places, token), allowed: Allowed::Any })
        .collect();
    let mut allow = |span: Span, allowed: Allowed| {
        for token in tags.tokens_in(span) {
            constraints[token].allowed = allowed;
        }
    };
    for (index, block) in blocks.iter().enumerate() {
        if block.kind != BlockKind::Paragraph {
            // Headings, captions and bylines report nothing, unless a quotation in marks stands in them.
            let quotes = speech.iter().any(|speech| strings[speech.string].block == index);
            allow(block.span, if quotes { Allowed::NotContent } else { Allowed::Outside });
        }
    }
    for speech in speech {
        let string = &strings[speech.string];
        if let Some(clause) = attribution::behind(text, blocks[string.block].span, strings, string) {
            allow(clause, Allowed::NotContent);
        }
    }
    for speech in speech {
        allow(strings[speech.string].outer, Allowed::Content);
    }
    constraints
}

/// The block of each token, if it lies in one.
pub(super) fn places(blocks: &[Block], tokens: &[Span]) -> Vec<Option<usize>> {
    let place = |token: &Span| {
        let after = blocks.partition_point(|block| block.span.start() <= token.start());
        after.checked_sub(1).filter(|&index| blocks[index].span.contains_at(token.start()))
    };
    tokens.iter().map(place).collect()
}

fn link(text: &Text, tags: &TokenTags, places: &[Option<usize>], token: usize) -> Link {
    let Some(previous) = token.checked_sub(1) else {
        return Link::Broken;
    };
    if places[previous] != places[token] || places[token].is_none() {
        return Link::Broken;
    }
    let (left, right) = (tags.spans()[previous], tags.spans()[token]);
    let is_letter =
        |offset: Option<usize>| offset.and_then(|offset| text.char_at(offset)).is_some_and(char::is_alphanumeric);
    if left.end() == right.start() && is_letter(left.end().checked_sub(1)) && is_letter(Some(right.start())) {
        Link::SameWord
    } else {
        Link::Free
    }
}
