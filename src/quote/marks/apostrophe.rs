//! Single quotation marks and the apostrophes that look like them: plural possessives (`the boys’ room`), clipped
//! words (`’tis`, `goin’`), years (`’90s`). A single mark is an apostrophe unless quoting reads better.
use super::{
    character::{Class, Mark, Shape},
    price::{BARRED, Price},
};

/// Words after which a plural possessive is impossible: `the ‘boys’ were` closes, `the boys’ room` does not.
const FUNCTION_WORDS: [&str; 68] = [
    "a", "an", "and", "are", "as", "at", "be", "been", "but", "by", "can", "could", "did", "do", "does", "for", "from",
    "had", "has", "have", "he", "in", "is", "it", "may", "might", "must", "nor", "not", "of", "on", "or", "said",
    "says", "she", "should", "than", "that", "the", "then", "they", "this", "to", "told", "was", "we", "were", "what",
    "when", "where", "which", "while", "who", "will", "with", "would", "you", "i", "his", "her", "their", "its", "our",
    "my", "your", "if", "because", "so",
];

/// Words that begin with an apostrophe.
const CLIPPED: [&str; 12] =
    ["tis", "twas", "twere", "em", "til", "till", "cause", "bout", "round", "n", "neath", "cos"];

/// Words that end with one.
const CUT_OFF: [&str; 6] = ["o", "th", "an", "n", "ol", "wi"];

const STRAY: u32 = 450;
/// A plural possessive with its noun.
const POSSESSIVE: u32 = 30;

/// The costs of a single mark, with the neighbours before and after it and what opening and closing cost by them.
pub(super) fn price(
    text: &[char],
    mark: Mark,
    (before, after): (Option<usize>, Option<usize>),
    (open, close): (u32, u32),
) -> Price {
    let previous = before.map_or(' ', |before| text[before]);
    let next = after.map_or(' ', |after| text[after]);
    match mark.shape {
        Shape::SingleLow => {
            return Price { pass: 100, open: open / 4, close: BARRED };
        }
        Shape::AngleLeft => {
            return Price { pass: STRAY, open: open / 4, close: BARRED };
        }
        Shape::AngleRight => {
            return Price { pass: STRAY, open: BARRED, close: close / 4 };
        }
        Shape::SingleOpen => {
            let pass = match next {
                _ if next.is_numeric() || is_among(&CLIPPED, &word_from(text, mark.end)) => 30,
                _ if next.is_uppercase() => 250,
                _ => 300,
            };
            return Price { pass, open: open / 4, close: 250 + close };
        }
        _ => {}
    }
    let adjacent = before.is_some_and(|before| before + 1 == mark.start);
    let pass = match Class::of(previous) {
        Class::Other if adjacent && previous.is_numeric() => 20,
        Class::Other if adjacent && previous.is_alphabetic() => possessive_cost(text, mark, previous),
        Class::Space | Class::Opening | Class::Dash => match next {
            _ if next.is_numeric() || is_among(&CLIPPED, &word_from(text, mark.end)) => 0,
            _ if Class::of(next) == Class::Other => 150,
            _ => 300,
        },
        _ => 500,
    };
    // A noun after "bosses'" makes a possessive likelier than a close.
    let worded = if previous.is_alphanumeric() { 30 } else { 0 } + if pass == POSSESSIVE { 120 } else { 0 };
    if mark.shape == Shape::SingleClose {
        Price { pass, open: 300 + open, close: close / 4 + worded }
    } else {
        Price { pass, open: 60 + open, close: close + worded }
    }
}

fn possessive_cost(text: &[char], mark: Mark, previous: char) -> u32 {
    if !matches!(previous, 's' | 'S' | 'x' | 'X' | 'z' | 'Z') {
        let word = word_before(text, mark.start);
        return if word.ends_with("in") || is_among(&CUT_OFF, &word) { POSSESSIVE } else { 200 };
    }
    let spaced = text.get(mark.end).is_some_and(|c| c.is_whitespace());
    let worded = text.get(mark.end + 1).is_some_and(|c| c.is_alphanumeric());
    if !spaced || !worded || is_among(&FUNCTION_WORDS, &word_from(text, mark.end + 1)) { 120 } else { POSSESSIVE }
}

fn is_among(words: &[&str], word: &str) -> bool {
    words.contains(&word)
}

/// The word that begins at an offset, in lower case.
fn word_from(text: &[char], start: usize) -> String {
    let rest = text.get(start..).unwrap_or_default();
    rest.iter().take(16).take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect()
}

/// The end of the word before an offset, in lower case.
fn word_before(text: &[char], end: usize) -> String {
    let from = end.saturating_sub(12);
    let length = text[from..end].iter().rev().take_while(|c| c.is_alphanumeric()).count();
    text[end - length..end].iter().flat_map(|c| c.to_lowercase()).collect()
}
