//! Copies: the same words of the same speakers, printed more than once.
//!
//! An agency's report stands in twenty papers; its quotations were said once. Two quotations are copies where their
//! folded words and their speakers are the same and their articles are at most [`COPY_WINDOW_DAYS`] days apart: papers
//! print what the agencies sent within days, while whoever says the same words again weeks later has said them again.
use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};

use jiff::civil::Date;

use crate::text::fold;

/// Days that a copy may be younger than the first print.
pub const COPY_WINDOW_DAYS: i32 = 3;

/// What copies have in common: a hash of words and speakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(super) struct CopyKey(u64);

impl CopyKey {
    /// The key of words and speakers. Case, accents, punctuation and blanks make no difference, nor does the order of
    /// joint speakers. Words without a letter or digit are their own key.
    pub(super) fn of(words: &str, speakers: impl Iterator<Item = u32>) -> Self {
        let folded = fold(words);
        let mut plain = folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).peekable();
        let mut speakers: Vec<u32> = speakers.collect();
        speakers.sort_unstable();
        let mut hasher = DefaultHasher::new();
        speakers.hash(&mut hasher);
        if plain.peek().is_none() {
            words.hash(&mut hasher);
        }
        plain.for_each(|word| word.hash(&mut hasher));
        Self(hasher.finish())
    }
}

/// Numbers what is said. To be asked in the order of days, undated articles last.
#[derive(Debug, Default)]
pub(super) struct Copies {
    first: HashMap<CopyKey, First>,
    numbers: u32,
}

/// The first print of some words.
#[derive(Clone, Copy, Debug)]
struct First {
    number: u32,
    article: u32,
    date: Option<Date>,
}

impl Copies {
    /// The number of what is said: that of the first print, or a new one. An article without a day may have been
    /// printed on any.
    pub(super) fn number(&mut self, key: CopyKey, article: u32, date: Option<Date>) -> u32 {
        if let Some(first) = self.first.get(&key) {
            let near = match (first.date, date) {
                (Some(first), Some(date)) => (date - first).get_days() <= COPY_WINDOW_DAYS,
                _ => true,
            };
            if near || first.article == article {
                return first.number;
            }
        }
        let number = self.numbers;
        self.numbers += 1;
        self.first.insert(key, First { number, article, date });
        number
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    fn key(words: &str, speakers: &[u32]) -> CopyKey {
        CopyKey::of(words, speakers.iter().copied())
    }

    #[test]
    fn words_are_compared_folded_and_speakers_as_a_set() {
        assert_eq!(key("The road is closed,", &[1, 2]), key("the  road is “CLOSED”.", &[2, 1]));
        assert_ne!(key("The road is closed,", &[1]), key("The road is closed,", &[2]));
        assert_ne!(key("The road is closed,", &[1]), key("The road was closed,", &[1]));
        assert_ne!(key("…", &[1]), key("!!", &[1]));
    }

    #[test]
    fn a_copy_is_young() {
        let mut copies = Copies::default();
        let mut number = |article, day| copies.number(key("No.", &[1]), article, day);
        let first = number(0, Some(date(2020, 2, 28)));
        assert_eq!(number(1, Some(date(2020, 3, 2))), first);
        let again = number(2, Some(date(2020, 3, 3)));
        assert_ne!(again, first);
        assert_eq!(number(3, Some(date(2020, 3, 6))), again);
        assert_eq!(number(4, None), again);
    }
}
