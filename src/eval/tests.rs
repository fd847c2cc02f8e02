//! The way from files to a report.
use super::*;
use crate::annotation::{Annotation, Tool, sample};
use crate::eval::anaphora::gap;

/// A folder with the sample annotation, as gold or as prediction.
fn folder(annotation: &Annotation) -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    let mut bytes = Vec::new();
    annotation.write_json(&mut bytes).unwrap();
    std::fs::write(folder.path().join("saraqib.json"), bytes).unwrap();
    folder
}

#[test]
fn predictions_are_scored_against_gold() {
    let gold = folder(&sample());
    let mut wrong = sample();
    wrong.quotes[0].speakers = vec!["ibrahim-kalin".to_owned()];
    let predictions = folder(&wrong);
    let predictions = Predictions::open(predictions.path()).unwrap();
    let subjects = Subjects { annotate: Some(&predictions), ..Subjects::default() };
    let report = evaluate(&Task::new(gold.path()), subjects).unwrap();
    assert_eq!((report.format.as_str(), report.units), ("gold", 1));
    assert_eq!(report.row("contents", "by character: F1").unwrap().value, Some(1.0));
    let speakers = report.row("speakers", "right of all quotes").unwrap();
    assert_eq!((speakers.right, speakers.n), (Some(sample().quotes.len() - 1), sample().quotes.len()));
    let confusion = &report.confusions[0];
    assert_eq!((confusion.gold.as_str(), confusion.guess.as_str()), ("Jens Stoltenberg", "İbrahim Kalın"));
}

#[test]
fn labelled_quotations_are_scored_end_to_end_and_with_gold_spans() {
    let (folder, articles) = gold::diplomacy::tests::sample();
    let labels = folder.path().join("dev.jsonl");
    let blank = |articles: &[Article]| {
        let annotation = |article: &Article| Annotation::new(Tool::default(), article.into());
        Ok(articles.iter().map(annotation).collect::<Vec<Annotation>>())
    };
    let favor = |pairs: &[Pair]| Ok(vec![[0.8, 0.1, 0.1]; pairs.len()]);
    let subjects = Subjects { annotate: Some(&blank), judge: Some(&favor), resolve: None };
    let error = evaluate(&Task::new(&labels), subjects).unwrap_err().to_string();
    assert!(error.ends_with("name that file with --articles"), "{error}");
    let texts = folder.path().join("articles.jsonl");
    let report = evaluate(&Task { articles: Some(&texts), ..Task::new(&labels) }, subjects).unwrap();
    assert_eq!((report.format.as_str(), report.units), ("diplomacy", articles.len()));
    assert_eq!(report.row("quotations", "found (IoU .8)").unwrap().value, Some(0.0));
    let stances = report.row("stances with the gold's spans, party inside", "stance: macro F1").unwrap();
    assert_eq!(stances.value, Some(1.0));
}

#[test]
fn what_predictions_cannot_answer_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("gap.tsv");
    std::fs::write(&file, gap::tests::ROWS).unwrap();
    let error = evaluate(&Task::new(&file), Subjects::default()).unwrap_err().to_string();
    assert!(error.starts_with("scoring gap: it asks the model"), "{error}");
}

#[test]
fn a_report_over_nothing_is_none() {
    let gold = folder(&sample());
    let error = evaluate(&Task { limit: 0, ..Task::new(gold.path()) }, Subjects::default()).unwrap_err();
    assert!(matches!(error, EvalError::Nothing { .. }), "{error}");
}
