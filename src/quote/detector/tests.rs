use ndarray::Array2;
use proptest::prelude::*;

use super::*;
use crate::{
    article::blocks,
    quote::{LABELS, Label, marks},
};

fn detect(text: &Text, blocks: &[Block], tags: &TokenTags) -> Detection {
    QuoteDetector::default().detect(text, blocks, marks::scan(text, blocks), tags)
}

/// Tokens as a tagger would have them: words, and every other visible character by itself.
fn tokens(text: &Text) -> Vec<Span> {
    let mut found: Vec<Span> = words(text, text.whole());
    for (offset, c) in text.chars_in(text.whole()) {
        if !is_blank(c) && !found.iter().any(|word| word.contains_at(offset)) {
            found.push(Span::new(offset, offset + 1).unwrap());
        }
    }
    found.sort_unstable();
    found
}

/// Logits that favor, for the tokens of each part of the text, labels of that name (`direct`, `cue`…), and `O`
/// elsewhere. Parts follow each other in the text.
fn tagged(text: &Text, parts: &[(&str, &str)]) -> TokenTags {
    let spans = tokens(text);
    let mut logits = Array2::zeros((spans.len(), LABELS));
    logits.column_mut(0).fill(6.0);
    let mut from = 0;
    for (part, name) in parts {
        let start = from + text.as_str()[from..].find(part).unwrap_or_else(|| panic!("{part} comes later in the text"));
        from = start + part.len();
        let span = text.span_of_bytes(start..from);
        let inside = spans.iter().enumerate().filter(|(_, token)| span.contains(token)).map(|(index, _)| index);
        for (count, token) in inside.enumerate() {
            let position = if count == 0 { "B" } else { "I" };
            let label = Label::all().find(|label| label.name() == format!("{position}-{name}")).unwrap();
            logits[[token, 0]] = 0.0;
            logits[[token, label.column()]] = 6.0;
        }
    }
    TokenTags::new(text, spans, &logits).unwrap()
}

fn detected(string: &str, parts: &[(&str, &str)]) -> (Text, Detection) {
    let text = Text::new(string);
    let detection = detect(&text, &blocks(&text, None), &tagged(&text, parts));
    (text, detection)
}

/// Kind, utterance and words of each quote; spans of one quote are divided by ` … `.
fn quotes(string: &str, parts: &[(&str, &str)]) -> Vec<(QuoteKind, usize, String)> {
    let (text, detection) = detected(string, parts);
    detection
        .quotes
        .iter()
        .map(|quote| {
            let spans: Vec<_> = quote.spans.iter().map(|span| text.slice(*span)).collect();
            (quote.kind, quote.utterance, spans.join(" … "))
        })
        .collect()
}

fn direct(utterance: usize, words: &str) -> (QuoteKind, usize, String) {
    (QuoteKind::Direct, utterance, words.to_owned())
}

fn mixed(utterance: usize, words: &str) -> (QuoteKind, usize, String) {
    (QuoteKind::Mixed, utterance, words.to_owned())
}

fn indirect(utterance: usize, words: &str) -> (QuoteKind, usize, String) {
    (QuoteKind::Indirect, utterance, words.to_owned())
}

#[test]
fn a_split_speech_is_one_utterance() {
    let text =
        "“The dam will hold,” said Minister Adaeze Obi on Monday. “Nobody needs to leave.” The river rose further.";
    let parts = [
        ("“The dam will hold,”", "direct"),
        ("said", "cue"),
        ("Minister Adaeze Obi", "source"),
        ("“Nobody needs to leave.”", "direct"),
    ];
    assert_eq!(quotes(text, &parts), [direct(0, "The dam will hold,"), direct(0, "Nobody needs to leave.")]);
    let (text, detection) = detected(text, &parts);
    assert_eq!(text.slice(detection.cues[0].span), "said");
    assert_eq!(text.slice(detection.sources[0].span), "Minister Adaeze Obi");
    assert!(detection.warnings.is_empty() && detection.not_speech.is_empty());
    assert!(detection.quotes.iter().all(|quote| quote.confidence > 0.9));
}

#[test]
fn speeches_with_attributions_of_their_own_are_two_utterances() {
    let text = "“The dam will hold,” said Obi on Monday. “We shall see,” Mayor Lund replied later that day.";
    let parts = [
        ("“The dam will hold,”", "direct"),
        ("said", "cue"),
        ("Obi", "source"),
        ("“We shall see,”", "direct"),
        ("Mayor Lund", "source"),
        ("replied", "cue"),
    ];
    assert_eq!(quotes(text, &parts), [direct(0, "The dam will hold,"), direct(1, "We shall see,")]);
}

#[test]
fn a_cue_behind_a_speech_is_of_its_own_attribution_whatever_the_verb() {
    let text = "“The dam will hold,” said Obi on Monday. “We shall see,” countered Mayor Lund. “So be it.”";
    let parts = [
        ("“The dam will hold,”", "direct"),
        ("said", "cue"),
        ("Obi", "source"),
        ("“We shall see,”", "direct"),
        ("countered", "cue"),
        ("Mayor Lund", "source"),
        ("“So be it.”", "direct"),
    ];
    let found = quotes(text, &parts);
    assert_eq!(found, [direct(0, "The dam will hold,"), direct(1, "We shall see,"), direct(1, "So be it.")]);
}

#[test]
fn a_string_right_behind_a_speech_may_have_an_attribution_of_its_own() {
    let text = "“It will hold,” said Obi. “It always did.” “We shall see,” Lund remarked.";
    let parts = [
        ("“It will hold,”", "direct"),
        ("said", "cue"),
        ("Obi", "source"),
        ("“It always did.”", "direct"),
        ("“We shall see,”", "direct"),
        ("Lund", "source"),
        ("remarked", "cue"),
    ];
    let found = quotes(text, &parts);
    assert_eq!(found, [direct(0, "It will hold,"), direct(0, "It always did."), direct(1, "We shall see,")]);
    let found = quotes(
        "“It holds.” “It always did,” said Obi.",
        &[("“It holds.” “It always did,”", "direct"), ("said", "cue")],
    );
    assert_eq!(found, [direct(0, "It holds."), direct(0, "It always did,")]);
}

#[test]
fn fragments_of_an_interrupted_clause_are_of_its_utterance() {
    let text = "The dam, Obi said, is “holding well” in the south of the town.";
    let parts = [
        ("The dam,", "indirect"),
        ("Obi", "source"),
        ("said,", "cue"),
        ("is “holding well” in the south of the town.", "indirect"),
    ];
    let found = quotes(text, &parts);
    assert_eq!(found, [indirect(0, "The dam … is “holding well” in the south of the town"), mixed(0, "holding well")]);
}

#[test]
fn an_attribution_between_marks_is_never_content() {
    let text = "“The dam will hold,” said Minister Obi. “Nobody needs to leave.”";
    let parts = [("“The dam will hold,” said Minister Obi. “Nobody needs to leave.”", "direct")];
    assert_eq!(quotes(text, &parts), [direct(0, "The dam will hold,"), direct(1, "Nobody needs to leave.")]);
}

#[test]
fn a_fragment_is_a_mixed_quote() {
    let text = "The union called for an \"immediate end\" to night shifts in all of the ports.";
    let parts = [("called for", "cue"), ("\"immediate end\"", "mixed")];
    assert_eq!(quotes(text, &parts), [mixed(0, "immediate end")]);
}

#[test]
fn a_clause_with_fragments_is_an_indirect_quote_too() {
    let text = "Obi said that the dam north of the town was \"as sound as ever\" and would hold.";
    let parts = [("Obi", "source"), ("said", "cue"), ("that the dam north of the town was", "indirect")];
    assert_eq!(quotes(text, &parts), [indirect(0, "the dam north of the town was")]);
    let text = Text::new(text);
    let mut tags = vec![("Obi", "source"), ("said", "cue")];
    tags.push(("that the dam north of the town was \"as sound as ever\" and would hold.", "indirect"));
    let detection = detect(&text, &blocks(&text, None), &tagged(&text, &tags));
    let found: Vec<_> = detection.quotes.iter().map(|quote| (quote.utterance, text.slice(quote.spans[0]))).collect();
    assert_eq!(
        found,
        [(0, "the dam north of the town was \"as sound as ever\" and would hold"), (0, "as sound as ever")]
    );
}

#[test]
fn few_words_around_a_fragment_are_no_quote() {
    let text = "Her adviser Ruiz said the port \"strongly rejects the plan of the capital.\"";
    let parts = [("said", "cue"), ("the port \"strongly rejects the plan of the capital.\"", "mixed")];
    assert_eq!(quotes(text, &parts), [mixed(0, "strongly rejects the plan of the capital.")]);
}

#[test]
fn an_indirect_span_is_the_reported_clause() {
    let text =
        "Obi said that the dam will hold. The river, he added, would fall by the weekend in the U.S.\n\nIt is late.";
    let parts = [
        ("said", "cue"),
        ("that the dam will hold.", "indirect"),
        ("The river,", "indirect"),
        ("he", "source"),
        ("added,", "cue"),
        ("would fall by the weekend in the U.S.", "indirect"),
    ];
    assert_eq!(
        quotes(text, &parts),
        [indirect(0, "the dam will hold"), indirect(1, "The river … would fall by the weekend in the U.S.")]
    );
}

#[test]
fn the_cue_of_a_passive_interrupts_a_clause() {
    let text = "The last of the ferries was expected to leave at dawn, port papers show.";
    let parts = [("The last of the ferries", "indirect"), ("expected", "cue"), ("to leave at dawn", "indirect")];
    let found = [indirect(0, "The last of the ferries … to leave at dawn")];
    assert_eq!(quotes(text, &parts), found);
}

#[test]
fn an_attribution_at_the_end_of_a_clause_is_cut_off() {
    let text = "The port is open again, Harbor Board sources said on Monday.";
    let parts = [("The port is open again, Harbor Board sources said", "indirect")];
    assert_eq!(quotes(text, &parts), [indirect(0, "The port is open again")]);
    let text = "Lund said so again on Monday.";
    assert_eq!(quotes(text, &[("said", "cue"), ("so again", "indirect")]), []);
    let text = "Lund said that the quake measured 5.8.";
    let parts = [("said", "cue"), ("that the quake measured 5.8.", "indirect")];
    assert_eq!(quotes(text, &parts), [indirect(0, "the quake measured 5.8")]);
}

#[test]
fn paragraphs_of_a_running_quotation_are_one_utterance() {
    let text = "“The dam will hold,” Obi said.\n\n“Nobody needs to leave their home tonight.\n\n“We have seen worse,” she said.";
    let parts = [
        ("“The dam will hold,”", "direct"),
        ("said", "cue"),
        ("“Nobody needs to leave their home tonight.", "direct"),
        ("“We have seen worse,”", "direct"),
        ("said", "cue"),
    ];
    assert_eq!(
        quotes(text, &parts),
        [
            direct(0, "The dam will hold,"),
            direct(1, "Nobody needs to leave their home tonight."),
            direct(1, "We have seen worse,")
        ]
    );
    let (_, detection) = detected(text, &parts);
    assert_eq!(detection.quotes[1].flags, [Flag::Continued]);
    assert!(detection.warnings.is_empty());
}

#[test]
fn marked_text_that_is_no_speech_has_its_reason() {
    let text =
        "The army says it “cleansed” the village of \"Ain Deyr\", and he is 5'10\" tall or more.\n\nBoth claims stand.";
    let (text, detection) = detected(text, &[("says", "cue")]);
    let found: Vec<_> = detection.not_speech.iter().map(|item| (text.slice(item.span), item.reason.name())).collect();
    assert_eq!(found, [("cleansed", "scare"), ("Ain Deyr", "name"), ("5'10\"", "measure")]);
    assert!(detection.quotes.is_empty());
}

#[test]
fn a_title_in_a_title_is_told_once() {
    let text = "\"Quill Blames Both Sides for Waging 'These Wasteful Wars,'\" by Ada Moor\n\n\"No More,\" by Bo Lund";
    let (text, detection) = detected(text, &[]);
    let found: Vec<_> = detection.not_speech.iter().map(|item| text.slice(item.span)).collect();
    assert_eq!(found, ["Quill Blames Both Sides for Waging 'These Wasteful Wars,'", "No More,"]);
}

#[test]
fn an_introduced_expression_is_hardly_speech_anywhere() {
    let text = "Lund said forces “cleansed” two villages.\n\nOfficials often use the term \"cleansed\" for villages that they took.";
    let spans = tokens(&Text::new(text));
    let text = Text::new(text);
    let mut logits = Array2::zeros((spans.len(), LABELS));
    // Content at about three in four everywhere.
    logits.column_mut(6).fill(3.4);
    let tags = TokenTags::new(&text, spans, &logits).unwrap();
    let detection = detect(&text, &blocks(&text, None), &tags);
    let found: Vec<_> = detection.not_speech.iter().map(|item| text.slice(item.span)).collect();
    assert_eq!(found, ["cleansed", "cleansed"]);
}

#[test]
fn repairs_warn_and_follow_the_tags() {
    let text = "“The dam will hold for many years to come and the ministry did not answer further questions.";
    let (text, detection) = detected(text, &[("“The dam will hold for many years to come", "direct")]);
    assert_eq!(text.slice(detection.quotes[0].spans[0]), "The dam will hold for many years to come");
    assert_eq!(detection.quotes[0].flags, [Flag::Unclosed]);
    assert_eq!(detection.warnings[0].code, "unclosed_quote");
    assert!(text.slice(detection.warnings[0].span).starts_with('“'));
}

#[test]
fn a_nested_speech_is_part_of_the_outer_one() {
    let text = "“She told me ‘no way’ and left,” Obi said.";
    let parts = [("“She told me ‘no way’ and left,”", "direct"), ("said", "cue")];
    assert_eq!(quotes(text, &parts), [direct(0, "She told me ‘no way’ and left,")]);
    let (_, detection) = detected(text, &parts);
    assert!(detection.not_speech.is_empty());
}

#[test]
fn a_heading_reports_only_with_certainty() {
    let string = "Minister calls dam ‘sound’\n\nThe minister spoke on Monday after a night of rain in the hills.";
    let text = Text::new(string);
    let blocks = blocks(&text, Some("Minister calls dam ‘sound’"));
    let sure = tagged(&text, &[("Minister", "source"), ("calls", "cue"), ("‘sound’", "mixed")]);
    let detection = detect(&text, &blocks, &sure);
    assert_eq!(detection.quotes[0].flags, [Flag::Headline]);
    let unsure = tagged(&text, &[("Minister calls dam", "indirect")]);
    let detection = detect(&text, &blocks, &unsure);
    assert!(detection.quotes.is_empty());
    assert_eq!(detection.not_speech[0].reason, Reason::Headline);
}

#[test]
fn mentions_end_in_words() {
    let text = "It is over, Brandt & Co. (Hamburg), which owns the U.S. port, said.";
    let parts = [("Brandt & Co. (Hamburg),", "source"), ("said.", "cue")];
    let (text, detection) = detected(text, &parts);
    assert_eq!(text.slice(detection.sources[0].span), "Brandt & Co. (Hamburg)");
    assert_eq!(text.slice(detection.cues[0].span), "said");
    assert_eq!(detection.sources[0].tokens.len(), 7);
    let (text, detection) = detected("So Jose\u{301} said.", &[("Jose\u{301}", "source"), ("said.", "cue")]);
    assert_eq!(text.slice(detection.sources[0].span), "Jose\u{301}");
}

#[test]
fn nothing_is_found_in_nothing() {
    assert_eq!(detected("", &[]).1, Detection::default());
}

proptest! {
    #[test]
    fn whatever_the_tags_quotes_keep_to_the_rules(
        string in "(([a-d]{1,4}|“|”|\"|'|,|\\.|said|that|[A-C][a-d]{2})[ \n]?){0,40}",
        seeds in prop::collection::vec(-6.0_f32..6.0, LABELS * 97),
    ) {
        let text = Text::new(string);
        let blocks = blocks(&text, None);
        let spans = tokens(&text);
        let logits = Array2::from_shape_fn((spans.len(), LABELS), |(row, column)| seeds[(row * LABELS + column) % seeds.len()]);
        let tags = TokenTags::new(&text, spans, &logits).unwrap();
        let detection = detect(&text, &blocks, &tags);
        let mut start = 0;
        for quote in &detection.quotes {
            let extent = quote.extent();
            prop_assert!(extent.start() >= start);
            start = extent.start();
            prop_assert!(blocks[quote.block].span.contains(&extent));
            for span in &quote.spans {
                let slice = text.slice(*span);
                prop_assert!(!slice.is_empty());
                prop_assert_eq!(slice.trim(), slice);
            }
            prop_assert!(quote.spans.windows(2).all(|pair| pair[0].end() < pair[1].start()));
            prop_assert!((0.0..=1.0).contains(&quote.confidence));
            prop_assert!(!quote.content_tokens.is_empty() && quote.content_tokens.end <= tags.len());
        }
        let utterances: Vec<usize> = detection.quotes.iter().map(|quote| quote.utterance).collect();
        for (index, utterance) in utterances.iter().enumerate() {
            prop_assert!(*utterance <= utterances[..index].iter().map(|number| number + 1).max().unwrap_or(0));
        }
        for mention in detection.sources.iter().chain(&detection.cues) {
            let slice = text.slice(mention.span);
            prop_assert!(slice.starts_with(char::is_alphanumeric));
            prop_assert!(blocks[mention.block].span.contains(&mention.span));
        }
    }
}
