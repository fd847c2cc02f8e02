//! Where a quotation with a missing mark begins or ends, told by the words around it: reporting clauses and the
//! boilerplate under agency copy. A repair never leaves its paragraph.
use std::sync::LazyLock;

use regex::Regex;

use crate::quote::attribution::{self, VERBS, pattern};

/// Attribution before a speech: `he said, `, `the minister added: `, or any colon before a capital (group 1).
static ATTRIBUTION_BEFORE: LazyLock<Regex> =
    LazyLock::new(|| pattern(&format!(r"\b{VERBS}(?:\s+[\w.'’-]+){{0,6}}\s*[,:]\s+|[a-z]:\s+([A-ZÀ-ÞĀ-Ž])")));

/// The end of a sentence, with the first letter of the next one in group 1.
static SENTENCE_END: LazyLock<Regex> = LazyLock::new(|| pattern(r"[.!?]\s+([A-ZÀ-ÞĀ-Ž])"));

static BOILERPLATE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(concat!(
        r"\s[(\[]?(?:(?:Additional |With )?[Rr]eporting by\b|Editing by\b|Written by\b|Read more\b|READ MORE\b|",
        r"Also read\b|ALSO READ\b|Read also\b|READ ALSO\b|RELATED\b|Related:|Advertisement\b|ADVERTISEMENT\b|",
        r"Story continues\b|Sign up\b|Click here\b|CLICK HERE\b|Copyright\b|©|___|Follow @|Photo:|Image:|Source:|",
        r"\((?:AP|AFP|Reuters|REUTERS|Photo|File)\b)"
    ))
});

/// A running quotation may tell of sayings itself; only a short clause at its very end is an attribution.
const LONGEST_ATTRIBUTION: usize = 120;

/// How many characters of `segment`, which begins behind an opening mark without its close, are the quotation; and
/// whether words told so (rather than the segment's end). `running` says that the next paragraph opens again.
pub(super) fn unclosed_length(segment: &[char], running: bool) -> (usize, bool) {
    let mut string: String = segment.iter().collect();
    let mut told = false;
    if let Some(boilerplate) = BOILERPLATE.find(&string) {
        string.truncate(boilerplate.start());
        told = true;
    }
    let attribution = attribution::start_in(&string)
        .map(|start| string.split_at(start))
        .filter(|(_, rest)| !running || (rest.chars().count() <= LONGEST_ATTRIBUTION && !SENTENCE_END.is_match(rest)));
    let length = attribution.map_or(0, |(speech, _)| speech.chars().count());
    if length > 2 {
        return (length + 1, true);
    }
    (string.trim_end().chars().count(), told)
}

/// How many characters of `segment`, which ends before a closing mark without its open, do not belong to the
/// quotation. `after_string` says that the segment begins behind another quotation, not with the paragraph.
pub(super) fn skipped_length(segment: &[char], after_string: bool) -> usize {
    let string: String = segment.iter().collect();
    let count = |byte: usize| string[..byte].chars().count();
    if let Some(found) = ATTRIBUTION_BEFORE.captures_iter(&string).last() {
        let end = found.get(1).map_or_else(|| found.get(0).map_or(0, |whole| whole.end()), |letter| letter.start());
        if end < string.len() {
            return count(end);
        }
    }
    if after_string && let Some(letter) = SENTENCE_END.captures(&string).and_then(|found| found.get(1)) {
        return count(letter.start());
    }
    segment.iter().take_while(|c| c.is_whitespace()).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn unclosed(segment: &str) -> String {
        let chars: Vec<char> = segment.chars().collect();
        chars[..unclosed_length(&chars, false).0].iter().collect()
    }

    fn opened(segment: &str, after_string: bool) -> String {
        let chars: Vec<char> = segment.chars().collect();
        chars[skipped_length(&chars, after_string)..].iter().collect()
    }

    #[test]
    fn an_unclosed_speech_ends_before_its_attribution() {
        assert_eq!(unclosed("The bridge is shut, the harbor master said. Ships wait."), "The bridge is shut,");
        assert_eq!(unclosed("Is it shut? asked Mayor Öz. "), "Is it shut?");
        assert_eq!(unclosed("We ran for it, said one onlooker. "), "We ran for it,");
        assert_eq!(unclosed("We told them, and they went. "), "We told them, and they went.");
    }

    #[test]
    fn a_running_speech_may_tell_of_sayings() {
        let chars: Vec<char> = "The doctor, he told us to wait. So we waited.".chars().collect();
        assert_eq!(unclosed_length(&chars, true), (chars.len(), false));
        assert_eq!(unclosed_length(&chars, false), (11, true));
    }

    #[test]
    fn an_unclosed_speech_ends_before_boilerplate() {
        assert_eq!(unclosed("It is over. (Reporting by Ann Poe; editing by Al Fox)"), "It is over.");
        assert_eq!(unclosed("It is over. Read more about it"), "It is over.");
    }

    #[test]
    fn an_unopened_speech_begins_behind_its_attribution() {
        assert_eq!(opened("The mayor said: We are shut.", false), "We are shut.");
        assert_eq!(opened("Later he said in Izmir, we are shut.", false), "we are shut.");
        assert_eq!(opened(" said the mayor. We are shut.", true), "We are shut.");
        assert_eq!(opened("We are shut.", false), "We are shut.");
    }
}
