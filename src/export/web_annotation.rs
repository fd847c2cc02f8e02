//! W3C Web Annotation: an array of annotations in JSON-LD, one a quotation, each standing for itself.
//!
//! The target is the quotation, with a `TextPositionSelector` in code points and a `TextQuoteSelector` for texts that
//! have moved; a quotation of several stretches has as many targets. The bodies are who speaks (`identifying`), through
//! whom (`identifying`), how it is reported (`classifying`), each stance (`tagging`), and the words of cue, source and
//! evidence (`linking`). What the standard has no word for has one of ours, `ascribe:role`, `ascribe:entity`,
//! `ascribe:party`, `ascribe:stance`, `ascribe:probability`, which other programs pass over.
//!
//! An article is a text, and its IRI names the bytes that it was read from: `urn:ascribe:<sha256>`. Where it was published
//! is no place for these offsets, so that is only told as `via`.
use std::fmt::Write;

use serde_json::{Value, json};

use super::ExportError;
use super::exporter::name_of;
use super::form::Form;
use super::passage::{Passage, Passages};
use crate::annotation::{Annotation, Article, Quote};
use crate::text::Span;

pub(super) const FORM: Form = Form { opening, put, between: ",\n", closing: "\n]\n" };

/// Code points before and behind a quotation that help to find it again.
const SURROUNDINGS: usize = 32;

fn opening() -> String {
    "[\n".to_owned()
}

fn put(annotation: &Annotation) -> Result<Vec<u8>, ExportError> {
    let pages = Page { annotation, passages: Passages::of(annotation), iri: iri(&annotation.article)? };
    let quotes = annotation.quotes.iter().filter(|quote| !quote.spans.is_empty());
    let quotes: Result<Vec<String>, _> = quotes.map(|quote| Ok(pages.quote(quote)?.to_string())).collect();
    Ok(quotes?.join(FORM.between).into_bytes())
}

/// The IRI of an article's text.
fn iri(article: &Article) -> Result<String, ExportError> {
    let name = if article.sha256.is_empty() { name_of(article)? } else { &article.sha256 };
    Ok(format!("urn:ascribe:{}", escaped(name)))
}

/// A string as a part of an IRI.
fn escaped(string: &str) -> String {
    let mut escaped = String::new();
    for byte in string.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            escaped.push(byte.into());
        } else {
            // Writing to a string cannot fail.
            let _ = write!(escaped, "%{byte:02X}");
        }
    }
    escaped
}

/// An article whose quotations are put.
struct Page<'a> {
    annotation: &'a Annotation,
    passages: Passages<'a>,
    iri: String,
}

impl Page<'_> {
    fn quote(&self, quote: &Quote) -> Result<Value, ExportError> {
        let article = &self.annotation.article;
        let mut source = json!({"id": self.iri, "type": "Text", "format": "text/plain"});
        if let Some(url) = &article.url {
            source["via"] = json!(url);
        }
        let mut targets = Vec::new();
        for span in &quote.spans {
            let selector = self.selector(self.passages.at(span)?);
            targets.push(json!({"type": "SpecificResource", "source": source, "selector": selector}));
        }
        let tool = &self.annotation.tool;
        let id = if quote.id.is_empty() { format!("{}-{}", quote.start(), quote.end()) } else { escaped(&quote.id) };
        Ok(json!({
            "@context": ["http://www.w3.org/ns/anno.jsonld", {"ascribe": "urn:ascribe:vocabulary:"}],
            "id": format!("{}:{id}", self.iri),
            "type": "Annotation",
            "motivation": "identifying",
            "generator": {"type": "Software", "name": format!("ascribe {} {}", tool.version, tool.model).trim()},
            "body": self.bodies(quote)?,
            "target": targets,
        }))
    }

    fn bodies(&self, quote: &Quote) -> Result<Vec<Value>, ExportError> {
        let text = |purpose: &str, value: &str| json!({"type": "TextualBody", "purpose": purpose, "value": value});
        let mut bodies = vec![text("classifying", quote.kind.word())];
        for (role, ids) in [("speaker", &quote.speakers), ("via", &quote.via)] {
            for id in ids {
                let name = self.annotation.entity(id).map_or(id.as_str(), |entity| &entity.name);
                let mut body = text("identifying", name);
                body["ascribe:role"] = json!(role);
                body["ascribe:entity"] = json!(id);
                if role == "speaker" {
                    body["ascribe:probability"] = json!(quote.confidence.speaker);
                }
                bodies.push(body);
            }
        }
        for stance in &quote.stances {
            let word = stance.stance.word();
            let mut body = text("tagging", &format!("{word} {}", stance.party));
            body["ascribe:party"] = json!(stance.party);
            body["ascribe:stance"] = json!(word);
            body["ascribe:probability"] = json!(stance.probabilities.of(stance.stance));
            bodies.push(body);
        }
        if let Some(cue) = &quote.cue {
            bodies.push(self.words("cue", self.passages.at(cue)?));
        }
        if let Some(source) = &quote.source {
            bodies.push(self.words("source", self.passages.at(source)?));
        }
        for stance in &quote.stances {
            for words in &stance.evidence {
                let mut body = self.words("evidence", self.passages.at(words)?);
                body["ascribe:party"] = json!(stance.party);
                bodies.push(body);
            }
        }
        Ok(bodies)
    }

    /// Words of the article that say something of a quotation.
    fn words(&self, role: &str, passage: Passage<'_>) -> Value {
        json!({
            "type": "SpecificResource", "purpose": "linking", "source": self.iri,
            "selector": self.selector(passage), "ascribe:role": role,
        })
    }

    fn selector(&self, Passage { span, words }: Passage<'_>) -> Value {
        let text = &self.passages.text;
        let (start, end) = (span.start(), span.end());
        let prefix = text.slice(Span::ordered(start.saturating_sub(SURROUNDINGS), start));
        let suffix = text.slice(Span::ordered(end, text.len().min(end + SURROUNDINGS)));
        json!([
            {"type": "TextPositionSelector", "start": start, "end": end},
            {"type": "TextQuoteSelector", "exact": words, "prefix": prefix, "suffix": suffix},
        ])
    }
}
