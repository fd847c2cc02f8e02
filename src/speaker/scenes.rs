//! Scenes for the tests of what is read off the words around source mentions.

use ndarray::Array2;

use super::cast::EntityAt;
use super::features::Places;
use super::meaning::Meaning;
use super::resolver::Scene;
use crate::quote::Mention;
use crate::text::{Text, covering};

/// Asks `question` about the last of `mentions` of a text whose word pieces are its words.
pub(super) fn ask<T>(string: &str, mentions: &[&str], question: impl FnOnce(&Scene, usize) -> T) -> T {
    let text = Text::new(string);
    let (mut pieces, mut paragraphs, mut end) = (Vec::new(), Vec::new(), 0);
    for word in string.split_whitespace() {
        let start = end + string[end..].find(word).expect("words in order");
        end = start + word.len();
        pieces.push(text.span_of_bytes(start..end));
        paragraphs.push(string[..start].matches("\n\n").count());
    }
    let mut from = 0;
    let found = mentions.iter().map(|words| {
        let start = from + string[from..].find(words).expect("mentions in order");
        from = start + words.len();
        let span = text.span_of_bytes(start..from);
        Mention { span, tokens: covering(&pieces, span), probability: 1.0, block: 0 }
    });
    let sources: Vec<Mention> = found.collect();
    let none = Array2::zeros((0, 0));
    let inside = vec![false; pieces.len()];
    let scene = Scene {
        text: &text,
        date: None,
        pieces: &pieces,
        places: Places { paragraphs: &paragraphs, inside: &inside },
        name_logits: &none,
        vectors: &none,
        known: &[],
        quotes: &[],
        sources: &sources,
    };
    question(&scene, sources.len() - 1)
}

/// What means these entities, jointly where they are several.
pub(super) fn meaning(entities: &[usize]) -> Meaning {
    Meaning { entities: entities.iter().map(|&at| (EntityAt(at), 1.0)).collect(), joint: entities.len() > 1 }
}
