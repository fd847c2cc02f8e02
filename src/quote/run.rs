//! Runs of tokens with one role, read off a decoded sequence.
use std::ops::Range;

use super::{Label, Role, TokenTags};

/// A maximal run of tokens with one role.
#[derive(Clone, Debug, PartialEq)]
pub struct Run {
    /// The role.
    pub role: Role,
    /// Its tokens; at least one.
    pub tokens: Range<usize>,
    /// Mean probability of the tokens to have this role.
    pub probability: f32,
}

/// The runs of a decoded sequence, in text order.
#[must_use]
pub(super) fn runs(labels: &[Label], tags: &TokenTags) -> Vec<Run> {
    let mut found: Vec<Run> = Vec::new();
    let mut open = false;
    for (token, label) in labels.iter().enumerate() {
        let Some(role) = label.role() else {
            open = false;
            continue;
        };
        match found.last_mut() {
            Some(run) if open && !label.begins() && run.role == role => run.tokens.end = token + 1,
            _ => found.push(Run { role, tokens: token..token + 1, probability: 0.0 }),
        }
        open = true;
    }
    for run in &mut found {
        run.probability = tags.mean_probability(&run.tokens, run.role);
    }
    found
}

#[cfg(test)]
mod tests {
    use ndarray::Array2;

    use super::*;
    use crate::{
        quote::LABELS,
        text::{Text, words},
    };

    #[test]
    fn a_begin_and_a_change_of_role_start_a_run() {
        let text = Text::new("a b c d e f");
        let spans = words(&text, text.whole());
        let tags = TokenTags::new(&text, spans, &Array2::zeros((6, LABELS))).unwrap();
        let labels: Vec<Label> = ["B-indirect", "I-mixed", "B-indirect", "B-cue", "O", "B-source"]
            .iter()
            .map(|name| Label::all().find(|label| label.name() == *name).unwrap())
            .collect();
        let found: Vec<_> = runs(&labels, &tags)
            .into_iter()
            .map(|run| (run.role, text.slice(tags.span_of(&run.tokens).unwrap()).to_owned()))
            .collect();
        assert_eq!(
            found,
            [
                (Role::Content, "a b".to_owned()),
                (Role::Content, "c".to_owned()),
                (Role::Cue, "d".to_owned()),
                (Role::Source, "f".to_owned())
            ]
        );
    }
}
