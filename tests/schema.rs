//! The published JSON Schema: what is committed is what the types say, and what the program writes fits it.
use std::fs;
use std::path::Path;

use ascribe::annotation::{Annotation, json_schema};
use serde_json::Value;

const COMMITTED: &str = "corpus/annotation.schema.json";

fn sample() -> &'static str {
    include_str!("fixtures/annotation.json")
}

fn complaints(annotation: &Value) -> Vec<String> {
    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(annotation).map(|error| format!("{}: {error}", error.instance_path)).collect()
}

#[test]
fn the_committed_schema_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(COMMITTED);
    let committed = fs::read_to_string(path).unwrap();
    assert!(committed == json_schema(), "run `ascribe schema > {COMMITTED}` and commit it");
}

#[test]
fn an_annotation_fits_the_schema() {
    let annotation: Value = serde_json::from_str(sample()).unwrap();
    assert_eq!(complaints(&annotation), Vec::<String>::new());
}

#[test]
fn gold_may_leave_out_what_is_not_annotated() {
    let gold = serde_json::json!({
        "schema": "ascribe/1", "article": {"text": "We win, she said."},
        "quotes": [{"kind": "indirect", "spans": [{"start": 0, "end": 6}],
                    "stances": [{"party": "us", "stance": "favor"}]}],
    });
    assert_eq!(complaints(&gold), Vec::<String>::new());
    assert!(serde_json::from_value::<Annotation>(gold).is_ok());
}

#[test]
fn what_is_wrong_does_not_fit() {
    let mut annotation: Value = serde_json::from_str(sample()).unwrap();
    annotation["quotes"][0]["kind"] = "shouted".into();
    annotation["quotes"][1]["confidence"]["span"] = 1.5.into();
    let complaints = complaints(&annotation);
    assert!(complaints.iter().any(|complaint| complaint.starts_with("/quotes/0/kind")), "{complaints:?}");
    assert!(complaints.iter().any(|complaint| complaint.starts_with("/quotes/1/confidence/span")), "{complaints:?}");
}

/// Every field of the published example is known to the types and written again under the same name and in the same
/// order, and every field of the schema stands in the example or is one that the example has no use for.
#[test]
fn fields_keep_their_names_and_order() {
    let read = Annotation::from_json(sample().as_bytes()).unwrap();
    let mut written = Vec::new();
    read.write_json(&mut written).unwrap();
    assert_eq!(String::from_utf8(written).unwrap(), sample());

    let schema: Value = serde_json::from_str(&json_schema()).unwrap();
    let mut unused = Vec::new();
    for (name, definition) in schema["definitions"].as_object().unwrap() {
        for field in definition["properties"].as_object().into_iter().flatten().map(|(field, _)| field) {
            if !sample().contains(&format!("\"{field}\":")) {
                unused.push(format!("{name}.{field}"));
            }
        }
    }
    let optional =
        ["Review.note", "Review.reviewer", "Review.time", "Review.verdict", "Tool.min_confidence", "Tool.precision"];
    assert_eq!(unused, optional);
}
