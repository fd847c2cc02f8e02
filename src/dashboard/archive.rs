//! [`Archive`]: the passages of all articles, compressed as they come.
//!
//! Text is nine tenths of a page and seldom looked at, so the page carries it deflated, in blocks that it opens when a
//! quotation of theirs is asked for. That keeps the file small enough to mail and its start independent of its size.
use std::io::Write;

use flate2::Compression;
use flate2::write::DeflateEncoder;

use super::passage::Passages;

/// Articles in a block.
pub(super) const BLOCK: usize = 128;

/// Blocks of deflated JSON, each a list of [`Passages`].
#[derive(Default)]
pub(super) struct Archive {
    blocks: Vec<Vec<u8>>,
    open: Option<DeflateEncoder<Vec<u8>>>,
    /// Articles in the open block.
    filled: usize,
}

impl Archive {
    /// Adds the passages of one more article.
    pub(super) fn add(&mut self, passages: &Passages) {
        let block = self.open.get_or_insert_with(|| DeflateEncoder::new(Vec::new(), Compression::new(6)));
        let before: &[u8] = if self.filled == 0 { b"[" } else { b"," };
        block.write_all(before).expect("a vector takes all bytes");
        serde_json::to_writer(block, passages).expect("strings and numbers are JSON");
        self.filled += 1;
        if self.filled == BLOCK {
            self.close();
        }
    }

    fn close(&mut self) {
        if let Some(mut block) = self.open.take() {
            block.write_all(b"]").expect("a vector takes all bytes");
            self.blocks.push(block.finish().expect("a vector takes all bytes"));
        }
        self.filled = 0;
    }

    /// The deflated blocks.
    pub(super) fn finish(mut self) -> Vec<Vec<u8>> {
        self.close();
        self.blocks
    }
}

#[cfg(test)]
mod tests {
    use std::io::Read;

    use super::*;
    use crate::annotation::sample;
    use crate::dashboard::passage::passages;

    #[test]
    fn every_article_is_found_in_its_block() {
        let mut archive = Archive::default();
        let passages = passages(&sample());
        (0..=BLOCK).for_each(|_| archive.add(&passages));
        let counts = archive.finish().into_iter().map(|block| {
            let mut json = String::new();
            flate2::read::DeflateDecoder::new(block.as_slice()).read_to_string(&mut json).unwrap();
            let articles: Vec<serde_json::Value> = serde_json::from_str(&json).unwrap();
            assert_eq!(articles[0][1][1]["e"][0], serde_json::json!([88, 94]));
            articles.len()
        });
        assert_eq!(counts.collect::<Vec<_>>(), [BLOCK, 1]);
        assert!(Archive::default().finish().is_empty());
    }
}
