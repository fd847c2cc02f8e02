//! What `ascribe export` writes, read back by the programs that people read it with (`tests/readers`).
//!
//! `tests/readers/install` installs pyarrow and PyLD. Where they are missing, Parquet is read by the crate that wrote it and
//! JSON-LD as JSON; which reader ran is printed past the test harness, so that it can be seen in a passing run.
use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;

use ascribe::annotation::Annotation;
use assert_cmd::assert::Assert;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty};
use serde_json::{Value, json};

const FORMS: [&str; 7] =
    ["rows.csv", "rows.jsonl", "rows.sqlite", "rows.parquet", "tasks.json", "quotes.jsonld", "brat/"];

fn talks() -> Annotation {
    Annotation::from_json(include_bytes!("fixtures/talks.json")).unwrap()
}

/// A folder with an output folder of one annotation in it.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    fs::create_dir_all(desk.path().join("out/wire")).unwrap();
    fs::write(desk.path().join("out/wire/talks.txt.json"), include_bytes!("fixtures/talks.json")).unwrap();
    desk
}

fn export(desk: &tempfile::TempDir, rest: &[&str]) -> Assert {
    let mut command = assert_cmd::Command::cargo_bin("ascribe").unwrap();
    command.current_dir(desk.path()).arg("export").args(rest).assert()
}

/// The desk's annotation in one form.
fn exported(name: &str) -> (tempfile::TempDir, PathBuf) {
    let desk = desk();
    export(&desk, &["out", "--to", name]).success().stdout(is_empty()).stderr(contains("3 quotations of 1 article"));
    let path = desk.path().join(name);
    (desk, path)
}

fn readers() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/readers")
}

/// The Python of `tests/readers/install`, or the one at hand.
fn python() -> PathBuf {
    let installed = Path::new(env!("CARGO_TARGET_TMPDIR")).join("readers/bin/python");
    if installed.exists() { installed } else { "python3".into() }
}

/// What a reader prints of a file, or what it complains about.
fn read_back(reader: &str, file: &Path) -> Result<Value, String> {
    let output = Command::new(python())
        .env("PYTHONDONTWRITEBYTECODE", "1")
        .arg(readers().join(reader))
        .arg(file)
        .output()
        .map_err(|error| format!("python3 is needed to read {}: {error}", file.display()))?;
    if output.status.success() {
        return Ok(serde_json::from_slice(&output.stdout).unwrap());
    }
    Err(String::from_utf8_lossy(&output.stderr).into_owned())
}

/// Says which reader ran where even a passing test can be heard.
fn tell(form: &str, reader: &Value) {
    say(&format!("{form} was read by {}", reader.as_str().unwrap()));
}

/// Prints past the test harness.
fn say(line: &str) {
    let mut past = std::io::stderr();
    writeln!(past, "{line}").unwrap();
}

fn rows() -> Vec<Value> {
    talks().rows().map(|row| serde_json::to_value(&row).unwrap()).collect()
}

#[test]
fn csv_is_read_by_python() {
    let (_desk, path) = exported("rows.csv");
    let read = read_back("rows.py", &path).unwrap();
    tell("csv", &read["reader"]);
    let strings = |row: &Value| -> Value {
        let cells = row.as_object().unwrap().iter().map(|(column, cell)| {
            let text = match cell {
                Value::Null => String::new(),
                Value::String(text) if text.starts_with('=') => format!("'{text}"),
                Value::String(text) => text.clone(),
                number => number.to_string(),
            };
            (column.clone(), text.into())
        });
        Value::Object(cells.collect())
    };
    assert_eq!(read["rows"], rows().iter().map(strings).collect::<Value>());
    assert_eq!(read["rows"][2]["quote"], "'=Peace= is no slogan,");
    assert_eq!(read["rows"][0]["quote"], "We thank our Norvik friends, but Osterland broke\nits word.");
}

#[test]
fn json_lines_are_rows() {
    let (_desk, path) = exported("rows.jsonl");
    let read: Vec<Value> =
        fs::read_to_string(path).unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(read, rows());
}

#[test]
fn a_database_is_read_by_python() {
    let (_desk, path) = exported("rows.sqlite");
    let read = read_back("rows.py", &path).unwrap();
    tell("sqlite", &read["reader"]);
    assert_eq!(read["rows"], Value::from(rows()));
}

#[test]
fn parquet_is_read_by_pyarrow_or_by_the_crate() {
    let (_desk, path) = exported("rows.parquet");
    let read = match read_back("rows.py", &path) {
        Ok(read) => read,
        Err(complaint) => {
            assert!(complaint.contains("No module named 'pyarrow'"), "{complaint}");
            json!({"reader": "the crate that wrote it, for want of pyarrow", "rows": rows_of_parquet(&path)})
        }
    };
    tell("parquet", &read["reader"]);
    assert_eq!(read["rows"], Value::from(rows()));
    assert_eq!(rows_of_parquet(&path), rows());
}

fn rows_of_parquet(path: &Path) -> Vec<Value> {
    use parquet::file::reader::{FileReader, SerializedFileReader};
    use parquet::record::Field;
    let reader = SerializedFileReader::new(fs::File::open(path).unwrap()).unwrap();
    let cell = |field: &Field| match field {
        Field::Null => Value::Null,
        Field::Str(text) => text.as_str().into(),
        Field::Long(number) => (*number).into(),
        Field::Double(number) => (*number).into(),
        other => panic!("a column holds {other}"),
    };
    let rows = reader.get_row_iter(None).unwrap().map(Result::unwrap);
    rows.map(|row| Value::Object(row.get_column_iter().map(|(name, field)| (name.clone(), cell(field))).collect()))
        .collect()
}

#[test]
fn tasks_are_read_as_label_studio_counts() {
    let (_desk, path) = exported("tasks.json");
    let read = read_back("label_studio.py", &path).unwrap();
    let region = |id: &str| read[0]["regions"][id].clone();
    assert_eq!(region("quote-1"), json!(["direct", "We thank our Norvik friends,"]));
    assert_eq!(region("quote-1.2"), json!(["direct", "but Osterland broke\nits word."]));
    assert_eq!(region("quote-3"), json!(["direct", "It is not."]));
    let relations = read[0]["relations"].as_array().unwrap();
    assert!(relations.contains(&json!(["continues", "quote-1", "quote-1.2"])));
    let favors = relations.iter().find(|relation| relation[0] == "favor").unwrap();
    assert_eq!(region(favors[2].as_str().unwrap()), json!(["party", "Norvik"]));
}

#[test]
fn brat_is_read_by_a_strict_parser() {
    let (_desk, path) = exported("brat/");
    let read = read_back("brat.py", &path).unwrap();
    let standoff = &read["wire/talks"];
    let said = |relation: &Value| {
        let [kind, from, to] = [0, 1, 2].map(|index| relation[index].as_str().unwrap());
        format!("{kind}: {} → {}", standoff["bounds"][from]["text"], standoff["bounds"][to]["text"])
    };
    let relations: Vec<String> = standoff["relations"].as_array().unwrap().iter().map(said).collect();
    insta::assert_snapshot!(relations.join("\n"), @r#"
    Attribution: "We thank our Norvik friends, but Osterland broke its word." → "İpek Çağlar"
    Report: "We thank our Norvik friends, but Osterland broke its word." → "said"
    Favor: "We thank our Norvik friends, but Osterland broke its word." → "Norvik"
    Against: "We thank our Norvik friends, but Osterland broke its word." → "Osterland"
    Against: "We thank our Norvik friends, but Osterland broke its word." → "its"
    Attribution: "=Peace= is no slogan," → "the mayor's aide and Şule Öz"
    Report: "=Peace= is no slogan," → "added"
    "#);
    assert_eq!(fs::read_to_string(path.join("wire/talks.txt")).unwrap(), talks().article.text);
}

#[test]
fn web_annotations_are_read_as_linked_data() {
    let (_desk, path) = exported("quotes.jsonld");
    let read = read_back("web_annotation.py", &path).unwrap();
    tell("JSON-LD", &read["reader"]);
    let text: Vec<char> = talks().article.text.chars().collect();
    let annotations = read["annotations"].as_array().unwrap();
    for target in annotations.iter().flat_map(|annotation| annotation["targets"].as_array().unwrap()) {
        let [start, end] = [0, 1].map(|index| target[index].as_u64().unwrap() as usize);
        let [exact, prefix, suffix] = [2, 3, 4].map(|index| target[index].as_str().unwrap());
        assert_eq!(exact, text[start..end].iter().collect::<String>());
        let around: String = text[start.saturating_sub(32)..text.len().min(end + 32)].iter().collect();
        assert_eq!(around, format!("{prefix}{exact}{suffix}"));
    }
    assert_eq!(annotations[0]["targets"].as_array().unwrap().len(), 2);
    assert_eq!(annotations[0]["tags"], json!(["favor norvik", "against osterland"]));
    assert_eq!(annotations[0]["speakers"], json!([["ipek-caglar", "İpek Çağlar", 0.97]]));
    assert_eq!(annotations[1]["speakers"][1], json!(["sule-oz", "Şule Öz", 0.5]));
    let words = json!([
        ["cue", "said"],
        ["source", "İpek Çağlar"],
        ["evidence", "Norvik"],
        ["evidence", "Osterland"],
        ["evidence", "its"]
    ]);
    assert_eq!(annotations[0]["words"], words);
}

#[test]
fn the_forms_stay_as_they_are_published() {
    for name in ["rows.csv", "rows.jsonl", "tasks.json", "quotes.jsonld"] {
        let text = fs::read_to_string(exported(name).1).unwrap();
        // One long line is no snapshot to read: JSON is laid out again.
        let text = match serde_json::from_str::<Value>(&text) {
            Ok(json) => serde_json::to_string_pretty(&json).unwrap(),
            Err(_) => text,
        };
        insta::assert_snapshot!(name, text);
    }
    insta::assert_snapshot!("brat", fs::read_to_string(exported("brat/").1.join("wire/talks.ann")).unwrap());
    insta::assert_snapshot!("sqlite", dump(&exported("rows.sqlite").1));
}

/// Every table and view of a database but the article's text, cells parted by bars.
fn dump(path: &Path) -> String {
    use rusqlite::types::ValueRef;
    let database = rusqlite::Connection::open(path).unwrap();
    let mut names =
        database.prepare("SELECT name FROM sqlite_schema WHERE type IN ('table', 'view') AND name <> 'rows'").unwrap();
    let names: Vec<String> = names.query_map([], |row| row.get(0)).unwrap().map(Result::unwrap).collect();
    let mut dump = String::new();
    for name in names {
        let mut select = database.prepare(&format!("SELECT * FROM {name}")).unwrap();
        let columns: Vec<String> = select.column_names().into_iter().map(str::to_owned).collect();
        dump.extend(["# ", &name, "\n", &columns.join("|"), "\n"]);
        let mut rows = select.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells = columns.iter().enumerate().map(|(index, column)| match row.get_ref(index).unwrap() {
                _ if (name.as_str(), column.as_str()) == ("articles", "text") => "…".to_owned(),
                ValueRef::Null => String::new(),
                ValueRef::Integer(number) => number.to_string(),
                ValueRef::Real(number) => format!("{number:.4}"),
                ValueRef::Text(text) => String::from_utf8_lossy(text).replace('\n', "⏎"),
                ValueRef::Blob(_) => panic!("{name} holds bytes"),
            });
            dump.extend([&cells.collect::<Vec<_>>().join("|"), "\n"]);
        }
    }
    dump
}

#[test]
fn an_export_again_changes_nothing() {
    for name in FORMS {
        let (desk, path) = exported(name);
        let state =
            || if path.extension().is_some_and(|it| it == "sqlite") { dump(&path).into_bytes() } else { bytes(&path) };
        let before = state();
        export(&desk, &["out", "--to", name]).success();
        assert!(before == state(), "{name}");
        assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 2, "{name} leaves nothing else behind");
    }
}

/// A file, or the annotation in a folder.
fn bytes(path: &Path) -> Vec<u8> {
    fs::read(if path.is_dir() { path.join("wire/talks.ann") } else { path.to_owned() }).unwrap()
}

#[test]
fn a_bad_annotation_is_a_line_and_the_rest_is_exported() {
    let desk = desk();
    fs::write(desk.path().join("out/bad.json"), "{\"schema\": \"ascribe/1\", ").unwrap();
    let mut shifted = talks();
    shifted.article.path = "shifted.txt".to_owned();
    shifted.quotes[0].spans[0].end = 9_999;
    let mut lines = Vec::new();
    shifted.write_line(&mut lines).unwrap();
    talks().write_line(&mut lines).unwrap();
    fs::write(desk.path().join("out/x.jsonl"), lines).unwrap();
    for name in ["tasks.json", "quotes.jsonld", "brat/"] {
        let complaints = contains("bad.json").and(contains("shifted.txt")).and(contains("the same path"));
        export(&desk, &["out", "--to", name]).code(1).stderr(complaints.and(contains("3 annotations left out")));
    }
    for (name, reader) in
        [("tasks.json", "label_studio.py"), ("quotes.jsonld", "web_annotation.py"), ("brat/", "brat.py")]
    {
        read_back(reader, &desk.path().join(name)).unwrap();
    }
}

#[test]
fn filters_select_quotations() {
    let desk = desk();
    let count = |rest: &[&str]| {
        let output = export(&desk, &[&["out", "--to", "-", "--format", "jsonl"], rest].concat()).success();
        String::from_utf8(output.get_output().stdout.clone()).unwrap().lines().count()
    };
    assert_eq!(count(&[]), 4);
    assert_eq!(count(&["--speaker", "sule oz"]), 1);
    assert_eq!(count(&["--party", "norvik", "--party", "osterland"]), 2);
    assert_eq!(count(&["--kind", "indirect"]), 0);
    assert_eq!(count(&["--min-confidence", "0.5"]), 3);
    export(&desk, &["out", "--to", "-", "--min-confidence", "5"]).code(2).stderr(contains("between 0 and 1"));
}

#[cfg(unix)]
#[test]
fn a_device_is_written_and_not_replaced() {
    let desk = desk();
    let written = export(&desk, &["out", "--to", "/dev/stdout", "--format", "csv"]).success();
    written.stdout(contains("article_id,").and(contains("norvik")));
    export(&desk, &["out", "--to", "/dev/null", "--format", "sqlite"])
        .code(2)
        .stderr(contains("no file has this name"));
}

#[test]
fn what_cannot_begin_says_why() {
    let desk = desk();
    fs::write(desk.path().join("file"), "").unwrap();
    for (rest, why) in [
        (vec!["out", "--to", "rows"], "--format"),
        (vec!["out", "--to", "out/rows.jsonl"], "read as one of them"),
        (vec!["out/wire/talks.txt.json", "--to", "out/wire/../wire/talks.txt.json"], "read as one of them"),
        (vec!["out", "--to", "file/rows.csv"], "creating file/rows.csv"),
        (vec!["out", "--to", "out", "--format", "csv"], "creating out"),
        (vec!["out", "--to", "out"], "holds files that are not an earlier export"),
        (vec!["out", "--to", "-", "--format", "sqlite"], "name a file"),
        (vec!["gone", "--to", "rows.csv"], "gone"),
        (vec!["out", "--to", "rows.csv", "--format", "xls"], "label-studio"),
    ] {
        export(&desk, &rest).code(2).stdout(is_empty()).stderr(contains(why));
    }
    assert_eq!(fs::read_dir(desk.path()).unwrap().count(), 2, "nothing is left behind");
}

#[test]
fn a_reader_that_has_gone_is_no_failure() {
    let desk = desk();
    let lines: String = (0..2000).map(|number| line(number, &talks())).collect();
    fs::write(desk.path().join("all.jsonl"), lines).unwrap();
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("ascribe"))
        .current_dir(desk.path())
        .args(["export", "all.jsonl", "--to", "-"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let ended = child.wait_with_output().unwrap();
    assert!(ended.status.success() && ended.stderr.is_empty(), "{}", String::from_utf8_lossy(&ended.stderr));
}

/// One of many annotations, as a line of a stream.
fn line(number: usize, annotation: &Annotation) -> String {
    let mut annotation = annotation.clone();
    annotation.article.path = format!("2031/{:03}/{number}.txt", number / 1000);
    let mut line = Vec::new();
    annotation.write_line(&mut line).unwrap();
    String::from_utf8(line).unwrap()
}

/// Articles of 100 kB, so that a form that kept them would soon be found out. `ASCRIBE_EXPORT_ARTICLES=100000` measures
/// that many short ones instead.
#[cfg(unix)]
#[test]
fn memory_does_not_grow_with_the_articles() {
    let asked = std::env::var("ASCRIBE_EXPORT_ARTICLES").ok().map(|number| number.parse().unwrap());
    let mut annotation = talks();
    if asked.is_none() {
        annotation.article.text += &"Snow fell on the pass. ".repeat(4_400);
    }
    let articles = asked.unwrap_or(1_500);
    let desk = desk();
    let mut stream = std::io::BufWriter::new(fs::File::create(desk.path().join("all.jsonl")).unwrap());
    for number in 0..articles {
        stream.write_all(line(number, &annotation).as_bytes()).unwrap();
    }
    drop(stream);
    for name in FORMS.iter().filter(|name| !name.ends_with('/')) {
        let begun = std::time::Instant::now();
        let output = Command::new(python())
            .current_dir(desk.path())
            .arg(readers().join("peak.py"))
            .arg(assert_cmd::cargo::cargo_bin("ascribe"))
            .args(["export", "all.jsonl", "--to", name])
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        let peak: usize = String::from_utf8_lossy(&output.stdout).trim().parse().unwrap();
        let seconds = begun.elapsed().as_secs_f64();
        say(&format!("{name}: {articles} articles in {seconds:.1} s with {} MB", peak / 1024));
        assert!(peak < 200 * 1024, "{name}: {peak} KB");
        fs::remove_file(desk.path().join(name)).unwrap();
    }
}
