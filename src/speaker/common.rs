//! Words that a capital does not make a name: the first of a sentence, an office alone, a day, what a heading shouts.
//!
//! The encoder sees lower-case word pieces and takes `Secretary` of `Secretary of State Ada Quill`, or `Officials` at the head of
//! a sentence, for names at times. What the rest of the article writes in lower case is none.

use std::collections::HashSet;

use super::noun::{NounKind, is_listed};
use super::registry::Registry;
use crate::text::{Span, Text, fold, words};

/// Words that open a sentence, or stand for people whom nobody names.
#[rustfmt::skip]
const NO_NAMES: [&str; 82] = [
    "a", "all", "an", "and", "another", "anybody", "anyone", "as", "both", "but", "congressional", "current", "december",
    "democrat", "either", "everybody", "everyone", "february", "federal", "few", "former", "four", "friday", "he", "her",
    "his", "if", "it", "its", "january", "july", "many", "members", "military", "monday", "most", "my", "neither",
    "nobody", "none", "november", "october", "one", "opponents", "or", "others", "our", "people", "photos", "republican",
    "saturday", "senior", "september", "several", "she", "some", "somebody", "someone", "sources", "sunday", "supporters",
    "that", "the", "their", "then", "there", "these", "they", "this", "those", "three", "thursday", "top", "tuesday",
    "two", "we", "wednesday", "when", "while", "yet", "you", "your",
];

/// Whether a word is no name by itself, whatever its capital: `Secretary`, `Tuesday`, `Others`; `King` may be a surname.
pub(super) fn is_no_name(word: &str) -> bool {
    let word = fold(word);
    NO_NAMES.binary_search(&word.as_str()).is_ok() || is_office(&word)
}

/// Whether a word says when and stands behind a name without a comma: `the Harbour Times Thursday`.
pub(super) fn is_day(word: &str) -> bool {
    matches!(word, "Monday" | "Tuesday" | "Wednesday" | "Thursday" | "Friday" | "Saturday" | "Sunday")
}

/// Whether a word joins a sentence to the one before it and has its capital from there: `And Quill`.
pub(super) fn is_connective(word: &str) -> bool {
    matches!(word, "And" | "But" | "Or" | "Yet" | "Then" | "When" | "While" | "As" | "If" | "So" | "For")
}

/// Whether a folded word is an office and no surname.
pub(super) fn is_office(word: &str) -> bool {
    const SURNAMES: [&str; 9] = ["king", "prince", "judge", "pope", "coach", "farmer", "general", "head", "scholar"];
    NounKind::of(word) == NounKind::Person && !SURNAMES.contains(&word)
}

/// Whether a name is that of a party's members, who are several.
pub(super) fn is_membership(shown: &str) -> bool {
    matches!(shown, "Democrats" | "Republicans" | "Conservatives" | "Liberals" | "Labourites" | "Socialists" | "Tories")
}

/// Which words an article writes in lower case, and which with a capital inside a sentence.
pub(super) struct Usage {
    lower: HashSet<String>,
    capital_inside: HashSet<String>,
}

impl Usage {
    /// Notes the words of a text.
    pub(super) fn of(text: &Text) -> Self {
        let mut usage = Self { lower: HashSet::new(), capital_inside: HashSet::new() };
        for span in words(text, text.whole()) {
            let word = text.slice(span);
            if word.chars().all(char::is_lowercase) {
                usage.lower.insert(fold(word));
            } else if word.starts_with(char::is_uppercase) && !opens(text, span) {
                usage.capital_inside.insert(fold(word));
            }
        }
        usage
    }

    /// Whether a lone word at the head of a sentence is a common one, by the rest of the article or the nouns that we know.
    pub(super) fn is_common(&self, text: &Text, span: Span, registry: &Registry) -> bool {
        let shown = text.slice(span);
        let word = fold(shown);
        opens(text, span)
            && !shown.contains([' ', '\u{a0}'])
            && !self.capital_inside.contains(&word)
            && (self.lower.contains(&word) || is_listed(&word))
            && registry.party_of_name(shown).is_none()
    }
}

/// Whether a word stands at the head of a sentence, heading or quotation.
fn opens(text: &Text, span: Span) -> bool {
    let mut at = span.start();
    while at > 0 {
        match text.char_at(at - 1) {
            Some(' ' | '\u{a0}' | '“' | '"' | '‘' | '\'' | '«' | '„' | '(' | '[' | '—' | '–' | '-' | '•') =>
            {
                at -= 1;
            }
            Some(c) => return matches!(c, '.' | '!' | '?' | ':' | '\n' | '…' | '”' | '»'),
            None => return true,
        }
    }
    true
}

/// Whether several words are all in capitals, one of them longer than an abbreviation: a heading, unless they begin with a given
/// name or are the label of a turn (`BO QUILL: We stay`).
pub(super) fn is_heading(text: &Text, span: Span, registry: &Registry) -> bool {
    let shown = text.slice(span);
    let letters = |word: &str| word.chars().filter(|c| c.is_alphabetic()).count();
    shown.contains(' ')
        && !shown.chars().any(char::is_lowercase)
        && shown.split_whitespace().any(|word| letters(word) > 4)
        && !matches!(text.char_at(span.end()), Some(':' | ',' | '('))
        && shown.split_whitespace().next().is_none_or(|first| registry.gender(first).is_none())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::registry::shipped;

    #[test]
    fn the_list_is_sorted() {
        assert!(NO_NAMES.is_sorted());
    }

    #[test]
    fn an_office_or_a_day_names_nobody() {
        for word in ["Secretary", "President", "Tuesday", "Others", "Republican"] {
            assert!(is_no_name(word), "{word}");
        }
        for word in ["King", "Quill", "Norland", "May"] {
            assert!(!is_no_name(word), "{word}");
        }
    }

    #[test]
    fn a_word_that_the_article_writes_small_is_no_name() {
        let common = |string: &str, word: &str| {
            let text = Text::new(string);
            let at = string.find(word).expect("the word stands in the text");
            Usage::of(&text).is_common(&text, text.span_of_bytes(at..at + word.len()), &shipped())
        };
        assert!(common("Traders left. Some traders stayed.", "Traders"));
        assert!(common("It rained. Officials agreed.", "Officials"));
        assert!(!common("Burns spoke. It burns, said Burns.", "Burns"));
        assert!(!common("It rained. Quill agreed.", "Quill"));
        assert!(!common("The Traders left, as traders do.", "Traders"));
    }

    #[test]
    fn a_heading_in_capitals_is_no_name() {
        let heading = |string: &str, words: &str| {
            let text = Text::new(string);
            is_heading(&text, text.span_of_bytes(0..words.len()), &shipped())
        };
        assert!(heading("SPY ON QUILL He said", "SPY ON QUILL") && heading("MUST WATCH", "MUST WATCH"));
        assert!(!heading("Zog Quill", "Zog Quill") && !heading("BBC", "BBC") && !heading("US GAO", "US GAO"));
        assert!(!heading("ZOG QUILL: We stay.", "ZOG QUILL") && !heading("PETER QUILL", "PETER QUILL"));
    }
}
