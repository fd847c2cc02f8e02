//! From quotations and source mentions to speakers.
//!
//! Two learned choices, multiplied: which source mention a content belongs to (link), and which name a description or
//! pronoun stands for (antecedent). What the words themselves tell is not asked of the model: a name is its entity, a
//! phrase with an indefinite article is a source without a name.

use jiff::civil::Date;
use ndarray::Array2;

use super::antecedent::{Target, antecedent_choice};
use super::attribution::Attribution;
use super::cast::{Cast, Lookup};
use super::common::Usage;
use super::features::Places;
use super::form::Form;
use super::meaning::Headed;
use super::name::{Name, NameKind, capitalised, find_names, widened};
use super::profile::profiles;
use super::registry::{Registry, SpeakerMention};
use crate::model::{Curves, Model, ModelError};
use crate::quote::{Mention, Quote};
use crate::text::{Span, Text, covering};

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

impl<'a> Scene<'a> {
    /// What the names of the article are looked up in.
    fn lookup(&self, names: &'a [Name], speaking: &'a [Span], registry: &'a Registry) -> Lookup<'a> {
        let Self { text, known, date, .. } = *self;
        Lookup { text, names, known, speaking, registry, date }
    }
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

/// Names the speakers of quotations.
#[derive(Clone, Copy, Debug)]
pub struct SpeakerResolver<'a> {
    /// Known parties and speakers.
    pub registry: &'a Registry,
    /// See [`ResolverSettings`].
    pub settings: ResolverSettings,
    /// From the product of probabilities to how often the speaker is right.
    pub calibration: &'a Curves,
}

impl SpeakerResolver<'_> {
    /// Resolves all quotations of an article.
    ///
    /// # Errors
    /// When the network cannot run.
    pub fn resolve(&self, model: &dyn Model, scene: &Scene) -> Result<Attributed, ModelError> {
        let names = self.names(scene);
        let headed = self.headed(scene, &names);
        let speaking: Vec<Span> = headed.iter().flat_map(Headed::names).map(|&at| names[at].span).collect();
        let (mut cast, owners) = Cast::gather(&scene.lookup(&names, &speaking, self.registry));
        let meanings = self.meanings(model, scene, &headed, (&names, &owners), &mut cast)?;
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
        let (cast, owners) = Cast::gather(&scene.lookup(names, &[], self.registry));
        let profiles = profiles(scene, names, &owners, &cast, self.registry);
        let choice = [antecedent_choice(scene, (names, &owners, &profiles), mention, &[], self.registry)];
        let probabilities = self.decide_antecedents(model, scene, &choice)?.concat();
        let mut out = vec![0.0; names.len()];
        for (target, probability) in choice[0].targets.iter().zip(probabilities) {
            if let Target::Name(name) = target {
                out[*name] = probability;
            }
        }
        Ok(out)
    }

    /// Names of the text, known speakers among them, and for source mentions without one their capitalised run.
    fn names(&self, scene: &Scene) -> Vec<Name> {
        let usage = Usage::of(scene.text);
        let names = find_names(scene.text, scene.pieces, scene.name_logits, self.registry, &usage);
        let mut names = names.into_iter().fold(Vec::new(), |mut out: Vec<Name>, name| {
            let source = scene.sources.iter().find(|source| source.span.contains(&name.span));
            let name = match source {
                Some(source) => {
                    // Up to the name before, unless that is the given name that the head took for another person's.
                    let other = out.iter().rev().find(|name| name.kind() != NameKind::Person);
                    let start = other.map_or(0, |other| other.span.end()).max(source.span.start());
                    let region = Span::ordered(start.min(name.span.start()), source.span.end());
                    widened(scene.text, name, region, scene.pieces, self.registry)
                }
                None => name,
            };
            while out.last().is_some_and(|last| last.span.overlaps(&name.span)) {
                out.pop();
            }
            out.push(name);
            out
        });
        let bare: Vec<Name> = scene
            .sources
            .iter()
            .filter(|source| Form::of(scene.text.slice(source.span)) == Form::Name)
            .filter(|source| !names.iter().any(|name| name.span.overlaps(&source.span)))
            .filter_map(|source| capitalised(scene.text, source.span, scene.pieces, scene.name_logits, self.registry))
            .filter(|name| !usage.is_common(scene.text, name.span, self.registry))
            .collect();
        names.extend(bare);
        for mention in scene.known {
            let overlapping = |name: &Name| name.span.overlaps(&mention.span);
            // A whole known name is not to be lengthened by words behind it; a surname may be part of another's name.
            let whole = scene.text.slice(mention.span).contains(' ');
            let longer = |name: &Name| {
                name.span.len() > mention.span.len() && !(whole && name.span.start() == mention.span.start())
            };
            if !names.iter().any(|name| overlapping(name) && longer(name)) {
                names.retain(|name| !overlapping(name));
                let pieces = covering(scene.pieces, mention.span);
                if !pieces.is_empty() {
                    names.push(Name::at(mention.span, pieces, scene.name_logits));
                }
            }
        }
        names.retain(|name| !Form::of(scene.text.slice(name.span)).is_pronoun());
        names.sort_by_key(|name| name.span);
        names.dedup_by(|later, earlier| later.span.overlaps(&earlier.span));
        names
    }
}
