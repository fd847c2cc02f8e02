//! [`GoldFormat`]: the formats of gold, and how to tell them from each other by looking.
use std::fmt;
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;
use std::str::FromStr;

use super::EvalError;

/// The formats of gold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum GoldFormat {
    /// Our own, `ascribe/1`.
    Gold,
    /// PolNeAR, brat's stand-off form.
    Polnear,
    /// Labelled quotations of diplomacy.
    Diplomacy,
    /// The stance bank.
    Bank,
    /// Directed sentiment.
    Dse,
    /// NewsMTSC.
    Newsmtsc,
    /// GUM, CoNLL-U with coreference.
    Gum,
    /// GAP.
    Gap,
}

impl GoldFormat {
    /// All of them.
    pub const ALL: [Self; 8] =
        [Self::Gold, Self::Polnear, Self::Diplomacy, Self::Bank, Self::Dse, Self::Newsmtsc, Self::Gum, Self::Gap];

    /// The word for it on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Gold => "gold",
            Self::Polnear => "polnear",
            Self::Diplomacy => "diplomacy",
            Self::Bank => "bank",
            Self::Dse => "dse",
            Self::Newsmtsc => "newsmtsc",
            Self::Gum => "gum",
            Self::Gap => "gap",
        }
    }

    /// The format of what lies at a path, by names of files and, for a file, its first line.
    ///
    /// # Errors
    /// When the path cannot be read or fits no format.
    pub fn of(path: &Path) -> Result<Self, EvalError> {
        let format = if path.is_dir() { Self::of_folder(path)? } else { Self::of_file(path)? };
        format.ok_or_else(|| EvalError::UnknownFormat { path: path.to_owned() })
    }

    fn of_folder(folder: &Path) -> Result<Option<Self>, EvalError> {
        let has = |name: &str| folder.join(name).exists();
        if has("attributions") && has("text") {
            return Ok(Some(Self::Polnear));
        }
        if has("bank") && has("fillers.toml") {
            return Ok(Some(Self::Bank));
        }
        if has("valid.txt") {
            return Ok(Some(Self::Dse));
        }
        if has("dev_rw.jsonl") {
            return Ok(Some(Self::Newsmtsc));
        }
        let mut found = None;
        for entry in std::fs::read_dir(folder).map_err(EvalError::io(folder))? {
            let entry = entry.map_err(EvalError::io(folder))?;
            match entry.path().extension().and_then(|extension| extension.to_str()) {
                Some("conllu") => return Ok(Some(Self::Gum)),
                Some("json") => found = Some(Self::Gold),
                _ if entry.path().is_dir() => found = found.or(Some(Self::Gold)),
                _ => {}
            }
        }
        Ok(found)
    }

    fn of_file(file: &Path) -> Result<Option<Self>, EvalError> {
        let mut first = Vec::new();
        let opened = File::open(file).map_err(EvalError::io(file))?;
        BufReader::new(opened).read_until(b'\n', &mut first).map_err(EvalError::io(file))?;
        let first = String::from_utf8_lossy(&first);
        let has = |key: &str| first.contains(&format!("\"{key}\""));
        Ok(match file.extension().and_then(|extension| extension.to_str()) {
            Some("conllu") => Some(Self::Gum),
            Some("json") => Some(Self::Gold),
            Some("tsv") if first.contains("Pronoun-offset") => Some(Self::Gap),
            Some("txt") if first.split('\t').count() == 4 && first.contains('[') => Some(Self::Dse),
            Some("jsonl") if has("polarity") => Some(Self::Newsmtsc),
            Some("jsonl") if has("schema") => Some(Self::Gold),
            Some("jsonl") if has("explicit") && has("quote") => Some(Self::Diplomacy),
            _ => None,
        })
    }
}

impl fmt::Display for GoldFormat {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.write_str(self.word())
    }
}

/// A word that names no format.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("`{0}` names no format of gold; the formats are gold, polnear, diplomacy, bank, dse, newsmtsc, gum and gap")]
pub struct FormatWordError(String);

impl FromStr for GoldFormat {
    type Err = FormatWordError;

    fn from_str(word: &str) -> Result<Self, FormatWordError> {
        Self::ALL.into_iter().find(|format| format.word() == word).ok_or_else(|| FormatWordError(word.to_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn told(name: &str, content: &str) -> Result<GoldFormat, EvalError> {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join(name);
        std::fs::write(&file, content).unwrap();
        GoldFormat::of(&file)
    }

    #[test]
    fn files_are_told_by_their_first_line() {
        for (name, content, format) in [
            ("a.json", "{", GoldFormat::Gold),
            ("a.jsonl", r#"{"schema": "ascribe/1"}"#, GoldFormat::Gold),
            ("a.jsonl", r#"{"quote": {}, "explicit": true}"#, GoldFormat::Diplomacy),
            ("a.jsonl", r#"{"mention": "x", "polarity": 1}"#, GoldFormat::Newsmtsc),
            ("a.tsv", "ID\tText\tPronoun\tPronoun-offset", GoldFormat::Gap),
            ("a.txt", "[a] b [c]\ta\tc\t0", GoldFormat::Dse),
            ("a.conllu", "", GoldFormat::Gum),
        ] {
            assert_eq!(told(name, content).unwrap(), format, "{content}");
        }
        assert!(told("a.txt", "Snow fell.").unwrap_err().to_string().contains("--as"));
    }

    #[test]
    fn folders_are_told_by_their_files() {
        let folder = tempfile::tempdir().unwrap();
        assert!(GoldFormat::of(folder.path()).is_err());
        std::fs::write(folder.path().join("a.json"), "{}").unwrap();
        assert_eq!(GoldFormat::of(folder.path()).unwrap(), GoldFormat::Gold);
        std::fs::create_dir(folder.path().join("attributions")).unwrap();
        std::fs::create_dir(folder.path().join("text")).unwrap();
        assert_eq!(GoldFormat::of(folder.path()).unwrap(), GoldFormat::Polnear);
        let bank = tempfile::tempdir().unwrap();
        std::fs::create_dir(bank.path().join("bank")).unwrap();
        std::fs::write(bank.path().join("fillers.toml"), "").unwrap();
        assert_eq!(GoldFormat::of(bank.path()).unwrap(), GoldFormat::Bank);
    }

    #[test]
    fn words_and_formats_go_both_ways() {
        for format in GoldFormat::ALL {
            assert_eq!(format.to_string().parse(), Ok(format));
        }
        assert!("brat".parse::<GoldFormat>().is_err());
    }
}
