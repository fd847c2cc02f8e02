//! Headings: short lines without a full stop that are no speech, no list and not the last word.
use super::BlockKind;
use crate::text::is_blank;

/// The most words and characters that a heading has.
const MOST_WORDS: usize = 20;
const LONGEST: usize = 140;

/// So many lines in a row that look like headings are a list.
const LIST: usize = 4;

/// Openings of lines that point to another article.
const POINTERS: [&str; 12] = [
    "read more",
    "read also",
    "also read",
    "see also",
    "related:",
    "related story",
    "related stories",
    "more on this",
    "watch:",
    "listen:",
    "recommended:",
    "don't miss",
];

/// The line without the marks that Markdown puts around headings.
pub(super) fn bare(line: &str) -> &str {
    let line = line.trim_matches(is_blank);
    let inner = line.trim_start_matches('#');
    let line = if inner.len() < line.len() && inner.starts_with(is_blank) {
        inner.trim_end_matches('#').trim_matches(is_blank)
    } else {
        line
    };
    ["**", "__"]
        .iter()
        .find_map(|mark| line.strip_prefix(mark)?.strip_suffix(mark))
        .filter(|inner| !inner.contains("**"))
        .unwrap_or(line)
}

/// Whether a line says by its marks or its opening that it is a heading, whatever stands around it.
pub(super) fn is_marked(line: &str) -> bool {
    bare(line).len() < line.trim_matches(is_blank).len() || is_pointer(line) || !line.chars().any(char::is_alphanumeric)
}

fn is_pointer(line: &str) -> bool {
    let opening: String = line.chars().take(20).flat_map(char::to_lowercase).collect();
    line.chars().count() <= LONGEST
        && POINTERS.iter().any(|pointer| opening.trim_start_matches(['[', '(', '*', '>', ' ']).starts_with(pointer))
}

/// Whether a line looks like a heading by itself.
pub(super) fn looks_like_one(line: &str) -> bool {
    if is_marked(line) {
        return true;
    }
    let words = line.split(is_blank).filter(|word| !word.is_empty()).count();
    if words > MOST_WORDS || line.chars().count() > LONGEST || line.contains('\n') {
        return false;
    }
    let starts = line.chars().next().is_some_and(|c| {
        c.is_uppercase()
            || c.is_numeric()
            || is_opening(c)
            || matches!(c, '#' | '$' | '€' | '£')
            || (c.is_alphabetic() && !c.is_lowercase())
    });
    starts && !ends_like_a_sentence(line) && !holds_a_sentence(line) && !is_item(line) && !is_speech(line)
}

fn is_opening(c: char) -> bool {
    matches!(c, '"' | '“' | '‘' | '\'' | '«' | '„')
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | '“' | ')' | ']')
}

/// A final full stop or the like, behind or before closing marks. `the U.S.` and `Inc.` end headings too.
fn ends_like_a_sentence(line: &str) -> bool {
    let end = line.trim_end_matches(is_closing);
    if end.ends_with(['!', '…', ';', ':', ',', '。', '—']) || (end.ends_with('?') && end.len() < line.len()) {
        return true;
    }
    let Some(word) = end.strip_suffix('.').map(|end| end.rsplit(is_blank).next().unwrap_or(end)) else {
        return false;
    };
    let initials = word.contains('.') && word.split('.').all(|part| part.chars().count() == 1);
    let abbreviated = initials || matches!(word, "Inc" | "Corp" | "Co" | "Ltd" | "Jr" | "Sr");
    // A sentence may end with an abbreviation too; headings that do are short.
    !abbreviated || line.split(is_blank).count() > 8
}

/// A full stop behind a plain word, with more to follow.
fn holds_a_sentence(line: &str) -> bool {
    line.match_indices(". ").any(|(at, _)| {
        let word = line[..at].rsplit(is_blank).next().unwrap_or_default();
        word.chars().count() > 4 && word.chars().all(char::is_lowercase)
    })
}

/// An item of a list or of an interview (`Q:`, `Demir:`).
fn is_item(line: &str) -> bool {
    let bullet = line.starts_with(['•', '‣', '◦', '▪', '●', '■', '>', '|', '–', '—'])
        || ["- ", "* ", "+ "].iter().any(|mark| line.starts_with(mark));
    let numbered = {
        let rest = line.trim_start_matches(|c: char| c.is_ascii_digit());
        rest.len() < line.len() && rest.starts_with([')', '.']) && rest[1..].starts_with(is_blank)
    };
    let turn = line.split_once(':').is_some_and(|(label, rest)| {
        let short = matches!(label, "Q" | "A" | "Question" | "Answer");
        let shouted = label.chars().all(|c| !c.is_lowercase()) && line.ends_with(['?', '!']);
        (short || shouted) && rest.starts_with(is_blank)
    });
    bullet || numbered || turn
}

/// Verbs of saying in the past. Headings tell in the present; sentences that lost their full stop do not.
const SAID: [&str; 19] = [
    "said",
    "told",
    "added",
    "asked",
    "wrote",
    "stated",
    "noted",
    "tweeted",
    "stressed",
    "warned",
    "continued",
    "called",
    "described",
    "characterized",
    "insisted",
    "argued",
    "replied",
    "saying",
    "adding",
];

/// Words of a person that lost their full stop: quoted as a whole, never closed, or with their attribution; or a
/// message from a social network.
fn is_speech(line: &str) -> bool {
    if ["(@", "pic.twitter.com", "//t.co/"].iter().any(|sign| line.contains(sign)) {
        return true;
    }
    let marks: Vec<usize> = line.char_indices().filter(|&(_, c)| is_double(c)).map(|(at, _)| at).collect();
    let words: Vec<&str> = line.split(|c: char| !c.is_alphabetic()).filter(|word| !word.is_empty()).collect();
    let said = words.iter().any(|word| SAID.contains(word));
    let Some((&first, &last)) = marks.first().zip(marks.last()) else {
        let plainly = words.windows(2).any(|pair| pair[0] == "said" && pair[1] != "to");
        return plainly && words.len() >= 7;
    };
    let whole = first == 0 && line[last..].chars().count() == 1 && words.len() > 3;
    let unclosed = marks.len() % 2 == 1;
    let comma = marks.iter().any(|&at| line[..at].ends_with(','));
    let says = line[last..]
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "says" | "asks" | "adds" | "writes"));
    whole || unclosed || comma || said || says
}

fn is_double(c: char) -> bool {
    matches!(c, '"' | '“' | '”' | '„' | '«' | '»')
}

/// Makes paragraphs of lines that look like headings but stand in a row of them, or over nothing.
pub(super) fn demote_false(kinds: &mut [BlockKind], is_marked: impl Fn(usize) -> bool) {
    let mut start = 0;
    while start < kinds.len() {
        let run = kinds[start..].iter().take_while(|kind| **kind == BlockKind::Heading).count();
        let end = start + run;
        let leads = kinds[end..].contains(&BlockKind::Paragraph);
        if run >= LIST || (run > 0 && !leads) {
            for index in (start..end).filter(|&index| !is_marked(index)) {
                kinds[index] = BlockKind::Paragraph;
            }
        }
        start = end + 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_are_short_and_without_a_full_stop() {
        for heading in [
            "EU envoy 'very sorry' over storm",
            "“Never again” – a town remembers",
            "Ferry talks: what we know",
            "Who owns the harbor?",
            "Harbor deal angers U.S.",
            "12 ships wait off Liman",
            "Öğretmenler yürüdü",
            "Envoy says harbor is \"open for talks\"",
            "Ferry said to be lost",
            "## Ferry",
            "**Ferry**",
        ] {
            assert!(looks_like_one(heading), "{heading}");
        }
    }

    #[test]
    fn sentences_items_and_speech_are_none() {
        for line in [
            "It rained.",
            "“It rained.”",
            "He said:",
            "and then it rained",
            "- Storm in Liman",
            "2) Storm in Liman",
            "“We have seen enough of this”",
            "“Enough,” Demir said",
            "Demir said the harbor “will not open",
            "“Why now?”",
            "Mr. Demir said the storm is “showing signs” of hurting the harbor more than the fleet",
            "Demir said that the ferry would sail again soon",
            "The storm sank all but two of the ships off Liman, Kuzey, U.S.",
            "ŞULE ÖNDER: Why not now?",
            "ŞULE ÖNDER: Certainly, we are going to—",
            "The ferry sails again. Why now?",
            "Ships everywhere — Can Ak (@canak) March 3, 2021",
        ] {
            assert!(!looks_like_one(line), "{line}");
        }
        assert!(!looks_like_one(&"Word ".repeat(30)));
    }

    #[test]
    fn marks_of_markdown_come_off() {
        assert_eq!(bare(" ## Ferry ##"), "Ferry");
        assert_eq!(bare("#Idlib burns"), "#Idlib burns");
        assert_eq!(bare("**Ferry** and **ship**"), "**Ferry** and **ship**");
        assert_eq!(bare("**Ferry**"), "Ferry");
    }
}
