//! Labelled quotations about states and armed groups: JSON lines, one a quotation and party, whose offsets refer to
//! articles in a file of their own.
//!
//! Not every quotation of an article is labelled, so these scores know no precision over the whole article. Rows with
//! one quotation are brought together; only articles that a row names are kept while the other file streams by.
use std::collections::{BTreeMap, HashMap};
use std::path::Path;
use std::sync::Arc;

use serde::Deserialize;

use super::{EvalError, bare_article, json_lines};
use crate::annotation::Stance;
use crate::article::Article;
use crate::eval::attribution::Place;
use crate::eval::pairs::LabelledPair;
use crate::eval::subject::Pair;
use crate::text::{Span, Text};

/// An article with labelled quotations.
#[derive(Clone, Debug, PartialEq)]
pub struct LabelledArticle {
    /// The article.
    pub article: Article,
    /// Some of the quotations in it.
    pub quotations: Vec<Quotation>,
}

/// One labelled quotation.
#[derive(Clone, Debug, PartialEq)]
pub struct Quotation {
    /// What stands between the marks.
    pub span: Span,
    /// Whether it is speech, or else a title, a term, or narration between wrongly paired marks.
    pub is_speech: bool,
    /// Full name of the speaker, also where the article only says `he`.
    pub speaker: Option<String>,
    /// The words that name the source.
    pub source: Option<Span>,
    /// The parties that it was labelled for.
    pub parties: Vec<PartyLabel>,
}

/// What a quotation says about a party.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyLabel {
    /// The party's id.
    pub party: String,
    /// Whether the party's words stand inside the quotation.
    pub is_explicit: bool,
    /// The words that refer to the party.
    pub target: Option<Span>,
    /// The stance of the speaker; nothing where the quotation does not refer to the party.
    pub stance: Option<Stance>,
}

#[derive(Deserialize)]
struct Record {
    article: String,
    quote: Offsets,
    speech: bool,
    speaker: Option<String>,
    source: Option<Offsets>,
    party: String,
    target: Option<Offsets>,
    explicit: bool,
    stance: Option<Label>,
}

#[derive(Clone, Copy, Deserialize)]
struct Offsets {
    start: usize,
    end: usize,
}

#[derive(Clone, Copy, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Label {
    Favor,
    Neutral,
    Against,
    None,
}

/// A record of the file of articles.
#[derive(Deserialize)]
struct ArticleRecord {
    id: String,
    title: Option<String>,
    date: Option<String>,
    source: Option<String>,
    url: Option<String>,
    text: String,
}

/// Reads labels and the articles that they refer to, in the order of the labels, the first `limit` articles.
///
/// # Errors
/// When a record is broken, an article is missing, or a span does not lie in its article.
pub fn read(labels: &Path, articles: &Path, limit: usize) -> Result<Vec<LabelledArticle>, EvalError> {
    let mut order: Vec<String> = Vec::new();
    let mut records: HashMap<String, Vec<Record>> = HashMap::new();
    for record in json_lines::<Record>(labels)? {
        let (_, record) = record?;
        if !records.contains_key(&record.article) {
            if order.len() == limit {
                continue;
            }
            order.push(record.article.clone());
        }
        records.entry(record.article.clone()).or_default().push(record);
    }
    let mut found = wanted(articles, &records)?;
    let missing: Vec<&String> = order.iter().filter(|id| !found.contains_key(*id)).collect();
    if let Some(first) = missing.first() {
        let first = (*first).clone();
        return Err(EvalError::ArticlesMissing { path: articles.to_owned(), missing: missing.len(), first });
    }
    let labelled = order.iter().filter_map(|id| Some((found.remove(id)?, records.remove(id)?)));
    labelled.map(|(article, records)| with_quotations(article, &records)).collect()
}

fn wanted(path: &Path, records: &HashMap<String, Vec<Record>>) -> Result<HashMap<String, Article>, EvalError> {
    let mut found = HashMap::new();
    for record in json_lines::<ArticleRecord>(path)? {
        let (_, record) = record?;
        if records.contains_key(&record.id) {
            let bare = bare_article(&record.id, Path::new(&record.id), record.text);
            let article = Article {
                title: record.title.or(bare.title),
                date: record.date,
                source: record.source,
                url: record.url,
                ..bare
            };
            found.insert(record.id, article);
        }
    }
    Ok(found)
}

fn with_quotations(article: Article, records: &[Record]) -> Result<LabelledArticle, EvalError> {
    let place = Place { article: &article.id, text: &article.text };
    let span = |what, offsets: Offsets| place.span(what, offsets.start, offsets.end);
    let optional = |what, offsets: Option<Offsets>| offsets.map(|offsets| span(what, offsets)).transpose();
    let mut quotations: BTreeMap<Span, Quotation> = BTreeMap::new();
    for record in records {
        let quote = span("a quotation", record.quote)?;
        let source = optional("a source", record.source)?;
        let label = PartyLabel {
            party: record.party.clone(),
            is_explicit: record.explicit,
            target: optional("the words for a party", record.target)?,
            stance: record.stance.and_then(Label::stance),
        };
        let quotation = quotations.entry(quote).or_insert_with(|| Quotation {
            span: quote,
            is_speech: record.speech,
            speaker: record.speaker.clone(),
            source,
            parties: Vec::new(),
        });
        quotation.parties.push(label);
    }
    Ok(LabelledArticle { quotations: quotations.into_values().collect(), article })
}

impl Label {
    fn stance(self) -> Option<Stance> {
        match self {
            Self::Favor => Some(Stance::Favor),
            Self::Neutral => Some(Stance::Neutral),
            Self::Against => Some(Stance::Against),
            Self::None => None,
        }
    }
}

/// The labelled pairs whose party's words stand inside the quotation, for judging stance with the gold spans.
#[must_use]
pub fn explicit_pairs(articles: &[LabelledArticle]) -> Vec<LabelledPair> {
    let mut pairs = Vec::new();
    for (unit, labelled) in articles.iter().enumerate() {
        let text: Arc<Text> = Arc::new(labelled.article.text.clone());
        for quotation in labelled.quotations.iter().filter(|quotation| quotation.is_speech) {
            for label in quotation.parties.iter().filter(|label| label.is_explicit) {
                let (Some(target), Some(stance)) = (label.target, label.stance) else { continue };
                let pair = Pair { text: Arc::clone(&text), quote: quotation.span, holder: quotation.source, target };
                pairs.push(LabelledPair { pair, stance, unit });
            }
        }
    }
    pairs
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    const TEXT: &str = "“We stand by Oslo,” Mara Quill said. The “safe road” led to Bergen.";

    /// An invented article with a quotation, labelled for two parties, and a term between marks.
    pub(crate) fn sample() -> (tempfile::TempDir, Vec<LabelledArticle>) {
        let folder = tempfile::tempdir().unwrap();
        let offsets = |words: &str| {
            let text = Text::new(TEXT);
            let at = TEXT.find(words).unwrap();
            let span = text.span_of_bytes(at..at + words.len());
            format!(r#"{{"start": {}, "end": {}, "text": "…"}}"#, span.start(), span.end())
        };
        let row = |party: &str, words: &str, explicit: bool, stance: &str| {
            format!(
                r#"{{"id": "1", "article": "dam", "quote": {}, "speech": true, "speaker": "Mara Quill", "source": {}, "party": "{party}", "target": {}, "explicit": {explicit}, "stance": "{stance}", "sure": true}}"#,
                offsets("We stand by Oslo,"),
                offsets("Mara Quill"),
                offsets(words)
            )
        };
        let term = format!(
            r#"{{"id": "3", "article": "dam", "quote": {}, "speech": false, "speaker": null, "source": null, "party": "bergen", "target": {}, "explicit": false, "stance": null, "sure": true}}"#,
            offsets("safe road"),
            offsets("Bergen")
        );
        let labels = [row("oslo", "Oslo", true, "favor"), row("bergen", "Bergen", false, "none"), term].join("\n");
        std::fs::write(folder.path().join("dev.jsonl"), labels).unwrap();
        let article = |id: &str| serde_json::json!({"id": id, "date": "2020-02-12", "text": TEXT}).to_string();
        std::fs::write(folder.path().join("articles.jsonl"), [article("other"), article("dam")].join("\n")).unwrap();
        let read = read(&folder.path().join("dev.jsonl"), &folder.path().join("articles.jsonl"), usize::MAX).unwrap();
        (folder, read)
    }

    #[test]
    fn rows_of_one_quotation_are_brought_together() {
        let (_, articles) = sample();
        let LabelledArticle { article, quotations } = &articles[0];
        assert_eq!((articles.len(), quotations.len()), (1, 2));
        assert_eq!(article.text.slice(quotations[0].span), "We stand by Oslo,");
        assert_eq!(article.date.as_deref(), Some("2020-02-12"));
        assert_eq!(quotations[0].parties[0].stance, Some(Stance::Favor));
        assert_eq!(quotations[0].parties[1].stance, None);
        assert!(!quotations[1].is_speech);
    }

    #[test]
    fn pairs_are_those_with_the_party_inside() {
        let (_, articles) = sample();
        let pairs = explicit_pairs(&articles);
        assert_eq!(pairs.len(), 1);
        assert_eq!(pairs[0].pair.text.slice(pairs[0].pair.target), "Oslo");
        assert_eq!(pairs[0].pair.text.slice(pairs[0].pair.holder.unwrap()), "Mara Quill");
    }

    #[test]
    fn a_missing_article_is_named() {
        let (folder, _) = sample();
        let articles = folder.path().join("few.jsonl");
        std::fs::write(&articles, r#"{"id": "other", "text": "x"}"#).unwrap();
        let error = read(&folder.path().join("dev.jsonl"), &articles, usize::MAX).unwrap_err().to_string();
        assert!(error.contains("1 are not there, dam among them"), "{error}");
    }
}
