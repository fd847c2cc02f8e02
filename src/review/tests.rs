//! A review from drawing to gold, without a page: several reviewers, a program that stops, annotations made anew.
use std::fs;
use std::path::Path;

use super::*;
use crate::annotation::{Anchored, Annotation, Candidate, Entity, PartyStance, Probability, Quote, Stance};
use crate::pipeline::store::Place;
use crate::text::{Span, Text};

/// An article with so many sentences that somebody says, each about the EU.
fn article(path: &str, quotes: usize) -> Annotation {
    let sentences: Vec<String> = (0..quotes).map(|at| format!("“The EU sent {at} boats,” Mara Quill said.")).collect();
    let text = Text::new(sentences.join("\n\n"));
    let of = |words: &str, from: usize| {
        let at = from + text.as_str()[from..].find(words).unwrap();
        Anchored::new(&text, text.span_of_bytes(at..at + words.len()))
    };
    let mut annotation = Annotation::new(crate::annotation::Tool::default(), crate::annotation::Article::default());
    annotation.article.path = path.to_owned();
    annotation.article.sha256 = format!("hash of {path}");
    annotation.article.text = text.as_str().to_owned();
    let entity = |id: &str, name: &str| Entity { id: id.to_owned(), name: name.to_owned(), ..Entity::default() };
    annotation.entities = vec![entity("mara-quill", "Mara Quill"), entity("eu", "EU")];
    let mut from = 0;
    for (at, sentence) in sentences.iter().enumerate() {
        let stance = PartyStance {
            party: "eu".to_owned(),
            stance: Stance::Neutral,
            probabilities: crate::annotation::StanceProbabilities::certain(Stance::Neutral),
            evidence: vec![of("EU", from)],
        };
        annotation.quotes.push(Quote {
            id: format!("q{}", at + 1),
            utterance: format!("u{}", at + 1),
            spans: vec![of(&format!("The EU sent {at} boats,"), from)],
            speakers: vec!["mara-quill".to_owned()],
            candidates: vec![Candidate { entity: "mara-quill".to_owned(), probability: Probability::ONE }],
            stances: vec![stance],
            ..Quote::default()
        });
        from += sentence.len() + 2;
    }
    annotation
}

fn write(out: &Path, annotation: &Annotation) {
    let mut bytes = Vec::new();
    annotation.write_json(&mut bytes).unwrap();
    fs::write(out.join(format!("{}.json", annotation.article.path)), bytes).unwrap();
}

fn desk(articles: usize, quotes: usize) -> tempfile::TempDir {
    let out = tempfile::tempdir().unwrap();
    for at in 0..articles {
        write(out.path(), &article(&format!("{at}.txt"), quotes));
    }
    out
}

fn open(out: &Path, reviewer: &str, design: Design) -> Session {
    let clock: Clock = Box::new(|| "2026-11-21T10:00:00Z".to_owned());
    let place = Place::Folder(out.to_owned());
    Session::open(SessionSettings { place, design, reviewer: reviewer.to_owned(), clock }).unwrap().0
}

fn random(sample: usize) -> Design {
    Design { by: Manner::Random, sample: Some(sample), ..Design::default() }
}

fn right() -> Posted {
    Posted::default()
}

fn corrected(correction: &str) -> Posted {
    Posted { correction: serde_json::from_str(correction).unwrap(), ..Posted::default() }
}

fn states(session: &Session) -> Vec<Option<String>> {
    let overview = serde_json::to_value(session.overview()).unwrap();
    serde_json::from_value(overview["states"].clone()).unwrap()
}

fn report(out: &Path) -> Report {
    let log = Log::read(&out.join("review.jsonl")).unwrap();
    assert_eq!(log.faults, []);
    let matcher = Matcher::new(Verdicts::of(&log.entries).judgements());
    Report::new(&log.entries, &Population::read(out, &matcher).unwrap())
}

#[test]
fn a_review_goes_on_where_it_stopped() {
    let out = desk(3, 4);
    let mut session = open(out.path(), "ada", random(5));
    session.judge(0, right()).unwrap();
    session.judge(1, corrected(r#"{"speakers": [{"id": "eu"}]}"#)).unwrap();
    session.skip(2, Some("unclear".to_owned())).unwrap();
    session.judge(3, right()).unwrap();
    session.undo().unwrap();
    let seen = |session: &Session| -> Vec<String> {
        (0..5).map(|number| serde_json::to_value(session.view(number)).unwrap()["quote"]["spans"].to_string()).collect()
    };
    let drawn = seen(&session);
    drop(session);

    let mut again = open(out.path(), "ada", random(5));
    assert_eq!(seen(&again), drawn);
    let said = |word: &str| Some(word.to_owned());
    assert_eq!(states(&again), [said("right"), said("corrected"), said("skipped"), None, None]);
    assert_eq!(again.undo().unwrap(), Some(2));
    assert_eq!(again.undo().unwrap(), Some(1));
    assert_eq!(states(&again), [said("right"), None, None, None, None]);
    assert_eq!(states(&open(out.path(), "ben", random(5))), [None, None, None, None, None]);
    assert_eq!(seen(&open(out.path(), "ben", random(5))), drawn, "another reviewer gets the same");
    assert_eq!((again.undo().unwrap(), again.undo().unwrap()), (Some(0), None));
}

#[test]
fn what_cannot_be_is_not_taken() {
    let out = desk(1, 2);
    let mut session = open(out.path(), "ada", Design::default());
    assert!(matches!(session.judge(7, right()), Err(JudgeError::NoTask(7))));
    assert!(matches!(session.judge(0, corrected(r#"{"spans": []}"#)), Err(JudgeError::Correction(_))));
    assert_eq!(states(&session), [None, None]);
    assert_eq!(fs::read_to_string(out.path().join("review.jsonl")).unwrap(), "");
    let nobody = Design { filter: Filter { party: Some("x".to_owned()), ..Filter::default() }, ..Design::default() };
    let place = Place::Folder(out.path().to_owned());
    let settings = SessionSettings { place, design: nobody, reviewer: "ada".to_owned(), clock: Box::new(String::new) };
    let error = Session::open(settings).err().unwrap();
    assert!(matches!(error, ReviewError::NothingDrawn { population: 2 }), "{error}");
}

#[test]
fn a_random_draw_gives_an_error_rate_with_an_interval() {
    let out = desk(10, 10);
    let mut session = open(out.path(), "ada", random(20));
    for number in 0..20 {
        let posted =
            if number < 5 { corrected(r#"{"stances": [{"party": "eu", "stance": "favor"}]}"#) } else { right() };
        session.judge(number, posted).unwrap();
    }
    let report = report(out.path());
    let draw = &report.draws[0];
    assert_eq!((draw.population, draw.drawn, draw.judged), (100, 20, 20));
    let whole = &draw.rates[0];
    assert_eq!((whole.wrong, whole.judged), (5, 20));
    let estimated = whole.estimate.unwrap();
    assert!((estimated.rate - 0.25).abs() < 1e-9);
    assert!((estimated.interval.low - 0.1119).abs() < 1e-3 && (estimated.interval.high - 0.4687).abs() < 1e-3);
    assert_eq!(draw.rates.iter().map(|rate| rate.wrong).collect::<Vec<_>>(), [5, 0, 0, 5]);
    assert_eq!(session.rates(), draw.rates, "the page shows the same");
}

#[test]
fn the_uncertain_give_none() {
    let out = desk(1, 4);
    let mut session = open(out.path(), "ada", Design { by: Manner::Uncertain, ..random(2) });
    session.judge(0, Posted { wrong: true, parts: vec![Part::Speaker], ..Posted::default() }).unwrap();
    session.judge(1, Posted { wrong: true, ..Posted::default() }).unwrap();
    let draw = &report(out.path()).draws[0];
    assert!(!draw.is_estimate());
    assert!(draw.rates.iter().all(|rate| rate.estimate.is_none()));
    let counts: Vec<_> = draw.rates.iter().map(|rate| (rate.wrong, rate.judged)).collect();
    assert_eq!(counts, [(2, 2), (0, 1), (1, 1), (0, 1)], "wrong as a whole says nothing about a part");
}

#[test]
fn two_reviewers_are_compared() {
    let out = desk(1, 4);
    let [mut ada, mut ben] = ["ada", "ben"].map(|reviewer| open(out.path(), reviewer, Design::default()));
    for number in 0..4 {
        ada.judge(number, right()).unwrap();
        let other = corrected(r#"{"speakers": [{"name": "Otto Brandt"}]}"#);
        ben.judge(number, if number == 0 { other } else { right() }).unwrap();
    }
    let report = report(out.path());
    assert_eq!(report.reviewers.iter().map(|count| count.right).collect::<Vec<_>>(), [4, 3]);
    assert_eq!((report.judged, report.quotations), (4, 4));
    let about: Vec<_> = report.agreement.iter().map(|agreement| (agreement.about.as_str(), agreement.units)).collect();
    let all = ["right or wrong", "the words", "the speaker", "the stance toward a party"];
    assert_eq!(about, all.map(|about| (about, 4)));
    let pair = &report.agreement[2].pairs[0];
    assert_eq!((pair.reviewers.join(" "), pair.n, pair.observed), ("ada ben".to_owned(), 4, Some(0.75)));
    assert_eq!(pair.kappa, Some(0.0), "ada always says the same");
}

#[test]
fn verdicts_outlive_the_annotation() {
    let out = desk(1, 4);
    let mut session = open(out.path(), "ada", random(4));
    for number in 0..4 {
        let words = r#"{"spans": [{"start": 1, "end": 7}]}"#;
        let view = serde_json::to_value(session.view(number)).unwrap();
        session.judge(number, if view["quote"]["id"] == "q1" { corrected(words) } else { right() }).unwrap();
    }
    let (corrections, _) = Corrections::read(&out.path().join("review.jsonl")).unwrap();

    // Made anew, by another model: other ids, another speaker, one quotation less.
    let mut anew = article("0.txt", 4);
    anew.quotes.remove(3);
    anew.quotes[1].speakers.clear();
    for quote in &mut anew.quotes {
        quote.id.insert(0, 'x');
    }
    let applied = corrections.apply(anew);
    assert_eq!(applied.verify(), []);
    assert_eq!(applied.quotes[0].words(), "The EU");
    assert_eq!(applied.quotes[1].speakers, ["mara-quill"]);
    write(out.path(), &applied);
    assert_eq!(states(&open(out.path(), "ada", random(4))).iter().flatten().count(), 3);
    let report = report(out.path());
    assert_eq!((report.judged, report.quotations), (3, 3));
    assert_eq!(report.unmatched.iter().map(|gone| gone.words.as_str()).collect::<Vec<_>>(), ["The EU sent 3 boats,"]);
    assert_eq!(report.draws[0].judged, 4, "the draw is still judged as a whole");

    // Who reviews what was put right judges the reviewer, not the model.
    open(out.path(), "ben", Design::default()).judge(0, right()).unwrap();
    assert_eq!(self::report(out.path()).draws[0].rates[0].wrong, 1);
}

#[test]
fn gold_is_what_was_reviewed_as_a_whole() {
    let out = desk(2, 2);
    let mut session = open(out.path(), "ada", Design::default());
    session.judge(0, corrected(r#"{"speakers": [{"name": "Otto Brandt"}]}"#)).unwrap();
    session.judge(1, right()).unwrap();
    session.judge(2, right()).unwrap();
    session.judge(3, Posted { wrong: true, ..Posted::default() }).unwrap();
    let (corrections, _) = Corrections::read(&out.path().join("review.jsonl")).unwrap();
    let gold = tempfile::tempdir().unwrap();
    let summary = write_gold(out.path(), gold.path(), &corrections).unwrap();
    assert_eq!((summary.written, summary.open), (vec!["0.txt".to_owned()], vec![("1.txt".to_owned(), 1)]));
    let written = Annotation::from_json(&fs::read(gold.path().join("0.txt.json")).unwrap()).unwrap();
    assert_eq!(written.quotes[0].speakers, ["otto-brandt"]);
    let task = crate::eval::Task::new(gold.path());
    let predictions = crate::eval::Predictions::open(out.path()).unwrap();
    let subjects = crate::eval::Subjects { annotate: Some(&predictions), ..crate::eval::Subjects::default() };
    assert_eq!(crate::eval::evaluate(&task, subjects).unwrap().units, 1);
}

#[test]
fn a_killed_program_loses_at_most_what_nobody_was_told() {
    let out = desk(1, 3);
    let mut session = open(out.path(), "ada", Design::default());
    session.judge(0, right()).unwrap();
    session.judge(1, right()).unwrap();
    let path = out.path().join("review.jsonl");
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 9]).unwrap();
    let place = Place::Folder(out.path().to_owned());
    let clock: Clock = Box::new(String::new);
    let settings = SessionSettings { place, design: Design::default(), reviewer: "ada".to_owned(), clock };
    let (mut session, faults) = Session::open(settings).unwrap();
    assert!(matches!(faults.as_slice(), [LogFault::Torn(_)]), "{faults:?}");
    assert_eq!(states(&session).iter().flatten().count(), 1);
    session.judge(1, right()).unwrap();
    assert_eq!(Log::read(&path).unwrap().faults, []);
}

#[test]
fn an_article_s_words_are_where_the_test_says() {
    let annotation = article("a.txt", 2);
    assert_eq!(annotation.verify().iter().map(ToString::to_string).collect::<Vec<_>>(), [""; 0]);
    let text = Text::new(annotation.article.text.as_str());
    assert_eq!(text.slice(Span::new(1, 7).unwrap()), "The EU");
}
