//! Blocks: the paragraphs of an article and what stands between them.
//!
//! Pages of news agencies come with their heading three times, the caption of a photo, a byline and headings between
//! paragraphs, all as lines of the same plain text. A quotation runs over paragraphs but never over a heading, and
//! the words of a heading are no evidence for who speaks, so the difference is made once, here.
mod credits;
mod heading;
mod lines;

use std::collections::HashSet;

use crate::text::{Span, Text, fold};

/// What a block is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum BlockKind {
    /// Running text, items of lists included.
    Paragraph,
    /// A line over the paragraphs that follow, a pointer to another article, or a rule between parts.
    Heading,
    /// The article's title where it stands first.
    Title,
    /// A title or heading that is printed again.
    RepeatedTitle,
    /// Who wrote it, for whom, where and when.
    Byline,
    /// What a photo shows, with its credit.
    Caption,
}

/// A paragraph or another block of a text, without blanks at its ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Where it stands.
    pub span: Span,
    /// What it is.
    pub kind: BlockKind,
}

/// Divides a text into blocks, in order; every character that is not blank lies in exactly one. Lines are blocks,
/// save in text that is wrapped at a fixed width, where a paragraph's lines are joined. Without a title, the first
/// line is the title if it looks like one.
#[must_use]
pub fn blocks(text: &Text, title: Option<&str>) -> Vec<Block> {
    let spans = lines::paragraphs(text);
    let own_title = if title.is_none() { title_span(text, &spans) } else { None };
    let title_key = title.map(key).or_else(|| own_title.map(|span| key(text.slice(span))));
    let mut kinds: Vec<BlockKind> = spans.iter().map(|span| kind_of(text.slice(*span))).collect();
    heading::demote_false(&mut kinds, |index| heading::is_marked(text.slice(spans[index])));
    mark_repeated(text, &spans, title_key.as_deref(), &mut kinds);
    spans.into_iter().zip(kinds).map(|(span, kind)| Block { span, kind }).collect()
}

/// The title of a text that brings none: its first block, if that looks like a heading and something follows it.
/// Markdown marks are taken off.
#[must_use]
pub fn title_of(text: &Text) -> Option<String> {
    let span = title_span(text, &lines::first_paragraphs(text))?;
    Some(heading::bare(text.slice(span)).to_owned())
}

fn title_span(text: &Text, spans: &[Span]) -> Option<Span> {
    let (first, rest) = spans.split_first()?;
    let line = text.slice(*first);
    let titled = kind_of(line) == BlockKind::Heading && line.chars().any(char::is_alphabetic);
    (titled && !rest.is_empty()).then_some(*first)
}

/// What a block looks like by itself.
fn kind_of(line: &str) -> BlockKind {
    if credits::is_caption(line) {
        BlockKind::Caption
    } else if credits::is_byline(line) {
        BlockKind::Byline
    } else if heading::looks_like_one(line) {
        BlockKind::Heading
    } else {
        BlockKind::Paragraph
    }
}

/// Finds the title and all that is printed again.
fn mark_repeated(text: &Text, spans: &[Span], title: Option<&str>, kinds: &mut [BlockKind]) {
    let mut titled = false;
    let mut headings = HashSet::new();
    for (span, kind) in spans.iter().zip(kinds) {
        let key = key(text.slice(*span));
        if key.is_empty() {
            continue;
        }
        if title == Some(key.as_str()) {
            *kind = if titled { BlockKind::RepeatedTitle } else { BlockKind::Title };
            titled = true;
        } else if *kind == BlockKind::Heading && !headings.insert(key) {
            *kind = BlockKind::RepeatedTitle;
        }
    }
}

/// What two printings of a heading share: the words, whatever marks stand around them.
fn key(line: &str) -> String {
    let folded = fold(heading::bare(line));
    folded.trim_matches(|c: char| c.is_ascii_punctuation() && !matches!(c, '\'' | '"') || c == ' ').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use BlockKind::{Byline, Caption, Heading, Paragraph, RepeatedTitle, Title};

    fn kinds(string: &str, title: Option<&str>) -> Vec<(BlockKind, String)> {
        let text = Text::new(string);
        blocks(&text, title).iter().map(|block| (block.kind, text.slice(block.span).to_owned())).collect()
    }

    fn only_kinds(string: &str, title: Option<&str>) -> Vec<BlockKind> {
        kinds(string, title).into_iter().map(|(kind, _)| kind).collect()
    }

    const AGENCY: &str = "Envoys meet in Liman over ferry dispute\r\n\r\nEnvoys meet in Liman over ferry dispute\r\n\r\n\
        LIMAN - Körfez Agency\r\nEnvoys meet in Liman over ferry dispute\r\n\r\n\
        Deputy Minister Orhan Demir arrives in Liman, Kuzey, on March 3, 2021. (KA Photo)\r\n\r\n\
        Envoys of both shores met on Tuesday, the ministry said.\r\n\r\n\
        “We need a line that runs every day,” Demir said.\r\n\r\n\
        Fishermen 'very angry' over quotas\r\nFishermen 'very angry' over quotas\r\n\r\n\
        The fishermen stayed away.\r\n\r\nTalks to go on\r\n\r\nThe envoys meet again in May.\r\n";

    #[test]
    fn a_page_of_an_agency_is_taken_apart() {
        let expected = [
            Title,
            RepeatedTitle,
            Byline,
            RepeatedTitle,
            Caption,
            Paragraph,
            Paragraph,
            Heading,
            RepeatedTitle,
            Paragraph,
            Heading,
            Paragraph,
        ];
        assert_eq!(only_kinds(AGENCY, Some("Envoys meet in Liman over ferry dispute")), expected);
        assert_eq!(only_kinds(AGENCY, None), expected);
        assert_eq!(title_of(&Text::new(AGENCY)).as_deref(), Some("Envoys meet in Liman over ferry dispute"));
    }

    #[test]
    fn a_title_outside_the_text_changes_nothing() {
        assert_eq!(only_kinds("It rained.\n\nThen it stopped.", Some("Rain")), [Paragraph, Paragraph]);
        assert_eq!(title_of(&Text::new("It rained.\n\nThen it stopped.")), None);
        assert_eq!(title_of(&Text::new("Rain in Liman")), None);
    }

    #[test]
    fn markdown_headings_are_seen_with_their_marks() {
        let markdown =
            "# Ferry *dispute*\n\nThe ferry is late.\n\n## What now?\n\n- It waits.\n- It sails.\n\n---\n\n> We wait.";
        assert_eq!(
            kinds(markdown, Some("Ferry *dispute*")).into_iter().map(|(kind, _)| kind).collect::<Vec<_>>(),
            [Title, Paragraph, Heading, Paragraph, Paragraph, Heading, Paragraph]
        );
        assert_eq!(title_of(&Text::new(markdown)).as_deref(), Some("Ferry *dispute*"));
    }

    #[test]
    fn a_line_without_its_full_stop_may_still_be_speech() {
        let string = "The minister spoke.\n\n“We will never give up\n\n“Not today,” he said\n\nHe listed three things:\n\n\
            Q: Why now?\n\nNothing follows here";
        assert_eq!(only_kinds(string, None), [Paragraph; 6]);
    }

    #[test]
    fn lists_of_short_lines_are_no_headings() {
        let string =
            "The winners are these.\n\nOrhan Demir\nŞule Önder\nKemal Taş\nAyşe Kurt\nCan Ak\n\nThey meet today.";
        assert_eq!(only_kinds(string, None), [Paragraph; 7]);
    }

    #[test]
    fn pointers_to_other_articles_are_headings() {
        let string = "It rained.\n\nRead more: Storm hits Liman.\n\nALSO READ | Ferry sinks\n\nIt stopped.";
        assert_eq!(only_kinds(string, None), [Paragraph, Heading, Heading, Paragraph]);
    }

    #[test]
    fn blank_text_has_no_blocks() {
        assert_eq!(kinds(" \r\n\u{200b}\n", Some("x")), []);
    }
}
