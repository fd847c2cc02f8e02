//! Quoted strings of four words or more, end to end: the string, and who says it.
//!
//! A string is found if a predicted quote shares an IoU of .8 with it, and exact if both have the same bounds, marks
//! and white space left aside. Its speaker is right, with the string found, if the predicted source overlaps the
//! gold's, or a mention of a predicted speaker does, or the gold source ends with a predicted speaker's last name.
use super::matching::{FOUND, best};
use crate::annotation::QuoteKind;
use crate::eval::attribution::Attribution;
use crate::eval::gold::{Bounds, GoldArticle};
use crate::eval::ledger::{Ledger, Post};
use crate::eval::names::last_word;
use crate::eval::region::Region;
use crate::eval::strings::quoted_strings;
use crate::text::{Span, Text, words};

/// The shortest string that counts, in words.
const LEAST_WORDS: usize = 4;

pub(super) fn score(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, guess: &[Attribution]) {
    let text = &gold.article.text;
    let section = Post { section: "quoted strings of four words or more", name: "", unit };
    let post = |name: &'static str| Post { name, ..section };
    let spans: Vec<(Span, &Attribution)> =
        guess.iter().flat_map(|one| one.content.iter().map(move |span| (*span, one))).collect();
    let regions: Vec<Region> = spans.iter().map(|(span, _)| Region::of(text, &[*span])).collect();
    for quote in &gold.quotes {
        for string in strings(text, gold.layers.bounds, quote) {
            let region = Region::of(text, &[string]);
            if region.without(&gold.masked) != region {
                continue;
            }
            let found = best(&regions, &region, FOUND);
            ledger.share(post("found"), found.is_some());
            ledger.share(post("exact"), found.is_some_and(|found| regions[found].bounds() == region.bounds()));
            if let Some(source) = quote.source {
                let is_right = found.is_some_and(|found| names(text, spans[found].1, source));
                ledger.share(post("end-to-end speaker"), is_right);
                let name = format!("end-to-end speaker, source is {}", quote.source_form());
                ledger.share(Post { name: &name, ..section }, is_right);
            }
        }
    }
}

fn strings(text: &Text, bounds: Bounds, quote: &Attribution) -> Vec<Span> {
    match bounds {
        Bounds::Contents => quoted_strings(text, &quote.content, LEAST_WORDS),
        Bounds::Quotes if quote.kind == QuoteKind::Indirect => Vec::new(),
        Bounds::Quotes => {
            quote.content.iter().copied().filter(|span| words(text, *span).len() >= LEAST_WORDS).collect()
        }
    }
}

/// Whether a prediction names the speaker that stands at a place in the text.
fn names(text: &Text, guess: &Attribution, source: Span) -> bool {
    // What follows a comma describes the speaker: `Mara Quill, the mayor of Oslo`.
    let words = text.slice(source).split([',', '(']).next().unwrap_or_default();
    let last = last_word(words).filter(|_| words.split_whitespace().last().is_some_and(is_capitalised));
    guess.source.is_some_and(|guess| guess.overlaps(&source))
        || guess.speakers.iter().any(|speaker| {
            speaker.mentions.iter().any(|mention| mention.overlaps(&source))
                || (last.is_some() && last_word(&speaker.name) == last)
        })
}

fn is_capitalised(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}
