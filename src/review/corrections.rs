//! [`Corrections`]: what reviewers said, applied to annotations that are made later.
//!
//! A verdict is worth more than any model, so it stands when another model annotates the article: what was found right
//! stays, what was put right is put right again, and `quote.review` says so. Where reviewers differ, the last word
//! counts.
use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::ReviewError;
use super::correction::NoSpeech;
use super::entry::Judgement;
use super::journal::{Log, LogFault};
use super::matching::Matcher;
use super::revise::{cast, put_in_order, remove, restate, settle_words};
use super::subject::{Judged, Key, Named, article_hash};
use super::verdicts::Verdicts;
use crate::annotation::{Annotation, Confidence, Quote, Review, Verdict};
use crate::text::Text;

/// Standing verdicts, by what they are about.
#[derive(Clone, Debug, Default)]
pub struct Corrections {
    matcher: Matcher,
    /// The last verdict on each quotation, with its place in the order in which they were given.
    standing: HashMap<Key, (usize, Judgement)>,
}

impl Corrections {
    /// The standing verdicts of a file, with what could not be read in it. Without a file there are none.
    ///
    /// # Errors
    /// When the file is there and cannot be read.
    pub fn read(path: &Path) -> Result<(Self, Vec<LogFault>), ReviewError> {
        let log = Log::read(path)?;
        Ok((Self::of(&Verdicts::of(&log.entries)), log.faults))
    }

    /// The standing verdicts of a review.
    #[must_use]
    pub fn of(verdicts: &Verdicts) -> Self {
        let judgements = verdicts.judgements().enumerate();
        let standing = judgements.map(|(at, judgement)| (judgement.mark.subject.key(), (at, judgement.clone())));
        Self { standing: standing.collect(), matcher: Matcher::new(verdicts.judgements()) }
    }

    /// Whether something was said about an article with this hash.
    #[must_use]
    pub fn concern(&self, article_sha256: &str) -> bool {
        self.matcher.knows(article_sha256)
    }

    /// The verdict on each quotation of an annotation, by the quotation's place in it.
    #[must_use]
    pub fn on(&self, annotation: &Annotation) -> BTreeMap<usize, &Judgement> {
        let mut on: BTreeMap<usize, &(usize, Judgement)> = BTreeMap::new();
        for (key, quote) in self.matcher.matches(annotation) {
            let said = &self.standing[key];
            let last = on.entry(quote).or_insert(said);
            if said.0 > last.0 {
                *last = said;
            }
        }
        on.into_iter().map(|(quote, (_, judgement))| (quote, judgement)).collect()
    }

    /// The annotation with every verdict in it, and what was put right put right. Applied again it changes nothing.
    ///
    /// A speaker put right goes for all parts of a speech; those without a verdict of their own are not marked.
    #[must_use]
    pub fn apply(&self, mut annotation: Annotation) -> Annotation {
        if !self.concern(&article_hash(&annotation.article)) {
            return annotation;
        }
        let on = self.on(&annotation);
        let before: Vec<Judged> = annotation.quotes.iter().map(|quote| Judged::of(&annotation, quote)).collect();
        let text = Text::new(annotation.article.text.as_str());
        let mut speakers: BTreeMap<usize, Vec<Named>> = BTreeMap::new();
        let mut removed: BTreeMap<usize, NoSpeech> = BTreeMap::new();
        let mut applied = Vec::new();
        for (at, judgement) in on {
            if let Some(no_speech) = judgement.correction.no_speech {
                removed.insert(at, no_speech);
                continue;
            }
            if judgement.verdict != Verdict::Wrong {
                let Some(said_by) = apply_one(judgement, &mut annotation.quotes[at], &text) else { continue };
                speakers.insert(at, said_by);
            }
            applied.push((at, judgement));
        }
        cast(&mut annotation, &text, &speakers);
        for (at, judgement) in applied {
            let changed = Judged::of(&annotation, &annotation.quotes[at]) != before[at];
            mark(judgement, changed, &mut annotation.quotes[at]);
        }
        remove(&mut annotation, &removed);
        put_in_order(&mut annotation);
        annotation
    }
}

/// Puts words and stances right, and returns who speaks; nothing where the words are not in the text any more.
fn apply_one(judgement: &Judgement, quote: &mut Quote, text: &Text) -> Option<Vec<Named>> {
    let judged = &judgement.mark.subject.judged;
    let truth = judgement.correction.truth(judged);
    let moved = quote.start() as isize - judged.start() as isize;
    if !settle_words(quote, &truth.spans, moved, text) {
        return None;
    }
    restate(quote, &truth.stances);
    quote.confidence = Confidence::default();
    Some(truth.speakers)
}

/// Notes a verdict on its quotation. What was found right and had to be put back is corrected.
fn mark(judgement: &Judgement, changed: bool, quote: &mut Quote) {
    let Judgement { mark, verdict, .. } = judgement;
    let noted = quote.review.as_ref().filter(|noted| noted.time.as_ref() == Some(&mark.time));
    let verdict = match verdict {
        Verdict::Right if changed => Verdict::Corrected,
        Verdict::Right => noted.map_or(Verdict::Right, |noted| noted.verdict),
        other => *other,
    };
    quote.review = Some(Review {
        verdict,
        reviewer: Some(mark.reviewer.clone()),
        time: Some(mark.time.clone()),
        note: mark.note.clone(),
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Stance, sample};
    use crate::review::entry::{Entry, Mark};
    use crate::review::subject::Subject;

    /// A verdict on a quotation of the sample.
    fn says(quote: usize, verdict: Verdict, correction: &str) -> Entry {
        let annotation = sample();
        let subject = Subject::of(&annotation, &annotation.quotes[quote]);
        let time = format!("2026-11-21T10:00:0{quote}Z");
        let correction = serde_json::from_str(correction).unwrap();
        let mark = Mark { time, reviewer: "ada".to_owned(), subject, note: Some("seen".to_owned()) };
        Entry::Verdict(Judgement { mark, verdict, wrong: Vec::new(), correction })
    }

    fn apply(entries: &[Entry], annotation: Annotation) -> Annotation {
        let corrections = Corrections::of(&Verdicts::of(entries));
        let applied = corrections.apply(annotation);
        assert_eq!(applied.verify(), [], "it holds together");
        assert_eq!(corrections.apply(applied.clone()), applied, "applied again it changes nothing");
        applied
    }

    #[test]
    fn a_correction_is_put_in_and_marked() {
        let corrected = says(
            1,
            Verdict::Corrected,
            r#"{"spans": [{"start": 136, "end": 142, "text": "Russia"}], "speakers": [{"id": "", "name": "Mara Quill"}],
                "stances": [{"party": "russia", "stance": "favor"}, {"party": "nato", "stance": "against"}]}"#,
        );
        let applied = apply(&[corrected], sample());
        let quote = &applied.quotes[1];
        assert_eq!(quote.words(), "Russia");
        assert_eq!(quote.speakers, ["mara-quill"]);
        assert_eq!(applied.quotes[0].speakers, ["mara-quill"], "the first part of the same speech");
        let stances: Vec<_> = quote.stances.iter().map(|held| (held.party.as_str(), held.stance)).collect();
        assert_eq!(stances, [("russia", Stance::Favor), ("nato", Stance::Against)]);
        let review = quote.review.as_ref().unwrap();
        assert_eq!((review.verdict, review.note.as_deref()), (Verdict::Corrected, Some("seen")));
        assert_eq!(applied.quotes[0].review, None);
    }

    #[test]
    fn what_was_right_is_put_back() {
        let right = says(2, Verdict::Right, "{}");
        assert_eq!(
            apply(std::slice::from_ref(&right), sample()).quotes[2].review.as_ref().unwrap().verdict,
            Verdict::Right
        );
        let mut anew = sample();
        anew.quotes[2].speakers = vec!["jens-stoltenberg".to_owned()];
        anew.quotes[2].utterance = "u9".to_owned();
        let applied = apply(&[right], anew);
        assert_eq!(applied.quotes[2].speakers, sample().quotes[2].speakers);
        assert_eq!(applied.quotes[2].review.as_ref().unwrap().verdict, Verdict::Corrected);
    }

    #[test]
    fn what_is_no_speech_goes_where_it_belongs() {
        let none = says(0, Verdict::Corrected, r#"{"no_speech": {"reason": "scare"}}"#);
        let mut annotation = sample();
        annotation.quotes[2].repeats = Some("q1".to_owned());
        let applied = apply(&[none], annotation);
        assert_eq!(applied.quotes.len(), sample().quotes.len() - 1);
        assert_eq!(applied.not_speech[0].text, "The shelling must stop today,");
        assert_eq!(applied.quotes[1].repeats, None);
    }

    #[test]
    fn what_is_wrong_is_marked_and_left() {
        let applied = apply(&[says(0, Verdict::Wrong, "{}")], sample());
        assert_eq!(applied.quotes[0].speakers, sample().quotes[0].speakers);
        assert_eq!(applied.quotes[0].review.as_ref().unwrap().verdict, Verdict::Wrong);
    }

    #[test]
    fn parts_of_a_speech_with_other_speakers_are_parted() {
        let first = says(0, Verdict::Right, "{}");
        let second = says(1, Verdict::Corrected, r#"{"speakers": []}"#);
        let applied = apply(&[first, second], sample());
        assert_eq!(applied.quotes[0].speakers, ["jens-stoltenberg"]);
        assert_eq!(applied.quotes[1].speakers, [""; 0]);
        assert_ne!(applied.quotes[0].utterance, applied.quotes[1].utterance);
    }

    #[test]
    fn other_articles_are_left_alone() {
        let mut other = sample();
        other.article.sha256 = "other".to_owned();
        assert_eq!(apply(&[says(0, Verdict::Wrong, "{}")], other.clone()), other);
    }
}
