//! Pairs of holder and target on anybody's texts, one JSON object a line: what `ascribe stance` reads and writes.

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::assemble::judged;
use crate::annotation::{Anchored, Stance, StanceProbabilities};
use crate::stance::{PairQuestion, StanceScores};
use crate::text::{Span, Text};

/// A line that asks: how does the holder stand toward the target in this text?
#[derive(Clone, Debug, PartialEq, Deserialize)]
pub struct PairLine {
    /// Comes back in the answer: a string or a number.
    pub id: serde_json::Value,
    /// The text that is judged, a sentence to a few paragraphs.
    pub text: String,
    /// Whose stance is asked, in code points of `text`; nobody for the author's.
    #[serde(default)]
    pub holder: Option<Offsets>,
    /// The words for the party, in code points of `text`.
    pub target: Offsets,
    /// The quotation inside `text`, where only a part is the holder's words; else all of it is.
    #[serde(default)]
    pub quote: Option<Offsets>,
}

/// Half-open offsets in code points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
pub struct Offsets {
    /// First code point.
    pub start: usize,
    /// First code point behind.
    pub end: usize,
}

/// A line that answers.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct PairAnswer {
    /// That of the question.
    pub id: serde_json::Value,
    /// The likeliest stance.
    pub stance: Stance,
    /// Of the three stances; they sum to one.
    pub probabilities: StanceProbabilities,
    /// The words that refer to the party.
    pub evidence: Vec<Anchored>,
}

/// Why a line is no question.
#[derive(Debug, Error)]
pub enum PairError {
    /// No JSON, or fields are missing.
    #[error("the line is no pair ({0}); it needs \"id\", \"text\" and \"target\" with \"start\" and \"end\"")]
    Json(#[from] serde_json::Error),
    /// Offsets that do not lie in the text.
    #[error("{role} {start}..{end} covers nothing of the text, which has {length} code points; check its offsets")]
    Offsets {
        /// Which of the offsets.
        role: &'static str,
        /// Their start.
        start: usize,
        /// Their end.
        end: usize,
        /// Code points of the text.
        length: usize,
    },
}

/// A question whose offsets lie in its text.
#[derive(Clone, Debug)]
pub struct Pair {
    id: serde_json::Value,
    text: Text,
    quote: Span,
    holder: Option<Span>,
    target: Span,
}

impl Pair {
    /// Reads a line.
    ///
    /// # Errors
    /// When it is no question, or its offsets cover nothing.
    pub fn of_line(line: &str) -> Result<Self, PairError> {
        let line: PairLine = serde_json::from_str(line)?;
        let text = Text::new(line.text);
        let span = |role, Offsets { start, end }: Offsets| match Span::new(start, end) {
            Ok(span) if !span.is_empty() && end <= text.len() => Ok(span),
            _ => Err(PairError::Offsets { role, start, end, length: text.len() }),
        };
        let target = span("target", line.target)?;
        let holder = line.holder.map(|offsets| span("holder", offsets)).transpose()?;
        let quote = line.quote.map(|offsets| span("quote", offsets)).transpose()?;
        let quote = quote.unwrap_or_else(|| text.whole());
        Ok(Self { id: line.id, quote, holder, target, text })
    }

    /// What the annotator is asked.
    #[must_use]
    pub fn question(&self) -> PairQuestion<'_> {
        PairQuestion { text: &self.text, quote: self.quote, holder: self.holder, target: self.target }
    }

    /// The line for an answer.
    #[must_use]
    pub fn answer(&self, scores: StanceScores) -> PairAnswer {
        let (stance, probabilities) = judged(scores);
        PairAnswer {
            id: self.id.clone(),
            stance,
            probabilities,
            evidence: vec![Anchored::new(&self.text, self.target)],
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id": 7, "text": "Şule blamed Norland.", "holder": {"start": 0, "end": 4}, "target": {"start": 12, "end": 19}}"#;

    #[test]
    fn a_line_is_asked_and_answered_in_code_points() {
        let pair = Pair::of_line(LINE).expect("a pair");
        let question = pair.question();
        assert_eq!(question.text.slice(question.target), "Norland");
        assert_eq!(question.holder.map(|span| question.text.slice(span)), Some("Şule"));
        let answer = pair.answer(StanceScores { favor: 0.1, neutral: 0.2, against: 0.7 });
        assert_eq!(answer.stance, Stance::Against);
        assert_eq!(answer.evidence[0].text, "Norland");
    }

    #[test]
    fn a_bad_line_says_what_is_wrong() {
        let why = |line: &str| Pair::of_line(line).expect_err("no pair").to_string();
        assert!(why("{\"id\": 1}").contains("\"text\""));
        assert!(why(&LINE.replace("\"end\": 19", "\"end\": 99")).contains("target 12..99"));
        assert!(why(&LINE.replace("\"end\": 4", "\"end\": 0")).contains("holder 0..0"));
    }
}
