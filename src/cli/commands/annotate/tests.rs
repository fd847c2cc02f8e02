use std::fs;
use std::sync::atomic::{AtomicBool, Ordering};

use ascribe::annotation::{self, Annotation, Tool};
use ascribe::pipeline::store::{Failure, Place};
use clap::Parser;

use super::settings::Destination;
use super::*;
use crate::cli::Arguments;
use crate::cli::commands::Command;
use crate::cli::engine::{ArticleStream, Engine, Sink};

/// An engine without a network: it finds nothing, and fails where the text says so.
struct Nothing {
    tool: Tool,
    /// Presses Ctrl-C when the first article is done.
    interrupt: Option<Interrupt>,
}

impl Engine for Nothing {
    fn tool(&self) -> &Tool {
        &self.tool
    }

    fn run(self: Box<Self>, articles: ArticleStream<'_>, stop: &AtomicBool, sink: Sink<'_>) -> anyhow::Result<()> {
        for article in articles {
            let annotation = Annotation::new(self.tool.clone(), annotation::Article::from(&article));
            let failing = article.text.as_str().contains("a flaw");
            let flaw = || Failure::new(article.path, &std::io::Error::other("the engine stumbled"));
            if !sink(if failing { Err(flaw()) } else { Ok(annotation) }) {
                break;
            }
            if let Some(interrupt) = &self.interrupt {
                interrupt.press_once();
            }
            if stop.load(Ordering::SeqCst) {
                break;
            }
        }
        Ok(())
    }
}

/// A folder to run in, with a model and a registry that are only named.
struct Desk(tempfile::TempDir);

impl Desk {
    fn with(articles: &[(&str, &str)]) -> Self {
        let desk = Self(tempfile::tempdir().unwrap());
        fs::create_dir_all(desk.0.path().join("model")).unwrap();
        desk.write("registry.toml", "");
        for (name, text) in articles {
            desk.write(&format!("in/{name}"), text);
        }
        desk
    }

    fn write(&self, name: &str, content: &str) {
        let path = self.0.path().join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    fn settings(&self, typed: &str) -> anyhow::Result<Settings> {
        let here = |word: &str| word.replace('@', &format!("{}/", self.0.path().display()));
        let words = ["ascribe", "annotate", "--model", "@model", "--registry", "@registry.toml"];
        let typed = words.into_iter().chain(typed.split_whitespace()).map(here);
        let Command::Annotate(args) = Arguments::try_parse_from(typed)?.command else {
            unreachable!("annotate was typed")
        };
        Settings::new(&args, &Surroundings::default())
    }

    fn annotate(&self, typed: &str, interrupt: Option<Interrupt>) -> anyhow::Result<Outcome> {
        let settings = self.settings(typed)?;
        let inputs = settings.discover()?;
        settings.prepare_output()?;
        let ui = Ui::new(&Arguments::try_parse_from(["ascribe", "--quiet", "schema"])?.global);
        let engine =
            Nothing { tool: Tool { model: "none".to_owned(), ..Tool::default() }, interrupt: interrupt.clone() };
        Session { settings: &settings, inputs: &inputs, ui: &ui, interrupt: interrupt.unwrap_or_default() }
            .run(Box::new(engine))
    }

    fn read(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.0.path().join(name)).ok()
    }
}

#[test]
fn every_article_gets_its_file() {
    let desk = Desk::with(&[("a.txt", "Snow fell."), ("b/c.jsonl", "{\"text\": \"Rain.\"}\n{\"text\": \"Hail.\"}\n")]);
    assert_eq!(desk.annotate("@in --out @out", None).unwrap(), Outcome::Done);
    for name in ["out/a.txt.json", "out/b/c.jsonl/1.json", "out/b/c.jsonl/2.json"] {
        let annotation = Annotation::from_json(desk.read(name).unwrap().as_bytes()).unwrap();
        assert_eq!(format!("out/{}.json", annotation.article.path), name);
        assert!(annotation.verify().is_empty());
    }
    assert_eq!(desk.read("out/failures.jsonl"), None);
}

#[test]
fn a_bad_article_is_listed_and_the_others_are_done() {
    let desk =
        Desk::with(&[("a.txt", "Snow fell."), ("b.txt", ""), ("c.txt", "It has a flaw."), ("d.txt", "\0\u{1}\0")]);
    assert_eq!(desk.annotate("@in --out @out", None).unwrap(), Outcome::SomeFailed);
    let listed: Vec<Failure> =
        desk.read("out/failures.jsonl").unwrap().lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let paths: Vec<&str> = listed.iter().map(|failure| failure.path.as_str()).collect();
    assert_eq!(paths, ["b.txt", "c.txt", "d.txt"]);
    assert_eq!(listed[1].error, "the engine stumbled");
    assert!(desk.read("out/a.txt.json").is_some());
}

#[test]
fn what_is_done_stays_and_what_changed_is_made_anew() {
    let desk = Desk::with(&[("a.txt", "Snow fell."), ("b.txt", "Rain.")]);
    desk.annotate("@in --out @out", None).unwrap();
    let age = |name: &str| fs::metadata(desk.0.path().join(name)).unwrap().modified().unwrap();
    let before = (age("out/a.txt.json"), age("out/b.txt.json"));
    desk.write("in/b.txt", "Rain again.");
    desk.annotate("@in --out @out", None).unwrap();
    assert_eq!(age("out/a.txt.json"), before.0);
    assert!(desk.read("out/b.txt.json").unwrap().contains("Rain again."));
    desk.annotate("@in --out @out --force", None).unwrap();
    assert!(age("out/a.txt.json") > before.0);
}

#[test]
fn after_an_interruption_the_same_command_goes_on() {
    for (out, first, all) in
        [("@out", "out/a.txt.json", "out/b.txt.json"), ("@all.jsonl", "all.jsonl.partial", "all.jsonl")]
    {
        let desk = Desk::with(&[("a.txt", "Snow fell."), ("b.txt", "Rain.")]);
        let typed = format!("@in --out {out}");
        assert_eq!(desk.annotate(&typed, Some(Interrupt::default())).unwrap(), Outcome::Stopped);
        assert!(desk.read(first).is_some() && desk.read(all).is_none());
        assert_eq!(desk.annotate(&typed, None).unwrap(), Outcome::Done);
        assert!(desk.read(all).unwrap().contains("Rain."));
    }
}

#[test]
fn verdicts_reach_what_is_written_and_what_is_there() {
    use ascribe::review::{Entry, Mark, Subject};
    for (out, journal, stored) in
        [("@out", "out/review.jsonl", "out/a.txt.json"), ("@all.jsonl", "all.review.jsonl", "all.jsonl")]
    {
        let desk = Desk::with(&[("a.txt", "“Snow,” he said.")]);
        let typed = format!("@in --out {out}");
        desk.annotate(&typed, None).unwrap();
        let read = || Annotation::from_json(desk.read(stored).unwrap().as_bytes()).unwrap();
        // The engine finds nothing; this is what a model would have found.
        let mut found = read();
        let span = serde_json::json!({"start": 1, "end": 6, "text": "Snow,"});
        let quote = serde_json::json!({"id": "q1", "utterance": "u1", "kind": "direct", "spans": [span]});
        found.quotes.push(serde_json::from_value(quote).unwrap());
        let mut bytes = Vec::new();
        found.write_line(&mut bytes).unwrap();
        desk.write(stored, &String::from_utf8(bytes).unwrap());

        let subject = Subject::of(&found, &found.quotes[0]);
        let mark = Mark { time: "2026-11-21".to_owned(), reviewer: "ada".to_owned(), subject, note: None };
        let mut entry = serde_json::to_value(Entry::Skip(mark)).unwrap();
        entry["entry"] = "verdict".into();
        entry["verdict"] = "corrected".into();
        entry["correction"] = serde_json::json!({"speakers": [{"name": "Otto Brandt"}]});
        desk.write(journal, &format!("{entry}\n{{\"torn"));
        desk.annotate(&typed, None).unwrap();
        assert_eq!(read().quotes[0].speakers, ["otto-brandt"], "{out}");
        assert_eq!(read().quotes[0].review.as_ref().unwrap().reviewer.as_deref(), Some("ada"));
        assert!(read().verify().is_empty());
    }
}

#[test]
fn output_inside_the_input_is_never_read() {
    let desk = Desk::with(&[("a.txt", "Snow fell.")]);
    for out in ["@in/out", "@in/all.jsonl"] {
        for _ in 0..2 {
            desk.annotate(&format!("@in --out {out} --format jsonl --force"), None).unwrap();
        }
    }
    assert_eq!(desk.read("in/out/annotations.jsonl").unwrap().lines().count(), 1);
    assert!(desk.annotate("@in --out @in", None).unwrap_err().to_string().contains("output folder"));
}

#[test]
fn the_form_of_output_follows_its_name() {
    let desk = Desk::with(&[]);
    let base = desk.0.path();
    let destination = |typed: &str| desk.settings(&format!("@in {typed}")).unwrap().destination;
    assert_eq!(destination("--out @out"), Destination::Place(Place::Folder(base.join("out"))));
    assert_eq!(destination("--out @a.jsonl"), Destination::Place(Place::File(base.join("a.jsonl"))));
    assert_eq!(
        destination("--out @out --format jsonl"),
        Destination::Place(Place::File(base.join("out/annotations.jsonl")))
    );
    assert_eq!(destination("--out @a.jsonl --format json"), Destination::Place(Place::Folder(base.join("a.jsonl"))));
    assert_eq!(destination("--out -"), Destination::StandardOutput);
    assert!(desk.settings("@in --out - --format json").unwrap_err().to_string().contains("needs a folder"));
}

#[test]
fn arguments_reach_the_settings() {
    let desk = Desk::with(&[]);
    let settings =
        desk.settings("@in --out @out --text-key body --workers 3 --min-confidence 0.4 --exclude x/**").unwrap();
    assert_eq!(settings.read.keys.text.as_deref(), Some("body"));
    assert_eq!(settings.engine.workers, 3);
    assert!((settings.engine.min_confidence - 0.4).abs() < f32::EPSILON);
    assert_eq!(settings.find.exclude, ["x/**"]);
    assert_eq!(settings.find.output.as_deref(), Some(desk.0.path().join("out").as_path()));
    assert!(desk.settings("@in --out @out --min-confidence 1.4").is_err());
    assert!(desk.settings("@in --out @out --workers 0").is_err());
}
