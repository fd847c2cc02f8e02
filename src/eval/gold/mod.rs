//! Gold over whole articles: our own format, PolNeAR's, and labelled quotations of diplomacy. The readers only read;
//! what a format leaves out is said in [`Layers`], so that no scorer counts as wrong what nobody annotated.
pub mod ascribe;
pub mod diplomacy;
mod lines;
pub mod polnear;

use std::path::Path;

pub(super) use lines::{json_lines, text_file};

use super::EvalError;
use super::attribution::Attribution;
use crate::article::{Article, title_of};
use crate::text::{Span, Text};

/// An article with what annotators found in it.
#[derive(Clone, Debug, PartialEq)]
pub struct GoldArticle {
    /// The article, as it is given to be annotated.
    pub article: Article,
    /// All reported speech in it.
    pub quotes: Vec<Attribution>,
    /// Marked text that is no speech.
    pub not_speech: Vec<Span>,
    /// Where annotators were in doubt or the text is none: nothing in there counts.
    pub masked: Vec<Span>,
    /// What was annotated.
    pub layers: Layers,
}

/// What the annotators of an article looked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layers {
    /// How the bounds of a quote were drawn.
    pub bounds: Bounds,
    /// Whether cues have spans.
    pub cues: bool,
    /// Whether sources have spans.
    pub sources: bool,
    /// Whether speakers are named and stances told.
    pub speakers: bool,
}

/// How the bounds of a quote were drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Bounds {
    /// A quote each, inside the marks: `ascribe/1`.
    Quotes,
    /// Everything that is attributed, with its marks and with `that`: PolNeAR.
    Contents,
}

/// An article as gold knows it: a text, perhaps with a title and a date.
pub(super) fn bare_article(id: &str, path: &Path, text: String) -> Article {
    let text = Text::new(text);
    Article {
        id: id.to_owned(),
        path: path.display().to_string(),
        sha256: String::new(),
        title: title_of(&text),
        date: None,
        source: None,
        url: None,
        text,
    }
}
