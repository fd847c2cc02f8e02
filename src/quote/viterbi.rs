//! The best legal sequence of labels. Taking each token's best label would begin runs in the middle of words and
//! let them cross paragraphs; a shortest path under hard constraints cannot.
use ndarray::Array2;

use super::{LABELS, Label, Role};

/// Which labels a token may have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Allowed {
    /// All of them.
    Any,
    /// Content only: the token stands in quoted speech.
    Content,
    /// All but content: the token stands in an attribution.
    NotContent,
    /// Outside only.
    Outside,
}

/// How a token hangs together with the one before it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// They are two words of one paragraph.
    Free,
    /// They are pieces of one word, which is not divided.
    SameWord,
    /// A new paragraph begins: no run goes on.
    Broken,
}

/// What is certain about a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Constraint {
    /// Which labels it may have.
    pub allowed: Allowed,
    /// How it hangs together with the token before it.
    pub link: Link,
}

/// The price of a label that is not allowed: above all sums that scores make, yet finite, so that contradicting
/// constraints still give a sequence.
const FORBIDDEN: f64 = -1e7;

/// Decodes scores (logarithms of probabilities, tokens × labels) under one constraint a token.
///
/// # Panics
/// When there are not as many constraints as tokens, or not [`LABELS`] columns.
#[must_use]
pub fn decode(scores: &Array2<f32>, constraints: &[Constraint]) -> Vec<Label> {
    assert_eq!(scores.dim(), (constraints.len(), LABELS), "one constraint a token and one column a label");
    let mut best = [0.0_f64; LABELS];
    let mut steps: Vec<[u8; LABELS]> = Vec::with_capacity(constraints.len());
    for (token, constraint) in constraints.iter().enumerate() {
        let mut next = [f64::NEG_INFINITY; LABELS];
        let mut from = [0_u8; LABELS];
        for label in Label::all() {
            let mut score = f64::from(scores[[token, label.column()]]);
            if !constraint.allowed.admits(label) {
                score += FORBIDDEN;
            }
            let link = if token == 0 { Link::Broken } else { constraint.link };
            for previous in Label::all() {
                let reached = best[previous.column()] + score;
                if link.admits(previous, label) && reached > next[label.column()] {
                    next[label.column()] = reached;
                    from[label.column()] = previous.column() as u8;
                }
            }
        }
        best = next;
        steps.push(from);
    }
    trace(&best, &steps)
}

fn trace(best: &[f64; LABELS], steps: &[[u8; LABELS]]) -> Vec<Label> {
    let last = Label::all().reduce(|a, b| if best[b.column()] > best[a.column()] { b } else { a });
    let mut column = last.map_or(0, Label::column);
    let mut labels: Vec<Label> = steps
        .iter()
        .rev()
        .filter_map(|from| {
            let label = Label::all().nth(column);
            column = usize::from(from[column]);
            label
        })
        .collect();
    labels.reverse();
    labels
}

impl Allowed {
    fn admits(self, label: Label) -> bool {
        match self {
            Self::Any => true,
            Self::Content => label.role() == Some(Role::Content),
            Self::NotContent => label.role() != Some(Role::Content),
            Self::Outside => label.role().is_none(),
        }
    }
}

impl Link {
    fn admits(self, previous: Label, label: Label) -> bool {
        match self {
            Self::Free => label.follows(previous),
            Self::SameWord => label.role() == previous.role() && !label.begins(),
            Self::Broken => label.role().is_none() || label.begins(),
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    const FREE: Constraint = Constraint { allowed: Allowed::Any, link: Link::Free };

    /// Scores in which each token favors the label of that name, with the given weight.
    fn favoring(names: &[(&str, f32)]) -> Array2<f32> {
        let mut scores = Array2::zeros((names.len(), LABELS));
        for (token, (name, weight)) in names.iter().enumerate() {
            let label = Label::all().find(|label| label.name() == *name).unwrap();
            scores[[token, label.column()]] = *weight;
        }
        scores
    }

    fn decoded(scores: &Array2<f32>, constraints: &[Constraint]) -> Vec<&'static str> {
        decode(scores, constraints).into_iter().map(Label::name).collect()
    }

    #[test]
    fn an_inside_without_a_begin_becomes_one() {
        let scores = favoring(&[("O", 3.0), ("I-cue", 3.0), ("I-cue", 3.0)]);
        assert_eq!(decoded(&scores, &[FREE; 3])[0], "O");
        assert!(decoded(&scores, &[FREE; 3])[1..].iter().all(|name| *name != "I-source"));
        let scores = favoring(&[("B-cue", 1.0), ("I-cue", 3.0), ("I-indirect", 0.5)]);
        assert_eq!(decoded(&scores, &[FREE; 3])[..2], ["B-cue", "I-cue"]);
    }

    #[test]
    fn a_word_is_not_divided() {
        let scores = favoring(&[("B-source", 4.0), ("B-source", 3.0), ("O", 3.0)]);
        let same = Constraint { link: Link::SameWord, ..FREE };
        assert_eq!(decoded(&scores, &[FREE, same, FREE]), ["B-source", "I-source", "O"]);
    }

    #[test]
    fn a_paragraph_ends_every_run() {
        let scores = favoring(&[("B-indirect", 4.0), ("I-indirect", 4.0), ("I-indirect", 4.0)]);
        let broken = Constraint { link: Link::Broken, ..FREE };
        let labels = decode(&scores, &[FREE, FREE, broken]);
        assert_eq!(labels[1].name(), "I-indirect");
        assert!(labels[2].begins() || labels[2] == Label::OUTSIDE);
    }

    #[test]
    fn speech_in_marks_is_content_and_attribution_is_not() {
        let scores = favoring(&[("O", 2.0), ("B-mixed", 1.0), ("I-mixed", 5.0)]);
        let content = Constraint { allowed: Allowed::Content, ..FREE };
        let attribution = Constraint { allowed: Allowed::NotContent, ..FREE };
        let labels = decode(&scores, &[content, content, attribution]);
        assert!(labels[..2].iter().all(|label| label.role() == Some(Role::Content)));
        assert_ne!(labels[2].role(), Some(Role::Content));
    }

    #[test]
    fn nothing_decodes_to_nothing() {
        assert!(decode(&Array2::zeros((0, LABELS)), &[]).is_empty());
    }

    proptest! {
        #[test]
        fn sequences_are_legal(
            rows in prop::collection::vec((prop::collection::vec(-9.0_f32..9.0, LABELS), 0_u8..4, 0_u8..3), 1..30)
        ) {
            let constraints: Vec<Constraint> = rows.iter().map(|(_, allowed, link)| Constraint {
                allowed: [Allowed::Any, Allowed::Content, Allowed::NotContent, Allowed::Outside][usize::from(*allowed)],
                link: [Link::Free, Link::SameWord, Link::Broken][usize::from(*link)],
            }).collect();
            let flat = rows.iter().flat_map(|(row, ..)| row.iter().copied()).collect();
            let labels = decode(&Array2::from_shape_vec((rows.len(), LABELS), flat).unwrap(), &constraints);
            prop_assert_eq!(labels.len(), rows.len());
            for (pair, constraint) in labels.windows(2).zip(&constraints[1..]) {
                prop_assert!(constraint.link.admits(pair[0], pair[1]));
            }
        }
    }
}
