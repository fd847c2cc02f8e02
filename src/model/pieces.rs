//! Text to word pieces: ids for the network and the span of each in the text as it was read.

use std::path::Path;

use tokenizers::Tokenizer;

use crate::text::{Span, Text};

/// The word pieces of a text, in order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pieces {
    /// Vocabulary ids, no special tokens.
    pub ids: Vec<i64>,
    /// What each piece covers, in code points of the text.
    pub spans: Vec<Span>,
}

impl Pieces {
    /// Leaves out the pieces at other places.
    pub fn retain(&mut self, keep: impl Fn(&Span) -> bool) {
        let kept = self.ids.iter().copied().zip(self.spans.iter().copied()).filter(|(_, span)| keep(span));
        (self.ids, self.spans) = kept.unzip();
    }
}

/// The tokenizer could not be read or refused a text.
#[derive(Debug, thiserror::Error)]
pub enum PiecesError {
    /// The file is missing or no tokenizer.
    #[error("could not read the tokenizer {path}; fetch the model folder again")]
    Open {
        /// The file.
        path: String,
        /// What the tokenizers library said.
        #[source]
        source: Box<dyn std::error::Error + Send + Sync>,
    },
    /// The tokenizer failed on a text.
    #[error("could not cut the text into word pieces; check the text for damage")]
    Cut(#[source] Box<dyn std::error::Error + Send + Sync>),
}

/// Cuts texts into word pieces. Text that looks like a special token (`[SEP]`) is text.
#[derive(Clone)]
pub struct PieceCutter {
    tokenizer: Tokenizer,
}

impl PieceCutter {
    /// Reads a `tokenizer.json`; its truncation and padding are switched off.
    ///
    /// # Errors
    /// When the file is missing or no tokenizer.
    pub fn open(path: &Path) -> Result<Self, PiecesError> {
        let open = |source| PiecesError::Open { path: path.display().to_string(), source };
        let mut tokenizer = Tokenizer::from_file(path).map_err(open)?;
        tokenizer.with_truncation(None).map_err(open)?;
        tokenizer.with_padding(None);
        tokenizer.set_encode_special_tokens(true);
        Ok(Self { tokenizer })
    }

    /// The id of a vocabulary entry, special or not.
    #[must_use]
    pub fn id(&self, entry: &str) -> Option<i64> {
        self.tokenizer.token_to_id(entry).map(i64::from)
    }

    /// Cuts a text.
    ///
    /// # Errors
    /// When the tokenizer fails.
    pub fn cut(&self, text: &Text) -> Result<Pieces, PiecesError> {
        let encoding = self.tokenizer.encode(text.as_str(), false).map_err(PiecesError::Cut)?;
        let ids = encoding.get_ids().iter().map(|&id| i64::from(id)).collect();
        let spans = encoding.get_offsets().iter().map(|&(start, end)| text.span_of_bytes(start..end)).collect();
        Ok(Pieces { ids, spans })
    }
}
