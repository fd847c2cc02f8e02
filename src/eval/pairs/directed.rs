//! Directed sentiment between two entities of a news sentence (Park, Pan and Joo, 2021): a folder with `train.txt` and
//! `valid.txt`, or one such file, with lines of sentence, p, q and label, the entities bracketed in the sentence.
//!
//! About a third of the brackets cut a word (`[Congre]ss`); they are widened to it. Sentences of `valid.txt` that are in
//! the `train.txt` beside it, too, are left out, since a model may have learnt them.
use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use super::LabelledPair;
use crate::annotation::Stance;
use crate::eval::EvalError;
use crate::eval::gold::text_file;
use crate::eval::subject::Pair;
use crate::text::{Span, Text};

/// A sentence with two entities.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct DirectedRow {
    /// The sentence without brackets.
    pub text: Arc<Text>,
    /// The entity named first in the row.
    pub p: Span,
    /// The other one.
    pub q: Span,
    /// Who stands how toward whom.
    pub label: Direction,
}

/// The label of a row, in the order of its numbers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Direction {
    /// 0: nobody judges the other.
    Neutral,
    /// 1: p is for q.
    Favor,
    /// 2: q is for p.
    FavorBack,
    /// 3: p is against q.
    Against,
    /// 4: q is against p.
    AgainstBack,
}

impl Direction {
    /// The labels in the order of their numbers.
    pub const NAMES: [&'static str; 5] = ["neutral", "p favors q", "q favors p", "p against q", "q against p"];

    /// The stance in it.
    #[must_use]
    pub const fn stance(self) -> Stance {
        match self {
            Self::Neutral => Stance::Neutral,
            Self::Favor | Self::FavorBack => Stance::Favor,
            Self::Against | Self::AgainstBack => Stance::Against,
        }
    }

    /// Whether q is the holder.
    #[must_use]
    pub const fn is_back(self) -> bool {
        matches!(self, Self::FavorBack | Self::AgainstBack)
    }

    fn of(number: &str) -> Option<Self> {
        Some(match number {
            "0" => Self::Neutral,
            "1" => Self::Favor,
            "2" => Self::FavorBack,
            "3" => Self::Against,
            "4" => Self::AgainstBack,
            _ => return None,
        })
    }
}

impl DirectedRow {
    /// The pair from p to q, or from q to p.
    #[must_use]
    pub fn pair(&self, is_back: bool) -> Pair {
        let (holder, target) = if is_back { (self.q, self.p) } else { (self.p, self.q) };
        Pair { text: Arc::clone(&self.text), quote: self.text.whole(), holder: Some(holder), target }
    }

    /// The pair in the direction of the label, p to q where it is neutral.
    #[must_use]
    pub fn labelled(&self, unit: usize) -> LabelledPair {
        LabelledPair { pair: self.pair(self.label.is_back()), stance: self.label.stance(), unit }
    }
}

/// Reads the valid part of a folder, or a file; the first `limit` rows that stay.
///
/// # Errors
/// When a file cannot be read or a line is no row.
pub fn read(path: &Path, limit: usize) -> Result<Vec<DirectedRow>, EvalError> {
    let file = if path.is_dir() { path.join("valid.txt") } else { path.to_owned() };
    let train = file.with_file_name("train.txt");
    let mut learnt = HashSet::new();
    if train.is_file() && train != file {
        learnt.extend(rows(&train)?.into_iter().map(|row| row.text.as_str().to_owned()));
    }
    let mut kept = rows(&file)?;
    kept.retain(|row| !learnt.contains(row.text.as_str()));
    kept.truncate(limit);
    Ok(kept)
}

fn rows(file: &Path) -> Result<Vec<DirectedRow>, EvalError> {
    let string = text_file(file)?;
    let mut rows = Vec::new();
    for (number, line) in (1..).zip(string.lines()).filter(|(_, line)| !line.trim().is_empty()) {
        let cells: Vec<&str> = line.split('\t').collect();
        let [sentence, p, q, label] = cells[..] else {
            return Err(EvalError::line(file, number, "it has not the four columns sentence, p, q and label"));
        };
        let label = Direction::of(label.trim())
            .ok_or_else(|| EvalError::line(file, number, format!("the label `{label}` is none of 0 to 4")))?;
        // Some brackets are nested in others or part of the sentence; nothing tells then which entities are meant.
        if let Some((text, p, q)) = without_brackets(sentence, p, q) {
            rows.push(DirectedRow { text: Arc::new(text), p, q, label });
        }
    }
    Ok(rows)
}

/// The sentence without the brackets of p and q, and where p and q stand in it.
fn without_brackets(sentence: &str, p: &str, q: &str) -> Option<(Text, Span, Span)> {
    let mut entities = Vec::new();
    let mut plain = String::with_capacity(sentence.len());
    let mut rest = sentence;
    while let Some(open) = rest.find('[') {
        let close = rest[open..].find(']').map_or(rest.len(), |at| open + at);
        let inner = &rest[open + 1..close];
        if close < rest.len() && (inner == p || inner == q) {
            plain.push_str(&rest[..open]);
            entities.push((plain.len(), inner));
            plain.push_str(inner);
            rest = &rest[close + 1..];
        } else {
            plain.push_str(&rest[..=open]);
            rest = &rest[open + 1..];
        }
    }
    plain.push_str(rest);
    let [(first_at, first), (second_at, second)] = entities[..] else { return None };
    let text = Text::new(plain);
    let place = |at: usize, words: &str| widen(&text, text.span_of_bytes(at..at + words.len()));
    let (first_span, second_span) = (place(first_at, first), place(second_at, second));
    if first == p { Some((text, first_span, second_span)) } else { Some((text, second_span, first_span)) }
}

/// The span with the rest of the words that it cuts.
fn widen(text: &Text, span: Span) -> Span {
    let is_letter = |at: usize| text.char_at(at).is_some_and(char::is_alphanumeric);
    let (mut start, mut end) = (span.start(), span.end());
    while start > 0 && is_letter(start) && is_letter(start - 1) {
        start -= 1;
    }
    while end > 0 && is_letter(end) && (is_letter(end - 1) || matches!(text.char_at(end - 1), Some('’' | '\''))) {
        end += 1;
    }
    Span::ordered(start, end)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("train.txt"), "[Oslo] met [Bergen].\tOslo\tBergen\t0\n").unwrap();
        let valid = "[Bergen] met [Oslo].\tOslo\tBergen\t0\n\
                     The [Harbour Counci]l, “[it]self wise,” blamed [Quill’]s office.\tQuill’\tHarbour Counci\t4\n\
                     [Oslo] met [Bergen].\tOslo\tBergen\t0\n\
                     [a [b] c] d\ta\td\t1\n";
        std::fs::write(folder.path().join("valid.txt"), valid).unwrap();
        folder
    }

    #[test]
    fn brackets_are_taken_off_and_widened() {
        let rows = read(folder().path(), usize::MAX).unwrap();
        let row = &rows[1];
        assert_eq!(row.text.as_str(), "The Harbour Council, “[it]self wise,” blamed Quill’s office.");
        assert_eq!(row.text.slice(row.p), "Quill’s");
        assert_eq!(row.text.slice(row.q), "Harbour Council");
        let labelled = row.labelled(1);
        assert_eq!(labelled.pair.holder, Some(row.q));
        assert_eq!((labelled.pair.target, labelled.stance), (row.p, Stance::Against));
    }

    #[test]
    fn sentences_of_the_train_part_are_left_out() {
        let folder = folder();
        assert_eq!(read(folder.path(), usize::MAX).unwrap().len(), 2);
        assert_eq!(read(&folder.path().join("train.txt"), usize::MAX).unwrap().len(), 1);
    }

    #[test]
    fn a_row_that_is_none_is_named() {
        let folder = folder();
        std::fs::write(folder.path().join("valid.txt"), "[a] b [c].\ta\tc\t7\n").unwrap();
        assert!(read(folder.path(), 1).unwrap_err().to_string().contains("line 1: the label `7`"));
    }
}
