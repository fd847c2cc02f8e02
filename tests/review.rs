//! The review page as a person uses it: a headless browser, a keyboard and a mouse.
mod browser;

use std::fs;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::process::{Child, Command, Stdio};

use ascribe::annotation::Verdict;
use ascribe::review::{Judgement, Log, Part, Report, Verdicts};
use browser::{Browser, Page};
use serde_json::{Value, json};

/// Writes an article with three quotations, and a script in its text.
fn write_article(out: &Path, number: usize) {
    let text = format!(
        "Harbor talks, day {number}\n\n“The fleet of Norland must leave our waters,” Mara Quill said on day {number}. \
         <script>window.ran = true</script><img src=x onerror=\"window.ran = true\">\n\n\
         Otto Brandt said that Norland would answer letter {number}. “Sudmark is a friend 🙂,” he added, number {number}.\n"
    );
    let span = |words: &str| {
        let at = text.find(words).unwrap_or_else(|| panic!("{words} stands in the text"));
        let start = text[..at].chars().count();
        json!({"start": start, "end": start + words.chars().count(), "text": words})
    };
    let quote = |id: usize, kind: &str, words: &str, source: &str, speaker: &str, party: &str| {
        let name = if party == "norland" { "Norland" } else { "Sudmark" };
        let other = if speaker == "mara-quill" { "otto-brandt" } else { "mara-quill" };
        let inside = span(words);
        let shift = words[..words.find(name).unwrap()].chars().count() as u64 + inside["start"].as_u64().unwrap();
        let mut source = span(source);
        source["form"] = json!("name");
        json!({
            "id": format!("q{id}"), "utterance": format!("u{id}"), "kind": kind, "spans": [inside], "flags": ["headline"],
            "cue": null, "source": source, "speakers": [speaker],
            "candidates": [{"entity": speaker, "probability": 0.8}, {"entity": other, "probability": 0.2}],
            "confidence": {"span": 0.9, "speaker": 0.8},
            "stances": [{"party": party, "stance": "against", "probabilities": {"favor": 0.1, "neutral": 0.2, "against": 0.7},
                         "evidence": [{"start": shift, "end": shift + 7, "text": name}]}],
        })
    };
    let second = format!("Norland would answer letter {number}");
    let annotation = json!({
        "schema": "ascribe/1",
        "article": {"id": format!("harbor-{number}"), "path": format!("harbor-{number}.txt"),
                    "sha256": format!("{number:064}"), "title": format!("Harbor talks, <b>day</b> {number}"), "text": text},
        "entities": [{"id": "mara-quill", "name": "Mara Quill", "mentions": [span("Mara Quill")]},
                     {"id": "otto-brandt", "name": "Otto Brandt", "mentions": [span("Otto Brandt")]}],
        "quotes": [
            quote(1, "direct", "The fleet of Norland must leave our waters,", "Mara Quill", "mara-quill", "norland"),
            quote(2, "indirect", &second, "Otto Brandt", "otto-brandt", "norland"),
            quote(3, "direct", "Sudmark is a friend 🙂,", "Otto Brandt", "otto-brandt", "sudmark"),
        ],
    });
    fs::write(out.join(format!("harbor-{number}.txt.json")), annotation.to_string()).unwrap();
}

/// Output of `annotate`, made by hand: four articles with three quotations each.
fn desk() -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    for number in 1..=4 {
        write_article(out.path(), number);
    }
    let verified = Command::new(env!("CARGO_BIN_EXE_ascribe")).arg("verify").arg(out.path()).output().unwrap();
    assert!(verified.status.success(), "{}", String::from_utf8_lossy(&verified.stderr));
    out
}

/// A running `ascribe review`, killed the hard way when it is dropped.
struct Review {
    program: Child,
    address: String,
}

impl Review {
    fn start(out: &Path, arguments: &[&str]) -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_ascribe"));
        command.arg("review").arg(out).args(["--no-open", "--quiet"]).args(arguments);
        let mut program = command.stdout(Stdio::piped()).spawn().unwrap();
        let mut address = String::new();
        BufReader::new(program.stdout.take().unwrap()).read_line(&mut address).unwrap();
        assert!(address.starts_with("http://127.0.0.1:"), "{address}");
        Self { program, address: address.trim().to_owned() }
    }
}

impl Drop for Review {
    fn drop(&mut self) {
        self.program.kill().unwrap();
        self.program.wait().unwrap();
    }
}

/// Waits until a quotation is shown, by its number from 1.
fn at(page: &mut Page, number: usize) {
    page.wait(&format!("document.getElementById('facts').innerText.startsWith('{number} of ')"));
}

fn press(page: &mut Page, keys: &[&str]) {
    for key in keys {
        page.key(key);
    }
}

/// The verdicts of a file, by the reviewer's order.
fn verdicts(out: &Path) -> Vec<Judgement> {
    let log = Log::read(&out.join("review.jsonl")).unwrap();
    assert_eq!(log.faults, []);
    Verdicts::of(&log.entries).judgements().cloned().collect()
}

#[test]
fn ten_quotations_are_reviewed_by_keyboard_and_a_restart_loses_nothing() {
    let out = desk();
    let arguments = ["--sample", "10", "--reviewer", "ada"];
    let review = Review::start(out.path(), &arguments);
    let mut page = Browser::start().open(&review.address);
    at(&mut page, 1);
    assert!(page.text("#article").contains("<script>window.ran = true</script>"));
    assert!(page.text("#title").starts_with("Harbor talks, <b>day</b>"));

    page.key("Enter");
    at(&mut page, 2);
    press(&mut page, &["2", "Enter"]);
    at(&mut page, 3);
    page.key("w");
    page.write("a harbor official");
    press(&mut page, &["Enter", "Enter"]);
    at(&mut page, 4);
    let before = page.text("#quotation");
    press(&mut page, &["]", "ArrowLeft"]);
    let after = page.text("#quotation");
    assert!(before.starts_with(&after) && after.len() < before.len(), "{before} {after}");
    press(&mut page, &["[", "ArrowRight", "Shift+ArrowLeft", "Shift+ArrowLeft", "Enter"]);
    at(&mut page, 5);
    press(&mut page, &["f", "c"]);
    page.write("plainly so");
    press(&mut page, &["Escape", "r"]);
    at(&mut page, 6);
    assert!(page.text("#tally").starts_with("5 of 10 judged · 20% right ("), "{}", page.text("#tally"));
    page.assert_quiet();
    drop(review);

    // The program was killed; the same command goes on where it stopped.
    let review = Review::start(out.path(), &arguments);
    page.go(&review.address);
    at(&mut page, 6);
    assert!(page.text("#tally").starts_with("5 of 10 judged"));
    page.key("s");
    at(&mut page, 7);
    press(&mut page, &["x", "s", "Enter"]);
    at(&mut page, 8);
    press(&mut page, &["d", "Enter"]);
    at(&mut page, 9);
    press(&mut page, &["t", "-", "p"]);
    page.write("eastmark");
    press(&mut page, &["Enter", "a", "Enter"]);
    at(&mut page, 10);
    press(&mut page, &["2", "z", "Enter"]);
    // What was skipped is still open.
    at(&mut page, 6);
    page.key("u");
    at(&mut page, 10);
    page.key("Enter");
    at(&mut page, 6);
    page.key("?");
    assert_eq!(page.run("document.getElementById('help').open"), json!(true));
    page.key("Escape");
    assert_eq!(page.run("window.ran ?? null"), Value::Null);
    page.assert_quiet();

    let said = verdicts(out.path());
    let [span, speaker, stance] = [Part::Span, Part::Speaker, Part::Stance].each_ref().map(std::slice::from_ref);
    let wrong: Vec<&[Part]> = said.iter().map(|judgement| judgement.wrong.as_slice()).collect();
    assert_eq!(wrong, [&[][..], speaker, speaker, span, stance, speaker, span, stance, &[]], "{said:#?}");
    assert_eq!(said[2].correction.speakers.as_ref().unwrap()[0].name, "a harbor official");
    assert_eq!(said[4].mark.note.as_deref(), Some("plainly so"));
    assert_eq!(said[5].verdict, Verdict::Wrong);
    assert!(said[6].correction.no_speech.is_some());
    assert!(said.iter().all(|judgement| judgement.mark.reviewer == "ada" && judgement.mark.time.ends_with('Z')));

    let printed = Command::new(env!("CARGO_BIN_EXE_ascribe"))
        .arg("review")
        .arg(out.path())
        .args(["--report", "--json"])
        .output()
        .unwrap();
    let report: Report = serde_json::from_slice(&printed.stdout).unwrap();
    assert_eq!((report.quotations, report.judged, report.reviewers[0].skipped), (12, 9, 1));
    assert_eq!((report.draws[0].rates[0].wrong, report.draws[0].rates[0].judged), (7, 9));
    assert!(report.draws[0].rates[0].estimate.is_some());

    page.key("Enter");
    page.wait("document.getElementById('status').innerText.includes('All are done')");
}

#[test]
fn everything_is_done_by_mouse_too() {
    let out = desk();
    let review = Review::start(out.path(), &["--by", "all", "--reviewer", "ben"]);
    let mut page = Browser::start().open(&review.address);
    at(&mut page, 1);
    page.click("#candidates .choice:nth-child(2) input");
    page.drag("[data-handle='0-0']", "#article .party");
    page.click("[name='stance-0'][value='favor']");
    // The middle of the party's name: between its letters.
    let dragged = page.text("#quotation");
    assert!(dragged.ends_with("land must leave our waters,") && dragged.len() < 32, "{dragged}");
    page.click("#save");
    at(&mut page, 2);
    page.click("#article .source");
    assert_eq!(page.run("document.activeElement.name"), "speaker");
    page.click("#name");
    page.write("otto brandt");
    page.click("#take-name");
    assert_eq!(page.text("#save-word"), "Right", "that is who it was");
    page.click("#candidates .choice:nth-child(1) button, #candidates .choice:nth-child(2) button");
    page.click("#save");
    at(&mut page, 3);
    page.click("#no-speech");
    page.run("document.getElementById('reason').value = 'name'; document.getElementById('reason').dispatchEvent(new Event('change'))");
    page.click("#save");
    at(&mut page, 4);
    page.click("#wrong");
    page.click("[name=part][value=stance]");
    page.click("#wrong-save");
    at(&mut page, 5);
    page.click("#skip");
    at(&mut page, 6);
    page.click("#undo");
    at(&mut page, 5);
    page.click("#next");
    at(&mut page, 6);
    page.click("#previous");
    at(&mut page, 5);
    page.assert_quiet();

    let said = verdicts(out.path());
    let correction = |at: usize| serde_json::to_value(&said[at].correction).unwrap();
    assert_eq!(correction(0)["speakers"][0]["id"], "otto-brandt");
    assert_eq!(correction(0)["stances"], json!([{"party": "norland", "stance": "favor"}]));
    assert_eq!(said[0].correction.spans.as_ref().unwrap()[0].text, dragged);
    assert_eq!(correction(1)["speakers"].as_array().unwrap().len(), 2, "jointly");
    assert_eq!(correction(2), json!({"no_speech": {"reason": "name"}}));
    assert_eq!((said[3].verdict, said[3].wrong.as_slice()), (Verdict::Wrong, &[Part::Stance][..]));
}

/// In the page: elements whose words have a contrast below 4.5 to 1 with what is behind them.
const PALE: &str = r"
(() => {
  const parse = (color) => (color.match(/[\d.]+/g) ?? [0, 0, 0]).map(Number);
  const light = (color) => {
    const [red, green, blue] = color.map((part) => (part /= 255) <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4);
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
  };
  const behind = (element) => {
    for (let at = element; at; at = at.parentElement) {
      const color = parse(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] > 0) return color.slice(0, 3);
    }
  };
  const pale = [];
  for (const element of document.querySelectorAll('body *')) {
    const words = [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
    if (!words || !element.getClientRects().length) continue;
    const style = getComputedStyle(element);
    const [one, other] = [light(parse(style.color).slice(0, 3)), light(behind(element))];
    const contrast = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    if (contrast < 4.5) pale.push(`${element.tagName} ${element.className} ${contrast.toFixed(1)}`);
  }
  return pale;
})()";

#[test]
fn it_can_be_read_on_a_phone_in_the_dark_and_by_a_screen_reader() {
    let out = desk();
    let review = Review::start(out.path(), &["--by", "uncertain", "--reviewer", "ada"]);
    let mut page = Browser::start().open(&review.address);
    for dark in [false, true] {
        page.dark(dark);
        for width in [1280, 360] {
            page.resize(width, 760);
            at(&mut page, 1);
            assert!(page.run("document.documentElement.scrollWidth").as_u64().unwrap() <= u64::from(width));
            assert_eq!(page.run(PALE), json!([]), "dark: {dark}");
        }
    }
    let tree = page.call("Accessibility.getFullAXTree", json!({}));
    let roles = ["button", "textbox", "checkbox", "radio", "combobox", "slider", "link", "progressbar"];
    for node in tree["nodes"].as_array().unwrap() {
        let role = node["role"]["value"].as_str().unwrap_or_default();
        let name = node["name"]["value"].as_str().unwrap_or_default();
        assert!(!roles.contains(&role) || node["ignored"] == true || !name.is_empty(), "{node}");
    }
    page.key("Enter");
    at(&mut page, 2);
    assert!(page.text("#tally").contains("no estimate"), "{}", page.text("#tally"));
    page.assert_quiet();
}

#[test]
fn what_a_page_asks_for_and_complains_about_is_noticed() {
    let mut page = Browser::start().open("data:text/html,<h1>Snow</h1>");
    assert_eq!(page.text("h1"), "Snow");
    page.assert_quiet();
    let noticed = |page: &mut Page, script: &str| {
        page.run(script);
        std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| page.assert_quiet())).is_err()
    };
    assert!(noticed(&mut page, "console.error('no')"));
    let mut page = Browser::start().open("data:text/html,<h1>Snow</h1>");
    assert!(noticed(&mut page, "fetch('http://example.org/').catch(() => 0)"));
}

/// `cargo test --test review -- --ignored` writes the pictures of the README: the shipped articles as the shipped model
/// annotates them.
#[test]
#[ignore = "writes docs/review-light.png and docs/review-dark.png"]
fn the_pictures_of_the_readme() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let mut annotate = Command::new(env!("CARGO_BIN_EXE_ascribe"));
    annotate.arg("annotate").arg(root.join("corpus/articles/idlib-envoy-paper.txt")).arg("--out").arg(out.path());
    assert!(annotate.status().unwrap().success());
    let review = Review::start(out.path(), &["--by", "all", "--reviewer", "ada"]);
    let mut page = Browser::start().open(&review.address);
    page.resize(1160, 760);
    for number in 1..=3 {
        at(&mut page, number);
        page.key("Enter");
    }
    at(&mut page, 4);
    fs::create_dir_all(root.join("docs")).unwrap();
    for (dark, name) in [(false, "light"), (true, "dark")] {
        page.dark(dark);
        page.screenshot(&root.join(format!("docs/review-{name}.png")));
    }
    page.assert_quiet();
}
