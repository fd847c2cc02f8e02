//! From lines to paragraphs. Most text has a paragraph a line; old archives and mails wrap lines at a fixed width.
use crate::text::{Span, Text, is_blank};

/// Lines of wrapped text are no longer than this, in code points.
const WIDEST: usize = 110;

/// Nor is text wrapped more narrowly than this.
const NARROWEST: usize = 40;

/// A line with something on it.
#[derive(Clone, Copy)]
struct Line {
    /// Without blanks at its ends.
    span: Span,
    /// Whether only a single line break stands between it and the line before.
    follows: bool,
}

/// The paragraphs of a text, trimmed, in order.
pub(super) fn paragraphs(text: &Text) -> Vec<Span> {
    joined(text, &lines(text, usize::MAX))
}

/// At least the first two paragraphs of a text, if it has them, without going through all of it.
pub(super) fn first_paragraphs(text: &Text) -> Vec<Span> {
    joined(text, &lines(text, 200))
}

fn joined(text: &Text, lines: &[Line]) -> Vec<Span> {
    let width = wrapping_width(text, lines);
    let mut found: Vec<Span> = Vec::new();
    let mut last: Option<Line> = None;
    for &line in lines {
        match (last, found.last_mut()) {
            (Some(before), Some(open)) if width.is_some_and(|width| continues(text, before, line, width)) => {
                *open = open.join(&line.span);
            }
            _ => found.push(line.span),
        }
        last = Some(line);
    }
    found
}

/// The first lines of a text that have something on them.
fn lines(text: &Text, most: usize) -> Vec<Line> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut breaks = 0;
    let mut before = None;
    let end = text.len();
    // A break behind the last character closes the last line.
    let breaking = text.chars_in(text.whole()).chain([(end, '\n')]);
    for (offset, c) in breaking {
        if !is_break(c) {
            before = Some(c);
            continue;
        }
        if !(c == '\n' && before == Some('\r')) {
            breaks += 1;
        }
        before = Some(c);
        let span = text.trim(Span::ordered(start, offset));
        start = (offset + 1).min(end);
        if !span.is_empty() {
            found.push(Line { span, follows: breaks <= 2 && !found.is_empty() });
            if found.len() == most {
                break;
            }
            breaks = 1;
        }
    }
    found
}

fn is_break(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\x0b' | '\x0c' | '\u{85}' | '\u{2028}' | '\u{2029}')
}

/// The width at which the text is wrapped, if nearly all its line breaks are where the next word would not have
/// fitted. A paragraph a line, verses and lists are not wrapped. A line that stands alone, such as a title or a note at the
/// end, may be wider.
fn wrapping_width(text: &Text, lines: &[Line]) -> Option<usize> {
    let broken = lines.windows(2).filter(|pair| pair[1].follows).map(|pair| pair[0]);
    let width = broken.map(|line| line.span.len()).max()?;
    if !(NARROWEST..=WIDEST).contains(&width) {
        return None;
    }
    let (mut pairs, mut full, mut open) = (0, 0, 0);
    for pair in lines.windows(2).filter(|pair| pair[1].follows) {
        pairs += 1;
        if fills(text, pair[0], pair[1], width) {
            full += 1;
            open += usize::from(starts_lower(text, pair[1]));
        }
    }
    // Half of all words inside a sentence begin lower-case, however they are wrapped.
    (pairs >= 2 && full * 10 >= pairs * 7 && open * 3 >= full).then_some(width)
}

/// Whether the first word of the next line would not have fitted on this one. Writers leave a few letters of room.
fn fills(text: &Text, line: Line, next: Line, width: usize) -> bool {
    let word = text.chars_in(next.span).take_while(|(_, c)| !is_blank(*c)).count();
    line.span.len() + 1 + word + 3 > width
}

fn starts_lower(text: &Text, line: Line) -> bool {
    text.char_at(line.span.start()).is_some_and(char::is_lowercase)
}

/// Whether a line of wrapped text goes on with the next one.
fn continues(text: &Text, line: Line, next: Line, width: usize) -> bool {
    let opening = text.slice(next.span);
    let item =
        opening.starts_with(['#', '>', '•', '|']) || ["- ", "* ", "+ "].iter().any(|mark| opening.starts_with(mark));
    next.follows && !item && !text.slice(line.span).starts_with('#') && fills(text, line, next, width)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(string: &str) -> Vec<String> {
        let text = Text::new(string);
        paragraphs(&text).into_iter().map(|span| text.slice(span).to_owned()).collect()
    }

    #[test]
    fn every_kind_of_line_break_divides() {
        assert_eq!(split("a\r\nb\rc\u{2028}d\n\n \t\ne\u{a0}\n"), ["a", "b", "c", "d", "e"]);
    }

    #[test]
    fn wrapped_paragraphs_are_joined() {
        let wrapped = "Ferry dispute\r\n\r\nThe envoys of both shores met in Liman on Tuesday to\r\ntalk about the ferry, \
                       which has not sailed since the\r\nstorm in March.\r\n\r\nNobody expects a quick end to a dispute \
                       that is\r\nolder than the ferry itself, officials of the harbor\r\nsaid after the talks.\r\n";
        let found = split(wrapped);
        assert_eq!(found.len(), 3);
        assert!(found[1].starts_with("The envoys") && found[1].ends_with("storm in March."));
        assert!(found[2].ends_with("after the talks."));
    }

    #[test]
    fn a_wide_line_that_stands_alone_does_not_hide_the_wrapping() {
        let wrapped = "The envoys of both shores met in Liman on Tuesday to\ntalk about the ferry, which has not sailed since \
                       the\nstorm in March, and about the harbor, which nobody has\nused since.\n\nThis note at the end was \
                       written on one line, however long it is, and so it is wider than the rest.\n";
        let found = split(wrapped);
        assert_eq!(found.len(), 2);
        assert!(found[0].ends_with("used since."));
    }

    #[test]
    fn a_paragraph_a_line_is_left_alone() {
        let plain =
            "The envoys met on Tuesday in Liman.\nThey talked about the ferry for hours.\nThe ferry did not sail.\n";
        assert_eq!(split(plain).len(), 3);
    }
}
