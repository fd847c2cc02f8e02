//! The characters that can be quotation marks, read out of a paragraph with what stands beside them. The text is
//! never normalised, so a mark may be several characters long (`''`, `&quot;`).

use super::pairing::Following;

/// The kind of mark by which a quotation is opened.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum MarkStyle {
    /// `"…"`
    Straight,
    /// `“…”`
    Curly,
    /// `„…“` or `„…”`
    Low,
    /// `«…»`
    Guillemet,
    /// `»…«`
    Reversed,
    /// ``` ``…'' ``` or `''…''`
    Ticks,
    /// `'…'`, the mark that is an apostrophe too
    Apostrophe,
    /// `‘…’`
    Single,
    /// `‚…‘`
    SingleLow,
    /// `‹…›`
    Angle,
}

impl MarkStyle {
    /// Whether these are single marks, which stand beside apostrophes and usually inside double ones.
    #[must_use]
    pub const fn is_single(self) -> bool {
        matches!(self, Self::Apostrophe | Self::Single | Self::SingleLow | Self::Angle)
    }
}

/// What a mark looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Straight,
    /// `″`, meant for inches and seconds
    Prime,
    CurlyOpen,
    CurlyClose,
    LowOpen,
    GuillemetLeft,
    GuillemetRight,
    TicksOpen,
    Ticks,
    Apostrophe,
    SingleOpen,
    SingleClose,
    SingleLow,
    AngleLeft,
    AngleRight,
}

impl Shape {
    pub(super) const fn style(self) -> MarkStyle {
        match self {
            Self::Straight | Self::Prime => MarkStyle::Straight,
            Self::CurlyOpen | Self::CurlyClose => MarkStyle::Curly,
            Self::LowOpen => MarkStyle::Low,
            Self::GuillemetLeft | Self::GuillemetRight => MarkStyle::Guillemet,
            Self::TicksOpen | Self::Ticks => MarkStyle::Ticks,
            Self::Apostrophe => MarkStyle::Apostrophe,
            Self::SingleOpen | Self::SingleClose => MarkStyle::Single,
            Self::SingleLow => MarkStyle::SingleLow,
            Self::AngleLeft | Self::AngleRight => MarkStyle::Angle,
        }
    }

    /// The style that a quotation has when this mark opens it.
    pub(super) const fn opening_style(self) -> MarkStyle {
        match self {
            Self::GuillemetRight => MarkStyle::Reversed,
            other => other.style(),
        }
    }

    fn of(c: char) -> Option<Self> {
        Some(match c {
            '"' | '＂' => Self::Straight,
            '″' => Self::Prime,
            '“' | '‟' => Self::CurlyOpen,
            '”' => Self::CurlyClose,
            '„' => Self::LowOpen,
            '«' => Self::GuillemetLeft,
            '»' => Self::GuillemetRight,
            '\'' => Self::Apostrophe,
            '‘' => Self::SingleOpen,
            '’' => Self::SingleClose,
            '‚' => Self::SingleLow,
            '‹' => Self::AngleLeft,
            '›' => Self::AngleRight,
            _ => return None,
        })
    }
}

/// A mark in a paragraph, offsets in code points of the paragraph.
#[derive(Clone, Copy, Debug)]
pub(super) struct Mark {
    pub start: usize,
    pub end: usize,
    pub shape: Shape,
}

impl Mark {
    pub(super) const fn is_single(&self) -> bool {
        self.shape.style().is_single()
    }
}

/// What the neighbour of a mark tells about its direction.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Class {
    Space,
    Opening,
    Closing,
    Dash,
    Point,
    Other,
}

impl Class {
    pub(super) fn of(c: char) -> Self {
        match c {
            '(' | '[' | '{' => Self::Opening,
            ')' | ']' | '}' => Self::Closing,
            '-' | '–' | '—' | '―' | '‒' | '−' | '/' => Self::Dash,
            '.' | ',' | ';' | ':' | '!' | '?' | '…' => Self::Point,
            c if c.is_whitespace() => Self::Space,
            _ => Self::Other,
        }
    }

    /// The class at an offset; outside the paragraph there is space.
    pub(super) fn at(text: &[char], offset: Option<usize>) -> Self {
        offset.and_then(|offset| text.get(offset)).map_or(Self::Space, |&c| Self::of(c))
    }
}

/// How many marks and invisible characters are looked through for a neighbour.
const FARTHEST: usize = 16;

/// The offsets of the characters before and after the mark at `index`, looking through other marks, emphasis signs
/// and invisible characters; none at the borders of the paragraph.
pub(super) fn neighbours(text: &[char], marks: &[Mark], index: usize) -> (Option<usize>, Option<usize>) {
    let mark = marks[index];
    let (mut before, mut earlier) = (mark.start, index);
    for _ in 0..FARTHEST {
        if earlier > 0 && before > 0 && marks[earlier - 1].end == before {
            earlier -= 1;
            before = marks[earlier].start;
        } else if before > 0 && is_transparent(text[before - 1]) {
            before -= 1;
        } else {
            break;
        }
    }
    let (mut after, mut later) = (mark.end, index + 1);
    for _ in 0..FARTHEST {
        if later < marks.len() && marks[later].start == after {
            after = marks[later].end;
            later += 1;
        } else if after < text.len() && is_transparent(text[after]) {
            after += 1;
        } else {
            break;
        }
    }
    (before.checked_sub(1), (after < text.len()).then_some(after))
}

fn is_transparent(c: char) -> bool {
    matches!(c, '*' | '_' | '\u{200B}'..='\u{200F}' | '\u{2060}' | '\u{FEFF}')
}

/// Whether a character can be a mark or begin one: a cheap look before [`read`].
pub(super) fn may_be_mark(c: char) -> bool {
    matches!(c, '&' | '`' | '\\') || Shape::of(c).is_some()
}

/// Which marks a paragraph opens with.
pub(super) fn opens_paragraph(text: &[char]) -> Following {
    let shape = text.first().and_then(|_| mark_at(text, 0)).map(|(shape, _)| shape);
    let single = shape.is_some_and(|shape| shape.style().is_single());
    Following {
        double: !single && shape.is_some_and(|shape| shape != Shape::CurlyClose),
        single: single && !matches!(shape, Some(Shape::SingleClose | Shape::AngleRight)),
    }
}

/// All marks of a paragraph, without apostrophes inside words and without empty pairs such as `""`.
pub(super) fn read(text: &[char]) -> Vec<Mark> {
    let mut marks = Vec::new();
    let mut at = 0;
    while at < text.len() {
        let Some((shape, length)) = mark_at(text, at) else {
            at += 1;
            continue;
        };
        let end = at + length;
        if shape == Shape::Ticks && text.get(end) == Some(&'\'') && at > 0 && !text[at - 1].is_whitespace() {
            // Three in a row at an end: the inner single mark closes first.
            marks.push(Mark { start: at, end: at + 1, shape: Shape::Apostrophe });
            marks.push(Mark { start: at + 1, end: end + 1, shape });
            at = end + 1;
            continue;
        }
        if !(shape.style().is_single() && is_inside_word(text, at, end)) {
            marks.push(Mark { start: at, end, shape });
        }
        at = end;
    }
    without_empty(text, &marks)
}

/// The shape and the length of the mark that begins at an offset.
fn mark_at(text: &[char], at: usize) -> Option<(Shape, usize)> {
    let second = text.get(at + 1);
    match text[at] {
        '\'' if second == Some(&'\'') => Some((Shape::Ticks, 2)),
        '`' if second == Some(&'`') => Some((Shape::TicksOpen, 2)),
        '\\' if second == Some(&'"') => Some((Shape::Straight, 2)),
        '&' => entity_at(&text[at..]),
        c => Shape::of(c).map(|shape| (shape, 1)),
    }
}

/// A mark that is still written as a character reference of HTML.
fn entity_at(text: &[char]) -> Option<(Shape, usize)> {
    let length = text.iter().take(10).position(|&c| c == ';')?;
    let name: String = text[1..length].iter().collect();
    let c = if let Some(code) = name.strip_prefix('#') {
        let hexadecimal = code.strip_prefix(['x', 'X']);
        let code = match hexadecimal {
            Some(digits) => u32::from_str_radix(digits, 16).ok()?,
            None => code.parse().ok()?,
        };
        char::from_u32(code)?
    } else {
        match name.as_str() {
            "quot" => '"',
            "ldquo" => '“',
            "rdquo" => '”',
            "lsquo" => '‘',
            "rsquo" => '’',
            "apos" => '\'',
            "laquo" => '«',
            "raquo" => '»',
            _ => return None,
        }
    };
    Shape::of(c).map(|shape| (shape, length + 1))
}

fn is_inside_word(text: &[char], start: usize, end: usize) -> bool {
    start > 0 && text[start - 1].is_alphanumeric() && text.get(end).is_some_and(|c| c.is_alphanumeric())
}

fn without_empty(text: &[char], marks: &[Mark]) -> Vec<Mark> {
    let mut kept = Vec::with_capacity(marks.len());
    let mut index = 0;
    while index < marks.len() {
        if marks.get(index + 1).is_some_and(|next| is_empty_pair(text, marks[index], *next)) {
            index += 2;
        } else {
            kept.push(marks[index]);
            index += 1;
        }
    }
    kept
}

/// Whether two adjacent marks stand alone, with nothing to quote on either side.
fn is_empty_pair(text: &[char], first: Mark, second: Mark) -> bool {
    first.end == second.start
        && !first.is_single()
        && first.shape.style() == second.shape.style()
        && matches!(Class::at(text, first.start.checked_sub(1)), Class::Space | Class::Opening)
        && matches!(Class::at(text, Some(second.end)), Class::Space | Class::Closing | Class::Point)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_in(text: &str) -> Vec<String> {
        let chars: Vec<char> = text.chars().collect();
        read(&chars).iter().map(|mark| chars[mark.start..mark.end].iter().collect()).collect()
    }

    #[test]
    fn marks_of_several_characters_are_read_whole() {
        assert_eq!(read_in("``So'' and &quot;no&#8221; or &#x27;"), ["``", "''", "&quot;", "&#8221;", "&#x27;"]);
        assert_eq!(read_in("R&D; &amp; ''"), ["''"]);
    }

    #[test]
    fn apostrophes_inside_words_are_no_marks() {
        assert_eq!(read_in("Sana’a isn't Qur&#39;an"), [""; 0]);
    }

    #[test]
    fn an_empty_pair_is_no_mark() {
        assert_eq!(read_in("the \"\" field, “”."), [""; 0]);
        assert_eq!(read_in("\"\"Go,\""), ["\"", "\"", "\""]);
    }

    #[test]
    fn a_triple_at_an_end_closes_the_single_mark_first() {
        assert_eq!(read_in("he said 'no.'''"), ["'", "'", "''"]);
    }
}
