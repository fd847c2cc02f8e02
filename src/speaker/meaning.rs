//! Whom each source mention means: the names in it, or what its pronoun or description stands for.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::antecedent::{AntecedentChoice, Target, antecedent_choice, before};
use super::cast::{Cast, EntityAt, EntityKind};
use super::features;
use super::form::{Form, head_noun, is_definite, is_empty_phrase, is_relative, without_tail};
use super::head::{Head, head};
use super::interview::Interview;
use super::name::{Name, NameKind};
use super::profile::{Profile, profiles};
use super::resolver::{Scene, SpeakerResolver};
use super::scorer::{Choice, decide};
use crate::model::{Model, ModelError, PairScorer};
use crate::text::{Span, Text};

/// A description stands for a name only from this probability on; below it is a source without a name.
const SURE_OF_NAME: f32 = 0.4;
/// A pronoun is so many times likelier to mean the one who spoke last than the scorer, which knows places but not who
/// spoke, makes it. Chosen on development data.
const GOES_ON_SPEAKING: f32 = 2.0;
/// Probability that a description (`the embassy`) means the last institution or unnamed source of the same head noun.
const SAME_NOUN: f32 = 0.9;
/// Probability of the holder of an office, and of the phrase itself, where the scorer is sure of no name.
const ROLE: f32 = 0.9;
const PHRASE: f32 = 0.5;

/// The entities that a source mention may mean, with probabilities; `joint` ones speak together.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) entities: Vec<(EntityAt, f32)>,
    pub(super) joint: bool,
}

impl Meaning {
    /// One entity for sure.
    fn sure(entity: EntityAt) -> Self {
        Self { entities: vec![(entity, 1.0)], joint: false }
    }

    /// This meaning with one entity made likelier, if it is among them.
    fn likelier(mut self, last: EntityAt) -> Self {
        if let Some(at) = self.entities.iter().position(|entity| entity.0 == last) {
            let gain = 1.0 + (GOES_ON_SPEAKING - 1.0) * self.entities[at].1;
            for (place, entity) in self.entities.iter_mut().enumerate() {
                entity.1 *= if place == at { GOES_ON_SPEAKING } else { 1.0 } / gain;
            }
            self.entities.sort_by(|a, b| b.1.total_cmp(&a.1));
        }
        self
    }

    /// This meaning with most of the probability given to one entity.
    fn mostly(mut self, known: EntityAt) -> Self {
        for entity in &mut self.entities {
            entity.1 *= 1.0 - SAME_NOUN;
        }
        match self.entities.iter_mut().find(|entity| entity.0 == known) {
            Some(entity) => entity.1 += SAME_NOUN,
            None => self.entities.push((known, SAME_NOUN)),
        }
        self.entities.sort_by(|a, b| b.1.total_cmp(&a.1));
        self
    }
}

impl SpeakerResolver<'_> {
    /// What each source mention means.
    pub(super) fn meanings(
        &self,
        model: &dyn Model,
        scene: &Scene,
        names: &[Name],
        owners: &[EntityAt],
        cast: &mut Cast,
    ) -> Result<Vec<Meaning>, ModelError> {
        let heads: Vec<Head> = scene
            .sources
            .iter()
            .map(|source| {
                let phrase = with_owned(scene.text, source.span, names);
                let inside: Vec<usize> = (0..names.len()).filter(|&at| phrase.contains(&names[at].span)).collect();
                let list: Vec<&Name> = inside.iter().map(|&at| &names[at]).collect();
                match head(scene.text, phrase, &list, self.registry) {
                    Head::Names(at) => Head::Names(at.into_iter().map(|at| inside[at]).collect()),
                    Head::Description => Head::Description,
                }
            })
            .collect();
        let asking: Vec<usize> = (0..heads.len())
            .filter(|&at| {
                let shown = scene.text.slice(scene.sources[at].span);
                heads[at] == Head::Description
                    && !is_empty_phrase(shown)
                    && (Form::of(shown).is_pronoun() || is_definite(shown))
            })
            .collect();
        let unnamed: Vec<usize> =
            (0..heads.len()).filter(|&at| heads[at] == Head::Description && !asking.contains(&at)).collect();
        let profiles = profiles(scene, names, owners, cast, self.registry);
        let profiles: Vec<&Profile> = owners.iter().map(|owner| &profiles[owner.0]).collect();
        let choices: Vec<AntecedentChoice> = asking
            .iter()
            .map(|&at| antecedent_choice(scene, (names, &profiles), &scene.sources[at], &before(&unnamed, at)))
            .collect();
        let decided = if self.settings.nearest_name {
            choices.iter().map(AntecedentChoice::nearest).collect()
        } else {
            let pure: Vec<Choice<{ features::ANTECEDENT }>> =
                choices.iter().map(|choice| choice.choice.clone()).collect();
            let temperature = self.settings.antecedent_temperature;
            let mut decided = decide(model, PairScorer::Antecedent, &scene.vectors.view(), &pure, temperature)?;
            for (choice, probabilities) in choices.iter().zip(&mut decided) {
                choice.agree(probabilities);
            }
            decided
        };

        let interview = Interview::of(scene, names, owners, cast);
        let mut meanings: Vec<Meaning> = vec![Meaning::default(); heads.len()];
        for (at, source) in scene.sources.iter().enumerate() {
            let shown = scene.text.slice(source.span);
            if let Some(speaker) = interview.speaker(shown) {
                meanings[at] = Meaning::sure(speaker);
                continue;
            }
            meanings[at] = match &heads[at] {
                Head::Names(list) => {
                    let mut entities: Vec<EntityAt> = list.iter().map(|&name| owners[name]).collect();
                    entities.dedup();
                    Meaning {
                        joint: entities.len() > 1,
                        entities: entities.into_iter().map(|entity| (entity, 1.0)).collect(),
                    }
                }
                Head::Description if is_relative(shown) => {
                    before_relative(scene, at, (names, owners), &meanings).map(Meaning::sure).unwrap_or_default()
                }
                Head::Description => match asking.iter().position(|&asked| asked == at) {
                    None if is_empty_phrase(shown) => Meaning::default(),
                    None => Meaning { entities: vec![(self.unnamed(cast, shown, scene.date), 1.0)], joint: false },
                    Some(asked) => {
                        let targets = &choices[asked].targets;
                        let meaning =
                            self.weigh(shown, targets, &decided[asked], (owners, &meanings), cast, scene.date);
                        let meaning = match speaks_on(scene, at, &meanings, cast) {
                            Some(last) => meaning.likelier(last),
                            None => meaning,
                        };
                        same_noun(scene, at, (names, owners), &meanings, cast)
                            .map_or(meaning.clone(), |known| meaning.mostly(known))
                    }
                },
            };
            if let [(entity, _)] = meanings[at].entities.as_slice()
                && heads[at] == Head::Description
            {
                cast.mention(*entity, source.span);
            }
        }
        Ok(meanings)
    }

    /// Sums the probabilities of candidates by entity and says what is left for none.
    fn weigh(
        &self,
        shown: &str,
        targets: &[Target],
        probabilities: &[f32],
        (owners, meanings): (&[EntityAt], &[Meaning]),
        cast: &mut Cast,
        date: Option<Date>,
    ) -> Meaning {
        let mut sums: BTreeMap<EntityAt, f32> = BTreeMap::new();
        for (target, probability) in targets.iter().zip(probabilities) {
            match target {
                Target::Name(name) => *sums.entry(owners[*name]).or_default() += probability,
                Target::Source(source) => {
                    for (entity, share) in &meanings[*source].entities {
                        *sums.entry(*entity).or_default() += probability * share;
                    }
                }
            }
        }
        let none = probabilities.last().copied().unwrap_or(1.0);
        let best = sums.values().copied().fold(0.0, f32::max);
        if !Form::of(shown).is_pronoun() && (none >= best || best < SURE_OF_NAME) {
            let known = self.registry.find_role(shown, date).map(|speaker| cast.known(speaker));
            let entity = known.unwrap_or_else(|| self.unnamed(cast, shown, date));
            *sums.entry(entity).or_default() += none;
            // What the scorer is not sure of stays with the words of the article.
            let rest = sums.values().copied().fold(0.0, f32::max);
            if sums[&entity] < rest {
                let sure = if known.is_some() { ROLE } else { PHRASE };
                for (other, share) in &mut sums {
                    *share *= if *other == entity { 1.0 } else { (1.0 - sure) / (1.0 - none).max(f32::EPSILON) };
                }
                sums.insert(entity, sure);
            }
        }
        let mut entities: Vec<(EntityAt, f32)> = sums.into_iter().collect();
        entities.sort_by(|a, b| b.1.total_cmp(&a.1));
        Meaning { entities, joint: false }
    }

    fn unnamed(&self, cast: &mut Cast, phrase: &str, date: Option<Date>) -> EntityAt {
        if let Some(speaker) = is_definite(phrase).then(|| self.registry.find_role(phrase, date)).flatten() {
            return cast.known(speaker);
        }
        cast.unnamed(without_tail(phrase), None)
    }
}

/// A source phrase that ends in a possessive or in `and` goes on to the name behind it: `the Watch's` to `the Watch's Ada
/// Quill`.
fn with_owned(text: &Text, phrase: Span, names: &[Name]) -> Span {
    if !["'s", "’s", " and"].iter().any(|end| text.slice(phrase).ends_with(end)) {
        return phrase;
    }
    names.iter().find(|name| name.span.start() == phrase.end() + 1).map_or(phrase, |name| phrase.join(&name.span))
}

/// Whom `who` or `which` stands for: the source mention or name that ends right before it.
fn before_relative(
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

/// The person whom the source before a `he` or `she` means, in the same paragraph or the one before.
fn speaks_on(scene: &Scene, at: usize, meanings: &[Meaning], cast: &Cast) -> Option<EntityAt> {
    let mention = &scene.sources[at];
    if !matches!(Form::of(scene.text.slice(mention.span)), Form::He | Form::She) {
        return None;
    }
    let paragraph = |source: usize| scene.places.paragraphs[scene.sources[source].tokens.start];
    let last = (0..at).rev().find(|&before| !meanings[before].entities.is_empty())?;
    let (entity, share) = meanings[last].entities[0];
    let fits = !meanings[last].joint && share > 0.5 && cast.entity(entity).kind == EntityKind::Person;
    (fits && paragraph(at).saturating_sub(paragraph(last)) <= 1).then_some(entity)
}

/// The institution or unnamed source before a description that has the same head noun: `the U.S. Embassy in Turkey` for
/// `the embassy`, `a ministry spokesperson` for `the spokesperson`.
fn same_noun(
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
