//! Which name a mention stands for.
//!
//! Accuracy is over mentions for which one of the candidates is right; how often nothing is said where none is, is a
//! row of its own. For GAP, each of the two names is also scored as its authors do: right, wrongly or not at all named.
use crate::eval::EvalError;
use crate::eval::anaphora::gap::GENDERS;
use crate::eval::anaphora::{AnaphoraDocument, LabelledAnaphor};
use crate::eval::ledger::{Ledger, Post};
use crate::eval::subject::{Question, Resolve};

/// The kinds of text that are most like news; they are reported by themselves, too.
const CLOSEST: [&str; 3] = ["news", "interview", "speech"];

/// Asks for every mention and scores the answers.
///
/// # Errors
/// When a text cannot be resolved.
pub fn score(ledger: &mut Ledger, documents: &[AnaphoraDocument], subject: &dyn Resolve) -> Result<(), EvalError> {
    for (unit, document) in documents.iter().enumerate() {
        let questions: Vec<Question> = document.anaphors.iter().map(|one| one.question.clone()).collect();
        let answers = subject.resolve(&document.text, &questions).map_err(EvalError::Subject)?;
        if answers.len() != questions.len() {
            return Err(EvalError::Answers { asked: questions.len(), answered: answers.len() });
        }
        for (labelled, answer) in document.anaphors.iter().zip(answers) {
            let is_right = answer.is_some_and(|at| labelled.right.get(at).copied().unwrap_or(false));
            mention(ledger, Post { section: "names of mentions", name: "", unit }, labelled, answer, is_right);
            if let Some(genre) = document.genre.as_ref().filter(|genre| CLOSEST.contains(&genre.as_str())) {
                let section = format!("names of mentions: {genre}");
                mention(ledger, Post { section: &section, name: "", unit }, labelled, answer, is_right);
            }
            if GENDERS.contains(&labelled.kind) {
                names(ledger, unit, labelled, answer);
            }
        }
    }
    Ok(())
}

fn mention(ledger: &mut Ledger, post: Post<'_>, labelled: &LabelledAnaphor, answer: Option<usize>, is_right: bool) {
    // Whatever comes first in the text, the row for all mentions comes first in the report.
    ledger.shares(Post { name: "right name", ..post }, 0, 0);
    if labelled.right.contains(&true) {
        ledger.share(Post { name: "right name", ..post }, is_right);
        ledger.share(Post { name: &format!("right name, {}", labelled.kind), ..post }, is_right);
    } else {
        ledger.share(Post { name: "no name where none is right", ..post }, answer.is_none());
    }
}

/// Every name by itself: named, and rightly so.
fn names(ledger: &mut Ledger, unit: usize, labelled: &LabelledAnaphor, answer: Option<usize>) {
    for (at, right) in labelled.right.iter().enumerate() {
        let named = answer == Some(at);
        for name in ["both", labelled.kind] {
            let post = Post { section: "name by name", name, unit };
            ledger.overlap(post, usize::from(named && *right), usize::from(named), usize::from(*right));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::anaphora::{gap, gum};
    use crate::eval::subject::SubjectError;
    use crate::text::Text;

    /// Takes the first name for everybody.
    struct First;

    impl Resolve for First {
        fn resolve(&self, _: &Text, questions: &[Question]) -> Result<Vec<Option<usize>>, SubjectError> {
            Ok(vec![Some(0); questions.len()])
        }
    }

    #[test]
    fn gap_is_scored_by_mention_and_name_by_name() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("gap.tsv");
        std::fs::write(&file, gap::tests::ROWS).unwrap();
        let mut ledger = Ledger::default();
        score(&mut ledger, &gap::read(&file, usize::MAX).unwrap(), &First).unwrap();
        let report = ledger.report("gap".to_owned());
        let right = report.row("names of mentions", "right name").unwrap();
        assert_eq!((right.right, right.n), (Some(1), 1));
        assert_eq!(report.row("names of mentions", "no name where none is right").unwrap().right, Some(0));
        assert_eq!(report.row("name by name", "both: precision").unwrap().value, Some(0.5));
        assert_eq!(report.row("name by name", "feminine: F1").unwrap().value, Some(1.0));
    }

    #[test]
    fn gum_is_scored_by_genre_and_kind() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("GUM_news_dam.conllu"), gum::tests::sample()).unwrap();
        let mut ledger = Ledger::default();
        score(&mut ledger, &gum::read(folder.path(), usize::MAX).unwrap(), &First).unwrap();
        let report = ledger.report("gum".to_owned());
        let row = report.row("names of mentions: news", "right name, pronoun").unwrap();
        assert_eq!((row.right, row.n), (Some(1), 2));
    }
}
