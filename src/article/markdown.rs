//! Markdown. Its text stays as it is, marks and all; only a YAML front matter is taken off and read.
use super::date::iso_date;
use super::fields::Fields;

/// How many lines a front matter may have; a longer one is taken for text behind a rule.
const LONGEST: usize = 200;

/// The text behind the front matter, and what the front matter says.
pub(super) fn fields(text: String) -> Fields {
    let Some((matter, body)) = split(&text) else {
        return Fields::of_text(text);
    };
    let value = |names: &[&str]| names.iter().find_map(|name| scalar(matter, name));
    Fields {
        text: body.to_owned(),
        id: value(&["id"]),
        title: value(&["title", "headline"]),
        date: value(&["date", "published", "pubdate", "publishdate"]).and_then(|date| iso_date(&date)),
        source: value(&["source", "publisher", "site"]),
        url: value(&["url", "link", "canonical", "canonical_url"]),
    }
}

/// Divides the text at the line that closes the front matter. What does not look like YAML is text.
fn split(text: &str) -> Option<(&str, &str)> {
    let mut lines = text.split_inclusive('\n');
    let first = lines.next()?;
    if first.trim_end() != "---" {
        return None;
    }
    let mut length = first.len();
    for line in lines.take(LONGEST) {
        let end = length + line.len();
        if matches!(line.trim_end(), "---" | "...") {
            return Some((&text[first.len()..length], &text[end..]));
        }
        let nested = line.starts_with([' ', '\t', '-', '#', '[', ']']) || line.trim().is_empty();
        let keyed = line.split_once(':').is_some_and(|(key, _)| !key.contains(' '));
        if !nested && !keyed {
            return None;
        }
        length = end;
    }
    None
}

/// The value of a key at the outermost level, if it is a plain or a quoted string on the key's line.
fn scalar(matter: &str, name: &str) -> Option<String> {
    let value = matter.lines().find_map(|line| {
        let (key, value) = line.split_once(':')?;
        key.eq_ignore_ascii_case(name).then(|| value.trim())
    })?;
    let quoted = |mark: char| value.strip_prefix(mark).and_then(|rest| rest.strip_suffix(mark));
    let plain = match (quoted('"'), quoted('\'')) {
        (Some(double), _) => double.replace("\\\"", "\"").replace("\\\\", "\\"),
        (None, Some(single)) => single.replace("''", "'"),
        (None, None) if value.starts_with(['|', '>', '[', '{', '&', '*', '!']) => return None,
        (None, None) => value.split(" #").next().unwrap_or(value).trim().to_owned(),
    };
    (!plain.is_empty() && plain != "null" && plain != "~").then_some(plain)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_front_matter_is_read_and_left_out() {
        let read = fields(
            "---\r\ntitle: \"Envoys meet: \\\"no deal\\\"\"\r\ndate: 2020-02-11 # local\r\ntags:\r\n  - talks\r\nsource: 'Körfez''in Sesi'\r\n\
             url: https://example.org/a\r\n---\r\n# Envoys meet\r\n"
                .to_owned(),
        );
        assert_eq!(read.text, "# Envoys meet\r\n");
        assert_eq!(read.title.as_deref(), Some("Envoys meet: \"no deal\""));
        assert_eq!(read.date.as_deref(), Some("2020-02-11"));
        assert_eq!(read.source.as_deref(), Some("Körfez'in Sesi"));
        assert_eq!(read.url.as_deref(), Some("https://example.org/a"));
    }

    #[test]
    fn a_rule_at_the_top_is_text() {
        for text in ["---\nThe envoys met.\n---\n", "---\ntitle: never closed\n", "--- \nx", ""] {
            assert_eq!(fields(text.to_owned()), Fields::of_text(text.to_owned()));
        }
    }
}
