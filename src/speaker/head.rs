//! What a source mention is about: which of the names in it bear the saying, if any.
//!
//! `a spokesman for the Harbour Watch` names the Watch and is not the Watch; `Turkey's envoy Ada Quill` is Quill;
//! `Quill and Moor` are two. The grammar of such phrases is small enough to be read off the words around each name.

use super::form::is_postnominal;
use super::name::{Name, NameKind};
use super::noun::NounKind;
use super::registry::Registry;
use crate::text::{Span, Text};

/// Whom a source mention means, as far as its own words tell.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Head {
    /// The names at these positions of the list given: one, or several who speak jointly.
    Names(Vec<usize>),
    /// Nobody by name: a pronoun or a description.
    Description,
}

/// Finds the head of a source mention among the names inside it.
#[must_use]
pub fn head(text: &Text, mention: Span, names: &[&Name], registry: &Registry) -> Head {
    let free: Vec<usize> = (0..names.len()).filter(|&at| !is_modifier(text, mention, names[at], registry)).collect();
    let is_person = |at: &usize| names[*at].kind() == NameKind::Person;
    let Some(first) = free.iter().copied().find(is_person).or_else(|| free.first().copied()) else {
        return Head::Description;
    };
    let mut heads = vec![first];
    // Names behind a comma, which a later `and` joins to those before them.
    let mut listed: Vec<usize> = Vec::new();
    for &next in free.iter().filter(|&&at| at > first) {
        let last = listed.last().copied().unwrap_or(heads[heads.len() - 1]);
        let gap = Span::new(names[last].span.end(), names[next].span.start()).map_or("", |gap| text.slice(gap));
        if is_and(gap) {
            heads.append(&mut listed);
            heads.push(next);
        } else if gap.trim_end() == "," && names[next].kind() == names[last].kind() {
            listed.push(next);
        }
    }
    Head::Names(heads)
}

/// Whether the words between two names join them.
fn is_and(gap: &str) -> bool {
    let gap = gap.trim_start_matches([',', ' ', '\u{a0}']);
    gap.starts_with("and ") || gap.starts_with("& ") || gap.contains(", and ")
}

/// Whether a name in a mention only describes its head.
fn is_modifier(text: &Text, mention: Span, name: &Name, registry: &Registry) -> bool {
    let after = Span::new(name.span.end(), mention.end()).map_or("", |gap| text.slice(gap));
    let before = Span::new(mention.start(), name.span.start()).map_or("", |gap| text.slice(gap));
    let medium = name.kind() == NameKind::Organization && is_medium(after);
    !medium && describes_what_follows(after) || depends_on_what_precedes(before, name.kind(), registry)
}

/// `the KCNA state news agency`, `the Haaretz newspaper`: the noun only says what bears the name.
fn is_medium(after: &str) -> bool {
    let words: Vec<&str> = after.split_whitespace().collect();
    words.len() <= 3
        && words.iter().all(|word| word.chars().all(char::is_lowercase))
        && words.last().is_some_and(|last| {
            matches!(
                *last,
                "agency" | "newspaper" | "daily" | "magazine" | "website" | "channel" | "network" | "broadcaster"
            )
        })
}

/// `State Department spokesman`, `Turkey's envoy`, `U.S. officials` (where the name ends before its last full stop).
fn describes_what_follows(after: &str) -> bool {
    let after = after.strip_prefix('.').unwrap_or(after);
    let possessive = after.strip_prefix("'s").or_else(|| after.strip_prefix("’s"));
    if let Some(rest) = possessive {
        return rest.chars().any(char::is_alphabetic);
    }
    if after.starts_with('-') {
        return true;
    }
    let Some(rest) = after.strip_prefix([' ', '\u{a0}']) else { return false };
    let word: String = rest.chars().take_while(|c| c.is_alphanumeric()).collect();
    let function = matches!(
        word.as_str(),
        "" | "and"
            | "or"
            | "of"
            | "in"
            | "at"
            | "on"
            | "from"
            | "for"
            | "to"
            | "with"
            | "who"
            | "which"
            | "that"
            | "as"
            | "himself"
            | "herself"
            | "itself"
            | "themselves"
            | "also"
            | "then"
            | "later"
            | "both"
            | "Jr"
            | "Sr"
            | "by"
            | "after"
            | "before"
            | "when"
            | "while"
            | "during"
            | "late"
            | "early"
            | "today"
            | "yesterday"
            | "alike"
    );
    !function && !is_postnominal(&word) && !word.chars().all(|c| c.is_ascii_digit())
}

/// `a spokesman for the Harbour Watch`, `an aide to President Quill`, `an aide who left Quill`; but not `Secretary of State
/// Ada Quill`.
fn depends_on_what_precedes(before: &str, kind: NameKind, registry: &Registry) -> bool {
    if [" who ", " whose ", " which ", " that "].iter().any(|relative| before.contains(relative)) {
        return true;
    }
    let clause = before.rsplit([',', ';', '(', '—']).next().unwrap_or(before);
    // Of two joined by `and` a person stands for itself; what is none goes with the first: `close to Quill and the Watch`.
    let joined = if kind == NameKind::Person { clause.rsplit(" and ").next() } else { None };
    let clause = joined.unwrap_or(clause);
    let words: Vec<&str> = clause.split_whitespace().collect();
    let (mut titles, mut in_body) = (0, false);
    for (at, &word) in words.iter().enumerate().rev() {
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        match word {
            "of" | "to" | "for" if kind == NameKind::Person && is_long_title(&words, at, titles, registry) => {
                return false;
            }
            "of" | "for" | "to" | "from" | "at" | "in" | "with" | "by" | "on" | "under" | "near" | "against"
            | "inside" | "behind" | "around" | "within" => return true,
            "the" | "a" | "an" | "his" | "her" | "their" | "former" | "then" | "and" | "both" | "all" | "many"
            | "several" => {}
            _ if capital => titles += 1,
            // `the head of the relief group Lamplight`.
            _ if in_body || kind == NameKind::Organization && NounKind::of(word) == NounKind::Other => in_body = true,
            _ => return false,
        }
    }
    false
}

/// Whether the words up to a person's name are a title: `Ambassador to the Port Union`, `Port of Oslo President`, but not
/// `an aide to President`. `at` is the place of the preposition, behind which stand `capitals` capitalised words.
fn is_long_title(words: &[&str], at: usize, capitals: usize, registry: &Registry) -> bool {
    let Some(before) = at.checked_sub(1).map(|at| words[at]) else { return false };
    let closes = words.last().is_some_and(|last| registry.is_title(last));
    let of_office = is_office(before, registry) && (words[at] == "of" || !closes);
    let of_body = before.starts_with(char::is_uppercase) && closes && capitals > 1;
    capitals > 0 && (of_office || of_body)
}

fn is_office(word: &str, registry: &Registry) -> bool {
    registry.is_title(word)
        || matches!(
            word.to_lowercase().as_str(),
            "head" | "chief" | "leader" | "chair" | "chairman" | "member" | "minister"
        )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn heads(mention: &str, names: &[(&str, usize)]) -> Vec<String> {
        let registry = Registry::from_toml(include_str!("../../corpus/registry.toml")).expect("sound");
        let text = Text::new(mention);
        let found: Vec<Name> = names
            .iter()
            .map(|(name, kind)| {
                let at = mention.find(name).expect("the name stands in the mention");
                let mut kinds = [0.0; 3];
                kinds[*kind] = 1.0;
                Name { span: text.span_of_bytes(at..at + name.len()), pieces: 0..1, kinds }
            })
            .collect();
        let list: Vec<&Name> = found.iter().collect();
        match head(&text, text.whole(), &list, &registry) {
            Head::Names(at) => at.into_iter().map(|at| names[at].0.to_owned()).collect(),
            Head::Description => Vec::new(),
        }
    }

    /// A mention, the names in it with their kinds, and those that are its head.
    type Case = (&'static str, &'static [(&'static str, usize)], &'static [&'static str]);

    #[test]
    fn the_head_is_told_from_its_modifiers() {
        let cases: [Case; 25] = [
            (
                "Ada Quill, Bo Moor and Cy Lund",
                &[("Ada Quill", 0), ("Bo Moor", 0), ("Cy Lund", 0)],
                &["Ada Quill", "Bo Moor", "Cy Lund"],
            ),
            (
                "Norland, Sudmark, and Ostia",
                &[("Norland", 2), ("Sudmark", 2), ("Ostia", 2)],
                &["Norland", "Sudmark", "Ostia"],
            ),
            ("Ada Quill, Bo Moor", &[("Ada Quill", 0), ("Bo Moor", 0)], &["Ada Quill"]),
            (
                "the head of the relief group Lamplight, Ada Quill",
                &[("Lamplight", 1), ("Ada Quill", 1)],
                &["Ada Quill"],
            ),
            ("the relief group Lamplight", &[("Lamplight", 1)], &["Lamplight"]),
            ("Sir Bo Quill MP", &[("Bo Quill", 0)], &["Bo Quill"]),
            ("U.S. Ambassador to the Port Union Ada Quill", &[("Ada Quill", 0)], &["Ada Quill"]),
            ("Norland Chamber of Commerce President Ada Quill", &[("Ada Quill", 0)], &["Ada Quill"]),
            ("the Office of President Quill", &[("Quill", 0)], &[]),
            ("a person close to both U.S. and Norland aides", &[("U.S", 2), ("Norland", 2)], &[]),
            ("the HBA state news agency", &[("HBA", 1)], &["HBA"]),
            ("the Harbour Watch spokesman", &[("Harbour Watch", 1)], &[]),
            ("A leading U.S. mine expert", &[("U.S", 2)], &[]),
            ("one insider who is close to Quill and the Harbour Watch", &[("Quill", 0), ("Harbour Watch", 1)], &[]),
            (
                "the Harbour Watch and the Quill Fund",
                &[("Harbour Watch", 1), ("Quill Fund", 1)],
                &["Harbour Watch", "Quill Fund"],
            ),
            ("Quill", &[("Quill", 0)], &["Quill"]),
            ("Turkey's envoy Ada Quill", &[("Turkey", 2), ("Ada Quill", 0)], &["Ada Quill"]),
            ("a spokesman for the Harbour Watch", &[("Harbour Watch", 1)], &[]),
            ("Harbour Watch sources", &[("Harbour Watch", 1)], &[]),
            ("the Harbour Watch", &[("Harbour Watch", 1)], &["Harbour Watch"]),
            ("an aide to President Quill", &[("Quill", 0)], &[]),
            ("Secretary of State Ada Quill", &[("Ada Quill", 0)], &["Ada Quill"]),
            ("Quill and Moor", &[("Quill", 0), ("Moor", 0)], &["Quill", "Moor"]),
            ("Ada Quill, a former Moor aide", &[("Ada Quill", 0), ("Moor", 0)], &["Ada Quill"]),
            ("Ada Quill of the Harbour Watch", &[("Ada Quill", 0), ("Harbour Watch", 1)], &["Ada Quill"]),
        ];
        for (mention, names, expected) in cases {
            assert_eq!(heads(mention, names), expected, "{mention}");
        }
    }
}
