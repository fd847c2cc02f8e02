//! What stands around a name decides whether it is a party: `Jim Jordan`, `US$5`, `www.russia…` and the place at the
//! head of an agency report are none.
use crate::speaker::registry::{Party, Registry, name_word_before};
use crate::text::{Span, Text, fold};

/// Titles that persons bear and states do not.
const PERSONAL_TITLES: [&str; 14] = [
    "mr",
    "mrs",
    "ms",
    "dr",
    "rep",
    "reps",
    "sen",
    "sens",
    "congressman",
    "congresswoman",
    "judge",
    "coach",
    "professor",
    "prof",
];

/// Whether a place name is a person's name here: behind a given name or a personal title.
pub(super) fn is_person(text: &Text, span: Span, registry: &Registry) -> bool {
    name_word_before(text, span)
        .is_some_and(|word| PERSONAL_TITLES.contains(&fold(word).trim_end_matches('.')) || registry.is_given_name(word))
}

/// Whether a leader's surname is another person's here.
pub(super) fn is_relative(text: &Text, span: Span, registry: &Registry) -> bool {
    name_word_before(text, span).is_some_and(|word| registry.is_given_name(word))
}

/// Whether a name is a part of a longer name: capitalised words on either side that are no titles, state nouns or
/// first words of a sentence.
pub(super) fn is_part_of_name(text: &Text, span: Span, registry: &Registry) -> bool {
    let before = name_word_before(text, span).is_some_and(|word| {
        let word_start = span.start() - 1 - word.chars().count();
        registry.is_given_name(word) || !(registry.is_title(word) || opens_sentence(text, word_start))
    });
    before
        || word_after(text, span).is_some_and(|word| {
            let first = word.chars().next();
            // `May 2019` is a month.
            first.is_some_and(|c| c.is_uppercase() || c.is_ascii_digit()) && !registry.is_state_noun(word)
        })
}

/// The word right behind a span, one blank between.
pub(super) fn word_after(text: &Text, span: Span) -> Option<&str> {
    /// Characters looked at.
    const REACH: usize = 24;
    let to = text.len().min(span.end() + REACH);
    let after = text.slice(Span::ordered(span.end(), to)).strip_prefix([' ', '\u{a0}', '\n'])?;
    let word = after.split(|c: char| !c.is_alphanumeric()).next()?;
    (!word.is_empty()).then_some(word)
}

/// The party whose name or adjective, possessive or not, stands right before a span.
pub(super) fn owner_before<'a>(text: &Text, span: Span, registry: &'a Registry) -> Option<&'a Party> {
    /// Characters looked at.
    const REACH: usize = 32;
    let from = span.start().saturating_sub(REACH);
    let before = text.slice(Span::ordered(from, span.start())).strip_suffix([' ', '\u{a0}', '\n', '-'])?;
    let before = before.strip_suffix("'s").or_else(|| before.strip_suffix("’s")).unwrap_or(before);
    let mut words = before.rsplit([' ', '\u{a0}', '\n']).take_while(|word| is_bare(word));
    let last = words.next()?;
    let two = words.next().map(|first| format!("{first} {last}"));
    two.and_then(|two| registry.party_of_name(&two)).or_else(|| registry.party_of_name(last))
}

/// Whether a word ends no sentence and holds no punctuation but that of abbreviations.
fn is_bare(word: &str) -> bool {
    let abbreviation = word.matches('.').count() > 1;
    !word.is_empty() && word.chars().all(|c| c.is_alphanumeric() || c == '-' || (c == '.' && abbreviation))
}

/// The word right before a span, capital or not.
pub(super) fn word_before(text: &Text, span: Span) -> Option<&str> {
    /// Characters looked at.
    const REACH: usize = 24;
    let from = span.start().saturating_sub(REACH);
    let before = text.slice(Span::ordered(from, span.start())).strip_suffix([' ', '\u{a0}', '\n', '-'])?;
    let word = before.rsplit(|c: char| !(c.is_alphanumeric() || c == '.')).next()?;
    (!word.is_empty()).then_some(word)
}

/// Whether the place is inside an address, a handle or a sum of money.
pub(super) fn is_technical(text: &Text, span: Span) -> bool {
    let before = span.start().checked_sub(1).and_then(|offset| text.char_at(offset));
    let after = text.char_at(span.end());
    let in_domain = after == Some('.') && text.char_at(span.end() + 1).is_some_and(char::is_lowercase);
    // Only a neighbour that addresses have makes the search for one worthwhile.
    let in_address = matches!(before, Some('/' | '.' | '-' | '_' | '=' | '?' | '&')) && {
        const REACH: usize = 80;
        let from = span.start().saturating_sub(REACH);
        let token = text.slice(Span::ordered(from, span.start()));
        let token = token.rsplit(char::is_whitespace).next().unwrap_or_default();
        token.contains("://") || token.contains("www.")
    };
    before == Some('@') || after == Some('$') || in_domain || in_address
}

/// Whether a capital is the place from which a report comes: `ANKARA — `, `MOSCOW, Feb. 12 (TASS)`.
pub(super) fn is_dateline(text: &Text, span: Span) -> bool {
    /// Characters from the name to the dash.
    const REACH: usize = 40;
    let line_start = span.start() == 0 || text.char_at(span.start() - 1) == Some('\n');
    if !line_start {
        return false;
    }
    let to = text.len().min(span.end() + REACH);
    let line = text.slice(Span::ordered(span.end(), to)).split('\n').next().unwrap_or_default();
    let Some(mark) = ["—", "–", "--", " - ", "("].iter().filter_map(|mark| line.find(mark)).min() else {
        return false;
    };
    // Between the name and the mark stand at most a region and a date.
    line[..mark]
        .split(|c: char| !c.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .all(|word| word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

/// Whether a sentence, a line or a quotation begins at an offset.
fn opens_sentence(text: &Text, offset: usize) -> bool {
    let from = offset.saturating_sub(3);
    let before = text.slice(Span::ordered(from, offset));
    let before = before.trim_end_matches([' ', '\u{a0}']);
    (from == 0 && before.is_empty())
        || before.ends_with(['.', '!', '?', ':', '\n', '"', '“', '”', '‘', '\'', '(', '[', '—', '–', '…'])
}
