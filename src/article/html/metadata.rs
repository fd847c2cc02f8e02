//! What a page says about itself: JSON-LD, meta elements, the canonical link, `time` elements.
use dom_query::Document;
use dom_smoothie::Readability;

use crate::article::date::iso_date;
use crate::article::fields::Fields;
use crate::text::fold;

/// Elements and attributes that hold the day of publication on pages without the usual metadata, best first.
const DATES: [(&str, &str); 9] = [
    ("meta[itemprop='datePublished']", "content"),
    ("time[itemprop='datePublished']", "datetime"),
    ("meta[name='date']", "content"),
    ("meta[name='pubdate']", "content"),
    ("meta[name='publish-date']", "content"),
    ("meta[name='DC.date.issued']", "content"),
    ("meta[name='DC.date']", "content"),
    ("article time[datetime]", "datetime"),
    ("time[datetime]", "datetime"),
];

/// Elements that hold the page's own address.
const ADDRESSES: [(&str, &str); 2] = [("link[rel='canonical']", "href"), ("meta[property='og:url']", "content")];

/// Title, date, source and address of a page; no text.
pub(super) fn of_page(page: &Document) -> Fields {
    // The reader takes the page over and offers its metadata by reference only: a copy without the body would lose
    // the headings from which titles are told.
    let Ok(reader) = Readability::with_document(page.clone(), None, None) else {
        return Fields::default();
    };
    let about = reader.get_article_metadata(reader.parse_json_ld());
    let filled = |value: Option<String>| value.map(|value| value.trim().to_owned()).filter(|value| !value.is_empty());
    Fields {
        title: filled(Some(about.title)).map(|title| own_title(page, &title)),
        date: about
            .published_time
            .and_then(|time| iso_date(&time))
            .or_else(|| DATES.iter().find_map(|(path, name)| iso_date(&attribute(page, path, name)?))),
        source: filled(about.site_name).or_else(|| filled(attribute(page, "meta[name='application-name']", "content"))),
        url: filled(about.url)
            .or_else(|| ADDRESSES.iter().find_map(|(path, name)| filled(attribute(page, path, name)))),
        ..Fields::default()
    }
}

fn attribute(page: &Document, path: &str, name: &str) -> Option<String> {
    page.select(path).attr(name).map(|value| value.to_string())
}

/// The first heading where the page's title only adds to it (`Rain – The Courier`), else the title, in one line.
fn own_title(page: &Document, title: &str) -> String {
    let heading =
        one_line(&page.select("h1").iter().next().map_or_else(String::new, |heading| heading.text().to_string()));
    let key = fold(&heading);
    if key.split(' ').count() > 2 && fold(title).starts_with(&key) { heading } else { one_line(title) }
}

fn one_line(string: &str) -> String {
    string.split_ascii_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn linked_data_come_first() {
        let page = Document::from(
            r#"<title>Rain &amp; wind | Courier</title><script type="application/ld+json">{"@context": "https://schema.org",
            "@type": "NewsArticle", "headline": "Rain &amp; wind hit Liman", "datePublished": "2021-03-03T23:00:00Z",
            "publisher": {"name": "The Courier"}, "url": "https://courier.example/rain"}</script>"#,
        );
        let about = of_page(&page);
        assert_eq!(about.title.as_deref(), Some("Rain & wind hit Liman"));
        assert_eq!(about.date.as_deref(), Some("2021-03-03"));
        assert_eq!(about.source.as_deref(), Some("The Courier"));
        assert_eq!(about.url.as_deref(), Some("https://courier.example/rain"));
    }

    #[test]
    fn elements_of_the_page_fill_the_gaps() {
        let page = Document::from(
            r#"<link rel="canonical" href="https://courier.example/a"><time datetime="2021-03-03">Wednesday</time>"#,
        );
        let about = of_page(&page);
        assert_eq!((about.title, about.date.as_deref()), (None, Some("2021-03-03")));
        assert_eq!(about.url.as_deref(), Some("https://courier.example/a"));
    }
}
