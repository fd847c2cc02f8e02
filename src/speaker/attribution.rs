//! Who said each quotation: links and meanings put together.

use std::collections::BTreeMap;

use super::cast::{Cast, EntityAt, EntityKind};
use super::form::SourceForm;
use super::link::{Links, goes_on, shared_links};
use super::meaning::Meaning;
use super::resolver::{Scene, SpeakerResolver};
use super::signature::signer;
use super::via::{via, without_reporter};
use crate::model::Curves;

/// Most candidates that are kept, and the least probability of one.
const CANDIDATES: usize = 5;
const UNLIKELY: f32 = 0.01;
/// Probability of who signs a quotation.
const SIGNED: f32 = 0.95;
/// The kind of a speaker without a source mention, for its curve of calibration.
pub const UNLINKED: &str = "none";

/// The source mention of a quotation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Linked {
    /// Its position.
    pub at: usize,
    /// How it refers to the speakers.
    pub form: SourceForm,
}

/// Who said one quotation.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// The source mention, if one is linked.
    pub source: Option<Linked>,
    /// The speakers; several speak jointly.
    pub speakers: Vec<EntityAt>,
    /// Entities through which the words come.
    pub via: Vec<EntityAt>,
    /// What tells the speakers, for their curve of calibration: the form of the source, or [`UNLINKED`].
    pub told_by: &'static str,
    /// Who else it may be, likeliest first, with probabilities that are not calibrated yet.
    pub candidates: Vec<(EntityAt, f32)>,
    /// Probability that the speakers are right, not calibrated yet.
    pub confidence: f32,
}

impl Attribution {
    /// How often a speaker of this probability is right.
    #[must_use]
    pub fn calibrated(&self, probability: f32, curves: &Curves) -> f32 {
        curves.apply("speaker", self.told_by, probability)
    }

    /// That of a quotation with a line of its own that names who said it.
    fn signed(by: EntityAt) -> Self {
        let told_by = SourceForm::Name.words();
        Self { speakers: vec![by], told_by, candidates: vec![(by, SIGNED)], confidence: SIGNED, ..Self::default() }
    }
}

impl SpeakerResolver<'_> {
    pub(super) fn attribute(
        &self,
        scene: &Scene,
        links: &[Links],
        meanings: &[Meaning],
        cast: &Cast,
    ) -> Vec<Attribution> {
        let mut out: Vec<Attribution> = Vec::with_capacity(links.len());
        for (at, quote) in scene.quotes.iter().enumerate() {
            // The parts of one utterance have one speaker.
            if let Some(part) = (0..at).find(|&part| scene.quotes[part].utterance == quote.utterance) {
                out.push(out[part].clone());
                continue;
            }
            let links = shared_links(scene.quotes, links, at);
            let previous = at.checked_sub(1).filter(|&before| goes_on(scene.text, &scene.quotes[before], quote));
            let previous = previous.map(|before| &out[before]);
            let last = scene.quotes.iter().rfind(|part| part.utterance == quote.utterance).unwrap_or(quote);
            let words = quote.extent().join(&last.extent());
            let signed = signer(scene.text, words, cast).map(Attribution::signed).filter(|signed| self.is_sure(signed));
            out.push(signed.unwrap_or_else(|| self.attribution(scene, &links, meanings, previous, cast)));
        }
        out
    }

    /// Whether the speakers are named rather than left empty.
    fn is_sure(&self, found: &Attribution) -> bool {
        found.calibrated(found.confidence, self.calibration) >= self.settings.min_confidence
    }

    fn attribution(
        &self,
        scene: &Scene,
        links: &Links,
        meanings: &[Meaning],
        previous: Option<&Attribution>,
        cast: &Cast,
    ) -> Attribution {
        let reported = without_reporter(scene, links, meanings, cast, self.registry);
        let (links, reporter) = reported.as_ref().map_or((links, None), |(rest, medium)| (rest, Some(*medium)));
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
        let mut via = linked.map_or_else(Vec::new, |source| via(scene, links, meanings, source, &speakers, cast));
        via.extend(reporter.filter(|reporter| !speakers.contains(reporter)));
        let unnamed = !speakers.is_empty() && speakers.iter().all(|at| cast.entity(*at).kind == EntityKind::Unnamed);
        let source =
            linked.map(|at| Linked { at, form: SourceForm::of(scene.text.slice(scene.sources[at].span), unnamed) });
        let told_by = source.map_or(UNLINKED, |source| source.form.words());
        let mut out = Attribution { source, speakers, via, told_by, candidates, confidence };
        if !self.is_sure(&out) {
            out.speakers.clear();
        }
        out
    }
}
