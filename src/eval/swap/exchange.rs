//! Exchanging the parties that a real text names for others of their kind, form for form: Turkish for French, Ankara
//! for Paris. Training does the same to its texts (`scripts/train/ascribe_train/stance_swap.py`).
//!
//! Words that any party could be called, such as `the regime`, stay, and so do parties that no other can stand for.
use super::edit::Edits;
use super::fill::starts_with_article;
use super::fillers::{ARTICLE, Fillers};
use super::stand_in::stand_ins;
use crate::eval::bootstrap::SplitMix;
use crate::stance::reference::PartyReference;
use crate::text::{Span, Text};

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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::eval::swap::fillers::{self, Filler, Form, without_article};
    use crate::stance::reference::Via;

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
            (" of the ", None),
            ("Norland", Some((NORLAND, Via::Alias))),
            (" talks #", None),
            ("Norland", Some((NORLAND, Via::Hashtag))),
        ]);
        let leader = if text.contains("Edith Marl") { "Edith Marl" } else { "Tam Orr" };
        assert!(text.starts_with(&format!("“Brekk and Tam Brekk met {leader} in Port Ness")), "{text}");
        assert!(text.ends_with("said the Islander government of the United Isles talks #UnitedIsles"), "{text}");
        assert_eq!(words[6], "UnitedIsles");
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
    fn a_leader_is_exchanged_for_a_leader_or_stays() {
        let (passage, references) = marked(&[("Marl", Some((ISLES, Via::Leader)))]);
        let fillers = fillers::tests::sample();
        for seed in 0..20 {
            let new = exchange(&passage, &references, &fillers, &mut SplitMix(seed)).unwrap().passage;
            assert_eq!(new.text.as_str(), "Brekk", "Estmark has no leader");
        }
        let front = [("Ilm Sand", Some(("front", Via::Leader)))];
        let (passage, references) = marked(&front);
        assert_eq!(exchange(&passage, &references, &fillers, &mut SplitMix(1)), None, "nor has the band");
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
