//! The report of a review as tables.
use std::io::{self, Write};

use ascribe::eval::Interval;
use ascribe::review::{Agreement, Design, DrawReport, Filter, Manner, PartRate, Report};

use crate::cli::progress::counted;
use crate::cli::table::bare;

/// Prints a report for people.
pub fn print(report: &Report, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "{} of {} judged", report.judged, counted(report.quotations, "quotation"))?;
    let mut table = bare(["", "right", "corrected", "wrong", "skipped"]);
    for count in &report.reviewers {
        let numbers = [count.right, count.corrected, count.wrong, count.skipped].map(|number| number.to_string());
        table.add_row([count.reviewer.clone()].into_iter().chain(numbers));
    }
    writeln!(out, "\nreviewers\n{table}")?;
    for draw in &report.draws {
        print_draw(draw, out)?;
    }
    let mut table = bare(["", "wrong", "of"]);
    for rate in &report.kinds {
        table.add_row([rate.kind.word().to_owned(), rate.wrong.to_string(), rate.judged.to_string()]);
    }
    writeln!(out, "\nby kind, all verdicts together: counts, no estimate\n{table}")?;
    if !report.agreement.is_empty() {
        print_agreement(&report.agreement, out)?;
    }
    if !report.unmatched.is_empty() {
        writeln!(
            out,
            "\nverdicts on quotations that are not there any more: {}; they are kept",
            report.unmatched.len()
        )?;
        for gone in &report.unmatched {
            writeln!(out, "  {} {}: {} “{}”", gone.reviewer, gone.verdict.word(), gone.article, gone.words)?;
        }
    }
    Ok(())
}

fn print_draw(draw: &DrawReport, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "\n{}", described(draw))?;
    let mut table = bare(["wrong", "judged", "error rate", "95% interval"]);
    for PartRate { part, judged, wrong, estimate } in &draw.rates {
        let name = part.map_or("anything", |part| part.word());
        let rate = estimate.map_or_else(|| "–".to_owned(), |estimate| format!("{:.3}", estimate.rate));
        let range = estimate.map_or_else(String::new, |estimate| interval(estimate.interval));
        table.add_row([name.to_owned(), format!("{wrong}/{judged}"), rate, range]);
    }
    writeln!(out, "{table}")?;
    match draw.design.by {
        Manner::Uncertain => writeln!(out, "the least sure were chosen: this is no estimate of the error rate"),
        Manner::Stratified => writeln!(out, "weighted back by the size of the strata"),
        _ => Ok(()),
    }
}

/// What was drawn, in words.
fn described(draw: &DrawReport) -> String {
    let Design { by, strata, seed, filter, .. } = &draw.design;
    let strata = strata.map_or_else(String::new, |strata| format!(" by {}", strata.word()));
    let Filter { speaker, party, kind, below, article } = filter;
    let filters = [
        speaker.as_ref().map(|speaker| format!("speaker {speaker}")),
        party.as_ref().map(|party| format!("party {party}")),
        kind.map(|kind| kind.word().to_owned()),
        below.map(|below| format!("below {}", below.value())),
        article.as_ref().map(|article| format!("article {article}")),
    ];
    let filters: Vec<String> = filters.into_iter().flatten().collect();
    let only = if filters.is_empty() { String::new() } else { format!(" ({})", filters.join(", ")) };
    format!(
        "{}{strata}: {} drawn of {}{only}, seed {seed}, {} judged",
        by.word(),
        draw.drawn,
        draw.population,
        draw.judged
    )
}

fn print_agreement(agreement: &[Agreement], out: &mut impl Write) -> io::Result<()> {
    let number = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.3}"));
    let mut table = bare(["", "reviewers", "n", "agree", "Cohen's κ", "Krippendorff's α"]);
    for Agreement { about, units, alpha, pairs } in agreement {
        table.add_row([
            about.clone(),
            "all".to_owned(),
            units.to_string(),
            String::new(),
            String::new(),
            number(*alpha),
        ]);
        for pair in pairs {
            let reviewers = pair.reviewers.join(", ");
            let numbers = [pair.n.to_string(), number(pair.observed), number(pair.kappa), String::new()];
            table.add_row([String::new(), reviewers].into_iter().chain(numbers));
        }
    }
    writeln!(out, "\nagreement\n{table}")
}

fn interval(interval: Interval) -> String {
    format!("{:.3}–{:.3}", interval.low, interval.high)
}

#[cfg(test)]
mod tests {
    use ascribe::annotation::{QuoteKind, Verdict};
    use ascribe::review::{KindRate, PairAgreement, Part, ReviewerCount, Strata, Unmatched, wilson};

    use super::*;

    #[test]
    fn a_report_is_printed_for_people() {
        let rate = |part, wrong| PartRate {
            part,
            judged: 20,
            wrong,
            estimate: Some(ascribe::review::Estimate {
                rate: f64::from(wrong as u8) / 20.0,
                interval: wilson(0.25, 20.0),
            }),
        };
        let filter = Filter { party: Some("eu".to_owned()), ..Filter::default() };
        let design =
            Design { by: Manner::Stratified, strata: Some(Strata::Speaker), sample: Some(20), seed: 7, filter };
        let pair =
            PairAgreement { reviewers: ["ada", "ben"].map(str::to_owned), n: 4, observed: Some(0.75), kappa: None };
        let count = ReviewerCount { reviewer: "ada".to_owned(), right: 15, corrected: 4, wrong: 1, skipped: 2 };
        let report = Report {
            quotations: 100,
            judged: 20,
            reviewers: vec![count],
            kinds: vec![KindRate { kind: QuoteKind::Mixed, judged: 6, wrong: 2 }],
            draws: vec![DrawReport {
                design,
                population: 90,
                drawn: 20,
                judged: 20,
                rates: vec![rate(None, 5), rate(Some(Part::Span), 1)],
            }],
            agreement: vec![Agreement {
                about: "the speaker".to_owned(),
                units: 4,
                alpha: Some(0.5),
                pairs: vec![pair],
            }],
            unmatched: vec![Unmatched {
                article: "a.txt".to_owned(),
                words: "We sail".to_owned(),
                verdict: Verdict::Right,
                reviewer: "ada".to_owned(),
                time: String::new(),
            }],
        };
        let mut out = Vec::new();
        print(&report, &mut out).unwrap();
        let printed = String::from_utf8(out).unwrap();
        let lines: Vec<String> =
            printed.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
        for line in [
            "20 of 100 quotations judged",
            "ada 15 4 1 2",
            "stratified by speaker: 20 drawn of 90 (party eu), seed 7, 20 judged",
            "anything 5/20 0.250 0.112–0.469",
            "weighted back by the size of the strata",
            "mixed 2 6",
            "the speaker all 4 0.500",
            "ada, ben 4 0.750 –",
            "ada right: a.txt “We sail”",
        ] {
            assert!(lines.iter().any(|printed| printed == line), "{line} in {lines:#?}");
        }
    }
}
