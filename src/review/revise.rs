//! Changing an annotation so that it still holds together: every change that a correction makes, with what hangs on it.
use std::collections::{BTreeMap, HashSet};

use super::correction::NoSpeech;
use super::subject::{Held, Named, words};
use crate::annotation::{Anchored, Annotation, Entity, NotSpeech, PartyStance, Quote, QuoteKind, StanceProbabilities};
use crate::speaker::registry::entity_id;
use crate::text::{Span, Text, fold};

/// Gives a quotation the words of these spans, which may have moved by some code points. Returns whether they are there.
pub(super) fn settle_words(quote: &mut Quote, spans: &[Anchored], moved: isize, text: &Text) -> bool {
    if words(&quote.spans) == words(spans) {
        return true;
    }
    let shifted = |span: &Anchored, by: isize| {
        let start = span.start.checked_add_signed(by)?;
        let there = Span::new(start, start + span.text.chars().count()).ok()?;
        (text.get(there)? == span.text).then(|| Anchored::new(text, there))
    };
    let settled = [0, moved].iter().find_map(|by| spans.iter().map(|span| shifted(span, *by)).collect());
    match settled {
        Some(settled) => {
            quote.spans = settled;
            quote.repeats = None;
            true
        }
        None => false,
    }
}

/// Gives a quotation exactly these stances; evidence and probabilities of those that it has already stay.
pub(super) fn restate(quote: &mut Quote, stances: &[Held]) {
    let mut before = std::mem::take(&mut quote.stances);
    quote.stances = stances
        .iter()
        .map(|Held { party, stance }| {
            let known = before.iter().position(|held| held.party == *party).map(|at| before.swap_remove(at));
            match known {
                Some(known) if known.stance == *stance => known,
                known => PartyStance {
                    party: party.clone(),
                    stance: *stance,
                    probabilities: StanceProbabilities::certain(*stance),
                    evidence: known.map(|known| known.evidence).unwrap_or_default(),
                },
            }
        })
        .collect();
}

/// Gives quotations their speakers, by their place, and with each the other parts of its speech. Parts that turn out to
/// have different speakers are no longer one speech.
pub(super) fn cast(annotation: &mut Annotation, text: &Text, speakers: &BTreeMap<usize, Vec<Named>>) {
    let mut ids: BTreeMap<usize, Vec<String>> = BTreeMap::new();
    for (at, named) in speakers {
        ids.insert(*at, named.iter().map(|named| entity_of(annotation, text, named)).collect());
    }
    let mut speeches: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for (at, ids) in &ids {
        let quote = &mut annotation.quotes[*at];
        quote.speakers.clone_from(ids);
        if !quote.utterance.is_empty() && speeches.entry(quote.utterance.clone()).or_insert_with(|| ids.clone()) != ids
        {
            quote.utterance = format!("{}-{}", quote.utterance, quote.id);
        }
    }
    for (at, quote) in annotation.quotes.iter_mut().enumerate() {
        if let Some(of_speech) = speeches.get(&quote.utterance)
            && !ids.contains_key(&at)
        {
            quote.speakers.clone_from(of_speech);
        }
    }
}

/// The id of whoever is meant, who becomes an entity of the article where that is needed.
fn entity_of(annotation: &mut Annotation, text: &Text, named: &Named) -> String {
    let known = annotation.entities.iter().find(|entity| !named.id.is_empty() && entity.id == named.id);
    let known = known.or_else(|| annotation.entities.iter().find(|entity| fold(&entity.name) == fold(&named.name)));
    if let Some(known) = known {
        return known.id.clone();
    }
    let wanted = if named.id.is_empty() { entity_id(&named.name) } else { named.id.clone() };
    let mut id = wanted.clone();
    for number in 2.. {
        if annotation.entity(&id).is_none() {
            break;
        }
        id = format!("{wanted}-{number}");
    }
    let found = text.as_str().match_indices(&named.name).filter(|_| !named.name.is_empty());
    let mentions = found.map(|(at, name)| Anchored::new(text, text.span_of_bytes(at..at + name.len()))).collect();
    annotation.entities.push(Entity {
        id: id.clone(),
        name: named.name.clone(),
        kind: named.kind.unwrap_or_default(),
        party: None,
        mentions,
    });
    id
}

/// Takes out what is no speech; marked text is listed as such.
pub(super) fn remove(annotation: &mut Annotation, removed: &BTreeMap<usize, NoSpeech>) {
    for (at, no_speech) in removed.iter().rev() {
        let quote = annotation.quotes.remove(*at);
        let Some(reason) = no_speech.reason.filter(|_| quote.kind != QuoteKind::Indirect) else { continue };
        for Anchored { start, end, text } in quote.spans {
            let is_listed = annotation.not_speech.iter().any(|listed| listed.start < end && start < listed.end);
            if !is_listed {
                annotation.not_speech.push(NotSpeech { start, end, text, reason });
            }
        }
    }
    annotation.not_speech.sort_by_key(|listed| listed.start);
}

/// Brings quotations into the order of the text again; one that repeats what does not come before it repeats nothing.
pub(super) fn put_in_order(annotation: &mut Annotation) {
    annotation.quotes.sort_by_key(Quote::start);
    let mut earlier = HashSet::new();
    for quote in &mut annotation.quotes {
        quote.repeats = quote.repeats.take().filter(|repeated| earlier.contains(repeated));
        earlier.insert(quote.id.clone());
    }
}
