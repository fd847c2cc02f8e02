//! Sentences. Coreference and window borders need them, and news is full of full stops that end none: `U.S.`,
//! `Feb. 11`, `Gen. Milley`. The rules are written for English; the crates at hand either print, need whole
//! paragraphs of their own, or split after every initial.
use super::abbreviations::{BEFORE_NUMBER, NEVER_LAST, SAYING, SOMETIMES_LAST, STARTERS};
use super::{Span, Text, is_blank};

/// The sentences of a span, trimmed, in order; every character that is not blank lies in exactly one. A blank line
/// always ends a sentence, a single line break does not.
///
/// # Panics
/// When the span reaches beyond the text.
#[must_use]
pub fn sentences(text: &Text, span: Span) -> Vec<Span> {
    let chars: Vec<char> = text.slice(span).chars().collect();
    let mut found = Vec::new();
    let mut start = 0;
    let mut at = 0;
    while at < chars.len() {
        let end = match chars[at] {
            '.' | '!' | '?' | '…' | '。' | '！' | '？' => end_after(&chars, at),
            '\n' => blank_line_after(&chars, at),
            _ => None,
        };
        at = end.unwrap_or(at + 1);
        if end.is_some() {
            push_trimmed(text, span.start() + start, span.start() + at, &mut found);
            start = at;
        }
    }
    push_trimmed(text, span.start() + start, span.end(), &mut found);
    found
}

fn push_trimmed(text: &Text, start: usize, end: usize, found: &mut Vec<Span>) {
    let sentence = text.trim(Span::ordered(start, end));
    if !sentence.is_empty() {
        found.push(sentence);
    }
}

/// Behind a line break: the place from which only blanks lead to another line break.
fn blank_line_after(chars: &[char], at: usize) -> Option<usize> {
    let gap = chars[at + 1..].iter().position(|&c| c == '\n' || !is_blank(c))?;
    (chars[at + 1 + gap] == '\n').then_some(at + 1 + gap)
}

/// The end of the sentence that the terminator at `at` closes, if it closes one.
fn end_after(chars: &[char], at: usize) -> Option<usize> {
    let stop = at + chars[at..].iter().take_while(|&&c| is_terminator(c)).count();
    let closed = stop + chars[stop..].iter().take_while(|&&c| is_closer(c)).count();
    let gap = chars[closed..].iter().take_while(|&&c| is_blank(c)).count();
    let next = closed + gap;
    if next == chars.len() {
        return Some(next);
    }
    if matches!(chars[at], '。' | '！' | '？') {
        return Some(closed);
    }
    // `attack.”He said`: a forgotten blank behind a closing mark that cannot be an opening one.
    let forgotten = gap == 0 && closed > stop && chars[closed - 1] == '”';
    if gap == 0 && !forgotten {
        return None;
    }
    let (word, behind_opener) = next_word(chars, next);
    let first = *word.first()?;
    let starts = first.is_uppercase() || first.is_numeric() || !(first.is_lowercase() || first.is_ascii_punctuation());
    if !starts {
        return None;
    }
    let quoted = closed > stop;
    if chars[at] == '.' && stop == at + 1 && !quoted && !ends_despite_point(chars, at, &word, behind_opener) {
        return None;
    }
    // “Why now?” Demir asked: the attribution belongs to the sentence that it follows.
    if quoted && chars[at] != '.' && attribution_follows(&chars[next..]) {
        return None;
    }
    Some(closed)
}

fn is_terminator(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | '。' | '！' | '？')
}

fn is_closer(c: char) -> bool {
    matches!(c, '"' | '”' | '“' | '’' | '\'' | '»' | ')' | ']' | '」' | '』')
}

/// The word that begins at or behind opening marks, and whether there were any.
fn next_word(chars: &[char], at: usize) -> (Vec<char>, bool) {
    let openers = chars[at..]
        .iter()
        .take_while(|&&c| {
            matches!(c, '"' | '“' | '„' | '‘' | '\'' | '«' | '(' | '[' | '¿' | '¡' | '—' | '–' | '-' | '•' | '#' | '@')
        })
        .count();
    let begin = at + openers;
    let word = chars[begin..].iter().take_while(|c| !is_blank(**c)).copied().collect();
    (word, openers > 0)
}

/// Whether a sentence ends at a single full stop although the word before it may be an abbreviation.
fn ends_despite_point(chars: &[char], at: usize, next: &[char], behind_opener: bool) -> bool {
    let begin = chars[..at].iter().rposition(|&c| !(c.is_alphanumeric() || c == '.')).map_or(0, |before| before + 1);
    let token: String = chars[begin..at].iter().collect();
    let key = token.to_lowercase();
    let key = key.as_str();
    let capital = token.chars().next().is_some_and(char::is_uppercase);
    if NEVER_LAST.contains(&key) && (capital || key.contains('.') || matches!(key, "vs" | "cf" | "al")) {
        return false;
    }
    if BEFORE_NUMBER.contains(&key) && next[0].is_numeric() {
        return false;
    }
    let initials = token.split('.').all(|part| part.chars().count() == 1 && part.chars().all(char::is_alphabetic));
    let one_initial = initials && !token.contains('.');
    // `J. Edgar`, but `vitamin C. The`, and `I` ends sentences as it stands.
    if one_initial && capital && token != "I" {
        return is_starter(next);
    }
    if (initials && token.contains('.')) || SOMETIMES_LAST.contains(&key) {
        return behind_opener || is_starter(next);
    }
    true
}

fn is_starter(word: &[char]) -> bool {
    let letters: String = word.iter().take_while(|c| c.is_alphabetic()).flat_map(|c| c.to_lowercase()).collect();
    STARTERS.contains(&letters.as_str())
}

/// Whether a name of up to five words and a verb of saying follow.
fn attribution_follows(rest: &[char]) -> bool {
    let rest: String = rest.iter().take(120).collect();
    let mut words = rest.split(is_blank).filter(|word| !word.is_empty());
    let mut names = 0;
    loop {
        let Some(word) = words.next() else {
            return false;
        };
        let bare: String = word.chars().filter(|c| c.is_alphabetic()).collect();
        if SAYING.contains(&bare.as_str()) {
            return names > 0;
        }
        let nominal = word.chars().next().is_some_and(char::is_uppercase)
            || matches!(word, "the" | "of" | "president" | "minister" | "spokesman" | "spokesperson");
        names += 1;
        if !nominal || names > 5 || word.ends_with(['.', '!', '?']) && bare.len() > 3 {
            return false;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(string: &str) -> Vec<String> {
        let text = Text::new(string);
        sentences(&text, text.whole()).into_iter().map(|span| text.slice(span).to_owned()).collect()
    }

    #[test]
    fn abbreviations_end_nothing() {
        let one = "On Feb. 11 the U.S. Special Envoy met Gen. A. B. Arslan at 5 p.m. Ankara time, officials said.";
        assert_eq!(split(one), [one]);
        assert_eq!(
            split("Article No. 5 of St. Malo.  Mr. Wren agreed."),
            ["Article No. 5 of St. Malo.", "Mr. Wren agreed."]
        );
    }

    #[test]
    fn abbreviations_end_a_sentence_before_a_starter() {
        assert_eq!(split("He went to the U.S. The talks failed."), ["He went to the U.S.", "The talks failed."]);
        assert_eq!(
            split("Talks began at 9 a.m. “We wait,” he said."),
            ["Talks began at 9 a.m.", "“We wait,” he said."]
        );
    }

    #[test]
    fn closing_marks_go_with_the_sentence() {
        assert_eq!(
            split("“Stop now.” “Go home!” He left... They stayed. (All of them.) 12 fell."),
            ["“Stop now.”", "“Go home!”", "He left...", "They stayed.", "(All of them.)", "12 fell."]
        );
    }

    #[test]
    fn a_forgotten_blank_behind_a_closing_mark_is_forgiven() {
        assert_eq!(split("“It must end.”Kaya agreed."), ["“It must end.”", "Kaya agreed."]);
        assert_eq!(split("See example.com.It costs 3.5 lira."), ["See example.com.It costs 3.5 lira."]);
    }

    #[test]
    fn an_attribution_stays_with_its_question() {
        let asked = "“Why now?” Defense Minister Orhan Demir asked.";
        assert_eq!(split(asked), [asked]);
        assert_eq!(split("“Why now?” Nobody knew."), ["“Why now?”", "Nobody knew."]);
        let lower = "“Why now?” he asked.";
        assert_eq!(split(lower), [lower]);
    }

    #[test]
    fn line_breaks_join_and_blank_lines_divide() {
        assert_eq!(
            split("A long line\r\nthat goes on. Next\r\n \r\nHeading"),
            ["A long line\r\nthat goes on.", "Next", "Heading"]
        );
    }
}
