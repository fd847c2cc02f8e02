//! Annotations out of and into JSON.
use std::io::{self, Write};

use serde::Deserialize;
use thiserror::Error;

use super::Annotation;

/// Why a string of bytes is no annotation.
#[derive(Debug, Error)]
pub enum ReadError {
    /// Broken JSON, or a field that is missing or of another sort.
    #[error("it is no annotation of the format ascribe/1 ({0}); compare it with what `ascribe schema` prints")]
    Malformed(#[source] serde_json::Error),
    /// Some other version of the format.
    #[error("it has the format {0:?} and this version reads ascribe/1; use the version of ascribe that wrote it")]
    OtherFormat(String),
}

impl Annotation {
    /// Reads one annotation. Fields that this version does not know are passed over.
    ///
    /// # Errors
    /// When the bytes are no JSON or the JSON is no `ascribe/1`.
    pub fn from_json(bytes: &[u8]) -> Result<Self, ReadError> {
        #[derive(Deserialize)]
        struct Header {
            schema: String,
        }
        let bytes = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        serde_json::from_slice(bytes).map_err(|error| match serde_json::from_slice::<Header>(bytes) {
            Ok(Header { schema }) if schema != "ascribe/1" => ReadError::OtherFormat(schema),
            _ => ReadError::Malformed(error),
        })
    }

    /// Writes the annotation for people: one field a line, with a final line break.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_json(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer_pretty(&mut *out, self)?;
        out.write_all(b"\n")
    }

    /// Writes the annotation on one line, with its line break.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_line(&self, out: &mut impl Write) -> io::Result<()> {
        serde_json::to_writer(&mut *out, self)?;
        out.write_all(b"\n")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Confidence, Probability, sample};

    #[test]
    fn nothing_is_lost_and_nothing_added_on_the_way() {
        let file = include_str!("../../tests/fixtures/annotation.json");
        let mut written = Vec::new();
        sample().write_json(&mut written).unwrap();
        assert_eq!(String::from_utf8(written).unwrap(), file);
    }

    #[test]
    fn a_line_is_one_line() {
        let mut written = Vec::new();
        sample().write_line(&mut written).unwrap();
        assert_eq!(String::from_utf8_lossy(&written).lines().count(), 1);
        assert_eq!(Annotation::from_json(&written).unwrap(), sample());
    }

    #[test]
    fn fields_of_a_later_version_are_passed_over() {
        let later = br#"{"schema": "ascribe/1", "mood": 1, "article": {"text": "Snow.", "words": 1}, "quotes": []}"#;
        assert_eq!(Annotation::from_json(later).unwrap().article.text, "Snow.");
    }

    #[test]
    fn gold_may_be_short() {
        let gold = br#"{"schema": "ascribe/1", "article": {"text": "We win, she said."},
                        "quotes": [{"kind": "indirect", "spans": [{"start": 0, "end": 6}], "speakers": ["she"]}]}"#;
        let quote = Annotation::from_json(gold).unwrap().quotes.remove(0);
        assert_eq!(quote.confidence, Confidence { span: Probability::ONE, speaker: Probability::ONE });
        assert!(quote.stances.is_empty() && quote.cue.is_none());
    }

    #[test]
    fn what_is_no_annotation_is_told_apart() {
        let refused = |json: &str| Annotation::from_json(json.as_bytes()).unwrap_err().to_string();
        assert!(refused(r#"{"schema": "ascribe/2", "quotes": []}"#).starts_with("it has the format \"ascribe/2\""));
        assert!(refused("{").contains("EOF while parsing"));
        assert!(refused(r#"{"text": "Snow."}"#).contains("missing field `schema`"));
    }
}
