//! Captions and bylines: lines about pictures and about who wrote, where and when.
use crate::article::date::iso_date;
use crate::text::{fold, is_blank};

/// Words of a photo's credit, folded.
const PHOTO: [&str; 9] =
    ["photo", "photos", "photograph", "picture", "image", "images", "handout", "courtesy", "screenshot"];

/// Agencies and others that stand alone in a credit or a byline, folded.
const AGENCIES: [&str; 26] = [
    "aa",
    "anadolu",
    "anadolu agency",
    "afp",
    "agence france-presse",
    "ap",
    "the associated press",
    "associated press",
    "reuters",
    "getty",
    "epa",
    "dpa",
    "tass",
    "interfax",
    "sputnik",
    "ria novosti",
    "xinhua",
    "bloomberg",
    "dha",
    "iha",
    "sana",
    "upi",
    "ani",
    "pti",
    "kyodo",
    "agencies",
];

/// What stands before captions on pages saved as text, folded.
const OPENINGS: [&str; 18] = [
    "photo:",
    "photo by",
    "photo credit",
    "photos:",
    "file photo",
    "file -",
    "(file)",
    "image:",
    "image credit",
    "image copyright",
    "image caption",
    "media caption",
    "media playback is",
    "enlarge this image",
    "hide caption",
    "caption:",
    "picture:",
    "pictured:",
];

/// Whether a block describes a photo: a short text that ends with a credit or begins by saying so.
pub(super) fn is_caption(line: &str) -> bool {
    if line.split(is_blank).count() > 60 {
        return false;
    }
    let key = fold(line);
    if OPENINGS.iter().any(|words| key.starts_with(words)) {
        return true;
    }
    // Where words of a person come first, the brackets name who reported them.
    !key.starts_with('"') && (bracketed_credit(&key) || trailing_credit(&key))
}

/// `… on Feb. 11, 2020. (AA Photo)`, `[File: Jane Doe/Reuters]`.
fn bracketed_credit(key: &str) -> bool {
    let end = key.trim_end_matches('.');
    let inner = [(')', '('), (']', '[')].iter().find_map(|&(close, open)| {
        let (before, inner) = end.strip_suffix(close)?.rsplit_once(open)?;
        (!before.trim().is_empty()).then_some(inner)
    });
    inner.is_some_and(is_credit)
}

/// What stands in the brackets: few words, one of them of photos, or an agency behind a stroke or alone.
fn is_credit(inner: &str) -> bool {
    let words: Vec<&str> =
        inner.split(|c: char| !c.is_alphanumeric() && c != '-').filter(|word| !word.is_empty()).collect();
    if words.is_empty() || words.len() > 9 || inner.starts_with("reporting") || inner.starts_with("warning") {
        return false;
    }
    let photo = words.iter().any(|word| PHOTO.contains(word))
        || inner == "file"
        || inner.starts_with("file:")
        || inner.starts_with("file photo");
    let agency = inner.split(['/', '|', ',']).any(|part| AGENCIES.contains(&part.trim()));
    photo || agency || inner.contains(" via ")
}

/// `… . Photo: Jane Doe`, `… . Jane Doe/AFP via Getty Images`.
fn trailing_credit(key: &str) -> bool {
    let Some((before, last)) = key.trim_end_matches('.').rsplit_once(". ") else {
        return false;
    };
    let few = last.split(' ').count() <= 8 && before.split(' ').count() >= 4;
    let named = last.starts_with("photo:")
        || last.starts_with("photo by ")
        || last.starts_with("credit:")
        || last.starts_with("image:");
    let stroke = last.contains(" via getty")
        || last
            .rsplit_once('/')
            .is_some_and(|(_, agency)| AGENCIES.contains(&agency.trim()) || agency.starts_with("getty"));
    few && (named || stroke)
}

/// Whether a block names the author, the agency, the place or the day, and nothing else.
pub(super) fn is_byline(line: &str) -> bool {
    let key = fold(line);
    if is_desk_note(&key) {
        return true;
    }
    if line.split(is_blank).filter(|word| !word.is_empty()).count() > 14 {
        return false;
    }
    is_author(line, &key) || is_dateline(line, &key) || is_agency(&key) || is_time_stamp(line, &key)
}

/// `(Reporting by Jane Doe; Editing by John Roe)`, `With agencies`.
fn is_desk_note(key: &str) -> bool {
    let inner = key.trim_start_matches(['(', '[', '*', ' ']);
    let opening = [
        "reporting by",
        "additional reporting",
        "writing by",
        "editing by",
        "edited by",
        "compiled by",
        "written by",
        "translated by",
    ];
    // Lower case is lost in the key, but a note has no verb beside its own.
    let plain = !["said", "says", "was", "were", "is", "are", "has", "had", "that"]
        .iter()
        .any(|verb| key.split(' ').any(|word| word == *verb));
    plain && opening.iter().any(|words| inner.starts_with(words)) && key.split(' ').count() <= 50
}

/// `By Jane Doe and John Roe`, `by JANE DOE, Daily Courier`.
fn is_author(line: &str, key: &str) -> bool {
    if !key.starts_with("by ") || ends_in_stop(line) {
        return false;
    }
    let names = line.split(is_blank).filter(|word| !word.is_empty()).skip(1);
    let mut count = 0;
    for word in names {
        let joins = matches!(
            word,
            "and"
                | "in"
                | "for"
                | "with"
                | "of"
                | "the"
                | "de"
                | "al"
                | "van"
                | "von"
                | "der"
                | "bin"
                | "|"
                | "-"
                | "–"
                | "—"
                | "&"
        );
        let capital = word.chars().next().is_some_and(char::is_uppercase);
        if !capital && !joins && count >= 2 && word.chars().next().is_some_and(char::is_numeric) {
            return true;
        }
        if !(capital || joins) || (count == 0 && joins) {
            return false;
        }
        count += 1;
    }
    count >= 1
}

/// `ANKARA - Anadolu Agency`, `LIMAN (Reuters)`, `LONDON, Feb. 11 (AP)`: a place in capitals and a few names.
fn is_dateline(line: &str, key: &str) -> bool {
    let place: usize =
        line.chars().take_while(|c| c.is_uppercase() || matches!(c, ' ' | '/' | ',' | '.' | '\'' | '’')).count();
    let place: String = line.chars().take(place).collect();
    let letters = place.chars().filter(|c| c.is_alphabetic()).count();
    if letters < 3 || ends_in_stop(line) {
        return false;
    }
    if line.ends_with(')')
        && key.rsplit_once('(').is_some_and(|(_, agency)| AGENCIES.contains(&agency.trim_end_matches(')')))
    {
        return key.split(' ').count() <= 8;
    }
    // Behind a blank and a dash; the hyphen in `SHIP-BAN` is another thing.
    let rest = &line[place.len()..];
    let Some(rest) =
        rest.strip_prefix(['-', '–', '—', '|']).filter(|rest| place.ends_with(' ') && rest.starts_with(is_blank))
    else {
        return false;
    };
    let words: Vec<&str> = rest.split(is_blank).filter(|word| !word.is_empty()).collect();
    let named = words
        .iter()
        .all(|word| !word.starts_with(char::is_lowercase) || matches!(*word, "and" | "with" | "of" | "the"));
    (1..=6).contains(&words.len()) && place.split(' ').filter(|word| !word.is_empty()).count() <= 4 && named
}

/// `Anadolu Agency`, `DAILY COURIER WITH REUTERS`, `Agencies`.
fn is_agency(key: &str) -> bool {
    let key = key.trim_matches(|c: char| !c.is_alphanumeric());
    if AGENCIES.contains(&key) {
        return true;
    }
    key.rsplit_once(" with ").or_else(|| key.split_once("with ")).is_some_and(|(before, agencies)| {
        before.split(' ').count() <= 4 && agencies.split([',', '/']).all(|agency| AGENCIES.contains(&agency.trim()))
    })
}

/// `Feb. 11, 2020`, `Published: 11 February 2020 10:30 GMT`, `Updated 3 hours ago`.
fn is_time_stamp(line: &str, key: &str) -> bool {
    let labeled = ["published", "updated", "last updated", "last modified", "posted", "created", "date:"]
        .iter()
        .any(|label| key.starts_with(label));
    let dated = iso_date(line).is_some();
    let words = key.split(|c: char| !c.is_alphabetic()).filter(|word| word.len() > 2 && !is_of_time(word)).count();
    (labeled && (dated || key.ends_with(" ago")) && words <= 3) || (dated && words == 0)
}

/// Words beside the numbers of a date.
fn is_of_time(word: &str) -> bool {
    const DAYS: [&str; 7] = ["mon", "tue", "wed", "thu", "fri", "sat", "sun"];
    const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
    let starts = |stems: &[&str]| stems.iter().any(|stem| word.starts_with(stem));
    starts(&DAYS)
        || starts(&MONTHS)
        || matches!(word, "gmt" | "utc" | "est" | "edt" | "bst" | "cet" | "at" | "on" | "the")
}

fn ends_in_stop(line: &str) -> bool {
    line.ends_with(['.', '!', '?', ':']) && !line.ends_with("Jr.")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn captions_carry_a_credit() {
        for caption in [
            "Deputy Minister Demir arrives in Liman, Kuzey, on March 3, 2021. (KA Photo)",
            "A ferry lies in the harbor. (Reuters)",
            "A ferry lies in the harbor of Liman [File: Şule Önder/AFP]",
            "A ferry lies in the harbor of Liman, 2021. Şule Önder/AFP via Getty Images",
            "A ferry lies in the harbor of Liman. Photo: Şule Önder",
            "FILE - In this March 3, 2021 photo, a ferry lies in the harbor.",
            "File photo: a ferry",
        ] {
            assert!(is_caption(caption), "{caption}");
        }
        for other in [
            "The ferry sails again (see page 3).",
            "The harbor belongs to the Liman Harbor Authority (LHA).",
            "“It is a photo of my father,” Demir said.",
            "(Photo)",
            "The picture was clear. Demir left.",
            "(Reporting by Jane Doe; Editing by John Roe)",
            "“We saw the ship go down,” Demir said. (Reuters)",
            "The ship went down. (WARNING: The video shows graphic images.)",
        ] {
            assert!(!is_caption(other), "{other}");
        }
    }

    #[test]
    fn bylines_name_author_agency_place_or_day() {
        for byline in [
            "LIMAN - Körfez Agency",
            "ANKARA – Anadolu Agency",
            "İSTANBUL | Daily Courier with Reuters",
            "LIMAN (Reuters)",
            "By Şule Önder",
            "By ŞULE ÖNDER and Kemal Taş",
            "Anadolu Agency",
            "Daily Courier with AFP, Reuters",
            "Feb. 11, 2020",
            "Published: 11 February 2020 10:30 GMT",
            "Updated 3 hours ago",
            "(Reporting by Jane Doe in Liman; Editing by John Roe)",
        ] {
            assert!(is_byline(byline), "{byline}");
        }
        for other in [
            "By Friday, the town had fallen.",
            "By the numbers",
            "NATO - an alliance in search of a purpose",
            "LIMAN (Reuters) - The ferry sails again, the harbor master said on Tuesday after weeks of talks.",
            "Reuters saw the ships leave.",
            "On Feb. 11, 2020, the ferry sank",
            "USA: a country divided",
            "LIMAN SHIP-BAN PROPOSAL",
            "Reporting by two papers said that the ferry was lost.",
        ] {
            assert!(!is_byline(other), "{other}");
        }
    }
}
