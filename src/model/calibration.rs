//! [`Curve`]: from what a network says to how often it is right.
//!
//! Probabilities that several heads made together are too sure. A curve fitted on development articles by isotonic
//! regression (Zadrozny and Elkan, 2002) and kept in the manifest maps each to the share that was right there.
use serde::{Deserialize, Serialize};

/// A rising, piecewise linear map from probability to probability; without knots, probabilities stay as they are.
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
            (Some([_, y]), None) | (None, Some([_, y])) => y,
            (None, None) => said,
        }
    }

    /// What is wrong with the knots, if anything.
    pub(super) fn fault(&self) -> Option<&'static str> {
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
    fn a_curve_is_linear_between_its_knots_and_flat_beyond() {
        let curve = Curve { knots: vec![[0.2, 0.1], [0.6, 0.5], [1.0, 0.9]] };
        for (said, right) in [(0.0, 0.1), (0.2, 0.1), (0.4, 0.3), (0.6, 0.5), (0.8, 0.7), (1.0, 0.9)] {
            assert!((curve.apply(said) - right).abs() < 1e-6, "{said}");
        }
        assert!((Curve::default().apply(0.37) - 0.37).abs() < 1e-6);
    }

    #[test]
    fn knots_must_rise_inside_the_unit_square() {
        let fault = |knots: &[[f32; 2]]| Curve { knots: knots.to_vec() }.fault();
        assert_eq!(fault(&[[0.1, 0.2], [0.5, 0.2]]), None);
        assert_eq!(fault(&[[0.5, 0.2], [0.1, 0.3]]), Some("does not rise"));
        assert_eq!(fault(&[[0.5, 1.2]]), Some("has knots outside of 0 to 1"));
    }
}
