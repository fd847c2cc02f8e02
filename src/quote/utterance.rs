//! Which quotes are parts of one speech: split by their attribution, running over paragraphs, or fragments of one
//! reported clause.
use std::collections::HashMap;

use super::{
    Flag, Quote, Role, attribution,
    indirect::{Clause, Evidence},
    speech::Speech,
};
use crate::text::{Span, sentences, words};

/// Numbers the utterances of quotes: first those of `speech`, then those of `clauses`, which `quotes` holds in this
/// order. Equal numbers mean one utterance; they are not yet in text order.
pub(super) fn utterances(evidence: &Evidence, clauses: &[Clause]) -> Vec<usize> {
    let speech = evidence.speech;
    let mut groups = Groups::new(speech.len() + clauses.len());
    let mut of_run: HashMap<usize, Vec<usize>> = HashMap::new();
    for (at, clause) in clauses.iter().enumerate() {
        let member = speech.len() + at;
        groups.join_all(clause.fragments.iter().copied().chain([member]));
        for &run in &clause.runs {
            of_run.entry(run).or_default().push(member);
        }
    }
    for (index, run) in evidence.runs.iter().enumerate().filter(|(_, run)| run.role == Role::Content) {
        let from = speech.partition_point(|speech| speech.tokens.end <= run.tokens.start);
        let strings = (from..speech.len()).take_while(|&at| speech[at].tokens.start < run.tokens.end);
        let parts = of_run.get(&index).into_iter().flatten().copied();
        groups.join_all(strings.chain(parts));
    }
    let mut goes_back = false;
    for at in 1..speech.len() {
        goes_back = goes_on(evidence, &speech[at - 1], goes_back, &speech[at]);
        if goes_back {
            groups.join(at - 1, at);
        }
    }
    (0..speech.len() + clauses.len()).map(|member| groups.first_of(member)).collect()
}

/// Whether one speech goes on with the next string that is speech; `goes_back`: whether the first is itself what another goes on
/// with, and so has its attribution before it.
fn goes_on(evidence: &Evidence, first: &Speech, goes_back: bool, second: &Speech) -> bool {
    let strings = evidence.strings;
    let (left, right) = (&strings[first.string], &strings[second.string]);
    if left.block != right.block {
        return left.has(Flag::Continued)
            && right.block == left.block + 1
            && right.outer.start() == evidence.blocks[right.block].span.start();
    }
    let Ok(gap) = Span::new(left.outer.end(), right.outer.start()) else {
        return false;
    };
    let attributed = || {
        let block = evidence.blocks[right.block].span;
        attribution::behind(evidence.text, block, strings, right).is_some()
    };
    if words(evidence.text, gap).is_empty() {
        return !(goes_back && attributed());
    }
    let is_whole = |last: char| matches!(last, ',' | '.' | '?' | '!' | '…' | '—' | '–' | '-');
    evidence.text.slice(left.inner).ends_with(is_whole)
        && is_one_attribution(evidence, gap)
        && !attributed()
        && !(evidence.text.slice(gap).trim_end().ends_with('.') && has_own_cue(evidence, second.string))
}

/// Whether a cue stands in what is left of the sentence behind a string that does not end it: `“Never,” responded X.`
fn has_own_cue(evidence: &Evidence, string: usize) -> bool {
    let (text, strings) = (evidence.text, evidence.strings);
    let this = &strings[string];
    let next = strings[string + 1..].iter().find(|other| other.block == this.block && other.depth == this.depth);
    let limit = next.map_or(evidence.blocks[this.block].span.end(), |next| next.outer.start());
    let Ok(rest) = Span::new(this.outer.end(), limit) else { return false };
    let goes_on =
        text.slice(this.inner).ends_with(',') || text.slice(rest).trim_start().starts_with(char::is_lowercase);
    let Some(sentence) = sentences(text, rest).first().copied().filter(|_| goes_on) else { return false };
    let tokens = evidence.tags.tokens_in(sentence);
    evidence
        .runs
        .iter()
        .any(|run| run.role == Role::Cue && tokens.start <= run.tokens.start && run.tokens.end <= tokens.end)
}

/// Whether a gap between two strings is the attribution of the first and nothing more: `," said X. "`.
fn is_one_attribution(evidence: &Evidence, gap: Span) -> bool {
    let slice = evidence.text.slice(gap).trim();
    let Some(clause) = slice.strip_suffix(['.', ',', ';', '—', '–']) else {
        return false;
    };
    let tokens = evidence.tags.tokens_in(gap);
    let cues = evidence
        .runs
        .iter()
        .filter(|run| run.role == Role::Cue && tokens.start <= run.tokens.start && run.tokens.end <= tokens.end)
        .count();
    let single =
        sentences(evidence.text, gap).iter().filter(|sentence| !words(evidence.text, **sentence).is_empty()).count()
            <= 1;
    cues == 1 && single && !clause.is_empty()
}

/// Brings quotes into text order and numbers their utterances from 0 in that order.
pub(super) fn in_text_order(mut quotes: Vec<Quote>) -> Vec<Quote> {
    quotes.sort_by_key(|quote| (quote.extent().start(), std::cmp::Reverse(quote.extent().end())));
    let mut numbers: Vec<usize> = Vec::new();
    for quote in &mut quotes {
        let known = numbers.iter().position(|&number| number == quote.utterance);
        quote.utterance = known.unwrap_or_else(|| {
            numbers.push(quote.utterance);
            numbers.len() - 1
        });
    }
    quotes
}

/// Disjoint sets of quotes.
struct Groups {
    parents: Vec<usize>,
}

impl Groups {
    fn new(len: usize) -> Self {
        Self { parents: (0..len).collect() }
    }

    fn first_of(&self, mut member: usize) -> usize {
        while self.parents[member] != member {
            member = self.parents[member];
        }
        member
    }

    fn join(&mut self, left: usize, right: usize) {
        let (left, right) = (self.first_of(left), self.first_of(right));
        self.parents[left.max(right)] = left.min(right);
    }

    fn join_all(&mut self, mut members: impl Iterator<Item = usize>) {
        if let Some(first) = members.next() {
            members.for_each(|member| self.join(first, member));
        }
    }
}
