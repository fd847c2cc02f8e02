//! [`SpeakerFinder`]: where an article names known speakers. A full name is enough; a name that others bear too
//! counts where the article holds the full name, or a title stands before it and the date leaves one person.
use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use jiff::civil::Date;

use super::{CaseRule, Matcher, Registry, RegistryError};
use crate::text::{Span, Text, fold};

/// A known speaker named in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SpeakerMention {
    /// Id of the speaker.
    pub speaker: String,
    /// The name, without titles.
    pub span: Span,
}

/// Finds known speakers by their names. Build it once and use it for every article.
#[derive(Debug)]
pub struct SpeakerFinder {
    registry: Arc<Registry>,
    matcher: Matcher,
    names: Vec<Name>,
}

/// A name and who bears it, by position in the registry.
#[derive(Debug)]
struct Name {
    bearers: Vec<usize>,
    /// Nobody else bears it.
    sure: bool,
    /// More than one word.
    full: bool,
}

impl SpeakerFinder {
    /// Builds the automaton over all names of speakers.
    ///
    /// # Errors
    /// [`RegistryError::Matcher`] when the registry is too large for it.
    pub fn new(registry: Arc<Registry>) -> Result<Self, RegistryError> {
        let mut phrases: Vec<(String, CaseRule)> = Vec::new();
        let mut names: Vec<Name> = Vec::new();
        let mut positions: HashMap<String, usize> = HashMap::new();
        for (bearer, speaker) in registry.speakers().iter().enumerate() {
            let sure = speaker.sure_names().map(|name| (name, true));
            let ambiguous = speaker.ambiguous.iter().map(|name| (name.as_str(), false));
            for (name, sure) in sure.chain(ambiguous) {
                let position = *positions.entry(fold(name)).or_insert_with(|| {
                    phrases.push((name.to_owned(), registry.speaker_case_rule(name)));
                    names.push(Name { bearers: Vec::new(), sure, full: name.contains(' ') });
                    names.len() - 1
                });
                if !names[position].bearers.contains(&bearer) {
                    names[position].bearers.push(bearer);
                }
            }
        }
        let matcher = Matcher::new(&phrases)?;
        Ok(Self { registry, matcher, names })
    }

    /// The known speakers named in a text, in order.
    #[must_use]
    pub fn find(&self, text: &Text, date: Option<Date>) -> Vec<SpeakerMention> {
        let hits = self.matcher.find(text, text.whole());
        let full_names: HashSet<usize> = hits
            .iter()
            .map(|hit| &self.names[hit.phrase])
            .filter(|name| name.sure && name.full)
            .map(|name| name.bearers[0])
            .collect();
        hits.iter()
            .filter_map(|hit| {
                let name = &self.names[hit.phrase];
                let before = name_word_before(text, hit.span);
                if !name.full && self.is_part_of_other(text, hit.span, before) {
                    return None;
                }
                let bearer = if name.sure {
                    name.bearers[0]
                } else if let Some(named) = only(&name.bearers, |bearer| full_names.contains(&bearer)) {
                    named
                } else {
                    before.filter(|word| self.registry.is_title(word))?;
                    let titled = self.registry.find_speakers(with_words_before(text, hit.span), date);
                    return titled
                        .first()
                        .map(|speaker| SpeakerMention { speaker: speaker.id.clone(), span: hit.span });
                };
                let speaker = self.registry.speakers()[bearer].id.clone();
                Some(SpeakerMention { speaker, span: hit.span })
            })
            .collect()
    }

    /// Whether a surname stands in somebody else's name: behind a given name, or itself one before a surname
    /// (`Jeffrey Miller`).
    fn is_part_of_other(&self, text: &Text, span: Span, before: Option<&str>) -> bool {
        let hyphen = |at: Option<usize>| at.and_then(|at| text.char_at(at)) == Some('-');
        hyphen(span.start().checked_sub(1)) && !hyphen_is_article(text, span)
            || hyphen(Some(span.end()))
            || before.is_some_and(|word| self.registry.is_given_name(word))
            || self.registry.is_given_name(text.slice(span))
                && text.char_at(span.end()) == Some(' ')
                && text.char_at(span.end() + 1).is_some_and(char::is_uppercase)
    }
}

/// Whether the hyphen before a name joins it to an Arabic article: `al-Assad`.
fn hyphen_is_article(text: &Text, span: Span) -> bool {
    let before = Span::ordered(span.start().saturating_sub(4), span.start());
    let before = text.slice(before).to_lowercase();
    [" al-", " el-", "ash-"].iter().any(|article| before.ends_with(article))
}

/// The one that fits, if no other does.
fn only(bearers: &[usize], fits: impl Fn(usize) -> bool) -> Option<usize> {
    let mut fitting = bearers.iter().copied().filter(|&bearer| fits(bearer));
    fitting.next().filter(|_| fitting.next().is_none())
}

/// A name with some words before it in its line, among them its title.
fn with_words_before(text: &Text, span: Span) -> &str {
    /// Characters that the longest titles have.
    const REACH: usize = 48;
    let from = span.start().saturating_sub(REACH);
    let start = text.slice(Span::ordered(from, span.start()));
    let line = start.rfind('\n').map_or(0, |end| end + 1);
    &text.slice(Span::ordered(from, span.end()))[line..]
}

/// The capitalised word that stands right before a span, one blank between, its full stop included (`Mr.`).
pub(crate) fn name_word_before(text: &Text, span: Span) -> Option<&str> {
    /// Characters looked at; longer words are no titles and no given names.
    const REACH: usize = 24;
    let from = span.start().saturating_sub(REACH);
    let before = text.slice(Span::ordered(from, span.start()));
    let word = before.strip_suffix([' ', '\u{a0}', '\n'])?;
    let word = word.rsplit(|c: char| !(c.is_alphanumeric() || matches!(c, '.' | '\'' | '’' | '-'))).next()?;
    word.chars().next().is_some_and(char::is_uppercase).then_some(word)
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::shipped;
    use super::*;

    fn found(text: &str) -> Vec<(String, String)> {
        let text = Text::new(text);
        let finder = SpeakerFinder::new(shipped()).unwrap();
        let mentions = finder.find(&text, Some(date(2020, 2, 12)));
        mentions.into_iter().map(|mention| (mention.speaker, text.slice(mention.span).to_owned())).collect()
    }

    fn pair(speaker: &str, name: &str) -> (String, String) {
        (speaker.to_owned(), name.to_owned())
    }

    #[test]
    fn full_names_and_rare_surnames_are_found() {
        assert_eq!(
            found("İbrahim Kalın met Jim Jeffrey. KALIN thanked Pompeo."),
            [
                pair("ibrahim-kalin", "İbrahim Kalın"),
                pair("james-jeffrey", "Jim Jeffrey"),
                pair("ibrahim-kalin", "KALIN"),
                pair("mike-pompeo", "Pompeo"),
            ]
        );
    }

    #[test]
    fn an_ambiguous_name_needs_the_full_one_or_a_title() {
        assert!(found("Johnson said so.").is_empty());
        assert_eq!(found("Boris Johnson spoke. Johnson left.")[1], pair("boris-johnson", "Johnson"));
        assert_eq!(found("Prime Minister Johnson left."), [pair("boris-johnson", "Johnson")]);
    }

    #[test]
    fn relatives_are_not_taken_for_the_known() {
        assert!(found("Betty Biden and Gary Erdoğan").is_empty());
        assert!(found("Ada Moor-Biden and Biden-Moor").is_empty());
        assert_eq!(found("So al-Biden left.").len(), 1);
        assert_eq!(found("James Jeffrey met Jeffrey Miller. Jeffrey left.").len(), 2);
    }
}
