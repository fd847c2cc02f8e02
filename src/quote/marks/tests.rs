use proptest::prelude::*;

use super::*;
use crate::article::blocks;

fn scanned(string: &str) -> (Text, Vec<MarkedString>) {
    let text = Text::new(string);
    let strings = scan(&text, &blocks(&text, None));
    (text, strings)
}

/// What the strings of a text cover without their marks.
fn inner(string: &str) -> Vec<String> {
    let (text, strings) = scanned(string);
    strings.iter().map(|string| text.slice(string.inner).to_owned()).collect()
}

/// What the outermost strings cover, with their flags.
fn flagged(string: &str) -> Vec<(String, Vec<&'static str>)> {
    let (text, strings) = scanned(string);
    strings
        .iter()
        .filter(|string| string.depth == 0)
        .map(|string| (text.slice(string.inner).to_owned(), string.flags.iter().map(|flag| flag.name()).collect()))
        .collect()
}

fn one(string: &str, flags: &[&'static str]) -> (String, Vec<&'static str>) {
    (string.to_owned(), flags.to_vec())
}

#[test]
fn clean_marks_of_every_kind() {
    assert_eq!(inner("\"We stay,\" said Ms. Okoro. \"All of us.\""), ["We stay,", "All of us."]);
    assert_eq!(inner("He “left” and “slept.”"), ["left", "slept."]);
    assert_eq!(
        inner("« Nous restons », dit-il; «non».\nThen »Wir bleiben«, sagte er."),
        ["Nous restons", "non", "Wir bleiben"]
    );
    assert_eq!(inner("„Wir bleiben“, sagte sie. „Ja”, he said. „Nein\""), ["Wir bleiben", "Ja", "Nein"]);
    assert_eq!(inner("``We stay,'' he said. ''No,'' it's ''fine''."), ["We stay,", "No,", "fine"]);
    assert_eq!(inner("&quot;We stay,&quot; he said, &ldquo;now&rdquo;."), ["We stay,", "now"]);
}

#[test]
fn clean_marks_have_no_flags() {
    for text in ["\"So,\" he said.", "“So.”", "« So »", "„So“", "``So''", "The ‘so’ of it"] {
        assert!(flagged(text).iter().all(|(_, flags)| flags.is_empty()), "{text}");
    }
}

#[test]
fn single_quotations_stand_beside_apostrophes() {
    assert_eq!(
        inner("‘We’re in the miners’ hall,’ he said. ‘It’s ours.’"),
        ["We’re in the miners’ hall,", "It’s ours."]
    );
    assert_eq!(
        inner("'We're in the miners' hall,' he said. 'It's ours.'"),
        ["We're in the miners' hall,", "It's ours."]
    );
    assert_eq!(inner("The ‘ghosts’ were in the miners’ hall."), ["ghosts"]);
    assert_eq!(inner("Rock 'n' roll of the '90s, 'tis said, 'round here."), [""; 0]);
    assert_eq!(inner("The 'Ndrangheta took the bosses' money and the workers' homes."), [""; 0]);
    assert_eq!(inner("Qur'an, Sana'a, ‘Adra and the players' union."), [""; 0]);
}

#[test]
fn nested_strings_lie_inside_each_other() {
    let (text, strings) = scanned("\"I said, 'No, don't,' and left,\" she said.");
    assert_eq!(text.slice(strings[0].inner), "I said, 'No, don't,' and left,");
    assert_eq!((text.slice(strings[1].inner), strings[1].depth), ("No, don't,", 1));
    assert_eq!(inner("“He called it ‘grand.’”"), ["He called it ‘grand.’", "grand."]);
    assert_eq!(inner("\"He called it “grand” then,\" she said."), ["He called it “grand” then,", "grand"]);
    assert_eq!(inner("\"He called it \"grand\" then,\" she said."), ["He called it \"grand\" then,", "grand"]);
    assert_eq!(inner("''He said 'no.'''"), ["He said 'no.'", "no."]);
}

#[test]
fn measures_and_empty_marks_are_no_strings() {
    assert_eq!(inner("He is 5'10\" tall and \"strong.\" A 6\" pipe and an 8\" one \"fit\"."), ["strong.", "fit"]);
    assert_eq!(inner("At 45°30'15\" N lies the \"gate\"."), ["gate"]);
    assert_eq!(inner("\"He is 6' 2\" at least,\" she said. \"I saw.\""), ["He is 6' 2\" at least,", "I saw."]);
    assert_eq!(inner("An empty \"\" string and a “full” one, “”."), ["full"]);
    assert_eq!(inner("\"\"We stay,\" he said."), ["We stay,"]);
}

#[test]
fn mixed_marks_pair() {
    assert_eq!(
        flagged("\"The ferry is late,” he said. \"It is.\""),
        [one("The ferry is late,", &["mixed_marks"]), one("It is.", &[])]
    );
    assert_eq!(flagged("“The ferry is late,\" he said."), [one("The ferry is late,", &["mixed_marks"])]);
    assert_eq!(
        flagged("“The ferry is late,“ he said. “It is.”"),
        [one("The ferry is late,", &["mixed_marks"]), one("It is.", &[])]
    );
    assert_eq!(flagged("‘The ferry is late,” he said."), [one("The ferry is late,", &["mixed_marks"])]);
}

#[test]
fn a_missing_opening_mark_is_mended_in_its_paragraph() {
    assert_eq!(
        flagged("The ferry is late,\" he said. \"Go home.\"\n\n\"Why?\" they asked."),
        [one("The ferry is late,", &["no_open"]), one("Go home.", &[]), one("Why?", &[])]
    );
    assert_eq!(
        flagged("\"Go,\" he said. The ferry is late,\" she said."),
        [one("Go,", &[]), one("The ferry is late,", &["no_open"])]
    );
    assert_eq!(flagged("The pilot said: The ferry is late.”"), [one("The ferry is late.", &["no_open"])]);
}

#[test]
fn a_missing_closing_mark_is_mended_in_its_paragraph() {
    assert_eq!(
        flagged("\"The ferry is late, he said. \"Go home,\" she said."),
        [one("The ferry is late,", &["unclosed"]), one("Go home,", &[])]
    );
    assert_eq!(
        flagged("She said: \"The ferry is late.\n\nThe pier \"shook\"."),
        [one("The ferry is late.", &["unclosed"]), one("shook", &[])]
    );
    assert_eq!(flagged("\"It is late. (Reporting by Ann Poe; editing by Al Fox)"), [one("It is late.", &["unclosed"])]);
    assert_eq!(
        flagged("“It is late. Read more: “Ferries” list."),
        [one("It is late.", &["unclosed"]), one("Ferries", &[])]
    );
}

#[test]
fn running_quotations_go_on_over_paragraphs() {
    assert_eq!(
        flagged("“The ferry is late.\n\n“The train too.\n\n“And the bus,” he said."),
        [one("The ferry is late.", &["continued"]), one("The train too.", &["continued"]), one("And the bus,", &[])]
    );
}

#[test]
fn spaces_in_the_wrong_place_are_flagged() {
    assert_eq!(flagged("\"We go, \" he said. \"We stay.\""), [one("We go,", &["space_inside"]), one("We stay.", &[])]);
    assert_eq!(flagged("\" We go,\" he said."), [one("We go,", &["space_inside"])]);
    assert_eq!(flagged("\"We go,\"he said. \"We stay.\""), [one("We go,", &["no_space_after"]), one("We stay.", &[])]);
    assert_eq!(
        flagged("An \"instant end\"is near. And \"now\"."),
        [one("instant end", &["no_space_after"]), one("now", &[])]
    );
    assert_eq!(
        flagged("\"We go, \"he said. \"We stay.\""),
        [one("We go,", &["space_inside", "no_space_after"]), one("We stay.", &[])]
    );
    assert_eq!(inner("He said:\"We go.\" And then,\"We stay.\""), ["We go.", "We stay."]);
}

#[test]
fn dashes_brackets_and_ellipses_stand_beside_marks() {
    assert_eq!(
        inner("A —“dash” and (\"bracket\") [\"more\"] – \"...and so on...\""),
        ["dash", "bracket", "more", "...and so on..."]
    );
    assert_eq!(inner("“We are—” he said. “—here [in town].”"), ["We are—", "—here [in town]."]);
}

#[test]
fn emphasis_signs_and_invisible_characters_are_looked_through() {
    assert_eq!(flagged("*\"We stay,\"* he said. \u{200b}\"So.\"\u{200b}"), [one("We stay,", &[]), one("So.", &[])]);
}

#[test]
fn one_error_does_not_shift_the_rest() {
    let text = "\"A one, he said. \"B two,\" he said. C three,\" he said. \"D four.\"\n\"E five.\"";
    let found = inner(text);
    assert!(
        ["B two,", "C three,", "D four.", "E five."].iter().all(|part| found.contains(&(*part).to_owned())),
        "{found:?}"
    );
}

#[test]
fn tokens_know_whether_they_stand_inside() {
    let (text, strings) = scanned("So \"we ‘go’ on,\" he said.");
    let tokens = crate::text::words(&text, text.whole());
    let inside: Vec<_> = tokens
        .iter()
        .zip(inside_flags(&strings, &tokens))
        .filter(|(_, inside)| *inside)
        .map(|(token, _)| text.slice(*token))
        .collect();
    assert_eq!(inside, ["we", "go", "on"]);
}

#[test]
fn a_paragraph_of_marks_alone_ends() {
    for mark in ["\"", "“", "'", "”", "„", "«»", "\"'", "''", "‘“"] {
        let (text, strings) = scanned(&format!("{} end", mark.repeat(9_000)));
        for string in strings {
            assert!(!text.slice(string.inner).is_empty());
        }
    }
}

proptest! {
    #[test]
    fn any_text_is_scanned(string in "[ab,.:?! \n\"“”„«»'’‘`&;5\u{a0}ğ(—]{0,120}") {
        let (text, strings) = scanned(&string);
        let blocks = blocks(&text, None);
        let mut around: Vec<Span> = Vec::new();
        for string in &strings {
            let block = blocks[string.block].span;
            prop_assert!(block.contains(&string.outer));
            prop_assert!(string.outer.contains(&string.inner));
            prop_assert_eq!(text.slice(string.inner).trim(), text.slice(string.inner));
            prop_assert!(!string.inner.is_empty());
            while around.last().is_some_and(|outer| outer.end() <= string.outer.start()) {
                around.pop();
            }
            prop_assert_eq!(around.len(), string.depth);
            prop_assert!(around.last().is_none_or(|outer| outer.contains(&string.outer)));
            around.push(string.outer);
            if !string.has(Flag::NoOpen) {
                prop_assert!(string.outer.start() < string.inner.start());
            }
            if !string.has(Flag::Unclosed) && !string.has(Flag::Continued) {
                prop_assert!(string.inner.end() < string.outer.end());
            }
        }
    }

    #[test]
    fn wild_text_does_not_panic(string in "\\PC{0,80}") {
        scanned(&string);
    }
}

#[derive(serde::Deserialize)]
struct TwinRow {
    text: String,
    /// With and without marks.
    strings: Vec<(String, String)>,
}

/// The rows are written by the Python twin: `python -m ascribe_train.marks < twin.jsonl`.
#[test]
fn the_twin_in_training_finds_the_same() {
    for row in include_str!("twin.jsonl").lines() {
        let row: TwinRow = serde_json::from_str(row).unwrap();
        let (text, strings) = scanned(&row.text);
        let found: Vec<_> = strings
            .iter()
            .map(|string| (text.slice(string.outer).to_owned(), text.slice(string.inner).to_owned()))
            .collect();
        assert_eq!(found, row.strings, "{}", row.text);
    }
}
