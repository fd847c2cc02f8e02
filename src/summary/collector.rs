//! [`Collector`]: annotations into compact rows, one annotation at a time.
use std::collections::HashMap;

use indexmap::IndexMap;
use jiff::civil::Date;

use super::copies::{Copies, CopyKey};
use super::statements::{ArticleRow, Held, SpeakerRow, Speaking, Statement, Statements};
use super::{Names, index};
use crate::annotation::{
    Annotation, EntityKind, PartyStance, Probability, Quote, Stance, StanceProbabilities, Verdict,
};
use crate::speaker::registry::entity_id;

/// Collects the rows of annotations.
#[derive(Debug, Default)]
pub struct Collector {
    articles: Vec<ArticleRow>,
    speakers: IndexMap<String, Known>,
    parties: Names,
    sources: Names,
    quotes: Vec<Collected>,
    utterances: u32,
}

/// A speaker, and the day of the article that told name and party.
#[derive(Debug)]
struct Known {
    name: String,
    named: Option<Date>,
    kind: EntityKind,
    party: Option<u32>,
    in_party: Option<Date>,
}

/// A quotation before it is known which are copies.
#[derive(Debug)]
struct Collected {
    statement: Statement,
    key: CopyKey,
    /// The position in its article of the quote that it repeats.
    repeats: Option<u32>,
}

impl Collector {
    /// Takes the rows of one more annotation.
    pub fn add(&mut self, annotation: &Annotation) {
        let read = &annotation.article;
        let article = ArticleRow {
            read: index(self.articles.len()),
            id: read.id.clone(),
            path: read.path.clone(),
            title: read.title.clone(),
            date: read.date.as_deref().and_then(|date| date.parse().ok()),
            source: read.source.as_deref().filter(|source| !source.is_empty()).map(|name| self.sources.number(name)),
            length: index(read.text.chars().count()),
        };
        let mut utterances: HashMap<&str, u32> = HashMap::new();
        let mut positions: HashMap<&str, u32> = HashMap::new();
        for (position, quote) in annotation.quotes.iter().enumerate() {
            let number = match utterances.get(quote.utterance.as_str()) {
                Some(number) if !quote.utterance.is_empty() => *number,
                _ => {
                    self.utterances += 1;
                    self.utterances - 1
                }
            };
            utterances.insert(&quote.utterance, number);
            let repeats = quote.repeats.as_deref().and_then(|id| positions.get(id).copied());
            positions.insert(&quote.id, index(position));
            let statement = self.statement(annotation, &article, quote, number);
            let key = CopyKey::of(&quote.words(), statement.speakers.iter().map(|speaking| speaking.speaker));
            self.quotes.push(Collected { statement, key, repeats });
        }
        self.articles.push(article);
    }

    fn statement(&mut self, annotation: &Annotation, article: &ArticleRow, quote: &Quote, utterance: u32) -> Statement {
        let verdict = quote.review.as_ref().map(|review| review.verdict);
        // What a person looked at and left standing is certain.
        let certain = matches!(verdict, Some(Verdict::Right | Verdict::Corrected));
        let probability = |read: Probability| if certain { Probability::ONE } else { Probability::new(read.value()) };
        let mut speakers: Vec<Speaking> = Vec::with_capacity(quote.speakers.len());
        for id in &quote.speakers {
            let speaking = self.speaking(annotation, article.date, id);
            if speakers.iter().all(|earlier| earlier.speaker != speaking.speaker) {
                speakers.push(speaking);
            }
        }
        Statement {
            article: article.read,
            id: quote.id.as_str().into(),
            start: offset(quote.start()),
            end: offset(quote.end()),
            kind: quote.kind,
            speakers: speakers.into(),
            p_span: probability(quote.confidence.span),
            p_speaker: probability(quote.confidence.speaker),
            verdict,
            utterance,
            words: 0,
            stances: quote.stances.iter().map(|stance| self.held(stance, certain)).collect(),
        }
    }

    fn held(&mut self, read: &PartyStance, certain: bool) -> Held {
        let probabilities = if certain {
            StanceProbabilities::certain(read.stance)
        } else {
            let sound = |stance: Stance| Probability::new(read.probabilities.of(stance).value());
            StanceProbabilities {
                favor: sound(Stance::Favor),
                neutral: sound(Stance::Neutral),
                against: sound(Stance::Against),
            }
        };
        Held { party: self.parties.number(&read.party), stance: read.stance, probabilities }
    }

    /// The speaker of an entity's id. Ids of named entities mean the same in all articles; sources without a name are
    /// numbered in each, and go by the phrase for them.
    fn speaking(&mut self, annotation: &Annotation, date: Option<Date>, id: &str) -> Speaking {
        let entity = annotation.entity(id);
        let name = entity.map(|entity| entity.name.as_str()).filter(|name| !name.is_empty()).unwrap_or(id);
        let kind = entity.map(|entity| entity.kind).unwrap_or_default();
        let id = if kind == EntityKind::Unnamed { entity_id(name) } else { id.to_owned() };
        let party = entity.and_then(|entity| entity.party.as_deref()).map(|party| self.parties.number(party));
        let entry = self.speakers.entry(id);
        let speaker = index(entry.index());
        let known = entry.or_insert_with(|| Known { name: name.to_owned(), named: date, kind, party, in_party: date });
        if date > known.named {
            name.clone_into(&mut known.name);
            known.named = date;
        }
        if party.is_some() && (known.party.is_none() || date > known.in_party) {
            known.party = party;
            known.in_party = date;
        }
        Speaking { speaker, party }
    }

    /// Puts the rows in order and numbers what was said more than once.
    #[must_use]
    pub fn finish(self) -> Statements {
        let Self { mut articles, speakers, parties, sources, mut quotes, .. } = self;
        articles.sort_by(|a, b| {
            let day = |article: &ArticleRow| (article.date.is_none(), article.date);
            day(a).cmp(&day(b)).then_with(|| a.path.cmp(&b.path))
        });
        let mut place = vec![0; articles.len()];
        for (at, article) in articles.iter().enumerate() {
            place[article.read as usize] = index(at);
        }
        // Stable: quotes of an article stay in the order of its text.
        quotes.sort_by_key(|quote| place[quote.statement.article as usize]);

        let mut copies = Copies::default();
        let mut ordered: Vec<Statement> = Vec::with_capacity(quotes.len());
        let mut first = 0;
        for Collected { mut statement, key, repeats } in quotes {
            statement.article = place[statement.article as usize];
            if ordered.last().is_some_and(|last| last.article != statement.article) {
                first = ordered.len();
            }
            let date = articles[statement.article as usize].date;
            statement.words = match repeats {
                Some(position) => ordered[first + position as usize].words,
                None => copies.number(key, statement.article, date),
            };
            ordered.push(statement);
        }
        let speakers =
            speakers.into_iter().map(|(id, Known { name, kind, party, .. })| SpeakerRow { id, name, kind, party });
        Statements { articles, speakers: speakers.collect(), parties, sources, quotes: ordered }
    }
}

/// An offset as it is kept. A file can hold any number.
fn offset(read: usize) -> u32 {
    u32::try_from(read).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Review, sample};

    fn on(date: &str, path: &str) -> Annotation {
        let mut annotation = sample();
        annotation.article.date = (!date.is_empty()).then(|| date.to_owned());
        annotation.article.path = path.to_owned();
        annotation
    }

    fn collect(annotations: &[Annotation]) -> Statements {
        let mut collector = Collector::default();
        for annotation in annotations {
            collector.add(annotation);
        }
        collector.finish()
    }

    #[test]
    fn articles_stand_in_the_order_of_their_days() {
        let read = [on("", "a"), on("2020-02-14", "b"), on("2020-02-12", "d"), on("2020-02-12", "c")];
        let statements = collect(&read);
        let paths: Vec<_> = statements.articles.iter().map(|article| article.path.as_str()).collect();
        assert_eq!(paths, ["c", "d", "b", "a"]);
        assert!(statements.quotes.is_sorted_by_key(|quote| (quote.article, quote.start)));
        let names: Vec<_> = statements.speakers.iter().map(|speaker| speaker.name.as_str()).collect();
        assert_eq!(names, ["Jens Stoltenberg", "İbrahim Kalın", "a Foreign Ministry official"]);
    }

    #[test]
    fn copies_and_repeats_have_the_number_of_the_first() {
        let mut copied = on("2020-02-13", "copy");
        copied.quotes[4].repeats = Some("q1".to_owned());
        let statements = collect(&[on("2020-02-12", "first"), copied, on("2020-03-12", "later")]);
        let words: Vec<_> = statements.quotes.iter().map(|quote| quote.words).collect();
        assert_eq!(words, [0, 1, 2, 3, 4, 0, 1, 2, 3, 0, 5, 6, 7, 8, 9]);
    }

    #[test]
    fn an_utterance_belongs_to_one_article() {
        let statements = collect(&[on("2020-02-12", "a"), on("2020-02-12", "b")]);
        let numbers: Vec<_> = statements.quotes.iter().map(|quote| quote.utterance).collect();
        assert_eq!(numbers[0], numbers[1]);
        assert_ne!(numbers[1], numbers[2]);
        assert!(numbers[..5].iter().all(|number| !numbers[5..].contains(number)));
    }

    #[test]
    fn the_latest_article_tells_name_and_party() {
        let mut later = on("2021-01-01", "later");
        later.entities[0].name = "Secretary Stoltenberg".to_owned();
        later.entities[0].party = None;
        let statements = collect(&[later, on("2020-02-12", "a")]);
        let speaker = &statements.speakers[0];
        assert_eq!(speaker.name, "Secretary Stoltenberg");
        assert_eq!(statements.parties.name(speaker.party.unwrap()), "nato");
    }

    #[test]
    fn sources_without_a_name_go_by_their_phrase() {
        let mut other = on("2020-02-12", "other");
        other.entities[2].id = "unnamed-9".to_owned();
        other.quotes[4].speakers = vec!["unnamed-9".to_owned()];
        let statements = collect(&[on("2020-02-12", "a"), other]);
        assert_eq!(statements.speakers.len(), 3);
        assert_eq!(statements.speakers[2].id, "a-foreign-ministry-official");
    }

    #[test]
    fn what_is_no_probability_or_offset_does_no_harm() {
        let mut annotation = sample();
        annotation.quotes[1].spans[0].end = usize::MAX;
        annotation.quotes[1].confidence.span = serde_json::from_str("7").unwrap();
        let quote = &collect(&[annotation]).quotes[1];
        assert_eq!((quote.end, quote.p_span), (u32::MAX, Probability::ONE));
    }

    #[test]
    fn what_a_reviewer_left_standing_is_certain() {
        let mut annotation = sample();
        let review = Review { verdict: Verdict::Corrected, reviewer: None, time: None, note: None };
        annotation.quotes[1].review = Some(review);
        let quote = &collect(&[annotation]).quotes[1];
        assert!((quote.weight() - 1.0).abs() < f64::EPSILON);
        assert_eq!(quote.stances[0].probabilities, StanceProbabilities::certain(Stance::Against));
    }
}
