//! The words of a source mention that count: without a verb that the tagger left in it, with the name that it cut off, and,
//! of a statement, whose it is.

use super::form::{head_noun, is_definite};
use super::name::{Name, NameKind, is_title};
use super::noun::NounKind;
use super::registry::Registry;
use crate::text::{Span, Text, fold};

/// Verbs of saying at the edge of a mention.
#[rustfmt::skip]
const VERBS: [&str; 14] = [
    "said", "says", "reported", "reports", "wrote", "writes", "added", "adds", "told", "tells", "stated", "states",
    "noted", "notes",
];

/// Writings in which an institution speaks as itself.
const STATEMENTS: [&str; 5] = ["statement", "communique", "announcement", "release", "tweet"];
/// Writings in which a newspaper or broadcaster does.
const STORIES: [&str; 6] = ["report", "article", "story", "editorial", "chyron", "graphic"];
/// Writings that follow words such as `said in a letter`.
const WRITINGS: [&str; 6] = ["letter", "email", "memo", "note", "post", "message"];

/// Characters between a title and the name that it belongs to, at most.
const TITLES: usize = 40;

/// What a mention covers once its verb is left out and the person behind its title taken in.
pub(super) fn phrase(text: &Text, mention: Span, names: &[Name], registry: &Registry) -> Span {
    let bare = without_verb(text, mention);
    if ["'s", "’s", " and"].iter().any(|end| text.slice(bare).ends_with(end)) {
        return names
            .iter()
            .find(|name| name.span.start() == bare.end() + 1)
            .map_or(bare, |name| bare.join(&name.span));
    }
    bearer(text, bare, names, registry).map_or(bare, |name| bare.join(&name.span))
}

/// Those who govern or campaign under a person, who are not that person: `the Quill administration`, without its article.
pub(super) fn administration<'a>(text: &'a Text, phrase: Span, names: &[Name]) -> Option<&'a str> {
    let shown = text.slice(phrase);
    let (before, noun) = shown.rsplit_once([' ', '\u{a0}'])?;
    let led =
        matches!(noun, "administration" | "campaign" | "government" | "cabinet" | "team" | "regime" | "presidency");
    let by = names.iter().any(|name| {
        name.kind() == NameKind::Person && phrase.contains(&name.span) && before.ends_with(text.slice(name.span))
    });
    (led && by).then(|| shown.strip_prefix("the ").or_else(|| shown.strip_prefix("The ")).unwrap_or(shown))
}

/// `the Harbour Times reports` is the Times, and so is `reports the Harbour Times`; but not `media reports`.
fn without_verb(text: &Text, mention: Span) -> Span {
    let capital = |word: &str| word.starts_with(char::is_uppercase);
    let (mut start, mut end) = (mention.start(), mention.end());
    if let Some((verb, rest)) = text.slice(mention).split_once(' ')
        && VERBS.contains(&verb)
        && (capital(rest) || is_definite(rest))
    {
        start += verb.len() + 1;
    }
    if let Some((rest, verb)) = text.slice(Span::ordered(start, end)).rsplit_once(' ')
        && VERBS.contains(&verb)
        && rest.rsplit(' ').next().is_some_and(capital)
    {
        end -= verb.len() + 1;
    }
    Span::ordered(start, end)
}

/// The person behind a mention that ends in a title or role: `Pentagon spokeswoman Cdr` before `. Ada Quill`.
fn bearer<'a>(text: &Text, mention: Span, names: &'a [Name], registry: &Registry) -> Option<&'a Name> {
    let next = names.iter().find(|name| name.span.start() > mention.end())?;
    let gap = text.slice(Span::new(mention.end(), next.span.start()).ok()?);
    if gap == ", " && is_apposition(text, mention, next) {
        return Some(next);
    }
    if next.kind() != NameKind::Person
        || gap.chars().count() > TITLES
        || !gap.chars().all(|c| c.is_alphabetic() || matches!(c, ' ' | '\u{a0}' | '.' | '-'))
    {
        return None;
    }
    let last = text.slice(mention).rsplit([' ', '\u{a0}']).next()?;
    let titles: Vec<&str> =
        gap.split_whitespace().map(|word| word.trim_matches('.')).filter(|word| !word.is_empty()).collect();
    let joined = if titles.is_empty() {
        is_title(last, registry) || NounKind::of(&fold(last)) == NounKind::Person
    } else {
        !gap.contains(". ")
            && titles.iter().all(|word| word.starts_with(char::is_uppercase) && is_title(word, registry))
    };
    joined.then_some(next)
}

/// Whether commas set off the name of the person whom a description says: `Its head, Ada Quill, thanked the port`.
fn is_apposition(text: &Text, mention: Span, name: &Name) -> bool {
    let shown = text.slice(mention);
    let before = Span::ordered(mention.start().saturating_sub(13), mention.start());
    let behind = Span::ordered(name.span.end(), (name.span.end() + 3).min(text.len()));
    name.kind() == NameKind::Person
        // `According to the prosecutor, Ada Quill, 34, fired first`.
        && !text.slice(before).ends_with("ccording to ")
        && !text.slice(behind).contains(|c: char| c.is_ascii_digit())
        && matches!(text.char_at(name.span.end()), Some(',' | '.' | '”' | '"' | ':'))
        && head_noun(shown).is_some_and(|noun| NounKind::of(&noun) == NounKind::Person)
}

/// Who speaks in a statement.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Author<'a> {
    /// The name at this position.
    Name(usize),
    /// A party by words that are no name: `Norland government`.
    Phrase(&'a str),
}

/// The institution whose statement a mention is: `a Harbour Watch statement`, `a statement from the Harbour Watch`; of a
/// report or an article the newspaper.
pub(super) fn author<'a>(text: &'a Text, mention: Span, names: &[Name], registry: &Registry) -> Option<Author<'a>> {
    let shown = text.slice(mention);
    let noun = head_noun(shown)?;
    let is_story = STORIES.contains(&noun.as_str());
    if !is_story && !STATEMENTS.contains(&noun.as_str()) {
        return None;
    }
    let owns = |name: &Name| {
        let behind = text.slice(Span::ordered(name.span.end(), mention.end()));
        let before = text.slice(Span::ordered(mention.start(), name.span.start()));
        let before = before.strip_suffix("the ").unwrap_or(before);
        let is_agent = behind.is_empty() && [" from ", " by "].iter().any(|preposition| before.ends_with(preposition));
        let behind = ["'s", "’s", "."].iter().find_map(|end| behind.strip_prefix(end)).unwrap_or(behind);
        is_agent || fold(behind.trim_start()).starts_with(&noun)
    };
    let named = names.iter().position(|name| mention.contains(&name.span) && owns(name));
    if is_story {
        return named.filter(|&at| registry.is_medium(text.slice(names[at].span))).map(Author::Name);
    }
    named.map(Author::Name).or_else(|| {
        let words = shown.rsplit_once(' ')?.0;
        let words = ["the ", "a ", "an "].iter().find_map(|article| strip_start(words, article)).unwrap_or(words);
        let is_party = |words: &str| registry.party_of_name(words).is_some();
        let is_state =
            words.rsplit_once(' ').is_some_and(|(party, noun)| registry.is_state_noun(noun) && is_party(party));
        (is_state || is_party(words)).then_some(Author::Phrase(words))
    })
}

fn strip_start<'a>(words: &'a str, start: &str) -> Option<&'a str> {
    words.get(..start.len()).filter(|head| head.eq_ignore_ascii_case(start)).map(|_| &words[start.len()..])
}

/// The noun of a description such as `the statement`, which may be the one in which somebody just said something.
pub(super) fn writing(mention: &str) -> Option<String> {
    head_noun(mention).filter(|noun| STATEMENTS.contains(&noun.as_str()) || WRITINGS.contains(&noun.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::registry::shipped;

    fn names(text: &Text, wanted: &[(&str, usize)]) -> Vec<Name> {
        let found = wanted.iter().map(|(words, kind)| {
            let at = text.as_str().find(words).expect("the name stands in the text");
            let mut kinds = [0.0; 3];
            kinds[*kind] = 1.0;
            Name { span: text.span_of_bytes(at..at + words.len()), pieces: 0..1, kinds }
        });
        found.collect()
    }

    /// The phrase of the mention `shown` in `string`.
    fn shown_as(string: &str, shown: &str, wanted: &[(&str, usize)]) -> String {
        let text = Text::new(string);
        let at = string.find(shown).expect("the mention stands in the text");
        let mention = text.span_of_bytes(at..at + shown.len());
        text.slice(phrase(&text, mention, &names(&text, wanted), &shipped())).to_owned()
    }

    #[test]
    fn those_who_govern_under_a_person_are_not_that_person() {
        let led = |string: &str| {
            let text = Text::new(string);
            administration(&text, text.whole(), &names(&text, &[("Quill", 0)])).map(str::to_owned)
        };
        assert_eq!(led("the Quill administration").as_deref(), Some("Quill administration"));
        assert_eq!(led("Quill"), None);
        assert_eq!(led("an official of the administration that Quill led"), None);
    }

    #[test]
    fn a_mention_has_no_verb_and_its_whole_name() {
        for (string, mention, wanted, expected) in [
            ("the Harbour Times reports it", "the Harbour Times reports", &[][..], "the Harbour Times"),
            ("so states Quill’s report", "states Quill’s report", &[], "Quill’s report"),
            ("as media reports put it", "media reports", &[], "media reports"),
            ("the Watch's Ada Quill said", "the Watch's", &[("Ada Quill", 0)], "the Watch's Ada Quill"),
            ("spokeswoman Cdr. Ada Quill said", "spokeswoman Cdr", &[("Ada Quill", 0)], "spokeswoman Cdr. Ada Quill"),
            ("Norlandic President Ada Quill said", "Norlandic", &[("Ada Quill", 0)], "Norlandic President Ada Quill"),
            ("port official Ada Quill said", "port official", &[("Ada Quill", 0)], "port official Ada Quill"),
            ("the envoy. Ada Quill left", "the envoy", &[("Quill", 0)], "the envoy"),
            ("The envoy said Ada Quill left", "The envoy", &[("Ada Quill", 0)], "The envoy"),
            ("Its head, Ada Quill, said so", "Its head", &[("Ada Quill", 0)], "Its head, Ada Quill"),
            ("According to the envoy, Ada Quill, 34, left", "the envoy", &[("Ada Quill", 0)], "the envoy"),
            ("The envoy, Ada Quill and Bo Moor left", "The envoy", &[("Ada Quill", 0)], "The envoy"),
        ] {
            assert_eq!(shown_as(string, mention, wanted), expected, "{string}");
        }
    }

    #[test]
    fn a_statement_is_its_institutions() {
        let author_of = |string: &'static str, wanted: &[(&str, usize)]| {
            let text = Text::new(string);
            match author(&text, text.whole(), &names(&text, wanted), &shipped()) {
                Some(Author::Name(at)) => wanted[at].0.to_owned(),
                Some(Author::Phrase(words)) => words.to_owned(),
                None => String::new(),
            }
        };
        assert_eq!(author_of("a Harbour Watch statement", &[("Harbour Watch", 1)]), "Harbour Watch");
        assert_eq!(author_of("a statement from the Harbour Watch", &[("Harbour Watch", 1)]), "Harbour Watch");
        assert_eq!(author_of("a Syrian government statement", &[]), "Syrian government");
        assert_eq!(author_of("a statement from Quill's office", &[("Quill", 0)]), "");
        assert_eq!(author_of("The Harbour Times article", &[("Harbour Times", 1)]), "Harbour Times");
        assert_eq!(author_of("the Quill report", &[("Quill", 0)]), "");
        assert_eq!(author_of("a written statement", &[]), "");
    }
}
