//! [`Matcher`]: many phrases found in one pass, whatever letters a newspaper prints them in.
//!
//! Phrases and text are folded alike, an automaton runs over the folded text, and every hit is led back to the code
//! points it came from. Hits count at word borders only. `US` and `Turkey` keep their capitals, or every `us` and
//! every holiday roast would be a state.
use std::collections::HashSet;

use aho_corasick::{AhoCorasick, MatchKind};
use unicode_normalization::char::is_combining_mark;

use super::RegistryError;
use crate::text::{Folded, Span, Text, fold};

/// Phrases of at most this many letters keep their capitals.
const SHORT: usize = 3;

const ARTICLE: &str = "the ";

/// How the capitals of a phrase count.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum CaseRule {
    /// `iran` and `IRAN` are `Iran`.
    Any,
    /// Capitals as written, or all of them capitals where the phrase has more than three letters.
    Exact,
}

impl CaseRule {
    /// The rule for a name: short names, names in capitals and names that are plain words too (`exact`, folded) keep
    /// their capitals.
    #[must_use]
    pub fn of<S: std::hash::BuildHasher>(name: &str, exact: &HashSet<String, S>) -> Self {
        let letters = name.chars().filter(|c| c.is_alphabetic());
        if letters.clone().count() <= SHORT || letters.clone().all(char::is_uppercase) || exact.contains(&fold(name)) {
            Self::Exact
        } else {
            Self::Any
        }
    }
}

/// A phrase found in a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Match {
    /// Index of the phrase, in the order in which the matcher was given them.
    pub phrase: usize,
    /// Where, in the text.
    pub span: Span,
}

/// Finds phrases in texts.
#[derive(Debug)]
pub struct Matcher {
    automaton: AhoCorasick,
    phrases: Vec<Phrase>,
}

/// What has to hold around a hit of the automaton.
#[derive(Debug)]
struct Phrase {
    /// Which letters are capitals, for phrases that keep them.
    capitals: Option<Vec<bool>>,
    starts_in_word: bool,
    ends_in_word: bool,
}

impl Matcher {
    /// Builds the automaton. Equal phrases are allowed; each is reported.
    ///
    /// # Errors
    /// [`RegistryError::EmptyName`] for a phrase of which folding leaves nothing, [`RegistryError::Matcher`] when the
    /// automaton grows too large.
    pub fn new<S: AsRef<str>>(phrases: &[(S, CaseRule)]) -> Result<Self, RegistryError> {
        let mut keys = Vec::with_capacity(phrases.len());
        let mut checks = Vec::with_capacity(phrases.len());
        for (phrase, case) in phrases {
            let phrase = phrase.as_ref();
            let key = fold(phrase);
            let (Some(first), Some(last)) = (key.chars().next(), key.chars().next_back()) else {
                return Err(RegistryError::EmptyName { entry: "the matcher".to_owned(), name: phrase.to_owned() });
            };
            checks.push(Phrase {
                capitals: (*case == CaseRule::Exact).then(|| capitals(phrase).collect()),
                starts_in_word: is_word(first),
                ends_in_word: is_word(last),
            });
            keys.push(key);
        }
        let automaton = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(&keys)
            .map_err(|source| RegistryError::Matcher { phrases: keys.len(), source })?;
        Ok(Self { automaton, phrases: checks })
    }

    /// The phrases in a region, none inside or across another: the leftmost, and there the longest. Of equal phrases
    /// the first given is reported.
    ///
    /// # Panics
    /// When the region reaches beyond the text.
    #[must_use]
    pub fn find(&self, text: &Text, region: Span) -> Vec<Match> {
        let mut end = 0;
        let mut found = self.find_all(text, region);
        found.retain(|hit| {
            let free = hit.span.start() >= end;
            if free {
                end = hit.span.end();
            }
            free
        });
        found
    }

    /// All phrases in a region, overlapping ones too, by start, longest first, then in the order given.
    ///
    /// # Panics
    /// When the region reaches beyond the text.
    #[must_use]
    pub fn find_all(&self, text: &Text, region: Span) -> Vec<Match> {
        let folded = Folded::of(text.slice(region));
        let key = folded.as_str();
        let mut found = Vec::new();
        for hit in self.automaton.find_overlapping_iter(key) {
            let phrase = &self.phrases[hit.pattern().as_usize()];
            // Borders inside the folded text are tried first: most hits are `us` and `un` inside of words.
            if phrase.starts_in_word && key[..hit.start()].chars().next_back().is_some_and(is_word)
                || phrase.ends_in_word && key[hit.end()..].chars().next().is_some_and(is_word)
                || splits_a_character(&folded, hit.start())
                || splits_a_character(&folded, hit.end())
            {
                continue;
            }
            let span = with_marks(text, moved(folded.span_of(hit.range()), region.start()));
            if phrase.fits(text, span) {
                found.push(Match { phrase: hit.pattern().as_usize(), span });
            }
        }
        found.sort_unstable_by_key(|hit| (hit.span.start(), usize::MAX - hit.span.end(), hit.phrase));
        found
    }
}

impl Phrase {
    /// Whether a place in the text has the borders, the capitals and the line breaks that the phrase asks for.
    fn fits(&self, text: &Text, span: Span) -> bool {
        let before = span.start().checked_sub(1).and_then(|offset| text.char_at(offset));
        let after = text.char_at(span.end());
        if self.starts_in_word && before.is_some_and(is_word) || after.is_some_and(is_word) {
            return false;
        }
        let slice = text.slice(span);
        // A name may be broken by a line, never by a paragraph.
        if slice.bytes().filter(|&byte| byte == b'\n').count() > 1 {
            return false;
        }
        self.capitals.as_ref().is_none_or(|expected| {
            capitals(slice).eq(expected.iter().copied())
                || (expected.len() > SHORT && capitals(slice).all(|capital| capital))
        })
    }
}

/// For every letter, whether it is a capital. A leading article is passed over: a sentence may begin with it.
fn capitals(string: &str) -> impl Iterator<Item = bool> + '_ {
    let article = string.get(..ARTICLE.len()).is_some_and(|start| start.eq_ignore_ascii_case(ARTICLE));
    let rest = if article { &string[ARTICLE.len()..] } else { string };
    rest.chars().filter(|c| c.is_alphabetic()).map(char::is_uppercase)
}

/// Whether a character goes on a word. The underscore does, so that nothing is found inside `@US_Embassy`.
fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether a border in the folded text lies inside of what one character of the source became: behind the first dot
/// of `…`, which would end `U.S.`.
fn splits_a_character(folded: &Folded, border: usize) -> bool {
    0 < border
        && border < folded.as_str().len()
        && folded.span_of(border - 1..border) == folded.span_of(border..border + 1)
}

fn moved(span: Span, by: usize) -> Span {
    Span::ordered(span.start() + by, span.end() + by)
}

/// A span with the combining marks of its last letter.
fn with_marks(text: &Text, span: Span) -> Span {
    let mut end = span.end();
    while text.char_at(end).is_some_and(is_combining_mark) {
        end += 1;
    }
    Span::ordered(span.start(), end)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const PHRASES: [(&str, CaseRule); 9] = [
        ("US", CaseRule::Exact),
        ("U.S.", CaseRule::Exact),
        ("Turkey", CaseRule::Exact),
        ("Russia", CaseRule::Any),
        ("İbrahim Kalın", CaseRule::Any),
        ("Kalın", CaseRule::Exact),
        ("Islamic State", CaseRule::Any),
        ("Islamic State of Iraq", CaseRule::Any),
        ("Şam", CaseRule::Any),
    ];

    fn found(text: &str) -> Vec<String> {
        let text = Text::new(text);
        let matcher = Matcher::new(&PHRASES).unwrap();
        let found = matcher.find(&text, text.whole());
        found.into_iter().map(|hit| text.slice(hit.span).to_owned()).collect()
    }

    #[test]
    fn turkish_letters_and_capitals_fold() {
        assert_eq!(found("Ibrahim KALIN, İBRAHİM KALIN; Kalin’s, kalin"), ["Ibrahim KALIN", "İBRAHİM KALIN", "Kalin"]);
    }

    #[test]
    fn whole_words_only() {
        assert_eq!(found("Russian trust in Russia-backed US-led USA #Turkey @US_Embassy"), ["Russia", "US", "Turkey"]);
        assert_eq!(found("the U.S.-led and U.S.’s, not the U.S.S.R."), ["U.S.", "U.S."]);
    }

    #[test]
    fn capitals_count_where_the_phrase_keeps_them() {
        assert_eq!(found("let us eat turkey in TURKEY; US, Us"), ["TURKEY", "US"]);
    }

    #[test]
    fn the_longest_wins_and_paragraphs_divide() {
        assert_eq!(found("Islamic State of Iraq"), ["Islamic State of Iraq"]);
        assert_eq!(found("Islamic\nState"), ["Islamic\nState"]);
        assert!(found("Islamic\n\nState").is_empty());
    }

    #[test]
    fn a_longer_phrase_that_does_not_fit_leaves_the_shorter() {
        let phrases = [("JOIN US", CaseRule::Exact), ("US", CaseRule::Exact)];
        let text = Text::new("They join US forces. JOIN US today.");
        let hits = Matcher::new(&phrases).unwrap().find(&text, text.whole());
        let spans: Vec<_> = hits.iter().map(|hit| (hit.phrase, text.slice(hit.span))).collect();
        assert_eq!(spans, [(1, "US"), (0, "JOIN US")]);
    }

    #[test]
    fn a_region_ends_at_no_word_border_of_its_own() {
        let text = Text::new("Prussia and Russia");
        let matcher = Matcher::new(&PHRASES).unwrap();
        assert!(matcher.find(&text, Span::new(1, 7).unwrap()).is_empty());
        assert_eq!(text.slice(matcher.find(&text, Span::new(8, 18).unwrap())[0].span), "Russia");
    }

    #[test]
    fn an_article_may_open_a_sentence() {
        let text = Text::new("The North and the North, not the north");
        let hits = Matcher::new(&[("the North", CaseRule::Exact)]).unwrap().find(&text, text.whole());
        assert_eq!(hits.iter().map(|hit| text.slice(hit.span)).collect::<Vec<_>>(), ["The North", "the North"]);
    }

    #[test]
    fn an_ellipsis_is_no_full_stop() {
        assert!(found("the U.S…").is_empty());
        assert_eq!(found("the U.S...."), ["U.S."]);
    }

    #[test]
    fn marks_behind_the_last_letter_belong_to_it() {
        assert_eq!(found("S\u{327}am\u{301} and Şam"), ["S\u{327}am\u{301}", "Şam"]);
    }

    proptest! {
        #[test]
        fn every_hit_folds_to_its_phrase(
            parts in prop::collection::vec(
                prop_oneof![
                    prop::sample::select(PHRASES.map(|(phrase, _)| phrase.to_owned()).to_vec()),
                    prop::sample::select(vec![" ".to_owned(), "\n".to_owned(), "’s ".to_owned(), "\u{301}".to_owned()]),
                    "\\PC{0,4}",
                ],
                0..12,
            ),
            from in 0_usize..20,
            length in 0_usize..60,
        ) {
            let text = Text::new(parts.concat());
            let start = from.min(text.len());
            let region = Span::new(start, (start + length).min(text.len())).unwrap();
            for hit in Matcher::new(&PHRASES).unwrap().find(&text, region) {
                prop_assert_eq!(fold(text.slice(hit.span)), fold(PHRASES[hit.phrase].0));
                prop_assert!(region.start() <= hit.span.start());
            }
        }
    }
}
