//! Articles: found on disk, read in whatever form they come, and divided into blocks.
//!
//! [`discover`] turns paths into a sorted list of [`Input`]s, [`read`] turns an input into one [`Article`] or, for
//! JSON lines, a stream of them, and [`blocks()`] tells paragraphs from headings, captions and bylines. Everything
//! that differs between a page, a JSON record and a text file ends here: the stages behind see a text and its title.
#[allow(clippy::module_inception, reason = "the file is named after the one type that it holds")]
mod article;
mod blocks;
mod date;
mod discover;
mod error;
mod fields;
mod filter;
mod format;
mod html;
mod json;
mod jsonl;
mod link_lists;
mod markdown;
mod read;
mod stream;

pub use article::Article;
pub use blocks::{Block, BlockKind, blocks, title_of};
pub use date::iso_date;
pub use discover::{Input, InputSettings, discover};
pub use error::{ArticleError, Cause, DiscoverError};
pub use format::Format;
pub use json::JsonKeys;
pub use link_lists::link_lists;
pub use read::{Articles, ReadSettings, panic_message, read, read_all};
