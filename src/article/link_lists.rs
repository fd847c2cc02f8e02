//! Lists of links that a page keeps behind a name and that run into the sentence when the page becomes text:
//! `Ada Quill Ada Rose QuillHarbor vote delayed Five takeaways MORE (D-Me.) said`. The name is printed again in full, the
//! first headline follows without a blank, and `MORE` ends it.

use std::sync::LazyLock;

use regex::Regex;

use crate::text::{Span, Text};

static END: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\bMORE\b").expect("the pattern is a constant and tested"));
static WORD: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\S+").expect("the pattern is a constant and tested"));

/// Bytes from the name to the end of its list.
const LONGEST: usize = 1_000;

/// Words of a name in full.
const NAME_WORDS: usize = 7;

/// Where lists of links stand, from behind the name as the sentence has it to the end of `MORE`; in order.
#[must_use]
pub fn link_lists(text: &Text) -> Vec<Span> {
    let string = text.as_str();
    let mut out: Vec<Span> = Vec::new();
    let mut free = 0;
    for end in END.find_iter(string) {
        let line = string[..end.start()].rfind('\n').map_or(0, |at| at + 1);
        let mut from = line.max(free).max(end.start().saturating_sub(LONGEST));
        while !string.is_char_boundary(from) {
            from += 1;
        }
        if let Some(start) = start_in(&string[from..end.start()]) {
            out.push(text.span_of_bytes(from + start..end.end()));
        }
        free = end.end();
    }
    out
}

/// The byte behind the name whose repetition is glued to a headline; of several the last.
fn start_in(region: &str) -> Option<usize> {
    let words: Vec<regex::Match> = WORD.find_iter(region).collect();
    (0..words.len()).rev().find_map(|at| {
        let before = &words[at.saturating_sub(NAME_WORDS)..at];
        glued_names(words[at].as_str())
            .find_map(|name| before.iter().rev().find(|word| word.as_str() == name).map(regex::Match::end))
    })
}

/// The parts of a word before a capital or digit that follows a small letter.
fn glued_names(word: &str) -> impl Iterator<Item = &str> {
    let pairs = word.char_indices().zip(word.char_indices().skip(1));
    pairs
        .filter(|((_, left), (_, right))| left.is_lowercase() && (right.is_uppercase() || right.is_ascii_digit()))
        .map(|(_, (at, _))| &word[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn without(string: &str) -> String {
        let text = Text::new(string);
        let mut out = string.to_owned();
        for span in link_lists(&text).into_iter().rev() {
            out.replace_range(text.bytes_of(span), "");
        }
        out
    }

    #[test]
    fn a_list_behind_a_name_is_found() {
        let given =
            "Rep. Ada Quill Ada (Addie) Rose QuillHarbor vote delayed ‘We fold’ Five takeaways MORE (D-Me.) said no.";
        assert_eq!(without(given), "Rep. Ada Quill (D-Me.) said no.");
    }

    #[test]
    fn a_name_with_a_capital_inside_and_a_number_behind_it_is_found() {
        let given =
            "Ben McOlm Benedict Ray McOlm2020 polls open MORE and Ilse Ruel Ilse Maria RuelTown votes MORE met.";
        assert_eq!(without(given), "Ben McOlm and Ilse Ruel met.");
    }

    #[test]
    fn the_word_alone_is_no_list() {
        for given in ["We want MORE.", "QuillHarbor wants MORE", "Ada Quill\nAda QuillHarbor MORE", "The iPhone MORE"] {
            assert_eq!(without(given), given);
        }
    }
}
