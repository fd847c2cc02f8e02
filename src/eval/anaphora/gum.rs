//! GUM (Zeldes): CoNLL-U files with coreference in the last column, one document a file.
//!
//! Asked is for which name a pronoun or a description with `the` stands, among all names of persons, organizations and
//! places in the document. A name is the proper nouns in the head of a mention, without a title before them.
use std::path::{Path, PathBuf};

use super::{AnaphoraDocument, LabelledAnaphor};
use crate::eval::EvalError;
use crate::eval::gold::text_file;
use crate::eval::subject::Question;
use crate::text::{Span, Text};

/// The kinds of entity that speak or are spoken about.
const KINDS: [&str; 3] = ["person", "organization", "place"];
/// A description longer than this is a clause rather than a mention, in code points.
const LONGEST: usize = 60;
/// Proper nouns that stand before a name and are none.
const TITLES: &str = "president prime minister secretary senator sen representative rep mr mrs ms dr king queen \
                      general gen chancellor governor gov judge professor sir mayor captain";

/// A word and what is known of it.
struct Token {
    span: Span,
    is_proper: bool,
    is_personal: bool,
}

/// A mention that was opened and not yet closed, or a whole one.
struct Mention {
    entity: String,
    kind: String,
    /// Words of its head, counted from 1 within the mention.
    head: Vec<usize>,
    first: usize,
    last: usize,
}

/// Reads a file, or the first `limit` files of a folder, sorted by name.
///
/// # Errors
/// When a file cannot be read or its sentences do not fit their words.
pub fn read(path: &Path, limit: usize) -> Result<Vec<AnaphoraDocument>, EvalError> {
    let mut files: Vec<PathBuf> = Vec::new();
    if path.is_dir() {
        for entry in std::fs::read_dir(path).map_err(EvalError::io(path))? {
            files.push(entry.map_err(EvalError::io(path))?.path());
        }
        files.retain(|file| file.extension().is_some_and(|extension| extension == "conllu"));
        files.sort();
    } else {
        files.push(path.to_owned());
    }
    files.truncate(limit);
    files.iter().map(|file| document(file)).collect()
}

fn document(file: &Path) -> Result<AnaphoraDocument, EvalError> {
    let string = text_file(file)?;
    let id = file.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or_default();
    let genre = id.split('_').nth(1).map(str::to_owned);
    let mut reader = Reader::default();
    for (number, line) in (1..).zip(string.lines()) {
        reader.take(line).map_err(|problem| EvalError::line(file, number, problem))?;
    }
    let text = Text::new(reader.text);
    let anaphors = anaphors(&text, &reader.tokens, &reader.mentions);
    Ok(AnaphoraDocument { id, genre, text, anaphors })
}

/// The state while a file is read.
#[derive(Default)]
struct Reader {
    text: String,
    /// Length of `text`, in code points.
    length: usize,
    /// What is left of the sentence in hand, and where it begins, in code points.
    sentence: String,
    tokens: Vec<Token>,
    open: Vec<Mention>,
    mentions: Vec<Mention>,
}

impl Reader {
    fn take(&mut self, line: &str) -> Result<(), String> {
        if line == "# newpar" || line.starts_with("# newpar ") || line.starts_with("# newpar=") {
            self.push(if self.text.is_empty() { "" } else { "\n\n" });
        } else if let Some(sentence) = line.strip_prefix("# text = ") {
            if !self.text.is_empty() && !self.text.ends_with('\n') {
                self.push(" ");
            }
            sentence.clone_into(&mut self.sentence);
        } else if line.is_empty() {
            let rest = std::mem::take(&mut self.sentence);
            self.push(&rest);
        } else if line.starts_with(|c: char| c.is_ascii_digit()) {
            let cells: Vec<&str> = line.split('\t').collect();
            let [number, word, _, tag, fine_tag, .., misc] = cells[..] else {
                return Err("it is no row of CoNLL-U".to_owned());
            };
            // Words that are written together or left out have rows with a range or a fraction besides.
            if number.bytes().all(|c| c.is_ascii_digit()) {
                self.token(word, tag, fine_tag)?;
                self.entities(misc);
            }
        }
        Ok(())
    }

    fn push(&mut self, more: &str) {
        self.text.push_str(more);
        self.length += more.chars().count();
    }

    fn token(&mut self, word: &str, tag: &str, fine_tag: &str) -> Result<(), String> {
        let sentence = std::mem::take(&mut self.sentence);
        let at = sentence.find(word).ok_or_else(|| format!("the word `{word}` is not in its sentence"))?;
        self.push(&sentence[..at]);
        let start = self.length;
        self.push(word);
        sentence[at + word.len()..].clone_into(&mut self.sentence);
        let span = Span::ordered(start, self.length);
        self.tokens.push(Token { span, is_proper: tag == "PROPN", is_personal: fine_tag.starts_with("PRP") });
        Ok(())
    }

    /// Opens and closes mentions: `(12-person-new-cf1-1,2-coref(3-place-…)` and `3)12)`.
    fn entities(&mut self, misc: &str) {
        let Some(marks) = misc.split('|').find_map(|part| part.strip_prefix("Entity=")) else { return };
        let at = self.tokens.len() - 1;
        let mut rest = marks;
        while !rest.is_empty() {
            if let Some(opened) = rest.strip_prefix('(') {
                let end = opened.find(['(', ')']).unwrap_or(opened.len());
                self.open.extend(Mention::opened(&opened[..end], at));
                rest = &opened[end..];
                if let Some(behind) = rest.strip_prefix(')') {
                    self.close(None, at);
                    rest = behind;
                }
            } else {
                let end = rest.find(')').unwrap_or(rest.len());
                self.close(Some(&rest[..end]), at);
                rest = rest.get(end + 1..).unwrap_or_default();
            }
        }
    }

    /// Closes the last mention, or the last of an entity.
    fn close(&mut self, entity: Option<&str>, at: usize) {
        let found = self.open.iter().rposition(|mention| entity.is_none_or(|entity| mention.entity == entity));
        if let Some(found) = found {
            let mention = self.open.remove(found);
            self.mentions.push(Mention { last: at, ..mention });
        }
    }
}

impl Mention {
    /// `12-person-new-nnnnn-cf1-1,2-coref-Link`; a part of a mention that is interrupted has `[1/2]` behind its entity.
    fn opened(fields: &str, at: usize) -> Option<Self> {
        let mut fields = fields.split('-');
        let entity = fields.next()?.to_owned();
        let kind = fields.next()?.to_owned();
        let head = fields.nth(3).unwrap_or_default().split(',').filter_map(|word| word.parse().ok()).collect();
        Some(Self { entity, kind, head, first: at, last: at })
    }

    fn span(&self, tokens: &[Token]) -> Span {
        tokens[self.first].span.join(&tokens[self.last].span)
    }

    /// The name in the head, if the head ends with one.
    fn name(&self, text: &Text, tokens: &[Token]) -> Option<Span> {
        let head: Vec<&Token> =
            self.head.iter().filter_map(|word| tokens.get(self.first + word.checked_sub(1)?)).collect();
        head.last().filter(|token| token.is_proper)?;
        let mut proper = head.into_iter().filter(|token| token.is_proper).collect::<Vec<_>>();
        let is_title = |token: &Token| {
            let word = text.slice(token.span).to_lowercase();
            TITLES.split(' ').any(|title| title == word.trim_end_matches('.'))
        };
        while proper.len() > 1 && is_title(proper[0]) {
            proper.remove(0);
        }
        Some(proper[0].span.join(&proper[proper.len() - 1].span))
    }

    /// What kind of anaphor it is, if it is one.
    fn anaphor(&self, text: &Text, tokens: &[Token]) -> Option<&'static str> {
        let words = text.slice(self.span(tokens)).to_lowercase();
        if self.first == self.last && tokens[self.first].is_personal {
            return match words.as_str() {
                "i" | "me" | "my" | "mine" | "we" | "us" | "our" | "ours" => Some("first person"),
                "you" | "your" | "yours" => None,
                _ => Some("pronoun"),
            };
        }
        (words.starts_with("the ") && self.span(tokens).len() <= LONGEST).then_some("description")
    }
}

fn anaphors(text: &Text, tokens: &[Token], mentions: &[Mention]) -> Vec<LabelledAnaphor> {
    let mut mentions: Vec<&Mention> =
        mentions.iter().filter(|mention| KINDS.contains(&mention.kind.as_str())).collect();
    mentions.sort_by_key(|mention| (mention.first, mention.last));
    let mut names: Vec<(&str, Span)> =
        mentions.iter().filter_map(|mention| Some((mention.entity.as_str(), mention.name(text, tokens)?))).collect();
    names.dedup();
    let mut anaphors = Vec::new();
    for mention in mentions {
        if mention.name(text, tokens).is_some() {
            continue;
        }
        let Some(kind) = mention.anaphor(text, tokens) else { continue };
        let span = mention.span(tokens);
        let outside: Vec<&(&str, Span)> = names.iter().filter(|(_, name)| !name.overlaps(&span)).collect();
        anaphors.push(LabelledAnaphor {
            question: Question { anaphor: span, candidates: outside.iter().map(|(_, name)| *name).collect() },
            right: outside.iter().map(|(entity, _)| *entity == mention.entity).collect(),
            kind,
        });
    }
    anaphors
}

#[cfg(test)]
pub(crate) mod tests {
    use super::*;

    fn row(number: &str, word: &str, tag: &str, fine: &str, misc: &str) -> String {
        format!("{number}\t{word}\t_\t{tag}\t{fine}\t_\t0\t_\t_\t{misc}")
    }

    /// An invented document of two paragraphs.
    pub(crate) fn sample() -> String {
        let rows = [
            "# newdoc id = GUM_news_dam".to_owned(),
            "# newpar".to_owned(),
            "# newpar_block = p (1 s)".to_owned(),
            "# text = Mayor Mara Quill won’t visit Oslo.".to_owned(),
            row("1", "Mayor", "PROPN", "NNP", "Entity=(1-person-new-nnnnn-cf1-1,2,3-coref-Mara_Quill"),
            row("2", "Mara", "PROPN", "NNP", "_"),
            row("3", "Quill", "PROPN", "NNP", "Entity=1)"),
            row("4-5", "won’t", "_", "_", "_"),
            row("4", "wo", "AUX", "MD", "_"),
            row("5", "n’t", "PART", "RB", "_"),
            row("6", "visit", "VERB", "VB", "_"),
            row("7", "Oslo", "PROPN", "NNP", "Entity=(2-place-new-nnnnn-cf2-1-coref)|SpaceAfter=No"),
            row("8", ".", "PUNCT", ".", "_"),
            String::new(),
            "# newpar".to_owned(),
            "# text = She likes the city and its (old) walls.".to_owned(),
            row("1", "She", "PRON", "PRP", "Entity=(1-person-giv:act-nnnnn-cf1-1-ana)"),
            row("2", "likes", "VERB", "VBZ", "_"),
            row("3", "the", "DET", "DT", "Entity=(2-place-giv:act-nnnnn-cf2-2-coref"),
            row("4", "city", "NOUN", "NN", "Entity=2)"),
            row("5", "and", "CCONJ", "CC", "_"),
            row("6", "its", "PRON", "PRP$", "Entity=(9-object-new-nnnnn-cf3-3-sgl(2-place-giv:act-nnnnn-cf2-1-ana)"),
            row("7", "(", "PUNCT", "-LRB-", "_"),
            row("8", "old", "ADJ", "JJ", "_"),
            row("9", ")", "PUNCT", "-RRB-", "_"),
            row("10", "walls", "NOUN", "NNS", "Entity=9)"),
            row("11", ".", "PUNCT", ".", "_"),
            String::new(),
        ];
        rows.join("\n")
    }

    fn document_of(content: &str) -> Result<Vec<AnaphoraDocument>, EvalError> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("GUM_news_dam.conllu"), content).unwrap();
        read(folder.path(), usize::MAX)
    }

    #[test]
    fn mentions_are_asked_for_their_names() {
        let document = document_of(&sample()).unwrap().remove(0);
        let words = |span: Span| document.text.slice(span);
        assert_eq!(document.text.as_str().lines().next(), Some("Mayor Mara Quill won’t visit Oslo."));
        assert_eq!(document.genre.as_deref(), Some("news"));
        let asked: Vec<_> = document.anaphors.iter().map(|one| (words(one.question.anaphor), one.kind)).collect();
        assert_eq!(asked, [("She", "pronoun"), ("the city", "description"), ("its", "pronoun")]);
        let first = &document.anaphors[0];
        let names: Vec<_> = first.question.candidates.iter().map(|span| words(*span)).collect();
        assert_eq!(names, ["Mara Quill", "Oslo"]);
        assert_eq!(first.right, [true, false]);
        assert_eq!(document.anaphors[2].right, [false, true]);
    }

    #[test]
    fn a_word_that_is_not_in_its_sentence_is_named() {
        let error = document_of(&sample().replace("\tOslo\t", "\tBergen\t")).unwrap_err().to_string();
        assert!(error.contains("line 12: the word `Bergen`"), "{error}");
    }
}
