//! [`Networks`]: the annotator as the one who answers the scorers' questions.

use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use ndarray::Array2;

use super::{Annotate, JudgePairs, Pair, Question, Resolve, SubjectError};
use crate::annotation::Annotation;
use crate::article::Article;
use crate::pipeline::Annotator;
use crate::stance::{PairQuestion, StanceScores};
use crate::text::Text;

/// Articles or pairs that a worker takes at a time.
const HANDFUL: usize = 8;
const PAIRS: usize = 256;

/// What a worker answered to one handful, once it did.
type Answer<O> = Mutex<Option<Result<Vec<O>, SubjectError>>>;

/// Annotators that answer, each on its own thread.
pub struct Networks {
    annotators: Vec<Mutex<Annotator>>,
}

impl Networks {
    /// Answers with these annotators.
    ///
    /// # Panics
    /// When there is none.
    #[must_use]
    pub fn new(annotators: Vec<Annotator>) -> Self {
        assert!(!annotators.is_empty(), "somebody must answer");
        Self { annotators: annotators.into_iter().map(Mutex::new).collect() }
    }

    /// Shares the items among the annotators in handfuls; answers in the order of the items.
    fn share<I: Sync, O: Send>(
        &self,
        items: &[I],
        handful: usize,
        answer: impl Fn(&Annotator, &[I]) -> Result<Vec<O>, SubjectError> + Sync,
    ) -> Result<Vec<O>, SubjectError> {
        let handfuls: Vec<&[I]> = items.chunks(handful).collect();
        let next = AtomicUsize::new(0);
        let answers: Vec<Answer<O>> = handfuls.iter().map(|_| Mutex::new(None)).collect();
        std::thread::scope(|scope| {
            for annotator in &self.annotators {
                scope.spawn(|| {
                    let annotator = annotator.lock().expect("a worker does not panic");
                    loop {
                        let at = next.fetch_add(1, Ordering::Relaxed);
                        let Some(items) = handfuls.get(at) else { return };
                        *answers[at].lock().expect("a worker does not panic") = Some(answer(&annotator, items));
                    }
                });
            }
        });
        let mut out = Vec::with_capacity(items.len());
        for answer in answers {
            out.extend(answer.into_inner().expect("a worker does not panic").expect("each handful was taken")?);
        }
        Ok(out)
    }
}

impl Annotate for Networks {
    fn annotate(&self, articles: &[Article]) -> Result<Vec<Annotation>, SubjectError> {
        self.share(articles, HANDFUL, |annotator, articles| {
            let annotations: Result<Vec<Annotation>, _> = annotator.annotate_all(articles).into_iter().collect();
            Ok(annotations?)
        })
    }
}

impl JudgePairs for Networks {
    fn judge(&self, pairs: &[Pair]) -> Result<Vec<[f32; 3]>, SubjectError> {
        self.share(pairs, PAIRS, |annotator, pairs| {
            let questions: Vec<PairQuestion> = pairs.iter().map(Pair::question).collect();
            let scores = annotator.judge(&questions)?;
            Ok(scores.into_iter().map(in_order).collect())
        })
    }

    fn judge_meant(&self, pairs: &[Pair]) -> Result<Vec<Option<[f32; 3]>>, SubjectError> {
        self.share(pairs, PAIRS, meant)
    }
}

/// The stance in each pair, nothing where the party stands beside the quotation and is not meant.
fn meant(annotator: &Annotator, pairs: &[Pair]) -> Result<Vec<Option<[f32; 3]>>, SubjectError> {
    let tagger = annotator.resources().stance_tagger();
    let questions: Vec<PairQuestion> = pairs.iter().map(Pair::question).collect();
    let read = |(pair, logits): (&Pair, Option<Array2<f32>>)| {
        let is_inside = pair.quote.contains(&pair.target);
        match logits {
            Some(logits) => tagger.scores(logits.row(0), is_inside),
            None => is_inside.then_some(StanceScores::UNKNOWN),
        }
    };
    let scores = pairs.iter().zip(annotator.pair_logits(&questions)?).map(read);
    Ok(scores.map(|scores| scores.map(in_order)).collect())
}

/// The probabilities in the order of the stances.
const fn in_order(StanceScores { favor, neutral, against }: StanceScores) -> [f32; 3] {
    [favor, neutral, against]
}

impl Resolve for Networks {
    fn resolve(&self, text: &Text, questions: &[Question]) -> Result<Vec<Option<usize>>, SubjectError> {
        let article = Article {
            id: String::new(),
            path: String::new(),
            sha256: String::new(),
            title: None,
            date: None,
            source: None,
            url: None,
            text: text.clone(),
        };
        let asked: Vec<_> =
            questions.iter().map(|question| (question.anaphor, question.candidates.as_slice())).collect();
        let annotator = self.annotators[0].lock().expect("a worker does not panic");
        let probabilities = annotator.antecedents(&article, &asked)?;
        Ok(probabilities
            .into_iter()
            .map(|names| {
                let none = 1.0 - names.iter().sum::<f32>();
                let best = names.iter().enumerate().max_by(|a, b| a.1.total_cmp(b.1))?;
                (*best.1 > none).then_some(best.0)
            })
            .collect())
    }
}
