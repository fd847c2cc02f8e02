//! JSON records. Crawlers name the same five things in a hundred ways; the common ones are tried in order, and each
//! can be named instead.
use serde_json::{Map, Value};

use super::date::iso_date;
use super::error::Cause;
use super::fields::Fields;

/// Names of the fields to read, where the usual ones do not fit. A name with full stops leads into nested objects
/// (`article.body`) unless a field has that very name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct JsonKeys {
    /// The field with the text.
    pub text: Option<String>,
    /// The field with the id.
    pub id: Option<String>,
    /// The field with the title.
    pub title: Option<String>,
    /// The field with the date.
    pub date: Option<String>,
    /// The field with the publisher.
    pub source: Option<String>,
    /// The field with the address.
    pub url: Option<String>,
}

const TEXT: &[&str] = &[
    "text",
    "body",
    "content",
    "articleBody",
    "article_body",
    "article",
    "maintext",
    "full_text",
    "fulltext",
    "story",
];
const ID: &[&str] = &["id", "_id", "article_id", "uid", "uuid", "guid"];
const TITLE: &[&str] = &["title", "headline", "heading", "name"];
const DATE: &[&str] = &[
    "date",
    "published",
    "datePublished",
    "date_published",
    "published_at",
    "publishedAt",
    "publish_date",
    "date_publish",
    "published_date",
    "publication_date",
    "pubDate",
    "pub_date",
];
const SOURCE: &[&str] = &["source", "publisher", "publication", "site", "site_name", "outlet", "source_domain"];
const URL: &[&str] = &["url", "link", "canonical_url", "web_url", "source_url"];

/// The record of a parsed file or line. A record of the schema `ascribe/1` gives the article that it annotates.
pub(super) fn fields(value: Value, keys: &JsonKeys) -> Result<Fields, Cause> {
    let mut record = match value {
        Value::Object(record) => record,
        Value::Array(mut list) if list.len() == 1 && list[0].is_object() => {
            return fields(list.remove(0), keys);
        }
        Value::Array(list) => return Err(Cause::List(list.len())),
        other => return Err(Cause::NotObject(kind(&other))),
    };
    if record.get("schema").and_then(Value::as_str) == Some("ascribe/1")
        && let Some(Value::Object(article)) = record.remove("article")
    {
        return chosen(&article, &JsonKeys::default());
    }
    chosen(&record, keys)
}

fn chosen(record: &Map<String, Value>, keys: &JsonKeys) -> Result<Fields, Cause> {
    let text = lookup(record, keys.text.as_deref(), TEXT, running_text).ok_or_else(|| no_text(record, keys))?;
    Fields {
        text,
        id: lookup(record, keys.id.as_deref(), ID, label),
        title: lookup(record, keys.title.as_deref(), TITLE, label),
        date: lookup(record, keys.date.as_deref(), DATE, |value| iso_date(&label(value)?)),
        source: lookup(record, keys.source.as_deref(), SOURCE, label),
        url: lookup(record, keys.url.as_deref(), URL, label),
    }
    .filled()
}

/// The first field, of the one named or of the usual ones, from which `take` gets something.
fn lookup(
    record: &Map<String, Value>,
    named: Option<&str>,
    usual: &[&str],
    take: impl Fn(&Value) -> Option<String>,
) -> Option<String> {
    match named {
        Some(key) => take(at(record, key)?),
        None => usual.iter().find_map(|key| take(record.get(*key)?)),
    }
}

/// The field of that very name, or the one to which the parts of the name lead.
fn at<'a>(record: &'a Map<String, Value>, key: &str) -> Option<&'a Value> {
    record.get(key).or_else(|| {
        let (outer, inner) = key.split_once('.')?;
        at(record.get(outer)?.as_object()?, inner)
    })
}

/// Text letter for letter; the paragraphs of a list are put under each other.
fn running_text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Array(parts) => {
            let paragraphs: Vec<String> = parts.iter().filter_map(running_text).collect();
            (!paragraphs.is_empty()).then(|| paragraphs.join("\n\n"))
        }
        Value::Object(part) => part.get("text").filter(|text| text.is_string()).and_then(running_text),
        _ => None,
    }
}

/// A short value: a string, a number, or an object that has a name.
fn label(value: &Value) -> Option<String> {
    let label = match value {
        Value::String(label) => label.trim().to_owned(),
        Value::Number(number) => number.to_string(),
        Value::Object(object) => ["name", "$oid", "$date"].iter().find_map(|key| label(object.get(*key)?))?,
        Value::Array(list) => label(list.first()?)?,
        _ => return None,
    };
    (!label.is_empty()).then_some(label)
}

fn no_text(record: &Map<String, Value>, keys: &JsonKeys) -> Cause {
    let tried = keys.text.clone().unwrap_or_else(|| TEXT.join(", "));
    let present: Vec<&str> = record.keys().take(12).map(String::as_str).collect();
    Cause::NoText { tried, present: if present.is_empty() { "none".to_owned() } else { present.join(", ") } }
}

fn kind(value: &Value) -> &'static str {
    match value {
        Value::String(_) => "a string",
        Value::Number(_) => "a number",
        Value::Bool(_) => "a truth value",
        _ => "null",
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn the_usual_names_are_known() {
        let read = fields(
            json!({"articleBody": "It rained.\r\n", "headline": " Rain ", "datePublished": "11 Feb 2020", "id": 7,
                   "publisher": {"name": "Liman"}, "link": "https://example.org"}),
            &JsonKeys::default(),
        )
        .unwrap();
        assert_eq!(read.text, "It rained.\r\n");
        assert_eq!((read.title.as_deref(), read.date.as_deref()), (Some("Rain"), Some("2020-02-11")));
        assert_eq!((read.id.as_deref(), read.source.as_deref()), (Some("7"), Some("Liman")));
        assert_eq!(read.url.as_deref(), Some("https://example.org"));
    }

    #[test]
    fn a_key_can_be_named_even_inside_another_object() {
        let keys = JsonKeys { text: Some("doc.body".into()), id: Some("a.b".into()), ..JsonKeys::default() };
        let read =
            fields(json!({"text": "no", "doc": {"body": ["One.", {"text": "Two."}]}, "a.b": "x"}), &keys).unwrap();
        assert_eq!(read.text, "One.\n\nTwo.");
        assert_eq!(read.id.as_deref(), Some("x"));
    }

    #[test]
    fn an_annotation_gives_its_article() {
        let read = fields(
            json!({"schema": "ascribe/1", "article": {"id": "a/b", "text": "Snow fell.", "title": null, "date": "2020-02-11"}}),
            &JsonKeys { text: Some("body".into()), ..JsonKeys::default() },
        )
        .unwrap();
        assert_eq!((read.text.as_str(), read.id.as_deref(), read.title), ("Snow fell.", Some("a/b"), None));
    }

    #[test]
    fn a_record_without_a_text_says_what_it_has() {
        let refused = |value| fields(value, &JsonKeys::default()).unwrap_err().to_string();
        assert!(refused(json!({"summary": "x", "n": 1})).contains("the record has summary, n"));
        assert!(refused(json!([{}, {}])).contains("a list of 2 records"));
        assert!(refused(json!("text")).contains("a string"));
        assert!(refused(json!({"text": " \u{a0}"})).contains("no text"));
        let keys = JsonKeys { text: Some("x.y".into()), ..JsonKeys::default() };
        assert!(fields(json!({"text": "a"}), &keys).unwrap_err().to_string().contains("x.y"));
    }
}
