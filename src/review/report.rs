//! [`Report`]: what a review has shown, as plain data. The command line prints it as a table, `--json` writes it.
use std::collections::{BTreeMap, HashMap};

use serde::{Deserialize, Serialize};

use super::agreement::{alpha, kappa, observed};
use super::draw::{Design, Draw, Manner};
use super::entry::{Entry, Judgement};
use super::item::Population;
use super::rates::{PartRate, rates};
use super::subject::Key;
use super::verdicts::Verdicts;
use crate::annotation::{QuoteKind, Verdict};
use crate::text::fold;

/// What a review has shown.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// How many quotations the annotations hold.
    pub quotations: usize,
    /// How many of them somebody has judged.
    pub judged: usize,
    /// What each reviewer has done.
    pub reviewers: Vec<ReviewerCount>,
    /// The verdicts by kind of quotation. These are plain counts, however the quotations were chosen.
    pub kinds: Vec<KindRate>,
    /// The error rates of each draw.
    pub draws: Vec<DrawReport>,
    /// How far reviewers agree, where several have judged the same.
    pub agreement: Vec<Agreement>,
    /// Verdicts on quotations that the annotations no longer have. They stay in the file.
    pub unmatched: Vec<Unmatched>,
}

/// What a reviewer has done.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ReviewerCount {
    /// Who.
    pub reviewer: String,
    /// Found right.
    pub right: usize,
    /// Put right.
    pub corrected: usize,
    /// Found wrong and not put right.
    pub wrong: usize,
    /// Left for later.
    pub skipped: usize,
}

/// The last verdicts on quotations of a kind.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct KindRate {
    /// The kind.
    pub kind: QuoteKind,
    /// How many were judged.
    pub judged: usize,
    /// How many of them are wrong.
    pub wrong: usize,
}

/// The error rates of a draw.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct DrawReport {
    /// By what it was drawn.
    #[serde(flatten)]
    pub design: Design,
    /// How many quotations fitted the filter when it was drawn.
    pub population: usize,
    /// How many were drawn.
    pub drawn: usize,
    /// How many of them were judged as the model left them.
    pub judged: usize,
    /// The rates, of the whole and of each part.
    pub rates: Vec<PartRate>,
}

/// How far reviewers agree on something.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Agreement {
    /// On what.
    pub about: String,
    /// How many things two or more reviewers have judged.
    pub units: usize,
    /// Krippendorff's alpha of all reviewers.
    pub alpha: Option<f64>,
    /// Each two of them.
    pub pairs: Vec<PairAgreement>,
}

/// How far two reviewers agree.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PairAgreement {
    /// Who.
    pub reviewers: [String; 2],
    /// How many things both have judged.
    pub n: usize,
    /// The share on which they agree.
    pub observed: Option<f64>,
    /// Cohen's kappa.
    pub kappa: Option<f64>,
}

/// A verdict on a quotation that is not there any more.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Unmatched {
    /// Path of the article.
    pub article: String,
    /// The words that were judged.
    pub words: String,
    /// What was said.
    pub verdict: Verdict,
    /// By whom.
    pub reviewer: String,
    /// When.
    pub time: String,
}

/// Labels that reviewers gave, by what they are about.
type Labels<'a, T> = BTreeMap<T, BTreeMap<&'a str, String>>;

impl Report {
    /// Puts verdicts and the annotations that are there together.
    #[must_use]
    pub fn new(entries: &[Entry], population: &Population) -> Self {
        let verdicts = Verdicts::of(entries);
        let judged: Vec<(Key, &Judgement)> = verdicts
            .judgements()
            .map(|judgement| (current(population, judgement.mark.subject.key()), judgement))
            .collect();
        // The last word on the model's own output; what had been through a review before says nothing about the model.
        let of_model = judged.iter().filter(|(_, judgement)| !judgement.mark.subject.reviewed);
        let last: BTreeMap<&Key, &Judgement> = of_model.map(|(key, judgement)| (key, *judgement)).collect();
        let draws = entries.iter().filter_map(|entry| match entry {
            Entry::Draw(draw) => Some(draw_report(draw, population, &last)),
            _ => None,
        });
        let still_there = population.judged.values().collect::<std::collections::HashSet<_>>().len();
        Self {
            quotations: population.items.len(),
            judged: still_there,
            reviewers: reviewers(&verdicts),
            kinds: kinds(&last),
            draws: draws.collect(),
            agreement: agreement(&judged),
            unmatched: verdicts.judgements().filter_map(|judgement| unmatched(judgement, population)).collect(),
        }
    }
}

/// The name that a judged quotation has in the annotations as they are now.
fn current(population: &Population, key: Key) -> Key {
    population.judged.get(&key).map_or(key, |at| population.items[*at].key.clone())
}

fn draw_report(draw: &Draw, population: &Population, last: &BTreeMap<&Key, &Judgement>) -> DrawReport {
    let judged: Vec<(Option<usize>, &Judgement)> = draw
        .items
        .iter()
        .filter_map(|drawn| Some((drawn.stratum, *last.get(&current(population, drawn.key.clone()))?)))
        .collect();
    DrawReport {
        design: draw.design.clone(),
        population: draw.population,
        drawn: draw.items.len(),
        judged: judged.len(),
        rates: rates(draw, &judged),
    }
}

fn reviewers(verdicts: &Verdicts) -> Vec<ReviewerCount> {
    let mut counts: BTreeMap<&str, ReviewerCount> = BTreeMap::new();
    for judgement in verdicts.judgements() {
        let count = counts.entry(&judgement.mark.reviewer).or_default();
        match judgement.verdict {
            Verdict::Right => count.right += 1,
            Verdict::Corrected => count.corrected += 1,
            Verdict::Wrong => count.wrong += 1,
        }
    }
    for reviewer in verdicts.skips() {
        counts.entry(reviewer).or_default().skipped += 1;
    }
    counts.into_iter().map(|(reviewer, count)| ReviewerCount { reviewer: reviewer.to_owned(), ..count }).collect()
}

fn kinds(last: &BTreeMap<&Key, &Judgement>) -> Vec<KindRate> {
    let kinds = [QuoteKind::Direct, QuoteKind::Mixed, QuoteKind::Indirect].into_iter().map(|kind| {
        let of_kind: Vec<_> = last.values().filter(|judgement| judgement.mark.subject.judged.kind == kind).collect();
        let wrong = of_kind.iter().filter(|judgement| judgement.verdict != Verdict::Right).count();
        KindRate { kind, judged: of_kind.len(), wrong }
    });
    kinds.filter(|rate| rate.judged > 0).collect()
}

/// What reviewers agree on: that something is wrong, which words are said, who says them, and each stance.
fn agreement(judged: &[(Key, &Judgement)]) -> Vec<Agreement> {
    let [mut verdict, mut span, mut speaker]: [Labels<&Key>; 3] = Default::default();
    let mut stance: Labels<(&Key, String)> = BTreeMap::new();
    let mut parties: HashMap<&Key, Vec<String>> = HashMap::new();
    for (key, judgement) in judged {
        let truth = judgement.correction.truth(&judgement.mark.subject.judged);
        parties.entry(key).or_default().extend(truth.stances.into_iter().map(|held| held.party));
    }
    for (key, judgement) in judged {
        let reviewer = judgement.mark.reviewer.as_str();
        let is_right = judgement.verdict == Verdict::Right;
        verdict.entry(key).or_default().insert(reviewer, if is_right { "right" } else { "wrong" }.to_owned());
        // Who only says that it is wrong has not said what is true.
        if judgement.verdict == Verdict::Wrong {
            continue;
        }
        let truth = judgement.correction.truth(&judgement.mark.subject.judged);
        let no_speech = judgement.correction.no_speech.is_some();
        span.entry(key).or_default().insert(reviewer, if no_speech { String::new() } else { truth.words() });
        if no_speech {
            continue;
        }
        let mut names: Vec<String> = truth.speakers.iter().map(|named| fold(&named.name)).collect();
        names.sort();
        speaker.entry(key).or_default().insert(reviewer, names.join("; "));
        for party in &parties[key] {
            let held = truth.stances.iter().find(|held| held.party == *party);
            let label = held.map_or("none", |held| held.stance.word()).to_owned();
            stance.entry((key, party.clone())).or_default().insert(reviewer, label);
        }
    }
    let about = [
        agreement_about("right or wrong", &verdict),
        agreement_about("the words", &span),
        agreement_about("the speaker", &speaker),
        agreement_about("the stance toward a party", &stance),
    ];
    about.into_iter().filter(|agreement| agreement.units > 0).collect()
}

fn agreement_about<T>(about: &str, labels: &Labels<T>) -> Agreement {
    let units: Vec<Vec<&str>> = labels.values().map(|given| given.values().map(String::as_str).collect()).collect();
    let mut reviewers: Vec<&str> = labels.values().flat_map(|given| given.keys().copied()).collect();
    reviewers.sort_unstable();
    reviewers.dedup();
    let mut pairs = Vec::new();
    for (at, one) in reviewers.iter().enumerate() {
        for other in &reviewers[at + 1..] {
            let both: Vec<(&str, &str)> = labels
                .values()
                .filter_map(|given| Some((given.get(one)?.as_str(), given.get(other)?.as_str())))
                .collect();
            if !both.is_empty() {
                let reviewers = [*one, *other].map(str::to_owned);
                pairs.push(PairAgreement { reviewers, n: both.len(), observed: observed(&both), kappa: kappa(&both) });
            }
        }
    }
    let units_of_several = units.iter().filter(|labels| labels.len() > 1).count();
    Agreement { about: about.to_owned(), units: units_of_several, alpha: alpha(&units), pairs }
}

/// A verdict whose quotation is not there, unless it is gone because the verdict says that it is no speech.
fn unmatched(judgement: &Judgement, population: &Population) -> Option<Unmatched> {
    let subject = &judgement.mark.subject;
    let is_there = population.judged.contains_key(&subject.key()) || judgement.correction.no_speech.is_some();
    (!is_there).then(|| Unmatched {
        article: subject.article.clone(),
        words: subject.judged.words(),
        verdict: judgement.verdict,
        reviewer: judgement.mark.reviewer.clone(),
        time: judgement.mark.time.clone(),
    })
}

impl DrawReport {
    /// Whether its rates say something about the quotations that were not looked at.
    #[must_use]
    pub const fn is_estimate(&self) -> bool {
        matches!(self.design.by, Manner::Random | Manner::Stratified)
    }
}
