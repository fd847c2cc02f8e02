//! From the hits of the automaton to references: what cannot be a party here is dropped, the article's topics decide
//! on conditional phrases, and of overlapping candidates the leftmost longest stays.
use std::cmp::Reverse;
use std::collections::HashSet;

use jiff::civil::Date;

use super::lexicon::Sense;
use super::surroundings::{
    is_dateline, is_part_of_name, is_person, is_relative, is_technical, owner_before, word_after, word_before,
};
use super::{PartyFinder, PartyReference, Via};
use crate::speaker::registry::{Conditional, Match, Party};
use crate::text::{Span, Text, fold};

/// How many times as often as the next party one has to be named to own a phrase that both could own.
const DOMINANCE: usize = 3;

/// A hit with its meaning; nothing for a lookalike, which only takes its place.
#[derive(Clone, Copy, Debug)]
struct Candidate {
    span: Span,
    meaning: Option<(usize, Via)>,
}

/// All references of an article, in order.
pub(super) fn references(finder: &PartyFinder, text: &Text, date: Option<Date>) -> Vec<PartyReference> {
    let article = Article::new(finder, text, date);
    let mut candidates: Vec<_> = article.hits.iter().filter_map(|hit| article.unconditional(hit)).collect();
    let named = article.named(&leftmost_longest(candidates.clone()));
    let conditional = article.hits.iter().filter_map(|hit| article.conditional(hit, &named));
    candidates.extend(conditional);
    leftmost_longest(candidates)
        .into_iter()
        .filter_map(|candidate| {
            let (party, via) = candidate.meaning?;
            let party = finder.registry.parties()[party].id.clone();
            Some(PartyReference { party, span: candidate.span, via })
        })
        .collect()
}

/// Phrases such as `the regime` are looked for with their article, which is no part of the reference.
fn without_article(text: &Text, span: Span) -> Span {
    const ARTICLE: usize = "the ".len();
    let article = text.slice(span).get(..ARTICLE).is_some_and(|start| fold(start) == "the");
    Span::ordered(span.start() + if article { ARTICLE } else { 0 }, span.end())
}

/// One article with the hits in it.
struct Article<'a> {
    finder: &'a PartyFinder,
    text: &'a Text,
    date: Option<Date>,
    hits: Vec<Match>,
    /// Those words, folded, that conditions ask for and the article holds.
    words: HashSet<String>,
}

impl<'a> Article<'a> {
    fn new(finder: &'a PartyFinder, text: &'a Text, date: Option<Date>) -> Self {
        let hits = finder.matcher.find_all(text, text.whole());
        let words = hits.iter().filter(|hit| finder.senses[hit.phrase].contains(&Sense::Word));
        let words = words.map(|hit| fold(text.slice(hit.span))).collect();
        Self { finder, text, date, hits, words }
    }

    fn senses(&self, hit: &Match) -> &'a [Sense] {
        &self.finder.senses[hit.phrase]
    }

    /// The meaning of a hit that needs no look at the rest of the article, save for a leader's full name.
    fn unconditional(&self, hit: &Match) -> Option<Candidate> {
        let meaning = self.senses(hit).iter().find_map(|&sense| match sense {
            Sense::Lookalike => Some(None),
            Sense::Name { party, via } => self.name(hit, party, via).map(|via| Some((party, via))),
            Sense::Hashtag { party } => self.is_tag(hit.span).then_some(Some((party, Via::Hashtag))),
            Sense::Leader { party, tenure, full_name } => {
                let in_office = self.date.is_none_or(|day| tenure.covers(day));
                let known = full_name.is_none_or(|speaker| self.has(Sense::FullName { speaker }));
                let registry = &self.finder.registry;
                let other = is_relative(self.text, hit.span, registry)
                    || (full_name.is_some() && is_part_of_name(self.text, hit.span, registry));
                let leads = in_office && known && !other;
                leads.then(|| Some((party, self.with_noun(hit.span, Via::Leader))))
            }
            Sense::Conditional { .. } | Sense::Topic { .. } | Sense::FullName { .. } | Sense::Word => None,
        })?;
        Some(Candidate { span: without_article(self.text, hit.span), meaning })
    }

    /// How a name refers to its party, if it does.
    fn name(&self, hit: &Match, party: usize, via: Via) -> Option<Via> {
        let registry = &self.finder.registry;
        let span = hit.span;
        let of_others = || {
            let owner = owner_before(self.text, without_article(self.text, span), registry);
            owner.is_some_and(|owner| owner.id != registry.parties()[party].id)
        };
        if is_technical(self.text, span)
            || (via == Via::Capital && is_dateline(self.text, span))
            // `South Korea's Joint Chiefs of Staff` are not America's.
            || (via == Via::Government && of_others())
            || is_person(self.text, span, registry)
            || self.is_borne_by_person(hit)
        {
            return None;
        }
        Some(if self.is_tag(span) { Via::Hashtag } else { self.with_noun(span, via) })
    }

    /// A name before a noun of the state is the government.
    fn with_noun(&self, span: Span, via: Via) -> Via {
        let before_noun = || word_after(self.text, span).is_some_and(|word| self.finder.registry.is_state_noun(word));
        match via {
            Via::Alias | Via::Demonym | Via::Capital | Via::Leader if before_noun() => Via::Government,
            _ => via,
        }
    }

    /// Whether a name that persons bear is a person's in this article: part of a longer name here, or behind a given
    /// name or a personal title anywhere.
    fn is_borne_by_person(&self, hit: &Match) -> bool {
        let registry = &self.finder.registry;
        registry.is_person_name(self.text.slice(hit.span))
            && (is_part_of_name(self.text, hit.span, registry)
                || self
                    .hits
                    .iter()
                    .any(|other| other.phrase == hit.phrase && is_person(self.text, other.span, registry)))
    }

    fn is_tag(&self, span: Span) -> bool {
        span.start().checked_sub(1).and_then(|offset| self.text.char_at(offset)) == Some('#')
    }

    /// How often each party is named.
    fn named(&self, candidates: &[Candidate]) -> Vec<usize> {
        let mut named = vec![0; self.finder.registry.parties().len()];
        for (party, _) in candidates.iter().filter_map(|candidate| candidate.meaning) {
            named[party] += 1;
        }
        for sense in self.hits.iter().flat_map(|hit| self.senses(hit)) {
            if let Sense::Topic { party } = *sense {
                named[party] += 1;
            }
        }
        named
    }

    /// The meaning that a conditional phrase has in this article: of several parties that could own it, the one that
    /// the article is about.
    fn conditional(&self, hit: &Match, named: &[usize]) -> Option<Candidate> {
        let mut owners: Vec<usize> = self
            .senses(hit)
            .iter()
            .filter_map(|&sense| match sense {
                Sense::Conditional { party, condition } => {
                    let condition = &self.finder.registry.parties()[party].conditional[condition];
                    let holds = self.holds(condition, named) && self.stands(condition, party, hit.span);
                    holds.then_some(party)
                }
                _ => None,
            })
            .collect();
        owners.sort_by_key(|&party| Reverse(named[party]));
        owners.dedup();
        let (&owner, others) = owners.split_first()?;
        let rival = others.first().map_or(0, |&other| named[other].max(1));
        if named[owner] < DOMINANCE * rival {
            return None;
        }
        let span = without_article(self.text, hit.span);
        Some(Candidate { span, meaning: Some((owner, Via::Nominal)) })
    }

    /// Whether the article speaks of the matter.
    fn holds(&self, condition: &Conditional, named: &[usize]) -> bool {
        let registry = &self.finder.registry;
        let has_word = |word: &String| self.words.contains(&fold(word));
        let has_party =
            |id: &String| registry.parties().iter().zip(named).any(|(party, &times)| times > 0 && party.id == *id);
        let free = condition.with_parties.is_empty() && condition.with_words.is_empty();
        (free || condition.with_parties.iter().any(has_party) || condition.with_words.iter().any(has_word))
            && !condition.without_words.iter().any(has_word)
    }

    /// Whether the words around a conditional phrase leave its meaning open: no `research` behind `opposition`, no
    /// other country's adjective before it.
    fn stands(&self, condition: &Conditional, party: usize, span: Span) -> bool {
        let registry = &self.finder.registry;
        let among = |list: &[String], word: &str| list.iter().any(|listed| fold(listed) == fold(word));
        if is_technical(self.text, span)
            || word_after(self.text, span).is_some_and(|word| among(&condition.not_before, word))
            || condition.alone && is_part_of_name(self.text, span, registry)
        {
            return false;
        }
        let owner = owner_before(self.text, span, registry);
        let is_own =
            |owner: &Party| owner.id == registry.parties()[party].id || condition.with_parties.contains(&owner.id);
        owner.is_none_or(is_own) && word_before(self.text, span).is_none_or(|word| !among(&condition.not_after, word))
    }

    fn has(&self, sense: Sense) -> bool {
        self.hits.iter().any(|hit| self.senses(hit).contains(&sense))
    }
}

/// Of overlapping candidates the leftmost, and there the longest, stays.
fn leftmost_longest(mut candidates: Vec<Candidate>) -> Vec<Candidate> {
    candidates.sort_by_key(|candidate| (candidate.span.start(), Reverse(candidate.span.end())));
    let mut end = 0;
    candidates.retain(|candidate| {
        let free = candidate.span.start() >= end;
        if free {
            end = candidate.span.end();
        }
        free
    });
    candidates
}
