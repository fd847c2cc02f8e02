//! PolNeAR (Newell, Margolin and Ruths, 2018): a folder with `attributions/NAME_xxxx.ann` in brat's stand-off form and
//! `text/NAME.txt`.
//!
//! A text with several annotators is taken once, from the first of them by name. Contents include their marks and a
//! leading `that`, and may have several parts. Its annotators did not tell direct from mixed from indirect; the kind
//! is read off the marks, and the form of a source off its words. Spans called `Discard` and `Discuss` are masked.
use std::collections::{HashMap, HashSet};
use std::path::Path;

use super::{Bounds, EvalError, GoldArticle, Layers, bare_article, text_file};
use crate::annotation::{MentionForm, QuoteKind};
use crate::eval::attribution::Attribution;
use crate::eval::strings::{has_marks, is_in_marks};
use crate::speaker::form::Form;
use crate::text::{Span, Text};

/// Spans without attribution that are not to be counted.
const MASKS: [&str; 2] = ["Discard", "Discuss"];

/// A text-bound annotation: its label and its parts.
struct Bound {
    label: String,
    parts: Vec<Span>,
}

/// Reads the folder that holds `attributions` and `text`, the first `limit` articles of it.
///
/// # Errors
/// When a file cannot be read or its offsets do not lie in the text.
pub fn read(folder: &Path, limit: usize) -> Result<Vec<GoldArticle>, EvalError> {
    let attributions = folder.join("attributions");
    let mut files = Vec::new();
    for entry in std::fs::read_dir(&attributions).map_err(EvalError::io(&attributions))? {
        let path = entry.map_err(EvalError::io(&attributions))?.path();
        if path.extension().is_some_and(|extension| extension == "ann") {
            files.push(path);
        }
    }
    files.sort();
    let mut seen = HashSet::new();
    let mut articles = Vec::new();
    for file in files {
        let stem = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
        let name = stem.rsplit_once('_').map_or(stem.as_str(), |(name, _)| name).to_owned();
        if articles.len() < limit && seen.insert(name.clone()) {
            let text = text_file(&folder.join("text").join(format!("{name}.txt")))?;
            articles.push(article(&file, &name, text)?);
        }
    }
    Ok(articles)
}

fn article(file: &Path, name: &str, text: String) -> Result<GoldArticle, EvalError> {
    let article = bare_article(name, Path::new(&format!("{name}.txt")), text);
    let annotations = text_file(file)?;
    let mut bounds: HashMap<&str, Bound> = HashMap::new();
    let mut masked = Vec::new();
    for (number, line) in (1..).zip(annotations.lines()) {
        // A line that begins otherwise continues the words of the one before it, which are not needed.
        let Some((id, rest)) = line.split_once('\t').filter(|(id, _)| is_id(id, 'T')) else { continue };
        let bound = bound(&article.text, rest).map_err(|problem| EvalError::line(file, number, problem))?;
        if MASKS.contains(&bound.label.as_str()) {
            masked.extend(bound.parts.iter().copied());
        }
        bounds.insert(id, bound);
    }
    let mut quotes = Vec::new();
    for line in annotations.lines() {
        if let Some((_, roles)) = line.split_once('\t').filter(|(id, _)| is_id(id, 'E')) {
            quotes.extend(attribution(&article.text, roles, &bounds));
        }
    }
    quotes.sort_by_key(|quote| quote.content.first().copied());
    let layers = Layers { bounds: Bounds::Contents, cues: true, sources: true, speakers: false };
    Ok(GoldArticle { article, quotes, not_speech: Vec::new(), masked, layers })
}

fn is_id(id: &str, letter: char) -> bool {
    id.strip_prefix(letter).is_some_and(|number| !number.is_empty() && number.bytes().all(|c| c.is_ascii_digit()))
}

/// `Content 5 9;12 20<TAB>words`.
fn bound(text: &Text, line: &str) -> Result<Bound, String> {
    let head = line.split('\t').next().unwrap_or_default();
    let (label, offsets) = head.split_once(' ').ok_or("a label without offsets")?;
    let mut parts = Vec::new();
    for part in offsets.split(';') {
        let number = |word: Option<&str>| word.and_then(|word| word.parse().ok());
        let mut words = part.split_whitespace();
        let span = number(words.next()).zip(number(words.next())).and_then(|(start, end)| Span::new(start, end).ok());
        parts.push(
            span.filter(|span| span.end() <= text.len()).ok_or_else(|| format!("`{part}` is no span of the text"))?,
        );
    }
    parts.sort_unstable();
    Ok(Bound { label: label.to_owned(), parts })
}

/// `Attribution:T8 Content:T7 Cue:T6 Source:T5`; a role may have a number behind it.
fn attribution(text: &Text, roles: &str, bounds: &HashMap<&str, Bound>) -> Option<Attribution> {
    let parts = |wanted: &str| {
        let mut parts: Vec<Span> = roles
            .split_whitespace()
            .filter_map(|role| role.split_once(':'))
            .filter(|(role, _)| role.trim_end_matches(|c: char| c.is_ascii_digit()) == wanted)
            .filter_map(|(_, id)| bounds.get(id).filter(|bound| bound.label == wanted))
            .flat_map(|bound| bound.parts.iter().copied())
            .collect();
        parts.sort_unstable();
        parts
    };
    let content = parts("Content");
    let source = parts("Source").first().copied();
    (!content.is_empty()).then(|| Attribution {
        kind: kind(text, &content),
        cue: parts("Cue").first().copied(),
        source,
        form: source.map(|source| form(text.slice(source))),
        content,
        ..Attribution::default()
    })
}

fn form(mention: &str) -> MentionForm {
    match Form::of(mention) {
        Form::Name => MentionForm::Name,
        Form::Nominal => MentionForm::Nominal,
        Form::He | Form::She | Form::It | Form::They | Form::First => MentionForm::Pronoun,
    }
}

fn kind(text: &Text, content: &[Span]) -> QuoteKind {
    if content.iter().all(|part| is_in_marks(text, *part)) {
        QuoteKind::Direct
    } else if content.iter().any(|part| has_marks(text, *part)) {
        QuoteKind::Mixed
    } else {
        QuoteKind::Indirect
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const TEXT: &str = "Mara Quill said that the dam “holds for now.”\n“Nobody,” an aide\nadded, “knows.” Follow us.";

    fn folder() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir(folder.path().join("attributions")).unwrap();
        std::fs::create_dir(folder.path().join("text")).unwrap();
        std::fs::write(folder.path().join("text/wire_dam.txt"), TEXT).unwrap();
        let text = Text::new(TEXT);
        let offsets = |words: &str| {
            let at = TEXT.find(words).unwrap();
            let span = text.span_of_bytes(at..at + words.len());
            format!("{} {}", span.start(), span.end())
        };
        let lines = [
            format!("T1\tSource {}\tMara Quill", offsets("Mara Quill")),
            format!("T2\tCue {}\tsaid", offsets("said")),
            format!("T3\tContent {}\t…", offsets("that the dam “holds for now.”")),
            format!("T4\tAttribution {}\tsaid", offsets("said")),
            "E1\tAttribution:T4 Content:T3 Cue:T2 Source:T1".to_owned(),
            format!("T5\tContent {};{}\t“Nobody,” “knows.”", offsets("“knows.”"), offsets("“Nobody,”")),
            format!("T6\tSource {}\tan aide", offsets("an aide\nadded")),
            "added".to_owned(),
            "E2\tAttribution-no-source:T4 Content2:T5 Source:T6".to_owned(),
            format!("T7\tDiscard {}\tFollow us.", offsets("Follow us.")),
            "#1\tAnnotatorNotes T3\tsure?".to_owned(),
        ];
        std::fs::write(folder.path().join("attributions/wire_dam_a1b2.ann"), lines.join("\n")).unwrap();
        std::fs::write(folder.path().join("attributions/wire_dam_c3d4.ann"), "").unwrap();
        folder
    }

    #[test]
    fn relations_are_read_with_their_parts() {
        let folder = folder();
        let gold = read(folder.path(), usize::MAX).unwrap();
        assert_eq!(gold.len(), 1, "one annotator a text");
        let GoldArticle { article, quotes, masked, .. } = &gold[0];
        let words = |span: &Span| article.text.slice(*span).to_owned();
        assert_eq!(quotes[0].content.iter().map(words).collect::<Vec<_>>(), ["that the dam “holds for now.”"]);
        assert_eq!(quotes[1].content.iter().map(words).collect::<Vec<_>>(), ["“Nobody,”", "“knows.”"]);
        assert_eq!(words(&quotes[0].source.unwrap()), "Mara Quill");
        assert_eq!(words(&quotes[0].cue.unwrap()), "said");
        assert_eq!(quotes[1].cue, None);
        assert_eq!((quotes[0].form, quotes[1].form), (Some(MentionForm::Name), Some(MentionForm::Nominal)));
        assert_eq!((quotes[0].kind, quotes[1].kind), (QuoteKind::Mixed, QuoteKind::Direct));
        assert_eq!(masked.iter().map(words).collect::<Vec<_>>(), ["Follow us."]);
    }

    #[test]
    fn offsets_outside_the_text_name_the_line() {
        let folder = folder();
        std::fs::write(folder.path().join("attributions/wire_dam_a1b2.ann"), "T1\tCue 3 9000\tsaid").unwrap();
        let error = read(folder.path(), 1).unwrap_err().to_string();
        assert!(error.contains("wire_dam_a1b2.ann, line 1: `3 9000` is no span of the text"), "{error}");
    }
}
