//! Figures over the bank and over real quotations, with answers made by hand.
use std::collections::BTreeSet;
use std::path::Path;

use super::*;
use crate::eval::subject::SubjectError;
use crate::eval::{GoldFormat, Report, Subjects, Task, evaluate};
use crate::speaker::registry::Registry;
use crate::stance::reference::PartyFinder;

const FILLERS: &str = r#"
    [[party]]
    id = "oslo"
    kind = "city"
    name = ["Oslo"]

    [[party]]
    id = "bergen"
    kind = "city"
    name = ["Bergen"]

    [[party]]
    id = "narvik"
    kind = "city"
    name = ["Narvik"]
"#;

const ENTRIES: &str = r#"{"id": "a", "split": "dev", "topic": "ports", "kind": "direct", "kinds": {"A": "city", "B": "city"}, "text": "Near {B}, {S} said: “[[{A} cheats]].”", "stances": {"A": "against", "B": "none"}, "phenomena": ["not-meant"]}
{"id": "b", "split": "test", "topic": "ports", "kind": "direct", "kinds": {"A": "city"}, "text": "{S} said: “[[{A} helps]].”", "stances": {"A": "favor"}, "phenomena": ["praise"]}
"#;

/// A bank of two quotations.
fn bank() -> tempfile::TempDir {
    let folder = tempfile::tempdir().unwrap();
    std::fs::create_dir(folder.path().join("bank")).unwrap();
    std::fs::write(folder.path().join("fillers.toml"), FILLERS).unwrap();
    std::fs::write(folder.path().join("bank/ports.jsonl"), ENTRIES).unwrap();
    folder
}

fn finder() -> PartyFinder {
    let toml = r#"
        [[party]]
        id = "oslo"
        kind = "country"
        name = "Oslo"

        [[party]]
        id = "bergen"
        kind = "country"
        name = "Bergen"
    "#;
    PartyFinder::new(Registry::from_toml(toml).unwrap().into()).unwrap()
}

/// Who reads the words alone: against a cheat, for a helper, and means nobody beside the quotation.
struct Reader;

impl JudgePairs for Reader {
    fn judge(&self, pairs: &[Pair]) -> Result<Vec<[f32; 3]>, SubjectError> {
        let judge =
            |pair: &Pair| if pair.text.slice(pair.quote).contains("cheat") { [0.1, 0.2, 0.7] } else { [0.7, 0.2, 0.1] };
        Ok(pairs.iter().map(judge).collect())
    }

    fn judge_meant(&self, pairs: &[Pair]) -> Result<Vec<Option<[f32; 3]>>, SubjectError> {
        let answers = self.judge(pairs)?.into_iter().zip(pairs);
        Ok(answers.map(|(answer, pair)| pair.quote.contains(&pair.target).then_some(answer)).collect())
    }
}

/// Who is against one party whatever is said, and for all others.
struct AgainstOslo;

impl JudgePairs for AgainstOslo {
    fn judge(&self, pairs: &[Pair]) -> Result<Vec<[f32; 3]>, SubjectError> {
        let judge =
            |pair: &Pair| if pair.text.slice(pair.target) == "Oslo" { [0.0, 0.1, 0.9] } else { [0.9, 0.1, 0.0] };
        Ok(pairs.iter().map(judge).collect())
    }
}

fn report(task: &Task<'_>, judge: &dyn JudgePairs) -> Report {
    evaluate(task, Subjects { judge: Some(judge), ..Subjects::default() }).unwrap()
}

fn value(report: &Report, section: &str, name: &str) -> Option<f64> {
    report.row(section, name).unwrap_or_else(|| panic!("{section} has no row {name}")).value
}

#[test]
fn who_reads_the_words_is_right_and_consistent() {
    let (folder, finder) = (bank(), finder());
    let swap = Some(Swap { fillers: Path::new("unread"), parties: &finder });
    let report = report(&Task { swap, ..Task::new(folder.path()) }, &Reader);
    assert_eq!((report.format.as_str(), report.units), ("bank", 1), "dev alone");
    for (section, name) in [
        ("party inside the quotation", "stance: macro F1"),
        ("party beside the quotation", "stance: F1 of none"),
        ("accuracy by phenomenon", "not-meant"),
        ("accuracy by topic", "ports"),
        ("same stance with other parties", "all"),
        ("same stance with other parties", "own parties in each other's place"),
        ("same stance with other speakers", "slot for: city"),
    ] {
        assert_eq!(value(&report, section, name), Some(1.0), "{section}, {name}");
    }
    assert_eq!(report.row("same stance with other parties", "all").unwrap().n, 2 * draw::REFILLS);
    assert!(report.confusions.is_empty());
}

#[test]
fn who_judges_the_party_is_found_out() {
    let (folder, finder) = (bank(), finder());
    let swap = Some(Swap { fillers: Path::new("unread"), parties: &finder });
    let task = Task { swap, ..Task::new(folder.path()) };
    let report = report(&task, &AgainstOslo);
    assert!(value(&report, "same stance with other parties", "all").unwrap() < 1.0);
    assert_eq!(value(&report, "same stance with other speakers", "all"), Some(1.0));
    let about: BTreeSet<&str> = report.confusions.iter().map(|confusion| confusion.about.as_str()).collect();
    assert!(about.contains("stance, other parties") && !about.contains("stance, other speaker"), "{about:?}");
}

#[test]
fn without_a_swap_only_the_stances_of_the_part_are_scored() {
    let folder = bank();
    let report = report(&Task { part: Some(BankPart::Test), ..Task::new(folder.path()) }, &Reader);
    assert_eq!(value(&report, "party inside the quotation", "stance: F1 of favor"), Some(1.0));
    assert!(report.sections.iter().all(|section| !section.name.starts_with("same stance")));
}

#[test]
fn real_quotations_are_judged_before_and_after_the_exchange() {
    let (folder, _) = crate::eval::gold::diplomacy::tests::sample();
    let (labels, articles) = (folder.path().join("dev.jsonl"), folder.path().join("articles.jsonl"));
    let fillers = folder.path().join("fillers.toml");
    std::fs::write(&fillers, FILLERS).unwrap();
    let finder = finder();
    let swap = Some(Swap { fillers: &fillers, parties: &finder });
    let task = Task { articles: Some(&articles), swap, ..Task::new(&labels) };
    let same = "same stance with other parties";
    let read = report(&task, &Reader);
    assert_eq!(read.row(same, "all").unwrap().n, 2 * draw::REFILLS);
    assert_eq!(value(&read, same, "all"), Some(1.0));
    assert_eq!(value(&read, "against the gold", "with other parties: stance, party inside: accuracy"), Some(1.0));
    let prejudiced = report(&task, &AgainstOslo);
    assert_eq!(value(&prejudiced, same, "party inside the quotation"), Some(0.0));
    assert_eq!(value(&prejudiced, "against the gold", "as written: stance, party inside: accuracy"), Some(0.0));
}

#[test]
fn what_cannot_be_swapped_is_said() {
    let folder = tempfile::tempdir().unwrap();
    let finder = finder();
    let swap = Some(Swap { fillers: Path::new("unread"), parties: &finder });
    let gum = Task { format: Some(GoldFormat::Gum), ..Task::new(folder.path()) };
    for (task, option) in [(Task { swap, ..gum }, "--swap"), (Task { part: Some(BankPart::Dev), ..gum }, "--part")] {
        let error = evaluate(&task, Subjects::default()).unwrap_err().to_string();
        assert!(error.starts_with("scoring gum:") && error.contains(option), "{error}");
    }
}
