//! An annotation as a page for the terminal: the article with its quotations in colour, and under each paragraph who
//! said what and how they stand toward whom.
//!
//! Colours are never the only sign: quotations carry their id, stances their word. The page is a string with escape
//! codes; whether they reach the terminal is the caller's business.
mod note;
mod paint;
mod wrap;

use anstyle::Style;

use crate::annotation::Annotation;
use note::note;
use paint::Palette;
use wrap::Line;

/// The page of an annotation in lines of at most `width` columns, where words allow.
#[must_use]
pub fn terminal(annotation: &Annotation, width: usize) -> String {
    let mut page = String::new();
    let mut put = |line: &Line, indent: usize| line.write(&mut page, width, indent);
    put(&heading(annotation), 0);
    let article = &annotation.article;
    let about = [article.date.as_deref(), article.source.as_deref(), Some(article.path.as_str())];
    let about: Vec<&str> = about.into_iter().flatten().filter(|part| !part.is_empty()).collect();
    put(&Line::of(&about.join(" · "), Palette::ASIDE), 0);
    put(&Line::default(), 0);

    let cells = paint::cells(annotation);
    let mut at = 0;
    for paragraph in cells.split(|cell| cell.char == '\n') {
        let end = at + paragraph.len();
        put(&paint::paragraph(annotation, paragraph, at), 0);
        for quote in annotation.quotes.iter().filter(|quote| (at..=end).contains(&quote.end()) && quote.end() > at) {
            put(&note(annotation, quote), 8);
        }
        at = end + 1;
    }
    for warning in &annotation.warnings {
        put(&Line::of(&format!("warning: {}", warning.message), Palette::WARNING), 2);
    }
    put(&Line::of(&summary(annotation), Palette::ASIDE), 0);
    page
}

fn heading(annotation: &Annotation) -> Line {
    let article = &annotation.article;
    Line::of(article.title.as_deref().unwrap_or(&article.id), Style::new().bold())
}

fn summary(annotation: &Annotation) -> String {
    let speakers = annotation
        .entities
        .iter()
        .filter(|entity| annotation.quotes.iter().any(|quote| quote.speakers.contains(&entity.id)));
    let stances: usize = annotation.quotes.iter().map(|quote| quote.stances.len()).sum();
    let counted = |count: usize, noun: &str| format!("{count} {noun}{}", if count == 1 { "" } else { "s" });
    let mut parts = vec![
        counted(annotation.quotes.len(), "quotation"),
        counted(speakers.count(), "speaker"),
        counted(stances, "stance"),
    ];
    if !annotation.tool.model.is_empty() {
        parts.push(format!("model {}", annotation.tool.model));
    }
    parts.join(" · ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    fn plain(annotation: &Annotation, width: usize) -> String {
        anstream::adapter::strip_str(&terminal(annotation, width)).to_string()
    }

    #[test]
    fn a_page_is_readable_without_colours() {
        insta::assert_snapshot!(plain(&sample(), 72));
    }

    #[test]
    fn a_page_fits_a_narrow_terminal() {
        let page = plain(&sample(), 30);
        let longest = page.lines().map(|line| line.chars().count()).max();
        assert!(longest <= Some(30), "{page}");
    }

    #[test]
    fn words_of_a_quotation_are_coloured() {
        let page = terminal(&sample(), 72);
        assert!(page.contains("\u{1b}[33msaid\u{1b}[0m"), "a cue is yellow: {page:?}");
        assert!(page.contains("\u{1b}[4m\u{1b}[32mRussia\u{1b}[0m"), "evidence is underlined: {page:?}");
    }

    #[test]
    fn an_article_cannot_steer_the_terminal() {
        let mut annotation = sample();
        annotation.article.title = Some("\u{1b}]0;owned\u{7}".to_owned());
        annotation.article.text.push_str("\u{9b}2J");
        let page = terminal(&annotation, 72);
        assert!(!page.contains("\u{1b}]") && !page.contains('\u{7}') && !page.contains('\u{9b}'));
    }

    #[test]
    fn a_damaged_annotation_is_shown_as_far_as_it_goes() {
        let mut annotation = sample();
        annotation.quotes[0].spans[0].end = 99_999;
        annotation.quotes[1].spans.clear();
        annotation.quotes[2].speakers[0] = "nobody".to_owned();
        assert!(plain(&annotation, 72).contains("nobody"));
    }
}
