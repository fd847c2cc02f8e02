//! Whose words a quotation is by the line behind it: round-ups of the press and printed tweets name their speakers so.
use super::cast::{Cast, EntityAt, EntityKind};
use crate::text::{Span, Text};

/// Characters of such a line, at most.
const LINE: usize = 90;

/// The person who signs a quotation that fills its paragraphs: `Ada Quill, Harbour Times` or `— Ada Quill (@quill)` on the
/// line behind it.
pub(super) fn signer(text: &Text, quote: Span, cast: &Cast) -> Option<EntityAt> {
    let opens = match quote.start() {
        0 => true,
        start if is_mark(text.char_at(start - 1)) => start == 1 || text.char_at(start - 2) == Some('\n'),
        start => text.char_at(start - 1) == Some('\n'),
    };
    if !opens {
        return None;
    }
    // `Moor wrote:` before the paragraph says it better.
    let before = text.slice(Span::ordered(0, quote.start().saturating_sub(1))).trim_end();
    if before.ends_with(':') {
        return None;
    }
    let rest = text.slice(Span::ordered(quote.end(), text.len()));
    let closed = rest.trim_start_matches(|c| is_mark(Some(c)));
    let line = closed.trim_start();
    if !closed[..closed.len() - line.len()].contains('\n') {
        return None;
    }
    let bare = line.trim_start_matches(['—', '–', '-', ' ', '\u{a0}']);
    let dash = bare.len() < line.len();
    let start = quote.end() + rest[..rest.len() - bare.len()].chars().count();
    let bare = bare.split('\n').next().unwrap_or(bare).trim_end();
    let line = Span::ordered(start, start + bare.chars().count());
    // A heading names others, too: `Ada Quill, Bo Moor Meet`.
    let alone = |signer: EntityAt| {
        let others = (0..cast.entities().len()).map(EntityAt).filter(|&at| at != signer && cast.is_person(at));
        !others.flat_map(|at| &cast.entity(at).mentions).any(|name| line.contains(name))
    };
    let signs = |behind: &str| match behind.strip_prefix(", ") {
        Some(outlet) => is_title_case(outlet),
        None => behind.starts_with(" (@") || dash && behind.is_empty(),
    };
    let named = (0..cast.entities().len()).map(EntityAt).find(|&at| {
        let entity = cast.entity(at);
        let name = entity.mentions.iter().find(|name| name.start() == start);
        entity.kind == EntityKind::Person
            && name.is_some_and(|name| signs(bare.strip_prefix(text.slice(*name)).unwrap_or_default()))
            && alone(at)
    });
    named.filter(|_| bare.chars().count() <= LINE)
}

fn is_mark(c: Option<char>) -> bool {
    matches!(c, Some('“' | '”' | '"' | '‘' | '’' | '«' | '»' | '„'))
}

/// Whether all words of the name of an outlet have capitals, but for the small ones.
fn is_title_case(outlet: &str) -> bool {
    let small = |word: &str| matches!(word, "of" | "the" | "and" | "for" | "in");
    !outlet.is_empty()
        && !outlet.ends_with('.')
        && outlet
            .split(' ')
            .all(|word| small(word) || word.starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::cast::Lookup;
    use crate::speaker::name::Name;
    use crate::speaker::registry::shipped;

    /// Who signs the words `We sail` of a text that names Ada Quill.
    fn signed(string: &str) -> bool {
        let text = Text::new(string);
        let span = |words: &str| {
            let at = string.find(words).expect("the words stand in the text");
            text.span_of_bytes(at..at + words.len())
        };
        let named = ["Ada Quill", "Bo Moor"].into_iter().filter(|name| string.contains(name));
        let names: Vec<Name> =
            named.map(|name| Name { span: span(name), pieces: 0..1, kinds: [1.0, 0.0, 0.0] }).collect();
        let lookup = Lookup { text: &text, names: &names, known: &[], speaking: &[], registry: &shipped(), date: None };
        let (cast, _) = Cast::gather(&lookup);
        signer(&text, span("We sail"), &cast).is_some()
    }

    #[test]
    fn a_line_behind_a_quotation_signs_it() {
        for string in [
            "“We sail”\n\nAda Quill, Harbour Times\n\nMore.",
            "“We sail”\n— Ada Quill (@quill) May 3, 2019",
            "He left.\n\n“We sail”\n\n— Ada Quill",
        ] {
            assert!(signed(string), "{string}");
        }
        for string in [
            "“We sail”\n\nAda Quill, who left, said no more.",
            "“We sail”\n\nAda Quill said so.",
            "“We sail”\n\nAda Quill, Bo Moor Meet in Port Union",
            "“We sail”\n\nAda Quill",
            "“We sail,” Ada Quill, Harbour Times",
            "He said: “We sail”\n\nAda Quill, Harbour Times",
            "He wrote:\n\n“We sail”\n\n— Ada Quill, Harbour Times",
        ] {
            assert!(!signed(string), "{string}");
        }
    }
}
