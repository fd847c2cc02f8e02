//! [`Passages`]: the words around the quotations of an article, which the page shows when a figure is opened.
//!
//! A page with whole articles would be too large to mail, and would pass on texts that belong to others; a paragraph is
//! enough to see a quotation in its place. Offsets are in UTF-16 units of the passage, as JavaScript counts.
use serde::Serialize;

use crate::annotation::{Annotation, Quote};

/// Code points that are kept on each side of a quotation where its paragraph is long.
const SIDE: usize = 280;

/// The passages of an article and what is marked in them. Tuples, since names would be repeated for every quotation.
#[derive(Debug, Default, PartialEq, Eq, Serialize)]
pub(super) struct Passages(Vec<String>, Vec<Marked>);

/// A quotation in its passage.
#[derive(Debug, PartialEq, Eq, Serialize)]
struct Marked {
    /// Position of the passage.
    #[serde(rename = "p")]
    passage: usize,
    /// Start and end of every span.
    #[serde(rename = "s")]
    spans: Vec<usize>,
    /// Start and end of the cue and of the source.
    #[serde(rename = "a", skip_serializing_if = "Vec::is_empty")]
    attribution: Vec<usize>,
    /// For every stance, start and end of each piece of evidence.
    #[serde(rename = "e", skip_serializing_if = "Vec::is_empty")]
    evidence: Vec<Vec<usize>>,
}

/// A stretch of the article.
struct Window<'a> {
    text: &'a [char],
    from: usize,
    to: usize,
}

/// The passages of an annotation, one for quotations in the same words of the article.
pub(super) fn passages(annotation: &Annotation) -> Passages {
    let text: Vec<char> = annotation.article.text.chars().collect();
    let mut passages = Passages::default();
    for quote in &annotation.quotes {
        passages.place(&text, quote);
    }
    passages
}

impl Passages {
    fn place(&mut self, text: &[char], quote: &Quote) {
        // A file can hold anything. Where offsets do not fit the text, the words stand alone.
        let Some(window) = Window::around(text, quote.start(), quote.end()) else {
            let words = quote.words();
            let whole = vec![0, words.encode_utf16().count()];
            self.0.push(words);
            self.1.push(Marked {
                passage: self.0.len() - 1,
                spans: whole,
                attribution: Vec::new(),
                evidence: Vec::new(),
            });
            return;
        };
        let passage = window.passage();
        let at = self.0.iter().rposition(|earlier| *earlier == passage).unwrap_or_else(|| {
            self.0.push(passage);
            self.0.len() - 1
        });
        let cue = quote.cue.iter().map(|cue| (cue.start, cue.end));
        let source = quote.source.iter().map(|source| (source.start, source.end));
        let evidence = quote
            .stances
            .iter()
            .map(|stance| window.offsets(stance.evidence.iter().map(|words| (words.start, words.end))));
        self.1.push(Marked {
            passage: at,
            spans: window.offsets(quote.spans.iter().map(|span| (span.start, span.end))),
            attribution: window.offsets(cue.chain(source)),
            evidence: evidence.collect(),
        });
    }
}

impl<'a> Window<'a> {
    /// The paragraph around a stretch, cut between words where it is long.
    fn around(text: &'a [char], start: usize, end: usize) -> Option<Self> {
        if start >= end || end > text.len() {
            return None;
        }
        let before = &text[..start];
        let paragraph = before.iter().rposition(|c| *c == '\n').map_or(0, |at| at + 1);
        let mut from = paragraph;
        if start - paragraph > SIDE {
            let near = start - SIDE;
            from = text[near..start].iter().position(|c| c.is_whitespace()).map_or(near, |at| near + at + 1);
        }
        let behind = &text[end..];
        let paragraph = behind.iter().position(|c| *c == '\n').map_or(text.len(), |at| end + at);
        let mut to = paragraph;
        if paragraph - end > SIDE {
            let near = end + SIDE;
            to = text[end..near].iter().rposition(|c| c.is_whitespace()).map_or(near, |at| end + at);
        }
        Some(Self { text, from, to })
    }

    fn is_cut_before(&self) -> bool {
        self.from > 0 && self.text[self.from - 1] != '\n'
    }

    /// The words, with an ellipsis where the paragraph was cut.
    fn passage(&self) -> String {
        let before = self.is_cut_before().then_some('…');
        let behind = self.text.get(self.to).is_some_and(|c| *c != '\n').then_some('…');
        before.into_iter().chain(self.text[self.from..self.to].iter().copied()).chain(behind).collect()
    }

    /// Stretches of the article that lie in the window, as starts and ends in the passage.
    fn offsets(&self, stretches: impl Iterator<Item = (usize, usize)>) -> Vec<usize> {
        let inside = stretches.filter(|(start, end)| self.from <= *start && start < end && *end <= self.to);
        inside.flat_map(|(start, end)| [self.offset(start), self.offset(end)]).collect()
    }

    fn offset(&self, at: usize) -> usize {
        let ellipsis = usize::from(self.is_cut_before());
        ellipsis + self.text[self.from..at].iter().map(|c| c.len_utf16()).sum::<usize>()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchored, sample};

    /// What offsets cover in a passage.
    fn covered(passage: &str, offsets: &[usize]) -> Vec<String> {
        let units: Vec<u16> = passage.encode_utf16().collect();
        offsets.chunks(2).map(|pair| String::from_utf16(&units[pair[0]..pair[1]]).unwrap()).collect()
    }

    #[test]
    fn a_passage_is_the_paragraph_with_its_marks() {
        let Passages(passages, marked) = passages(&sample());
        assert_eq!(passages.len(), 3);
        assert!(passages[0].starts_with("ANKARA – ") && passages[0].ends_with("“Russia can end it.”"));
        let second = &marked[1];
        let of = |offsets| covered(&passages[second.passage], offsets);
        assert_eq!(of(&second.spans), ["Russia can end it."]);
        assert_eq!(of(&second.attribution), ["said", "NATO Secretary General Jens Stoltenberg"]);
        assert_eq!(of(&second.evidence[0]), ["Russia"]);
    }

    #[test]
    fn a_long_paragraph_is_cut_between_words() {
        let mut annotation = sample();
        let side = "🙂 snow ".repeat(100);
        annotation.article.text = format!("{side}Russia can end it.{side}");
        let start = side.chars().count();
        let span = Anchored { start, end: start + 18, text: "Russia can end it.".to_owned() };
        annotation.quotes.truncate(1);
        annotation.quotes[0].spans = vec![span];
        let Passages(passages, marked) = passages(&annotation);
        assert!(passages[0].starts_with("…") && passages[0].ends_with("…") && passages[0].chars().count() < 600);
        assert_eq!(covered(&passages[0], &marked[0].spans), ["Russia can end it."]);
        assert!(marked[0].attribution.is_empty());
    }

    #[test]
    fn words_stand_alone_where_offsets_do_not_fit() {
        let mut annotation = sample();
        annotation.quotes[0].spans[0].end = 9999;
        let Passages(passages, marked) = passages(&annotation);
        assert_eq!(covered(&passages[0], &marked[0].spans), ["The shelling must stop today,"]);
    }
}
