//! CSV: the flat rows for spreadsheets, in UTF-8, with a heading.
//!
//! A spreadsheet runs a cell that begins like a formula, and an article may say anything: such a text gets an apostrophe
//! before it, by which spreadsheets know a text. Numbers that are numbers stay as they are.
use csv::{Terminator, WriterBuilder};
use serde_json::Value;

use super::columns::{COLUMNS, cells};
use super::form::Form;
use crate::annotation::Annotation;

pub(super) const FORM: Form = Form { opening, put: |annotation| Ok(records(annotation)), between: "", closing: "" };

/// What a cell begins with that a spreadsheet would run.
const FORMULA: [char; 7] = ['=', '+', '-', '@', '\t', '\r', '\n'];

fn opening() -> String {
    COLUMNS.map(|(name, _)| name).join(",") + "\n"
}

fn records(annotation: &Annotation) -> Vec<u8> {
    let mut writer = WriterBuilder::new().terminator(Terminator::Any(b'\n')).from_writer(Vec::new());
    for row in annotation.rows() {
        writer.write_record(cells(&row).map(printed)).expect("a row has as many cells as the others");
    }
    writer.into_inner().expect("memory can be written")
}

fn printed(cell: Value) -> String {
    match cell {
        Value::Null => String::new(),
        Value::String(text) if text.starts_with(FORMULA) => format!("'{text}"),
        Value::String(text) => text,
        number => number.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_spreadsheet_would_run_is_a_text() {
        for formula in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "\r=1", "\n=1"] {
            assert_eq!(printed(formula.into()), format!("'{formula}"));
        }
        assert_eq!(printed("peace = trust".into()), "peace = trust");
        assert_eq!(printed(0.25.into()), "0.25");
        assert_eq!(printed((-1).into()), "-1");
        assert_eq!(printed(Value::Null), "");
    }
}
