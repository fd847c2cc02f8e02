//! Why a string in marks is no speech: told by its looks and the words before it, for the tagger only knows that
//! it is none.
use super::marks::MarkedString;
use crate::{
    article::{Block, BlockKind},
    text::{Span, Text, words},
};

/// Why a marked string is no speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Reason {
    /// The writer keeps distance from the word.
    Scare,
    /// A proper name.
    Name,
    /// The title of a work.
    Title,
    /// It stands in a heading.
    Headline,
    /// The word itself is meant, or an expression is introduced.
    Term,
    /// Feet and inches, minutes and seconds.
    Measure,
}

impl Reason {
    /// The name in annotations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Scare => "scare",
            Self::Name => "name",
            Self::Title => "title",
            Self::Headline => "headline",
            Self::Term => "term",
            Self::Measure => "measure",
        }
    }
}

/// Words that introduce the title of a work.
const WORKS: [&str; 34] = [
    "album",
    "anthem",
    "article",
    "ballad",
    "bestseller",
    "book",
    "broadcast",
    "column",
    "documentary",
    "drama",
    "entitled",
    "episode",
    "essay",
    "exhibition",
    "film",
    "magazine",
    "manifesto",
    "memoir",
    "movie",
    "musical",
    "novel",
    "opera",
    "painting",
    "pamphlet",
    "play",
    "podcast",
    "poem",
    "program",
    "programme",
    "report",
    "series",
    "show",
    "song",
    "titled",
];

/// Words that introduce an expression.
const EXPRESSIONS: [&str; 14] = [
    "codenamed",
    "dubbed",
    "expression",
    "expressions",
    "label",
    "nickname",
    "nicknamed",
    "phrase",
    "phrases",
    "slogan",
    "term",
    "terms",
    "word",
    "words",
];

/// A name or title has at most so many words.
const NAME_WORDS: usize = 7;
/// An expression has at most so many words.
const EXPRESSION_WORDS: usize = 4;

/// What the words before a string say that it is: the title of a work or an expression.
pub(super) fn introduced(text: &Text, block: Span, string: &MarkedString) -> Option<Reason> {
    let count = words(text, string.inner).len();
    let before = Span::new(block.start().max(string.outer.start().saturating_sub(60)), string.outer.start()).ok()?;
    let slice = text.slice(before);
    if !slice.trim_end().ends_with(|c: char| c.is_alphanumeric()) {
        return None;
    }
    let last: Vec<String> =
        words(text, before).iter().rev().take(2).map(|word| text.slice(*word).to_lowercase()).collect();
    let word = last.first()?.as_str();
    let previous = last.get(1).map_or("", String::as_str);
    if WORKS.contains(&word) && count <= NAME_WORDS && is_capitalised(text, string.inner) {
        return Some(Reason::Title);
    }
    let expression = EXPRESSIONS.contains(&word)
        || matches!((previous, word), ("so", "called") | ("known", "as") | ("code", "named") | ("word", "for"));
    (expression && count <= EXPRESSION_WORDS).then_some(Reason::Term)
}

/// Why a string that the tagger does not take for speech stands in marks.
pub(super) fn reason(text: &Text, block: &Block, string: &MarkedString) -> Reason {
    if is_heading(block.kind) {
        return Reason::Headline;
    }
    if let Some(reason) = introduced(text, block.span, string) {
        return reason;
    }
    let count = words(text, string.inner).len();
    if count <= NAME_WORDS && is_capitalised(text, string.inner) {
        return Reason::Name;
    }
    Reason::Scare
}

/// Whether a block is a heading of some sort.
pub(super) const fn is_heading(kind: BlockKind) -> bool {
    matches!(kind, BlockKind::Heading | BlockKind::Title | BlockKind::RepeatedTitle)
}

/// Whether all words but the small ones begin with a capital or a digit, as in names and titles.
fn is_capitalised(text: &Text, span: Span) -> bool {
    const SMALL: [&str; 14] = ["a", "al", "an", "and", "by", "de", "for", "in", "of", "on", "or", "s", "the", "to"];
    let found = words(text, span);
    let capital = |word: &Span| text.slice(*word).starts_with(|c: char| c.is_uppercase() || c.is_numeric());
    found.first().is_some_and(capital) && found.iter().all(|word| capital(word) || SMALL.contains(&text.slice(*word)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::blocks, quote::marks};

    fn reason_in(string: &str) -> Reason {
        let text = Text::new(string);
        let blocks = blocks(&text, None);
        let strings = marks::scan(&text, &blocks);
        reason(&text, &blocks[strings[0].block], &strings[0])
    }

    #[test]
    fn looks_and_the_words_before_give_the_reason() {
        assert_eq!(reason_in("Shells fell near the village of “Ain Deyr” on Monday morning."), Reason::Name);
        assert_eq!(reason_in("She read from the novel \"A Winter of Salt\" for an hour."), Reason::Title);
        assert_eq!(reason_in("Officials use the term \"cleansed\" for villages that they took."), Reason::Term);
        assert_eq!(reason_in("The army says that it “cleansed” two villages on Monday."), Reason::Scare);
    }
}
