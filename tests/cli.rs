//! The program as it is run, without a model: help, checking, showing, refusals and exit statuses.
use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;
use predicates::prelude::PredicateBooleanExt;
use predicates::str::{contains, is_empty, starts_with};

fn ascribe() -> Command {
    let mut command = Command::cargo_bin("ascribe").unwrap();
    command.env_remove("ASCRIBE_HOME").env_remove("NO_COLOR").env_remove("CLICOLOR_FORCE");
    command
}

fn fixture(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures").join(name)
}

/// A folder with the annotated article, its annotation, and a model and a registry that are only named.
fn desk() -> tempfile::TempDir {
    let desk = tempfile::tempdir().unwrap();
    for folder in ["in/wire", "out/wire", "model"] {
        fs::create_dir_all(desk.path().join(folder)).unwrap();
    }
    fs::copy(fixture("saraqib.txt"), desk.path().join("in/wire/saraqib.txt")).unwrap();
    fs::copy(fixture("annotation.json"), desk.path().join("out/wire/saraqib.txt.json")).unwrap();
    fs::write(desk.path().join("registry.toml"), "").unwrap();
    desk
}

fn annotate(desk: &tempfile::TempDir, rest: &[&str]) -> assert_cmd::assert::Assert {
    let mut command = ascribe();
    command.current_dir(desk.path()).args(["annotate", "--model", "model", "--registry", "registry.toml"]);
    command.args(rest).assert()
}

#[test]
fn help_shows_examples_and_every_command() {
    let help = ascribe().arg("--help").assert().success().stderr(is_empty());
    let help = help.stdout(contains("Examples:").and(contains("Exit status")));
    for command in ["annotate", "show", "verify", "schema", "completions", "man"] {
        let output = String::from_utf8(help.get_output().stdout.clone()).unwrap();
        assert!(output.contains(&format!("\n  {command}")), "{command} is missing from\n{output}");
        ascribe().args([command, "--help"]).assert().success().stdout(contains("Example"));
    }
}

#[test]
fn what_is_typed_wrong_cannot_run() {
    ascribe().arg("annotat").assert().code(2).stderr(contains("annotate"));
    ascribe().args(["annotate", "in"]).assert().code(2).stderr(contains("--out"));
    ascribe().assert().code(2);
}

#[test]
fn the_schema_is_printed_as_it_is_committed() {
    let schema =
        fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/annotation.schema.json")).unwrap();
    ascribe().arg("schema").assert().success().stdout(schema);
}

#[test]
fn shells_and_manuals_are_served() {
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        ascribe().args(["completions", shell]).assert().success().stdout(contains("annotate"));
    }
    ascribe().args(["man", "-"]).assert().success().stdout(contains(".TH ascribe 1"));
    let folder = tempfile::tempdir().unwrap();
    ascribe().arg("man").arg(folder.path().join("man1")).assert().success();
    assert!(folder.path().join("man1/ascribe-annotate.1").is_file());
}

#[test]
fn sound_annotations_verify() {
    let desk = desk();
    let verify = |rest: &[&str]| ascribe().current_dir(desk.path()).arg("verify").args(rest).assert();
    verify(&["out"]).success().stdout("checked 1 annotation with 5 quotations: all sound\n");
    verify(&["out", "--articles", "in"]).success();
    verify(&["gone"]).code(2).stderr(starts_with("ascribe: error: reading annotations from gone: "));
    verify(&["model"]).code(2).stderr(contains("there are none"));
}

#[test]
fn what_does_not_verify_is_named() {
    let desk = desk();
    let verify = |rest: &[&str]| ascribe().current_dir(desk.path()).arg("verify").args(rest).assert();
    fs::write(desk.path().join("in/wire/saraqib.txt"), "Snow fell.").unwrap();
    verify(&["out"]).success();
    verify(&["out", "--articles", "in"]).code(1).stdout(is_empty()).stderr(contains("article.sha256"));

    let stored = desk.path().join("out/wire/saraqib.txt.json");
    let shifted = fs::read_to_string(&stored).unwrap().replacen("\"start\": 136", "\"start\": 135", 1);
    fs::write(&stored, shifted).unwrap();
    fs::write(desk.path().join("out/torn.json"), "{\"schema\": \"ascribe/1\", ").unwrap();
    verify(&["out"]).code(1).stderr(contains("quotes[1]").and(contains("torn.json")).and(contains("things wrong")));
}

#[test]
fn an_annotation_is_shown() {
    let desk = desk();
    let show = |rest: &[&str]| {
        let mut command = ascribe();
        command.current_dir(desk.path()).arg("show").args(rest);
        command
    };
    let file = "out/wire/saraqib.txt.json";
    let plain = contains("against russia 72%").and(contains("\u{1b}").not());
    show(&[file]).assert().success().stdout(plain);
    show(&["--color", "always", file]).assert().success().stdout(contains("\u{1b}["));
    show(&["--color", "always", file, "--id", "gone"]).assert().code(2).stderr(contains("no article has this id"));
    show(&["-"]).write_stdin(fs::read(desk.path().join(file)).unwrap()).assert().success();
    show(&["in/wire/saraqib.txt"]).assert().code(2).stderr(contains("ascribe schema"));
    show(&["out"]).assert().code(2);

    let line: serde_json::Value = serde_json::from_slice(&fs::read(desk.path().join(file)).unwrap()).unwrap();
    fs::write(desk.path().join("all.jsonl"), format!("{line}\n{line}\n")).unwrap();
    show(&["all.jsonl", "--id", "saraqib"]).assert().success();
}

#[test]
fn a_run_that_cannot_begin_says_why() {
    let desk = desk();
    fs::write(desk.path().join("file"), "").unwrap();
    for (rest, why) in [
        (vec!["gone", "--out", "new"], "gone"),
        (vec!["in", "--out", "file"], "it is a file"),
        (vec!["in", "--out", "file/below"], "preparing the output folder"),
        (vec!["in", "--out", "in"], "output folder"),
        (vec!["in", "--out", "new", "--include", "["], "pattern"),
        (vec!["in", "--out", "new"], "manifest.json"),
    ] {
        annotate(&desk, &rest).code(2).stdout(is_empty()).stderr(starts_with("ascribe: error: ").and(contains(why)));
    }
    ascribe()
        .current_dir(desk.path())
        .env("ASCRIBE_HOME", desk.path())
        .args(["annotate", "in", "--out", "new"])
        .assert()
        .code(2)
        .stderr(contains("ASCRIBE_HOME"));
}

#[cfg(unix)]
#[test]
fn a_reader_that_has_gone_is_no_failure() {
    use std::process::{Command, Stdio};
    let mut child = Command::new(assert_cmd::cargo::cargo_bin("ascribe"))
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success() && output.stderr.is_empty(), "{output:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_is_an_error() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let output = std::process::Command::new(assert_cmd::cargo::cargo_bin("ascribe"))
        .arg("schema")
        .stdout(full)
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    assert!(String::from_utf8(output.stderr).unwrap().contains("No space left"));
}
