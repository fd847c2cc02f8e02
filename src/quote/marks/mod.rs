//! Quoted strings found by their marks, paragraph by paragraph: the ground truth for where speech in marks begins
//! and ends. The tagger says what is speech; this says how far it reaches, to the letter.
//!
//! [`scan`] repairs typing errors inside their paragraph and flags each repair. It has a twin in Python for
//! training (`scripts/train`), which must see the same features: change both together.
mod apostrophe;
mod character;
pub(super) mod measure;
mod pairing;
mod price;
pub(super) mod repair;

pub use character::MarkStyle;

use character::{Mark, Shape};
use pairing::{Following, Pair};

use super::Flag;
use crate::{
    article::Block,
    text::{Span, Text},
};

/// A paragraph with more marks than this is read in pieces: it is no prose, and time must stay bounded.
const MOST_MARKS: usize = 4_000;

/// A quoted string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct MarkedString {
    /// With its marks, as far as it has them.
    pub outer: Span,
    /// Without its marks and without white space at the ends; never empty.
    pub inner: Span,
    /// The kind of its marks.
    pub style: MarkStyle,
    /// Repairs and other properties, without [`Flag::Headline`].
    pub flags: Vec<Flag>,
    /// How many other strings it lies in.
    pub depth: usize,
    /// The index of its block.
    pub block: usize,
}

impl MarkedString {
    /// Whether the string has that flag.
    #[must_use]
    pub fn has(&self, flag: Flag) -> bool {
        self.flags.contains(&flag)
    }
}

/// Finds the quoted strings of an article in text order, an outer one before those that it contains. Each lies in
/// one block; two of them are nested or disjoint.
///
/// # Panics
/// When a block reaches beyond the text.
#[must_use]
pub fn scan(text: &Text, blocks: &[Block]) -> Vec<MarkedString> {
    let mut found = Vec::new();
    for (index, block) in blocks.iter().enumerate() {
        if !text.slice(block.span).contains(character::may_be_mark) {
            continue;
        }
        let chars: Vec<char> = text.slice(block.span).chars().collect();
        let marks = character::read(&chars);
        let following = blocks.get(index + 1).map_or(Following { double: false, single: false }, |next| {
            let start: Vec<char> = text.slice(next.span).chars().take(10).collect();
            character::opens_paragraph(&start)
        });
        let paragraph = Paragraph { chars: &chars, offset: block.span.start(), block: index, following };
        let mut strings = Vec::new();
        for (piece, part) in marks.chunks(MOST_MARKS).enumerate() {
            let limit = marks.get((piece + 1) * MOST_MARKS).map_or(chars.len(), |mark| mark.start);
            paragraph.strings(part, limit, &mut strings);
        }
        found.extend(settled(strings));
    }
    found
}

/// For each token whether it stands inside quotation marks, the marks included. Strings as [`scan`] returns them.
#[must_use]
pub fn inside_flags(strings: &[MarkedString], tokens: &[Span]) -> Vec<bool> {
    let outermost: Vec<Span> = strings.iter().filter(|string| string.depth == 0).map(|string| string.outer).collect();
    let inside = |token: &Span| {
        let at = outermost.partition_point(|outer| outer.start() <= token.start());
        !token.is_empty() && at > 0 && outermost[at - 1].contains(token)
    };
    tokens.iter().map(inside).collect()
}

struct Paragraph<'a> {
    chars: &'a [char],
    /// Where the paragraph begins in the text.
    offset: usize,
    block: usize,
    following: Following,
}

impl Paragraph<'_> {
    /// The strings that some marks of the paragraph delimit. None reaches beyond `limit`.
    fn strings(&self, marks: &[Mark], limit: usize, found: &mut Vec<MarkedString>) {
        let mut end_of_last = found.iter().map(|string| string.outer.end() - self.offset).max().unwrap_or(0);
        for pair in pairing::pair(self.chars, marks, self.following) {
            let (string, end) = self.string(marks, pair, limit, end_of_last);
            if let Some(string) = string {
                if pair.depth == 0 {
                    end_of_last = end;
                }
                found.push(string);
            }
        }
    }

    /// The string of a pair, none if nothing is quoted, and where it ends in the paragraph.
    fn string(&self, marks: &[Mark], pair: Pair, limit: usize, end_of_last: usize) -> (Option<MarkedString>, usize) {
        let open = pair.open.map(|index| marks[index]);
        let close = pair.close.map(|index| marks[index]);
        let mut flags = Vec::new();
        let (outer_end, inner_end) = match (open, close) {
            (_, Some(close)) => (close.end, close.start),
            (open, None) => {
                let from = open.map_or(end_of_last, |open| open.end);
                let last = pair.left_before.is_none() && limit == self.chars.len();
                let limit = pair.left_before.map_or(limit, |index| marks[index].start);
                let running = last && pair.depth == 0 && self.following.continues(pair.style);
                let (length, told) = repair::unclosed_length(&self.chars[from..limit], running);
                flags.push(if running && !told { Flag::Continued } else { Flag::Unclosed });
                (from + length, from + length)
            }
        };
        let (outer_start, inner_start) = open.map_or_else(
            || {
                flags.push(Flag::NoOpen);
                let skipped = repair::skipped_length(&self.chars[end_of_last..inner_end], end_of_last > 0);
                (end_of_last + skipped, end_of_last + skipped)
            },
            |open| (open.start, open.end),
        );
        let inner = trimmed(self.chars, inner_start, inner_end);
        flags.extend(self.mark_flags(open, close, inner));
        flags.sort_unstable();
        let string = self.span(inner.0, inner.1).zip(self.span(outer_start, outer_end)).map(|(inner, outer)| {
            MarkedString { outer, inner, style: pair.style, flags, depth: pair.depth, block: self.block }
        });
        (string.filter(|string| !string.inner.is_empty()), outer_end)
    }

    fn mark_flags(&self, open: Option<Mark>, close: Option<Mark>, inner: (usize, usize)) -> Vec<Flag> {
        let mut flags = Vec::new();
        if open.zip(close).is_some_and(|(open, close)| !fits(open.shape, close.shape)) {
            flags.push(Flag::MixedMarks);
        }
        let spaced = open.is_some_and(|open| open.end < inner.0 && !sets_spaces(open.shape))
            || close.is_some_and(|close| inner.1 < close.start && !sets_spaces(close.shape));
        if spaced {
            flags.push(Flag::SpaceInside);
        }
        if close.and_then(|close| self.chars.get(close.end)).is_some_and(|c| c.is_alphanumeric()) {
            flags.push(Flag::NoSpaceAfter);
        }
        flags
    }

    fn span(&self, start: usize, end: usize) -> Option<Span> {
        Span::new(self.offset + start, self.offset + end).ok()
    }
}

fn trimmed(chars: &[char], mut start: usize, mut end: usize) -> (usize, usize) {
    while start < end && chars[start].is_whitespace() {
        start += 1;
    }
    while end > start && chars[end - 1].is_whitespace() {
        end -= 1;
    }
    (start, end)
}

/// Whether two marks belong together.
fn fits(open: Shape, close: Shape) -> bool {
    match (open, close) {
        (Shape::LowOpen, Shape::CurlyOpen | Shape::CurlyClose)
        | (Shape::SingleLow, Shape::SingleOpen | Shape::SingleClose) => true,
        (Shape::CurlyClose | Shape::SingleClose, _) | (_, Shape::CurlyOpen | Shape::SingleOpen) => false,
        _ => open.style() == close.style(),
    }
}

/// French sets a space inside its marks; it is no typing error there.
fn sets_spaces(shape: Shape) -> bool {
    matches!(shape.style(), MarkStyle::Guillemet | MarkStyle::Angle)
}

/// Brings the strings of a paragraph into text order and counts their depths anew: a repaired end may have left
/// a nested string behind, or cut through one, which then goes.
fn settled(mut strings: Vec<MarkedString>) -> Vec<MarkedString> {
    strings.sort_by_key(|string| (string.outer.start(), std::cmp::Reverse(string.outer.end())));
    let mut kept: Vec<MarkedString> = Vec::with_capacity(strings.len());
    let mut around: Vec<Span> = Vec::new();
    for mut string in strings {
        while around.last().is_some_and(|outer| outer.end() <= string.outer.start()) {
            around.pop();
        }
        if around.last().is_none_or(|outer| outer.contains(&string.outer)) {
            string.depth = around.len();
            around.push(string.outer);
            kept.push(string);
        }
    }
    kept
}

#[cfg(test)]
mod tests;
