//! Days of publication. Roles depend on them (who was Secretary of State that day), so a date that could be read in
//! two ways is no date.
use jiff::civil::Date;

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The day that a date or a time stamp names, as `yyyy-mm-dd`: ISO forms, names of months (`Feb. 11, 2020`,
/// `11 February 2020`, `Tue, 11 Feb 2020 10:00:00 +0300`), `11.02.2020`, and `25/02/2020` where only one reading
/// gives a day. The day is taken as written, in its own time zone.
///
/// ```
/// # use ascribe::article::iso_date;
/// assert_eq!(iso_date("Feb. 11, 2020").as_deref(), Some("2020-02-11"));
/// assert_eq!(iso_date("02/03/2020"), None);
/// ```
#[must_use]
pub fn iso_date(written: &str) -> Option<String> {
    let written = written.trim();
    named_month(written).or_else(|| digits_only(written)).or_else(|| in_numbers(written)).map(|date| date.to_string())
}

/// `20200211`, perhaps with a time behind a `T`.
fn digits_only(written: &str) -> Option<Date> {
    let day = written.split(['T', 't']).next()?;
    if day.len() != 8 || !day.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    date(&day[..4], &day[4..6], &day[6..])
}

/// `2020-02-11…`, `2020/2/11`, `11.02.2020`, `25/02/2020`.
fn in_numbers(written: &str) -> Option<Date> {
    let mut parts = written.splitn(3, ['-', '/', '.']);
    let (first, second) = (parts.next()?, parts.next()?);
    let third: &str = parts.next()?;
    let third = &third[..third.bytes().take_while(u8::is_ascii_digit).count()];
    match (first.len(), third.len()) {
        (4, 1 | 2) => date(first, second, third),
        (1 | 2, 4) if written.contains('.') => date(third, second, first),
        (1 | 2, 4) => match (date(third, second, first), date(third, first, second)) {
            (Some(one), Some(other)) if one != other => None,
            (one, other) => one.or(other),
        },
        _ => None,
    }
}

/// A month by name, a day beside it, a year behind or before.
fn named_month(written: &str) -> Option<Date> {
    let words: Vec<&str> = written.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let at = words.iter().position(|word| month(word).is_some())?;
    let month = month(words[at])?;
    let before = at.checked_sub(1).and_then(|before| day(words[before]));
    let behind = words.get(at + 1).and_then(|word| day(word));
    let day = before.or(behind)?;
    let years = |word: &&&str| word.len() == 4 && word.bytes().all(|byte| byte.is_ascii_digit());
    let year = words[at + 1..].iter().find(years).or_else(|| words[..at].iter().rfind(years))?;
    Date::new(year.parse().ok()?, month, day).ok()
}

fn month(word: &str) -> Option<i8> {
    const FULL: [&str; 12] = [
        "january",
        "february",
        "march",
        "april",
        "may",
        "june",
        "july",
        "august",
        "september",
        "october",
        "november",
        "december",
    ];
    let word = word.to_lowercase();
    let index = FULL
        .iter()
        .zip(MONTHS)
        .position(|(full, short)| word == *full || word == short || (word == "sept" && short == "sep"))?;
    i8::try_from(index + 1).ok()
}

fn day(word: &str) -> Option<i8> {
    let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
    let ordinal = &word[digits.len()..];
    if digits.len() > 2 || !matches!(ordinal.to_ascii_lowercase().as_str(), "" | "st" | "nd" | "rd" | "th") {
        return None;
    }
    digits.parse().ok().filter(|day| (1..=31).contains(day))
}

fn date(year: &str, month: &str, day: &str) -> Option<Date> {
    let year: i16 = year.parse().ok().filter(|year| *year >= 1000)?;
    Date::new(year, month.parse().ok()?, day.parse().ok()?).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn written_forms_give_the_day() {
        for written in [
            "2020-02-11",
            "2020-02-11T23:30:00-05:00",
            "2020-02-11 08:00:00",
            "2020/2/11",
            "20200211T080000Z",
            "Feb. 11, 2020",
            "February 11th, 2020",
            "11 February 2020",
            "11-Feb-2020",
            "Tue, 11 Feb 2020 10:00:00 +0300",
            "Tuesday 11 February 2020 10.00 GMT",
            "Published on 11 Feb. 2020 at 14:25",
            "2020 Feb 11",
            "11.02.2020",
            "  2020-02-11\n",
        ] {
            assert_eq!(iso_date(written).as_deref(), Some("2020-02-11"), "{written}");
        }
        assert_eq!(iso_date("25/02/2020").as_deref(), Some("2020-02-25"));
        assert_eq!(iso_date("02/02/2020").as_deref(), Some("2020-02-02"));
        assert_eq!(iso_date("Sept. 3, 2019").as_deref(), Some("2019-09-03"));
    }

    #[test]
    fn what_names_no_single_day_is_no_date() {
        for written in
            ["", "2020", "1581379200", "02/03/2020", "Feb. 2020", "2020-02-31", "yesterday", "31 Feb 2020", "é-é-é"]
        {
            assert_eq!(iso_date(written), None, "{written}");
        }
    }
}
