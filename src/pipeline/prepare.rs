//! An article made ready for the network: its blocks, marks, word pieces, windows.

use crate::article::{Article, Block, blocks, link_lists};
use crate::model::{NetworkInput, PieceCutter, Pieces, WindowPlan, token_types};
use crate::quote::marks::{self, MarkedString};
use crate::text::Span;

use super::AnnotateError;

/// Most code points of one article; a book in one file would take the memory of thousands of articles.
const LONGEST: usize = 1_000_000;

/// What the stages before the network found out.
pub(super) struct Prepared {
    pub blocks: Vec<Block>,
    pub marked: Vec<MarkedString>,
    pub pieces: Pieces,
    /// Block number of each piece.
    pub paragraphs: Vec<usize>,
    /// Whether each piece stands between marks.
    pub inside: Vec<bool>,
    pub plan: WindowPlan,
    pub inputs: Vec<NetworkInput>,
}

/// Sizes of the windows, in word pieces without special tokens.
#[derive(Clone, Copy)]
pub(super) struct WindowSize {
    pub length: usize,
    pub overlap: usize,
    pub around: (i64, i64),
}

impl Prepared {
    /// Prepares an article; without `repair`, only marks that pair as they stand count.
    pub(super) fn new(
        article: &Article,
        cutter: &PieceCutter,
        size: WindowSize,
        repair: bool,
    ) -> Result<Self, AnnotateError> {
        let text = &article.text;
        if text.len() > LONGEST {
            return Err(AnnotateError::TooLong { length: text.len(), limit: LONGEST });
        }
        let blocks = blocks(text, article.title.as_deref());
        let mut marked = marks::scan(text, &blocks);
        if !repair {
            marked.retain(|string| string.flags.iter().all(|flag| flag.warning().is_none()));
        }
        let links = link_lists(text);
        let linked = |span: &Span| links.iter().any(|list| list.overlaps(span));
        marked.retain(|string| !linked(&string.outer));
        let mut pieces = cutter.cut(text)?;
        pieces.retain(|span| !linked(span));
        let inside = marks::inside_flags(&marked, &pieces.spans);
        let paragraphs: Vec<usize> = pieces
            .spans
            .iter()
            .map(|piece| blocks.partition_point(|block| block.span.start() <= piece.start()).saturating_sub(1))
            .collect();
        let types = token_types(text, &pieces.spans, &inside, &paragraphs);
        let plan = WindowPlan::new(pieces.ids.len(), size.length, size.overlap);
        let inputs = plan.inputs(&pieces.ids, &types, size.around);
        Ok(Self { blocks, marked, pieces, paragraphs, inside, plan, inputs })
    }
}
