//! Who asks and who answers in an interview whose turns are labelled `Q` and `A`.
//!
//! The words before the first turn introduce both: the person named most is the one who answers; the one who asks is
//! named behind `with`, `to` or `by` (`spoke with Ada Quill`), or meets the other (`Ada Quill spoke with her`), if at all.

use super::cast::{Cast, EntityAt, EntityKind};
use super::form::Form;
use super::name::Name;
use super::resolver::Scene;
use crate::text::{Span, Text};

/// The two sides of an interview, as far as its introduction names them.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) struct Interview {
    /// Who asks.
    asks: Option<EntityAt>,
    /// Who answers.
    answers: Option<EntityAt>,
}

impl Interview {
    /// Reads the introduction; without labels there is none.
    pub(super) fn of(scene: &Scene, names: &[Name], owners: &[EntityAt], cast: &Cast) -> Self {
        let first = scene.sources.iter().find(|source| side(scene.text.slice(source.span)).is_some());
        let Some(first) = first else { return Self::default() };
        let introduced: Vec<(&Name, EntityAt)> = names
            .iter()
            .zip(owners)
            .filter(|(name, owner)| {
                name.span.end() <= first.span.start() && cast.entity(**owner).kind == EntityKind::Person
            })
            .map(|(name, owner)| (name, *owner))
            .collect();
        let before = |name: &Name| Span::new(name.span.start().saturating_sub(6), name.span.start());
        let asked_by = |name: &Name| {
            let words = before(name).map_or("", |before| scene.text.slice(before));
            [" with ", " to ", " by "].iter().any(|preposition| words.ends_with(preposition))
        };
        let asks = introduced.iter().find(|(name, _)| asked_by(name));
        let asks = asks.or_else(|| introduced.iter().rev().find(|(name, _)| meets(scene.text, name.span)));
        let asks = asks.map(|(_, owner)| *owner);
        let others = introduced.iter().map(|(_, owner)| *owner).filter(|owner| Some(*owner) != asks);
        let count = |owner: EntityAt| introduced.iter().filter(|(_, other)| *other == owner).count();
        let answers = others.rev().max_by_key(|owner| count(*owner));
        Self { asks, answers }
    }

    /// Whether a source mention is the author, whom the text does not name: `I` outside of quotation marks and interviews.
    pub(super) fn is_author(&self, scene: &Scene, source: usize) -> bool {
        let source = &scene.sources[source];
        let is_interview = self.asks.is_some() || self.answers.is_some();
        Form::of(scene.text.slice(source.span)) == Form::First
            && !scene.places.inside[source.tokens.start]
            && !is_interview
    }

    /// Whom a label stands for, if the mention is one and its side is known.
    pub(super) fn speaker(&self, mention: &str) -> Option<EntityAt> {
        match side(mention)? {
            Side::Asks => self.asks,
            Side::Answers => self.answers,
        }
    }
}

/// Whether somebody speaks with or meets a person who is not named again: `Ada Quill of the Watch met her`.
fn meets(text: &Text, name: Span) -> bool {
    let rest = text.slice(Span::ordered(name.end(), text.len()));
    let sentence = rest.split(['.', '\n', ';']).next().unwrap_or("");
    let words: Vec<&str> = sentence.split_whitespace().take(14).collect();
    words.windows(2).any(|pair| {
        matches!(pair[0], "met" | "interviewed" | "asked") && is_object(pair[1])
            || matches!(pair[0], "spoke" | "talked" | "speaks" | "talks") && matches!(pair[1], "with" | "to")
    })
}

fn is_object(word: &str) -> bool {
    matches!(word.trim_end_matches(','), "her" | "him" | "them")
}

enum Side {
    Asks,
    Answers,
}

fn side(label: &str) -> Option<Side> {
    match label {
        "Q" | "QUESTION" | "Question" => Some(Side::Asks),
        "A" | "ANSWER" | "Answer" => Some(Side::Answers),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn who_meets_the_other_asks() {
        let meets = |string: &str, name: &str| {
            let text = Text::new(string);
            let at = string.find(name).expect("the name stands in the text");
            super::meets(&text, text.span_of_bytes(at..at + name.len()))
        };
        assert!(meets("Ada Quill of the weekly Watch met her there.", "Ada Quill"));
        assert!(meets("Bo Moor is mayor. Ada Quill spoke with her.", "Ada Quill"));
        assert!(!meets("Bo Moor is mayor. Ada Quill spoke with her.", "Bo Moor"));
    }
}
