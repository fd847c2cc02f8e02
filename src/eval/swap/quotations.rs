//! Scores over labelled real quotations whose parties are exchanged: whether the stances stay.
use std::sync::Arc;

use jiff::civil::Date;

use super::draw::{REFILLS, seed};
use super::exchange::{Passage, exchange};
use super::fillers::Fillers;
use super::{Answer, BESIDE, INSIDE, LABELS, NONE, OTHER_PARTIES, ask};
use crate::eval::EvalError;
use crate::eval::bootstrap::SplitMix;
use crate::eval::gold::diplomacy::{LabelledArticle, PartyLabel, Quotation};
use crate::eval::ledger::{Ledger, Post};
use crate::eval::score::{STANCES, index};
use crate::eval::subject::{JudgePairs, Pair};
use crate::stance::reference::{PartyFinder, PartyReference};
use crate::text::{Span, Text};

/// Characters before and behind a quotation that are kept; the network sees no farther.
const CONTEXT: (usize, usize) = (700, 500);

/// A pair of a quotation whose text was exchanged.
struct Judged<'a> {
    unit: usize,
    label: &'a PartyLabel,
    is_inside: bool,
}

/// An exchange of the text around a quotation: its pairs by their position, and for each whether its words are others.
struct Asked {
    judged: Vec<usize>,
    renamed: Option<Vec<bool>>,
    pairs: Vec<Pair>,
}

/// Scores all quotations as they were written and with other parties in them.
///
/// # Errors
/// When the pairs cannot be judged.
pub fn score(
    ledger: &mut Ledger,
    articles: &[LabelledArticle],
    fillers: &Fillers,
    parties: &PartyFinder,
    judge: &dyn JudgePairs,
) -> Result<(), EvalError> {
    let (mut judged, mut asked) = (Vec::new(), Vec::new());
    for (unit, labelled) in articles.iter().enumerate() {
        let article = &labelled.article;
        let date = article.date.as_deref().and_then(|date| date.parse::<Date>().ok());
        let references = parties.for_article(&article.text, date);
        let mut random = SplitMix(seed(&article.id));
        for quotation in labelled.quotations.iter().filter(|quotation| quotation.is_speech) {
            let region = around(&article.text, quotation.span);
            let (passage, labels) = passage(&article.text, region, quotation);
            let references: Vec<PartyReference> = references
                .within(region)
                .iter()
                .map(|reference| PartyReference { span: shifted(reference.span, region), ..reference.clone() })
                .collect();
            let others: Vec<_> =
                (0..REFILLS).filter_map(|_| exchange(&passage, &references, fillers, &mut random)).collect();
            if labels.is_empty() || others.is_empty() {
                continue;
            }
            let numbers: Vec<usize> = (judged.len()..judged.len() + labels.len()).collect();
            judged.extend(labels.into_iter().zip(&passage.targets).map(|(label, target)| Judged {
                unit,
                label,
                is_inside: passage.quote.contains(target),
            }));
            asked.push(Asked { judged: numbers.clone(), renamed: None, pairs: passage.pairs() });
            asked.extend(others.into_iter().map(|other| Asked {
                judged: numbers.clone(),
                renamed: Some(other.renamed),
                pairs: other.passage.pairs(),
            }));
        }
    }
    let questions: Vec<Pair> = asked.iter().flat_map(|asked| asked.pairs.iter().cloned()).collect();
    let mut answers = ask(judge, &questions)?.into_iter();
    let mut first: Vec<Answer> = Vec::with_capacity(judged.len());
    for way in &asked {
        for (place, (&at, answer)) in way.judged.iter().zip(answers.by_ref()).enumerate() {
            match &way.renamed {
                None => {
                    right(ledger, "as written: stance, party inside", &judged[at], answer);
                    first.push(answer);
                }
                Some(renamed) => {
                    agree(ledger, &judged[at], renamed[place], (first[at].label, answer.label));
                    right(ledger, "with other parties: stance, party inside", &judged[at], answer);
                }
            }
        }
    }
    Ok(())
}

/// Counts whether a pair has the stance that it had before the exchange.
fn agree(ledger: &mut Ledger, judged: &Judged<'_>, renamed: bool, (first, label): (usize, usize)) {
    let place = if judged.is_inside { INSIDE } else { BESIDE };
    let whose = if renamed { "its own name is another" } else { "only names around it are others" };
    for name in ["all", place, whose] {
        let post = Post { section: OTHER_PARTIES, name, unit: judged.unit };
        ledger.share(post, first == label);
    }
    if first != label {
        ledger.confuse("stance, other parties", LABELS[first], LABELS[label]);
    }
}

/// Counts an answer against the gold, for a party inside the quotation.
fn right(ledger: &mut Ledger, name: &str, judged: &Judged<'_>, answer: Answer) {
    if let Some(stance) = judged.label.stance.filter(|_| judged.is_inside) {
        let post = Post { section: "against the gold", name, unit: judged.unit };
        ledger.class(post, &STANCES, Some(index(stance)), (answer.label < NONE).then_some(answer.label));
    }
}

/// The stretch of an article around a quotation, in which no word is cut.
fn around(text: &Text, quote: Span) -> Span {
    let is_word = |at: usize| text.char_at(at).is_some_and(|c| !c.is_whitespace());
    let mut start = quote.start().saturating_sub(CONTEXT.0);
    while start > 0 && is_word(start - 1) {
        start -= 1;
    }
    let mut end = text.len().min(quote.end() + CONTEXT.1);
    while is_word(end) {
        end += 1;
    }
    Span::ordered(start, end)
}

/// The passage of a quotation, with those labels whose words lie in it.
fn passage<'a>(text: &Text, region: Span, quotation: &'a Quotation) -> (Passage, Vec<&'a PartyLabel>) {
    let within = |span: Option<Span>| span.filter(|span| region.contains(span)).map(|span| shifted(span, region));
    let labels = quotation.parties.iter().filter_map(|label| Some((label, within(label.target)?)));
    let (labels, targets) = labels.unzip();
    let passage = Passage {
        text: Text::new(text.slice(region)),
        quote: shifted(quotation.span, region),
        holder: within(quotation.source),
        targets,
    };
    (passage, labels)
}

fn shifted(span: Span, region: Span) -> Span {
    Span::ordered(span.start() - region.start(), span.end() - region.start())
}

impl Passage {
    /// A question for each target.
    fn pairs(self) -> Vec<Pair> {
        let text = Arc::new(self.text);
        let pair = |target| Pair { text: Arc::clone(&text), quote: self.quote, holder: self.holder, target };
        self.targets.into_iter().map(pair).collect()
    }
}
