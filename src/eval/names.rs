//! Whether two names mean one speaker. Gold says `Donald Trump`, a prediction may say `Donald J. Trump`, `President
//! Donald Trump` or, too short, `Trump`.
use crate::text::fold;

/// How two names agree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Agreement {
    /// They mean different speakers.
    Different,
    /// One of them is a last word alone: `Trump` for `Donald Trump`.
    LastName,
    /// They are equal, or the words of one are among the other's and both end alike, with two words at least.
    Full,
}

/// Words that belong to no name: articles, and what follows the last name.
const LEFT_OUT: [&str; 3] = ["the", "a", "an"];
const SUFFIXES: [&str; 5] = ["jr", "sr", "ii", "iii", "iv"];

/// Compares two names, folded, without a leading article and without `Jr.` and the like. `U.S.`, `US` and `United
/// States` are one word, and so are `U.K.` and `United Kingdom`, `U.N.` and `United Nations`.
#[must_use]
pub fn agreement(one: &str, other: &str) -> Agreement {
    let (one, other) = (words(one), words(other));
    let (short, long) = if one.len() <= other.len() { (&one, &other) } else { (&other, &one) };
    if short.is_empty() {
        return Agreement::Different;
    }
    if one == other {
        return Agreement::Full;
    }
    if short.last() != long.last() || !short.iter().all(|word| long.contains(word)) {
        return Agreement::Different;
    }
    if short.len() > 1 { Agreement::Full } else { Agreement::LastName }
}

/// The last word of a name, folded.
#[must_use]
pub fn last_word(name: &str) -> Option<String> {
    words(name).pop()
}

/// The words that are compared.
fn words(name: &str) -> Vec<String> {
    let folded = fold(name)
        .replace("united states", "us")
        .replace("united kingdom", "uk")
        .replace("united nations", "un")
        .replace("u.s.", "us")
        .replace("u.k.", "uk")
        .replace("u.n.", "un");
    let folded = folded.strip_suffix("'s").unwrap_or(&folded);
    let mut words: Vec<String> =
        folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect();
    if words.len() > 1 && LEFT_OUT.contains(&words[0].as_str()) {
        words.remove(0);
    }
    while words.len() > 1 && words.last().is_some_and(|word| SUFFIXES.contains(&word.as_str())) {
        words.pop();
    }
    words
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_agree() {
        for (one, other) in [
            ("İlker Daşan", "Ilker DASAN"),
            ("Mara J. Quill", "Mara Quill"),
            ("President Mara Quill", "Mara Quill"),
            ("The Harbor Post", "Harbor Post"),
            ("U.S. Embassy in Oslo", "United States Embassy in Oslo"),
            ("US", "the United States"),
            ("Oren Blay Jr.", "Oren Blay"),
            ("a ministry official", "ministry official"),
        ] {
            assert_eq!(agreement(one, other), Agreement::Full, "{one} / {other}");
            assert_eq!(agreement(other, one), Agreement::Full, "{other} / {one}");
        }
    }

    #[test]
    fn a_last_name_alone_agrees_less() {
        assert_eq!(agreement("Quill", "Mara Quill"), Agreement::LastName);
        assert!(Agreement::LastName < Agreement::Full);
    }

    #[test]
    fn namesakes_and_strangers_differ() {
        for (one, other) in [("Mara Quill", "Tom Quill"), ("Mara", "Mara Quill"), ("", ""), ("Quill campaign", "Quill")]
        {
            assert_eq!(agreement(one, other), Agreement::Different, "{one} / {other}");
        }
    }

    #[test]
    fn the_last_word_passes_over_suffixes() {
        assert_eq!(last_word("Oren Blaÿ, Jr.").as_deref(), Some("blay"));
        assert_eq!(last_word("—"), None);
    }
}
