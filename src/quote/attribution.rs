//! Attributions as they read in print: `, he said`, `said the minister`. The tagger finds them by meaning; these
//! patterns are for places where a mistake would do harm, the clause right behind a speech above all.
use std::sync::LazyLock;

use regex::Regex;

use super::marks::MarkedString;
use crate::text::{Span, Text};

/// Verbs that hardly ever follow a subject directly without reporting.
pub(super) const VERBS: &str = "(?:said|says|say|told|tells|added|adds|asked|asks|wrote|writes|tweeted|noted|notes|\
    warned|stressed|insisted|argued|explained|recalled|replied|continued|concluded|announced|declared|claimed|stated|\
    admitted|acknowledged|remarked|reported|quipped|joked|testified|urged|vowed|pledged)";

const SUBJECT: &str = concat!(
    r"(?:(?:he|she|they|it|I|we|who)",
    r"|(?:the|a|an|his|her|their|one|another)(?:\s+[\w.'’-]+){1,5}?",
    r"|(?:[A-ZÀ-ÞĀ-Ž][\w.'’-]*)(?:\s+[\w.'’-]+){0,5}?)"
);

/// An attribution behind the mark or comma that ends a speech.
static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r#"[,!?”"'’]\s+(?:{SUBJECT}\s+(?:also\s+|later\s+|then\s+)?{VERBS}\b|{VERBS}\s+(?:he|she|they|the|an?|one|another|his|her|their|[A-ZÀ-ÞĀ-Ž]))"#
    ))
});

/// An attribution that ends a clause.
static AT_END: LazyLock<Regex> = LazyLock::new(|| {
    pattern(&format!(
        r",\s+(?:{SUBJECT}\s+(?:also\s+|later\s+|then\s+)?{VERBS}|{VERBS}\s+(?:he|she|they|(?:the\s+|an?\s+)?[A-ZÀ-ÞĀ-Ž]\w+(?:\s+\w+){{0,4}}))$"
    ))
});

/// How far behind a speech its attribution is looked for.
const REACH: usize = 120;

/// Compiles a constant pattern.
pub(super) fn pattern(source: &str) -> Regex {
    Regex::new(source).expect("the pattern is a constant and tested")
}

/// The byte at which an attribution begins with its mark or comma.
pub(super) fn start_in(string: &str) -> Option<usize> {
    BEHIND.find(string).map(|found| found.start())
}

/// Whether an attribution of a speech stands among some words.
pub(super) fn is_among(words: &[char]) -> bool {
    start_in(&words.iter().collect::<String>()).is_some()
}

/// A clause without the attribution that ends it.
pub(super) fn without_attribution(clause: &str) -> &str {
    AT_END.find(clause).map_or(clause, |found| &clause[..found.start()])
}

/// The clause right behind a string that attributes it, up to its punctuation, if there is one. Strings as
/// [`super::marks::scan`] returns them, `block` the span of the string's block.
pub(super) fn behind(text: &Text, block: Span, strings: &[MarkedString], string: &MarkedString) -> Option<Span> {
    let last = text.slice(string.inner).chars().next_back()?;
    if !matches!(last, ',' | '.' | '?' | '!' | '…' | '—' | '–' | '-') {
        return None;
    }
    let end = string.outer.end();
    let after = strings.partition_point(|other| other.outer.start() < end);
    let next = strings.get(after).filter(|other| other.block == string.block);
    let limit = next.map_or(block.end(), |next| next.outer.start()).min(end + REACH);
    let tail = text.slice(Span::new(end.checked_sub(1)?, limit).ok()?);
    if start_in(tail) != Some(0) {
        return None;
    }
    let rest: Vec<char> = tail.chars().skip(1).collect();
    let ends = |at: usize| match rest[at] {
        ',' | ';' | ':' => true,
        '.' | '!' | '?' => rest.get(at + 1).is_none_or(|next| next.is_whitespace()),
        _ => false,
    };
    let length = (0..rest.len()).find(|&at| ends(at)).unwrap_or(rest.len());
    Span::new(end, end + length).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{article::blocks, quote::marks};

    fn behind_first(string: &str) -> Option<String> {
        let text = Text::new(string);
        let blocks = blocks(&text, None);
        let strings = marks::scan(&text, &blocks);
        let clause = behind(&text, blocks[strings[0].block].span, &strings, &strings[0])?;
        Some(text.slice(clause).to_owned())
    }

    #[test]
    fn the_clause_behind_a_speech_is_its_attribution() {
        assert_eq!(behind_first("“We go,” said Ms. Öz. “Now.”").as_deref(), Some(" said Ms"));
        assert_eq!(
            behind_first("\"We go,\" the harbor master said, waving.").as_deref(),
            Some(" the harbor master said")
        );
        assert_eq!(behind_first("\"We go,\" he later told \"the crew\".").as_deref(), Some(" he later told "));
    }

    #[test]
    fn other_clauses_are_not() {
        assert_eq!(behind_first("The “ghosts” he said he saw."), None);
        assert_eq!(behind_first("“We go,” and so they went. He said so."), None);
    }

    #[test]
    fn an_attribution_at_the_end_goes() {
        assert_eq!(without_attribution("the pier is shut, Harbor Board sources said"), "the pier is shut");
        assert_eq!(without_attribution("the pier is shut, said Ilse Brandt"), "the pier is shut");
        assert_eq!(
            without_attribution("the pier, once said to be safe, is shut"),
            "the pier, once said to be safe, is shut"
        );
    }
}
