use std::fs;
use std::io;
use std::path::Path;

use super::*;
use crate::annotation::{Article, sample};
use crate::article;
use crate::text::Text;

/// The article of the sample under another path.
fn read_again(path: &str) -> article::Article {
    let Article { id, sha256, title, date, source, url, text, .. } = sample().article;
    article::Article { id, path: path.to_owned(), sha256, title, date, source, url, text: Text::new(text) }
}

fn annotation_of(path: &str) -> Annotation {
    let mut annotation = sample();
    path.clone_into(&mut annotation.article.path);
    annotation
}

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> = ignore::WalkBuilder::new(folder)
        .standard_filters(false)
        .build()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.path().is_file())
        .map(|entry| entry.path().strip_prefix(folder).unwrap().display().to_string())
        .collect();
    names.sort();
    names
}

fn lines(path: &Path) -> Vec<String> {
    let stream = fs::read(path).unwrap();
    let lines = stream.split_inclusive(|byte| *byte == b'\n');
    lines.map(|line| Annotation::from_json(line).unwrap().article.path).collect()
}

fn failure() -> Failure {
    Failure::new("b.txt", &io::Error::other("no text"))
}

#[test]
fn a_folder_has_one_file_an_article_and_nothing_else() {
    let out = tempfile::tempdir().unwrap();
    let place = Place::Folder(out.path().join("new/out"));
    let mut store = Store::open(&place, &sample().tool, false).unwrap();
    store.put(&annotation_of("a/b.txt")).unwrap();
    store.put(&annotation_of("c.jsonl/7")).unwrap();
    store.finish(true).unwrap();
    assert_eq!(names(place.folder()), ["a/b.txt.json", "c.jsonl/7.json"]);
    let written = fs::read(place.folder().join("a/b.txt.json")).unwrap();
    assert_eq!(Annotation::from_json(&written).unwrap(), annotation_of("a/b.txt"));
}

#[cfg(unix)]
#[test]
fn an_output_is_as_readable_as_other_files() {
    use std::os::unix::fs::PermissionsExt;
    let out = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(out.path().to_owned()), &sample().tool, false).unwrap();
    store.put(&annotation_of("a.txt")).unwrap();
    fs::write(out.path().join("other"), "").unwrap();
    let mode = |name: &str| out.path().join(name).metadata().unwrap().permissions().mode();
    assert_eq!(mode("a.txt.json"), mode("other"));
}

#[test]
fn what_is_done_is_known_until_something_changes() {
    for place in [Place::Folder("out".into()), Place::File("out/all.jsonl".into())] {
        let base = tempfile::tempdir().unwrap();
        let place = match place {
            Place::Folder(folder) => Place::Folder(base.path().join(folder)),
            Place::File(file) => Place::File(base.path().join(file)),
        };
        let tool = sample().tool;
        let mut store = Store::open(&place, &tool, false).unwrap();
        assert!(!store.done().holds(&read_again("a.txt")));
        store.put(&annotation_of("a.txt")).unwrap();
        store.finish(true).unwrap();

        let holds = |tool: &Tool, force, article: &article::Article| {
            Store::open(&place, tool, force).unwrap().done().holds(article)
        };
        assert!(holds(&tool, false, &read_again("a.txt")));
        assert!(!holds(&tool, false, &read_again("b.txt")));
        let other_registry = Tool { registry_sha256: "c".repeat(64), ..tool.clone() };
        assert!(!holds(&other_registry, false, &read_again("a.txt")));
        let other_text = article::Article { text: Text::new("Snow."), ..read_again("a.txt") };
        assert!(!holds(&tool, false, &other_text), "another field of the same record was read");
        assert!(!holds(&tool, true, &read_again("a.txt")));
    }
}

#[test]
fn a_damaged_file_is_not_done() {
    let out = tempfile::tempdir().unwrap();
    let place = Place::Folder(out.path().to_owned());
    let mut store = Store::open(&place, &sample().tool, false).unwrap();
    store.put(&annotation_of("a.txt")).unwrap();
    let path = out.path().join("a.txt.json");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 20]).unwrap();
    assert!(!store.done().holds(&read_again("a.txt")));
}

#[test]
fn a_stream_appears_when_the_run_is_over() {
    let out = tempfile::tempdir().unwrap();
    let place = Place::stream_in(out.path());
    let mut store = Store::open(&place, &sample().tool, false).unwrap();
    store.put(&annotation_of("a.txt")).unwrap();
    store.finish(false).unwrap();
    assert_eq!(names(out.path()), ["annotations.jsonl.partial"]);

    // A run killed in the middle of a line loses that line only.
    let partial = out.path().join("annotations.jsonl.partial");
    let torn = [fs::read(&partial).unwrap(), b"{\"schema\": \"asc".to_vec()].concat();
    fs::write(&partial, torn).unwrap();
    let mut store = Store::open(&place, &sample().tool, false).unwrap();
    assert!(store.done().holds(&read_again("a.txt")));
    store.put(&annotation_of("b.txt")).unwrap();
    store.finish(true).unwrap();
    assert_eq!(names(out.path()), ["annotations.jsonl"]);
    assert_eq!(lines(&out.path().join("annotations.jsonl")), ["a.txt", "b.txt"]);
}

#[test]
fn a_line_made_anew_takes_the_place_of_the_old_one() {
    let out = tempfile::tempdir().unwrap();
    let place = Place::stream_in(out.path());
    let mut store = Store::open(&place, &sample().tool, false).unwrap();
    store.put(&annotation_of("a.txt")).unwrap();
    store.put(&annotation_of("b.txt")).unwrap();
    store.finish(true).unwrap();
    let tool = Tool { model: "en-2027-01".to_owned(), ..sample().tool };
    let mut store = Store::open(&place, &tool, false).unwrap();
    assert!(!store.done().holds(&read_again("a.txt")));
    store.put(&annotation_of("a.txt")).unwrap();
    store.finish(true).unwrap();
    assert_eq!(lines(&out.path().join("annotations.jsonl")), ["b.txt", "a.txt"]);
    assert_eq!(names(out.path()), ["annotations.jsonl"]);
}

#[test]
fn a_file_of_somebody_else_is_not_replaced() {
    let out = tempfile::tempdir().unwrap();
    let path = out.path().join("news.jsonl");
    fs::write(&path, "{\"text\": \"Snow.\"}\n").unwrap();
    for force in [false, true] {
        let error = Store::open(&Place::File(path.clone()), &sample().tool, force).err().unwrap();
        assert!(matches!(error, StoreError::Foreign { .. }), "{error}");
    }
    assert_eq!(fs::read(&path).unwrap(), b"{\"text\": \"Snow.\"}\n");
}

#[test]
fn failures_are_listed_until_there_are_none() {
    let out = tempfile::tempdir().unwrap();
    for (place, list) in [
        (Place::Folder(out.path().to_owned()), "failures.jsonl"),
        (Place::stream_in(out.path()), "failures.jsonl"),
        (Place::File(out.path().join("news.jsonl")), "news.failures.jsonl"),
    ] {
        let mut store = Store::open(&place, &sample().tool, false).unwrap();
        store.fail(failure());
        store.finish(true).unwrap();
        let list = out.path().join(list);
        assert_eq!(fs::read_to_string(&list).unwrap(), "{\"path\":\"b.txt\",\"error\":\"no text\",\"causes\":[]}\n");
        Store::open(&place, &sample().tool, false).unwrap().finish(true).unwrap();
        assert!(!list.exists());
    }
}

#[test]
fn a_failure_says_every_cause_once() {
    #[derive(Debug, thiserror::Error)]
    #[error("annotating: {0}")]
    struct Outer(#[source] Middle);
    #[derive(Debug, thiserror::Error)]
    #[error("the tagger stopped")]
    struct Middle(#[source] io::Error);
    let failure = Failure::new("a.txt", &Outer(Middle(io::Error::other("no memory"))));
    assert_eq!(failure.to_string(), "a.txt: annotating: the tagger stopped: no memory");
    assert_eq!(failure.causes, ["no memory"]);
}

#[test]
fn a_path_that_leads_out_of_the_folder_is_refused() {
    let out = tempfile::tempdir().unwrap();
    let mut store = Store::open(&Place::Folder(out.path().join("out")), &sample().tool, false).unwrap();
    for path in ["../a.txt", "/tmp/a.txt", "", "a/../../b"] {
        let error = store.put(&annotation_of(path)).unwrap_err();
        assert!(matches!(error, StoreError::UnsafePath(_)) && error.concerns_one_article(), "{path}");
    }
    store.put(&annotation_of("a.txt")).unwrap();
    assert!(matches!(store.put(&annotation_of("a.txt")).unwrap_err(), StoreError::SamePath(_)));
    let long = store.put(&annotation_of(&"x".repeat(300))).unwrap_err();
    assert!(long.concerns_one_article() && long.to_string().contains("too long"), "{long}");
}

#[test]
fn a_place_that_cannot_be_written_is_found_out_before_the_run() {
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("file");
    fs::write(&file, "").unwrap();
    assert!(matches!(Place::Folder(file.clone()).prepare().unwrap_err(), StoreError::NoFolder { .. }));
    assert!(matches!(Place::Folder(file.join("below")).prepare().unwrap_err(), StoreError::Create { .. }));
    assert!(matches!(Place::File(out.path().to_owned()).prepare().unwrap_err(), StoreError::NoFile { .. }));
    assert_eq!(names(out.path()), ["file"]);
}

#[cfg(target_os = "linux")]
#[test]
fn a_full_disk_ends_the_run_and_says_so() {
    let full = fs::OpenOptions::new().write(true).open("/dev/full").unwrap();
    let error = Store::to_writer(Box::new(full)).put(&annotation_of("a.txt")).unwrap_err();
    assert!(error.to_string().contains("No space left"), "{error}");
    assert!(!error.concerns_one_article() && !error.is_broken_pipe());
}

#[test]
fn a_reader_that_has_gone_is_told_apart() {
    struct Gone;
    impl Write for Gone {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(io::ErrorKind::BrokenPipe.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }
    assert!(Store::to_writer(Box::new(Gone)).put(&annotation_of("a.txt")).unwrap_err().is_broken_pipe());
}
