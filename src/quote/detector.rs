//! The detector: marks and tags in, quotes out.
use unicode_normalization::char::is_combining_mark;

use super::{
    Detection, Flag, Mention, NotSpeech, Quote, QuoteKind, Reason, Role, Run, TokenTags, Warning,
    constraint::{constraints, places},
    indirect::{Clause, Evidence, clauses},
    marks::{MarkedString, measure::measures},
    not_speech::{is_heading, reason},
    run::runs,
    speech::{Speech, fit_repairs, speech_among},
    turns::{Turn, turns},
    utterance::{in_text_order, utterances},
    viterbi,
};
use crate::{
    article::Block,
    text::{Span, Text, is_blank, words},
};

/// What the detector asks for. Probabilities are means over the tokens of a string.
#[derive(Clone, Debug, PartialEq)]
pub struct QuoteSettings {
    /// From this probability of content on a string in marks is speech.
    pub speech_threshold: f32,
    /// The same for a string in a heading.
    pub headline_threshold: f32,
    /// The same for a string that the text introduces as a title or an expression (`the term “X”`).
    pub expression_threshold: f32,
    /// Fewer words make no indirect quote.
    pub indirect_words: usize,
    /// Fewer words outside of its fragments make no indirect quote of a clause with fragments.
    pub clause_words: usize,
}

impl Default for QuoteSettings {
    fn default() -> Self {
        Self {
            speech_threshold: 0.5,
            headline_threshold: 0.8,
            expression_threshold: 0.9,
            indirect_words: 3,
            clause_words: 4,
        }
    }
}

/// Finds reported speech in a tagged article.
#[derive(Clone, Debug, Default)]
pub struct QuoteDetector {
    settings: QuoteSettings,
}

impl QuoteDetector {
    /// A detector with these settings.
    #[must_use]
    pub const fn new(settings: QuoteSettings) -> Self {
        Self { settings }
    }

    /// Finds quotes, cues and sources in an article, given its blocks, its marked strings as [`marks::scan`] returns
    /// them (or some of them), and the tags of all its tokens.
    ///
    /// # Panics
    /// When blocks or tags are of another text.
    #[must_use]
    pub fn detect(&self, text: &Text, blocks: &[Block], mut marked: Vec<MarkedString>, tags: &TokenTags) -> Detection {
        fit_repairs(text, tags, &mut marked);
        let speech = speech_among(text, blocks, tags, &marked, &self.settings);
        let constraints = constraints(text, blocks, tags, &marked, &speech);
        let runs = runs(&viterbi::decode(tags.scores(), &constraints), tags);
        let places = places(blocks, tags.spans());
        let evidence = Evidence { text, blocks, tags, strings: &marked, speech: &speech, runs: &runs, places: &places };
        let turns = turns(text, blocks, tags);
        let mut clauses = clauses(&evidence, &self.settings);
        clauses.retain(|clause| !turns.iter().any(|turn| clause.spans.iter().any(|span| span.overlaps(&turn.words))));
        let quotes = quotes(&evidence, &clauses, &turns);
        Detection {
            sources: sources(&evidence, &turns),
            cues: mentions(&evidence, Role::Cue),
            not_speech: not_speech(&evidence),
            warnings: warnings(&marked),
            quotes,
            marked,
        }
    }
}

fn quotes(evidence: &Evidence, clauses: &[Clause], turns: &[Turn]) -> Vec<Quote> {
    let speech = evidence.speech.iter().map(|speech| marked_quote(evidence, speech));
    let mut quotes: Vec<Quote> = speech.chain(clauses.iter().map(|clause| indirect_quote(evidence, clause))).collect();
    let numbered = quotes.len();
    for (quote, utterance) in quotes.iter_mut().zip(utterances(evidence, clauses)) {
        quote.utterance = utterance;
    }
    quotes.extend(turns.iter().zip(numbered..).map(|(turn, utterance)| turn_quote(evidence, turn, utterance)));
    in_text_order(quotes)
}

/// The turn of a transcript: direct speech without marks.
fn turn_quote(evidence: &Evidence, turn: &Turn, utterance: usize) -> Quote {
    Quote {
        kind: QuoteKind::Direct,
        spans: vec![turn.words],
        flags: Vec::new(),
        utterance,
        confidence: turn.probability,
        marked: None,
        block: turn.block,
        content_tokens: evidence.tags.tokens_in(turn.words),
    }
}

/// Source mentions in text order; the labels of turns are such.
fn sources(evidence: &Evidence, turns: &[Turn]) -> Vec<Mention> {
    let mut sources = mentions(evidence, Role::Source);
    sources.retain(|source| !turns.iter().any(|turn| turn.label.overlaps(&source.span)));
    sources.extend(turns.iter().map(|turn| Mention {
        span: turn.label,
        tokens: evidence.tags.tokens_in(turn.label),
        probability: 1.0,
        block: turn.block,
    }));
    sources.sort_by_key(|source| source.span);
    sources
}

fn marked_quote(evidence: &Evidence, speech: &Speech) -> Quote {
    let string = &evidence.strings[speech.string];
    let mut flags = string.flags.clone();
    if is_heading(evidence.blocks[string.block].kind) {
        flags.push(Flag::Headline);
    }
    Quote {
        kind: speech.kind,
        spans: vec![string.inner],
        flags,
        utterance: 0,
        confidence: speech.confidence,
        marked: Some(speech.string),
        block: string.block,
        content_tokens: speech.tokens.clone(),
    }
}

fn indirect_quote(evidence: &Evidence, clause: &Clause) -> Quote {
    let tags = evidence.tags;
    let parts: Vec<_> = clause.spans.iter().map(|span| tags.tokens_in(*span)).collect();
    let total: f32 = parts.iter().map(|part| tags.mean_probability(part, Role::Content) * part.len() as f32).sum();
    let count: usize = parts.iter().map(ExactSizeIterator::len).sum();
    Quote {
        kind: QuoteKind::Indirect,
        spans: clause.spans.clone(),
        flags: Vec::new(),
        utterance: 0,
        confidence: if count == 0 { 0.0 } else { total / count as f32 },
        marked: None,
        block: clause.block,
        content_tokens: parts.into_iter().rev().max_by_key(ExactSizeIterator::len).unwrap_or(0..0),
    }
}

fn mentions(evidence: &Evidence, role: Role) -> Vec<Mention> {
    evidence.runs.iter().filter(|run| run.role == role).filter_map(|run| mention(evidence, run)).collect()
}

fn mention(evidence: &Evidence, run: &Run) -> Option<Mention> {
    let tokens = evidence.tags.unbroken(evidence.text, run.tokens.clone());
    let span = without_punctuation(evidence.text, evidence.tags.span_of(&tokens)?)?;
    // Of some mentions the tagger finds the article alone.
    if matches!(evidence.text.slice(span), "The" | "the" | "A" | "a" | "An" | "an") {
        return None;
    }
    let tokens = evidence.tags.tokens_in(span);
    let block = evidence.places.get(tokens.start).copied().flatten()?;
    Some(Mention { span, probability: evidence.tags.mean_probability(&tokens, run.role), tokens, block })
}

/// A span without blanks and punctuation at its ends; the full stop of an abbreviation (`U.S.`, `Jr.`) stays.
fn without_punctuation(text: &Text, span: Span) -> Option<Span> {
    let is_word = |c: char| c.is_alphanumeric() || is_combining_mark(c);
    let edge = |c: char| is_blank(c) || (!is_word(c) && !matches!(c, '#' | '@' | '$' | '€' | '£' | '%'));
    let slice = text.slice(span);
    let rest = slice.trim_start_matches(edge);
    let mut kept = rest.trim_end_matches(edge);
    let word = kept.rsplit(is_blank).next().unwrap_or(kept);
    let abbreviated = word.contains('.') || matches!(word, "Jr" | "Sr" | "Inc" | "Co" | "Corp" | "Ltd" | "Bros");
    let behind = &rest[kept.len()..];
    let bracketed = behind.starts_with([')', ']']) && kept.contains(['(', '[']);
    if bracketed || (abbreviated && behind.starts_with('.')) {
        kept = &rest[..=kept.len()];
    }
    let start = text.bytes_of(span).start + slice.len() - rest.len();
    (!kept.is_empty()).then(|| text.span_of_bytes(start..start + kept.len()))
}

fn not_speech(evidence: &Evidence) -> Vec<NotSpeech> {
    let (text, strings) = (evidence.text, evidence.strings);
    let in_speech = |span: &Span| {
        let after = evidence.speech.partition_point(|speech| strings[speech.string].outer.start() <= span.start());
        after > 0 && strings[evidence.speech[after - 1].string].outer.contains(span)
    };
    let marked = strings
        .iter()
        .filter(|string| !in_speech(&string.outer) && !words(text, string.inner).is_empty())
        .map(|string| NotSpeech { span: string.inner, reason: reason(text, &evidence.blocks[string.block], string) });
    let measured = evidence
        .blocks
        .iter()
        .flat_map(|block| measures(text, block.span))
        .filter(|span| !in_speech(span))
        .map(|span| NotSpeech { span, reason: Reason::Measure });
    let mut found: Vec<NotSpeech> = marked.chain(measured).collect();
    found.sort_by_key(|item| (item.span.start(), std::cmp::Reverse(item.span.end())));
    // A title in a headline is told with the headline.
    found.dedup_by(|later, earlier| later.span.overlaps(&earlier.span));
    found
}

fn warnings(strings: &[MarkedString]) -> Vec<Warning> {
    let warnings = strings.iter().flat_map(|string| {
        string.flags.iter().filter_map(|flag| {
            let (code, message) = flag.warning()?;
            Some(Warning { code, span: string.outer, message })
        })
    });
    warnings.collect()
}

#[cfg(test)]
mod tests;
