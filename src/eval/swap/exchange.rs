//! Exchanging the parties that a real text names for others of their kind, form for form: Turkish for French, Ankara
//! for Paris. Training does the same to its texts (`scripts/train/ascribe_train/stance_swap.py`).
//!
//! Words that any party could be called, such as `the regime`, stay, and so do parties that no other can stand for.
use std::collections::BTreeMap;

use super::edit::Edits;
use super::fill::{capitalized, indefinite, opens_sentence, starts_with_article};
use super::fillers::{ARTICLE, Filler, Fillers, Form, without_article};
use super::form::{Surroundings, form_of};
use crate::eval::bootstrap::SplitMix;
use crate::stance::reference::{PartyReference, Via};
use crate::text::{Span, Text, fold};

/// A bound of [`StandIn::pick`] that no party's number of words for a form reaches.
const PICKS: usize = 60;

/// A stretch of an article with a quotation, its holder and the words for parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passage {
    /// The stretch.
    pub text: Text,
    /// The quotation.
    pub quote: Span,
    /// The source mention, where it lies in the stretch.
    pub holder: Option<Span>,
    /// The words for the parties that are asked about.
    pub targets: Vec<Span>,
}

/// A passage with other parties.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Exchanged {
    /// The new passage, its targets in the same order.
    pub passage: Passage,
    /// For each target whether its own words are others now.
    pub renamed: Vec<bool>,
}

/// The passage with other parties; nothing where it names none that another can stand for. The references are those of
/// the passage, in order.
#[must_use]
pub fn exchange(
    passage: &Passage,
    references: &[PartyReference],
    fillers: &Fillers,
    random: &mut SplitMix,
) -> Option<Exchanged> {
    let mut stand_ins = stand_ins(references, fillers, random);
    let mut edits = Edits::default();
    for reference in references {
        if let Some(stand_in) = stand_ins.get_mut(reference.party.as_str()) {
            stand_in.replace(reference, &passage.text, &mut edits);
        }
    }
    if edits.is_empty() {
        return None;
    }
    let text = edits.apply(&passage.text);
    let bare = |was: Span| {
        // A mention is without its article, as in the bank, unless it was with it.
        let is = edits.moved(was);
        let came = starts_with_article(text.slice(is)) && !starts_with_article(passage.text.slice(was));
        Span::ordered(is.start() + if came { ARTICLE.len() } else { 0 }, is.end())
    };
    let (holder, targets) = (passage.holder.map(bare), passage.targets.iter().map(|&target| bare(target)).collect());
    Some(Exchanged {
        renamed: passage.targets.iter().map(|&target| edits.touch(target)).collect(),
        passage: Passage { quote: edits.moved(passage.quote), holder, targets, text },
    })
}

/// Who stands for a party.
struct StandIn<'a> {
    party: &'a Filler,
    other: &'a Filler,
    /// Which of the words that the other has for a form, counted around.
    pick: usize,
    /// Last names of the party's leaders, in the order of the text: each gets a leader of the other.
    leaders: Vec<String>,
}

/// Another party of its kind for each party, all different.
fn stand_ins<'a>(
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
    fn replace(&mut self, reference: &PartyReference, text: &Text, edits: &mut Edits) {
        let span = reference.span;
        let around = Surroundings::of(text, span);
        let Some(form) = form_of(self.party, reference.via, text.slice(span), &around) else { return };
        let new = if reference.via == Via::Hashtag {
            without_article(&self.other.forms(Form::Name)[0]).replace([' ', '.'], "")
        } else {
            self.words(form, text.slice(span), around.article.is_some())
        };
        let is_noun = form != Form::Adjective && !around.is_joined && reference.via != Via::Government;
        let before = text.slice(Span::ordered(0, around.article.unwrap_or(span).start()));
        let opens = |words: &str| {
            if opens_sentence(before) || before.ends_with('\n') { capitalized(words) } else { words.to_owned() }
        };
        match around.article {
            // `the Kremlin` for `the White House`, `the French army` for `the Turkish army`.
            Some(_) if starts_with_article(&new) || !is_noun => edits.replace(span, without_article(&new)),
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
        if form == Form::Leader && !self.other.own(form).is_empty() {
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

/// The last word of a name.
pub(super) fn last_word(name: &str) -> &str {
    name.rsplit(' ').next().unwrap_or(name)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::eval::swap::fillers;

    /// The passage of a text in which references are marked as `{words|party|via}`; a target each.
    fn marked(parts: &[(&str, Option<(&str, Via)>)]) -> (Passage, Vec<PartyReference>) {
        let (mut string, mut references) = (String::new(), Vec::new());
        for (words, meaning) in parts {
            let start = string.chars().count();
            string.push_str(words);
            if let Some((party, via)) = meaning {
                let span = Span::ordered(start, string.chars().count());
                references.push(PartyReference { party: (*party).to_owned(), span, via: *via });
            }
        }
        let text = Text::new(string);
        let targets = references.iter().map(|reference| reference.span).collect();
        (Passage { quote: text.whole(), holder: None, targets, text }, references)
    }

    /// The text in which Norland and the Isles changed places; draws of Estmark and of the Republic are left out.
    fn swapped(parts: &[(&str, Option<(&str, Via)>)]) -> (String, Vec<String>) {
        let (passage, references) = marked(parts);
        let all = fillers::tests::sample();
        let new = (0..999)
            .map(|seed| exchange(&passage, &references, &all, &mut SplitMix(seed)).unwrap().passage)
            .find(|new| !["Estmark", "Republic"].iter().any(|name| new.text.as_str().contains(name)))
            .unwrap();
        let words = new.targets.iter().map(|&target| new.text.slice(target).to_owned()).collect();
        (new.text.as_str().to_owned(), words)
    }

    const NORLAND: &str = "norland";
    const ISLES: &str = "isles";

    #[test]
    fn articles_come_and_go_with_the_names() {
        let (text, words) = swapped(&[
            ("Norland", Some((NORLAND, Via::Alias))),
            (" lied. The ", None),
            ("United Isles", Some((ISLES, Via::Alias))),
            (" saw a ", None),
            ("Norlandic", Some((NORLAND, Via::Demonym))),
            (" ship near the ", None),
            ("Islander", Some((ISLES, Via::Government))),
            (" army.", None),
        ]);
        assert_eq!(text, "The United Isles lied. Norland saw an Islander ship near the Norlandic army.");
        assert_eq!(words, ["United Isles", "Norland", "Islander", "Norlandic"]);
    }

    #[test]
    fn leaders_capitals_and_governments_are_exchanged_for_their_like() {
        let (text, words) = swapped(&[
            ("“", None),
            ("Marl", Some((ISLES, Via::Leader))),
            (" and Tam ", None),
            ("Orr", Some((ISLES, Via::Leader))),
            (" met ", None),
            ("Ola Brekk", Some((NORLAND, Via::Leader))),
            (" in ", None),
            ("Varde", Some((NORLAND, Via::Capital))),
            (", said the ", None),
            ("Varde cabinet", Some((NORLAND, Via::Metonym))),
            (" #", None),
            ("Norland", Some((NORLAND, Via::Hashtag))),
        ]);
        let leader = if text.contains("Edith Marl") { "Edith Marl" } else { "Tam Orr" };
        assert!(text.starts_with(&format!("“Brekk and Tam Brekk met {leader} in Port Ness")), "{text}");
        assert!(text.ends_with("said the Islander government #UnitedIsles"), "{text}");
        assert_eq!(words[5], "UnitedIsles");
    }

    #[test]
    fn joined_names_stand_without_article_and_nouns_for_anybody_stay() {
        let (text, _) = swapped(&[
            ("Norland", Some((NORLAND, Via::Alias))),
            ("-backed men fought ", None),
            ("the regime", Some((ISLES, Via::Nominal))),
        ]);
        assert_eq!(text, "United Isles-backed men fought the regime");
    }

    #[test]
    fn a_text_without_exchangeable_parties_is_left() {
        let (passage, references) = marked(&[("The ", None), ("Coast Pact", Some(("pact", Via::Alias)))]);
        let fillers = fillers::tests::sample();
        assert_eq!(exchange(&passage, &references, &fillers, &mut SplitMix(1)), None, "the only one of its kind");
        let (passage, references) = marked(&[("Elsewhere", Some(("elsewhere", Via::Alias)))]);
        assert_eq!(exchange(&passage, &references, &fillers, &mut SplitMix(1)), None, "not in the list");
    }

    proptest! {
        /// Targets cover the new party's words, and words between them what they did before.
        #[test]
        fn spans_cover_what_they_stood_for(
            between in prop::collection::vec("( a| the|, the|\\. The|\n| é| an| “)? ", 2..6),
            names in prop::collection::vec(prop::sample::select(vec![
                ("Norland", NORLAND, Via::Alias), ("Norlandic", NORLAND, Via::Demonym), ("United Isles", ISLES, Via::Alias),
                ("Ola Brekk", NORLAND, Via::Leader), ("Port Ness", ISLES, Via::Capital), ("Varde cabinet", NORLAND, Via::Metonym),
            ]), 6),
            seed in any::<u64>(),
        ) {
            let mut parts: Vec<(&str, Option<(&str, Via)>)> = Vec::new();
            for (between, (words, party, via)) in between.iter().zip(&names) {
                parts.extend([("Åx", None), (between.as_str(), None), (*words, Some((*party, *via))), (" met", None)]);
            }
            let (mut passage, references) = marked(&parts);
            let named = passage.targets.len();
            for part in passage.text.as_str().match_indices("Åx") {
                passage.targets.push(passage.text.span_of_bytes(part.0..part.0 + part.1.len()));
            }
            let fillers = fillers::tests::sample();
            let Exchanged { passage: new, renamed } = exchange(&passage, &references, &fillers, &mut SplitMix(seed)).unwrap();
            let words: Vec<&str> = new.targets.iter().map(|&target| new.text.slice(target)).collect();
            for (at, words) in words.iter().enumerate() {
                if at >= named {
                    prop_assert_eq!(*words, "Åx");
                    prop_assert!(!renamed[at]);
                    continue;
                }
                let old = fillers.party(&references[at].party).unwrap();
                let forms = [Form::Name, Form::Adjective, Form::People, Form::Capital, Form::Leader, Form::Government];
                let is_of = |party: &Filler| {
                    let all = forms.iter().flat_map(|&form| party.forms(form));
                    all.map(|form| without_article(&form).to_owned()).any(|form| form == *words)
                };
                let kin = fillers.of_kind("state");
                prop_assert!(renamed[at] && kin.iter().any(|party| party.id != old.id && is_of(party)), "{words} in {}", new.text.as_str());
            }
            prop_assert_eq!(new.quote, new.text.whole());
        }
    }
}
