//! NewsMTSC (Hamborg and Donnay, 2021): JSON lines with a sentence, a marked target and the polarity toward it. Nobody
//! is named as holder.
use std::path::{Path, PathBuf};
use std::sync::Arc;

use indexmap::IndexSet;
use serde::Deserialize;

use super::LabelledPair;
use crate::annotation::Stance;
use crate::eval::EvalError;
use crate::eval::gold::json_lines;
use crate::eval::subject::Pair;
use crate::text::{Span, Text};

/// The development parts, in a folder: sentences as they occur in the news, and sentences with several targets.
const PARTS: [&str; 2] = ["dev_rw.jsonl", "dev_mt.jsonl"];

#[derive(Deserialize)]
struct Record {
    sentence: String,
    from: usize,
    to: usize,
    polarity: f64,
}

/// The files at a path: the path itself, or the development parts of a folder.
#[must_use]
pub fn files(path: &Path) -> Vec<PathBuf> {
    if path.is_dir() { PARTS.map(|part| path.join(part)).to_vec() } else { vec![path.to_owned()] }
}

/// Reads a file, the first `limit` rows of it. Rows with one sentence are one unit.
///
/// # Errors
/// When the file cannot be read or a row's target does not lie in its sentence.
pub fn read(file: &Path, limit: usize) -> Result<Vec<LabelledPair>, EvalError> {
    let mut sentences: IndexSet<String> = IndexSet::new();
    let mut pairs = Vec::new();
    for record in json_lines::<Record>(file)?.take(limit) {
        let (number, record) = record?;
        let text = Text::new(record.sentence);
        let target = Span::new(record.from, record.to).ok().filter(|span| span.end() <= text.len());
        let target = target.ok_or_else(|| EvalError::line(file, number, "its target does not lie in its sentence"))?;
        let (unit, _) = sentences.insert_full(text.as_str().to_owned());
        let stance = match record.polarity {
            polarity if polarity > 0.0 => Stance::Favor,
            polarity if polarity < 0.0 => Stance::Against,
            _ => Stance::Neutral,
        };
        let quote = text.whole();
        pairs.push(LabelledPair { pair: Pair { text: Arc::new(text), quote, holder: None, target }, stance, unit });
    }
    Ok(pairs)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_of_one_sentence_are_one_unit() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dev_mt.jsonl");
        let rows = [
            r#"{"mention": "Quill", "polarity": -1, "from": 0, "to": 5, "sentence": "Quill let Blay down.", "id": "1"}"#,
            r#"{"mention": "Blay", "polarity": 1.0, "from": 10, "to": 14, "sentence": "Quill let Blay down.", "id": "2"}"#,
            r#"{"mention": "Blay", "polarity": 0, "from": 0, "to": 4, "sentence": "Blay left.", "id": "3"}"#,
        ];
        std::fs::write(&file, rows.join("\n")).unwrap();
        let pairs = read(&file, usize::MAX).unwrap();
        assert_eq!(pairs.iter().map(|pair| pair.unit).collect::<Vec<_>>(), [0, 0, 1]);
        assert_eq!(
            pairs.iter().map(|pair| pair.stance).collect::<Vec<_>>(),
            [Stance::Against, Stance::Favor, Stance::Neutral]
        );
        assert_eq!(pairs[1].pair.text.slice(pairs[1].pair.target), "Blay");
        assert_eq!(read(&file, 1).unwrap().len(), 1);
    }

    #[test]
    fn a_target_outside_its_sentence_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("dev_rw.jsonl");
        std::fs::write(&file, r#"{"polarity": 0, "from": 3, "to": 9, "sentence": "Snow."}"#).unwrap();
        assert!(read(&file, 1).unwrap_err().to_string().contains("line 1: its target"));
    }
}
