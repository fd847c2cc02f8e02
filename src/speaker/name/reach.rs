//! How far a name reaches beyond the words that the head labelled: surnames of many pieces, given names, initials and
//! parts of institutions are what it misses.

use std::ops::Range;

use super::kind::{is_body, is_determiner, is_title};
use super::word::{Word, is_capital, strongest, touches};
use super::{Name, NameKind};
use crate::speaker::common::is_no_name;
use crate::speaker::form::is_arabic_article;
use crate::speaker::registry::Registry;
use crate::text::{Span, Text, covering, fold};

/// Whether a name of a person is one word that may be a given name, with a blank before the `next`, its surname then.
pub(super) fn is_given_alone(text: &Text, name: &[&Word], next: &Word, registry: &Registry) -> bool {
    let [word] = name else { return false };
    let shown = text.slice(word.span);
    word.probabilities[1] > 0.5
        && Span::new(word.span.end(), next.span.start()).is_ok_and(|gap| text.slice(gap) == " ")
        && registry.is_given_name(shown)
        && !is_title(shown, registry)
        && registry.party_of_name(shown).is_none()
}

/// `U.S. Embassy` and `Turkey` of `U.S. Embassy in Turkey`: embassies are told apart by their place.
pub(super) fn is_mission_there(text: &Text, mission: &Name, place: &Name, registry: &Registry) -> bool {
    let noun = text.slice(mission.span).rsplit([' ', '\u{a0}']).next().map(fold);
    matches!(noun.as_deref(), Some("embassy" | "consulate" | "mission"))
        && (place.kind() == NameKind::Place || registry.party_of_name(text.slice(place.span)).is_some())
        && Span::new(mission.span.end(), place.span.start())
            .is_ok_and(|gap| matches!(text.slice(gap), " in " | " to " | " at "))
}

/// Takes in the word before where the registry knows both together and not the name alone: `North` of `North Koreans`.
pub(super) fn known<'a>(
    text: &Text,
    words: &'a [Word],
    mut found: Vec<&'a Word>,
    registry: &Registry,
) -> Vec<&'a Word> {
    let start = words.partition_point(|word| word.pieces.start < found[0].pieces.start);
    let Some(before) = start.checked_sub(1).map(|at| &words[at]) else { return found };
    let last = found[found.len() - 1].span;
    if is_capital(text, before)
        && touches(text, before.span, found[0].span)
        && registry.party_of_name(text.slice(before.span.join(&last))).is_some()
    {
        found.insert(0, before);
    }
    found
}

/// Goes on over capitalised words that the head left out: surnames of many pieces are those that it misses.
pub(super) fn completed<'a>(
    text: &Text,
    words: &'a [Word],
    mut found: Vec<&'a Word>,
    taken: &[Range<usize>],
    registry: &Registry,
) -> Vec<&'a Word> {
    let capital = |word: &Word| is_capital(text, word);
    let body = |word: &Word| is_body(text.slice(word.span));
    let free = |word: &Word| !taken.iter().any(|range| range.contains(&word.pieces.start));
    let behind = words.partition_point(|word| word.pieces.start <= found[found.len() - 1].pieces.start);
    let own = found.len();
    for word in &words[behind..] {
        let last = found[found.len() - 1];
        // In a heading of capitals every word looks like a name.
        let shouted = word.span.len() > 1 && !text.slice(word.span).chars().any(char::is_lowercase);
        let goes_on = capital(word) && !shouted && touches(text, last.span, word.span);
        if !free(word) || !goes_on && !is_second_half(text, last.span, word.span) {
            break;
        }
        found.push(word);
    }
    // `Defense Secretary` behind a name is a title of the next one.
    if found[own..].iter().any(|word| registry.is_title(text.slice(word.span))) && !body(found[found.len() - 1]) {
        found.truncate(own);
    }
    // `Ministry` goes on in `Ministry of Defence`.
    let last = found[found.len() - 1];
    let behind = words.partition_point(|word| word.pieces.start <= last.pieces.start);
    if let [of, object, ..] = &words[behind..]
        && body(last)
        && text.slice(of.span) == "of"
        && capital(object)
        && touches(text, last.span, of.span)
        && touches(text, of.span, object.span)
    {
        found.extend([of, object]);
    }
    let mut start = words.partition_point(|word| word.pieces.start < found[0].pieces.start);
    // What a hyphen joins is one name, whatever the head made of its parts, and so are initials (`U.S. Senate`) and `d'Oakes`.
    while let Some(before) = start.checked_sub(1).map(|at| &words[at])
        && before.span.end() + 1 == found[0].span.start()
        && match text.char_at(before.span.end()) {
            Some('-') => capital(before) || is_arabic_article(text.slice(before.span)),
            Some('.') => before.span.len() == 1 && found[0].span.len() == 1,
            Some('\'' | '’') => matches!(text.slice(before.span), "d" | "D" | "l" | "L" | "O" | "N"),
            _ => false,
        }
    {
        found.insert(0, before);
        start -= 1;
    }
    // `Adil Abd` of `Adil Abd al-Quill`.
    let behind_article = is_arabic_article(text.slice(found[0].span));
    while behind_article
        && let Some(before) = start.checked_sub(1).map(|at| &words[at])
        && capital(before)
        && strongest(&before.probabilities) == 1
        && touches(text, before.span, found[0].span)
    {
        found.insert(0, before);
        start -= 1;
    }
    if !body(found[found.len() - 1]) {
        return with_given_names(text, &words[..start], found, taken);
    }
    for word in words[..start].iter().rev() {
        if !capital(word) || is_determiner(text.slice(word.span)) || !touches(text, word.span, found[0].span) {
            break;
        }
        found.insert(0, word);
    }
    found
}

/// A person's surname with the capitalised words before it that the head left out.
fn with_given_names<'a>(
    text: &Text,
    before: &'a [Word],
    mut found: Vec<&'a Word>,
    taken: &[Range<usize>],
) -> Vec<&'a Word> {
    let (first, last) = (found[0], found[found.len() - 1]);
    let is_surname = !text.slice(first.span.join(&last.span)).contains([' ', '\u{a0}']);
    if strongest(&last.probabilities) != 1 || !is_surname {
        return found;
    }
    let is_given = |word: &Word| {
        let shown = text.slice(word.span);
        let behind_blank =
            word.span.start() > 0 && matches!(text.char_at(word.span.start() - 1), Some(' ' | '\u{a0}' | '-'));
        is_capital(text, word)
            && !is_determiner(shown)
            && behind_blank
            && word.probabilities[0] < 0.98
            && !taken.iter().any(|range| range.contains(&word.pieces.start))
    };
    for word in before.iter().rev().take(2) {
        if !is_given(word) || !touches(text, word.span, found[0].span) {
            break;
        }
        found.insert(0, word);
    }
    found
}

/// A person's lone surname with the given names before it that a source mention holds and the head left out.
#[must_use]
pub(in crate::speaker) fn widened(
    text: &Text,
    mut name: Name,
    mention: Span,
    pieces: &[Span],
    registry: &Registry,
) -> Name {
    if name.kind() != NameKind::Person || text.slice(name.span).contains([' ', '\u{a0}']) {
        return name;
    }
    let Ok(before) = Span::new(mention.start(), name.span.start()) else { return name };
    let Some(before) = text.slice(before).strip_suffix(' ') else { return name };
    let is_given = |word: &&str| {
        word.chars().count() > 1
            && word.chars().all(char::is_alphabetic)
            && word.chars().skip(1).all(char::is_lowercase)
            && word.starts_with(char::is_uppercase)
            && !is_determiner(word)
            && !is_no_name(word)
            && !is_title(word, registry)
            && registry.party_of_name(word).is_none()
    };
    let given: usize = before.rsplit(' ').take(2).take_while(is_given).map(|word| word.chars().count() + 1).sum();
    let span = Span::ordered(name.span.start() - given, name.span.end());
    name.pieces.start = covering(pieces, span).start;
    name.span = span;
    name
}

/// `eb` of `Sa'eb`, but not the end of `Moor's`.
fn is_second_half(text: &Text, left: Span, right: Span) -> bool {
    let gap = Span::new(left.end(), right.start());
    left.len() <= 3
        && gap.is_ok_and(|gap| matches!(text.slice(gap), "'" | "’" | "ʿ" | "ʾ"))
        && !matches!(text.slice(right), "s" | "d" | "m" | "t" | "ll" | "re" | "ve")
}
