//! JSON lines: the flat rows, one object a line, empty cells as nulls.
use super::form::Form;
use crate::annotation::Annotation;

pub(super) const FORM: Form =
    Form { opening: String::new, put: |annotation| Ok(lines(annotation)), between: "", closing: "" };

fn lines(annotation: &Annotation) -> Vec<u8> {
    let mut lines = Vec::new();
    for row in annotation.rows() {
        serde_json::to_writer(&mut lines, &row).expect("a row is a struct of strings and numbers");
        lines.push(b'\n');
    }
    lines
}
