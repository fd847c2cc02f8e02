//! [`Row`]: the annotation as a flat table, for dashboards and spreadsheets.
use serde::Serialize;

use super::{Annotation, PartyStance, Probability, Quote, QuoteKind, Stance, Verdict};

/// What stands between two joint speakers in one cell.
const BETWEEN_SPEAKERS: &str = "; ";

/// One quote and one party to which it refers; a quote that refers to none has one row with an empty party. Joint
/// speakers share a cell.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Row<'a> {
    /// Id of the article.
    pub article_id: &'a str,
    /// Path of the article below its input folder.
    pub article_path: &'a str,
    /// Day of publication.
    pub date: Option<&'a str>,
    /// Publisher.
    pub source: Option<&'a str>,
    /// Id of the quote in its article.
    pub quote_id: &'a str,
    /// The speech it is part of.
    pub utterance: &'a str,
    /// How it is reported.
    pub kind: QuoteKind,
    /// The words.
    pub quote: String,
    /// First code point of the first span.
    pub start: usize,
    /// Code point behind the last span.
    pub end: usize,
    /// Ids of the speakers.
    pub speaker_id: String,
    /// Names of the speakers.
    pub speaker: String,
    /// Parties of the speakers.
    pub speaker_party: String,
    /// The reporting expression.
    pub cue: Option<&'a str>,
    /// The party referred to.
    pub party: Option<&'a str>,
    /// The speakers' stance toward it.
    pub stance: Option<Stance>,
    /// Probability of favor.
    pub p_favor: Option<Probability>,
    /// Probability of neutral.
    pub p_neutral: Option<Probability>,
    /// Probability of against.
    pub p_against: Option<Probability>,
    /// Probability that these are the speakers.
    pub p_speaker: Probability,
    /// Probability that this is speech with these bounds.
    pub p_span: Probability,
    /// A person's verdict.
    pub review: Option<Verdict>,
    /// The model that made the annotation.
    pub model: &'a str,
}

impl Annotation {
    /// The rows of all quotes, in the order of the file.
    pub fn rows(&self) -> impl Iterator<Item = Row<'_>> {
        self.quotes.iter().flat_map(move |quote| {
            let none = quote.stances.is_empty().then(|| self.row(quote, None));
            none.into_iter().chain(quote.stances.iter().map(move |stance| self.row(quote, Some(stance))))
        })
    }

    fn row<'a>(&'a self, quote: &'a Quote, stance: Option<&'a PartyStance>) -> Row<'a> {
        let entity = |id: &'a String| self.entity(id);
        Row {
            article_id: &self.article.id,
            article_path: &self.article.path,
            date: self.article.date.as_deref(),
            source: self.article.source.as_deref(),
            quote_id: &quote.id,
            utterance: &quote.utterance,
            kind: quote.kind,
            quote: quote.words(),
            start: quote.start(),
            end: quote.end(),
            speaker_id: quote.speakers.join(BETWEEN_SPEAKERS),
            speaker: joined(quote.speakers.iter().map(|id| entity(id).map_or(id.as_str(), |entity| &entity.name))),
            speaker_party: joined(quote.speakers.iter().filter_map(|id| entity(id)?.party.as_deref())),
            cue: quote.cue.as_ref().map(|cue| cue.text.as_str()),
            party: stance.map(|stance| stance.party.as_str()),
            stance: stance.map(|stance| stance.stance),
            p_favor: stance.map(|stance| stance.probabilities.favor),
            p_neutral: stance.map(|stance| stance.probabilities.neutral),
            p_against: stance.map(|stance| stance.probabilities.against),
            p_speaker: quote.confidence.speaker,
            p_span: quote.confidence.span,
            review: quote.review.as_ref().map(|review| review.verdict),
            model: &self.tool.model,
        }
    }
}

/// The parts once each, in their order.
fn joined<'a>(parts: impl Iterator<Item = &'a str>) -> String {
    let mut seen: Vec<&str> = Vec::new();
    for part in parts {
        if !seen.contains(&part) {
            seen.push(part);
        }
    }
    seen.join(BETWEEN_SPEAKERS)
}

#[cfg(test)]
mod tests {
    use crate::annotation::sample;

    #[test]
    fn a_row_has_the_published_columns() {
        let annotation = sample();
        let row = serde_json::to_value(annotation.rows().next().unwrap()).unwrap();
        let columns: Vec<&str> = row.as_object().unwrap().keys().map(String::as_str).collect();
        assert_eq!(
            columns.join(", "),
            "article_id, article_path, date, source, quote_id, utterance, kind, quote, start, end, speaker_id, speaker, \
             speaker_party, cue, party, stance, p_favor, p_neutral, p_against, p_speaker, p_span, review, model"
        );
    }

    #[test]
    fn a_quote_has_a_row_for_each_party_or_one() {
        let mut annotation = sample();
        let again = annotation.quotes[1].stances[0].clone();
        annotation.quotes[1].stances.push(again);
        annotation.quotes[1].speakers.push("ibrahim-kalin".to_owned());
        let rows: Vec<_> = annotation.rows().collect();
        let of: Vec<_> = rows.iter().map(|row| (row.quote_id, row.party.unwrap_or(""))).collect();
        assert_eq!(of, [("q1", ""), ("q2", "russia"), ("q2", "russia"), ("q3", "turkey"), ("q4", ""), ("q5", "")]);
        assert_eq!(rows[1].speaker, "Jens Stoltenberg; İbrahim Kalın");
        assert_eq!(rows[1].speaker_party, "nato; turkey");
        assert_eq!(rows[5].speaker_party, "");
    }
}
