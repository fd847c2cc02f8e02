//! [`Selection`]: which quotations are exported.
use crate::annotation::{Annotation, Quote, QuoteKind};
use crate::text::fold;

/// Which quotations are exported; every one, as long as nothing is asked for. Within a list one match is enough,
/// between the lists all must agree.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Selection {
    /// Ids or names of speakers, however they are spelled.
    pub speakers: Vec<String>,
    /// Ids of parties that a quotation refers to. Its stances toward other parties are left out with it.
    pub parties: Vec<String>,
    /// How quotations are reported.
    pub kinds: Vec<QuoteKind>,
    /// The least probability of the speakers.
    pub min_confidence: f64,
}

impl Selection {
    /// Leaves out of an annotation what was not asked for.
    pub fn select(&self, annotation: &mut Annotation) {
        let mut quotes = std::mem::take(&mut annotation.quotes);
        if !self.parties.is_empty() {
            for quote in &mut quotes {
                quote.stances.retain(|stance| self.parties.contains(&stance.party));
            }
        }
        quotes.retain(|quote| self.takes(annotation, quote));
        annotation.quotes = quotes;
    }

    fn takes(&self, annotation: &Annotation, quote: &Quote) -> bool {
        (self.kinds.is_empty() || self.kinds.contains(&quote.kind))
            && (self.parties.is_empty() || !quote.stances.is_empty())
            && (self.speakers.is_empty() || quote.speakers.iter().any(|id| self.names(annotation, id)))
            && quote.confidence.speaker.value() >= self.min_confidence
    }

    fn names(&self, annotation: &Annotation, id: &str) -> bool {
        let name = annotation.entity(id).map(|entity| fold(&entity.name));
        self.speakers.iter().any(|speaker| speaker == id || name.as_ref() == Some(&fold(speaker)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    fn selected(selection: &Selection) -> Vec<String> {
        let mut annotation = sample();
        selection.select(&mut annotation);
        annotation.quotes.into_iter().map(|quote| quote.id).collect()
    }

    #[test]
    fn nothing_asked_for_selects_all() {
        assert_eq!(selected(&Selection::default()), ["q1", "q2", "q3", "q4", "q5"]);
    }

    #[test]
    fn a_speaker_is_asked_for_by_name_or_id() {
        let of = |speaker: &str| selected(&Selection { speakers: vec![speaker.to_owned()], ..Selection::default() });
        assert_eq!(of("ibrahim kalin"), ["q3", "q4"]);
        assert_eq!(of("jens-stoltenberg"), ["q1", "q2"]);
        assert!(of("kalin").is_empty());
    }

    #[test]
    fn a_party_takes_its_stance_alone() {
        let mut annotation = sample();
        let turkey = annotation.quotes[2].stances[0].clone();
        annotation.quotes[1].stances.push(turkey);
        Selection { parties: vec!["turkey".to_owned()], ..Selection::default() }.select(&mut annotation);
        let rows: Vec<_> = annotation.rows().map(|row| (row.quote_id.to_owned(), row.party)).collect();
        assert_eq!(rows, [("q2".to_owned(), Some("turkey")), ("q3".to_owned(), Some("turkey"))]);
    }

    #[test]
    fn all_that_is_asked_for_must_agree() {
        let mut selection = Selection { kinds: vec![QuoteKind::Direct], min_confidence: 0.9, ..Selection::default() };
        assert_eq!(selected(&selection), ["q1", "q2"]);
        selection.parties.push("russia".to_owned());
        assert_eq!(selected(&selection), ["q2"]);
    }
}
