//! Whom each source mention means: the names in it, or what its pronoun or description stands for.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::antecedent::{AntecedentChoice, Target, antecedent_choice, before};
use super::cast::{Cast, EntityAt};
use super::context::{before_relative, is_continued, said_in, same_noun, side_by_side, speak_on_together, speaks_on};
use super::form::{Form, is_definite, is_empty_phrase, is_relative, is_several, without_tail};
use super::head::{Head, head};
use super::interview::Interview;
use super::name::Name;
use super::phrase::{Author, administration, author, phrase};
use super::profile::{party_of_office, profiles};
use super::resolver::{Scene, SpeakerResolver};
use crate::model::{Model, ModelError};
use crate::quote::Mention;
use crate::text::Span;

/// A description stands for a name only from this probability on; below it is a source without a name.
const SURE_OF_NAME: f32 = 0.4;
/// A pronoun is so many times likelier to mean the one who spoke last than the scorer, which knows places but not who
/// spoke, makes it. Chosen on development data.
const GOES_ON_SPEAKING: f32 = 2.0;
/// The same where the verb says so: `he added`.
const CONTINUES: f32 = 6.0;
/// What is left of the probability of those who do not hold the office that a description says, where somebody does.
const NO_HOLDER: f32 = 0.02;
/// Probability that a description (`the embassy`) means the last institution or unnamed source of the same head noun.
const SAME_NOUN: f32 = 0.9;
/// Probability of the phrase itself where the scorer is sure of no name.
const PHRASE: f32 = 0.5;

/// The entities that a source mention may mean, with probabilities; `joint` ones speak together.
#[derive(Clone, Debug, Default)]
pub(super) struct Meaning {
    pub(super) entities: Vec<(EntityAt, f32)>,
    pub(super) joint: bool,
}

/// A source mention as it is read.
pub(super) struct Headed {
    /// What of it counts.
    phrase: Span,
    /// The names in it that bear the saying, by their position among all names.
    head: Head,
}

impl Headed {
    /// Those names.
    pub(super) fn names(&self) -> &[usize] {
        match &self.head {
            Head::Names(names) => names,
            Head::Description => &[],
        }
    }
}

impl Meaning {
    /// One entity for sure.
    fn sure(entity: EntityAt) -> Self {
        Self { entities: vec![(entity, 1.0)], joint: false }
    }

    fn has(&self, entity: EntityAt) -> bool {
        self.entities.iter().any(|(own, _)| *own == entity)
    }

    /// This meaning as that of `several` who are named side by side, where the likeliest entity is among them.
    fn together(self, several: &[EntityAt]) -> Self {
        let sum: f32 =
            self.entities.iter().filter(|(entity, _)| several.contains(entity)).map(|(_, share)| share).sum();
        match self.entities.first() {
            Some((likeliest, _)) if several.len() > 1 && several.contains(likeliest) => {
                Self { entities: several.iter().map(|&entity| (entity, sum.min(1.0))).collect(), joint: true }
            }
            _ => self,
        }
    }

    /// This meaning with one entity made likelier by a factor, if it is among them.
    fn likelier(mut self, last: EntityAt, factor: f32) -> Self {
        if let Some(at) = self.entities.iter().position(|entity| entity.0 == last) {
            let gain = 1.0 + (factor - 1.0) * self.entities[at].1;
            for (place, entity) in self.entities.iter_mut().enumerate() {
                entity.1 *= if place == at { factor } else { 1.0 } / gain;
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
    /// What of each source mention counts, and whom its words name.
    pub(super) fn headed(&self, scene: &Scene, names: &[Name]) -> Vec<Headed> {
        let headed = |source: &Mention| {
            let phrase = phrase(scene.text, source.span, names, self.registry);
            let inside: Vec<usize> = (0..names.len()).filter(|&at| phrase.contains(&names[at].span)).collect();
            let list: Vec<&Name> = inside.iter().map(|&at| &names[at]).collect();
            let head = match head(scene.text, phrase, &list, self.registry) {
                Head::Names(at) => Head::Names(at.into_iter().map(|at| inside[at]).collect()),
                Head::Description => Head::Description,
            };
            Headed { phrase, head }
        };
        scene.sources.iter().map(headed).collect()
    }

    /// What each source mention means.
    pub(super) fn meanings(
        &self,
        model: &dyn Model,
        scene: &Scene,
        headed: &[Headed],
        (names, owners): (&[Name], &[EntityAt]),
        cast: &mut Cast,
    ) -> Result<Vec<Meaning>, ModelError> {
        let interview = Interview::of(scene, names, owners, cast);
        let asking: Vec<usize> = (0..headed.len())
            .filter(|&at| {
                let shown = scene.text.slice(scene.sources[at].span);
                headed[at].head == Head::Description
                    && !interview.is_author(scene, at)
                    && !is_empty_phrase(shown)
                    && (Form::of(shown).is_pronoun() || is_definite(shown))
            })
            .collect();
        let unnamed: Vec<usize> = (0..headed.len())
            .filter(|&at| {
                headed[at].head == Head::Description && !asking.contains(&at) && !interview.is_author(scene, at)
            })
            .collect();
        let profiles = profiles(scene, names, owners, cast, self.registry);
        cast.take_parties(&profiles);
        let choices: Vec<AntecedentChoice> = asking
            .iter()
            .map(|&at| {
                antecedent_choice(
                    scene,
                    (names, owners, &profiles),
                    &scene.sources[at],
                    &before(&unnamed, at),
                    self.registry,
                )
            })
            .collect();
        let decided = self.decide_antecedents(model, scene, &choices)?;

        let mut meanings: Vec<Meaning> = vec![Meaning::default(); headed.len()];
        for (at, source) in scene.sources.iter().enumerate() {
            let shown = scene.text.slice(source.span);
            if let Some(speaker) = interview.speaker(shown) {
                meanings[at] = Meaning::sure(speaker);
                continue;
            }
            if interview.is_author(scene, at) {
                continue;
            }
            let read_off = match headed[at].head {
                Head::Description => self.read_off(scene, at, headed[at].phrase, (names, owners), &meanings, cast),
                Head::Names(_) => None,
            };
            meanings[at] = match (read_off, &headed[at].head) {
                (Some(meaning), _) => meaning,
                (None, Head::Names(list)) => {
                    let mut entities: Vec<EntityAt> = list.iter().map(|&name| owners[name]).collect();
                    entities.dedup();
                    Meaning {
                        joint: entities.len() > 1,
                        entities: entities.into_iter().map(|entity| (entity, 1.0)).collect(),
                    }
                }
                (None, Head::Description) => match asking.iter().position(|&asked| asked == at) {
                    None if is_empty_phrase(shown) => Meaning::default(),
                    None => Meaning::sure(self.unnamed(cast, without_tail(scene.text.slice(headed[at].phrase)))),
                    Some(asked) => {
                        let targets = &choices[asked].targets;
                        let meaning =
                            self.weigh(shown, targets, &decided[asked], (owners, &meanings), cast, scene.date);
                        let meaning = match speaks_on(scene, at, &meanings, cast, &profiles) {
                            Some(last) if meaning.has(last) || cast.is_person(last) => {
                                let factor = if is_continued(scene, at) { CONTINUES } else { GOES_ON_SPEAKING };
                                meaning.likelier(last, factor)
                            }
                            Some(last) => meaning.mostly(last),
                            None => meaning,
                        };
                        let several =
                            if is_several(shown) { side_by_side(scene, at, names, owners) } else { Vec::new() };
                        let meaning = meaning.together(&several);
                        let known = same_noun(scene, at, (names, owners), &meanings, cast);
                        match known.filter(|_| !meaning.joint) {
                            Some(known) => meaning.mostly(known),
                            None => meaning,
                        }
                    }
                },
            };
            if let Some(&(entity, share)) = meanings[at].entities.first()
                && headed[at].head == Head::Description
                && !meanings[at].joint
                && share > 0.5
            {
                cast.mention(entity, source.span);
            }
        }
        Ok(meanings)
    }

    /// What the words of a description and the sources before it tell without the scorer.
    fn read_off(
        &self,
        scene: &Scene,
        at: usize,
        phrase: Span,
        (names, owners): (&[Name], &[EntityAt]),
        meanings: &[Meaning],
        cast: &mut Cast,
    ) -> Option<Meaning> {
        if is_relative(scene.text.slice(phrase)) {
            let before = before_relative(scene, at, (names, owners), meanings);
            return Some(before.map(Meaning::sure).unwrap_or_default());
        }
        let author = author(scene.text, phrase, names, self.registry).map(|author| match author {
            Author::Name(name) => owners[name],
            Author::Phrase(words) => self.unnamed(cast, words),
        });
        if let Some(author) = author {
            return Some(Meaning::sure(author));
        }
        let shown = scene.text.slice(phrase);
        if let Some(words) = administration(scene.text, phrase, names) {
            return Some(Meaning::sure(self.unnamed(cast, words)));
        }
        if let Some(holder) = self.holder(cast, shown, scene.date) {
            return Some(Meaning::sure(holder));
        }
        said_in(scene, at, meanings).or_else(|| speak_on_together(scene, at, meanings)).cloned()
    }

    /// The source without a name that goes by `phrase`, with the party that it speaks for.
    fn unnamed(&self, cast: &mut Cast, phrase: &str) -> EntityAt {
        cast.unnamed(phrase, party_of_office(phrase, self.registry).map(|party| party.id.clone()))
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
        self.agree_in_office(shown, &mut sums, cast, date);
        let best = sums.values().copied().fold(0.0, f32::max);
        if !Form::of(shown).is_pronoun() && (none >= best || best < SURE_OF_NAME) {
            let entity = self.unnamed(cast, without_tail(shown));
            *sums.entry(entity).or_default() += none;
            // What the scorer is not sure of stays with the words of the article.
            let rest = sums.values().copied().fold(0.0, f32::max);
            if sums[&entity] < rest {
                for (other, share) in &mut sums {
                    *share *= if *other == entity { 1.0 } else { (1.0 - PHRASE) / (1.0 - none).max(f32::EPSILON) };
                }
                sums.insert(entity, PHRASE);
            }
        }
        let mut entities: Vec<(EntityAt, f32)> = sums.into_iter().collect();
        entities.sort_by(|a, b| b.1.total_cmp(&a.1));
        Meaning { entities, joint: false }
    }

    /// Takes probability from those who do not hold the office that a description says, where the article names
    /// somebody who does: `the president` is a president.
    fn agree_in_office(&self, shown: &str, sums: &mut BTreeMap<EntityAt, f32>, cast: &Cast, date: Option<Date>) {
        let peers = self.registry.find_peers(shown, date).into_iter().filter_map(|peer| cast.named(&peer.id));
        let peers: Vec<EntityAt> = peers.filter(|peer| sums.contains_key(peer)).collect();
        let before: f32 = sums.values().sum();
        let held: f32 = peers.iter().map(|peer| sums[peer]).sum();
        if held <= 0.0 {
            return;
        }
        let gain = before / (held + NO_HOLDER * (before - held));
        for (entity, share) in sums {
            *share *= if peers.contains(entity) { gain } else { gain * NO_HOLDER };
        }
    }

    /// Who holds the office that a description says: by the date, or else the only holder whom the article names.
    fn holder(&self, cast: &mut Cast, phrase: &str, date: Option<Date>) -> Option<EntityAt> {
        if let Some(speaker) = self.registry.find_role(phrase, date) {
            return Some(cast.known(speaker));
        }
        let holders = self.registry.find_holders(phrase);
        let mut named = holders.iter().filter_map(|speaker| cast.named(&speaker.id));
        named.next().filter(|_| named.next().is_none())
    }
}
