//! What the sources before a mention tell of it: who goes on speaking, whose statement it is, which embassy is meant.

use super::cast::{Cast, EntityAt, EntityKind};
use super::form::{Form, head_noun, is_definite, is_several};
use super::meaning::Meaning;
use super::name::{Name, NameKind};
use super::phrase::writing;
use super::profile::Profile;
use super::resolver::Scene;
use crate::text::{Span, fold};

/// Paragraphs between a statement and the words in which it was made, at most.
const STATEMENT_REACH: usize = 2;

/// Whom `who` or `which` stands for: the source mention or name that ends right before it.
pub(super) fn before_relative(
    scene: &Scene,
    at: usize,
    (names, owners): (&[Name], &[EntityAt]),
    meanings: &[Meaning],
) -> Option<EntityAt> {
    let start = scene.sources[at].span.start();
    let near = |end: usize| end <= start && start - end <= 2;
    let source = (0..at).rev().find(|&before| near(scene.sources[before].span.end()));
    let source = source.and_then(|before| meanings[before].entities.first());
    let name = names.iter().rposition(|name| near(name.span.end()));
    source.map(|(entity, _)| *entity).or_else(|| name.map(|name| owners[name]))
}

/// The last source before a mention that means somebody, at most `paragraphs` before it.
fn last_before(scene: &Scene, at: usize, meanings: &[Meaning], paragraphs: usize) -> Option<usize> {
    let paragraph = |source: usize| scene.places.paragraphs[scene.sources[source].tokens.start];
    let last = (0..at).rev().find(|&before| !meanings[before].entities.is_empty())?;
    (paragraph(at).saturating_sub(paragraph(last)) <= paragraphs).then_some(last)
}

/// Whom the source before a pronoun means, in the same paragraph or the one before: a person of no other gender for `he` and
/// `she`, none for `it` and `they`.
pub(super) fn speaks_on(
    scene: &Scene,
    at: usize,
    meanings: &[Meaning],
    cast: &Cast,
    profiles: &[Profile],
) -> Option<EntityAt> {
    let form = Form::of(scene.text.slice(scene.sources[at].span));
    let last = last_before(scene, at, meanings, 1)?;
    let (entity, share) = meanings[last].entities[0];
    let fits = match form {
        Form::He | Form::She => cast.is_person(entity) && profiles.get(entity.0).is_none_or(|one| one.fits(form)),
        Form::It | Form::They => !cast.is_person(entity),
        _ => false,
    };
    (fits && !meanings[last].joint && share > 0.5).then_some(entity)
}

/// Whether the words beside a pronoun say that its speaker goes on: `he added`, `she continued`.
pub(super) fn is_continued(scene: &Scene, at: usize) -> bool {
    const BESIDE: usize = 24;
    let span = scene.sources[at].span;
    let before = Span::ordered(span.start().saturating_sub(BESIDE), span.start());
    let after = Span::ordered(span.end(), (span.end() + BESIDE).min(scene.text.len()));
    let continues = |word: &str| {
        matches!(
            word,
            "added" | "adds" | "adding" | "continued" | "continues" | "concluded" | "concludes" | "went" | "goes"
        )
    };
    let words = |span: Span| {
        scene.text.slice(span).split(|c: char| !c.is_alphanumeric() && c != '\n').filter(|word| !word.is_empty())
    };
    words(after).take(2).any(continues) || words(before).next_back().is_some_and(continues)
}

/// What `they` or `the ministers` means behind a source of several who speak together.
pub(super) fn speak_on_together<'a>(scene: &Scene, at: usize, meanings: &'a [Meaning]) -> Option<&'a Meaning> {
    let several = is_several(scene.text.slice(scene.sources[at].span));
    let last = last_before(scene, at, meanings, 1).filter(|_| several)?;
    meanings[last].joint.then_some(&meanings[last])
}

/// Those whom the sentences before a mention of several name side by side, last: `Norland and Sudmark` for `they`.
pub(super) fn side_by_side(scene: &Scene, at: usize, names: &[Name], owners: &[EntityAt]) -> Vec<EntityAt> {
    let mention = &scene.sources[at];
    let here = scene.places.paragraphs[mention.tokens.start];
    let near = names.iter().take_while(|name| name.span.end() <= mention.span.start()).count();
    let gap = |left: usize| {
        Span::new(names[left].span.end(), names[left + 1].span.start()).map_or("", |gap| scene.text.slice(gap))
    };
    let is_and = |left: usize| matches!(gap(left), " and " | ", and " | " & ");
    let Some(last) = (1..near).rev().find(|&right| is_and(right - 1)) else { return Vec::new() };
    if here.saturating_sub(scene.places.paragraphs[names[last].pieces.start]) > 1 {
        return Vec::new();
    }
    let alike = |left: usize| gap(left) == ", " && names[left].kind() == names[last].kind();
    let first = (1..last).rev().take_while(|&right| alike(right - 1)).map(|right| right - 1).last();
    let mut out: Vec<EntityAt> = Vec::new();
    for &owner in &owners[first.unwrap_or(last - 1)..=last] {
        if !out.contains(&owner) {
            out.push(owner);
        }
    }
    out
}

/// Whose words `the statement` are: those of the source before it, where that said something in a statement.
pub(super) fn said_in<'a>(scene: &Scene, at: usize, meanings: &'a [Meaning]) -> Option<&'a Meaning> {
    let mention = &scene.sources[at];
    let shown = scene.text.slice(mention.span);
    let noun = writing(shown).filter(|_| is_definite(shown))?;
    let last = last_before(scene, at, meanings, STATEMENT_REACH)?;
    let between = Span::new(scene.sources[last].span.start(), mention.span.start()).ok()?;
    let between = fold(scene.text.slice(between));
    between.split(|c: char| !c.is_alphanumeric()).any(|word| word == noun).then_some(&meanings[last])
}

/// The institution or unnamed source before a description that has the same head noun: `the U.S. Embassy in Turkey` for
/// `the embassy`, `a ministry spokesperson` for `the spokesperson`.
pub(super) fn same_noun(
    scene: &Scene,
    at: usize,
    (names, owners): (&[Name], &[EntityAt]),
    meanings: &[Meaning],
    cast: &Cast,
) -> Option<EntityAt> {
    let mention = &scene.sources[at];
    let shown = scene.text.slice(mention.span);
    if Form::of(shown) != Form::Nominal {
        return None;
    }
    let noun = head_noun(shown)?;
    let has_noun = |span: Span| head_noun(scene.text.slice(span)).as_ref() == Some(&noun);
    let institution = names
        .iter()
        .zip(owners)
        .filter(|(name, _)| {
            name.span.end() <= mention.span.start() && name.kind() != NameKind::Person && has_noun(name.span)
        })
        .map(|(name, owner)| (name.span, *owner));
    let unnamed = scene.sources[..at].iter().zip(meanings).filter(|(source, _)| has_noun(source.span)).filter_map(
        |(source, meaning)| match meaning.entities.as_slice() {
            [(entity, _)] if cast.entity(*entity).kind == EntityKind::Unnamed => Some((source.span, *entity)),
            _ => None,
        },
    );
    institution.chain(unnamed).max_by_key(|(span, _)| *span).map(|(_, entity)| entity)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::profile::Gender;
    use crate::speaker::scenes::{ask, meaning};

    #[test]
    fn they_are_those_who_spoke_together_and_one_person_is_not() {
        let string = "Quill and Moor called it a trick.\n\n“No,” they wrote.";
        let meanings = [meaning(&[0, 1]), Meaning::default()];
        let they = |string: &str, mentions: &[&str], meanings: &[Meaning]| {
            ask(string, mentions, |scene, at| speak_on_together(scene, at, meanings).is_some())
        };
        assert!(they(string, &["Quill and Moor", "they"], &meanings));
        assert!(!they(string, &["Quill and Moor", "they"], &[meaning(&[0]), Meaning::default()]));
        let far = "Quill and Moor left.\n\nIt rained.\n\n“No,” they wrote.";
        assert!(!they(far, &["Quill and Moor", "they"], &meanings));
    }

    #[test]
    fn a_statement_is_of_the_source_that_made_it() {
        let said = |string: &str, mention: &str| {
            let meanings = [meaning(&[7]), Meaning::default()];
            ask(string, &["the Watch", mention], |scene, at| said_in(scene, at, &meanings).is_some())
        };
        assert!(said("So the Watch said in a statement.\n\n“Never,” the statement read.", "the statement"));
        assert!(said("So the Watch wrote in a letter. “Never,” the letter read.", "the letter"));
        assert!(!said("So the Watch told reporters. “Never,” the statement read.", "the statement"));
        assert!(!said("So the Watch said in a statement. “Never,” a statement read.", "a statement"));
    }

    #[test]
    fn it_goes_on_for_an_institution_and_he_for_a_person() {
        let mut cast = Cast::default();
        let watch = cast.unnamed("the harbor watch", None);
        let meanings = [Meaning { entities: vec![(watch, 1.0)], joint: false }, Meaning::default()];
        let last = |pronoun: &str| {
            let string = format!("So the harbor watch said. “Never,” {pronoun} added.");
            ask(&string, &["the harbor watch", pronoun], |scene, at| speaks_on(scene, at, &meanings, &cast, &[]))
        };
        assert_eq!(last("it"), Some(watch));
        assert_eq!(last("they"), Some(watch));
        assert_eq!(last("he"), None);
        let string = "So Ada Quill said. “Never,” he added.";
        let mut cast = Cast::default();
        let quill = cast.known(crate::speaker::registry::shipped().speaker("mike-pompeo").expect("known"));
        let meanings = [Meaning { entities: vec![(quill, 1.0)], joint: false }, Meaning::default()];
        let last = |gender| {
            let profiles = [Profile { gender, ..Profile::default() }];
            ask(string, &["Ada Quill", "he"], |scene, at| speaks_on(scene, at, &meanings, &cast, &profiles))
        };
        assert_eq!(last(Some(Gender::Male)), Some(quill));
        assert_eq!((last(Some(Gender::Female)), last(None)), (None, Some(quill)));
    }

    #[test]
    fn verbs_of_going_on_are_seen_beside_a_pronoun() {
        let goes_on = |string: &str| ask(string, &["he"], is_continued);
        assert!(goes_on("“No,” he added. “Never.”") && goes_on("“No,” added he"));
        assert!(goes_on("“No,” he then continued"));
        assert!(!goes_on("“No,” he said. It was added later.") && !goes_on("It was added.\n\n“No,” he said"));
    }
}
