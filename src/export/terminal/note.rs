//! The note under a paragraph: who said it, how sure that is, and how they stand toward whom.
use anstyle::Style;

use super::paint::Palette;
use super::wrap::Line;
use crate::annotation::{Annotation, Quote};

/// One line about a quote.
pub(super) fn note(annotation: &Annotation, quote: &Quote) -> Line {
    let plain = Style::new();
    let mut line = Line::of(&format!("  {:<4}", quote.id), Palette::ASIDE);
    line.push(&format!("{:<9}", quote.kind.word()), Palette::quote(quote.kind));
    if quote.speakers.is_empty() {
        line.push("speaker unknown", plain);
        if let Some(likely) = quote.candidates.first() {
            line.push(&format!(", perhaps {} {}", name(annotation, &likely.entity), likely.probability), plain);
        }
    } else {
        let names: Vec<&str> = quote.speakers.iter().map(|id| name(annotation, id)).collect();
        line.push(&names.join(" and "), Palette::SPEAKER);
        line.push(&format!(" {}", quote.confidence.speaker), plain);
    }
    if !quote.via.is_empty() {
        let names: Vec<&str> = quote.via.iter().map(|id| name(annotation, id)).collect();
        line.push(&format!(" via {}", names.join(" and ")), plain);
    }
    for stance in &quote.stances {
        line.push(" · ", Palette::ASIDE);
        line.push(&format!("{} {}", stance.stance.word(), stance.party), Palette::stance(stance.stance));
        line.push(&format!(" {}", stance.probabilities.of(stance.stance)), plain);
    }
    for flag in &quote.flags {
        line.push(&format!(" · {}", flag.word()), Palette::WARNING);
    }
    if let Some(earlier) = &quote.repeats {
        line.push(&format!(" · repeats {earlier}"), Palette::ASIDE);
    }
    if let Some(review) = &quote.review {
        line.push(&format!(" · reviewed: {}", review.verdict.word()), Palette::ASIDE);
    }
    line
}

/// An entity's name, or its id where the annotation does not know it.
fn name<'a>(annotation: &'a Annotation, id: &'a str) -> &'a str {
    annotation.entity(id).map_or(id, |entity| entity.name.as_str())
}
