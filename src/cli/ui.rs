//! [`Ui`]: what is printed, and where. Results go to standard output, everything about them to standard error.
use std::error::Error;
use std::io::{self, IsTerminal, Stderr, Write};

use anstream::{AutoStream, ColorChoice};
use anstyle::{AnsiColor, Style};
use ascribe::pipeline::store::Failure;

use super::arguments::{Color, Global};

const RED: Style = AnsiColor::Red.on_default().bold();
/// Text wider than this is hard to read, however wide the terminal.
const WIDEST: usize = 100;

/// How a command talks.
pub struct Ui {
    quiet: bool,
    color: ColorChoice,
    width: usize,
}

impl Ui {
    /// Settles how to talk from what was typed and from the terminal.
    pub fn new(global: &Global) -> Self {
        let color = match global.color {
            Color::Auto => ColorChoice::Auto,
            Color::Always => ColorChoice::Always,
            Color::Never => ColorChoice::Never,
        };
        let columns = terminal_size::terminal_size().map_or(80, |(width, _)| usize::from(width.0));
        Self { quiet: global.quiet, color, width: columns.clamp(20, WIDEST) }
    }

    /// Standard output; escape codes are taken out where it does not want them.
    pub fn out(&self) -> impl Write + use<> {
        AutoStream::new(io::stdout(), self.color).lock()
    }

    /// Columns for text on standard output.
    pub fn width(&self) -> usize {
        self.width
    }

    /// Whether progress is watched by somebody.
    pub fn shows_progress(&self) -> bool {
        !self.quiet && io::stderr().is_terminal()
    }

    /// Says how things went, unless it should be quiet.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            self.put(line);
        }
    }

    /// Names something that failed while the rest goes on.
    pub fn failed(&self, what: &str) {
        self.put(&format!("{RED}failed:{RED:#} {what}"));
    }

    /// Prints the error that ends the program, with what caused it.
    pub fn error(&self, error: &(dyn Error + 'static)) {
        self.put(&format!("{RED}error:{RED:#} {}", sentence(error)));
    }

    fn put(&self, line: &str) {
        let mut err: AutoStream<Stderr> = AutoStream::new(io::stderr(), self.color);
        // Where standard error is closed there is nobody to tell.
        let _ = writeln!(err, "ascribe: {line}");
    }
}

/// An error with its causes, each once.
pub fn sentence(error: &dyn Error) -> String {
    Failure::new("", error).to_string()
}
