//! The standoff annotation of one article.
use std::collections::HashMap;
use std::fmt::Write;

use crate::annotation::{Annotation, Quote, Stance};
use crate::export::ExportError;
use crate::export::passage::{Passages, Place};
use crate::text::{Span, Text};

/// The lines of an `.ann` file.
pub(super) fn standoff(annotation: &Annotation) -> Result<String, ExportError> {
    let passages = Passages::of(annotation);
    let mut standoff = Standoff { passages, bounds: HashMap::new(), lines: String::new(), numbers: HashMap::new() };
    for quote in &annotation.quotes {
        standoff.quote(annotation, quote)?;
    }
    Ok(standoff.lines)
}

struct Standoff<'a> {
    passages: Passages<'a>,
    /// Ids of text-bound annotations by what they say: the parts of one speech share their cue and source.
    bounds: HashMap<String, String>,
    lines: String,
    /// The last number behind each letter.
    numbers: HashMap<char, usize>,
}

impl Standoff<'_> {
    fn quote(&mut self, annotation: &Annotation, quote: &Quote) -> Result<(), ExportError> {
        let spans: Result<Vec<Span>, _> = quote.spans.iter().map(|span| Ok(self.passages.at(span)?.span)).collect();
        let Some(content) = self.bound("Content", &spans?, &note(annotation, quote)) else { return Ok(()) };
        self.line('A', &format!("Kind {content} {}", quote.kind.word()));
        if let Some(source) = &quote.source {
            let source = self.words("Source", source, "")?;
            self.relate("Attribution", &content, source);
        }
        if let Some(cue) = &quote.cue {
            let cue = self.words("Cue", cue, "")?;
            self.relate("Report", &content, cue);
        }
        for stance in &quote.stances {
            let relation = match stance.stance {
                Stance::Favor => "Favor",
                Stance::Neutral => "Neutral",
                Stance::Against => "Against",
            };
            for words in &stance.evidence {
                let party = self.words("Party", words, &stance.party)?;
                self.relate(relation, &content, party);
            }
        }
        Ok(())
    }

    /// Binds words that a quotation is related to.
    fn words(&mut self, kind: &str, words: &impl Place, note: &str) -> Result<Option<String>, ExportError> {
        let span = self.passages.at(words)?.span;
        Ok(self.bound(kind, &[span], note))
    }

    fn relate(&mut self, relation: &str, from: &str, to: Option<String>) {
        if let Some(to) = to {
            self.line('R', &format!("{relation} Arg1:{from} Arg2:{to}"));
        }
    }

    /// The id of a text-bound annotation with its note, put unless it is there; none where its spans cover nothing.
    fn bound(&mut self, kind: &str, spans: &[Span], note: &str) -> Option<String> {
        let fragments: Vec<Span> = spans.iter().flat_map(|&span| fragments(&self.passages.text, span)).collect();
        if fragments.is_empty() {
            return None;
        }
        let offsets: Vec<String> = fragments.iter().map(|span| format!("{} {}", span.start(), span.end())).collect();
        let words: Vec<&str> = fragments.iter().map(|&span| self.passages.text.slice(span)).collect();
        let said = format!("{kind} {}\t{}", offsets.join(";"), words.join(" "));
        let known = format!("{said}\t{note}");
        if let Some(id) = self.bounds.get(&known) {
            return Some(id.clone());
        }
        let id = self.line('T', &said);
        if !note.is_empty() {
            self.line('#', &format!("AnnotatorNotes {id}\t{}", note.replace(['\n', '\r', '\t'], " ")));
        }
        self.bounds.insert(known, id.clone());
        Some(id)
    }

    /// Puts a line; its first letter says what it is. Gives its id back.
    fn line(&mut self, letter: char, said: &str) -> String {
        let number = self.numbers.entry(letter).or_default();
        *number += 1;
        let id = format!("{letter}{number}");
        // Writing to a string cannot fail.
        let _ = writeln!(self.lines, "{id}\t{said}");
        id
    }
}

/// The parts of a span that lie on one line each, since brat's lines end where the text's do.
fn fragments(text: &Text, span: Span) -> Vec<Span> {
    let mut fragments = Vec::new();
    let mut start = span.start();
    for (offset, c) in text.chars_in(span).chain([(span.end(), '\n')]) {
        if matches!(c, '\n' | '\r') {
            fragments.push(text.trim(Span::ordered(start, offset)));
            start = offset + 1;
        }
    }
    fragments.retain(|fragment| !fragment.is_empty());
    fragments
}

/// What is known of a quotation besides its place.
fn note(annotation: &Annotation, quote: &Quote) -> String {
    let name = |id: &String| annotation.entity(id).map_or_else(|| id.clone(), |entity| entity.name.clone());
    let mut parts = vec![quote.id.clone()];
    parts.extend(quote.speakers.iter().map(|id| format!("speaker {}", name(id))));
    parts.extend(quote.via.iter().map(|id| format!("via {}", name(id))));
    parts.extend(quote.stances.iter().map(|stance| format!("{} {}", stance.stance.word(), stance.party)));
    parts.join("; ")
}
