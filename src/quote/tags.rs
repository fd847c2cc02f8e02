//! The tagger's answer: for each token where it stands and how probable each label is.
use std::ops::Range;

use ndarray::Array2;
use thiserror::Error;

use super::{LABELS, Label, QuoteKind, Role};
use crate::text::{Span, Text, covering};

/// Why logits do not fit a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Error)]
pub enum TagsError {
    /// The array has another shape than the tokens and labels ask for.
    #[error(
        "tagging {tokens} tokens: the logits are {rows} × {columns}, not {tokens} × {LABELS}; check the model's labels"
    )]
    Shape {
        /// Number of tokens.
        tokens: usize,
        /// Rows of the array.
        rows: usize,
        /// Columns of the array.
        columns: usize,
    },
    /// Tokens are not in text order.
    #[error("tagging: token {token} begins or ends before the token before it; pass the tokens in text order")]
    Order {
        /// Index of the token.
        token: usize,
    },
    /// A token reaches beyond the text.
    #[error("tagging: the last token ends at {end}, the text at {len}; check that both are of the same article")]
    Outside {
        /// End of the last token, in code points.
        end: usize,
        /// Length of the text, in code points.
        len: usize,
    },
}

/// Tokens of a whole article with the log-probabilities of their labels.
#[derive(Clone, Debug)]
pub struct TokenTags {
    spans: Vec<Span>,
    /// Tokens × labels.
    scores: Array2<f32>,
}

/// Stands in for a logit that is no number.
const IMPOSSIBLE: f32 = -1e4;

impl TokenTags {
    /// Takes word-piece tokens in text order, without special tokens, and their logits (tokens × [`LABELS`]).
    ///
    /// # Errors
    /// [`TagsError`] when the array does not fit the tokens, or the tokens do not fit the text.
    pub fn new(text: &Text, spans: Vec<Span>, logits: &Array2<f32>) -> Result<Self, TagsError> {
        let (rows, columns) = logits.dim();
        if rows != spans.len() || columns != LABELS {
            return Err(TagsError::Shape { tokens: spans.len(), rows, columns });
        }
        for (token, pair) in spans.windows(2).enumerate() {
            if pair[1].start() < pair[0].start() || pair[1].end() < pair[0].end() {
                return Err(TagsError::Order { token: token + 1 });
            }
        }
        let end = spans.last().map_or(0, |span| span.end());
        if end > text.len() {
            return Err(TagsError::Outside { end, len: text.len() });
        }
        let mut scores = logits.mapv(|logit| if logit.is_finite() { logit } else { IMPOSSIBLE });
        for mut row in scores.rows_mut() {
            let highest = row.iter().copied().fold(f32::NEG_INFINITY, f32::max);
            let total: f32 = row.iter().map(|logit| (logit - highest).exp()).sum();
            row.mapv_inplace(|logit| logit - highest - total.ln());
        }
        Ok(Self { spans, scores })
    }

    /// Number of tokens.
    #[must_use]
    pub fn len(&self) -> usize {
        self.spans.len()
    }

    /// Whether there are no tokens.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.spans.is_empty()
    }

    /// The tokens up to the first words of the text that have none, because they were left out.
    #[must_use]
    pub fn unbroken(&self, text: &Text, tokens: Range<usize>) -> Range<usize> {
        let left_out = |at: &usize| {
            let gap = Span::new(self.spans[at - 1].end(), self.spans[*at].start());
            gap.is_ok_and(|gap| text.slice(gap).chars().any(char::is_alphanumeric))
        };
        let end = (tokens.start + 1..tokens.end).find(left_out).unwrap_or(tokens.end);
        tokens.start..end
    }

    /// The spans of the tokens.
    #[must_use]
    pub fn spans(&self) -> &[Span] {
        &self.spans
    }

    /// Logarithms of the probabilities, tokens × labels.
    #[must_use]
    pub const fn scores(&self) -> &Array2<f32> {
        &self.scores
    }

    /// The tokens that have a part in a span.
    #[must_use]
    pub fn tokens_in(&self, span: Span) -> Range<usize> {
        covering(&self.spans, span)
    }

    /// The span from the first to the last of some tokens, if there are any.
    #[must_use]
    pub fn span_of(&self, tokens: &Range<usize>) -> Option<Span> {
        let tokens = self.spans.get(tokens.clone())?;
        Some(tokens.first()?.join(tokens.last()?))
    }

    /// The probability of a token to have a role.
    #[must_use]
    pub fn role_probability(&self, token: usize, role: Role) -> f32 {
        self.mass(token, |label| label.role() == Some(role))
    }

    /// Mean probability of some tokens to have a role; 0 of none.
    #[must_use]
    pub fn mean_probability(&self, tokens: &Range<usize>, role: Role) -> f32 {
        if tokens.is_empty() {
            return 0.0;
        }
        let total: f32 = tokens.clone().map(|token| self.role_probability(token, role)).sum();
        (total / tokens.len() as f32).min(1.0)
    }

    /// Summed probability of some tokens to be content of that kind.
    #[must_use]
    pub fn kind_mass(&self, tokens: &Range<usize>, kind: QuoteKind) -> f32 {
        tokens.clone().map(|token| self.mass(token, |label| label.kind() == Some(kind))).sum()
    }

    fn mass(&self, token: usize, of: impl Fn(Label) -> bool) -> f32 {
        Label::all().filter(|&label| of(label)).map(|label| self.scores[[token, label.column()]].exp()).sum()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span(start: usize, end: usize) -> Span {
        Span::new(start, end).unwrap()
    }

    #[test]
    fn tokens_end_where_words_were_left_out() {
        let text = Text::new("Ada Quill Ada QuillVote MORE (D)");
        let spans = [(0, 3), (4, 9), (29, 30), (30, 31)].map(|(start, end)| Span::new(start, end).unwrap()).to_vec();
        let tags = TokenTags::new(&text, spans, &Array2::zeros((4, LABELS))).unwrap();
        assert_eq!(tags.unbroken(&text, 0..4), 0..2);
        assert_eq!(tags.unbroken(&text, 1..2), 1..2);
        assert_eq!(tags.unbroken(&text, 2..4), 2..4);
    }

    #[test]
    fn logits_must_fit_the_tokens_and_the_text() {
        let text = Text::new("so so");
        let spans = vec![span(0, 2), span(3, 5)];
        assert!(TokenTags::new(&text, spans.clone(), &Array2::zeros((2, LABELS))).is_ok());
        let error = TokenTags::new(&text, spans.clone(), &Array2::zeros((2, 7))).unwrap_err();
        assert!(error.to_string().contains("2 × 7"));
        let reversed = vec![spans[1], spans[0]];
        assert_eq!(
            TokenTags::new(&text, reversed, &Array2::zeros((2, LABELS))).unwrap_err(),
            TagsError::Order { token: 1 }
        );
        assert_eq!(
            TokenTags::new(&Text::new("so"), spans, &Array2::zeros((2, LABELS))).unwrap_err(),
            TagsError::Outside { end: 5, len: 2 }
        );
    }

    #[test]
    fn a_logit_that_is_no_number_is_impossible() {
        let mut logits = Array2::zeros((1, LABELS));
        logits[[0, 1]] = f32::NAN;
        logits[[0, 7]] = 20.0;
        let tags = TokenTags::new(&Text::new("so"), vec![span(0, 2)], &logits).unwrap();
        assert!(tags.role_probability(0, Role::Cue) > 0.99);
        assert!(tags.role_probability(0, Role::Content) < 0.01);
    }
}
