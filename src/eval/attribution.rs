//! [`Attribution`]: content, cue, source, speakers and stances of one quote, the same for gold and for predictions, so
//! that every scorer can compare gold with itself.
use super::EvalError;
use super::names::{Agreement, agreement};
use crate::annotation::{Annotation, Entity, Flag, MentionForm, Quote, QuoteKind, Stance, StanceProbabilities};
use crate::speaker::UNLINKED;
use crate::speaker::form::SourceForm;
use crate::text::{Span, Text};

/// A probability counts as at least this in a log loss, which would be without bounds.
const LEAST: f64 = 1e-3;

/// One quote with all that is said about it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Attribution {
    /// Direct, mixed or indirect.
    pub kind: QuoteKind,
    /// What the quotes of one speech share; empty where nothing says so.
    pub utterance: String,
    /// The reported words, in order.
    pub content: Vec<Span>,
    /// The reporting expression.
    pub cue: Option<Span>,
    /// The mention that the attribution names.
    pub source: Option<Span>,
    /// How that mention refers; nothing where there is none or nobody says.
    pub form: Option<MentionForm>,
    /// Who speaks.
    pub speakers: Vec<Speaker>,
    /// Speakers that count as right too.
    pub also_accepted: Vec<Speaker>,
    /// Whether the words come through somebody else.
    pub has_via: bool,
    /// Stances of the speaker.
    pub stances: Vec<Judgement>,
    /// Parties on which annotators may differ.
    pub undecided: Vec<String>,
    /// What is odd about the marks.
    pub flags: Vec<Flag>,
    /// Probability that the span is right.
    pub span_confidence: f64,
    /// Probability that the speakers are right.
    pub speaker_confidence: f64,
}

/// A speaker.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Speaker {
    /// The entity's id; empty where only a name is known.
    pub id: String,
    /// The name.
    pub name: String,
    /// The party to which the speaker belongs.
    pub party: Option<String>,
    /// Where the article mentions the speaker.
    pub mentions: Vec<Span>,
}

/// The stance toward a party.
#[derive(Clone, Debug, PartialEq)]
pub struct Judgement {
    /// The party's id.
    pub party: String,
    /// The stance.
    pub stance: Stance,
    /// How probable each stance is.
    pub probabilities: StanceProbabilities,
}

impl Speaker {
    /// Whether both are the same one: by id, or by name.
    #[must_use]
    pub fn is(&self, other: &Self) -> bool {
        (!self.id.is_empty() && self.id == other.id) || agreement(&self.name, &other.name) > Agreement::Different
    }

    fn of(entity: &Entity, place: &Place<'_>) -> Result<Self, EvalError> {
        let mentions = entity.mentions.iter().map(|mention| place.span("a mention", mention.start, mention.end));
        Ok(Self {
            id: entity.id.clone(),
            name: entity.name.clone(),
            party: entity.party.clone(),
            mentions: mentions.collect::<Result<_, _>>()?,
        })
    }
}

impl Attribution {
    /// The attributions of an annotation, in its order.
    ///
    /// # Errors
    /// [`EvalError::Span`] when a span does not lie in the text.
    pub fn all(annotation: &Annotation, text: &Text) -> Result<Vec<Self>, EvalError> {
        let place = Place { article: &annotation.article.id, text };
        annotation.quotes.iter().map(|quote| Self::of(annotation, quote, &place)).collect()
    }

    fn of(annotation: &Annotation, quote: &Quote, place: &Place<'_>) -> Result<Self, EvalError> {
        let content = quote.spans.iter().map(|span| place.span("a quote", span.start, span.end));
        let cue = quote.cue.as_ref().map(|cue| place.span("a cue", cue.start, cue.end));
        let source = quote.source.as_ref().map(|source| place.span("a source", source.start, source.end));
        let unknown = |id: &String| Speaker { id: id.clone(), ..Speaker::default() };
        let speakers = quote.speakers.iter().map(|id| match annotation.entity(id) {
            Some(entity) => Speaker::of(entity, place),
            None => Ok(unknown(id)),
        });
        Ok(Self {
            kind: quote.kind,
            utterance: quote.utterance.clone(),
            content: content.collect::<Result<_, _>>()?,
            cue: cue.transpose()?,
            source: source.transpose()?,
            form: quote.source.as_ref().map(|source| source.form),
            speakers: speakers.collect::<Result<_, _>>()?,
            also_accepted: Vec::new(),
            has_via: !quote.via.is_empty(),
            stances: quote.stances.iter().map(Judgement::of).collect(),
            undecided: Vec::new(),
            flags: quote.flags.clone(),
            span_confidence: quote.confidence.span.value(),
            speaker_confidence: quote.confidence.speaker.value(),
        })
    }

    /// What kind of mention the source is, in words.
    #[must_use]
    pub const fn source_form(&self) -> &'static str {
        match self.form {
            Some(MentionForm::Name) => SourceForm::Name.words(),
            Some(MentionForm::Nominal) => SourceForm::Description.words(),
            Some(MentionForm::Pronoun) => SourceForm::Pronoun.words(),
            None => UNLINKED,
        }
    }

    /// The stance toward a party, if the quote refers to it.
    #[must_use]
    pub fn stance(&self, party: &str) -> Option<&Judgement> {
        self.stances.iter().find(|judgement| judgement.party == party)
    }

    /// Whether a guess names the right speakers: all of them and nobody else, an accepted one standing for all.
    #[must_use]
    pub fn speakers_agree(&self, guess: &[Speaker]) -> bool {
        let known = |list: &[Speaker], one: &Speaker| list.iter().any(|other| other.is(one));
        let all_found = self.speakers.iter().all(|speaker| known(guess, speaker));
        let accepted = guess.iter().any(|speaker| known(&self.also_accepted, speaker));
        let no_other =
            guess.iter().all(|speaker| known(&self.speakers, speaker) || known(&self.also_accepted, speaker));
        no_other && (all_found || accepted)
    }
}

impl Judgement {
    /// How probable the stance is.
    #[must_use]
    pub fn probability(&self) -> f64 {
        self.probabilities.of(self.stance).value()
    }

    /// The log loss, in nats, where the gold has this stance.
    #[must_use]
    pub fn log_loss(&self, gold: Stance) -> f64 {
        -self.probabilities.of(gold).value().max(LEAST).ln()
    }

    fn of(stance: &crate::annotation::PartyStance) -> Self {
        Self { party: stance.party.clone(), stance: stance.stance, probabilities: stance.probabilities }
    }
}

/// Where spans of files are checked against their text.
pub(super) struct Place<'a> {
    pub article: &'a str,
    pub text: &'a Text,
}

impl Place<'_> {
    /// The span, if it lies in the text.
    pub fn span(&self, what: &'static str, start: usize, end: usize) -> Result<Span, EvalError> {
        let span = Span::new(start, end).ok().filter(|span| span.end() <= self.text.len());
        span.ok_or_else(|| EvalError::Span { what, article: self.article.to_owned(), start, end })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Probability, sample};

    fn named(names: &[&str]) -> Vec<Speaker> {
        names.iter().map(|name| Speaker { name: (*name).to_owned(), ..Speaker::default() }).collect()
    }

    #[test]
    fn an_annotation_is_seen_with_its_speakers_and_stances() {
        let annotation = sample();
        let text = Text::new(annotation.article.text.as_str());
        let all = Attribution::all(&annotation, &text).unwrap();
        assert_eq!(text.slice(all[1].content[0]), "Russia can end it.");
        assert_eq!(all[1].speakers[0].name, "Jens Stoltenberg");
        assert_eq!(text.slice(all[1].speakers[0].mentions[0]), "NATO Secretary General Jens Stoltenberg");
        assert_eq!(all[1].stance("russia").unwrap().stance, Stance::Against);
    }

    #[test]
    fn log_loss_grows_with_doubt_and_has_a_bound() {
        let said = |stance| Judgement {
            party: "nato".to_owned(),
            stance,
            probabilities: StanceProbabilities {
                favor: Probability::new(0.5),
                neutral: Probability::new(0.5),
                against: Probability::ZERO,
            },
        };
        assert!((said(Stance::Favor).probability() - 0.5).abs() < 1e-12);
        assert!((said(Stance::Favor).log_loss(Stance::Neutral) - 2_f64.ln()).abs() < 1e-12);
        assert!((said(Stance::Favor).log_loss(Stance::Against) - 1000_f64.ln()).abs() < 1e-9);
    }

    #[test]
    fn a_span_beyond_the_text_is_named() {
        let error = Attribution::all(&sample(), &Text::new("short")).unwrap_err().to_string();
        assert!(error.starts_with("placing a quote of the article saraqib: 58..87"), "{error}");
    }

    #[test]
    fn joint_speakers_are_right_together() {
        let gold = Attribution { speakers: named(&["Mara Quill", "Oren Blay"]), ..Attribution::default() };
        assert!(gold.speakers_agree(&named(&["Oren Blay", "Mara Quill"])));
        assert!(!gold.speakers_agree(&named(&["Mara Quill"])));
        assert!(!gold.speakers_agree(&named(&["Oren Blay", "Mara Quill", "Ines Dorn"])));
        assert!(!gold.speakers_agree(&[]));
        let nobody = Attribution::default();
        assert!(nobody.speakers_agree(&[]));
        assert!(!nobody.speakers_agree(&named(&["Mara Quill"])));
    }

    #[test]
    fn an_accepted_speaker_stands_for_all() {
        let gold = Attribution {
            speakers: named(&["Mara Quill"]),
            also_accepted: named(&["Ines Dorn"]),
            ..Attribution::default()
        };
        assert!(gold.speakers_agree(&named(&["Ines Dorn"])));
        assert!(gold.speakers_agree(&named(&["Mara Quill", "Ines Dorn"])));
    }
}
