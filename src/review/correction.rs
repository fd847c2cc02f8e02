//! [`Correction`]: what a reviewer put in the place of what the annotation says.
use std::collections::HashSet;

use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::subject::{Judged, Named};
use crate::annotation::{Anchored, Annotation, NotSpeechReason, Stance};
use crate::speaker::registry::entity_id;
use crate::text::{Span, Text, fold};

/// The changes to one quotation; what is left out is right.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Correction {
    /// It is no speech at all.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub no_speech: Option<NoSpeech>,
    /// The words that are said, in the order of the text.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub spans: Option<Vec<Anchored>>,
    /// Who speaks; nobody where the text does not tell.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub speakers: Option<Vec<Named>>,
    /// The stances that differ.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub stances: Vec<Restated>,
}

/// What marked text is instead of speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct NoSpeech {
    /// What its marks are for; nothing for text without marks.
    pub reason: Option<NotSpeechReason>,
}

/// A stance put right.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Restated {
    /// Id of the party.
    pub party: String,
    /// The stance; nothing where the quotation does not refer to the party.
    pub stance: Option<Stance>,
}

/// A part of an attribution that can be wrong by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Part {
    /// Which words are said, and that they are speech.
    Span,
    /// Who says them.
    Speaker,
    /// For or against whom.
    Stance,
}

/// Why a correction cannot be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CorrectionError {
    /// Offsets that cannot be.
    #[error("correcting the words: {start}..{end} is no stretch of the article; drag the ends again")]
    Span {
        /// First code point.
        start: usize,
        /// Code point behind.
        end: usize,
    },
    /// Spans that share words or are not in order.
    #[error("correcting the words: two stretches overlap; drag their ends apart")]
    Overlap,
    /// No span at all.
    #[error("correcting the words: nothing is left; say that it is no speech instead")]
    NoWords,
    /// A speaker without a name.
    #[error("correcting the speaker: the name is empty; type one, or say that the text does not tell")]
    NoName,
    /// An entity that is not there.
    #[error("correcting the speaker: the article has nobody with the id {0:?}; type the name instead")]
    UnknownEntity(String),
    /// A stance toward nobody.
    #[error("correcting a stance: the party is empty; name one")]
    NoParty,
}

impl Part {
    /// All parts.
    pub const ALL: [Self; 3] = [Self::Span, Self::Speaker, Self::Stance];

    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Span => "span",
            Self::Speaker => "speaker",
            Self::Stance => "stance",
        }
    }
}

impl Correction {
    /// Whether nothing is changed.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.parts().is_empty()
    }

    /// The parts that it changes.
    #[must_use]
    pub fn parts(&self) -> Vec<Part> {
        let changed = [
            (Part::Span, self.spans.is_some() || self.no_speech.is_some()),
            (Part::Speaker, self.speakers.is_some()),
            (Part::Stance, !self.stances.is_empty()),
        ];
        changed.into_iter().filter(|(_, changed)| *changed).map(|(part, _)| part).collect()
    }

    /// The same correction with everything that came from the page checked against the article: words filled in,
    /// names led back to entities, and what does not differ from what was judged left out.
    ///
    /// # Errors
    /// When offsets, an entity or a name cannot be.
    pub fn checked(self, annotation: &Annotation, judged: &Judged) -> Result<Self, CorrectionError> {
        if let Some(no_speech) = self.no_speech {
            // Whoever speaks and for whom, there is no speech to have it.
            return Ok(Self { no_speech: Some(no_speech), ..Self::default() });
        }
        let text = Text::new(annotation.article.text.as_str());
        let spans = self.spans.map(|spans| checked_spans(&text, &spans)).transpose()?;
        let speakers = self.speakers.map(|speakers| checked_speakers(annotation, speakers)).transpose()?;
        let mut seen = HashSet::new();
        let mut stances = Vec::new();
        for Restated { party, stance } in self.stances {
            let party = party.trim().to_owned();
            if party.is_empty() {
                return Err(CorrectionError::NoParty);
            }
            let before = judged.stances.iter().find(|held| held.party == party).map(|held| held.stance);
            if before != stance && seen.insert(party.clone()) {
                stances.push(Restated { party, stance });
            }
        }
        let same_speakers = |speakers: &Vec<Named>| {
            speakers.iter().map(|speaker| &speaker.id).eq(judged.speakers.iter().map(|speaker| &speaker.id))
        };
        Ok(Self {
            no_speech: None,
            spans: spans.filter(|spans| *spans != judged.spans),
            speakers: speakers.filter(|speakers| !same_speakers(speakers)),
            stances,
        })
    }

    /// What is true of the quotation: what was judged with the changes.
    #[must_use]
    pub fn truth(&self, judged: &Judged) -> Judged {
        let mut truth = judged.clone();
        if let Some(spans) = &self.spans {
            truth.spans.clone_from(spans);
        }
        if let Some(speakers) = &self.speakers {
            truth.speakers.clone_from(speakers);
        }
        for Restated { party, stance } in &self.stances {
            match (stance, truth.stances.iter().position(|held| held.party == *party)) {
                (Some(stance), Some(at)) => truth.stances[at].stance = *stance,
                (Some(stance), None) => {
                    truth.stances.push(super::subject::Held { party: party.clone(), stance: *stance });
                }
                (None, Some(at)) => drop(truth.stances.remove(at)),
                (None, None) => {}
            }
        }
        truth
    }
}

fn checked_spans(text: &Text, spans: &[Anchored]) -> Result<Vec<Anchored>, CorrectionError> {
    let mut checked: Vec<Anchored> = Vec::new();
    for &Anchored { start, end, .. } in spans {
        let outside = CorrectionError::Span { start, end };
        let span = Span::new(start, end).map_err(|_| outside.clone())?;
        if span.is_empty() || text.get(span).is_none() {
            return Err(outside);
        }
        if checked.last().is_some_and(|before| before.end > start) {
            return Err(CorrectionError::Overlap);
        }
        checked.push(Anchored::new(text, span));
    }
    if checked.is_empty() { Err(CorrectionError::NoWords) } else { Ok(checked) }
}

fn checked_speakers(annotation: &Annotation, speakers: Vec<Named>) -> Result<Vec<Named>, CorrectionError> {
    let mut checked: Vec<Named> = Vec::new();
    for speaker in speakers {
        let name = speaker.name.trim();
        let known = if speaker.id.is_empty() {
            annotation.entities.iter().find(|entity| !name.is_empty() && fold(&entity.name) == fold(name))
        } else {
            let unknown = || CorrectionError::UnknownEntity(speaker.id.clone());
            Some(annotation.entity(&speaker.id).ok_or_else(unknown)?)
        };
        let named = match known {
            Some(entity) => Named { id: entity.id.clone(), name: entity.name.clone(), kind: None },
            None if entity_id(name).is_empty() => return Err(CorrectionError::NoName),
            None => Named { id: String::new(), name: name.to_owned(), kind: speaker.kind },
        };
        if !checked.contains(&named) {
            checked.push(named);
        }
    }
    Ok(checked)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{EntityKind, sample};

    fn checked(correction: &str) -> Result<Correction, CorrectionError> {
        let annotation = sample();
        let judged = Judged::of(&annotation, &annotation.quotes[1]);
        serde_json::from_str::<Correction>(correction).unwrap().checked(&annotation, &judged)
    }

    #[test]
    fn what_does_not_differ_is_left_out() {
        let annotation = sample();
        let judged = Judged::of(&annotation, &annotation.quotes[1]);
        let same = Correction {
            spans: Some(judged.spans.clone()),
            speakers: Some(judged.speakers.clone()),
            stances: vec![Restated { party: "russia".to_owned(), stance: Some(judged.stances[0].stance) }],
            no_speech: None,
        };
        assert!(same.checked(&annotation, &judged).unwrap().is_empty());
    }

    #[test]
    fn words_and_names_are_filled_in() {
        let correction = checked(
            r#"{"spans": [{"start": 136, "end": 142}], "speakers": [{"name": " ibrahim KALIN"}, {"name": "an aide", "kind": "unnamed"}],
                "stances": [{"party": "russia", "stance": null}, {"party": "nato", "stance": "favor"}]}"#,
        )
        .unwrap();
        assert_eq!(correction.spans.as_ref().unwrap()[0].text, "Russia");
        let speakers = correction.speakers.as_ref().unwrap();
        assert_eq!((speakers[0].id.as_str(), speakers[0].name.as_str()), ("ibrahim-kalin", "İbrahim Kalın"));
        assert_eq!((speakers[1].id.as_str(), speakers[1].kind), ("", Some(EntityKind::Unnamed)));
        assert_eq!(correction.parts(), Part::ALL);
        let annotation = sample();
        let truth = correction.truth(&Judged::of(&annotation, &annotation.quotes[1]));
        assert_eq!(truth.words(), "Russia");
        assert_eq!(truth.stances.iter().map(|held| held.party.as_str()).collect::<Vec<_>>(), ["nato"]);
    }

    #[test]
    fn what_cannot_be_is_refused() {
        let refused = |correction: &str| checked(correction).unwrap_err();
        assert_eq!(refused(r#"{"spans": [{"start": 9, "end": 4}]}"#), CorrectionError::Span { start: 9, end: 4 });
        assert_eq!(refused(r#"{"spans": [{"start": 0, "end": 4000}]}"#), CorrectionError::Span { start: 0, end: 4000 });
        assert_eq!(refused(r#"{"spans": [{"start": 0, "end": 4}, {"start": 3, "end": 5}]}"#), CorrectionError::Overlap);
        assert_eq!(refused(r#"{"spans": []}"#), CorrectionError::NoWords);
        assert_eq!(refused(r#"{"speakers": [{"name": " – "}]}"#), CorrectionError::NoName);
        assert_eq!(refused(r#"{"speakers": [{"id": "x"}]}"#), CorrectionError::UnknownEntity("x".to_owned()));
        assert_eq!(refused(r#"{"stances": [{"party": " ", "stance": null}]}"#), CorrectionError::NoParty);
    }
}
