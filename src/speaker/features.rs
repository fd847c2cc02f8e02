//! What a pair scorer is told about a pair beside the two vectors: distances, order, marks, form.
//!
//! Order and buckets are those of `scripts/train/ascribe_train/pairs.py`; the committed fixture holds both to it. All
//! ranges are half-open, in word pieces of the article.

use std::ops::Range;

use super::form::Form;

/// Numbers of a (content, source) pair.
pub const LINK: usize = 24;
/// Numbers of a (mention, name) pair.
pub const ANTECEDENT: usize = 36;

const LINK_BOUNDS: [usize; 8] = [0, 1, 2, 4, 8, 16, 32, 64];
const ANTECEDENT_BOUNDS: [usize; 10] = [0, 2, 4, 8, 16, 32, 64, 128, 256, 512];

/// Where the pieces of an article stand: their paragraph numbers, and which are between quotation marks.
#[derive(Clone, Copy, Debug)]
pub struct Places<'a> {
    /// Paragraph number of each piece.
    pub paragraphs: &'a [usize],
    /// Whether each piece stands between quotation marks.
    pub inside: &'a [bool],
}

/// What is known of a (mention, name) pair beyond its places.
#[derive(Clone, Copy, Debug)]
pub struct NameFacts {
    /// How the mention refers.
    pub form: Form,
    /// Mention and name share a word.
    pub shares: bool,
    /// How often the name's last word occurs as a last word.
    pub count: usize,
    /// The name is the nearest before the mention.
    pub nearest: bool,
    /// The name is followed by a possessive 's.
    pub possessive: bool,
    /// Probabilities that the name is of a person, an organization, a place.
    pub kinds: [f32; 3],
}

/// Pieces between two ranges, 0 when they touch or overlap.
#[must_use]
pub fn gap(a: &Range<usize>, b: &Range<usize>) -> usize {
    if b.start >= a.end { b.start - a.end } else { a.start.saturating_sub(b.end) }
}

impl Places<'_> {
    /// Features of a content and a source mention; `others` are all source mentions in question.
    #[must_use]
    pub fn link(
        &self,
        content: &Range<usize>,
        source: &Range<usize>,
        others: &[Range<usize>],
        pronoun: bool,
    ) -> [f32; LINK] {
        let mut out = [0.0; LINK];
        out[bucket(gap(content, source), &LINK_BOUNDS)] = 1.0;
        let (after, before) = (source.start >= content.end, source.end <= content.start);
        out[9] = flag(after);
        out[10] = flag(before);
        out[11] = flag(!after && !before);
        out[12 + self.paragraph_distance(content, source).min(3)] = 1.0;
        let (low, high) = (content.end.min(source.end), content.start.max(source.start));
        let between = others.iter().filter(|other| other.start >= low && other.end <= high).count();
        out[16 + between.min(3)] = 1.0;
        out[20] = flag(self.inside[source.start]);
        out[21] = flag(pronoun);
        out[22] = flag(self.inside[content.start]);
        out
    }

    /// Features of a content and no source.
    #[must_use]
    pub fn link_none(&self, content: &Range<usize>) -> [f32; LINK] {
        let mut out = [0.0; LINK];
        out[22] = flag(self.inside[content.start]);
        out[23] = 1.0;
        out
    }

    /// Features of a mention and a name.
    #[must_use]
    pub fn antecedent(&self, mention: &Range<usize>, name: &Range<usize>, facts: &NameFacts) -> [f32; ANTECEDENT] {
        let mut out = [0.0; ANTECEDENT];
        out[bucket(gap(mention, name), &ANTECEDENT_BOUNDS)] = 1.0;
        out[11] = flag(name.start >= mention.end);
        out[12 + bucket(self.paragraph_distance(mention, name), &[0, 1, 2, 4])] = 1.0;
        out[17 + facts.form as usize] = 1.0;
        out[24..27].copy_from_slice(&facts.kinds);
        out[27] = flag(facts.shares);
        out[28] = flag(self.inside[name.start]);
        out[29] = flag(self.paragraphs[name.start] == 0);
        out[30 + bucket(facts.count, &[1, 3])] = 1.0;
        out[33] = flag(facts.nearest);
        out[34] = flag(facts.possessive);
        out
    }

    fn paragraph_distance(&self, a: &Range<usize>, b: &Range<usize>) -> usize {
        self.paragraphs[a.start].abs_diff(self.paragraphs[b.start])
    }
}

/// Features of a mention that stands for no name.
#[must_use]
pub fn antecedent_none(form: Form) -> [f32; ANTECEDENT] {
    let mut out = [0.0; ANTECEDENT];
    out[17 + form as usize] = 1.0;
    out[35] = 1.0;
    out
}

/// The first bucket whose bound is not exceeded, or one more than there are bounds.
fn bucket(value: usize, bounds: &[usize]) -> usize {
    bounds.iter().position(|&bound| value <= bound).unwrap_or(bounds.len())
}

fn flag(set: bool) -> f32 {
    f32::from(u8::from(set))
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLACES: Places =
        Places { paragraphs: &[0, 0, 0, 0, 1, 1, 1, 1], inside: &[true, true, false, false, true, true, false, false] };

    #[test]
    fn a_source_behind_its_content_is_told_from_one_before() {
        let content = 4..6;
        let after = PLACES.link(&content, &(6..7), &[2..3, 6..7], false);
        assert_eq!((after[0], after[9], after[12], after[16]), (1.0, 1.0, 1.0, 1.0));
        let before = PLACES.link(&content, &(2..3), &[2..3, 6..7], true);
        assert_eq!((before[1], before[10], before[13], before[21]), (1.0, 1.0, 1.0, 1.0));
    }

    #[test]
    fn nothing_has_its_own_flag() {
        assert!(PLACES.link_none(&(4..6))[23] > 0.5);
        assert!(antecedent_none(Form::It)[35] > 0.5);
    }

    #[test]
    fn gaps_count_the_pieces_between() {
        assert_eq!(gap(&(0..2), &(5..6)), 3);
        assert_eq!(gap(&(5..6), &(0..2)), 3);
        assert_eq!(gap(&(0..4), &(2..6)), 0);
    }
}
