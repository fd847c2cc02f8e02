//! Speakers by name: of all quotes, end to end, and of those found.
//!
//! A quote has the predicted quote most like it, from an IoU of .5. Its speakers are right if all are named, and nobody
//! else; one of `also_accepted` stands for all. Names are compared as [`agreement`](crate::eval::names::agreement)
//! says, where a last name alone agrees, too.
use super::matching::{SAME, best};
use super::quotes::{phenomena, regions};
use crate::annotation::QuoteKind;
use crate::eval::attribution::{Attribution, Speaker};
use crate::eval::gold::GoldArticle;
use crate::eval::ledger::{Ledger, Post};
use crate::eval::region::Region;

pub(super) fn score(ledger: &mut Ledger, unit: usize, gold: &GoldArticle, guess: &[Attribution]) {
    let text = &gold.article.text;
    let section = Post { section: "speakers", name: "", unit };
    let post = |name: &'static str| Post { name, ..section };
    let guess_regions = regions(text, guess);
    for quote in &gold.quotes {
        let region = Region::of(text, &quote.content);
        let found = best(&guess_regions, &region, SAME).map(|found| &guess[found]);
        let is_right = found.is_some_and(|found| quote.speakers_agree(&found.speakers));
        ledger.share(post("right of all quotes"), is_right);
        if quote.kind != QuoteKind::Indirect {
            ledger.share(post("right of quotes in marks"), is_right);
        }
        ledger.share(Post { name: &format!("right of {} quotes", quote.kind.word()), ..section }, is_right);
        if gold.layers.sources {
            ledger.share(Post { name: &format!("right, source is {}", quote.source_form()), ..section }, is_right);
        }
        for phenomenon in phenomena(text, quote, &gold.quotes) {
            let name = format!("{phenomenon}: speaker");
            ledger.share(Post { section: "by phenomenon", name: &name, unit }, is_right);
        }
        let Some(found) = found else { continue };
        ledger.share(post("right of quotes found (IoU .5)"), is_right);
        ledger.share(post("one of the speakers right, of quotes found"), has_one(quote, &found.speakers));
        let confidence = Post { section: "calibration error", name: "speaker", unit };
        if !found.speakers.is_empty() {
            ledger.calibration_of(confidence, found.source_form(), found.speaker_confidence, is_right);
        }
        if !is_right {
            ledger.confuse("speaker", &names(&quote.speakers), &names(&found.speakers));
        }
    }
}

fn has_one(quote: &Attribution, guess: &[Speaker]) -> bool {
    let mut accepted = quote.speakers.iter().chain(&quote.also_accepted);
    accepted.any(|speaker| guess.iter().any(|other| other.is(speaker)))
        || (quote.speakers.is_empty() && guess.is_empty())
}

fn names(speakers: &[Speaker]) -> String {
    let names: Vec<&str> = speakers
        .iter()
        .map(|speaker| if speaker.name.is_empty() { &speaker.id } else { &speaker.name })
        .map(String::as_str)
        .collect();
    if names.is_empty() { "nobody".to_owned() } else { names.join(" and ") }
}
