//! What belongs to a name and what only stands before or behind it: titles, offices, days, what a heading shouts.

use std::ops::Range;

use ndarray::Array2;

use super::Name;
use super::kind::{is_body, is_determiner, is_title};
use super::word::{Word, is_capital, strongest, words};
use crate::speaker::common::{is_connective, is_day, is_heading, is_no_name, is_office};
use crate::speaker::form::is_postnominal;
use crate::speaker::registry::Registry;
use crate::text::{Span, Text, covering, fold};

/// The capitalised run inside `region`, for a source mention in which the name head saw none.
#[must_use]
pub(in crate::speaker) fn capitalised(
    text: &Text,
    region: Span,
    pieces: &[Span],
    logits: &Array2<f32>,
    registry: &Registry,
) -> Option<Name> {
    let shown = text.slice(region);
    let behind = ["'s ", "’s "].iter().filter_map(|owner| shown.rfind(owner).map(|at| at + owner.len())).max();
    let behind = behind.map_or(0, |at| shown[..at].chars().count());
    let region = Span::ordered(region.start() + behind, region.end());
    let Range { start: first, end: last } = covering(pieces, region);
    let words = words(text, &pieces[first..last], &logits.slice(ndarray::s![first..last, ..]).to_owned());
    let capital = |word: &&Word| is_capital(text, word);
    let run: Vec<&Word> = words
        .iter()
        .skip_while(|word| !capital(word) || is_determiner(text.slice(word.span)))
        .take_while(capital)
        .collect();
    let mut found = name(text, &run, registry)?;
    found.pieces = found.pieces.start + first..found.pieces.end + first;
    Some(found)
}

/// The name that words make up: without the titles before it (`U.S. Army Col. Ada Quill`), a person's place behind it (`Ada
/// Quill of South Bend`) and what else is no part of it.
pub(super) fn name(text: &Text, words: &[&Word], registry: &Registry) -> Option<Name> {
    let person = words.iter().filter(|word| strongest(&word.probabilities) == 1).count() * 2 > words.len();
    let words = if person { without_adverb(text, words) } else { words };
    let words = behind_titles(text, words, person, registry);
    let words = if person { without_shouts(text, words) } else { words };
    let words = before_titles(text, words, registry);
    let words = without_neighbours(text, words);
    let words = if person { behind_post(text, words, registry) } else { words };
    let (first, last) = (words.first()?, words.last()?);
    let mut span = first.span.join(&last.span);
    // The first letter of `U.S.`, cut off by the head.
    if span.len() < 2 {
        return None;
    }
    let mut end = last.pieces.end;
    // The last full stop of `F.B.I.`
    let is_stop = |at: usize| text.char_at(at) == Some('.');
    if last.span.len() == 1 && last.span.start() > 0 && is_stop(last.span.start() - 1) && is_stop(last.span.end()) {
        span = span.join(&Span::ordered(last.span.end(), last.span.end() + 1));
        end += 1;
    }
    let whole = text.slice(span);
    if !whole.chars().any(char::is_uppercase)
        || is_party_tag(whole)
        || is_heading(text, span, registry)
        || words.len() == 1 && is_no_name(whole)
    {
        return None;
    }
    let mut kinds = [0.0; 3];
    for word in words {
        for (sum, probability) in kinds.iter_mut().zip(&word.probabilities[1..]) {
            *sum += probability / words.len() as f32;
        }
    }
    if is_body(text.slice(last.span)) {
        kinds = [0.0, 1.0, 0.0];
    }
    Some(Name { span, pieces: first.pieces.start..end, kinds })
}

/// The words behind the titles and whatever else stands before a name, and before a person's place.
fn behind_titles<'a, 'b>(text: &Text, words: &'a [&'b Word], person: bool, registry: &Registry) -> &'a [&'b Word] {
    let shown = |word: &Word| text.slice(word.span);
    let is_title = |word: &&Word| is_title(shown(word), registry);
    let titles = if person {
        let of = words.iter().skip(2).position(|word| matches!(shown(word), "of" | "in" | "from"));
        let end = of.map_or(words.len(), |at| at + 2);
        let title = (1..end).rev().find(|&at| is_title(&words[at - 1]) && !is_suffix(shown(words[at])));
        title.unwrap_or(0)..end
    } else {
        words.iter().take_while(|word| is_title(word)).count()..words.len()
    };
    let mut words = &words[titles];
    // `the port official Ada Quill`, taken for one name: a person's begins behind the last small word that is no particle.
    if person && let Some(small) = words[..words.len().saturating_sub(1)].iter().rposition(|word| is_small(shown(word)))
    {
        words = &words[small + 1..];
    }
    while let [first, rest @ ..] = words
        && shown(first) == "of"
    {
        words = rest;
    }
    words
}

/// The words without a small one at the end: `later` of `Quill later told`.
fn without_adverb<'a, 'b>(text: &Text, mut words: &'a [&'b Word]) -> &'a [&'b Word] {
    let behind_blank = |word: &Word| matches!(text.char_at(word.span.start() - 1), Some(' ' | '\u{a0}'));
    while let [rest @ .., last] = words
        && !rest.is_empty()
        && is_small(text.slice(last.span))
        && behind_blank(last)
    {
        words = rest;
    }
    words
}

/// The words behind what a heading shouts before a name: `WATCH Ada Quill`.
fn without_shouts<'a, 'b>(text: &Text, mut words: &'a [&'b Word]) -> &'a [&'b Word] {
    let is_shouted = |word: &Word| is_shouted(text.slice(word.span));
    while let [first, rest @ ..] = words
        && !rest.is_empty()
        && is_shouted(first)
        && !rest.iter().any(|word| is_shouted(word))
    {
        words = rest;
    }
    words
}

/// The words before the titles at the end. A title alone names nobody: `U.S. Ambassador`, `the President`.
fn before_titles<'a, 'b>(text: &Text, mut words: &'a [&'b Word], registry: &Registry) -> &'a [&'b Word] {
    let Some(first) = words.first() else { return words };
    let start = first.span.start();
    let before = Span::new(start.saturating_sub(4), start).map_or("", |before| text.slice(before));
    let article = matches!(before, "the " | "The ");
    while let [rest @ .., last] = words
        && is_title(text.slice(last.span), registry)
        && (!person_is_likely(last) || article && rest.is_empty())
    {
        words = rest;
    }
    words
}

/// The words without what stands beside a name: `Ada Quill MP`, `the Norland senator`, `US Secretary` of a longer title, `Quill
/// Thursday`, `And Quill`.
fn without_neighbours<'a, 'b>(text: &Text, mut words: &'a [&'b Word]) -> &'a [&'b Word] {
    let shown = |word: &Word| text.slice(word.span);
    while let [rest @ .., last] = words
        && !rest.is_empty()
        && (is_postnominal(shown(last))
            || is_office(&fold(shown(last)))
            || is_day(shown(last)) && strongest(&last.probabilities) == 0)
    {
        words = rest;
    }
    while let [first, rest @ ..] = words
        && !rest.is_empty()
        && is_connective(shown(first))
        && strongest(&first.probabilities) == 0
    {
        words = rest;
    }
    words
}

/// A person's name behind what the person heads, where the head took that for a part of it: `Norland` of `Ambassador to Norland
/// Ada Quill`, `Security` of `Secretary of Homeland Security Ada Quill`.
fn behind_post<'a, 'b>(text: &Text, words: &'a [&'b Word], registry: &Registry) -> &'a [&'b Word] {
    let words = &words[post(text, words, registry)..];
    let branch = words.iter().rposition(|word| BRANCHES.contains(&text.slice(word.span)));
    branch.filter(|at| at + 2 < words.len()).map_or(words, |at| &words[at + 1..])
}

/// How many words before a person's full name say where that person is sent: `Ambassador to Norland Ada Quill`.
fn post(text: &Text, words: &[&Word], registry: &Registry) -> usize {
    let start = words.first().map_or(0, |first| first.span.start());
    let before = text.slice(Span::ordered(start.saturating_sub(8), start));
    if ![" to ", " to the ", " at the "].iter().any(|preposition| before.ends_with(preposition)) {
        return 0;
    }
    let is_place = |end: usize| registry.party_of_name(text.slice(words[0].span.join(&words[end - 1].span))).is_some();
    (1..=2).rev().find(|&end| end + 2 <= words.len() && is_place(end)).unwrap_or(0)
}

/// What a minister or director is the minister or director of, right before the name.
#[rustfmt::skip]
const BRANCHES: [&str; 26] = [
    "Affairs", "Agriculture", "Budget", "CEO", "Commerce", "Communications", "Counsel", "Defence", "Defense", "Development",
    "Education", "Energy", "Finance", "Health", "Intelligence", "Interior", "Investigation", "Labor", "Management",
    "Operations", "Security", "Services", "Situations", "Staff", "Trade", "Transportation",
];

/// Whether a word is written small and is no particle of a name, such as `bin` or `de`.
fn is_small(word: &str) -> bool {
    #[rustfmt::skip]
    const PARTICLES: [&str; 33] = [
        "abu", "ad", "al", "ar", "as", "ash", "at", "bin", "d", "da", "dal", "de", "del", "della", "den", "der", "di", "dos",
        "du", "e", "eb", "el", "ibn", "l", "la", "le", "of", "ould", "ter", "ul", "van", "von", "y",
    ];
    word.chars().all(char::is_lowercase) && !PARTICLES.contains(&word)
}

/// Whether a word of more letters than initials have is all capitals.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 3 && word.chars().all(char::is_uppercase)
}

/// What may follow a surname that is also a title: `King Jr.`.
fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV")
}

/// Whether the name head is sure of a person, so that `Baker` or `King` is a surname and no title.
fn person_is_likely(word: &Word) -> bool {
    word.probabilities[1] > 0.5
}

/// `R-Ark` and `D-N.Y` behind the name of a lawmaker: party and state.
fn is_party_tag(shown: &str) -> bool {
    let mut chars = shown.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some('R' | 'D' | 'I'), Some('-'), Some(state)) if state.is_uppercase())
        && shown.len() <= 8
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn party_and_state_of_a_lawmaker_are_no_name() {
        assert!(is_party_tag("R-Ark") && is_party_tag("D-N.Y") && is_party_tag("I-Vt"));
        assert!(!is_party_tag("R-rated") && !is_party_tag("D-Day landings") && !is_party_tag("Quill"));
    }
}
