//! Text and the places in it: everything that has to do with offsets, and nothing that knows about news.
//!
//! The stages pass spans to each other, and a span is only worth something when all mean the same unit by it.
//! That unit is the Unicode code point of the text as it was read; bytes exist inside [`Text`] alone, which is the
//! one door through which foreign offsets come in. Matching works on folded copies ([`fold`]) that know the way back.
mod abbreviations;
mod decode;
mod fold;
mod sentences;
mod span;
#[allow(clippy::module_inception, reason = "the file is named after the one type that it holds")]
mod text;
mod words;

pub use decode::{DecodeError, Decoded, decode, decode_as};
pub use fold::{Folded, fold};
pub use sentences::sentences;
pub use span::{Span, SpanError, covering};
pub use text::{Text, is_blank};
pub use words::words;
