//! [`StandIn`]: the party that comes in another's place, and its words in place of the other's.
use std::collections::BTreeMap;

use super::draw::PICKS;
use super::edit::Edits;
use super::fill::{capitalized, indefinite, opens_sentence, starts_with_article};
use super::fillers::{Filler, Fillers, Form, without_article};
use super::form::{Surroundings, form_of, has_article, last_word};
use crate::eval::bootstrap::SplitMix;
use crate::stance::reference::{PartyReference, Via};
use crate::text::{Span, Text, fold};

/// Who stands for a party.
pub struct StandIn<'a> {
    party: &'a Filler,
    other: &'a Filler,
    /// Which of the words that the other has for a form, counted around.
    pick: usize,
    /// Last names of the party's leaders, in the order of the text: each gets a leader of the other.
    leaders: Vec<String>,
}

/// Another party of its kind for each party, all different.
#[must_use]
pub fn stand_ins<'a>(
    references: &[PartyReference],
    fillers: &'a Fillers,
    random: &mut SplitMix,
) -> BTreeMap<&'a str, StandIn<'a>> {
    let mut chosen: BTreeMap<&str, StandIn<'_>> = BTreeMap::new();
    for party in references.iter().filter_map(|reference| fillers.party(&reference.party)) {
        if chosen.contains_key(party.id.as_str()) {
            continue;
        }
        let mut free = fillers.of_kind(&party.kind);
        free.retain(|other| other.id != party.id && !chosen.values().any(|taken| taken.other.id == other.id));
        let is_led = |other: &&Filler| !other.own(Form::Leader).is_empty();
        let named = |reference: &PartyReference| reference.party == party.id && reference.via == Via::Leader;
        if references.iter().any(named) && free.iter().any(is_led) {
            free.retain(is_led);
        }
        if !free.is_empty() {
            let other = free[random.below(free.len())];
            let stand_in = StandIn { party, other, pick: random.below(PICKS), leaders: Vec::new() };
            chosen.insert(&party.id, stand_in);
        }
    }
    chosen
}

impl StandIn<'_> {
    /// Replaces the words of a reference and what its article has to be.
    pub fn replace(&mut self, reference: &PartyReference, text: &Text, edits: &mut Edits) {
        let span = reference.span;
        let around = Surroundings::of(text, span);
        let Some(form) = form_of(self.party, reference.via, text.slice(span), &around) else { return };
        if form == Form::Leader && self.other.own(form).is_empty() {
            return;
        }
        let new = if reference.via == Via::Hashtag {
            without_article(&self.other.forms(Form::Name)[0]).replace([' ', '.'], "")
        } else {
            self.words(form, text.slice(span), around.article.is_some())
        };
        let is_noun = form != Form::Adjective && !around.is_joined && reference.via != Via::Government;
        let is_own = form == Form::Name && has_article(self.party, text.slice(span));
        let before = text.slice(Span::ordered(0, around.article.unwrap_or(span).start()));
        let opens = |words: &str| {
            if opens_sentence(before) || before.ends_with('\n') { capitalized(words) } else { words.to_owned() }
        };
        match around.article {
            // `the Kremlin` for `the White House`, `the France talks` for `the Turkey talks`.
            Some(_) if starts_with_article(&new) || !is_noun || !is_own => edits.replace(span, without_article(&new)),
            // `Turkey` for `the United States`.
            Some(article) => {
                edits.replace(article, "");
                edits.replace(span, opens(&new));
            }
            None => {
                let words = if is_noun && form != Form::Government { &new } else { without_article(&new) };
                indefinite_article(before, span.start(), words, edits);
                edits.replace(span, opens(words));
            }
        }
    }

    /// The other's words for a form, in place of these.
    fn words(&mut self, form: Form, old: &str, has_article: bool) -> String {
        let mut forms = self.other.forms(form);
        if form == Form::Leader {
            let leader = forms.swap_remove(self.leader(old) % forms.len());
            return if old.contains(' ') { leader } else { last_word(&leader).to_owned() };
        }
        if !has_article && forms.iter().any(|words| !starts_with_article(words)) {
            forms.retain(|words| !starts_with_article(words));
        }
        forms.swap_remove(self.pick % forms.len())
    }

    /// The place of a leader among those named.
    fn leader(&mut self, name: &str) -> usize {
        let name = fold(last_word(name));
        self.leaders.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.leaders.push(name);
            self.leaders.len() - 1
        })
    }
}

/// Makes `a` before an offset `an`, or the other way round, as the new words want it.
fn indefinite_article(before: &str, at: usize, words: &str, edits: &mut Edits) {
    let wanted = indefinite(before.to_owned(), words);
    if wanted.len() > before.len() {
        edits.replace(Span::ordered(at - 1, at - 1), "n");
    } else if wanted.len() < before.len() {
        edits.replace(Span::ordered(at - 2, at - 1), "");
    }
}
