//! [`Verdicts`]: what stands after everything that happened in a review.
//!
//! A reviewer's later word on a quotation takes the place of the earlier one; taken back, the earlier one stands again.
use std::collections::HashMap;

use super::entry::{Entry, Judgement};
use super::subject::Key;

/// The last word of each reviewer on each quotation, a verdict or a skip, in the order in which they were said.
#[derive(Clone, Debug, Default)]
pub struct Verdicts<'a> {
    words: Vec<&'a Entry>,
}

impl<'a> Verdicts<'a> {
    /// Goes through all entries.
    #[must_use]
    pub fn of(entries: &'a [Entry]) -> Self {
        let mut said: HashMap<(&str, Key), Vec<usize>> = HashMap::new();
        for (at, entry) in entries.iter().enumerate() {
            let Some(mark) = entry.mark() else { continue };
            let words = said.entry((&mark.reviewer, mark.subject.key())).or_default();
            if matches!(entry, Entry::Undo(_)) {
                words.pop();
            } else {
                words.push(at);
            }
        }
        let mut last: Vec<usize> = said.into_values().filter_map(|mut words| words.pop()).collect();
        last.sort_unstable();
        Self { words: last.into_iter().map(|at| &entries[at]).collect() }
    }

    /// The verdicts.
    pub fn judgements(&self) -> impl Iterator<Item = &'a Judgement> {
        self.words.iter().filter_map(|word| word.judgement())
    }

    /// Who left a quotation for later, once for each.
    pub fn skips(&self) -> impl Iterator<Item = &'a str> {
        let skips = self.words.iter().filter(|word| matches!(word, Entry::Skip(_)));
        skips.filter_map(|word| word.mark()).map(|mark| mark.reviewer.as_str())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Verdict, sample};
    use crate::review::correction::Correction;
    use crate::review::entry::Mark;
    use crate::review::subject::Subject;

    #[test]
    fn the_last_word_stands_until_it_is_taken_back() {
        let annotation = sample();
        let mark = |reviewer: &str| Mark {
            time: String::new(),
            reviewer: reviewer.to_owned(),
            subject: Subject::of(&annotation, &annotation.quotes[0]),
            note: None,
        };
        let says = |reviewer: &str, verdict| {
            Entry::Verdict(Judgement {
                mark: mark(reviewer),
                verdict,
                wrong: Vec::new(),
                correction: Correction::default(),
            })
        };
        let mut entries = vec![
            says("ada", Verdict::Right),
            says("ben", Verdict::Right),
            says("ada", Verdict::Wrong),
            Entry::Undo(mark("nobody")),
        ];
        let standing = |entries: &[Entry]| {
            let verdicts = Verdicts::of(entries);
            verdicts.judgements().map(|said| (said.mark.reviewer.clone(), said.verdict)).collect::<Vec<_>>()
        };
        let ben = ("ben".to_owned(), Verdict::Right);
        assert_eq!(standing(&entries), [ben.clone(), ("ada".to_owned(), Verdict::Wrong)]);
        entries.push(Entry::Undo(mark("ada")));
        assert_eq!(standing(&entries), [("ada".to_owned(), Verdict::Right), ben.clone()]);
        entries.push(Entry::Skip(mark("ada")));
        assert_eq!(standing(&entries), [ben]);
        assert_eq!(Verdicts::of(&entries).skips().collect::<Vec<_>>(), ["ada"]);
    }
}
