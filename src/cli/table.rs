//! Tables for the terminal: no lines, names to the left, figures to the right.
use comfy_table::{CellAlignment, Table, presets};

/// An empty table with a header; all columns but the first hold figures.
pub fn bare<const N: usize>(header: [&str; N]) -> Table {
    let mut table = Table::new();
    table.load_preset(presets::NOTHING).set_header(header);
    for column in table.column_iter_mut().skip(1) {
        column.set_cell_alignment(CellAlignment::Right);
    }
    table
}
