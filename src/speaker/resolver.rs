//! From quotations and source mentions to speakers.
//!
//! Two learned choices, multiplied: which source mention a content belongs to (link), and which name a description or
//! pronoun stands for (antecedent). What the words themselves tell is not asked of the model: a name is its entity, a
//! phrase with an indefinite article is a source without a name.

use std::collections::BTreeMap;
use std::ops::Range;

use jiff::civil::Date;
use ndarray::Array2;

use super::cast::{Cast, EntityAt};
use super::features::{self, NameFacts, Places};
use super::form::{Form, folded_words, head_noun, is_definite, is_empty_phrase, without_tail};
use super::head::{Head, head};
use super::name::{Name, NameKind, capitalised, find_names};
use super::registry::{Registry, SpeakerMention};
use super::scorer::{Choice, decide};
use crate::model::{Model, ModelError, PairScorer};
use crate::quote::{Flag, Mention, Quote};
use crate::text::{Span, Text};

/// How far, in pieces, a source may stand from its content.
const LINK_REACH: usize = 200;
/// How far, in pieces, a name may stand before and behind what stands for it.
const NAME_REACH: (usize, usize) = (600, 60);
/// The name head may be wrong about what is a person: agreement never multiplies by less.
const AGREEMENT_FLOOR: f32 = 0.02;
/// Probability that a description (`the embassy`) means the last institution or unnamed source of the same head noun.
const SAME_NOUN: f32 = 0.9;
/// Most candidates that are kept, and the least probability of one.
const CANDIDATES: usize = 5;
const UNLIKELY: f32 = 0.01;
/// A further source in the sentence counts as one through which the words come from this link probability on.
const VIA: f32 = 0.25;

/// What the resolver reads of an article.
#[derive(Clone, Copy, Debug)]
pub struct Scene<'a> {
    /// The article's text.
    pub text: &'a Text,
    /// Its date, for offices that change hands.
    pub date: Option<Date>,
    /// Spans of its word pieces.
    pub pieces: &'a [Span],
    /// Paragraph and marks of each piece.
    pub places: Places<'a>,
    /// `[pieces, names]`.
    pub name_logits: &'a Array2<f32>,
    /// `[pieces, 4 * width]`.
    pub vectors: &'a Array2<f32>,
    /// Known speakers whom the text names, in text order.
    pub known: &'a [SpeakerMention],
    /// The quotations.
    pub quotes: &'a [Quote],
    /// The source mentions.
    pub sources: &'a [Mention],
}

/// Who said one quotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Position of the source mention, if one is linked.
    pub source: Option<usize>,
    /// The speakers; several speak jointly.
    pub speakers: Vec<EntityAt>,
    /// Entities through which the words come.
    pub via: Vec<EntityAt>,
    /// Who else it may be, likeliest first, with probabilities.
    pub candidates: Vec<(EntityAt, f32)>,
    /// Probability that the speakers are right.
    pub confidence: f32,
}

/// Speakers of all quotations of an article.
#[derive(Clone, Debug)]
pub struct Attributed {
    /// Everybody named or quoted.
    pub cast: Cast,
    /// One for each quotation.
    pub attributions: Vec<Attribution>,
}

/// What the resolver may use and how sure it must be.
#[derive(Clone, Copy, Debug)]
pub struct ResolverSettings {
    /// Below this probability the speakers stay empty; the candidates are kept.
    pub min_confidence: f32,
    /// Divides the link scores before the softmax.
    pub link_temperature: f32,
    /// Divides the antecedent scores before the softmax.
    pub antecedent_temperature: f32,
    /// Without the link scorer: the nearest source (an ablation).
    pub nearest_source: bool,
    /// Without the antecedent scorer: the nearest name before (an ablation).
    pub nearest_name: bool,
}

impl Default for ResolverSettings {
    fn default() -> Self {
        Self {
            min_confidence: 0.0,
            link_temperature: 1.0,
            antecedent_temperature: 1.0,
            nearest_source: false,
            nearest_name: false,
        }
    }
}

/// The entities that a source mention may mean, with probabilities; `joint` ones speak together.
#[derive(Clone, Debug, Default)]
struct Meaning {
    entities: Vec<(EntityAt, f32)>,
    joint: bool,
}

impl Meaning {
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

/// Names the speakers of quotations.
#[derive(Clone, Copy, Debug)]
pub struct SpeakerResolver<'a> {
    /// Known parties and speakers.
    pub registry: &'a Registry,
    /// See [`ResolverSettings`].
    pub settings: ResolverSettings,
}

impl SpeakerResolver<'_> {
    /// Resolves all quotations of an article.
    ///
    /// # Errors
    /// When the network cannot run.
    pub fn resolve(&self, model: &dyn Model, scene: &Scene) -> Result<Attributed, ModelError> {
        let names = self.names(scene);
        let (mut cast, owners) = Cast::gather(scene.text, &names, scene.known, self.registry, scene.date);
        let meanings = self.meanings(model, scene, &names, &owners, &mut cast)?;
        let links = self.links(model, scene)?;
        let attributions = self.attribute(scene, &links, &meanings, &cast);
        Ok(Attributed { cast, attributions })
    }

    /// Probabilities that a mention stands for each of `names`, which are in text order; what is missing to one is the
    /// probability of none of them. Names out of reach get 0.
    ///
    /// # Errors
    /// When the network cannot run.
    pub fn antecedents(
        &self,
        model: &dyn Model,
        scene: &Scene,
        mention: &Mention,
        names: &[Name],
    ) -> Result<Vec<f32>, ModelError> {
        let choice = antecedent_choice(scene, names, mention, &[]);
        let probabilities = if self.settings.nearest_name {
            choice.nearest()
        } else {
            let temperature = self.settings.antecedent_temperature;
            let pure = std::slice::from_ref(&choice.choice);
            let mut decided = decide(model, PairScorer::Antecedent, &scene.vectors.view(), pure, temperature)?.concat();
            choice.agree(&mut decided);
            decided
        };
        let mut out = vec![0.0; names.len()];
        for (target, probability) in choice.targets.iter().zip(probabilities) {
            if let Target::Name(name) = target {
                out[*name] = probability;
            }
        }
        Ok(out)
    }

    /// Names of the text, known speakers among them, and for source mentions without one their capitalised run.
    fn names(&self, scene: &Scene) -> Vec<Name> {
        let mut names = find_names(scene.text, scene.pieces, scene.name_logits, self.registry);
        let bare: Vec<Name> = scene
            .sources
            .iter()
            .filter(|source| Form::of(scene.text.slice(source.span)) == Form::Name)
            .filter(|source| !names.iter().any(|name| name.span.overlaps(&source.span)))
            .filter_map(|source| capitalised(scene.text, source.span, scene.pieces, scene.name_logits, self.registry))
            .collect();
        names.extend(bare);
        for mention in scene.known {
            let overlapping = |name: &Name| name.span.overlaps(&mention.span);
            if !names.iter().any(|name| overlapping(name) && name.span.len() > mention.span.len()) {
                names.retain(|name| !overlapping(name));
                let first = scene.pieces.partition_point(|piece| piece.end() <= mention.span.start());
                let last = scene.pieces.partition_point(|piece| piece.start() < mention.span.end());
                if first < last {
                    names.push(Name::at(mention.span, first..last, scene.name_logits));
                }
            }
        }
        names.retain(|name| !Form::of(scene.text.slice(name.span)).is_pronoun());
        names.sort_by_key(|name| name.span);
        names.dedup_by(|later, earlier| later.span.overlaps(&earlier.span));
        names
    }

    /// What each source mention means.
    fn meanings(
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
                let inside: Vec<usize> = (0..names.len()).filter(|&at| source.span.contains(&names[at].span)).collect();
                let list: Vec<&Name> = inside.iter().map(|&at| &names[at]).collect();
                match head(scene.text, source.span, &list, self.registry) {
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
        let choices: Vec<AntecedentChoice> = asking
            .iter()
            .map(|&at| antecedent_choice(scene, names, &scene.sources[at], &before(&unnamed, at)))
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

        let mut meanings: Vec<Meaning> = vec![Meaning::default(); heads.len()];
        for (at, source) in scene.sources.iter().enumerate() {
            let shown = scene.text.slice(source.span);
            meanings[at] = match &heads[at] {
                Head::Names(list) => {
                    let mut entities: Vec<EntityAt> = list.iter().map(|&name| owners[name]).collect();
                    entities.dedup();
                    Meaning {
                        joint: entities.len() > 1,
                        entities: entities.into_iter().map(|entity| (entity, 1.0)).collect(),
                    }
                }
                Head::Description => match asking.iter().position(|&asked| asked == at) {
                    None if is_empty_phrase(shown) => Meaning::default(),
                    None => Meaning { entities: vec![(self.unnamed(cast, shown, scene.date), 1.0)], joint: false },
                    Some(asked) => {
                        let targets = &choices[asked].targets;
                        let meaning =
                            self.weigh(shown, targets, &decided[asked], (owners, &meanings), cast, scene.date);
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
        if !Form::of(shown).is_pronoun() && (none >= best || best < 0.5) {
            let known = self.registry.find_role(shown, date).map(|speaker| cast.known(speaker));
            let entity = known.unwrap_or_else(|| self.unnamed(cast, shown, date));
            *sums.entry(entity).or_default() += if known.is_some() { none.max(0.9 - best) } else { none };
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

    /// Link probabilities of each quotation: of each source, then of none.
    fn links(&self, model: &dyn Model, scene: &Scene) -> Result<Vec<Links>, ModelError> {
        let mut reachable: Vec<Vec<usize>> = Vec::new();
        let choices: Vec<Choice<{ features::LINK }>> = scene
            .quotes
            .iter()
            .map(|quote| {
                let content = &quote.content_tokens;
                let near: Vec<usize> = (0..scene.sources.len())
                    .filter(|&at| features::gap(content, &scene.sources[at].tokens) <= LINK_REACH)
                    .collect();
                let keys: Vec<Range<usize>> = near.iter().map(|&at| scene.sources[at].tokens.clone()).collect();
                let mut features: Vec<[f32; features::LINK]> = near
                    .iter()
                    .zip(&keys)
                    .map(|(&at, key)| {
                        let pronoun = Form::of(scene.text.slice(scene.sources[at].span)).is_pronoun();
                        scene.places.link(content, key, &keys, pronoun)
                    })
                    .collect();
                features.push(scene.places.link_none(content));
                reachable.push(near);
                Choice { query: content.clone(), keys, features }
            })
            .collect();
        let decided = if self.settings.nearest_source {
            choices.iter().map(nearest_link).collect()
        } else {
            decide(model, PairScorer::Link, &scene.vectors.view(), &choices, self.settings.link_temperature)?
        };
        Ok(reachable
            .into_iter()
            .zip(decided)
            .map(|(near, mut probabilities)| {
                let none = probabilities.pop().unwrap_or(1.0);
                Links { sources: near.into_iter().zip(probabilities).collect(), none }
            })
            .collect())
    }

    fn attribute(&self, scene: &Scene, links: &[Links], meanings: &[Meaning], cast: &Cast) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::with_capacity(links.len());
        for (at, quote) in scene.quotes.iter().enumerate() {
            // The parts of one utterance have one speaker.
            if let Some(part) = (0..at).find(|&part| scene.quotes[part].utterance == quote.utterance) {
                out.push(out[part].clone());
                continue;
            }
            let links = shared_links(scene.quotes, links, at);
            let previous = at.checked_sub(1).filter(|&before| goes_on(&scene.quotes[before], quote));
            let previous = previous.map(|before| &out[before]);
            out.push(self.attribution(scene, &links, meanings, previous, cast));
        }
        out
    }

    fn attribution(
        &self,
        scene: &Scene,
        links: &Links,
        meanings: &[Meaning],
        previous: Option<&Attribution>,
        cast: &Cast,
    ) -> Attribution {
        let mut sums: BTreeMap<EntityAt, f32> = BTreeMap::new();
        for (source, probability) in &links.sources {
            for (entity, share) in &meanings[*source].entities {
                *sums.entry(*entity).or_default() += probability * share;
            }
        }
        let linked = links
            .sources
            .iter()
            .max_by(|a, b| a.1.total_cmp(&b.1))
            .filter(|best| best.1 > links.none)
            .map(|best| best.0);
        if let Some(previous) = previous {
            for (entity, share) in &previous.candidates {
                *sums.entry(*entity).or_default() += links.none * share;
            }
        }
        let mut candidates: Vec<(EntityAt, f32)> = sums.into_iter().collect();
        candidates.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        candidates.truncate(CANDIDATES);
        candidates.retain(|candidate| candidate.1 >= UNLIKELY);
        for candidate in &mut candidates {
            candidate.1 = candidate.1.min(1.0);
        }
        let joint = linked.filter(|&source| meanings[source].joint);
        let speakers: Vec<EntityAt> = match (joint, previous) {
            (Some(source), _) => meanings[source].entities.iter().map(|(entity, _)| *entity).collect(),
            (None, Some(previous)) if linked.is_none() && previous.speakers.len() > 1 => previous.speakers.clone(),
            _ => candidates.first().map(|best| best.0).into_iter().collect(),
        };
        let confidence = speakers
            .iter()
            .filter_map(|speaker| candidates.iter().find(|candidate| candidate.0 == *speaker))
            .map(|candidate| candidate.1)
            .fold(f32::INFINITY, f32::min);
        let confidence = if confidence.is_finite() { confidence } else { 0.0 };
        let via = linked.map_or_else(Vec::new, |source| via(scene, links, meanings, source, &speakers, cast));
        let sure = confidence >= self.settings.min_confidence;
        Attribution { source: linked, speakers: if sure { speakers } else { Vec::new() }, via, candidates, confidence }
    }
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
            [(entity, _)] if cast.entity(*entity).kind == super::EntityKind::Unnamed => Some((source.span, *entity)),
            _ => None,
        },
    );
    institution.chain(unnamed).max_by_key(|(span, _)| *span).map(|(_, entity)| entity)
}

/// Link probabilities of one quotation.
#[derive(Clone, Debug)]
struct Links {
    sources: Vec<(usize, f32)>,
    none: f32,
}

/// The parts of one utterance have one source: the mean of their probabilities decides.
fn shared_links(quotes: &[Quote], links: &[Links], at: usize) -> Links {
    let parts: Vec<usize> =
        (0..quotes.len()).filter(|&other| quotes[other].utterance == quotes[at].utterance).collect();
    let share = 1.0 / parts.len() as f32;
    let mut sums: BTreeMap<usize, f32> = BTreeMap::new();
    for &part in &parts {
        for (source, probability) in &links[part].sources {
            *sums.entry(*source).or_default() += share * probability;
        }
    }
    Links { sources: sums.into_iter().collect(), none: parts.iter().map(|&part| share * links[part].none).sum() }
}

/// Whether a quotation without a source of its own may go on from the one before it: same or next paragraph.
fn goes_on(before: &Quote, quote: &Quote) -> bool {
    quote.block.saturating_sub(before.block) <= 1 && !before.flags.contains(&Flag::Headline)
}

/// Organizations and unnamed sources of the same sentence that share the link: the words come through them.
fn via(
    scene: &Scene,
    links: &Links,
    meanings: &[Meaning],
    source: usize,
    speakers: &[EntityAt],
    cast: &Cast,
) -> Vec<EntityAt> {
    use super::cast::EntityKind::{Organization, Unnamed};
    let own = scene.sources[source].tokens.start;
    let mut out = Vec::new();
    for (other, probability) in &links.sources {
        let same_paragraph =
            scene.places.paragraphs[scene.sources[*other].tokens.start] == scene.places.paragraphs[own];
        if *other == source || *probability < VIA || !same_paragraph {
            continue;
        }
        for (entity, share) in &meanings[*other].entities {
            let through = matches!(cast.entity(*entity).kind, Organization | Unnamed);
            if through && *share > 0.5 && !speakers.contains(entity) && !out.contains(entity) {
                out.push(*entity);
            }
        }
    }
    out
}

/// What an antecedent candidate is.
#[derive(Clone, Copy, Debug)]
enum Target {
    Name(usize),
    Source(usize),
}

/// One mention that asks, its candidates and what they are.
struct AntecedentChoice {
    choice: Choice<{ features::ANTECEDENT }>,
    targets: Vec<Target>,
    form: Form,
    /// Probability of each candidate to be a person.
    persons: Vec<f32>,
}

impl AntecedentChoice {
    /// Keeps the invariant that `he` and `she` are persons and `it` is none: probabilities are weighed by it, and the
    /// sum is kept.
    fn agree(&self, probabilities: &mut [f32]) {
        let weight = |person: f32| match self.form {
            Form::He | Form::She => person.max(AGREEMENT_FLOOR),
            Form::It => (1.0 - person).max(AGREEMENT_FLOOR),
            _ => 1.0,
        };
        for (probability, person) in probabilities.iter_mut().zip(&self.persons) {
            *probability *= weight(*person);
        }
        let sum: f32 = probabilities.iter().sum();
        for probability in probabilities.iter_mut() {
            *probability /= sum;
        }
    }

    /// All probability on the last name before the mention.
    fn nearest(&self) -> Vec<f32> {
        let mut out = vec![0.0; self.choice.features.len()];
        let best = (0..self.targets.len())
            .filter(|&at| {
                matches!(self.targets[at], Target::Name(_)) && self.choice.keys[at].end <= self.choice.query.start
            })
            .max_by_key(|&at| self.choice.keys[at].start);
        let last = out.len() - 1;
        out[best.unwrap_or(last)] = 1.0;
        out
    }
}

/// Positions before `at`.
fn before(positions: &[usize], at: usize) -> Vec<usize> {
    positions.iter().copied().filter(|&position| position < at).collect()
}

/// The candidates of a mention: names around it and the sources without a name at the positions `unnamed`.
fn antecedent_choice(scene: &Scene, names: &[Name], mention: &Mention, unnamed: &[usize]) -> AntecedentChoice {
    let shown = scene.text.slice(mention.span);
    let form = Form::of(shown);
    let own: Vec<String> = folded_words(shown).into_iter().filter(|word| word.chars().count() > 2).collect();
    let mut candidates: Vec<(Target, &Range<usize>, Span, [f32; 3])> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let reach = if name.pieces.end <= mention.tokens.start { NAME_REACH.0 } else { NAME_REACH.1 };
        if !name.span.overlaps(&mention.span) && features::gap(&mention.tokens, &name.pieces) <= reach {
            candidates.push((Target::Name(index), &name.pieces, name.span, name.kinds));
        }
    }
    for &index in unnamed {
        let source = &scene.sources[index];
        if features::gap(&mention.tokens, &source.tokens) <= NAME_REACH.0 {
            candidates.push((Target::Source(index), &source.tokens, source.span, [1.0, 0.0, 0.0]));
        }
    }
    candidates.sort_by_key(|candidate| candidate.1.start);
    let last_words: Vec<Vec<String>> =
        candidates.iter().map(|candidate| folded_words(scene.text.slice(candidate.2))).collect();
    let nearest = candidates
        .iter()
        .filter(|candidate| candidate.1.end <= mention.tokens.start)
        .map(|candidate| candidate.1.start)
        .max();
    let mut choice = Choice { query: mention.tokens.clone(), keys: Vec::new(), features: Vec::new() };
    let mut targets = Vec::new();
    let persons = candidates.iter().map(|candidate| candidate.3[0]).collect();
    for ((target, pieces, span, kinds), words) in candidates.iter().zip(&last_words) {
        let facts = NameFacts {
            form,
            shares: words.iter().any(|word| own.contains(word)),
            count: last_words.iter().filter(|other| other.last() == words.last()).count(),
            nearest: nearest == Some(pieces.start),
            possessive: matches!(
                (scene.text.char_at(span.end()), scene.text.char_at(span.end() + 1)),
                (Some('\'' | '’'), Some('s'))
            ),
            kinds: *kinds,
        };
        choice.features.push(scene.places.antecedent(&mention.tokens, pieces, &facts));
        choice.keys.push((*pieces).clone());
        targets.push(*target);
    }
    choice.features.push(features::antecedent_none(form));
    AntecedentChoice { choice, targets, form, persons }
}

/// All probability on the source nearest to the content.
fn nearest_link(choice: &Choice<{ features::LINK }>) -> Vec<f32> {
    let mut out = vec![0.0; choice.features.len()];
    let best = (0..choice.keys.len()).min_by_key(|&at| features::gap(&choice.query, &choice.keys[at]));
    let last = out.len() - 1;
    out[best.unwrap_or(last)] = 1.0;
    out
}
