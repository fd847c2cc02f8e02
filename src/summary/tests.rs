//! Figures of statements made by hand.
use jiff::civil::{Date, date};

use super::{
    ArticleRow, Counts, Held, Names, Pair, PeriodUnit, Quoted, SpeakerRow, Speaking, Statement, Statements, Summary,
    index,
};
use crate::annotation::{EntityKind, Probability, QuoteKind, Stance, StanceProbabilities, Verdict};

const ANA: u32 = 0;
const BO: u32 = 1;
/// Parties: Ana speaks for 0, Bo for 0 too, about 1 and 2.
const HOME: u32 = 0;
const NORTH: u32 = 1;
const SOUTH: u32 = 2;

fn statements(days: &[Option<Date>], quotes: Vec<Statement>) -> Statements {
    let mut parties = Names::default();
    for party in ["home", "north", "south"] {
        parties.number(party);
    }
    let article = |(read, date): (usize, &Option<Date>)| ArticleRow {
        read: index(read),
        id: String::new(),
        path: String::new(),
        title: None,
        date: *date,
        source: None,
        length: 100,
    };
    let speaker = |name: &str| SpeakerRow {
        id: name.to_lowercase(),
        name: name.to_owned(),
        kind: EntityKind::Person,
        party: Some(HOME),
    };
    Statements {
        articles: days.iter().enumerate().map(article).collect(),
        speakers: vec![speaker("Ana"), speaker("Bo")],
        parties,
        sources: Names::default(),
        quotes,
    }
}

/// A sure quotation that is its own utterance and its own words.
fn quote(number: u32, article: u32, speakers: &[u32], stances: &[(u32, Stance)]) -> Statement {
    Statement {
        article,
        id: format!("q{number}").into(),
        start: number * 10,
        end: number * 10 + 5,
        kind: QuoteKind::Direct,
        speakers: speakers.iter().map(|speaker| Speaking { speaker: *speaker, party: Some(HOME) }).collect(),
        p_span: Probability::ONE,
        p_speaker: Probability::ONE,
        verdict: None,
        utterance: number,
        words: number,
        stances: stances
            .iter()
            .map(|(party, stance)| Held {
                party: *party,
                stance: *stance,
                probabilities: StanceProbabilities::certain(*stance),
            })
            .collect(),
    }
}

fn pair(summary: &Summary, speaker: u32, party: u32) -> &Pair {
    summary.pairs.iter().find(|pair| (pair.speaker, pair.party) == (speaker, party)).unwrap()
}

#[test]
fn a_statement_counts_as_much_as_it_is_probable() {
    let mut doubtful = quote(1, 0, &[ANA], &[(NORTH, Stance::Favor)]);
    doubtful.p_span = Probability::new(0.8);
    doubtful.p_speaker = Probability::new(0.5);
    let summary = Summary::of(&statements(&[None], vec![quote(0, 0, &[ANA], &[(NORTH, Stance::Against)]), doubtful]));
    let figure = pair(&summary, ANA, NORTH).figure;
    assert_eq!((figure.favor, figure.against, figure.statements), (0.4, 1.0, 2));
    assert!((figure.score + 0.6 / 1.4).abs() < 1e-4);
}

#[test]
fn copies_and_wrong_ones_do_not_count() {
    let mut copy = quote(1, 1, &[ANA], &[(NORTH, Stance::Favor)]);
    copy.words = 0;
    let mut wrong = quote(2, 1, &[ANA], &[(NORTH, Stance::Against)]);
    wrong.verdict = Some(Verdict::Wrong);
    let nobody = quote(3, 1, &[], &[(NORTH, Stance::Against)]);
    let quotes = vec![quote(0, 0, &[ANA], &[(NORTH, Stance::Favor)]), copy, wrong, nobody];
    let summary = Summary::of(&statements(&[None, None], quotes));
    assert_eq!(pair(&summary, ANA, NORTH).quotes, [0]);
    assert_eq!(summary.parties[&NORTH].quotes, 1);
    let Counts { quotes, counted, copies, wrong, without_speaker, .. } = summary.counts;
    assert_eq!((quotes, counted, copies, wrong, without_speaker), (4, 2, 1, 1, 1));
}

#[test]
fn a_copy_counts_where_the_first_print_was_judged_wrong() {
    let mut wrong = quote(0, 0, &[BO], &[(NORTH, Stance::Favor)]);
    wrong.verdict = Some(Verdict::Wrong);
    let mut copy = quote(1, 1, &[ANA], &[(NORTH, Stance::Favor)]);
    copy.words = 0;
    let summary = Summary::of(&statements(&[None, None], vec![wrong, copy]));
    assert_eq!(pair(&summary, ANA, NORTH).quotes, [1]);
}

#[test]
fn the_parts_of_a_speech_share_one_statement_by_party() {
    let mut parts: Vec<_> = (0..3).map(|at| quote(at, 0, &[ANA], &[(NORTH, Stance::Favor)])).collect();
    parts[2] = quote(2, 0, &[ANA], &[(NORTH, Stance::Against), (SOUTH, Stance::Against)]);
    for part in &mut parts {
        part.utterance = 7;
    }
    let summary = Summary::of(&statements(&[None], parts));
    let north = pair(&summary, ANA, NORTH).figure;
    assert_eq!((north.statements, north.quotes, north.favor, north.against), (1, 3, 0.6667, 0.3333));
    assert_eq!(pair(&summary, ANA, SOUTH).figure.statements, 1);
}

#[test]
fn joint_speakers_count_each_and_their_party_once() {
    let summary = Summary::of(&statements(&[None], vec![quote(0, 0, &[ANA, BO], &[(NORTH, Stance::Favor)])]));
    assert_eq!(summary.pairs.len(), 2);
    assert_eq!(summary.groups[&(HOME, NORTH)].statements, 1);
    assert_eq!(summary.parties[&NORTH].statements, 1);
    assert_eq!(summary.quoted[BO as usize], Quoted { quotes: 1, articles: 1 });
}

#[test]
fn figures_are_given_by_article_and_by_period() {
    let days = [Some(date(2020, 2, 3)), Some(date(2020, 2, 9)), None];
    let quotes = (0..3).map(|at| quote(at, at, &[ANA], &[(NORTH, Stance::Favor)])).collect();
    let summary = Summary::of(&statements(&days, quotes));
    assert_eq!(summary.articles.len(), 3);
    let of = |unit| {
        let periods =
            summary.periods.iter().filter(|((period, speaker, _), _)| period.unit == unit && *speaker == Some(ANA));
        periods.map(|((period, ..), figure)| (period.from.to_string(), figure.statements)).collect::<Vec<_>>()
    };
    assert_eq!(of(PeriodUnit::Day).len(), 2);
    assert_eq!(of(PeriodUnit::Week), [("2020-02-03".to_owned(), 2)]);
    assert_eq!(of(PeriodUnit::Month), [("2020-02-01".to_owned(), 2)]);
    assert_eq!((summary.counts.articles, summary.counts.dated_articles), (3, 2));
}
