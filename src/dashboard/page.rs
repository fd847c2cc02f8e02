//! The page: template, style, scripts and data in one HTML file.
//!
//! Nothing in it comes from elsewhere, and a policy in its head (`Content-Security-Policy`) forbids the browser to ask
//! for anything or to run anything but the scripts that stand in it, which it names by their hashes. Data are JSON and
//! base64 in script elements that are no scripts; `<` is escaped, so that no text of an article can end them.
use std::io::{self, Write};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use super::{Dashboard, columns::Columns};

const TEMPLATE: &str = include_str!("page/page.html");
const STYLE: &str = concat!(include_str!("page/vendor/uPlot.min.css"), "\n", include_str!("page/style.css"));
/// The chart library under its licence, see `page/vendor/README.md`.
const CHARTS: &str = concat!(
    "/*! uPlot 1.6.32, https://github.com/leeoniya/uPlot\n\n",
    include_str!("page/vendor/LICENSE"),
    "*/\n",
    include_str!("page/vendor/uPlot.iife.min.js")
);
/// One script in several files, in the order in which they need each other.
const SCRIPT: &str = concat!(
    "'use strict';\n(() => {\n",
    include_str!("page/dom.js"),
    include_str!("page/data.js"),
    include_str!("page/filters.js"),
    include_str!("page/figures.js"),
    include_str!("page/color.js"),
    include_str!("page/quotes.js"),
    include_str!("page/heatmap.js"),
    include_str!("page/timeline.js"),
    include_str!("page/rankings.js"),
    include_str!("page/main.js"),
    "})();\n"
);

/// Writes the page of a dashboard.
pub(super) fn write(dashboard: &Dashboard, out: &mut impl Write) -> io::Result<()> {
    // The template is cut at its places, not replaced in, so that nothing in what is put there is a place.
    for (at, part) in TEMPLATE.split("{{").enumerate() {
        let (place, rest) = if at == 0 { ("", part) } else { part.split_once("}}").unwrap_or((part, "")) };
        match place {
            "policy" => write!(out, "{}", policy())?,
            "title" => out.write_all(escaped(dashboard.title()).as_bytes())?,
            "style" => out.write_all(STYLE.as_bytes())?,
            "charts" => out.write_all(CHARTS.as_bytes())?,
            "script" => out.write_all(SCRIPT.as_bytes())?,
            "data" => out.write_all(data(dashboard)?.as_bytes())?,
            "passages" => {
                for block in &dashboard.passages {
                    let block = STANDARD.encode(block);
                    writeln!(out, "<script type=\"text/plain\" class=\"passages\">{block}</script>")?;
                }
            }
            _ => {}
        }
        out.write_all(rest.as_bytes())?;
    }
    Ok(())
}

/// The rows as JSON in which no element can end or begin.
fn data(dashboard: &Dashboard) -> io::Result<String> {
    Ok(serde_json::to_string(&Columns::of(dashboard))?.replace('<', "\\u003c"))
}

/// What the page may do: run its own scripts, use its own style.
fn policy() -> String {
    let hash = |content: &str| format!("'sha256-{}'", STANDARD.encode(Sha256::digest(content)));
    format!(
        "default-src 'none'; script-src {} {}; style-src {}; img-src data:; base-uri 'none'; form-action 'none'",
        hash(CHARTS),
        hash(SCRIPT),
        hash(STYLE)
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;
    use crate::dashboard::{Collector, Labels};

    #[test]
    fn nothing_of_an_article_can_end_its_element() {
        let mut annotation = sample();
        let evil = "</script><script>alert(1)</script>{{script}}";
        annotation.article.title = Some(evil.to_owned());
        annotation.entities[0].name = evil.to_owned();
        let mut collector = Collector::default();
        collector.add(&annotation);
        let mut page = Vec::new();
        let labels = Labels { title: "<b>&".to_owned(), ..Labels::default() };
        collector.finish(labels).write_page(&mut page).unwrap();
        let page = String::from_utf8(page).unwrap();
        assert!(!page.contains("alert(1)</script>"));
        assert!(page.contains("\\u003c/script>\\u003cscript>alert(1)\\u003c/script>{{script}}"));
        assert!(page.contains("<title>&lt;b&gt;&amp;</title>"));
        assert_eq!(page.matches("</script>").count(), 4, "charts, script, data and one block of passages");
    }

    #[test]
    fn the_page_names_no_address_to_load_from() {
        let whole = [TEMPLATE, STYLE, SCRIPT].concat();
        for loading in ["src=", "@import", "url(", "fetch(", "XMLHttpRequest", "import("] {
            assert!(!whole.contains(loading), "{loading}");
        }
        assert!(policy().starts_with("default-src 'none'; script-src 'sha256-"));
    }
}
