//! Properties of spans and of all that makes them, over arbitrary Unicode: whatever is read, offsets lead to the
//! same letters, and what divides a text loses nothing of it.
use ascribe::article::{blocks, title_of};
use ascribe::text::{Folded, Span, Text, decode, fold, is_blank, sentences, words};
use proptest::prelude::*;

/// Strings of everything, and strings that look more like news.
fn any_text() -> impl Strategy<Value = String> {
    let pieces = prop::sample::select(vec![
        "The envoy",
        " ",
        "\u{a0}",
        "\r\n",
        "\n\n",
        ". ",
        "U.S. ",
        "Feb. 11, ",
        "“",
        "”",
        "\"",
        "İstanbul",
        "Kalın’s",
        "e\u{301}",
        "👩‍🚒",
        "\u{200b}",
        "# ",
        "- ",
        "said",
        "?",
        "…",
        "ß",
        "(AA Photo)",
        "By Jane Doe",
        "\u{2028}",
        "\u{feff}",
        "ﬁ",
        "²",
        "ŉ",
        "´",
    ]);
    prop_oneof![
        any::<String>(),
        prop::collection::vec(pieces, 0..60).prop_map(|parts| parts.concat()),
        "[a-zıİğ .\u{301}\n“”]{0,300}",
    ]
}

/// A text and a span inside it.
fn text_and_span() -> impl Strategy<Value = (String, usize, usize)> {
    any_text().prop_flat_map(|string| {
        let len = string.chars().count();
        (Just(string), 0..=len, 0..=len).prop_map(|(string, one, other)| (string, one.min(other), one.max(other)))
    })
}

fn span(start: usize, end: usize) -> Span {
    Span::new(start, end).unwrap()
}

/// Whether spans are in order, apart from each other and trimmed, and leave out nothing but what `may_skip` allows.
fn divide(text: &Text, whole: Span, parts: &[Span], may_skip: impl Fn(char) -> bool) -> Result<(), TestCaseError> {
    let mut covered = whole.start();
    for part in parts {
        prop_assert!(!part.is_empty() && part.start() >= covered && part.end() <= whole.end());
        prop_assert_eq!(text.trim(*part), *part);
        prop_assert!(text.slice(span(covered, part.start())).chars().all(&may_skip));
        covered = part.end();
    }
    prop_assert!(text.slice(span(covered, whole.end())).chars().all(&may_skip));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_slice_is_the_characters_counted((string, start, end) in text_and_span()) {
        let text = Text::new(string.as_str());
        let counted: String = string.chars().skip(start).take(end - start).collect();
        let inside = span(start, end);
        prop_assert_eq!(text.slice(inside), counted.as_str());
        prop_assert_eq!(text.get(inside), Some(counted.as_str()));
        prop_assert_eq!(text.get(span(start, text.len() + 1)), None);
        prop_assert_eq!(text.chars_in(inside).map(|(_, c)| c).collect::<String>(), counted);
        prop_assert_eq!(text.char_at(start), string.chars().nth(start));
    }

    #[test]
    fn bytes_and_code_points_convert_both_ways((string, start, end) in text_and_span()) {
        let text = Text::new(string.as_str());
        let inside = span(start, end);
        let bytes = text.bytes_of(inside);
        prop_assert_eq!(&string[bytes.clone()], text.slice(inside));
        prop_assert_eq!(text.span_of_bytes(bytes), inside);
    }

    #[test]
    fn any_bytes_are_covered_by_their_span(string in any_text(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let (one, other) = (one.index(string.len() + 1), other.index(string.len() + 1));
        let asked = one.min(other)..one.max(other);
        let text = Text::new(string);
        let found = text.bytes_of(text.span_of_bytes(asked.clone()));
        prop_assert!(found.start <= asked.start && asked.end <= found.end);
        prop_assert!(asked.start - found.start < 4 && found.end - asked.end < 4);
    }

    #[test]
    fn trimming_takes_blanks_and_nothing_else((string, start, end) in text_and_span()) {
        let text = Text::new(string);
        let inside = span(start, end);
        let trimmed = text.trim(inside);
        prop_assert!(inside.contains(&trimmed));
        prop_assert_eq!(text.slice(trimmed), text.slice(inside).trim_matches(is_blank));
    }

    #[test]
    fn sentences_divide_a_span((string, start, end) in text_and_span()) {
        let text = Text::new(string);
        let inside = span(start, end);
        divide(&text, inside, &sentences(&text, inside), is_blank)?;
    }

    #[test]
    fn words_hold_all_letters_and_digits((string, start, end) in text_and_span()) {
        let text = Text::new(string);
        let inside = span(start, end);
        divide(&text, inside, &words(&text, inside), |c| !c.is_alphanumeric())?;
    }

    #[test]
    fn blocks_divide_a_text(string in any_text(), titled in any::<bool>()) {
        let text = Text::new(string);
        let title = title_of(&text).filter(|_| titled);
        let spans: Vec<Span> = blocks(&text, title.as_deref()).iter().map(|block| block.span).collect();
        divide(&text, text.whole(), &spans, is_blank)?;
    }

    #[test]
    fn spans_meet_and_join((string, a, b) in text_and_span(), c in 0_usize..50, d in 0_usize..50) {
        let _ = string;
        let (one, other) = (span(a, b), span(c.min(d), c.max(d)));
        let shared = one.intersect(&other);
        prop_assert_eq!(shared.is_some(), one.overlaps(&other));
        prop_assert_eq!(shared, other.intersect(&one));
        if let Some(shared) = shared {
            prop_assert!(one.contains(&shared) && other.contains(&shared) && !shared.is_empty());
        }
        let joined = one.join(&other);
        prop_assert!(joined.contains(&one) && joined.contains(&other));
    }

    #[test]
    fn folding_is_settled_after_once(string in any_text()) {
        let key = fold(&string);
        prop_assert_eq!(fold(&key), key.clone());
        prop_assert!(!key.starts_with(' ') && !key.ends_with(' ') && !key.contains("  "));
    }

    #[test]
    fn a_folded_match_leads_to_letters_of_the_same_key(string in any_text(), one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let text = Text::new(string);
        let folded = Folded::of(text.as_str());
        let letters: Vec<(usize, char)> = folded.as_str().char_indices().collect();
        prop_assume!(!letters.is_empty());
        let (one, other) = (one.index(letters.len()), other.index(letters.len()));
        let (first, last) = (letters[one.min(other)], letters[one.max(other)]);
        let bytes = first.0..last.0 + last.1.len_utf8();
        let found = folded.span_of(bytes.clone());
        prop_assert!(found.end() <= text.len());
        // A character of the text may give several letters of the key, so more may be covered than was asked for.
        let covered = fold(text.slice(found));
        prop_assert!(covered.contains(folded.as_str()[bytes].trim()));
    }

    #[test]
    fn text_survives_decoding(string in any_text()) {
        prop_assume!(!string.contains('\0'));
        if let Ok(decoded) = decode(string.as_bytes()) {
            prop_assert_eq!(decoded.text, string.strip_prefix('\u{feff}').unwrap_or(&string));
        }
    }

    #[test]
    fn decoding_never_fails_on_broken_text(bytes in prop::collection::vec(0x20_u8..=0x7e, 30..60), broken in prop::collection::vec(0x80_u8.., 0..30)) {
        // Without the first bytes of a binary format: an ASCII head.
        let all = [b"The envoy ".as_slice(), &bytes, &broken].concat();
        prop_assert!(decode(&all).is_ok());
    }
}
