//! The colours of the article's text.
use anstyle::{AnsiColor, Style};

use super::wrap::{Cell, Line};
use crate::annotation::{Annotation, QuoteKind, Stance};

/// What looks how.
pub(super) struct Palette;

impl Palette {
    pub const ASIDE: Style = Style::new().dimmed();
    pub const WARNING: Style = AnsiColor::Yellow.on_default();
    pub const SPEAKER: Style = Style::new().bold();
    const CUE: Style = AnsiColor::Yellow.on_default();
    const SOURCE: Style = AnsiColor::Magenta.on_default().bold();
    const NOT_SPEECH: Style = Style::new().dimmed();

    pub const fn quote(kind: QuoteKind) -> Style {
        match kind {
            QuoteKind::Direct | QuoteKind::Mixed => AnsiColor::Green.on_default(),
            QuoteKind::Indirect => AnsiColor::Cyan.on_default(),
        }
    }

    pub const fn stance(stance: Stance) -> Style {
        match stance {
            Stance::Favor => AnsiColor::Blue.on_default(),
            Stance::Neutral => Style::new(),
            Stance::Against => AnsiColor::Red.on_default(),
        }
    }
}

/// The characters of the article in their colours. What lies inside is painted last: a fragment over the clause
/// around it, evidence over the quotation.
pub(super) fn cells(annotation: &Annotation) -> Vec<Cell> {
    let mut cells: Vec<Cell> = annotation.article.text.chars().map(|char| Cell { char, style: Style::new() }).collect();
    let mut paint = |start: usize, end: usize, look: &dyn Fn(Style) -> Style| {
        let end = end.min(cells.len());
        for cell in cells.get_mut(start..end).unwrap_or_default() {
            cell.style = look(cell.style);
        }
    };
    for marked in &annotation.not_speech {
        paint(marked.start, marked.end, &|_| Palette::NOT_SPEECH);
    }
    let indirect_first = annotation.quotes.iter().filter(|quote| quote.kind == QuoteKind::Indirect);
    for quote in indirect_first.chain(annotation.quotes.iter().filter(|quote| quote.kind != QuoteKind::Indirect)) {
        for span in &quote.spans {
            paint(span.start, span.end, &|_| Palette::quote(quote.kind));
        }
    }
    for quote in &annotation.quotes {
        if let Some(cue) = &quote.cue {
            paint(cue.start, cue.end, &|_| Palette::CUE);
        }
        if let Some(source) = &quote.source {
            paint(source.start, source.end, &|_| Palette::SOURCE);
        }
        for evidence in quote.stances.iter().flat_map(|stance| &stance.evidence) {
            paint(evidence.start, evidence.end, &|style| style.underline());
        }
    }
    cells
}

/// A paragraph that begins at `start`, with the id of each quotation behind its end and the closing mark there.
pub(super) fn paragraph(annotation: &Annotation, cells: &[Cell], start: usize) -> Line {
    let mut ids: Vec<(usize, &str)> = annotation
        .quotes
        .iter()
        .filter(|quote| quote.end() > start && quote.end() <= start + cells.len())
        .map(|quote| {
            let end = quote.end() - start;
            let closed = quote.kind != QuoteKind::Indirect && cells.get(end).is_some_and(|cell| is_closing(cell.char));
            (end + usize::from(closed), quote.id.as_str())
        })
        .collect();
    ids.sort_by_key(|(at, _)| *at);
    let mut line = Line::default();
    let mut ids = ids.into_iter().peekable();
    for at in 0..=cells.len() {
        while let Some((_, id)) = ids.next_if(|(place, _)| *place <= at) {
            line.push(&format!("[{id}]"), Palette::ASIDE);
        }
        if let Some(cell) = cells.get(at) {
            line.push_cell(*cell);
        }
    }
    line
}

fn is_closing(c: char) -> bool {
    matches!(c, '"' | '”' | '’' | '\'' | '»' | '“' | '«' | '›' | '‹')
}
