//! GAP (Webster and others, 2018): tab-separated rows with a text of Wikipedia, a pronoun in it and two names, of which
//! the pronoun stands for one or none.
use std::path::Path;

use super::{AnaphoraDocument, LabelledAnaphor};
use crate::eval::EvalError;
use crate::eval::gold::text_file;
use crate::eval::subject::Question;
use crate::text::{Span, Text};

/// The columns, in order; the last one is the page's address.
const COLUMNS: usize = 11;

/// The kinds of mention that are reported.
pub const GENDERS: [&str; 2] = ["masculine", "feminine"];

/// Reads a file, the first `limit` rows of it.
///
/// # Errors
/// When the file cannot be read or a row does not fit its columns.
pub fn read(file: &Path, limit: usize) -> Result<Vec<AnaphoraDocument>, EvalError> {
    let string = text_file(file)?;
    let rows = (1..).zip(string.lines()).skip(1).filter(|(_, line)| !line.trim().is_empty()).take(limit);
    rows.map(|(number, line)| document(line).map_err(|problem| EvalError::line(file, number, problem))).collect()
}

fn document(line: &str) -> Result<AnaphoraDocument, String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let [id, text, pronoun, pronoun_at, a, a_at, a_right, b, b_at, b_right, _] = cells[..] else {
        return Err(format!("it has {} columns and not {COLUMNS}", cells.len()));
    };
    let text = Text::new(text);
    let place = |words: &str, at: &str| {
        let start: usize = at.parse().map_err(|_| format!("`{at}` is no offset"))?;
        let span = Span::ordered(start, start + words.chars().count());
        if text.get(span) == Some(words) { Ok(span) } else { Err(format!("`{words}` does not stand at {at}")) }
    };
    let question =
        Question { anaphor: place(pronoun, pronoun_at)?, candidates: vec![place(a, a_at)?, place(b, b_at)?] };
    let is_feminine = matches!(pronoun.to_lowercase().as_str(), "she" | "her" | "hers");
    let anaphor = LabelledAnaphor {
        question,
        right: [a_right, b_right].map(|cell| cell.eq_ignore_ascii_case("true")).to_vec(),
        kind: GENDERS[usize::from(is_feminine)],
    };
    Ok(AnaphoraDocument { id: id.to_owned(), genre: None, text, anaphors: vec![anaphor] })
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    /// Invented rows: one for the first name, one for neither.
    pub(crate) const ROWS: &str = "ID\tText\tPronoun\tPronoun-offset\tA\tA-offset\tA-coref\tB\tB-offset\tB-coref\tURL\n\
        t-1\tİda met Mara before she left.\tshe\t20\tİda\t0\tTRUE\tMara\t8\tFALSE\tx\n\
        t-2\tOren told Blay that his boss had gone.\this\t20\tOren\t0\tFALSE\tBlay\t10\tFALSE\tx\n";

    #[test]
    fn pronoun_and_names_are_placed() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gap.tsv");
        std::fs::write(&file, ROWS).unwrap();
        let documents = read(&file, usize::MAX).unwrap();
        let anaphor = &documents[0].anaphors[0];
        let words: Vec<&str> = anaphor.question.candidates.iter().map(|span| documents[0].text.slice(*span)).collect();
        assert_eq!(words, ["İda", "Mara"]);
        assert_eq!(documents[0].text.slice(anaphor.question.anaphor), "she");
        assert_eq!((anaphor.right.as_slice(), anaphor.kind), ([true, false].as_slice(), "feminine"));
        assert_eq!(documents[1].anaphors[0].right, [false, false]);
        assert_eq!(read(&file, 1).unwrap().len(), 1);
    }

    #[test]
    fn words_at_another_place_are_an_error() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gap.tsv");
        std::fs::write(&file, ROWS.replace("\t20\tOren", "\t21\tOren")).unwrap();
        let error = read(&file, usize::MAX).unwrap_err().to_string();
        assert!(error.contains("line 3: `his` does not stand at 21"), "{error}");
    }
}
