//! Opening files of gold, with errors that name them.
use std::fs::File;
use std::io::{BufRead, BufReader};
use std::path::Path;

use serde::de::DeserializeOwned;

use crate::eval::EvalError;
use crate::text::decode;

/// The records of a file with one JSON record a line, with their line numbers from 1, read as they are asked for.
pub fn json_lines<T: DeserializeOwned>(
    path: &Path,
) -> Result<impl Iterator<Item = Result<(usize, T), EvalError>> + '_, EvalError> {
    let lines = BufReader::new(File::open(path).map_err(EvalError::io(path))?).lines();
    Ok(lines.zip(1..).filter_map(move |(line, number)| match line {
        Err(source) => Some(Err(EvalError::io(path)(source))),
        Ok(line) if line.trim().is_empty() => None,
        Ok(line) => Some(
            serde_json::from_str(&line)
                .map(|record| (number, record))
                .map_err(|error| EvalError::line(path, number, error.to_string())),
        ),
    }))
}

/// The text of a file.
pub fn text_file(path: &Path) -> Result<String, EvalError> {
    let bytes = std::fs::read(path).map_err(EvalError::io(path))?;
    let decoded = decode(&bytes).map_err(|source| EvalError::Decode { path: path.to_owned(), source })?;
    Ok(decoded.text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_broken_line_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("rows.jsonl");
        std::fs::write(&path, "1\n\n2\nx\n").unwrap();
        let read: Vec<Result<(usize, u8), _>> = json_lines(&path).unwrap().collect();
        assert_eq!(*read[1].as_ref().unwrap(), (3, 2));
        assert!(read[2].as_ref().unwrap_err().to_string().contains("rows.jsonl, line 4:"));
    }
}
