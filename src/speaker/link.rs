//! Which source mention each quotation belongs to.

use std::collections::BTreeMap;
use std::ops::Range;

use super::features;
use super::form::Form;
use super::resolver::{Scene, SpeakerResolver};
use super::scorer::{Choice, decide};
use crate::model::{Model, ModelError, PairScorer};
use crate::quote::{Flag, Quote, QuoteKind};
use crate::text::{Span, Text, sentences};

/// How far, in pieces, a source may stand from its content.
const LINK_REACH: usize = 200;

/// Link probabilities of one quotation.
#[derive(Clone, Debug)]
pub(super) struct Links {
    /// Positions of source mentions and their probabilities.
    pub(super) sources: Vec<(usize, f32)>,
    /// Probability of no source.
    pub(super) none: f32,
}

impl SpeakerResolver<'_> {
    /// Link probabilities of each quotation: of each source, then of none.
    pub(super) fn links(&self, model: &dyn Model, scene: &Scene) -> Result<Vec<Links>, ModelError> {
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
}

/// The parts of one utterance have one source: the mean of their probabilities decides.
pub(super) fn shared_links(quotes: &[Quote], links: &[Links], at: usize) -> Links {
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

/// Whether a quotation without a source of its own may go on from the one before it: same or next paragraph. Reported
/// speech goes on within its sentence only: narration (`it is unclear whether`) has no speaker.
pub(super) fn goes_on(text: &Text, before: &Quote, quote: &Quote) -> bool {
    let near = quote.block.saturating_sub(before.block) <= 1 && !before.flags.contains(&Flag::Headline);
    near && (quote.kind != QuoteKind::Indirect || in_one_sentence(text, before.extent(), quote.extent()))
}

/// Whether no sentence ends between two spans, in either order.
pub(super) fn in_one_sentence(text: &Text, one: Span, other: Span) -> bool {
    let (left, right) = (one.min(other), one.max(other));
    if right.start() < left.end() {
        return true;
    }
    // Whole words on both sides: by them a full stop is told from that of an abbreviation.
    let length = |word: Option<&str>| word.map_or(0, |word| word.chars().count());
    let last = length(text.slice(left).rsplit([' ', '\n']).next());
    let first = length(text.slice(right).split([' ', '\n']).next());
    sentences(text, Span::ordered(left.end() - last, right.start() + first)).len() < 2
}

/// All probability on the source nearest to the content.
fn nearest_link(choice: &Choice<{ features::LINK }>) -> Vec<f32> {
    let mut out = vec![0.0; choice.features.len()];
    let best = (0..choice.keys.len()).min_by_key(|&at| features::gap(&choice.query, &choice.keys[at]));
    let last = out.len() - 1;
    out[best.unwrap_or(last)] = 1.0;
    out
}
