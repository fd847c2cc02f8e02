//! Names in an article: the name head's labels put together to spans, with the type that the model gives them.
//!
//! The encoder sees lower-case word pieces, so that a name is first of all a run of capitalised words; the head says
//! which runs are names, and of what. What it cut off is put back (`reach`), what it took too much is taken off (`trim`).

mod kind;
mod reach;
mod trim;
mod word;

use std::ops::Range;

use ndarray::Array2;

use super::common::Usage;
use super::registry::Registry;
use crate::text::{Span, Text};
use reach::{completed, is_given_alone, is_mission_there, known};
use trim::name;
use word::{Word, joins, strongest, words};

pub(super) use kind::is_title;
pub(super) use reach::widened;
pub(super) use trim::capitalised;
pub(super) use word::softmax;

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
        Registry::from_toml(include_str!("../../../corpus/registry.toml")).expect("the shipped registry is sound")
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
        assert_eq!(found("Ada Quill later told", &[1, 2, 2, 0]), ["Ada Quill"]);
        assert_eq!(found("Ada King later told", &[1, 2, 2, 0]), ["Ada King"]);
        assert_eq!(found("a port official Ada Jong-un said", &[0, 1, 2, 2, 2, 2, 0]), ["Ada Jong-un"]);
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
