//! The columns of the flat rows, for forms that name them before they have a row.
use serde_json::Value;

use crate::annotation::Row;

/// What stands in a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Column {
    Text,
    /// An offset in code points.
    Offset,
    Probability,
}

use Column::{Offset, Probability, Text};

/// Every column of [`Row`], in its order.
pub(super) const COLUMNS: [(&str, Column); 23] = [
    ("article_id", Text),
    ("article_path", Text),
    ("date", Text),
    ("source", Text),
    ("quote_id", Text),
    ("utterance", Text),
    ("kind", Text),
    ("quote", Text),
    ("start", Offset),
    ("end", Offset),
    ("speaker_id", Text),
    ("speaker", Text),
    ("speaker_party", Text),
    ("cue", Text),
    ("party", Text),
    ("stance", Text),
    ("p_favor", Probability),
    ("p_neutral", Probability),
    ("p_against", Probability),
    ("p_speaker", Probability),
    ("p_span", Probability),
    ("review", Text),
    ("model", Text),
];

/// The cells of a row: strings, numbers, and nulls where there is nothing.
pub(super) fn cells(row: &Row<'_>) -> impl Iterator<Item = Value> {
    match serde_json::to_value(row) {
        Ok(Value::Object(cells)) => cells.into_iter().map(|(_, cell)| cell),
        _ => unreachable!("a row is a struct of strings and numbers"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn the_columns_are_those_of_a_row() {
        let annotation = sample();
        let row = annotation.rows().find(|row| row.party.is_some()).unwrap();
        let row = serde_json::to_value(&row).unwrap();
        let named: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(named, COLUMNS.map(|(name, _)| name));
        for ((name, column), cell) in COLUMNS.iter().zip(row.as_object().unwrap().values()) {
            let fits = match column {
                Text => cell.is_string() || cell.is_null(),
                Offset => cell.is_u64(),
                Probability => cell.is_f64(),
            };
            assert!(fits, "{name} holds {cell}");
        }
    }
}
