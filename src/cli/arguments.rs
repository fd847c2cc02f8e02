//! What can be typed. Each command declares its own arguments beside what it does with them.
use clap::{ColorChoice, Parser, ValueEnum};

use super::commands::Command;

const EXAMPLES: &str = "\
Examples:
  ascribe annotate articles --out out       annotate a folder of articles
  ascribe show out/a.txt.json               read one of them in the terminal
  ascribe verify out --articles articles    check every offset and hash

Exit status: 0 all done, 1 some articles failed, 2 could not run, 130 stopped
by Ctrl-C.";

/// Finds every quotation in news articles, names who said it, and tags the speaker's stance toward each party.
#[derive(Debug, Parser)]
#[command(name = "ascribe", version, propagate_version = true, max_term_width = 100, after_help = EXAMPLES)]
#[command(color = ColorChoice::Auto, disable_help_subcommand = true)]
pub struct Arguments {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Command,
}

/// Arguments of all commands.
#[derive(Debug, clap::Args)]
pub struct Global {
    /// When to use colours; `auto` leaves them out where output goes to a file, and where NO_COLOR is set
    #[arg(long, value_enum, value_name = "WHEN", default_value_t = Color::Auto, global = true)]
    pub color: Color,
    /// Print failures only: no progress, no summary
    #[arg(long, short, global = true)]
    pub quiet: bool,
}

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Color {
    Auto,
    Always,
    Never,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_arguments_fit_together() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn every_command_has_examples() {
        for command in Arguments::command().get_subcommands() {
            let help = command.get_after_help().map(ToString::to_string).unwrap_or_default();
            assert!(help.starts_with("Examples:\n") || help.starts_with("Example:\n"), "{}", command.get_name());
        }
    }
}
