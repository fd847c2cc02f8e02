//! The results of the stages put together to the published annotation.

use std::collections::HashMap;

use crate::annotation::{
    Anchored, Annotation, Article as AnnotatedArticle, Candidate, Confidence, Entity, EntityKind, Flag, MentionForm,
    NotSpeech, NotSpeechReason, PartyStance, Probability, Quote, QuoteKind, Source, Stance, StanceProbabilities, Tool,
    Warning, WarningCode,
};
use crate::article::Article;
use crate::model::Curves;
use crate::quote::{self, Detection, Mention};
use crate::speaker::form::SourceForm;
use crate::speaker::{self, Attributed, Attribution, EntityAt};
use crate::stance::{self, StanceScores};
use crate::text::{Text, fold};

/// How far, in word pieces, a cue may stand from its source and content together.
const CUE_REACH: usize = 60;

/// What the stages found in an article.
pub(super) struct Stages<'a> {
    pub detection: &'a Detection,
    pub attributed: &'a Attributed,
    /// One list a quotation.
    pub stances: &'a [Vec<stance::PartyStance>],
    /// Calibrate the confidences.
    pub curves: &'a Curves,
}

/// Makes the annotation of an article.
pub(super) fn assemble(article: &Article, tool: Tool, stages: &Stages) -> Annotation {
    let text = &article.text;
    let mut annotation = Annotation::new(tool, AnnotatedArticle::from(article));
    annotation.entities = entities(text, stages.attributed);
    annotation.quotes = quotes(text, stages);
    annotation.not_speech = stages.detection.not_speech.iter().map(|found| not_speech(text, found)).collect();
    annotation.warnings = stages.detection.warnings.iter().map(warning).collect();
    annotation
}

fn quotes(text: &Text, stages: &Stages) -> Vec<Quote> {
    let mut seen: HashMap<String, String> = HashMap::new();
    let found = stages.detection.quotes.iter().zip(&stages.attributed.attributions).zip(stages.stances);
    let mut out: Vec<Quote> = Vec::new();
    for (at, ((quote, attribution), stances)) in found.enumerate() {
        let mut made = one_quote(text, stages, quote, attribution, stances);
        made.id = format!("q{}", at + 1);
        let words = fold(&made.words());
        let words = words.trim_matches(|c: char| !c.is_alphanumeric()).to_owned();
        made.repeats = seen.get(&words).cloned();
        seen.entry(words).or_insert_with(|| made.id.clone());
        out.push(made);
    }
    out
}

fn one_quote(
    text: &Text,
    stages: &Stages,
    quote: &quote::Quote,
    attribution: &Attribution,
    stances: &[stance::PartyStance],
) -> Quote {
    let cast = &stages.attributed.cast;
    let id = |at: &EntityAt| cast.entity(*at).id.clone();
    let linked = attribution.source.map(|linked| (&stages.detection.sources[linked.at], linked.form));
    let source = linked.map(|(source, _)| source);
    let kind = match quote.kind {
        quote::QuoteKind::Direct => QuoteKind::Direct,
        quote::QuoteKind::Mixed => QuoteKind::Mixed,
        quote::QuoteKind::Indirect => QuoteKind::Indirect,
    };
    Quote {
        id: String::new(),
        utterance: format!("u{}", quote.utterance + 1),
        kind,
        spans: quote.spans.iter().map(|span| Anchored::new(text, *span)).collect(),
        flags: quote.flags.iter().copied().map(flag).collect(),
        cue: cue(quote, source, &stages.detection.cues).map(|cue| Anchored::new(text, cue.span)),
        source: linked.map(|(source, form)| Source::new(text, source.span, mention_form(form))),
        speakers: attribution.speakers.iter().map(id).collect(),
        via: attribution.via.iter().map(id).collect(),
        candidates: attribution
            .candidates
            .iter()
            .map(|(at, probability)| Candidate {
                entity: id(at),
                probability: rounded(attribution.calibrated(*probability, stages.curves)),
            })
            .collect(),
        confidence: Confidence {
            span: rounded(stages.curves.apply("span", kind.word(), quote.confidence)),
            speaker: rounded(speaker_confidence(stages, attribution)),
        },
        stances: stances.iter().map(|stance| party_stance(text, stance)).collect(),
        repeats: None,
        review: None,
    }
}

/// How sure the speakers are; without speakers, not at all.
fn speaker_confidence(stages: &Stages, attribution: &Attribution) -> f32 {
    if attribution.candidates.is_empty() { 0.0 } else { attribution.calibrated(attribution.confidence, stages.curves) }
}

/// The cue that stands nearest to source and content, in the quotation's paragraph.
fn cue<'a>(quote: &quote::Quote, source: Option<&Mention>, cues: &'a [Mention]) -> Option<&'a Mention> {
    let distance = |cue: &Mention| {
        let to_content = speaker::features::gap(&cue.tokens, &quote.content_tokens);
        to_content + source.map_or(0, |source| speaker::features::gap(&cue.tokens, &source.tokens))
    };
    let block = source.map_or(quote.block, |source| source.block);
    cues.iter()
        .filter(|cue| cue.block == block || cue.block == quote.block)
        .filter(|cue| !quote.spans.iter().any(|part| part.overlaps(&cue.span)))
        .map(|cue| (distance(cue), cue))
        .filter(|(distance, _)| *distance <= CUE_REACH)
        .min_by_key(|(distance, cue)| (*distance, cue.span))
        .map(|(_, cue)| cue)
}

/// Those who speak, through whom words come, or who may speak, in the order of their first mention.
fn entities(text: &Text, attributed: &Attributed) -> Vec<Entity> {
    let mut used: Vec<EntityAt> = attributed
        .attributions
        .iter()
        .flat_map(|one| one.speakers.iter().chain(&one.via).chain(one.candidates.iter().map(|(at, _)| at)))
        .copied()
        .collect();
    used.sort_unstable();
    used.dedup();
    let mut out: Vec<&speaker::Entity> = used.into_iter().map(|at| attributed.cast.entity(at)).collect();
    out.sort_by_key(|entity| (entity.mentions.is_empty(), entity.mentions.first().copied()));
    out.into_iter()
        .map(|entity| Entity {
            id: entity.id.clone(),
            name: entity.name.clone(),
            kind: match entity.kind {
                speaker::EntityKind::Person => EntityKind::Person,
                speaker::EntityKind::Organization => EntityKind::Organization,
                speaker::EntityKind::Country => EntityKind::Country,
                speaker::EntityKind::Group => EntityKind::Group,
                speaker::EntityKind::Unnamed => EntityKind::Unnamed,
            },
            party: entity.party.clone(),
            mentions: entity.mentions.iter().map(|span| Anchored::new(text, *span)).collect(),
        })
        .collect()
}

fn party_stance(text: &Text, found: &stance::PartyStance) -> PartyStance {
    let (stance, probabilities) = judged(found.scores);
    PartyStance {
        party: found.party.clone(),
        stance,
        probabilities,
        evidence: found.evidence.iter().map(|span| Anchored::new(text, *span)).collect(),
    }
}

/// The likeliest stance and the probabilities as they are published.
pub(super) fn judged(scores: StanceScores) -> (Stance, StanceProbabilities) {
    let StanceScores { favor, neutral, against } = scores;
    let stance = if favor > neutral && favor > against {
        Stance::Favor
    } else if against > neutral {
        Stance::Against
    } else {
        Stance::Neutral
    };
    (stance, StanceProbabilities { favor: rounded(favor), neutral: rounded(neutral), against: rounded(against) })
}

fn mention_form(form: SourceForm) -> MentionForm {
    match form {
        SourceForm::Name => MentionForm::Name,
        SourceForm::Description => MentionForm::Nominal,
        SourceForm::Pronoun => MentionForm::Pronoun,
    }
}

fn flag(flag: quote::Flag) -> Flag {
    match flag {
        quote::Flag::NoOpen => Flag::NoOpen,
        quote::Flag::Unclosed => Flag::Unclosed,
        quote::Flag::MixedMarks => Flag::MixedMarks,
        quote::Flag::SpaceInside => Flag::SpaceInside,
        quote::Flag::NoSpaceAfter => Flag::NoSpaceAfter,
        quote::Flag::Continued => Flag::Continued,
        quote::Flag::Headline => Flag::Headline,
    }
}

fn not_speech(text: &Text, found: &quote::NotSpeech) -> NotSpeech {
    NotSpeech {
        start: found.span.start(),
        end: found.span.end(),
        text: text.slice(found.span).to_owned(),
        reason: match found.reason {
            quote::Reason::Scare => NotSpeechReason::Scare,
            quote::Reason::Name => NotSpeechReason::Name,
            quote::Reason::Title => NotSpeechReason::Title,
            quote::Reason::Headline => NotSpeechReason::Headline,
            quote::Reason::Term => NotSpeechReason::Term,
            quote::Reason::Measure => NotSpeechReason::Measure,
        },
    }
}

fn warning(found: &quote::Warning) -> Warning {
    let code = match found.code {
        "missing_open_quote" => WarningCode::UnopenedQuote,
        "unclosed_quote" => WarningCode::UnclosedQuote,
        "mixed_marks" => WarningCode::MixedMarks,
        "space_inside_quote" => WarningCode::SpaceInside,
        "no_space_after_quote" => WarningCode::NoSpaceAfter,
        _ => WarningCode::StrayMark,
    };
    Warning { code, start: found.span.start(), end: found.span.end(), message: found.message.to_owned() }
}

fn rounded(probability: f32) -> Probability {
    Probability::new(f64::from(probability))
}
