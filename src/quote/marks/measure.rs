//! Feet and inches, minutes and seconds: marks that look like quotation marks and measure something (5'10").
use crate::text::{Span, Text};

pub(super) fn is_digit(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '½' | '¼' | '¾')
}

const fn is_foot(c: char) -> bool {
    matches!(c, '\'' | '’' | '′')
}

/// Whether a text ends in a number that stands after a foot or minute mark: `5'10`, `45°30'15`, `6' 2`. What
/// follows is an inch or second mark, then.
pub(super) fn ends_after_foot(text: &[char]) -> bool {
    foot_start(text).is_some()
}

/// Where a number with foot mark and inches that ends the text begins, without its inch mark.
fn foot_start(text: &[char]) -> Option<usize> {
    let mut rest = trim_one_space(text);
    rest = trim_while(rest, |c| matches!(c, '½' | '¼' | '¾'), 1);
    let inches = trim_while(rest, |c| c.is_ascii_digit(), 4);
    if inches.len() == rest.len() {
        return None;
    }
    let mut digits = rest.len() - inches.len();
    rest = inches;
    if let Some((&('.' | ','), head)) = rest.split_last() {
        let whole = trim_while(head, |c| c.is_ascii_digit(), 2);
        digits = head.len() - whole.len();
        rest = whole;
    }
    if digits == 0 || digits > 2 {
        return None;
    }
    let (&foot, head) = trim_one_space(rest).split_last()?;
    let head = if foot == ';' { strip_entity(head)? } else { is_foot(foot).then_some(head)? };
    let head = trim_one_space(head);
    let feet = trim_while(head, |c| c.is_ascii_digit(), 3);
    if feet.len() == head.len() {
        return None;
    }
    let degrees = feet.strip_suffix(&['°']).map(|head| trim_while(head, |c| c.is_ascii_digit(), 3));
    Some(degrees.unwrap_or(feet).len())
}

/// Takes `&#39` off, the rest of a foot mark written as a character reference.
fn strip_entity(text: &[char]) -> Option<&[char]> {
    text.strip_suffix(&['&', '#', '3', '9'])
}

fn trim_one_space(text: &[char]) -> &[char] {
    match text.split_last() {
        Some((last, head)) if last.is_whitespace() => head,
        _ => text,
    }
}

fn trim_while(text: &[char], keep: impl Fn(char) -> bool, most: usize) -> &[char] {
    let count = text.iter().rev().take(most).take_while(|&&c| keep(c)).count();
    &text[..text.len() - count]
}

/// The measures inside a span, each from its number to its inch or second mark.
pub(crate) fn measures(text: &Text, span: Span) -> Vec<Span> {
    let slice = text.slice(span);
    if !slice.contains(is_foot) {
        return Vec::new();
    }
    let chars: Vec<char> = slice.chars().collect();
    let mut found = Vec::new();
    let mut settled = 0;
    for (offset, &c) in chars.iter().enumerate() {
        if matches!(c, '"' | '”' | '″')
            && let Some(start) = foot_start(&chars[settled..offset])
            && let Ok(measure) = Span::new(span.start() + settled + start, span.start() + offset + 1)
        {
            found.push(measure);
            settled = offset + 1;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn measures_in(string: &str) -> Vec<String> {
        let text = Text::new(string);
        measures(&text, text.whole()).into_iter().map(|span| text.slice(span).to_owned()).collect()
    }

    #[test]
    fn feet_and_inches_are_measures() {
        assert_eq!(measures_in(r#"He is 5'10" tall, she 6' 2½", it 4’11”."#), [r#"5'10""#, "6' 2½\"", "4’11”"]);
        assert_eq!(measures_in("at 45°30'15.5\" north"), ["45°30'15.5\""]);
    }

    #[test]
    fn quoted_numbers_are_not() {
        assert_eq!(measures_in(r#"the '90s, "1984", a 6" pipe, "in '95""#), [""; 0]);
    }
}
