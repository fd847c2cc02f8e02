//! [`Annotation::verify`]: whether an annotation holds together.
//!
//! Types say what a file can hold, this says what it must: every offset slices to the words beside it, every id leads
//! somewhere, numbers are probabilities. What is found is a list, not the first error, since whoever wrote the file
//! wants to see all of it at once.
mod fault;
mod spans;

use std::collections::{HashMap, HashSet};

use sha2::{Digest, Sha256};

pub use fault::{Fault, Violation};
use spans::SpanCheck;

use super::{Annotation, PartyStance, Probability, Quote};
use crate::article::iso_date;

/// How far three rounded probabilities may miss 1.
const SUM_TOLERANCE: f64 = 2e-3;

impl Annotation {
    /// Everything that is wrong inside the annotation, in the order of the file; nothing where it is sound.
    #[must_use]
    pub fn verify(&self) -> Vec<Violation> {
        let mut check = SpanCheck::of(&self.article.text);
        if let Some(date) = &self.article.date
            && iso_date(date).as_deref() != Some(date)
        {
            check.report("article.date", Fault::Date(date.clone()));
        }
        let entities = self.verify_entities(&mut check);
        self.verify_quotes(&mut check, &entities);
        for (index, marked) in self.not_speech.iter().enumerate() {
            check.covers(&format!("not_speech[{index}]"), marked.start, marked.end, &marked.text);
        }
        check.sorted("not_speech", self.not_speech.iter().map(|marked| (marked.start, marked.end)));
        for (index, warning) in self.warnings.iter().enumerate() {
            check.inside(&format!("warnings[{index}]"), warning.start, warning.end);
        }
        check.into_violations()
    }

    /// Whether the annotation belongs to these bytes: the file, or the record's line without its line break.
    #[must_use]
    pub fn verify_bytes(&self, bytes: &[u8]) -> Option<Violation> {
        self.verify_sha256(&format!("{:x}", Sha256::digest(bytes)))
    }

    /// Whether the annotation belongs to an article whose bytes have this hash.
    #[must_use]
    pub fn verify_sha256(&self, sha256: &str) -> Option<Violation> {
        (self.article.sha256 != sha256).then(|| Violation {
            at: "article.sha256".to_owned(),
            fault: Fault::OtherArticle { expected: sha256.to_owned(), found: self.article.sha256.clone() },
        })
    }

    fn verify_entities(&self, check: &mut SpanCheck) -> HashSet<&str> {
        let mut ids = HashSet::new();
        for (index, entity) in self.entities.iter().enumerate() {
            let at = format!("entities[{index}]");
            if entity.id.is_empty() {
                check.report(&at, Fault::NoId);
            } else if !ids.insert(entity.id.as_str()) {
                check.report(&at, Fault::SameId(entity.id.clone()));
            }
            if entity.name.is_empty() {
                check.report(&at, Fault::NoName);
            }
            check.anchors(&format!("{at}.mentions"), &entity.mentions);
        }
        ids
    }

    fn verify_quotes(&self, check: &mut SpanCheck, entities: &HashSet<&str>) {
        let mut earlier = HashSet::new();
        let mut utterances: HashMap<&str, &Quote> = HashMap::new();
        for (index, quote) in self.quotes.iter().enumerate() {
            let at = format!("quotes[{index}]");
            verify_quote(check, &at, quote, entities);
            if let Some(repeated) = &quote.repeats
                && !earlier.contains(repeated.as_str())
            {
                check.report(&at, Fault::RepeatsLater(repeated.clone()));
            }
            if quote.id.is_empty() {
                check.report(&at, Fault::NoId);
            } else if !earlier.insert(quote.id.as_str()) {
                check.report(&at, Fault::SameId(quote.id.clone()));
            }
            if quote.utterance.is_empty() {
                check.report(&at, Fault::NoUtterance);
            } else {
                let first = utterances.entry(&quote.utterance).or_insert(quote);
                if first.speakers != quote.speakers {
                    check.report(&at, Fault::TornUtterance(quote.utterance.clone()));
                }
            }
        }
        check.ordered("quotes", self.quotes.iter().map(Quote::start));
    }
}

fn verify_quote(check: &mut SpanCheck, at: &str, quote: &Quote, entities: &HashSet<&str>) {
    if quote.spans.is_empty() {
        check.report(at, Fault::NoSpan);
    }
    check.anchors(&format!("{at}.spans"), &quote.spans);
    if let Some(cue) = &quote.cue {
        check.covers(&format!("{at}.cue"), cue.start, cue.end, &cue.text);
    }
    if let Some(source) = &quote.source {
        check.covers(&format!("{at}.source"), source.start, source.end, &source.text);
    }
    let candidates = quote.candidates.iter().map(|candidate| &candidate.entity);
    for id in quote.speakers.iter().chain(&quote.via).chain(candidates) {
        if !entities.contains(id.as_str()) {
            check.report(at, Fault::UnknownEntity(id.clone()));
        }
    }
    for candidate in &quote.candidates {
        verify_probability(check, &format!("{at}.candidates"), candidate.probability);
    }
    if !quote.candidates.is_sorted_by(|a, b| a.probability >= b.probability) {
        check.report(&format!("{at}.candidates"), Fault::Unsorted);
    }
    verify_probability(check, &format!("{at}.confidence.span"), quote.confidence.span);
    verify_probability(check, &format!("{at}.confidence.speaker"), quote.confidence.speaker);
    let mut parties = HashSet::new();
    for (index, stance) in quote.stances.iter().enumerate() {
        let at = format!("{at}.stances[{index}]");
        if !parties.insert(stance.party.as_str()) {
            check.report(&at, Fault::SameParty(stance.party.clone()));
        }
        verify_stance(check, &at, stance);
    }
}

fn verify_stance(check: &mut SpanCheck, at: &str, stance: &PartyStance) {
    let numbers = &stance.probabilities;
    for number in [numbers.favor, numbers.neutral, numbers.against] {
        verify_probability(check, at, number);
    }
    if (numbers.sum() - 1.0).abs() > SUM_TOLERANCE {
        check.report(at, Fault::StanceSum(numbers.sum()));
    }
    check.anchors(&format!("{at}.evidence"), &stance.evidence);
}

fn verify_probability(check: &mut SpanCheck, at: &str, probability: Probability) {
    if !probability.is_sound() {
        check.report(at, Fault::Probability(probability.value()));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Anchored, sample};

    /// What `verify` says after one change to the sound sample.
    fn after(change: impl FnOnce(&mut Annotation)) -> String {
        let mut annotation = sample();
        change(&mut annotation);
        let violations: Vec<String> = annotation.verify().iter().map(ToString::to_string).collect();
        violations.join("\n")
    }

    #[test]
    fn the_sample_is_sound() {
        assert_eq!(after(|_| {}), "");
        let article = include_bytes!("../../../tests/fixtures/saraqib.txt");
        assert_eq!(sample().verify_bytes(article), None);
        assert!(sample().verify_bytes(b"Snow.").unwrap().to_string().starts_with("article.sha256: "));
    }

    #[test]
    fn words_that_differ_are_shown() {
        assert_eq!(
            after(|annotation| annotation.quotes[1].stances[0].evidence[0].text = "Rusia".to_owned()),
            "quotes[1].stances[0].evidence[0]: 136..142 covers \"Russia\" and the annotation says \"Rusia\""
        );
        assert_eq!(
            after(|annotation| annotation.not_speech[0].end = 9999),
            "not_speech[0]: 239..9999 reaches beyond the text, which has 321 code points"
        );
        assert_eq!(after(|annotation| annotation.warnings[0].end = 0), "warnings[0]: 265..0 ends before it starts");
        assert_eq!(
            after(|annotation| annotation.entities[0].mentions.push(Anchored::default())),
            "entities[0].mentions[1]: 0..0 covers nothing\nentities[0].mentions: not in the order of the text"
        );
    }

    #[test]
    fn ids_must_lead_somewhere() {
        assert_eq!(
            after(|annotation| annotation.quotes[4].speakers[0] = "nobody".to_owned()),
            "quotes[4]: no entity has the id \"nobody\""
        );
        assert_eq!(
            after(|annotation| annotation.quotes[0].repeats = Some("q2".to_owned())),
            "quotes[0]: it repeats \"q2\", which is no earlier quote"
        );
        assert_eq!(
            after(|annotation| annotation.quotes[1].id = "q1".to_owned()),
            "quotes[1]: the id \"q1\" is taken by an earlier one"
        );
        assert_eq!(
            after(|annotation| annotation.quotes[1].speakers.clear()),
            "quotes[1]: it belongs to the utterance \"u1\" but has other speakers than its first part"
        );
    }

    #[test]
    fn numbers_must_be_probabilities() {
        assert_eq!(
            after(|annotation| annotation.quotes[0].confidence.span = serde_json::from_str("1.5").unwrap()),
            "quotes[0].confidence.span: 1.5 is no probability"
        );
        assert_eq!(
            after(|annotation| annotation.quotes[1].stances[0].probabilities.favor = Probability::new(0.5)),
            "quotes[1].stances[0]: the probabilities sum to 1.480, not to 1"
        );
    }

    #[test]
    fn quotes_stand_in_the_order_of_the_text() {
        assert_eq!(after(|annotation| annotation.quotes.swap(0, 1)), "quotes: not in the order of the text");
        assert_eq!(
            after(|annotation| annotation.article.date = Some("12 Feb".to_owned())),
            "article.date: \"12 Feb\" is no day of the form yyyy-mm-dd"
        );
    }
}
