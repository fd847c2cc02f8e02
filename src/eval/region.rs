//! [`Region`]: the characters of some spans that count when two spans are compared.
//!
//! Gold contents of PolNeAR begin with a quotation mark or with `that`, our quotes stand inside the marks and behind
//! `that`; a comma and a blank between two spans of one content are nobody's mistake. So quotation marks and white
//! space never count. An apostrophe counts between two letters or digits only, since it is the same character as a
//! closing single mark; both sides lose the same characters, whichever it was.
use crate::text::{Span, Text, is_blank};

/// The counted characters of one or more spans: runs in order that neither touch nor overlap.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Region {
    runs: Vec<Span>,
}

impl Region {
    /// The characters of spans that are no quotation marks and no white space.
    ///
    /// # Panics
    /// When a span reaches beyond the text.
    #[must_use]
    pub fn of(text: &Text, spans: &[Span]) -> Self {
        let mut runs = Vec::new();
        for &span in spans {
            let mut start = None;
            for (offset, c) in text.chars_in(span) {
                match (start, counts(text, offset, c)) {
                    (None, true) => start = Some(offset),
                    (Some(from), false) => {
                        runs.push(Span::ordered(from, offset));
                        start = None;
                    }
                    _ => {}
                }
            }
            runs.extend(start.map(|from| Span::ordered(from, span.end())));
        }
        Self::merged(runs)
    }

    /// As [`Region::of`], without the word `that` (and what stands before it) where the first span begins with it.
    ///
    /// # Panics
    /// When a span reaches beyond the text.
    #[must_use]
    pub fn of_content(text: &Text, spans: &[Span]) -> Self {
        let mut spans = spans.to_vec();
        spans.sort_unstable();
        if let Some(first) = spans.first_mut() {
            *first = behind_that(text, *first);
        }
        Self::of(text, &spans)
    }

    /// The characters of all the regions together.
    #[must_use]
    pub fn union<'a>(regions: impl IntoIterator<Item = &'a Self>) -> Self {
        Self::merged(regions.into_iter().flat_map(|region| region.runs.iter().copied()).collect())
    }

    fn merged(mut runs: Vec<Span>) -> Self {
        runs.sort_unstable();
        let mut merged: Vec<Span> = Vec::with_capacity(runs.len());
        for run in runs.into_iter().filter(|run| !run.is_empty()) {
            match merged.last_mut() {
                Some(last) if run.start() <= last.end() => *last = last.join(&run),
                _ => merged.push(run),
            }
        }
        Self { runs: merged }
    }

    /// The region without the characters of spans.
    #[must_use]
    pub fn without(&self, spans: &[Span]) -> Self {
        let mut runs = self.runs.clone();
        for cut in spans {
            runs = runs
                .into_iter()
                .flat_map(|run| {
                    if !run.overlaps(cut) {
                        return vec![run];
                    }
                    let before = Span::ordered(run.start(), run.start().max(cut.start()));
                    let behind = Span::ordered(run.end().min(cut.end()), run.end());
                    vec![before, behind]
                })
                .collect();
        }
        Self::merged(runs)
    }

    /// Whether no character counts.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.runs.is_empty()
    }

    /// Number of counted characters, in code points.
    #[must_use]
    pub fn len(&self) -> usize {
        self.runs.iter().map(|run| run.len()).sum()
    }

    /// The span from the first to the last counted character.
    #[must_use]
    pub fn bounds(&self) -> Option<Span> {
        Some(self.runs.first()?.join(self.runs.last()?))
    }

    /// Number of characters in both.
    #[must_use]
    pub fn shared(&self, other: &Self) -> usize {
        let (mut left, mut right, mut shared) = (0, 0, 0);
        while let (Some(one), Some(two)) = (self.runs.get(left), other.runs.get(right)) {
            shared += one.intersect(two).map_or(0, Span::len);
            if one.end() < two.end() {
                left += 1;
            } else {
                right += 1;
            }
        }
        shared
    }

    /// Characters in both over characters in either, 0 where nothing is in either.
    #[must_use]
    pub fn iou(&self, other: &Self) -> f64 {
        let shared = self.shared(other);
        let either = self.len() + other.len() - shared;
        if either == 0 { 0.0 } else { shared as f64 / either as f64 }
    }

    /// The stretches from a first to a last counted character between which nothing that counts is left out.
    #[must_use]
    pub fn pieces(&self, text: &Text) -> Vec<Span> {
        let mut pieces: Vec<Span> = Vec::new();
        for run in &self.runs {
            match pieces.last_mut() {
                Some(last) if Self::of(text, &[Span::ordered(last.end(), run.start())]).is_empty() => {
                    *last = last.join(run);
                }
                _ => pieces.push(*run),
            }
        }
        pieces
    }
}

/// Whether a character counts where it stands.
fn counts(text: &Text, offset: usize, c: char) -> bool {
    let letter_at = |at: Option<usize>| at.and_then(|at| text.char_at(at)).is_some_and(char::is_alphanumeric);
    match c {
        '"' | '“' | '”' | '„' | '‟' | '«' | '»' | '‹' | '›' => false,
        '\'' | '`' | '‘' | '’' | '‚' | '‛' => letter_at(offset.checked_sub(1)) && letter_at(Some(offset + 1)),
        _ => !is_blank(c),
    }
}

/// The span from behind its first word, if that is `that`.
fn behind_that(text: &Text, span: Span) -> Span {
    let mut counted = text.chars_in(span).skip_while(|&(offset, c)| !counts(text, offset, c));
    let is_that = "that".chars().all(|letter| counted.next().is_some_and(|(_, c)| c.eq_ignore_ascii_case(&letter)));
    match counted.next() {
        Some((offset, c)) if is_that && is_blank(c) => Span::ordered(offset, span.end()),
        _ => span,
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn find(text: &Text, words: &str) -> Span {
        let at = text.as_str().find(words).unwrap();
        text.span_of_bytes(at..at + words.len())
    }

    fn covered(text: &Text, region: &Region) -> Vec<String> {
        region.pieces(text).into_iter().map(|piece| text.slice(piece).to_owned()).collect()
    }

    #[test]
    fn marks_blanks_and_a_leading_that_do_not_count() {
        let text = Text::new("Orla said that “the dam’s gates’ locks ‘hold’ ” for now");
        let gold = Region::of_content(&text, &[find(&text, "that “the dam’s gates’ locks ‘hold’ ”")]);
        let ours = Region::of_content(&text, &[find(&text, "the dam’s gates’ locks ‘hold’ ")]);
        assert_eq!(gold, ours);
        assert_eq!(covered(&text, &gold), ["the dam’s gates’ locks ‘hold"]);
        let that_counts = Region::of(&text, &[find(&text, "that “the dam")]);
        assert_eq!(covered(&text, &that_counts), ["that “the dam"]);
    }

    #[test]
    fn that_is_dropped_as_a_word_only() {
        let text = Text::new("thatched roofs burn");
        assert_eq!(covered(&text, &Region::of_content(&text, &[text.whole()])), ["thatched roofs burn"]);
    }

    #[test]
    fn pieces_close_over_what_does_not_count() {
        let text = Text::new("“Yes,” Orla said. “No.” “Never.”");
        let spans = ["Yes,", "No.", "Never."].map(|words| find(&text, words));
        assert_eq!(covered(&text, &Region::of(&text, &spans)), ["Yes,", "No.” “Never."]);
    }

    #[test]
    fn masked_characters_are_cut_out() {
        let text = Text::new("one two three");
        let region = Region::of(&text, &[text.whole()]).without(&[find(&text, "two")]);
        assert_eq!(covered(&text, &region), ["one", "three"]);
        assert_eq!(region.len(), 8);
    }

    proptest! {
        #[test]
        fn overlap_is_symmetric_and_full_with_itself(
            string in "[a-d’“” ]{1,40}",
            borders in prop::collection::vec((0usize..40, 0usize..40), 2..5),
        ) {
            let text = Text::new(string);
            let spans: Vec<Span> = borders
                .iter()
                .map(|&(a, b)| (a.min(text.len()), b.min(text.len())))
                .map(|(a, b)| Span::ordered(a.min(b), a.max(b)))
                .collect();
            let (one, two) = (Region::of(&text, &spans[..1]), Region::of(&text, &spans[1..]));
            prop_assert_eq!(one.shared(&two), two.shared(&one));
            prop_assert!((one.iou(&two) - two.iou(&one)).abs() < 1e-12);
            prop_assert!(one.is_empty() || (one.iou(&one) - 1.0).abs() < 1e-12);
            prop_assert_eq!(one.shared(&two) + one.without(&spans[1..]).len(), one.len());
        }
    }
}
