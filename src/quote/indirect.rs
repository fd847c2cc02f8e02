//! Indirect speech: what the tagger takes for content outside of marks, cut to the reported clause.
use std::ops::Range;

use super::{QuoteKind, QuoteSettings, Role, Run, TokenTags, attribution, marks::MarkedString, speech::Speech};
use crate::{
    article::Block,
    text::{Span, Text, is_blank, words},
};

/// What is known of an article when its indirect speech is looked for.
pub(super) struct Evidence<'a> {
    pub text: &'a Text,
    pub blocks: &'a [Block],
    pub tags: &'a TokenTags,
    pub strings: &'a [MarkedString],
    pub speech: &'a [Speech],
    pub runs: &'a [Run],
    /// The block of each token.
    pub places: &'a [Option<usize>],
}

/// A reported clause.
#[derive(Clone, Debug)]
pub(super) struct Clause {
    /// One span, or several around an attribution inside.
    pub spans: Vec<Span>,
    /// The content runs that it comes from.
    pub runs: Vec<usize>,
    pub block: usize,
    /// Words outside of fragments that are speech by themselves.
    words: usize,
    /// Such fragments in it, by their positions among the speech.
    pub fragments: Vec<usize>,
}

/// An attribution inside a clause has at most so many tokens.
const INTERRUPTION: usize = 14;
/// Words that stand before the cue of a passive.
const AUXILIARIES: [&str; 10] = ["is", "are", "was", "were", "be", "been", "being", "has", "have", "had"];
/// A marked string longer than this is not drawn into a clause that cuts it.
const DRAWN_IN: usize = 60;

/// The reported clauses of an article, in text order.
pub(super) fn clauses(evidence: &Evidence, settings: &QuoteSettings) -> Vec<Clause> {
    let mut found: Vec<Clause> = Vec::new();
    for (index, run) in evidence.runs.iter().enumerate().filter(|(_, run)| run.role == Role::Content) {
        for part in evidence.outside_direct(&run.tokens) {
            let Some(clause) = evidence.clause(index, &run.tokens, part) else {
                continue;
            };
            match found.last_mut() {
                Some(last) if evidence.is_interrupted(last, &clause) => {
                    last.spans.extend(clause.spans);
                    last.words += clause.words;
                    last.runs.extend(clause.runs);
                    last.fragments.extend(clause.fragments);
                }
                _ => found.push(clause),
            }
        }
    }
    found.retain(|clause| {
        clause.words >= if clause.fragments.is_empty() { settings.indirect_words } else { settings.clause_words }
    });
    found
}

impl Evidence<'_> {
    /// The parts of a run that lie outside of direct speech.
    fn outside_direct(&self, tokens: &Range<usize>) -> Vec<Span> {
        let Some(whole) = self.tags.span_of(tokens) else {
            return Vec::new();
        };
        let mut parts = Vec::new();
        let mut start = whole.start();
        for speech in self.speech.iter().filter(|speech| speech.kind == QuoteKind::Direct) {
            let outer = self.strings[speech.string].outer;
            if outer.overlaps(&whole) {
                parts.extend(Span::new(start, outer.start()).ok());
                start = outer.end().max(start);
            }
        }
        parts.extend(Span::new(start, whole.end()).ok());
        parts.retain(|part| !part.is_empty());
        parts
    }

    /// Whether nothing but white space stands between a span and a marked string behind it.
    fn follows(&self, span: Span, outer: Span) -> bool {
        Span::new(span.end(), outer.start()).is_ok_and(|gap| self.text.slice(gap).chars().all(is_blank))
    }

    fn clause(&self, run: usize, tokens: &Range<usize>, part: Span) -> Option<Clause> {
        let block = self.places.get(tokens.start).copied().flatten()?;
        let mut span = self.trimmed(part.intersect(&self.blocks[block].span)?)?;
        let from = self.strings.partition_point(|string| string.block < block);
        for string in self.strings[from..].iter().take_while(|string| string.block == block) {
            let cut = string.outer.overlaps(&span) && !span.contains(&string.outer) && !string.outer.contains(&span);
            if cut && string.outer.len() <= DRAWN_IN {
                span = span.join(&string.outer);
            }
        }
        let outer = |at: usize| self.strings[self.speech[at].string].outer;
        let fragments: Vec<usize> =
            (0..self.speech.len()).filter(|&at| outer(at).overlaps(&span) || self.follows(span, outer(at))).collect();
        if fragments.iter().any(|&fragment| outer(fragment).contains(&span)) {
            return None;
        }
        let outside = words(self.text, span)
            .into_iter()
            .filter(|word| !fragments.iter().any(|&part| outer(part).contains(word)))
            // `U.S.` is one word.
            .filter(|word| word.start() == span.start() || self.text.char_at(word.start() - 1) != Some('.'));
        let words = outside.count();
        Some(Clause { spans: vec![span], runs: vec![run], block, words, fragments })
    }

    /// A span without the punctuation around it, a leading `that`, an attribution at its end, a final full stop.
    fn trimmed(&self, span: Span) -> Option<Span> {
        let slice = self.text.slice(span);
        let mut rest = trim_start(slice);
        if let Some(clause) = strip_that(rest) {
            rest = trim_start(clause);
        }
        let start = slice.len() - rest.len();
        let kept = trim_end(attribution::without_attribution(trim_end(rest)));
        if kept.is_empty() {
            return None;
        }
        let base = self.text.bytes_of(span).start;
        Some(self.text.span_of_bytes(base + start..base + start + kept.len()))
    }

    /// Whether the second clause goes on with the first one behind an attribution: one between commas (`the dam, he
    /// said, will hold`), or the cue of a passive (`the dam is expected to hold`).
    fn is_interrupted(&self, first: &Clause, second: &Clause) -> bool {
        let (Some(left), Some(right)) = (first.spans.last(), second.spans.first()) else {
            return false;
        };
        let Ok(gap) = Span::new(left.end(), right.start()) else {
            return false;
        };
        let tokens = self.tags.tokens_in(gap);
        let cues: Vec<&Range<usize>> = self
            .runs
            .iter()
            .filter(|run| run.role == Role::Cue)
            .map(|run| &run.tokens)
            .filter(|cue| tokens.start <= cue.start && cue.end <= tokens.end)
            .collect();
        let slice = self.text.slice(gap).trim();
        let between_commas = slice.len() > 1 && slice.starts_with(',') && slice.ends_with(',');
        let passive = || {
            tokens.clone().all(|token| {
                let word = self.text.slice(self.tags.spans()[token]);
                AUXILIARIES.contains(&word) || cues.iter().any(|cue| cue.contains(&token))
            })
        };
        first.block == second.block
            && tokens.len() <= INTERRUPTION
            && !cues.is_empty()
            && self.text.slice(*right).starts_with(char::is_lowercase)
            && (between_commas || passive())
    }
}

/// Punctuation that can stand between a clause and its attribution.
const fn divides(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '–' | '—' | '-')
}

fn trim_start(string: &str) -> &str {
    string
        .trim_start_matches(|c| is_blank(c) || divides(c) || matches!(c, '.' | '!' | '?' | ')' | ']' | '”' | '’' | '»'))
}

fn strip_that(string: &str) -> Option<&str> {
    let (word, rest) = string.split_at_checked(4)?;
    (word.eq_ignore_ascii_case("that") && rest.starts_with(is_blank)).then_some(rest)
}

/// Takes white space, dividing punctuation and the full stop of the sentence off, but not that of `U.S.`.
fn trim_end(string: &str) -> &str {
    let string =
        string.trim_end_matches(|c| is_blank(c) || divides(c) || matches!(c, '(' | '[' | '“' | '‘' | '«' | '„'));
    let Some(clause) = string.strip_suffix('.') else {
        return string;
    };
    let word = clause.rsplit(is_blank).next().unwrap_or(clause);
    let letters = word.chars().filter(|c| c.is_alphabetic()).count();
    if word.contains('.') && !word.ends_with('.') && (1..=4).contains(&letters) {
        return string;
    }
    clause.trim_end_matches(|c| is_blank(c) || c == '.' || divides(c))
}
