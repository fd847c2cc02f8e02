//! Names in an article: the name head's labels put together to spans, with the type that the model gives them.
//!
//! The encoder sees lower-case word pieces, so that a name is first of all a run of capitalised words; the head says
//! which runs are names, and of what.

use std::ops::Range;

use ndarray::Array2;

use super::common::{Usage, is_connective, is_day, is_heading, is_no_name, is_office};
use super::form::{is_arabic_article, is_postnominal};
use super::registry::Registry;
use crate::text::{Span, Text, covering, fold};

/// What a name names.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum NameKind {
    /// A person.
    Person,
    /// An organization.
    Organization,
    /// A country, a city, a region.
    Place,
}

/// A name in the text.
#[derive(Clone, Debug, PartialEq)]
pub struct Name {
    /// What it covers, without titles and possessive.
    pub span: Span,
    /// The word pieces of the span.
    pub pieces: Range<usize>,
    /// Probabilities of person, organization, place.
    pub kinds: [f32; 3],
}

impl Name {
    /// A name that is known to stand at some pieces; `logits` are the name head's rows for all pieces.
    ///
    /// # Panics
    /// When the pieces are not all in the array.
    #[must_use]
    pub fn at(span: Span, pieces: Range<usize>, logits: &Array2<f32>) -> Self {
        let mut kinds = [0.0; 3];
        for row in logits.slice(ndarray::s![pieces.clone(), ..]).rows() {
            let row = softmax(row.iter().copied());
            for (kind, sum) in kinds.iter_mut().enumerate() {
                *sum += (row[2 * kind + 1] + row[2 * kind + 2]) / pieces.len() as f32;
            }
        }
        Self { span, pieces, kinds }
    }

    /// Makes the name reach to the end of another.
    fn take_in(&mut self, other: &Self) {
        self.span = self.span.join(&other.span);
        self.pieces.end = other.pieces.end;
    }

    /// The likeliest kind.
    #[must_use]
    pub fn kind(&self) -> NameKind {
        let [person, organization, place] = self.kinds;
        if person >= organization && person >= place {
            NameKind::Person
        } else if organization >= place {
            NameKind::Organization
        } else {
            NameKind::Place
        }
    }
}

/// A word of the text as the name head sees it.
struct Word {
    span: Span,
    pieces: Range<usize>,
    /// No name, person, organization, place.
    probabilities: [f32; 4],
    begins: bool,
}

/// Finds names: `pieces` are the spans of the word pieces, `logits` the name head's rows for them.
#[must_use]
pub(super) fn find_names(
    text: &Text,
    pieces: &[Span],
    logits: &Array2<f32>,
    registry: &Registry,
    usage: &Usage,
) -> Vec<Name> {
    let words = words(text, pieces, logits);
    let mut names: Vec<Vec<&Word>> = Vec::new();
    let mut open: Option<usize> = None;
    for word in &words {
        let best = strongest(&word.probabilities);
        let capital = text.slice(word.span).chars().any(char::is_uppercase);
        let goes_on = open == Some(best)
            && (!word.begins
                || best == 1 && names.last().is_some_and(|name| is_given_alone(text, name, word, registry)))
            && names.last().and_then(|name| name.last()).is_some_and(|last| joins(text, last.span, word.span));
        if best == 0 || (!capital && !goes_on) {
            open = None;
        } else if let (true, Some(name)) = (goes_on, names.last_mut()) {
            name.push(word);
        } else {
            names.push(vec![word]);
            open = Some(best);
        }
    }
    let taken: Vec<Range<usize>> =
        names.iter().map(|words| words[0].pieces.start..words[words.len() - 1].pieces.end).collect();
    names
        .into_iter()
        .map(|found| completed(text, &words, found, &taken, registry))
        .map(|found| known(text, &words, found, registry))
        .filter_map(|words| name(text, &words, registry))
        .filter(|name| !usage.is_common(text, name.span, registry))
        .fold(Vec::new(), |mut out: Vec<Name>, name| {
            // An institution takes in the names before it: `U.S.` and `Embassy` are `U.S. Embassy`.
            while out.last().is_some_and(|last| last.span.overlaps(&name.span)) {
                out.pop();
            }
            match out.last_mut() {
                Some(mission) if is_mission_there(text, mission, &name, registry) => mission.take_in(&name),
                _ => out.push(name),
            }
            out
        })
}

/// Whether a name of a person is one word that may be a given name, with a blank before the `next`, its surname then.
fn is_given_alone(text: &Text, name: &[&Word], next: &Word, registry: &Registry) -> bool {
    let [word] = name else { return false };
    let shown = text.slice(word.span);
    word.probabilities[1] > 0.5
        && Span::new(word.span.end(), next.span.start()).is_ok_and(|gap| text.slice(gap) == " ")
        && registry.is_given_name(shown)
        && !is_title(shown, registry)
        && registry.party_of_name(shown).is_none()
}

/// `U.S. Embassy` and `Turkey` of `U.S. Embassy in Turkey`: embassies are told apart by their place.
fn is_mission_there(text: &Text, mission: &Name, place: &Name, registry: &Registry) -> bool {
    let noun = text.slice(mission.span).rsplit([' ', '\u{a0}']).next().map(fold);
    matches!(noun.as_deref(), Some("embassy" | "consulate" | "mission"))
        && (place.kind() == NameKind::Place || registry.party_of_name(text.slice(place.span)).is_some())
        && Span::new(mission.span.end(), place.span.start())
            .is_ok_and(|gap| matches!(text.slice(gap), " in " | " to " | " at "))
}

/// Takes in the word before where the registry knows both together and not the name alone: `North` of `North Koreans`.
fn known<'a>(text: &Text, words: &'a [Word], mut found: Vec<&'a Word>, registry: &Registry) -> Vec<&'a Word> {
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
fn completed<'a>(
    text: &Text,
    words: &'a [Word],
    mut found: Vec<&'a Word>,
    taken: &[Range<usize>],
    registry: &Registry,
) -> Vec<&'a Word> {
    let capital = |word: &Word| is_capital(text, word);
    let body = |word: &Word| BODIES.contains(&fold(text.slice(word.span)).as_str());
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
pub(super) fn widened(text: &Text, mut name: Name, mention: Span, pieces: &[Span], registry: &Registry) -> Name {
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

/// Last words that make a name one of an institution, whatever stands before them.
#[rustfmt::skip]
const BODIES: [&str; 36] = [
    "agency", "army", "assembly", "association", "authority", "bank", "bureau", "center", "centre", "command", "commission",
    "committee", "congress", "consulate", "corporation", "council", "court", "department", "embassy", "federation",
    "foundation", "fund", "institute", "league", "ministry", "observatory", "office", "organisation", "organization",
    "parliament", "party", "police", "senate", "tribunal", "union", "university",
];

fn is_capital(text: &Text, word: &Word) -> bool {
    text.slice(word.span).starts_with(char::is_uppercase)
}

fn is_determiner(word: &str) -> bool {
    matches!(word, "The" | "A" | "An" | "His" | "Her" | "Their" | "Its" | "One" | "Some")
}

/// `eb` of `Sa'eb`, but not the end of `Moor's`.
fn is_second_half(text: &Text, left: Span, right: Span) -> bool {
    let gap = Span::new(left.end(), right.start());
    left.len() <= 3
        && gap.is_ok_and(|gap| matches!(text.slice(gap), "'" | "’" | "ʿ" | "ʾ"))
        && !matches!(text.slice(right), "s" | "d" | "m" | "t" | "ll" | "re" | "ve")
}

/// Whether a blank or hyphen is all that stands between two words.
fn touches(text: &Text, left: Span, right: Span) -> bool {
    Span::new(left.end(), right.start()).is_ok_and(|gap| match text.slice(gap) {
        " " | "\u{a0}" | "-" => true,
        // Initials, as in `U.S.`; after a longer word the full stop may end a sentence.
        "." | ". " => left.len() == 1,
        _ => false,
    })
}

/// The capitalised run inside `region`, for a source mention in which the name head saw none.
#[must_use]
pub fn capitalised(
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

/// The name that words make up, without the titles before it: the words up to the last title before a name of a person
/// (`U.S. Army Col. Ada Quill`), and a person's place behind it (`Ada Quill of South Bend`).
fn name(text: &Text, words: &[&Word], registry: &Registry) -> Option<Name> {
    let shown = |word: &Word| text.slice(word.span);
    let is_title = |word: &&Word| is_title(shown(word), registry);
    let person = words.iter().filter(|word| strongest(&word.probabilities) == 1).count() * 2 > words.len();
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
    // What a heading shouts before a name: `WATCH Ada Quill`.
    while let [first, rest @ ..] = words
        && person
        && !rest.is_empty()
        && is_shouted(shown(first))
        && !rest.iter().any(|word| is_shouted(shown(word)))
    {
        words = rest;
    }
    // A title alone names nobody: `U.S. Ambassador`, `the President`.
    let first_start = words.first()?.span.start();
    let article = ["the ", "The "].iter().any(|article| {
        Span::new(first_start.saturating_sub(4), first_start).is_ok_and(|before| text.slice(before) == *article)
    });
    while let [rest @ .., last] = words
        && is_title(last)
        && (!person_is_likely(last) || article && rest.is_empty())
    {
        words = rest;
    }
    // What follows a name: `Ada Quill MP`, `the Norland senator`, `US Secretary` of a longer title, `Quill Thursday`.
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
    if person {
        words = &words[post(text, words, registry)..];
        // `Security` of `Secretary of Homeland Security Ada Quill`.
        let branch = words.iter().rposition(|word| BRANCHES.contains(&shown(word)));
        words = branch.filter(|at| at + 2 < words.len()).map_or(words, |at| &words[at + 1..]);
    }
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
    if BODIES.contains(&fold(text.slice(last.span)).as_str()) {
        kinds = [0.0, 1.0, 0.0];
    }
    Some(Name { span, pieces: first.pieces.start..end, kinds })
}

/// How many words before a person's full name say where that person is sent: `Ambassador to Norland Ada Quill`.
fn post(text: &Text, words: &[&Word], registry: &Registry) -> usize {
    let start = words.first().map_or(0, |first| first.span.start());
    let before = text.slice(Span::ordered(start.saturating_sub(8), start));
    if ![" to ", " to the ", " at the "].iter().any(|preposition| before.ends_with(preposition)) {
        return 0;
    }
    let is_place = |end: usize| {
        let place = text.slice(words[0].span.join(&words[end - 1].span));
        registry.party_of_name(place).is_some() || registry.party_of_name(&format!("{place}.")).is_some()
    };
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
        "abu", "ad", "al", "ar", "as", "ash", "at", "bin", "d", "da", "dal", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "eb", "el",
        "ibn", "l", "la", "le", "of", "ould", "ter", "ul", "van", "von", "y",
    ];
    word.chars().all(char::is_lowercase) && !PARTICLES.contains(&word)
}

/// Whether a word of more letters than initials have is all capitals.
fn is_shouted(word: &str) -> bool {
    word.chars().count() > 3 && word.chars().all(char::is_uppercase)
}

/// Whether a word is a title, its full stop left out or not: `Mr`, `Sen`.
pub(super) fn is_title(word: &str, registry: &Registry) -> bool {
    registry.is_title(word) || registry.is_title(&format!("{word}."))
}

/// What may follow a surname that is also a title: `King Jr.`.
fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV")
}

/// Whether the name head is sure of a person, so that `Baker` or `King` is a surname and no title.
fn person_is_likely(word: &Word) -> bool {
    word.probabilities[1] > 0.5
}

/// Groups pieces that touch to words; the first piece speaks for the word.
fn words(text: &Text, pieces: &[Span], logits: &Array2<f32>) -> Vec<Word> {
    let mut out: Vec<Word> = Vec::new();
    for (at, piece) in pieces.iter().enumerate() {
        let alphanumeric = text.slice(*piece).chars().next().is_some_and(char::is_alphanumeric);
        if !alphanumeric {
            continue;
        }
        if let Some(word) = out.last_mut()
            && word.span.end() == piece.start()
        {
            word.span = word.span.join(piece);
            word.pieces.end = at + 1;
            continue;
        }
        let row = softmax(logits.row(at).iter().copied());
        let pair = |kind: usize| row[2 * kind - 1] + row[2 * kind];
        let probabilities = [row[0], pair(1), pair(2), pair(3)];
        let best = strongest(&probabilities);
        let begins = best > 0 && row[2 * best - 1] > row[2 * best];
        out.push(Word { span: *piece, pieces: at..at + 1, probabilities, begins });
    }
    out
}

/// `R-Ark` and `D-N.Y` behind the name of a lawmaker: party and state.
fn is_party_tag(shown: &str) -> bool {
    let mut chars = shown.chars();
    matches!((chars.next(), chars.next(), chars.next()), (Some('R' | 'D' | 'I'), Some('-'), Some(state)) if state.is_uppercase())
        && shown.len() <= 8
}

/// Whether two words may belong to one name: nothing but a blank, hyphen, full stop or ampersand between them.
fn joins(text: &Text, left: Span, right: Span) -> bool {
    Span::new(left.end(), right.start()).is_ok_and(|gap| {
        text.slice(gap).chars().all(|c| matches!(c, ' ' | '\u{a0}' | '-' | '.' | '&' | '’' | '\'' | '–'))
    })
}

fn strongest(probabilities: &[f32]) -> usize {
    probabilities.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1)).map_or(0, |(at, _)| at)
}

/// Softmax of a row of logits.
pub(super) fn softmax(logits: impl Iterator<Item = f32> + Clone) -> Vec<f32> {
    let top = logits.clone().fold(f32::NEG_INFINITY, f32::max);
    let powers: Vec<f32> = logits.map(|logit| (logit - top).exp()).collect();
    let sum: f32 = powers.iter().sum();
    powers.into_iter().map(|power| power / sum).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::words as text_words;

    #[test]
    fn a_source_mention_gives_a_surname_its_given_name() {
        let registry = crate::speaker::registry::shipped();
        for (mention, surname, whole) in [
            ("Norlandic negotiator Josiah Quill-Moor", "Quill-Moor", "Josiah Quill-Moor"),
            ("American Ada Quill", "Quill", "Ada Quill"),
            ("Foreign Minister Quill", "Quill", "Quill"),
            ("the Quill", "Quill", "Quill"),
            ("Mrs Quill", "Quill", "Quill"),
            ("CNN’s Quill", "Quill", "Quill"),
        ] {
            let text = Text::new(mention);
            let start = mention.find(surname).expect("it ends in the surname");
            let name = Name { span: text.span_of_bytes(start..mention.len()), pieces: 0..1, kinds: [1.0, 0.0, 0.0] };
            let pieces = [text.whole()];
            let found = widened(&text, name, text.whole(), &pieces, &registry);
            assert_eq!(text.slice(found.span), whole, "{mention}");
        }
    }

    fn logits(labels: &[usize]) -> Array2<f32> {
        Array2::from_shape_fn((labels.len(), 7), |(row, column)| if labels[row] == column { 9.0 } else { 0.0 })
    }

    fn registry() -> Registry {
        Registry::from_toml(include_str!("../../corpus/registry.toml")).expect("the shipped registry is sound")
    }

    #[test]
    fn party_and_state_of_a_lawmaker_are_no_name() {
        assert!(is_party_tag("R-Ark") && is_party_tag("D-N.Y") && is_party_tag("I-Vt"));
        assert!(!is_party_tag("R-rated") && !is_party_tag("D-Day landings") && !is_party_tag("Quill"));
    }

    #[test]
    fn labels_become_names_without_titles() {
        let text = Text::new("Minister Ada Quill met Nordbank in Oslo");
        let pieces = text_words(&text, text.whole());
        let names = find_names(&text, &pieces, &logits(&[1, 2, 2, 0, 3, 0, 5]), &registry(), &Usage::of(&text));
        let found: Vec<(&str, NameKind)> = names.iter().map(|name| (text.slice(name.span), name.kind())).collect();
        assert_eq!(
            found,
            [("Ada Quill", NameKind::Person), ("Nordbank", NameKind::Organization), ("Oslo", NameKind::Place)]
        );
    }

    /// The names in a string whose words the head labels so.
    fn found(string: &str, labels: &[usize]) -> Vec<String> {
        let text = Text::new(string);
        let pieces = text_words(&text, text.whole());
        let names = find_names(&text, &pieces, &logits(labels), &registry(), &Usage::of(&text));
        names.iter().map(|name| text.slice(name.span).to_owned()).collect()
    }

    #[test]
    fn an_office_alone_is_no_name() {
        assert_eq!(found("so Secretary of State Ada Quill said", &[0, 1, 0, 0, 1, 2, 0]), ["Ada Quill"]);
        assert_eq!(found("a port official Ada Quill said", &[0, 1, 2, 2, 2, 0]), ["Ada Quill"]);
        assert_eq!(found("the Senate Majority Whip Ada Quill", &[0, 1, 2, 2, 2, 2]), ["Ada Quill"]);
        assert_eq!(found("said Traders and Quill. Traders left", &[0, 1, 0, 1, 1, 0]), ["Traders", "Quill", "Traders"]);
        assert_eq!(found("the Sen. Ada King Jr left", &[0, 1, 2, 2, 2, 0]), ["Ada King Jr"]);
        assert_eq!(found("said traders and Quill. Traders left", &[0, 0, 0, 1, 1, 0]), ["Quill"]);
    }

    #[test]
    fn names_with_apostrophes_articles_and_initials_are_whole() {
        assert_eq!(found("said Sa'eb Quill", &[0, 1, 0, 0]), ["Sa'eb Quill"]);
        assert_eq!(found("said Fergus d'Ada-Quill", &[0, 0, 0, 1, 2]), ["d'Ada-Quill"]);
        assert_eq!(found("the Port River Tribunal said", &[0, 0, 0, 3, 0]), ["Port River Tribunal"]);
        assert_eq!(found("met Adil Abd al-Quill", &[0, 1, 2, 0, 1]), ["Adil Abd al-Quill"]);
    }

    #[test]
    fn an_embassy_goes_with_its_place() {
        let text = Text::new("the U.S. Embassy in Turkey said");
        let pieces = text_words(&text, text.whole());
        for labels in [[0, 3, 4, 4, 0, 5, 0], [0, 5, 0, 3, 0, 5, 0], [0, 5, 6, 3, 0, 5, 0], [0, 5, 6, 0, 0, 5, 0]] {
            let names = find_names(&text, &pieces, &logits(&labels), &registry(), &Usage::of(&text));
            let found: Vec<&str> = names.iter().map(|name| text.slice(name.span)).collect();
            assert_eq!(found, ["U.S. Embassy in Turkey"], "{labels:?}");
        }
    }

    #[test]
    fn a_source_without_a_found_name_gives_its_capitalised_run() {
        let text = Text::new("said The Harbour Watch on Monday");
        let pieces = text_words(&text, text.whole());
        let region = Span::new(5, 22).expect("in order");
        let name = capitalised(&text, region, &pieces, &logits(&[0; 6]), &registry()).expect("a run is there");
        assert_eq!(text.slice(name.span), "Harbour Watch");
        assert_eq!(name.pieces, 2..4);
    }
}
