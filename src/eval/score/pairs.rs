//! Stance in pairs whose spans are given.
use super::STANCES;
use super::stances::index;
use crate::annotation::Stance;
use crate::eval::EvalError;
use crate::eval::ledger::{Ledger, Post};
use crate::eval::pairs::LabelledPair;
use crate::eval::pairs::directed::{DirectedRow, Direction};
use crate::eval::subject::{JudgePairs, Pair};

/// Stances in the order of their probabilities.
const ORDER: [Stance; 3] = [Stance::Favor, Stance::Neutral, Stance::Against];

/// Asks for every pair and scores the answers in a section.
///
/// # Errors
/// When the pairs cannot be judged.
pub fn score(
    ledger: &mut Ledger,
    section: &str,
    pairs: &[LabelledPair],
    subject: &dyn JudgePairs,
) -> Result<(), EvalError> {
    let questions: Vec<Pair> = pairs.iter().map(|labelled| labelled.pair.clone()).collect();
    for (labelled, probabilities) in pairs.iter().zip(ask(subject, &questions)?) {
        let guess = likeliest(probabilities);
        let unit = labelled.unit;
        let is_right = ORDER[guess] == labelled.stance;
        ledger.class(Post { section, name: "stance", unit }, &STANCES, Some(index(labelled.stance)), Some(guess));
        ledger.calibration(
            Post { section, name: "calibration error", unit },
            f64::from(probabilities[guess]),
            is_right,
        );
        if !is_right {
            ledger.confuse("stance", labelled.stance.word(), STANCES[guess]);
        }
    }
    Ok(())
}

/// Asks for both directions of every row and scores the five labels: of the two answers that one counts whose stance
/// that is not neutral is the more probable, and neutral where neither is anything else.
///
/// # Errors
/// When the pairs cannot be judged.
pub fn score_directed(ledger: &mut Ledger, rows: &[DirectedRow], subject: &dyn JudgePairs) -> Result<(), EvalError> {
    let questions: Vec<Pair> = rows.iter().flat_map(|row| [row.pair(false), row.pair(true)]).collect();
    let answers = ask(subject, &questions)?;
    for (unit, (row, answers)) in rows.iter().zip(answers.chunks_exact(2)).enumerate() {
        let post = Post { section: "both directions", name: "five labels", unit };
        let guess = direction(answers[0], answers[1]);
        ledger.class(post, &Direction::NAMES, Some(row.label as usize), Some(guess as usize));
    }
    Ok(())
}

fn ask(subject: &dyn JudgePairs, questions: &[Pair]) -> Result<Vec<[f32; 3]>, EvalError> {
    let answers = subject.judge(questions).map_err(EvalError::Subject)?;
    if answers.len() == questions.len() {
        Ok(answers)
    } else {
        Err(EvalError::Answers { asked: questions.len(), answered: answers.len() })
    }
}

/// The position of the highest probability, the first of equals.
pub(in crate::eval) fn likeliest(probabilities: [f32; 3]) -> usize {
    (1..3).fold(0, |best, at| if probabilities[at] > probabilities[best] { at } else { best })
}

fn direction(there: [f32; 3], back: [f32; 3]) -> Direction {
    let stance = |answer: [f32; 3]| {
        let guess = likeliest(answer);
        (ORDER[guess], answer[guess])
    };
    let ((there, there_sure), (back, back_sure)) = (stance(there), stance(back));
    match (there, back) {
        (Stance::Neutral, Stance::Neutral) => Direction::Neutral,
        (Stance::Favor, other) if other == Stance::Neutral || there_sure >= back_sure => Direction::Favor,
        (Stance::Against, other) if other == Stance::Neutral || there_sure >= back_sure => Direction::Against,
        (_, Stance::Favor) => Direction::FavorBack,
        _ => Direction::AgainstBack,
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::eval::subject::SubjectError;
    use crate::text::{Span, Text};

    fn row(label: Direction) -> DirectedRow {
        let text = Text::new("Quill met Blay");
        DirectedRow { text: Arc::new(text), p: Span::new(0, 5).unwrap(), q: Span::new(10, 14).unwrap(), label }
    }

    /// Thinks that Quill is against everybody, and that nobody else judges.
    struct QuillIsAgainst;

    impl JudgePairs for QuillIsAgainst {
        fn judge(&self, pairs: &[Pair]) -> Result<Vec<[f32; 3]>, SubjectError> {
            let is_quill = |pair: &Pair| pair.holder == Some(Span::new(0, 5).unwrap());
            Ok(pairs.iter().map(|pair| if is_quill(pair) { [0.1, 0.2, 0.7] } else { [0.2, 0.6, 0.2] }).collect())
        }
    }

    #[test]
    fn pairs_are_scored_by_class() {
        let pairs = [row(Direction::Against).labelled(0), row(Direction::FavorBack).labelled(1)];
        let mut ledger = Ledger::default();
        ledger.units(2);
        score(&mut ledger, "sentences", &pairs, &QuillIsAgainst).unwrap();
        let report = ledger.report("dse".to_owned());
        assert_eq!(report.row("sentences", "stance: F1 of against").unwrap().value, Some(1.0));
        assert_eq!(report.row("sentences", "stance: F1 of favor").unwrap().value, Some(0.0));
        assert_eq!(report.row("sentences", "stance: accuracy").unwrap().value, Some(0.5));
        assert_eq!((report.confusions[0].gold.as_str(), report.confusions[0].guess.as_str()), ("favor", "neutral"));
    }

    #[test]
    fn both_directions_make_one_label() {
        let mut ledger = Ledger::default();
        score_directed(&mut ledger, &[row(Direction::Against), row(Direction::Neutral)], &QuillIsAgainst).unwrap();
        let report = ledger.report("dse".to_owned());
        assert_eq!(report.row("both directions", "five labels: accuracy").unwrap().value, Some(0.5));
        assert_eq!(direction([0.5, 0.1, 0.4], [0.0, 0.3, 0.7]), Direction::AgainstBack);
        assert_eq!(direction([0.9, 0.1, 0.0], [0.8, 0.2, 0.0]), Direction::Favor);
    }

    #[test]
    fn a_lost_answer_is_an_error() {
        let silent = |_: &[Pair]| -> Result<Vec<[f32; 3]>, SubjectError> { Ok(Vec::new()) };
        let pairs = [row(Direction::Neutral).labelled(0)];
        let error = score(&mut Ledger::default(), "sentences", &pairs, &silent).unwrap_err();
        assert!(error.to_string().contains("1 questions brought 0 answers"));
    }
}
