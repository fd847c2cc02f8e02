//! What is judged: small traits between the scores and whatever gives the answers.
//!
//! The scorers know no model. They ask one of three questions, and a model, a folder of predictions or, in tests, a
//! closure answers. Answers come in the order of the questions, one each.
use std::sync::Arc;

use crate::annotation::Annotation;
use crate::article::Article;
use crate::stance::PairQuestion;
use crate::text::{Span, Text};

/// Why a subject has no answer.
pub type SubjectError = Box<dyn std::error::Error + Send + Sync>;

/// Who finds quotes, speakers and stances in articles.
pub trait Annotate {
    /// One annotation an article, in order.
    ///
    /// # Errors
    /// When an article has no annotation.
    fn annotate(&self, articles: &[Article]) -> Result<Vec<Annotation>, SubjectError>;
}

/// A quotation or sentence in which a holder and a target are marked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pair {
    /// The text around them; the pairs of one article share it.
    pub text: Arc<Text>,
    /// The words that are judged: a quotation, or the whole of a sentence.
    pub quote: Span,
    /// Whose stance is asked, where it is marked.
    pub holder: Option<Span>,
    /// The words for the party toward which the stance is asked, in the quote or beside it.
    pub target: Span,
}

impl Pair {
    /// What the annotator is asked.
    #[must_use]
    pub fn question(&self) -> PairQuestion<'_> {
        PairQuestion { text: &self.text, quote: self.quote, holder: self.holder, target: self.target }
    }
}

/// Who tells the stance in a pair.
pub trait JudgePairs {
    /// The probabilities of favor, neutral and against, in this order, for every pair.
    ///
    /// # Errors
    /// When the pairs cannot be judged.
    fn judge(&self, pairs: &[Pair]) -> Result<Vec<[f32; 3]>, SubjectError>;

    /// The same, and nothing for a party beside the quotation that it does not refer to. Who cannot tell takes all to
    /// be meant.
    ///
    /// # Errors
    /// When the pairs cannot be judged.
    fn judge_meant(&self, pairs: &[Pair]) -> Result<Vec<Option<[f32; 3]>>, SubjectError> {
        Ok(self.judge(pairs)?.into_iter().map(Some).collect())
    }
}

/// A mention and the names that it may stand for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Question {
    /// A pronoun or a description.
    pub anaphor: Span,
    /// Names in the text, before and behind it.
    pub candidates: Vec<Span>,
}

/// Who tells which name a mention stands for.
pub trait Resolve {
    /// For every question the position of the name in its candidates, or nothing where none of them is meant.
    ///
    /// # Errors
    /// When the text cannot be read by the resolver.
    fn resolve(&self, text: &Text, questions: &[Question]) -> Result<Vec<Option<usize>>, SubjectError>;
}

impl<F: Fn(&[Article]) -> Result<Vec<Annotation>, SubjectError>> Annotate for F {
    fn annotate(&self, articles: &[Article]) -> Result<Vec<Annotation>, SubjectError> {
        self(articles)
    }
}

impl<F: Fn(&[Pair]) -> Result<Vec<[f32; 3]>, SubjectError>> JudgePairs for F {
    fn judge(&self, pairs: &[Pair]) -> Result<Vec<[f32; 3]>, SubjectError> {
        self(pairs)
    }
}

impl<F: Fn(&Text, &[Question]) -> Result<Vec<Option<usize>>, SubjectError>> Resolve for F {
    fn resolve(&self, text: &Text, questions: &[Question]) -> Result<Vec<Option<usize>>, SubjectError> {
        self(text, questions)
    }
}

/// The answers that are at hand. A folder of predictions has only the first.
#[derive(Clone, Copy, Default)]
pub struct Subjects<'a> {
    /// Annotates articles.
    pub annotate: Option<&'a dyn Annotate>,
    /// Judges pairs.
    pub judge: Option<&'a dyn JudgePairs>,
    /// Resolves anaphors.
    pub resolve: Option<&'a dyn Resolve>,
}
