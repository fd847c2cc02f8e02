//! `ascribe dashboard` as it is used: the page in a browser, the feed against its schema and against the page, and what
//! happens to files that are no annotations. All people, papers and words here are made up.
mod browser;

use std::fmt::Write;
use std::fs;
use std::path::{Path, PathBuf};
use std::time::Instant;

use ascribe::annotation::{Annotation, Verdict};
use ascribe::dashboard::feed_schema;
use ascribe::review::{Correction, Entry, Judgement, Mark, Subject};
use assert_cmd::Command;
use browser::{Browser, Page};
use predicates::prelude::PredicateBooleanExt;
use predicates::str::contains;
use serde_json::{Value, json};
use tempfile::TempDir;

const EVIL: &str = "</script><script>document.title = 'evil'</script><img src=x onerror=\"document.title = 'evil'\">";
const READY: &str = "document.documentElement && document.documentElement.dataset.ready";

fn ascribe() -> Command {
    let mut command = Command::cargo_bin("ascribe").unwrap();
    command.env_remove("ASCRIBE_HOME");
    command
}

/// An article of one-sentence paragraphs, each a quotation of somebody about a party.
struct Paper {
    path: &'static str,
    date: Option<&'static str>,
    source: &'static str,
    quotes: Vec<Value>,
    text: String,
}

impl Paper {
    fn new(path: &'static str, date: Option<&'static str>, source: &'static str) -> Self {
        Self { path, date, source, quotes: Vec::new(), text: String::new() }
    }

    /// Adds `“words,” speaker said.` with the probability of favor, the rest of it against.
    fn say(mut self, speaker: &str, words: &str, party: &str, favor: f64, more: &Value) -> Self {
        let start = self.text.chars().count() + 1;
        let end = start + words.chars().count();
        writeln!(self.text, "“{words},” {speaker} said.").unwrap();
        let number = self.quotes.len() + 1;
        let stance = if favor > 0.5 { "favor" } else { "against" };
        let mut quote = json!({
            "id": format!("q{number}"), "utterance": format!("u{number}"), "kind": "direct",
            "spans": [{"start": start, "end": end, "text": words}],
            "cue": {"start": end + 4 + speaker.chars().count(), "end": end + 8 + speaker.chars().count(), "text": "said"},
            "speakers": [speaker], "confidence": {"span": 1.0, "speaker": 0.9},
            "stances": [{"party": party, "stance": stance,
                         "probabilities": {"favor": favor, "neutral": 0.0, "against": 1.0 - favor}}],
        });
        quote.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        self.quotes.push(quote);
        self
    }

    fn json(&self) -> Value {
        let entity = |id: &str, name: &str, party: Option<&str>| json!({"id": id, "name": name, "party": party});
        json!({
            "schema": "ascribe/1", "tool": {"model": "en-test"},
            "article": {"id": self.path, "path": self.path, "title": format!("On {} {EVIL}", self.path),
                        "date": self.date, "source": self.source, "text": self.text},
            "entities": [entity("ana", "Ana Ferro", Some("harbor")), entity("bo", "Bo Lindqvist", Some("hill")),
                         entity("evil", EVIL, None)],
            "quotes": self.quotes,
        })
    }
}

/// Four articles: Ana and Bo on two towns, a copied article, a reviewer's verdicts, an article without a day.
fn papers() -> Vec<Paper> {
    let none = json!({});
    let wrong = json!({"review": {"verdict": "wrong"}});
    let sure = json!({"review": {"verdict": "right"}, "kind": "indirect"});
    let agency =
        |path, date, source| {
            Paper::new(path, Some(date), source)
                .say("ana", "the hill has kept every promise", "hill", 0.9, &json!({}))
                .say("bo", "the harbor lies about its fish", "harbor", 0.2, &json!({}))
        };
    vec![
        agency("a.txt", "2024-03-01", "Morning Gull"),
        agency("b.txt", "2024-03-02", "Evening Tern"),
        Paper::new("c.txt", Some("2024-04-10"), "Evening Tern")
            .say("bo", "we would share a boat with the harbor", "harbor", 0.8, &sure)
            .say("bo", "nobody at the harbor can count", "harbor", 0.1, &wrong)
            .say("evil", EVIL, "hill", 0.3, &none),
        Paper::new("d.txt", None, "Morning Gull").say("ana", "the hill closed its road", "hill", 0.3, &none),
    ]
}

/// A folder with `out/`, the annotations of these papers.
fn desk() -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    fs::create_dir(folder.path().join("out")).unwrap();
    for paper in papers() {
        fs::write(folder.path().join("out").join(format!("{}.json", paper.path)), paper.json().to_string()).unwrap();
    }
    folder
}

/// The page and the feed of that folder.
fn drawn(desk: &TempDir) -> (Page, Value) {
    let mut command = ascribe();
    command.current_dir(desk.path()).args(["dashboard", "out", "--out", "stance.html", "--feed", "feed.json"]);
    command.args(["--title", "Harbor & <hill>"]).assert().success().stderr(contains("4 articles, 8 quotations"));
    let feed = serde_json::from_slice(&fs::read(desk.path().join("feed.json")).unwrap()).unwrap();
    (opened(&desk.path().join("stance.html")), feed)
}

fn opened(file: &Path) -> Page {
    opened_at(&format!("file://{}", file.display()))
}

fn opened_at(address: &str) -> Page {
    let mut page = Browser::start().open(address);
    page.wait(READY);
    page
}

fn cell(row: &str, party: &str) -> String {
    format!(".cell[data-row='{row}'][data-party='{party}']")
}

/// Sets a field of the filters as typing or choosing does, and waits until the figures changed.
fn filter(page: &mut Page, field: &str, value: &str) {
    let before = page.text("#counts");
    page.run(&format!(
        "(() => {{ const it = document.querySelector('#filters').elements[{}]; it.value = {}; \
         it.dispatchEvent(new Event('input')); }})()",
        json!(field),
        json!(value)
    ));
    page.wait(&format!("document.querySelector('#counts').innerText !== {}", json!(before)));
}

#[test]
fn the_page_shows_the_figures_of_the_feed() {
    let (mut page, feed) = drawn(&desk());
    assert_eq!(page.text("h1"), "Harbor & <hill>");
    assert_eq!(page.text("#about"), "4 articles, 8 quotations, 1 Mar 2024 – 10 Apr 2024");
    let pairs = feed["pairs"].as_array().unwrap();
    assert_eq!(pairs.len(), 3);
    for pair in pairs {
        let of = cell(pair["speaker"].as_str().unwrap(), pair["party"].as_str().unwrap());
        let points = |name: &str| match (pair[name].as_f64().unwrap() * 100.0).round() as i32 {
            points @ 1.. => format!("+{points}"),
            points @ ..0 => format!("−{}", -points),
            0 => "0".to_owned(),
        };
        let shown = page.run(&format!("document.querySelector({}).getAttribute('aria-label')", json!(of)));
        let statements = pair["statements"].as_u64().unwrap();
        let noun = if statements == 1 { "statement" } else { "statements" };
        let expected =
            format!(": {}, interval {} to {}, {statements} {noun}", points("score"), points("low"), points("high"));
        assert!(shown.as_str().unwrap().ends_with(&expected), "{shown} {expected}");
    }
    // Bo: 0.2 by 0.9, a reviewer's certain favor; the copy and the wrong one are left out.
    let bo = &pairs.iter().find(|pair| pair["speaker"] == "bo").unwrap();
    assert_eq!((&bo["favor"], &bo["against"], &bo["quotes"]), (&json!(1.18), &json!(0.72), &json!(2)));
    assert!(
        page.text("#counts").contains("2 with words counted before") && page.text("#counts").contains("1 judged wrong")
    );
    page.assert_quiet();
}

#[test]
fn a_cell_opens_its_quotations_in_their_place() {
    let (mut page, _) = drawn(&desk());
    page.click(&cell("ana", "hill"));
    page.wait("document.querySelectorAll('#sheet .card mark').length === 2");
    assert_eq!(page.text("#sheet-title"), "Ana Ferro → hill");
    assert_eq!(page.text("#sheet .card mark"), "the hill has kept every promise");
    assert_eq!(page.text("#sheet .card .attribution"), "said");
    assert!(page.text("#sheet .card blockquote").starts_with('“'));
    assert!(page.text("#sheet .card").contains("a.txt · q1 · characters 1–32"));
    page.click("#sheet .copies summary");
    page.wait("document.querySelector('#sheet .copies li')?.innerText.includes('b.txt q1')");
    page.key("Escape");
    page.wait("!document.querySelector('#sheet').open");

    page.click("#counts .number:last-of-type");
    page.wait("document.querySelector('#sheet .card')?.innerText.includes('judged wrong')");
    page.key("Escape");
    page.click("#quoted .number");
    page.wait("document.querySelector('#sheet-title').innerText === 'Ana Ferro'");
    page.key("Escape");
    page.run("document.querySelector('#time-table').click()");
    page.click("#time tbody .number");
    page.wait("document.querySelector('#sheet-title').innerText.startsWith('Toward h')");
    page.assert_quiet();
}

#[test]
fn filters_choose_what_is_counted() {
    let desk = desk();
    let (mut page, _) = drawn(&desk);
    let counted = |page: &mut Page| page.text("#counts .number");
    filter(&mut page, "source", "Evening Tern");
    assert_eq!(counted(&mut page), "4 quotations");
    page.run("document.querySelector('#chosen .chip').click()");
    page.wait("document.querySelector('#counts .number').innerText === '5 quotations'");
    filter(&mut page, "from", "2024-03-02");
    assert_eq!(counted(&mut page), "4 quotations");
    filter(&mut page, "words", "boat");
    assert_eq!(counted(&mut page), "1 quotation");
    filter(&mut page, "words", "");
    filter(&mut page, "reviewed", "yes");
    assert_eq!(counted(&mut page), "1 quotation");
    filter(&mut page, "kind", "0");
    assert!(page.run("document.querySelector('.cell')").is_null());

    // The address holds them all.
    let kept = page.run("location.href");
    let mut page = opened_at(kept.as_str().unwrap());
    assert_eq!(page.run("document.querySelector('#filters').from.value"), "2024-03-02");
    page.click("#filters [type=reset]");
    page.wait("document.querySelector('#counts .number')?.innerText === '5 quotations'");

    filter(&mut page, "confidence", "95");
    assert_eq!(counted(&mut page), "1 quotation");
    page.click("#filters [type=reset]");
    page.wait("document.querySelector('#counts .number')?.innerText === '5 quotations'");
    page.click("#filters [name=speaker]");
    page.write("lindq");
    page.key("Enter");
    page.wait("document.querySelector('#chosen .chip')?.innerText === 'Bo Lindqvist'");
    page.wait("document.querySelectorAll('.map tbody tr').length === 2");
    filter(&mut page, "party", "hill");
    assert!(page.text("#counts").starts_with("No quotation"));
    page.assert_quiet();
}

#[test]
fn the_map_is_walked_by_keyboard() {
    let (mut page, _) = drawn(&desk());
    page.run("document.querySelector('.cell[tabindex=\"0\"]').focus()");
    assert_eq!(page.run("document.activeElement.dataset.row"), "everyone");
    page.key("ArrowDown");
    let row = page.run("document.activeElement.dataset.row");
    assert_ne!(row, "everyone");
    assert_eq!(page.run("document.querySelectorAll('.cell[tabindex=\"0\"]').length"), 1);
    page.key("Enter");
    page.wait("document.querySelector('#sheet').open && document.querySelector('#sheet .card mark')");
    page.key("Escape");
    assert_eq!(page.run("document.activeElement.dataset.row"), row);
    page.assert_quiet();
}

#[test]
fn markup_in_an_article_is_text() {
    let (mut page, _) = drawn(&desk());
    page.click(&cell("evil", "hill"));
    page.wait("document.querySelector('#sheet .card mark')");
    assert_eq!(page.text("#sheet .card mark"), EVIL);
    assert!(page.text("#sheet-title").starts_with("</script>"));
    assert_eq!(page.run("document.title"), "Harbor & <hill>");
    assert_eq!(page.run("document.querySelectorAll('img').length"), 0);
    page.assert_quiet();
}

#[test]
fn the_page_fits_a_phone_and_the_dark() {
    let (mut page, _) = drawn(&desk());
    page.resize(390, 844);
    page.dark(true);
    page.wait("document.documentElement.dataset.theme === 'dark'");
    assert_eq!(page.run("document.documentElement.scrollWidth"), 390);
    page.click(&cell("bo", "harbor"));
    page.wait("document.querySelector('#sheet').getBoundingClientRect().width === 390");
    page.assert_quiet();
}

#[test]
fn the_committed_schema_is_the_generated_one() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/feed.schema.json");
    let committed = fs::read_to_string(path).unwrap();
    assert!(committed == feed_schema(), "run `ascribe dashboard --feed-schema > docs/feed.schema.json` and commit it");
    ascribe().args(["dashboard", "--feed-schema"]).assert().success().stdout(committed);
}

#[test]
fn the_feed_fits_its_schema() {
    let desk = desk();
    let mut command = ascribe();
    command.current_dir(desk.path()).args(["dashboard", "out", "--out", "stance.html", "--feed", "feed.json"]);
    command.assert().success();
    let feed: Value = serde_json::from_slice(&fs::read(desk.path().join("feed.json")).unwrap()).unwrap();
    let schema: Value = serde_json::from_str(&feed_schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let complaints: Vec<String> = validator.iter_errors(&feed).map(|error| error.to_string()).collect();
    assert_eq!(complaints, Vec::<String>::new());
    assert_eq!(feed["counts"]["copies"], 2);
    assert_eq!(feed["articles"][3]["date"], Value::Null);
}

#[test]
fn verdicts_of_a_review_count_at_once() {
    let desk = desk();
    let file = desk.path().join("out/d.txt.json");
    let annotation = Annotation::from_json(&fs::read(&file).unwrap()).unwrap();
    let mark = Mark {
        time: "2024-05-01T10:00:00Z".to_owned(),
        reviewer: "kim".to_owned(),
        subject: Subject::of(&annotation, &annotation.quotes[0]),
        note: None,
    };
    let judgement = Judgement { mark, verdict: Verdict::Right, wrong: Vec::new(), correction: Correction::default() };
    let line = serde_json::to_string(&Entry::Verdict(judgement)).unwrap();
    fs::write(desk.path().join("out/review.jsonl"), line + "\n").unwrap();
    let (mut page, feed) = drawn(&desk);
    let figure = &feed["articles"][3]["pairs"][0];
    assert_eq!((&figure["speaker"], &figure["against"]), (&json!("ana"), &json!(1.0)));
    filter(&mut page, "reviewed", "yes");
    assert_eq!(page.text("#counts .number"), "2 quotations");
}

#[test]
fn a_bad_annotation_is_named_and_the_rest_is_drawn() {
    let desk = desk();
    let dashboard = |rest: &[&str]| ascribe().current_dir(desk.path()).arg("dashboard").args(rest).assert();
    fs::write(desk.path().join("out/torn.json"), "{").unwrap();
    let told = contains("torn.json").and(contains("4 articles"));
    dashboard(&["out", "--out", "stance.html"]).code(1).stderr(told);
    assert!(desk.path().join("stance.html").is_file());

    dashboard(&["out", "--out", "gone/stance.html"]).code(2).stderr(contains("writing gone/stance.html"));
    dashboard(&["out", "--out", "out"]).code(2).stderr(contains("it is a folder"));
    dashboard(&["out", "--out", "new.html", "--feed", "gone/f.json"]).code(2);
    dashboard(&["out/torn.json", "--out", "new.html"]).code(2).stderr(contains("none of the annotations"));
    dashboard(&["out", "--out", "new.html", "--registry", "gone.toml"]).code(2).stderr(contains("--registry"));
    let left: Vec<PathBuf> = fs::read_dir(desk.path()).unwrap().map(|entry| entry.unwrap().path()).collect();
    assert_eq!(left.len(), 2, "out and stance.html: {left:?}");
}

/// Draws the screenshots of the documents: `cargo test --test dashboard -- --ignored screenshots`.
#[test]
#[ignore = "writes into docs/"]
fn screenshots() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("stance.html");
    ascribe().current_dir(root).args(["dashboard", "corpus/gold", "--out"]).arg(&out).assert().success();
    let mut page = opened(&out);
    page.resize(1240, 900);
    page.screenshot(&root.join("docs/dashboard-light.png"));
    page.dark(true);
    page.wait("document.documentElement.dataset.theme === 'dark'");
    page.resize(1040, 780);
    page.click(&cell("james-jeffrey", "turkey"));
    page.wait("document.querySelector('#sheet .card mark')");
    page.run("scrollTo(0, 0)");
    page.screenshot(&root.join("docs/dashboard-dark.png"));
    page.assert_quiet();
}

/// Prints how long a page of 5,000 articles takes to open: `cargo test --test dashboard -- --ignored --nocapture speed`.
#[test]
#[ignore = "takes a minute; prints figures"]
fn speed() {
    let folder = tempfile::tempdir().unwrap();
    let stream = folder.path().join("all.jsonl");
    fs::write(&stream, many(5_000, 12)).unwrap();
    let out = folder.path().join("stance.html");
    let begun = Instant::now();
    ascribe().arg("dashboard").arg(&stream).arg("--out").arg(&out).assert().success();
    let size = fs::metadata(&out).unwrap().len() as f64 / 1e6;
    println!("5,000 articles, 60,000 quotations: drawn in {:.1} s, {size:.1} MB", begun.elapsed().as_secs_f64());
    let mut page = opened(&out);
    for _ in 0..5 {
        page = opened(&out);
        println!("open after {} ms", page.run("Math.round(Number(document.documentElement.dataset.ready))"));
    }
    page.run("document.querySelector('#counts button').click()");
    let frames = page.run(
        "(async () => { const list = document.querySelector('#sheet-list'); const times = []; \
         for (let at = 0; at < 200; at += 1) { const begun = performance.now(); list.scrollTop += 700; \
         await new Promise(requestAnimationFrame); times.push(performance.now() - begun); } \
         times.sort((a, b) => a - b); return `${times[100].toFixed(1)} ms, nineteen of twenty below ${times[190].toFixed(1)} ms`; })()",
    );
    println!("a frame while scrolling 60,000 quotations: {frames}");
    page.assert_quiet();
}

/// Annotations of made-up words, one a line.
fn many(articles: u64, quotes: u64) -> String {
    let mut state = 1_u64;
    let mut random = move |below: u64| {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) % below
    };
    let syllables =
        ["ba", "ker", "lo", "min", "sta", "ru", "ven", "ti", "or", "da", "ska", "ne", "ful", "ga", "pi", "len"];
    let mut lines = String::new();
    for article in 0..articles {
        let mut paper = Paper::new("", None, "");
        for _ in 0..quotes {
            let mut words = String::new();
            for _ in 0..10 + random(25) {
                let word = random(9_000).min(random(9_000)).min(random(9_000)) as usize;
                write!(words, "{}{}{} ", syllables[word % 16], syllables[word / 16 % 16], ["", "s", "ed"][word % 3])
                    .unwrap();
            }
            let speaker = format!("speaker-{}", random(3_000).min(random(3_000)));
            let party = format!("party-{}", random(50).min(random(50)));
            paper = paper.say(&speaker, words.trim_end(), &party, random(1_000) as f64 / 1e3, &json!({}));
        }
        let mut annotation = paper.json();
        let day = random(500);
        let date = format!("20{}-{:02}-{:02}", 20 + day / 336, day / 28 % 12 + 1, day % 28 + 1);
        let path = json!(format!("wire/{article}.txt"));
        for (field, value) in [("path", path), ("date", json!(date)), ("source", json!(format!("wire {}", random(40))))]
        {
            annotation["article"][field] = value;
        }
        annotation["article"]["title"] = paper.text[..paper.text.find(' ').unwrap()].into();
        writeln!(lines, "{annotation}").unwrap();
    }
    lines
}
