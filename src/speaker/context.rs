//! What the sources before a mention tell of it: who goes on speaking, whose statement it is, which embassy is meant.

use super::cast::{Cast, EntityAt, EntityKind};
use super::form::{Form, head_noun, is_definite};
use super::meaning::Meaning;
use super::name::{Name, NameKind};
use super::phrase::writing;
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

/// Whom the source before a pronoun means, in the same paragraph or the one before: a person for `he` and `she`, none for
/// `it` and `they`.
pub(super) fn speaks_on(scene: &Scene, at: usize, meanings: &[Meaning], cast: &Cast) -> Option<EntityAt> {
    let form = Form::of(scene.text.slice(scene.sources[at].span));
    let last = last_before(scene, at, meanings, 1)?;
    let (entity, share) = meanings[last].entities[0];
    let kind = cast.entity(entity).kind;
    let fits = match form {
        Form::He | Form::She => kind == EntityKind::Person,
        Form::It | Form::They => kind != EntityKind::Person,
        _ => false,
    };
    (fits && !meanings[last].joint && share > 0.5).then_some(entity)
}

/// What `they` means behind a source of several who speak together.
pub(super) fn speak_on_together<'a>(scene: &Scene, at: usize, meanings: &'a [Meaning]) -> Option<&'a Meaning> {
    let they = Form::of(scene.text.slice(scene.sources[at].span)) == Form::They;
    let last = last_before(scene, at, meanings, 1).filter(|_| they)?;
    meanings[last].joint.then_some(&meanings[last])
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
