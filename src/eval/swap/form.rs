//! In which form a text names a party, so that another party can be named in the same.
use super::fill::ends_with_article;
use super::fillers::{ARTICLE, Filler, Form, without_article};
use crate::stance::reference::Via;
use crate::text::{Span, Text, fold};

/// Small words that behind a name show that it is no adjective.
const NO_NOUNS: [&str; 40] = [
    "after", "and", "are", "as", "at", "because", "before", "but", "by", "can", "could", "did", "do", "does", "for",
    "from", "had", "has", "have", "if", "in", "is", "may", "must", "not", "of", "on", "or", "said", "says", "should",
    "than", "that", "to", "was", "were", "which", "will", "with", "would",
];

/// What stands around a name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Surroundings {
    /// `the ` before it, with the blank.
    pub article: Option<Span>,
    /// A hyphen stands at one of its ends: `Turkish-backed`.
    pub is_joined: bool,
    /// A noun seems to follow.
    noun: bool,
    /// A word follows that stands behind no adjective.
    small_word: bool,
}

impl Surroundings {
    /// Looks around a span.
    #[must_use]
    pub fn of(text: &Text, span: Span) -> Self {
        /// Characters looked at behind the span.
        const REACH: usize = 24;
        let before = text.slice(Span::ordered(0, span.start()));
        let article =
            ends_with_article(before) && !before[..before.len() - ARTICLE.len()].ends_with(char::is_alphanumeric);
        let after = text.slice(Span::ordered(span.end(), text.len().min(span.end() + REACH)));
        let word = after.strip_prefix(' ').and_then(|after| after.split(|c: char| !c.is_alphabetic()).next());
        let small_word = word.is_some_and(|word| NO_NOUNS.contains(&fold(word).as_str()));
        Self {
            article: article.then(|| Span::ordered(span.start() - ARTICLE.len(), span.start())),
            is_joined: before.ends_with('-') || after.starts_with('-'),
            noun: word.is_some_and(|word| {
                // A past tense is the verb of a noun before it.
                word.starts_with(char::is_lowercase) && !small_word && !word.ends_with("ed")
            }),
            small_word,
        }
    }
}

/// The form in which words name a party; nothing for words that can mean any.
#[must_use]
pub fn form_of(party: &Filler, via: Via, words: &str, around: &Surroundings) -> Option<Form> {
    let is = |form| party.own(form).iter().any(|known| plain(without_article(known)) == plain(words));
    let leads = || party.own(Form::Leader).iter().any(|known| fold(last_word(known)) == fold(last_word(words)));
    Some(match via {
        Via::Nominal => return None,
        Via::Hashtag => Form::Name,
        Via::Leader => Form::Leader,
        Via::Capital => Form::Capital,
        Via::Metonym => Form::Government,
        Via::Alias | Via::Demonym | Via::Government => {
            // `U.S.` is a name behind `the` only.
            let lacks_article = around.article.is_none() && has_article(party, words) && is(Form::Name);
            let is_before_noun = via == Via::Government || around.noun || lacks_article && !around.small_word;
            match via {
                _ if is(Form::Adjective) && (is_before_noun || !is(Form::Name)) => Form::Adjective,
                _ if is(Form::Name) => Form::Name,
                _ if is(Form::People) => Form::People,
                _ if is(Form::Capital) => Form::Capital,
                _ if leads() => Form::Leader,
                Via::Alias => Form::Name,
                Via::Demonym if words.ends_with('s') => Form::People,
                Via::Demonym => Form::Adjective,
                _ => Form::Government,
            }
        }
    })
}

/// Whether `the` before the name of a party is the name's own; not so in `the Russia hoax`. Names that are not listed
/// are taken to have it.
#[must_use]
pub fn has_article(party: &Filler, name: &str) -> bool {
    !party.own(Form::Name).iter().any(|known| plain(known) == plain(name))
}

/// The last word of a name.
#[must_use]
pub fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

/// Words to be compared, `US` like `U.S.`
fn plain(words: &str) -> String {
    fold(words).replace('.', "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::swap::fillers;

    /// The form of some words of a text.
    fn form(party: &str, text: &str, words: &str, via: Via) -> Option<Form> {
        let at = text.find(words).unwrap();
        let text = Text::new(text);
        let around = Surroundings::of(&text, text.span_of_bytes(at..at + words.len()));
        form_of(fillers::tests::sample().party(party).unwrap(), via, words, &around)
    }

    #[test]
    fn the_same_words_are_a_name_or_an_adjective() {
        for (text, expected) in [
            ("the Coast Pact must act", Form::Name),
            ("the Coast Pact landed", Form::Name),
            ("the Coast Pact treaty", Form::Adjective),
            ("Coast Pact Council", Form::Adjective),
            ("Coast Pact Will Act", Form::Name),
        ] {
            assert_eq!(form("pact", text, "Coast Pact", Via::Alias), Some(expected), "{text}");
        }
    }

    #[test]
    fn words_that_are_not_listed_are_told_by_what_they_are_to_the_party() {
        for (words, via, expected) in [
            ("Norland", Via::Government, Some(Form::Name)),
            ("Norlanders", Via::Demonym, Some(Form::People)),
            ("Norsers", Via::Demonym, Some(Form::People)),
            ("Norsish", Via::Demonym, Some(Form::Adjective)),
            ("Brekk", Via::Government, Some(Form::Leader)),
            ("Varde", Via::Government, Some(Form::Capital)),
            ("Coast Guard", Via::Government, Some(Form::Government)),
            ("Kongeriket", Via::Alias, Some(Form::Name)),
            ("regime", Via::Nominal, None),
        ] {
            assert_eq!(form("norland", words, words, via), expected, "{words}");
        }
    }

    #[test]
    fn articles_and_hyphens_are_seen() {
        let around = |text: &str| {
            let at = text.find("Norland").unwrap();
            let text = Text::new(text);
            Surroundings::of(&text, text.span_of_bytes(at..at + 7))
        };
        assert!(around("“The Norland").article.is_some());
        assert!(around("breathe Norland").article.is_none());
        assert!(
            around("pro-Norland").is_joined && around("Norland-led").is_joined && !around("Norland – led").is_joined
        );
    }
}
