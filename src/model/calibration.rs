//! [`Curve`]: from what a network says to how often it is right; [`Curves`]: those of all answers.
//!
//! Probabilities that several heads made together are too sure. A curve fitted on development articles by isotonic
//! regression (Zadrozny and Elkan, 2002) and kept in the manifest maps each to the share that was right there. How far an
//! answer can be trusted depends on its kind, too: a speaker who is named beside the words is more often right than one
//! whom a description means. So kinds have curves of their own.
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

/// The curves of a manifest, by name (`speaker`) or by name and kind (`speaker, a pronoun`).
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Curves(BTreeMap<String, Curve>);

impl Curves {
    /// The calibrated probability of an answer of this kind, by the curve of the kind, else by that of the name; without
    /// either it stays as it is.
    #[must_use]
    pub fn apply(&self, name: &str, kind: &str, said: f32) -> f32 {
        let curve = self.0.get(&format!("{name}, {kind}")).or_else(|| self.0.get(name));
        curve.map_or(said, |curve| curve.apply(said))
    }

    /// The first curve that is none, and what is wrong with it.
    pub(super) fn fault(&self) -> Option<(&str, &'static str)> {
        self.0.iter().find_map(|(name, curve)| Some((name.as_str(), curve.fault()?)))
    }
}

/// A rising, piecewise linear map from probability to probability; without knots, probabilities stay as they are. Below
/// the first knot it falls to 0, above the last it is flat.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Curve {
    /// (said, right), rising.
    knots: Vec<[f32; 2]>,
}

impl Curve {
    /// The calibrated probability.
    #[must_use]
    pub fn apply(&self, said: f32) -> f32 {
        let above = self.knots.partition_point(|knot| knot[0] <= said);
        match (above.checked_sub(1).map(|at| self.knots[at]), self.knots.get(above).copied()) {
            (Some([x, y]), Some([next_x, next_y])) => y + (next_y - y) * (said - x) / (next_x - x),
            (Some([_, y]), None) => y,
            (None, Some([x, y])) => y * said / x,
            (None, None) => said,
        }
    }

    /// What is wrong with the knots, if anything.
    pub(super) fn fault(&self) -> Option<&'static str> {
        if self.knots.is_empty() {
            return Some("has no knots");
        }
        let inside = self.knots.iter().flatten().all(|value| (0.0..=1.0).contains(value));
        let rising = self.knots.windows(2).all(|pair| pair[0][0] < pair[1][0] && pair[0][1] <= pair[1][1]);
        match (inside, rising) {
            (false, _) => Some("has knots outside of 0 to 1"),
            (_, false) => Some("does not rise"),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_curve_is_linear_from_nothing_over_its_knots_and_flat_beyond() {
        let curve = Curve { knots: vec![[0.2, 0.1], [0.6, 0.5], [0.8, 0.9]] };
        for (said, right) in [(0.0, 0.0), (0.1, 0.05), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.7, 0.7), (1.0, 0.9)] {
            assert!((curve.apply(said) - right).abs() < 1e-6, "{said}");
        }
        assert!((Curve::default().apply(0.37) - 0.37).abs() < 1e-6);
    }

    #[test]
    fn a_kind_has_its_own_curve_or_that_of_its_name() {
        let flat = |at: f32| Curve { knots: vec![[0.1, at]] };
        let curves = Curves(BTreeMap::from([("speaker".into(), flat(0.5)), ("speaker, a name".into(), flat(0.9))]));
        for (name, kind, right) in [("speaker", "a name", 0.9), ("speaker", "a pronoun", 0.5), ("span", "direct", 0.4)]
        {
            assert!((curves.apply(name, kind, 0.4) - right).abs() < 1e-6, "{name}, {kind}");
        }
    }

    #[test]
    fn knots_must_rise_inside_the_unit_square() {
        let fault = |knots: &[[f32; 2]]| Curve { knots: knots.to_vec() }.fault();
        assert_eq!(fault(&[[0.1, 0.2], [0.5, 0.2]]), None);
        assert_eq!(fault(&[]), Some("has no knots"));
        assert_eq!(fault(&[[0.5, 0.2], [0.1, 0.3]]), Some("does not rise"));
        assert_eq!(fault(&[[0.5, 1.2]]), Some("has knots outside of 0 to 1"));
    }
}
