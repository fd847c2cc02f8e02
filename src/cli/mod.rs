//! The command line, kept apart from the library: here alone the environment and the clock are read, text is printed,
//! and the exit status is chosen.
mod allocator;
mod arguments;
mod commands;
mod engine;
mod home;
mod interrupt;
mod networks;
mod outcome;
mod progress;
mod table;
mod ui;

pub use allocator::prepare as prepare_allocator;
pub use arguments::Arguments;
pub use outcome::{Outcome, is_broken_pipe};
pub use ui::Ui;
