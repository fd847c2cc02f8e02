//! Turns of a transcript or an interview: paragraphs behind the label of a speaker (`Q:`, `MR. MOOR:`), which have no marks.
//!
//! The layout gives the bounds; whether a turn is speech, the tagger says.
use std::collections::HashMap;

use super::{Role, TokenTags};
use crate::{
    article::{Block, BlockKind},
    text::{Span, Text, fold, is_blank},
};

/// An article with fewer labelled paragraphs is no transcript.
const TURNS: usize = 3;
/// A label has at most so many code points and words.
const LABEL: (usize, usize) = (40, 5);
/// From this probability of content on a turn is speech.
const SPEECH: f32 = 0.4;

/// A turn of a speaker.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Turn {
    /// The index of its block.
    pub block: usize,
    /// The label, without its colon.
    pub label: Span,
    /// What is said.
    pub words: Span,
    /// Mean probability of the words to be content.
    pub probability: f32,
}

/// The turns of an article, in text order; none unless a label comes back.
pub(super) fn turns(text: &Text, blocks: &[Block], tags: &TokenTags) -> Vec<Turn> {
    let labelled: Vec<(usize, Span, Span)> = blocks
        .iter()
        .enumerate()
        // A short turn looks like a heading.
        .filter(|(_, block)| matches!(block.kind, BlockKind::Paragraph | BlockKind::Heading | BlockKind::Byline))
        .filter_map(|(index, block)| labelled(text, block.span).map(|(label, words)| (index, label, words)))
        .collect();
    let mut counts: HashMap<String, usize> = HashMap::new();
    for (_, label, _) in &labelled {
        *counts.entry(fold(text.slice(*label))).or_default() += 1;
    }
    if labelled.len() < TURNS || !counts.values().any(|count| *count > 1) {
        return Vec::new();
    }
    labelled
        .into_iter()
        .map(|(block, label, words)| {
            let probability = tags.mean_probability(&tags.tokens_in(words), Role::Content);
            Turn { block, label, words, probability }
        })
        .filter(|turn| turn.probability >= SPEECH)
        .collect()
}

/// The label of a paragraph and what stands behind it.
fn labelled(text: &Text, block: Span) -> Option<(Span, Span)> {
    let paragraph = text.slice(block);
    let at = paragraph.char_indices().take(LABEL.0).find_map(|(at, c)| match c {
        ':' => Some(at),
        '.' if matches!(&paragraph[..at], "Q" | "A") => Some(at),
        _ => None,
    })?;
    let label = &paragraph[..at];
    let name = |word: &str| {
        word.starts_with(|c: char| c.is_uppercase() || c == '(')
            || matches!(word, "de" | "of" | "the" | "van" | "von" | "al")
    };
    let words: Vec<&str> = label.split_whitespace().collect();
    let rest = &paragraph[at + 1..];
    let fits = !words.is_empty()
        && words.len() <= LABEL.1
        && words.iter().all(|word| name(word))
        && rest.starts_with(is_blank)
        && !rest.trim().is_empty();
    if !fits {
        return None;
    }
    let start = text.bytes_of(block).start;
    let spoken = at + 1 + rest.len() - rest.trim_start().len();
    let label = text.span_of_bytes(start..start + label.trim_end().len());
    Some((label, Span::ordered(text.span_of_bytes(start..start + spoken).end(), block.end())))
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::{article::blocks, model::labels::TAGS, text::words};

    /// Turns where every token is said to be direct content with this logit, and nothing with its opposite.
    fn found(string: &str, logit: f32) -> Vec<(String, String)> {
        let text = Text::new(string);
        let spans = words(&text, text.whole());
        let direct = TAGS.iter().position(|tag| *tag == "I-direct").expect("a label");
        let logits = Array2::from_shape_fn((spans.len(), TAGS.len()), |(_, tag)| match tag {
            0 => -logit,
            tag if tag == direct => logit,
            _ => 0.0,
        });
        let tags = TokenTags::new(&text, spans, &logits).expect("fits");
        let slice = |span| text.slice(span).to_owned();
        turns(&text, &blocks(&text, None), &tags).iter().map(|turn| (slice(turn.label), slice(turn.words))).collect()
    }

    const INTERVIEW: &str = "Ada Quill spoke with us.\n\nQ: Is it cold?\n\nQUILL: It is. Bring a coat.\n\nQ. And then?\n\nDr. Ada Quill: Then spring.";

    #[test]
    fn a_turn_is_what_stands_behind_its_label() {
        let turns = found(INTERVIEW, 9.0);
        assert_eq!(
            turns,
            [
                ("Q", "Is it cold?"),
                ("QUILL", "It is. Bring a coat."),
                ("Q", "And then?"),
                ("Dr. Ada Quill", "Then spring.")
            ]
            .map(|(label, words)| (label.to_owned(), words.to_owned()))
        );
    }

    #[test]
    fn the_tagger_says_whether_it_is_speech() {
        assert!(found(INTERVIEW, -9.0).is_empty());
    }

    #[test]
    fn a_list_with_colons_is_no_transcript() {
        assert!(found("Oslo: rain.\n\nBergen: more rain.\n\nTromsø: snow.", 9.0).is_empty());
    }
}
