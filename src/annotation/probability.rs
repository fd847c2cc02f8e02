//! [`Probability`]: a number from 0 to 1 as it is published.
//!
//! Four decimals are more than calibration can promise, keep files short, and hide the last bits of a float, in which
//! two machines may differ.
use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// A probability with four decimals. One that was read from a file is kept as it stands there, even outside of 0 to
/// 1; [`super::Annotation::verify`] reports it.
#[derive(Clone, Copy, Debug, Default, PartialEq, PartialOrd, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Probability(f64);

impl Probability {
    /// What is certain.
    pub const ONE: Self = Self(1.0);
    /// What is out of the question.
    pub const ZERO: Self = Self(0.0);

    /// Rounds to four decimals and moves what lies outside 0 to 1 to the nearer end. What is not a number counts as
    /// 0: nothing is known.
    #[must_use]
    pub fn new(value: f64) -> Self {
        if value.is_nan() {
            return Self::ZERO;
        }
        Self((value.clamp(0.0, 1.0) * 1e4).round() / 1e4)
    }

    /// The number.
    #[must_use]
    pub const fn value(self) -> f64 {
        self.0
    }

    /// Whether the number is a probability at all.
    #[must_use]
    pub fn is_sound(self) -> bool {
        (0.0..=1.0).contains(&self.0)
    }
}

impl From<f32> for Probability {
    fn from(value: f32) -> Self {
        Self::new(f64::from(value))
    }
}

/// In whole per cent, for people.
impl fmt::Display for Probability {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(out, "{:.0}%", self.0 * 100.0)
    }
}

impl JsonSchema for Probability {
    fn schema_name() -> String {
        "Probability".to_owned()
    }

    fn json_schema(generator: &mut schemars::r#gen::SchemaGenerator) -> schemars::schema::Schema {
        let mut schema = f64::json_schema(generator).into_object();
        schema.format = None;
        let number = schema.number();
        number.minimum = Some(0.0);
        number.maximum = Some(1.0);
        schema.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_probability_has_four_decimals() {
        assert_eq!(serde_json::to_string(&Probability::from(0.981_249_9_f32)).unwrap(), "0.9812");
        assert_eq!(serde_json::to_string(&Probability::from(0.98_f32)).unwrap(), "0.98");
        assert_eq!(Probability::new(1.000_001), Probability::ONE);
        assert_eq!(Probability::new(f64::NAN), Probability::ZERO);
    }

    #[test]
    fn what_a_file_says_is_kept_for_verify() {
        let read: Probability = serde_json::from_str("1.5").unwrap();
        assert!(!read.is_sound());
    }
}
