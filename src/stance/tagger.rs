//! Stance of quotations toward parties: which references are asked about, and what the answers amount to.
//!
//! A party named inside the quotation is referred to; one named beside it (in the reporting sentence or in the one before)
//! may be, and the network's fourth class tells.

use std::ops::Range;

use ndarray::{Array2, ArrayView1};

use super::input::{InputRules, Pass, passes};
use super::reference::PartyReferences;
use crate::text::{Span, Text, covering};

/// How many mentions of one party in a quotation are asked about.
const MENTIONS: usize = 3;

/// Probabilities of one stance each.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct StanceScores {
    /// In favour of the party.
    pub favor: f32,
    /// Neither.
    pub neutral: f32,
    /// Against the party.
    pub against: f32,
}

/// The stance of a quotation's speaker toward one party.
#[derive(Clone, Debug, PartialEq)]
pub struct PartyStance {
    /// Id of the party.
    pub party: String,
    /// The three probabilities; they sum to one.
    pub scores: StanceScores,
    /// The words that refer to the party, in text order.
    pub evidence: Vec<Span>,
}

/// What the tagger reads of one quotation.
#[derive(Clone, Debug)]
pub struct StanceQuestion<'a> {
    /// Vocabulary ids and spans of its word pieces.
    pub pieces: (&'a [i64], &'a [Span]),
    /// The parties that the article refers to.
    pub references: &'a PartyReferences,
    /// The parts of the quotation.
    pub quote: &'a [Span],
    /// The sentences of the paragraph it stands in.
    pub sentences: &'a [Span],
    /// The source mention.
    pub holder: Option<Span>,
    /// The speakers' own parties: judged only where the words judge them.
    pub own: &'a [&'a str],
}

/// A question about one holder and one target.
#[derive(Clone, Copy, Debug)]
pub struct PairQuestion<'a> {
    /// The text around them.
    pub text: &'a Text,
    /// The words that are judged: a quotation, or the whole of a sentence.
    pub quote: Span,
    /// Whose stance is asked; nobody for the author's.
    pub holder: Option<Span>,
    /// The words for the party.
    pub target: Span,
}

/// The passes of a quotation and how to read their answers.
#[derive(Clone, Debug, Default)]
pub struct StanceJob {
    /// What the network is to run.
    pub passes: Vec<Pass>,
    targets: Vec<Target>,
    own: Vec<String>,
}

#[derive(Clone, Debug)]
struct Target {
    party: String,
    span: Span,
    inside: bool,
}

impl StanceJob {
    /// Whether a stance has an entry: one toward the speaker's own party does only where the words judge it.
    #[must_use]
    pub fn published(&self, stance: &PartyStance) -> bool {
        !self.own.contains(&stance.party) || stance.scores.judges()
    }
}

/// Asks about the parties of quotations and reads the answers.
#[derive(Clone, Copy, Debug)]
pub struct StanceTagger {
    /// How the network's inputs are built.
    pub rules: InputRules,
    /// Divides the logits before the softmax; fitted on dev.
    pub temperature: f32,
    /// Below this probability of being meant, a party beside the quotation gets no entry.
    pub meant: f32,
}

impl StanceTagger {
    /// What to ask about a quotation.
    #[must_use]
    pub fn ask(&self, question: &StanceQuestion) -> StanceJob {
        let (ids, spans) = question.pieces;
        let range = |span: Span| covering(spans, span);
        let (Some(first), Some(last)) = (question.quote.first(), question.quote.last()) else {
            return StanceJob::default();
        };
        let quote = range(first.join(last));
        // A list of links is no part of what the network reads.
        let read = targets(question).into_iter().map(|target| (range(target.span), target));
        let (ranges, targets): (Vec<Range<usize>>, Vec<Target>) = read.filter(|(range, _)| !range.is_empty()).unzip();
        if quote.is_empty() || targets.is_empty() {
            return StanceJob::default();
        }
        let holder = question.holder.map(range).filter(|range| !range.is_empty());
        StanceJob {
            passes: passes(ids, self.rules, &quote, holder.as_ref(), &ranges),
            targets,
            own: question.own.iter().map(|&party| party.to_owned()).collect(),
        }
    }

    /// The pass of one holder and one target, which must have a part in the text; nothing when it is out of reach.
    #[must_use]
    pub fn ask_pair(&self, question: &PairQuestion, (ids, spans): (&[i64], &[Span])) -> Option<Pass> {
        let [quote, target] = [question.quote, question.target].map(|span| covering(spans, span));
        if quote.is_empty() || target.is_empty() {
            return None;
        }
        let holder = question.holder.map(|span| covering(spans, span)).filter(|range| !range.is_empty());
        passes(ids, self.rules, &quote, holder.as_ref(), &[target]).pop()
    }

    /// Reads the answers, `[targets, 4]` logits for each pass of the job; the speaker's own party is among them, judged or
    /// not ([`StanceJob::published`]).
    ///
    /// # Panics
    /// When there is not one array a pass.
    #[must_use]
    pub fn read(&self, job: &StanceJob, logits: &[Array2<f32>]) -> Vec<PartyStance> {
        assert_eq!(job.passes.len(), logits.len(), "one array a pass");
        let mut out: Vec<(PartyStance, f32)> = Vec::new();
        for (pass, rows) in job.passes.iter().zip(logits) {
            for (&at, row) in pass.targets.iter().zip(rows.rows()) {
                let target = &job.targets[at];
                let Some(scores) = self.scores(row, target.inside) else { continue };
                match out.iter_mut().find(|(stance, _)| stance.party == target.party) {
                    Some((stance, count)) => {
                        *count += 1.0;
                        stance.scores = stance.scores.moved_toward(scores, 1.0 / *count);
                        stance.evidence.push(target.span);
                    }
                    None => out
                        .push((PartyStance { party: target.party.clone(), scores, evidence: vec![target.span] }, 1.0)),
                }
            }
        }
        let mut stances: Vec<PartyStance> = out.into_iter().map(|(stance, _)| stance).collect();
        for stance in &mut stances {
            stance.evidence.sort_unstable();
        }
        stances.sort_by_key(|stance| stance.evidence[0]);
        stances
    }

    /// Probabilities of the three stances, or nothing for a party that is not meant.
    #[must_use]
    pub fn scores(&self, logits: ArrayView1<f32>, inside: bool) -> Option<StanceScores> {
        let power = |logit: &f32| (logit / self.temperature).exp();
        let three: f32 = logits.iter().take(3).map(power).sum();
        let none = if inside { 0.0 } else { logits.get(3).map_or(0.0, power) };
        if three / (three + none) < self.meant {
            return None;
        }
        let share = |at: usize| power(&logits[at]) / three;
        Some(StanceScores { favor: share(0), neutral: share(1), against: share(2) })
    }
}

impl StanceScores {
    /// What is said of a pair that the network cannot see.
    pub const UNKNOWN: Self = Self { favor: 0.0, neutral: 1.0, against: 0.0 };

    /// Whether favor or against is likelier than neutral.
    #[must_use]
    pub fn judges(&self) -> bool {
        self.favor.max(self.against) > self.neutral
    }

    fn moved_toward(self, other: Self, share: f32) -> Self {
        let mix = |a: f32, b: f32| a + (b - a) * share;
        Self {
            favor: mix(self.favor, other.favor),
            neutral: mix(self.neutral, other.neutral),
            against: mix(self.against, other.against),
        }
    }
}

/// References inside the quotation, and of parties not named there those of the sentences beside it.
fn targets(question: &StanceQuestion) -> Vec<Target> {
    let mut out: Vec<Target> = Vec::new();
    let mut add = |region: Span, inside: bool, most: usize| {
        for reference in question.references.within(region) {
            let count = out.iter().filter(|target| target.party == reference.party).count();
            let taken = out.iter().any(|target| target.span == reference.span);
            // In the title of the speaker (`Turkey's envoy`) the own party is only named.
            let title = question.own.contains(&reference.party.as_str())
                && question.holder.is_some_and(|holder| holder.contains(&reference.span));
            if !taken
                && !title
                && count < most
                && (inside || !out.iter().any(|target| target.inside && target.party == reference.party))
            {
                out.push(Target { party: reference.party.clone(), span: reference.span, inside });
            }
        }
    };
    for part in question.quote {
        add(*part, true, MENTIONS);
    }
    for region in beside(question) {
        add(region, false, 1);
    }
    out
}

/// The sentences that the quotation stands in, and the one before in its paragraph.
fn beside(question: &StanceQuestion) -> Vec<Span> {
    let all = question.sentences;
    let touched = |sentence: &&Span| question.quote.iter().any(|part| part.overlaps(sentence));
    let first = all.iter().position(|sentence| touched(&sentence)).unwrap_or(all.len());
    let mut out: Vec<Span> = all[first..].iter().filter(touched).copied().collect();
    out.extend(first.checked_sub(1).filter(|_| !out.is_empty()).map(|at| all[at]));
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::registry::shipped;
    use crate::stance::input::MarkerIds;
    use crate::stance::reference::PartyFinder;
    use crate::text::Text;
    use ndarray::array;

    const TAGGER: StanceTagger = StanceTagger {
        rules: InputRules::trained(MarkerIds { around: (101, 102), holder: (2, 3), target: (4, 5) }),
        temperature: 1.0,
        meant: 0.5,
    };

    #[test]
    fn a_party_beside_the_quotation_that_is_not_meant_gets_no_entry() {
        let logits = array![0.0, 0.0, 0.0, 4.0];
        assert_eq!(TAGGER.scores(logits.view(), false), None);
        let inside = TAGGER.scores(logits.view(), true).expect("named inside");
        assert!((inside.favor + inside.neutral + inside.against - 1.0).abs() < 1e-6);
    }

    #[test]
    fn the_own_party_counts_only_when_it_is_judged() {
        assert!(StanceScores { favor: 0.6, neutral: 0.3, against: 0.1 }.judges());
        assert!(!StanceScores { favor: 0.3, neutral: 0.6, against: 0.1 }.judges());
        let toward = |party: &str, favor: f32| PartyStance {
            party: party.into(),
            scores: StanceScores { favor, neutral: 1.0 - favor, against: 0.0 },
            evidence: Vec::new(),
        };
        let job = StanceJob { own: vec!["norland".into()], ..StanceJob::default() };
        assert!(job.published(&toward("norland", 0.6)) && job.published(&toward("suvia", 0.4)));
        assert!(!job.published(&toward("norland", 0.4)));
    }

    #[test]
    fn a_party_in_a_list_of_links_is_not_asked_about_and_the_others_are() {
        let text = Text::new("China five takeaways MORE said Russia must leave");
        let references = PartyFinder::new(shipped()).expect("sound").for_article(&text, None);
        // The network reads what stands behind the links.
        let pieces = [Span::ordered(26, 30), Span::ordered(31, 37), Span::ordered(38, 42), Span::ordered(43, 48)];
        let question = |own: &[&str]| {
            TAGGER.ask(&StanceQuestion {
                pieces: (&[7, 8, 9, 10], &pieces),
                references: &references,
                quote: &[Span::ordered(31, 48)],
                sentences: &[text.whole()],
                holder: None,
                own,
            })
        };
        let job = question(&["us", "russia"]);
        assert_eq!(job.targets.iter().map(|target| target.party.as_str()).collect::<Vec<_>>(), ["russia"]);
        assert_eq!(job.passes.len(), 1);
        let neutral = StanceScores { favor: 0.0, neutral: 1.0, against: 0.0 };
        let stance = PartyStance { party: "russia".into(), scores: neutral, evidence: Vec::new() };
        assert!(!job.published(&stance) && question(&["us"]).published(&stance));
    }

    #[test]
    fn mentions_of_one_party_are_averaged() {
        let target = |start: usize| Target {
            party: "x".into(),
            span: Span::new(start, start + 1).expect("in order"),
            inside: true,
        };
        let pass = passes(&[7; 8], TAGGER.rules, &(0..8), None, &[1..2, 4..5]);
        let job = StanceJob { passes: pass, targets: vec![target(10), target(4)], own: Vec::new() };
        let read = TAGGER.read(&job, &[array![[9.0, 0.0, 0.0, 0.0], [0.0, 0.0, 9.0, 0.0]]]);
        assert_eq!(read.len(), 1);
        assert!((read[0].scores.favor - read[0].scores.against).abs() < 1e-4);
        assert_eq!(read[0].evidence[0].start(), 4);
    }
}
