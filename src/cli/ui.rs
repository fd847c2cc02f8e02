//! [`Ui`]: what is printed, and where. Results go to standard output, everything about them to standard error.
use std::error::Error;
use std::io::{IsTerminal, Write};

use anstream::ColorChoice;
use anstyle::{AnsiColor, Style};
use ascribe::pipeline::store::Failure;

use super::arguments::{Color, Global};

const RED: Style = AnsiColor::Red.on_default().bold();
/// Text wider than this is hard to read, however wide the terminal.
const WIDEST: usize = 100;

/// How a command talks.
pub struct Ui {
    quiet: bool,
}

impl Ui {
    /// Settles colours for the whole program.
    pub fn new(global: &Global) -> Self {
        match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        }
        .write_global();
        Self { quiet: global.quiet }
    }

    /// Standard output; escape codes are taken out where it does not want them.
    pub fn out(&self) -> impl Write + use<> {
        anstream::AutoStream::auto(std::io::stdout()).lock()
    }

    /// Columns for text on standard output.
    pub fn width(&self) -> usize {
        let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        columns.clamp(20, WIDEST)
    }

    /// Whether progress is watched by somebody.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && std::io::stderr().is_terminal()
    }

    /// Says how things went, unless it should be quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            anstream::eprintln!("ascribe: {line}");
        }
    }

    /// Names something that failed while the rest goes on.
    pub fn failed(&self, what: &str) {
        anstream::eprintln!("ascribe: {RED}failed:{RED:#} {what}");
    }

    /// Prints the error that ends the program, with what caused it.
    pub fn error(&self, error: &(dyn Error + 'static)) {
        anstream::eprintln!("ascribe: {RED}error:{RED:#} {}", sentence(error));
    }
}

/// An error with its causes, each once.
pub fn sentence(error: &dyn Error) -> String {
    Failure::new("", error).to_string()
}
