//! The stance bank: quotations with slots in place of parties, read from `bank/*.jsonl` and checked.
//!
//! `corpus/stance/README.md` describes the format; `scripts/train/ascribe_train/bank.py` reads the same for training.
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::str::FromStr;
use std::sync::LazyLock;

use regex::Regex;
use serde::Deserialize;

use super::fillers::{Fillers, Form};
use crate::eval::EvalError;
use crate::eval::gold::json_lines;

/// The slot of the speaker.
pub const SPEAKER: char = 'S';

/// A part of the bank.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum BankPart {
    /// What is trained on.
    Train,
    /// What is looked at while the program is made.
    #[default]
    Dev,
    /// What is kept for releases.
    Test,
}

/// A word that names no part of the bank.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no part of the stance bank; the parts are train, dev and test")]
pub struct BankPartError(String);

impl FromStr for BankPart {
    type Err = BankPartError;

    fn from_str(word: &str) -> Result<Self, BankPartError> {
        match word {
            "train" => Ok(Self::Train),
            "dev" => Ok(Self::Dev),
            "test" => Ok(Self::Test),
            _ => Err(BankPartError(word.to_owned())),
        }
    }
}

/// What a speaker thinks of the party in a slot.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum SlotStance {
    /// For it.
    Favor,
    /// Neither.
    Neutral,
    /// Against it.
    Against,
    /// Named beside the quotation, which does not refer to it.
    None,
    /// The speaker's own party, which is not judged.
    Own,
}

/// A piece of a template.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece {
    /// Words as they stand.
    Words(String),
    /// `[[` or `]]`: a bound of the quotation.
    Bound,
    /// `<A|`: here begin other words that mean the party.
    Open(char),
    /// `>`: they end.
    Close,
    /// `{A:adj}`: a form of the party's name.
    Slot(char, Form),
}

/// One quotation of the bank.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entry {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub topic: String,
    /// The text, cut at its slots.
    pub template: Vec<Piece>,
    /// The kind of party that can fill a slot.
    pub kinds: BTreeMap<char, String>,
    /// The speaker's stance toward the party in a slot.
    pub stances: BTreeMap<char, SlotStance>,
    /// What is hard about it.
    pub phenomena: Vec<String>,
}

#[derive(Deserialize)]
struct Record {
    id: String,
    split: BankPart,
    topic: String,
    text: String,
    kinds: BTreeMap<char, String>,
    stances: BTreeMap<char, SlotStance>,
    phenomena: Vec<String>,
}

/// Reads the first `limit` quotations of a part.
///
/// # Errors
/// When a file cannot be read or a line does not fit the format.
pub fn read(folder: &Path, part: BankPart, limit: usize, fillers: &Fillers) -> Result<Vec<Entry>, EvalError> {
    let mut entries = Vec::new();
    for file in files(&folder.join("bank"))? {
        for record in json_lines::<Record>(&file)? {
            let (number, record) = record?;
            if record.split == part && entries.len() < limit {
                entries.push(entry(record, fillers).map_err(|problem| EvalError::line(&file, number, problem))?);
            }
        }
    }
    Ok(entries)
}

fn files(folder: &Path) -> Result<Vec<PathBuf>, EvalError> {
    let mut files = Vec::new();
    for file in std::fs::read_dir(folder).map_err(EvalError::io(folder))? {
        files.push(file.map_err(EvalError::io(folder))?.path());
    }
    files.retain(|file| file.extension().is_some_and(|extension| extension == "jsonl"));
    files.sort();
    Ok(files)
}

fn entry(record: Record, fillers: &Fillers) -> Result<Entry, String> {
    let template = parse(&record.text)?;
    let mut slots: Vec<char> = template.iter().filter_map(Piece::slot).filter(|&slot| slot != SPEAKER).collect();
    slots.sort_unstable();
    slots.dedup();
    if !slots.iter().eq(record.kinds.keys()) || !slots.iter().eq(record.stances.keys()) {
        return Err(format!("the slots of the text, {slots:?}, are not those of kinds and stances"));
    }
    if !template.iter().any(|piece| piece.slot() == Some(SPEAKER)) {
        return Err("there is no speaker, {S} or <S|…>".to_owned());
    }
    for kind in record.kinds.values() {
        let wanted = record.kinds.values().filter(|other| *other == kind).count();
        // One more than there are slots, so that each can be filled anew.
        if fillers.of_kind(kind).len() <= wanted {
            return Err(format!("fillers.toml has too few parties of the kind {kind} for {wanted} slots"));
        }
    }
    let Record { id, topic, kinds, stances, phenomena, .. } = record;
    Ok(Entry { id, topic, template, kinds, stances, phenomena })
}

impl Piece {
    /// The slot that the piece is about.
    #[must_use]
    pub const fn slot(&self) -> Option<char> {
        match self {
            Self::Open(slot) | Self::Slot(slot, _) => Some(*slot),
            Self::Words(_) | Self::Bound | Self::Close => None,
        }
    }
}

/// Cuts the text of an entry at its slots.
///
/// # Errors
/// When a form is not known, or bounds do not pair.
pub fn parse(text: &str) -> Result<Vec<Piece>, String> {
    static MARK: LazyLock<Regex> = LazyLock::new(|| {
        Regex::new(r"\[\[|\]\]|<([A-Z])\||>|\{([A-Z])(?::(\w+))?\}").expect("the expression is sound")
    });
    let (mut pieces, mut at, mut open) = (Vec::new(), 0, 0_usize);
    let letter = |found: regex::Match<'_>| found.as_str().chars().next();
    for mark in MARK.captures_iter(text) {
        let whole = mark.get(0).expect("the whole always matches");
        if at < whole.start() {
            pieces.push(Piece::Words(text[at..whole.start()].to_owned()));
        }
        at = whole.end();
        pieces.push(if let Some(slot) = mark.get(1).and_then(letter) {
            open += 1;
            Piece::Open(slot)
        } else if let Some(slot) = mark.get(2).and_then(letter) {
            let word = mark.get(3).map_or("", |word| word.as_str());
            Piece::Slot(slot, Form::of_slot(word).ok_or_else(|| format!("there is no such form: {}", whole.as_str()))?)
        } else if whole.as_str() == ">" {
            open = open.checked_sub(1).ok_or("> stands without <A|")?;
            Piece::Close
        } else {
            Piece::Bound
        });
    }
    if at < text.len() {
        pieces.push(Piece::Words(text[at..].to_owned()));
    }
    if open > 0 || pieces.iter().filter(|piece| **piece == Piece::Bound).count() != 2 {
        return Err("one [[…]] and closed <A|…> are needed".to_owned());
    }
    Ok(pieces)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::eval::swap::fillers;

    pub const LINE: &str = r#"{"id": "x-1", "split": "dev", "topic": "border", "kind": "direct", "kinds": {"A": "state", "B": "state"}, "text": "{S}, <S|a {B:adj} envoy>, said: “[[{A} lied, and <A|its> maps lie]].”", "stances": {"A": "against", "B": "own"}, "phenomena": ["reference"]}"#;

    /// The entry of a line.
    pub fn entry_of(line: &str) -> Result<Entry, String> {
        entry(serde_json::from_str(line).unwrap(), &fillers::tests::sample())
    }

    #[test]
    fn a_text_is_cut_at_its_slots() {
        let pieces = parse("<S|A {C:adj} aide> saw [[it]]").unwrap();
        let words = |words: &str| Piece::Words(words.to_owned());
        let expected = [
            Piece::Open('S'),
            words("A "),
            Piece::Slot('C', Form::Adjective),
            words(" aide"),
            Piece::Close,
            words(" saw "),
            Piece::Bound,
            words("it"),
            Piece::Bound,
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn what_does_not_pair_or_fit_is_refused() {
        for (text, why) in [
            ("{S} [[{A:flag}]]", "no such form: {A:flag}"),
            ("{S} [[x", "one [[…]]"),
            ("<S|x [[x]]", "closed"),
            ("x> [[x]]", "without <A|"),
        ] {
            assert!(parse(text).unwrap_err().contains(why), "{text}");
        }
        assert!(entry_of(&LINE.replace("{A}", "It")).is_ok(), "<A|…> is a slot, too");
        assert!(entry_of(&LINE.replace("{B:adj}", "tired")).unwrap_err().contains("not those of kinds"));
        assert!(entry_of(&LINE.replace("state", "union")).unwrap_err().contains("too few parties of the kind union"));
        assert!(entry_of(&LINE.replace("{S}, <S|a {B:adj} envoy>", "{B}")).unwrap_err().contains("no speaker"));
    }

    #[test]
    fn a_part_is_read_in_order_and_mistakes_are_told_by_line() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("bank/a.jsonl");
        std::fs::create_dir(folder.path().join("bank")).unwrap();
        let second = LINE.replace("x-1", "x-2").replace("dev", "test");
        std::fs::write(&file, [LINE, &second].join("\n")).unwrap();
        let read = |part, limit| super::read(folder.path(), part, limit, &fillers::tests::sample());
        let test = read(BankPart::Test, usize::MAX).unwrap();
        assert_eq!((test.len(), test[0].id.as_str(), test[0].stances[&'B']), (1, "x-2", SlotStance::Own));
        assert!(read(BankPart::Dev, 0).unwrap().is_empty());
        std::fs::write(&file, [LINE, &second.replace("]]", "")].join("\n")).unwrap();
        assert!(read(BankPart::Test, 1).unwrap_err().to_string().contains("a.jsonl, line 2:"));
    }

    #[test]
    fn the_shipped_bank_is_sound() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("corpus/stance");
        let fillers = Fillers::read(&folder.join("fillers.toml")).unwrap();
        let count = |part| super::read(&folder, part, usize::MAX, &fillers).unwrap().len();
        assert!(count(BankPart::Train) > count(BankPart::Dev) && count(BankPart::Test) > 100);
    }
}
