//! Folding: one key for all the ways in which a name is written.
//!
//! `KALIN`, `Kalın` and `Kalin` are one man, and `Stoltenberg’s` has two apostrophes in use. The text itself is never
//! changed; a folded copy is matched, and [`Folded`] leads from a match back to the text.
use std::ops::Range;

use unicode_normalization::{UnicodeNormalization, char::is_combining_mark};

use super::Span;

/// A folded copy of a string that remembers where each of its bytes comes from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Folded {
    key: String,
    /// For every byte of the key the character of the source that it comes from, in code points, with the marks
    /// on it.
    origins: Vec<Span>,
}

/// The matching key of a string: compatibility forms taken apart, marks dropped, Turkish and other letters brought
/// to their plain neighbours, lower case, one kind of apostrophe, quotation mark and hyphen, every run of white
/// space one blank, none at the ends.
///
/// ```
/// # use ascribe::text::fold;
/// assert_eq!(fold("İbrahim  KALIN’s"), fold("Ibrahim Kalın's"));
/// ```
#[must_use]
pub fn fold(string: &str) -> String {
    Folded::of(string).key
}

impl Folded {
    /// Folds a string as [`fold`] does.
    #[must_use]
    pub fn of(string: &str) -> Self {
        let mut folded = Self { key: String::with_capacity(string.len()), origins: Vec::with_capacity(string.len()) };
        let mut blank_at = None;
        for (offset, c) in string.chars().enumerate() {
            if c.is_ascii_alphanumeric() {
                folded.settle(&mut blank_at);
                folded.push(c.to_ascii_lowercase(), offset);
            } else if is_combining_mark(c) {
                if blank_at.is_none() {
                    folded.extend(offset);
                }
            } else {
                fold_char(c, &mut |part| {
                    if part == ' ' {
                        blank_at.get_or_insert(offset);
                    } else {
                        folded.settle(&mut blank_at);
                        folded.push(part, offset);
                    }
                });
            }
        }
        folded
    }

    /// The folded string.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.key
    }

    /// The code points of the source from which a range of bytes of [`Folded::as_str`] comes, whole characters with
    /// their marks.
    ///
    /// # Panics
    /// When the range is empty, reversed or reaches beyond the key.
    #[must_use]
    pub fn span_of(&self, bytes: Range<usize>) -> Span {
        assert!(bytes.start < bytes.end, "a match covers at least one byte");
        self.origins[bytes.start].join(&self.origins[bytes.end - 1])
    }

    /// Writes a waiting blank, except at the start of the key.
    fn settle(&mut self, blank_at: &mut Option<usize>) {
        if let Some(offset) = blank_at.take()
            && !self.key.is_empty()
        {
            self.push(' ', offset);
        }
    }

    fn push(&mut self, c: char, offset: usize) {
        self.key.push(c);
        self.origins.resize(self.key.len(), Span::ordered(offset, offset + 1));
    }

    /// Counts a dropped mark to the letter before it.
    fn extend(&mut self, offset: usize) {
        let mark = Span::ordered(offset, offset + 1);
        let letter = self.key.chars().next_back().map_or(0, char::len_utf8);
        let from = self.origins.len() - letter;
        for origin in &mut self.origins[from..] {
            *origin = origin.join(&mark);
        }
    }
}

/// Hands the folded parts of one character on, white space as `' '`.
fn fold_char(c: char, emit: &mut impl FnMut(char)) {
    // These fall apart into a blank and a mark, but stand for apostrophes.
    if matches!(c, '´' | '`' | '′') {
        return emit('\'');
    }
    for part in c.nfkd().flat_map(char::to_lowercase).nfkd() {
        if part.is_whitespace() {
            emit(' ');
        } else if !is_combining_mark(part) && !is_invisible(part) {
            plain(part, emit);
        }
    }
}

/// Letters that Unicode does not take apart, and punctuation that has several shapes.
fn plain(c: char, emit: &mut impl FnMut(char)) {
    let replacement = match c {
        'ı' => "i",
        'ß' => "ss",
        'ø' => "o",
        'ł' => "l",
        'đ' | 'ð' => "d",
        'þ' => "th",
        'æ' => "ae",
        'œ' => "oe",
        'ħ' => "h",
        'ŧ' => "t",
        'ə' => "a",
        'ς' => "σ",
        '\u{2018}' | '\u{2019}' | '\u{201A}' | '\u{201B}' | 'ʻ' | 'ʼ' | 'ʹ' | '`' | '′' => "'",
        '\u{201C}'..='\u{201F}' | '«' | '»' => "\"",
        '\u{2010}'..='\u{2015}' | '\u{2212}' => "-",
        _ => return emit(c),
    };
    replacement.chars().for_each(emit);
}

/// Characters without a shape that stand inside words: soft hyphen, joiners, direction marks.
fn is_invisible(c: char) -> bool {
    matches!(c, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Text;

    #[test]
    fn what_falls_apart_into_primes_is_folded_like_primes() {
        assert_eq!(fold("5⁗"), "5''''");
        assert_eq!(fold(&fold("5⁗")), fold("5⁗"));
    }

    #[test]
    fn spellings_of_a_name_share_a_key() {
        for spelling in ["Kalın", "KALIN", "Kalin", "kalin", "Ka\u{AD}lın", "\u{a0}KALIN "] {
            assert_eq!(fold(spelling), "kalin", "{spelling}");
        }
        for spelling in ["İbrahim", "IBRAHIM", "Ibrahim", "i\u{307}brahim", "ıbrahim"] {
            assert_eq!(fold(spelling), "ibrahim", "{spelling}");
        }
        assert_eq!(
            fold("Çavuşoğlu Sørensen Wałęsa Đinđić Strauß Æthel"),
            "cavusoglu sorensen walesa dindic strauss aethel"
        );
    }

    #[test]
    fn punctuation_and_space_have_one_shape() {
        assert_eq!(fold("the  alliance’s\r\n chief"), "the alliance's chief");
        assert_eq!(fold("U.S.–led ‑ “a”"), "u.s.-led - \"a\"");
    }

    #[test]
    fn a_match_leads_back_to_the_text() {
        let text = Text::new("«  Herr Strauße, İbrahim Kalın’s aide");
        let folded = Folded::of(text.as_str());
        for (key, original) in [("strausse", "Strauße"), ("ibrahim kalin's", "İbrahim Kalın’s"), ("aide", "aide")]
        {
            let at = folded.as_str().find(key).unwrap();
            assert_eq!(text.slice(folded.span_of(at..at + key.len())), original);
        }
    }

    #[test]
    fn marks_belong_to_the_letter_before_them() {
        let text = Text::new("Beyog\u{306}lu\u{308} x");
        let folded = Folded::of(text.as_str());
        assert_eq!(text.slice(folded.span_of(0..6)), "Beyog\u{306}l");
        assert_eq!(text.slice(folded.span_of(0..7)), "Beyog\u{306}lu\u{308}");
    }
}
