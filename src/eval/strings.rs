//! Quoted strings of gold contents: what stands between double quotation marks.
//!
//! PolNeAR annotates contents and not quotations, so the strings are found here, by a rule much plainer than the one
//! that is judged: an opening curly mark and the next closing one, or a straight mark and the next straight one, in one
//! paragraph of one content. What is not closed there is left out. Where annotators left the outer marks to the text
//! around, they are taken in.
use crate::text::{Span, Text, words};

/// The strings between marks in a content, without the marks, that have at least `least` words.
#[must_use]
pub fn quoted_strings(text: &Text, content: &[Span], least: usize) -> Vec<Span> {
    let mut strings = Vec::new();
    for &part in content {
        let mut open: Option<(usize, char)> = None;
        for (offset, c) in text.chars_in(with_marks(text, part)) {
            match (c, open) {
                ('\n', _) => open = None,
                ('”', Some((start, '“'))) | ('"', Some((start, '"'))) => {
                    strings.push(Span::ordered(start, offset));
                    open = None;
                }
                ('“' | '"', None) => open = Some((offset + 1, c)),
                _ => {}
            }
        }
    }
    strings.retain(|string| words(text, *string).len() >= least);
    strings
}

/// The span with a mark right before and right behind it.
fn with_marks(text: &Text, span: Span) -> Span {
    let has_mark = |at: Option<usize>| at.and_then(|at| text.char_at(at)).is_some_and(is_mark);
    let start = span.start() - usize::from(has_mark(span.start().checked_sub(1)));
    Span::ordered(start, span.end() + usize::from(has_mark(Some(span.end()))))
}

/// Whether a span begins and ends with double marks and has none between them.
#[must_use]
pub fn is_in_marks(text: &Text, span: Span) -> bool {
    let span = text.trim(span);
    span.len() > 2
        && text.char_at(span.start()).is_some_and(is_mark)
        && text.char_at(span.end() - 1).is_some_and(is_mark)
        && !has_marks(text, Span::ordered(span.start() + 1, span.end() - 1))
}

/// Whether a double mark stands in a span.
#[must_use]
pub fn has_marks(text: &Text, span: Span) -> bool {
    text.chars_in(span).any(|(_, c)| is_mark(c))
}

fn is_mark(c: char) -> bool {
    matches!(c, '"' | '“' | '”')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn strings(string: &str, least: usize) -> Vec<String> {
        let text = Text::new(string);
        quoted_strings(&text, &[text.whole()], least).into_iter().map(|span| text.slice(span).to_owned()).collect()
    }

    #[test]
    fn strings_stand_between_marks_of_one_kind() {
        assert_eq!(
            strings("“We don’t \"know\" it,” he said. \"Not at all now.\"", 3),
            ["We don’t \"know\" it,", "Not at all now."]
        );
        assert_eq!(strings("the “safe road” and “the road that nobody takes”", 4), ["the road that nobody takes"]);
    }

    #[test]
    fn marks_around_a_content_are_taken_in() {
        let text = Text::new("“Nobody told us,” she said");
        let content = Span::new(1, 16).unwrap();
        let found = quoted_strings(&text, &[content], 1);
        assert_eq!(found.iter().map(|span| text.slice(*span)).collect::<Vec<_>>(), ["Nobody told us,"]);
    }

    #[test]
    fn an_open_mark_ends_with_its_paragraph() {
        assert_eq!(strings("“We go on\n“and on and on and on.”", 1), ["and on and on and on."]);
    }

    #[test]
    fn marks_around_and_inside_are_told_apart() {
        let around = |string: &str| is_in_marks(&Text::new(string), Text::new(string).whole());
        assert!(around(" “We go.” "));
        assert!(!around("that “we go.”"));
        assert!(!around("“We go,” “we stay.”"));
    }
}
