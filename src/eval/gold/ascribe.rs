//! Gold in our own format, `ascribe/1`, whole or shortened.
//!
//! Shortened gold leaves the text to a file beside it (`NAME.txt` for `NAME.gold.json`, or the article's `path`), says
//! `cue_text` where the full form has a span, and leaves sources out. Both may carry two fields that predictions lack:
//! `also_accepted`, ids of speakers that count as right too, and `undecided_parties`, on which annotators may differ.
use std::path::{Path, PathBuf};

use serde::Deserialize;
use serde_json::{Value, json};

use super::{Bounds, EvalError, GoldArticle, Layers, bare_article, text_file};
use crate::annotation::{Annotation, ReadError, annotation_files};
use crate::article::Article;
use crate::eval::attribution::{Attribution, Place, Speaker};
use crate::text::{Span, Text};

/// The fields that gold has beside those of an annotation.
#[derive(Deserialize)]
struct Extras {
    quotes: Vec<QuoteExtras>,
}

#[derive(Default, Deserialize)]
#[serde(default)]
struct QuoteExtras {
    also_accepted: Vec<String>,
    undecided_parties: Vec<String>,
}

/// Reads a file or all files of a folder, sorted by name, the first `limit` articles of them.
///
/// # Errors
/// When a file is no annotation, or its spans do not lie in its text.
pub fn read(path: &Path, limit: usize) -> Result<Vec<GoldArticle>, EvalError> {
    let mut articles = Vec::new();
    for file in annotation_files(path)? {
        let string = text_file(&file)?;
        let records: Vec<(usize, &str)> = if file.extension().is_some_and(|extension| extension == "jsonl") {
            (1..).zip(string.lines()).filter(|(_, line)| !line.trim().is_empty()).collect()
        } else {
            vec![(1, string.as_str())]
        };
        for (_, record) in records {
            if articles.len() == limit {
                return Ok(articles);
            }
            articles.push(article(&file, record)?);
        }
    }
    Ok(articles)
}

fn article(file: &Path, record: &str) -> Result<GoldArticle, EvalError> {
    let broken = |source| EvalError::Json { path: file.to_owned(), source };
    let mut value: Value = serde_json::from_str(record).map_err(broken)?;
    let is_shortened = value.pointer("/article/text").is_none();
    if is_shortened && value.get("article").is_some_and(Value::is_object) {
        value["article"]["text"] = json!(text_file(&text_beside(file, &value))?);
    }
    let extras: Extras = serde_json::from_value(value.clone()).map_err(broken)?;
    let annotation: Annotation = serde_json::from_value(value)
        .map_err(|error| EvalError::Gold { path: file.to_owned(), source: ReadError::Malformed(error) })?;
    let article = as_read(file, &annotation);
    let mut quotes = Attribution::all(&annotation, &article.text)?;
    for (quote, extras) in quotes.iter_mut().zip(extras.quotes) {
        quote.also_accepted = extras.also_accepted.iter().map(|id| speaker(&annotation, id)).collect();
        quote.undecided = extras.undecided_parties;
    }
    let not_speech = not_speech(&annotation, &article.text)?;
    let layers = Layers { bounds: Bounds::Quotes, cues: !is_shortened, sources: !is_shortened, speakers: true };
    Ok(GoldArticle { article, quotes, not_speech, masked: Vec::new(), layers })
}

/// The text file that shortened gold belongs to.
fn text_beside(file: &Path, value: &Value) -> PathBuf {
    let named = value.pointer("/article/path").and_then(Value::as_str).map(|path| file.with_file_name(path));
    named.filter(|path| path.is_file()).unwrap_or_else(|| {
        let name = file.file_name().map(|name| name.to_string_lossy()).unwrap_or_default();
        let stem = name.trim_end_matches(".json").trim_end_matches(".gold");
        file.with_file_name(format!("{stem}.txt"))
    })
}

/// The article as reading its file would give it.
fn as_read(file: &Path, annotation: &Annotation) -> Article {
    let known = &annotation.article;
    let bare = bare_article(&known.id, Path::new(&known.path), known.text.clone());
    let name = || file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    Article {
        id: if known.id.is_empty() { name() } else { known.id.clone() },
        sha256: known.sha256.clone(),
        title: known.title.clone().or(bare.title),
        date: known.date.clone(),
        source: known.source.clone(),
        url: known.url.clone(),
        ..bare
    }
}

fn speaker(annotation: &Annotation, id: &str) -> Speaker {
    let name = annotation.entity(id).map(|entity| entity.name.clone()).unwrap_or_default();
    Speaker { id: id.to_owned(), name, ..Speaker::default() }
}

fn not_speech(annotation: &Annotation, text: &Text) -> Result<Vec<Span>, EvalError> {
    let place = Place { article: &annotation.article.id, text };
    annotation.not_speech.iter().map(|marked| place.span("marked text", marked.start, marked.end)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn full_gold_is_read_from_a_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        sample().write_json(&mut bytes).unwrap();
        std::fs::write(folder.path().join("saraqib.json"), &bytes).unwrap();
        let gold = read(folder.path(), usize::MAX).unwrap().remove(0);
        assert_eq!(gold.article.id, "saraqib");
        assert_eq!(gold.article.text.slice(gold.quotes[0].content[0]), "The shelling must stop today,");
        assert_eq!(gold.article.text.slice(gold.quotes[0].cue.unwrap()), "said");
        assert!(gold.layers.cues && gold.layers.speakers);
        assert!(read(folder.path(), 0).unwrap().is_empty());
    }

    #[test]
    fn shortened_gold_takes_its_text_from_the_file_beside_it() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("dam.txt"), "“İt holds,” Mara Quill said.").unwrap();
        let record = r#"{"schema": "ascribe/1", "article": {"path": "dam.txt"},
            "entities": [{"id": "mara-quill", "name": "Mara Quill"}, {"id": "dam-office", "name": "the dam office"}],
            "quotes": [{"kind": "direct", "spans": [{"start": 1, "end": 10}], "speakers": ["mara-quill"],
                        "also_accepted": ["dam-office"], "undecided_parties": ["eu"], "cue_text": "said"}],
            "not_speech_texts": []}"#;
        std::fs::write(folder.path().join("dam.gold.json"), record).unwrap();
        let gold = read(&folder.path().join("dam.gold.json"), usize::MAX).unwrap().remove(0);
        let quote = &gold.quotes[0];
        assert_eq!(gold.article.text.slice(quote.content[0]), "İt holds,");
        assert_eq!(quote.also_accepted[0].name, "the dam office");
        assert_eq!(quote.undecided, ["eu"]);
        assert!(!gold.layers.cues && !gold.layers.sources);
    }

    #[test]
    fn gold_without_its_text_says_which_file_is_missing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gone.gold.json");
        std::fs::write(&path, r#"{"schema": "ascribe/1", "article": {}, "quotes": []}"#).unwrap();
        assert!(read(&path, 1).unwrap_err().to_string().contains("gone.txt"));
    }
}
