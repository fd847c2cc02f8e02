//! The scorers over whole articles, on invented ones.
use proptest::prelude::*;

use super::*;
use crate::annotation::{Flag, MentionForm, QuoteKind, Stance, StanceProbabilities};
use crate::eval::attribution::{Judgement, Speaker};
use crate::eval::gold::{Bounds, Layers, bare_article, diplomacy};
use crate::eval::report::Report;
use crate::text::{Span, Text};

const TEXT: &str = "“The dam will hold for years,” Mara Quill told Oslo. She added that the “safe” road was open.\n\n\
                    Oren Blay said Bergen had paid for it.";

/// Sections in which less is better.
const ERRORS: [&str; 2] = ["calibration error", "log loss"];

const ASCRIBE: Layers = Layers { bounds: Bounds::Quotes, cues: true, sources: true, speakers: true };
const POLNEAR: Layers = Layers { bounds: Bounds::Contents, cues: true, sources: true, speakers: false };

fn find(words: &str) -> Span {
    let text = Text::new(TEXT);
    let at = TEXT.find(words).unwrap();
    text.span_of_bytes(at..at + words.len())
}

fn quote(kind: QuoteKind, content: &str, source: &str, speaker: &str) -> Attribution {
    Attribution {
        kind,
        content: vec![find(content)],
        source: Some(find(source)),
        form: Some(MentionForm::Name),
        speakers: vec![Speaker { name: speaker.to_owned(), ..Speaker::default() }],
        span_confidence: 1.0,
        speaker_confidence: 1.0,
        ..Attribution::default()
    }
}

fn stance(party: &str, stance: Stance) -> Judgement {
    Judgement { party: party.to_owned(), stance, probabilities: StanceProbabilities::certain(stance) }
}

/// The quotes of the article, bounds as ours are.
fn quotes() -> Vec<Attribution> {
    vec![
        quote(QuoteKind::Direct, "The dam will hold for years,", "Mara Quill", "Mara Quill"),
        Attribution {
            form: Some(MentionForm::Pronoun),
            stances: vec![stance("oslo", Stance::Favor), stance("bergen", Stance::Against)],
            undecided: vec!["us".to_owned()],
            flags: vec![Flag::Unclosed],
            ..quote(QuoteKind::Indirect, "the “safe” road was open", "She", "Mara Quill")
        },
        quote(QuoteKind::Indirect, "Bergen had paid for it", "Oren Blay", "Oren Blay"),
    ]
}

fn gold(quotes: Vec<Attribution>, layers: Layers) -> GoldArticle {
    let article = bare_article("dam", std::path::Path::new("dam.txt"), TEXT.to_owned());
    GoldArticle { article, quotes, not_speech: vec![find("safe")], masked: Vec::new(), layers }
}

fn scored(gold: &GoldArticle, guess: &[Attribution]) -> Report {
    let mut ledger = Ledger::default();
    ledger.units(1);
    score_article(&mut ledger, 0, gold, guess);
    ledger.report("gold".to_owned())
}

fn share(report: &Report, section: &str, name: &str) -> (usize, usize) {
    let row = report.row(section, name).unwrap_or_else(|| panic!("no row {section}, {name}"));
    (row.right.expect("a share"), row.n)
}

fn value(report: &Report, section: &str, name: &str) -> f64 {
    report.row(section, name).and_then(|row| row.value).unwrap_or_else(|| panic!("no value {section}, {name}"))
}

#[test]
fn gold_is_perfect_against_itself() {
    let report = scored(&gold(quotes(), ASCRIBE), &quotes());
    for section in report.sections.iter().filter(|section| !ERRORS.contains(&section.name.as_str())) {
        for row in &section.rows {
            assert!(row.value.is_none_or(|value| (value - 1.0).abs() < 1e-9), "{} {row:?}", section.name);
        }
    }
    assert!(value(&report, "calibration error", "span") < 1e-9);
    assert!(value(&report, "log loss", "stance") < 1e-9);
    assert_eq!(report.confusions, []);
}

#[test]
fn contents_with_marks_and_that_fit_quotes_without() {
    let mut contents = quotes();
    contents[0].content = vec![find("“The dam will hold for years,”")];
    contents[1].content = vec![find("that the “safe” road was open")];
    let report = scored(&gold(contents, POLNEAR), &quotes());
    assert!((value(&report, "contents", "by character: F1") - 1.0).abs() < 1e-9);
    assert!((value(&report, "contents", "exact: F1") - 1.0).abs() < 1e-9);
    assert_eq!(share(&report, "quoted strings of four words or more", "exact"), (1, 1));
    assert_eq!(share(&report, "quoted strings of four words or more", "end-to-end speaker"), (1, 1));
    assert_eq!(share(&report, "links", "right source of all contents"), (3, 3));
    assert!(report.row("speakers", "right of all quotes").is_none(), "PolNeAR names nobody");
}

#[test]
fn a_wrong_source_is_a_wrong_link() {
    let mut guess = quotes();
    guess[2].source = Some(find("Mara Quill"));
    guess.remove(1);
    let report = scored(&gold(quotes(), POLNEAR), &guess);
    assert_eq!(share(&report, "links", "contents found (IoU .5)"), (2, 3));
    assert_eq!(share(&report, "links", "right source of contents found"), (1, 2));
    assert_eq!(share(&report, "links", "right source of all contents"), (1, 3));
}

#[test]
fn the_quotes_of_an_utterance_are_one_content() {
    let both = vec![find("“The dam will hold for years,”"), find("the “safe” road was open")];
    let contents = vec![Attribution { content: both, ..quotes().remove(0) }];
    let mut guess = quotes()[..2].to_vec();
    for one in &mut guess {
        one.utterance = "u1".to_owned();
    }
    assert_eq!(share(&scored(&gold(contents, POLNEAR), &guess), "links", "right source of all contents"), (1, 1));
}

#[test]
fn masked_words_count_on_neither_side() {
    let mut gold = gold(quotes()[..1].to_vec(), POLNEAR);
    gold.masked = vec![find("Oren Blay said Bergen had paid for it.")];
    let mut guess = quotes();
    guess.remove(1);
    assert!((value(&scored(&gold, &guess), "contents", "by character: F1") - 1.0).abs() < 1e-9);
}

#[test]
fn a_string_whose_speaker_is_named_elsewhere_is_right() {
    let mut guess = quotes();
    guess[0].source = None;
    let name = "end-to-end speaker";
    assert_eq!(share(&scored(&gold(quotes(), ASCRIBE), &guess), "quoted strings of four words or more", name), (1, 1));
    guess[0].speakers[0].name = "Quill, the mayor".to_owned();
    assert_eq!(share(&scored(&gold(quotes(), ASCRIBE), &guess), "quoted strings of four words or more", name), (0, 1));
    guess[0].speakers[0].mentions = vec![find("Mara")];
    assert_eq!(share(&scored(&gold(quotes(), ASCRIBE), &guess), "quoted strings of four words or more", name), (1, 1));
}

#[test]
fn bounds_off_by_a_word_are_found_and_not_exact() {
    let mut guess = quotes();
    guess[0].content = vec![find("dam will hold for years,")];
    guess.push(quote(QuoteKind::Mixed, "safe", "She", "Mara Quill"));
    let report = scored(&gold(quotes(), ASCRIBE), &guess);
    assert_eq!(share(&report, "quotes", "direct: found (IoU .5)"), (1, 1));
    assert_eq!(share(&report, "quotes", "in marks: exact"), (0, 1));
    assert_eq!(share(&report, "quotes", "marked text that is no speech: left alone"), (0, 1));
    assert!((value(&report, "quotes", "IoU .8: precision") - 0.75).abs() < 1e-9);
    assert!((value(&report, "quotes", "IoU .8: recall") - 1.0).abs() < 1e-9);
    assert_eq!(share(&report, "by phenomenon", "unclosed: exact"), (1, 1));
}

#[test]
fn speakers_are_counted_by_form_and_kind() {
    let mut guess = quotes();
    guess[1].speakers[0].name = "Oren Blay".to_owned();
    guess.pop();
    let report = scored(&gold(quotes(), ASCRIBE), &guess);
    assert_eq!(share(&report, "speakers", "right of all quotes"), (1, 3));
    assert_eq!(share(&report, "speakers", "right of quotes found (IoU .5)"), (1, 2));
    assert_eq!(share(&report, "speakers", "right, source is a pronoun"), (0, 1));
    assert_eq!(share(&report, "speakers", "right of direct quotes"), (1, 1));
    let confusion = &report.confusions.iter().find(|confusion| confusion.about == "speaker").unwrap();
    assert_eq!((confusion.gold.as_str(), confusion.guess.as_str()), ("Mara Quill", "Oren Blay"));
}

#[test]
fn stances_are_missed_right_or_needless() {
    let mut guess = quotes();
    guess[1].stances =
        vec![stance("oslo", Stance::Neutral), stance("us", Stance::Favor), stance("nato", Stance::Favor)];
    let report = scored(&gold(quotes(), ASCRIBE), &guess);
    assert_eq!(share(&report, "stances", "right of all pairs"), (0, 2));
    assert!((value(&report, "stances", "parties: precision") - 0.5).abs() < 1e-9);
    assert!((value(&report, "stances", "parties: recall") - 0.5).abs() < 1e-9);
    let confusion = |gold: &str, guess: &str| {
        report.confusions.iter().any(|one| one.about == "stance" && one.gold == gold && one.guess == guess)
    };
    assert!(confusion("favor", "neutral") && confusion("against", "none") && confusion("none", "favor"));
    assert_eq!(share(&report, "stances by party", "oslo"), (0, 1));
}

#[test]
fn labelled_quotations_are_scored_by_name_and_party() {
    let (_, articles) = diplomacy::tests::sample();
    let text = &articles[0].article.text;
    let place = |words: &str| {
        let at = text.as_str().find(words).unwrap();
        text.span_of_bytes(at..at + words.len())
    };
    let guess = Attribution {
        content: vec![place("We stand by Oslo")],
        source: Some(place("Mara")),
        speakers: vec![Speaker { name: "Quill".to_owned(), ..Speaker::default() }],
        stances: vec![stance("oslo", Stance::Favor), stance("bergen", Stance::Against)],
        ..Attribution::default()
    };
    let mut ledger = Ledger::default();
    score_quotations(&mut ledger, 0, &articles[0], &[guess]);
    let report = ledger.report("diplomacy".to_owned());
    assert_eq!(share(&report, "quotations", "found (IoU .8)"), (1, 1));
    assert_eq!(share(&report, "quotations", "exact"), (0, 1));
    assert_eq!(share(&report, "quotations", "marked text that is no speech: left alone"), (1, 1));
    assert_eq!(share(&report, "speakers", "right source of quotations found"), (1, 1));
    assert_eq!(share(&report, "speakers", "right name of all quotations"), (1, 1));
    assert_eq!(share(&report, "speakers", "right name of all quotations, in full"), (0, 1));
    assert!((value(&report, "stances of quotations found", "party inside: macro F1") - 1.0).abs() < 1e-9);
    assert!(value(&report, "stances of quotations found", "party outside, not referred to: recall") < 1e-9);
    assert!(value(&report, "stances of quotations found", "party outside, four classes: accuracy") < 1e-9);
    let together = |report: &Report, name| share(report, "quotation, speaker and stance right together", name);
    assert_eq!(together(&report, "party inside"), (1, 1));
    assert_eq!(together(&report, "party outside"), (0, 1));
}

#[test]
fn no_entry_for_the_own_party_means_that_it_is_not_judged() {
    let (_, mut articles) = diplomacy::tests::sample();
    articles[0].quotations[0].parties[0].stance = Some(Stance::Neutral);
    let span = articles[0].quotations[0].span;
    let right = |party: Option<&str>, name: &str| {
        let speaker = Speaker { name: name.to_owned(), party: party.map(str::to_owned), ..Speaker::default() };
        let guess = Attribution { content: vec![span], speakers: vec![speaker], ..Attribution::default() };
        let mut ledger = Ledger::default();
        score_quotations(&mut ledger, 0, &articles[0], &[guess]);
        let report = ledger.report("diplomacy".to_owned());
        share(&report, "quotation, speaker and stance right together", "party inside")
    };
    assert_eq!(right(Some("oslo"), "Mara Quill"), (1, 1));
    assert_eq!(right(Some("bergen"), "Mara Quill"), (0, 1));
    assert_eq!(right(Some("oslo"), "Pål Strand"), (0, 1), "another speaker");
}

proptest! {
    /// Quotes that do not overlap are perfect against themselves, and F1 does not know which side is gold.
    #[test]
    fn scores_of_spans_are_whole_and_symmetric(borders in prop::collection::btree_set(0usize..130, 2..12), drop in 0usize..6) {
        let borders: Vec<usize> = borders.into_iter().collect();
        let all: Vec<Attribution> = borders
            .chunks_exact(2)
            .map(|pair| Attribution {
                content: vec![Span::new(pair[0], pair[1]).unwrap()],
                ..quote(QuoteKind::Indirect, "Bergen", "She", "Mara Quill")
            })
            .collect();
        let fewer: Vec<Attribution> =
            all.iter().enumerate().filter(|(at, _)| *at != drop).map(|(_, one)| one.clone()).collect();
        let whole = scored(&gold(all.clone(), ASCRIBE), &all);
        for name in ["by character: F1", "exact: F1"] {
            prop_assert!(whole.row("contents", name).unwrap().value.is_none_or(|value| (value - 1.0).abs() < 1e-9));
            let (there, back) = (scored(&gold(all.clone(), ASCRIBE), &fewer), scored(&gold(fewer.clone(), ASCRIBE), &all));
            prop_assert_eq!(there.row("contents", name).unwrap().value, back.row("contents", name).unwrap().value);
        }
    }
}
