//! The labels of the token tagger. The order is the order of the model's columns, fixed by training, so it stands
//! in one place and everything else asks by name.

use crate::model::labels::TAGS;

/// Number of labels, the columns of the logits.
pub const LABELS: usize = TAGS.len();

/// Kind of reported speech.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum QuoteKind {
    /// A whole sentence or more, or an independent clause, between marks.
    Direct,
    /// A marked fragment inside a reporting sentence.
    Mixed,
    /// Reported without marks.
    Indirect,
}

/// What a run of tokens is in an attribution.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Role {
    /// What is said.
    Content,
    /// The reporting expression.
    Cue,
    /// The mention of who says it.
    Source,
}

/// One label of the tagger: outside, or the begin or inside of a run.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Label(u8);

impl Label {
    /// The label of a token outside every run.
    pub const OUTSIDE: Self = Self(0);

    /// All labels in the order of the model's columns.
    pub fn all() -> impl DoubleEndedIterator<Item = Self> + Clone {
        (0..LABELS as u8).map(Self)
    }

    /// The column of this label.
    #[must_use]
    pub const fn column(self) -> usize {
        self.0 as usize
    }

    /// The role of the run that the token belongs to, if it belongs to one.
    #[must_use]
    pub const fn role(self) -> Option<Role> {
        match self.0 {
            0 => None,
            1..=6 => Some(Role::Content),
            7 | 8 => Some(Role::Cue),
            _ => Some(Role::Source),
        }
    }

    /// The kind of speech, for labels of contents.
    #[must_use]
    pub const fn kind(self) -> Option<QuoteKind> {
        match self.0 {
            1 | 2 => Some(QuoteKind::Direct),
            3 | 4 => Some(QuoteKind::Mixed),
            5 | 6 => Some(QuoteKind::Indirect),
            _ => None,
        }
    }

    /// Whether the label opens a run.
    #[must_use]
    pub const fn begins(self) -> bool {
        self.0 % 2 == 1
    }

    /// The name that training uses, such as `B-direct`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        TAGS[self.column()]
    }

    /// Whether this label may stand on the token after one labeled `previous`. A run goes on with its own role
    /// (a content may change its kind on the way), and only from a token of a run.
    #[must_use]
    pub fn follows(self, previous: Self) -> bool {
        self.role().is_none() || self.begins() || self.role() == previous.role()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn label(name: &str) -> Label {
        Label::all().find(|label| label.name() == name).unwrap()
    }

    #[test]
    fn names_say_what_the_labels_are() {
        for label in Label::all().skip(1) {
            let (position, what) = label.name().split_once('-').unwrap();
            assert_eq!(label.begins(), position == "B");
            match what {
                "cue" => assert_eq!(label.role(), Some(Role::Cue)),
                "source" => assert_eq!(label.role(), Some(Role::Source)),
                kind => assert_eq!(format!("{:?}", label.kind().unwrap()).to_lowercase(), kind),
            }
        }
        assert_eq!(Label::all().count(), LABELS);
    }

    #[test]
    fn a_run_goes_on_with_its_own_role_only() {
        assert!(label("I-mixed").follows(label("I-indirect")));
        assert!(label("B-cue").follows(label("I-direct")));
        assert!(!label("I-cue").follows(label("I-direct")));
        assert!(!label("I-source").follows(Label::OUTSIDE));
        assert!(Label::OUTSIDE.follows(label("B-source")));
    }
}
