//! Filling the slots of a quotation, by the rules of `scripts/train/ascribe_train/bank.py`, to the letter; the fixture
//! that its tests write holds both to it.
//!
//! `a` becomes `an` by itself, an article is dropped behind `the` and before a noun, and a sentence begins with a capital.
use std::collections::BTreeMap;
use std::sync::LazyLock;

use regex::Regex;

use super::bank::{Piece, SPEAKER};
use super::fillers::{ARTICLE, Filler, Form, without_article};
use crate::text::{Span, Text};

/// Who fills the slots of a quotation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Assignment<'a> {
    /// The party in each slot.
    pub parties: BTreeMap<char, &'a Filler>,
    /// The name of the speaker.
    pub speaker: String,
    /// Which of the words that a party has for a form, counted around.
    pub pick: usize,
}

/// A quotation with parties in its slots.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Filled {
    /// The text.
    pub text: Text,
    /// The quotation in it.
    pub quote: Span,
    /// Words that mean a party or the speaker, without their article, in the order of their ends.
    pub mentions: Vec<Mention>,
}

/// Words that mean a party or the speaker.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Mention {
    /// The slot.
    pub slot: char,
    /// The words.
    pub span: Span,
}

/// Fills a template.
///
/// # Panics
/// When a slot has no party, or when the template was not made by [`parse`](super::bank::parse).
#[must_use]
pub fn fill(template: &[Piece], assignment: &Assignment<'_>) -> Filled {
    let mut text = String::new();
    let (mut bounds, mut opened, mut mentions) = (Vec::new(), Vec::new(), Vec::new());
    for piece in template {
        match piece {
            Piece::Words(words) => text.push_str(words),
            Piece::Bound => bounds.push(length(&text)),
            Piece::Open(slot) => opened.push((*slot, length(&text))),
            Piece::Close => {
                let (slot, start) = opened.pop().expect("the parser pairs the marks");
                mentions.push(Mention { slot, span: Span::ordered(start, length(&text)) });
            }
            Piece::Slot(slot, form) => {
                let words = words(assignment, *slot, *form, &text);
                text = indefinite(text, &words);
                let words = if opens_sentence(&text) { capitalized(&words) } else { words };
                let article = if starts_with_article(&words) { ARTICLE.len() } else { 0 };
                let start = length(&text) + article;
                text.push_str(&words);
                mentions.push(Mention { slot: *slot, span: Span::ordered(start, length(&text)) });
            }
        }
    }
    Filled { quote: Span::ordered(bounds[0], bounds[1]), text: Text::new(text), mentions }
}

/// The words for a slot behind a text.
fn words(assignment: &Assignment<'_>, slot: char, form: Form, before: &str) -> String {
    if slot == SPEAKER {
        return assignment.speaker.clone();
    }
    let mut forms = assignment.parties[&slot].forms(form);
    let words = forms.swap_remove(assignment.pick % forms.len());
    if form == Form::Adjective || ends_with_article(before) { without_article(&words).to_owned() } else { words }
}

/// The text with `a` or `an` at its end, as the words that follow want it.
#[must_use]
pub fn indefinite(mut text: String, words: &str) -> String {
    static ARTICLE: LazyLock<Regex> = LazyLock::new(|| Regex::new(r"\b[Aa](n?) $").expect("the expression is sound"));
    if let Some(n) = ARTICLE.captures(&text).and_then(|found| found.get(1)) {
        let n = n.range();
        text.replace_range(n, if opens_with_vowel(words) { "n" } else { "" });
    }
    text
}

fn opens_with_vowel(words: &str) -> bool {
    let first = words.chars().next();
    let plain = first.is_none_or(|c| "aeioAEIO".contains(c)) && !words.starts_with("Eu");
    plain || first == Some('U') && !["U.", "UN", "US", "UK", "Un", "Uk"].iter().any(|start| words.starts_with(start))
}

/// Whether a sentence or a quotation begins behind a text.
#[must_use]
pub fn opens_sentence(before: &str) -> bool {
    static START: LazyLock<Regex> = LazyLock::new(|| {
        // The last part of the second branch stands for a look ahead.
        let branches =
            [r#"(?:^|[.!?]['’”"]?\s+)[“"'‘\[]*"#, r#"[,:]\s+[“"][“"'‘\[]*"#, r#"(?:^|[.!?:,]\s)[“"]"#].join("|");
        Regex::new(&format!("(?:{branches})$")).expect("the expression is sound")
    });
    START.is_match(before)
}

/// The words with a capital at their beginning.
#[must_use]
pub fn capitalized(words: &str) -> String {
    let mut rest = words.chars();
    rest.next().map_or_else(String::new, |first| first.to_uppercase().chain(rest).collect())
}

/// Whether words begin with `the`, capital or not.
#[must_use]
pub fn starts_with_article(words: &str) -> bool {
    words.get(..ARTICLE.len()).is_some_and(|start| start.eq_ignore_ascii_case(ARTICLE))
}

/// Whether a text ends with `the`, capital or not, and a blank.
#[must_use]
pub fn ends_with_article(text: &str) -> bool {
    let tail = text.len().checked_sub(ARTICLE.len()).and_then(|start| text.get(start..));
    tail.is_some_and(|tail| tail.eq_ignore_ascii_case(ARTICLE))
}

fn length(text: &str) -> usize {
    text.chars().count()
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use proptest::prelude::*;
    use serde::Deserialize;

    use super::*;
    use crate::eval::swap::bank::parse;
    use crate::eval::swap::fillers::{self, Fillers};

    /// A line of the fixture that the tests of `bank.py` write.
    #[derive(Deserialize)]
    struct Twin {
        template: String,
        parties: BTreeMap<char, String>,
        speaker: String,
        pick: usize,
        text: String,
        quote: (usize, usize),
        mentions: Vec<(char, usize, usize)>,
    }

    #[test]
    fn texts_are_filled_as_in_training() {
        let shipped = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/stance/fillers.toml");
        let fillers = Fillers::read(&shipped).unwrap();
        for line in include_str!("../../../tests/fixtures/stance_bank.jsonl").lines() {
            let twin: Twin = serde_json::from_str(line).unwrap();
            let parties = twin.parties.iter().map(|(slot, id)| (*slot, fillers.party(id).unwrap())).collect();
            let assignment = Assignment { parties, speaker: twin.speaker, pick: twin.pick };
            let filled = fill(&parse(&twin.template).unwrap(), &assignment);
            assert_eq!(filled.text.as_str(), twin.text);
            assert_eq!((filled.quote.start(), filled.quote.end()), twin.quote, "{}", twin.text);
            let spans = filled.mentions.iter().map(|one| (one.slot, one.span.start(), one.span.end()));
            assert_eq!(spans.collect::<Vec<_>>(), twin.mentions, "{}", twin.text);
        }
    }

    #[test]
    fn mentions_are_without_their_article_and_sentences_begin_with_a_capital() {
        let fillers = fillers::tests::sample();
        let isles = fillers.party("isles").unwrap();
        let assignment = Assignment { parties: BTreeMap::from([('A', isles)]), speaker: "Mo Lind".into(), pick: 0 };
        let filled = fill(&parse("{S}: “[[{A} sent a {A:adj} ship to the {A}]].”").unwrap(), &assignment);
        assert_eq!(filled.text.as_str(), "Mo Lind: “The United Isles sent an Islander ship to the United Isles.”");
        let words: Vec<&str> = filled.mentions.iter().map(|mention| filled.text.slice(mention.span)).collect();
        assert_eq!(words, ["Mo Lind", "United Isles", "Islander", "United Isles"]);
        assert_eq!(filled.text.slice(filled.quote), "The United Isles sent an Islander ship to the United Isles");
    }

    proptest! {
        /// Whatever stands around the slots, the spans cover the words that were put there.
        #[test]
        fn spans_cover_what_was_filled_in(
            around in prop::collection::vec("([a-zé“”.,] ?|the |a |\u{a0}|👩‍🚒){0,6}", 4),
            form in prop::sample::select(vec!["", ":adj", ":people", ":capital", ":leader", ":gov"]),
            pick in 0_usize..4,
            id in prop::sample::select(vec!["norland", "isles", "estmark"]),
        ) {
            let [before, between, behind, after] = &around[..] else { unreachable!("four were asked for") };
            let template = format!("{before}{{S}}{between} [[{{A{form}}} and <A|them{behind}>]]{after}");
            let fillers = fillers::tests::sample();
            let party = fillers.party(id).unwrap();
            let assignment = Assignment { parties: BTreeMap::from([('A', party)]), speaker: "Åse Lind".into(), pick };
            let filled = fill(&parse(&template).unwrap(), &assignment);
            let words = |at: usize| filled.text.slice(filled.mentions[at].span);
            prop_assert_eq!(words(0), "Åse Lind");
            let form = Form::of_slot(form.trim_start_matches(':')).unwrap();
            let known = party.forms(form).iter().any(|known| without_article(known) == words(1));
            prop_assert!(known || party.forms(form).iter().any(|known| capitalized(known) == words(1)), "{}", words(1));
            prop_assert_eq!(words(2), format!("them{behind}"));
            prop_assert!(filled.text.slice(filled.quote).ends_with(words(2)));
            prop_assert!(filled.quote.contains(&filled.mentions[1].span));
        }
    }
}
