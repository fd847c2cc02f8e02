//! Lines of styled characters, broken between words.
use std::fmt::Write;

use anstyle::Style;
use unicode_width::UnicodeWidthChar;

/// A character and how it looks.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Cell {
    pub char: char,
    pub style: Style,
}

/// A line before it is broken.
#[derive(Clone, Debug, Default)]
pub(super) struct Line {
    cells: Vec<Cell>,
}

impl Line {
    pub fn of(string: &str, style: Style) -> Self {
        let mut line = Self::default();
        line.push(string, style);
        line
    }

    pub fn push(&mut self, string: &str, style: Style) {
        self.cells.extend(string.chars().map(|char| Cell { char, style }));
    }

    pub fn push_cell(&mut self, cell: Cell) {
        self.cells.push(cell);
    }

    /// Writes the line in rows of at most `width` columns; all rows but the first are indented. A word that is wider
    /// than a row has one of its own.
    pub fn write(&self, page: &mut String, width: usize, indent: usize) {
        let mut row: Vec<Cell> = Vec::new();
        let mut used = 0;
        for word in self.cells.chunk_by(|a, b| breaks(a.char) == breaks(b.char)) {
            let columns: usize = word.iter().map(|cell| cell.char.width().unwrap_or(1)).sum();
            let blank = breaks(word[0].char);
            if !blank && used + columns > width && used > indent {
                while row.last().is_some_and(|cell| breaks(cell.char)) {
                    row.pop();
                }
                write_row(&row, page);
                row.clear();
                row.resize(indent, Cell { char: ' ', style: Style::new() });
                used = indent;
            }
            row.extend(word);
            used += columns;
        }
        while row.last().is_some_and(|cell| breaks(cell.char)) {
            row.pop();
        }
        write_row(&row, page);
    }
}

/// Where a line may be broken: at blanks, but not at no-break spaces.
fn breaks(c: char) -> bool {
    c.is_whitespace() && !matches!(c, '\u{a0}' | '\u{202f}' | '\u{2007}')
}

/// Writes cells with their styles. What would steer the terminal is replaced.
fn write_row(row: &[Cell], page: &mut String) {
    for run in row.chunk_by(|a, b| a.style == b.style) {
        let style = run[0].style;
        let shown: String = run.iter().map(|cell| visible(cell.char)).collect();
        // Writing to a string cannot fail.
        let _ = write!(page, "{style}{shown}{style:#}");
    }
    page.push('\n');
}

fn visible(c: char) -> char {
    match c {
        '\t' | '\n' | '\r' => ' ',
        c if c.is_control() => '\u{fffd}',
        c => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rows(string: &str, width: usize, indent: usize) -> Vec<String> {
        let mut page = String::new();
        Line::of(string, Style::new()).write(&mut page, width, indent);
        page.lines().map(str::to_owned).collect()
    }

    #[test]
    fn lines_break_between_words() {
        assert_eq!(rows("one two  three", 8, 2), ["one two", "  three"]);
        assert_eq!(rows("extraordinary word", 5, 0), ["extraordinary", "word"]);
        assert_eq!(rows("no\u{a0}break here", 9, 0), ["no\u{a0}break", "here"]);
        assert_eq!(rows("", 9, 0), [""]);
    }

    #[test]
    fn wide_and_combining_characters_take_their_room() {
        assert_eq!(rows("日本 日本", 8, 0), ["日本", "日本"]);
        assert_eq!(rows("e\u{301}e\u{301} e\u{301}", 4, 0), ["e\u{301}e\u{301} e\u{301}"]);
    }
}
