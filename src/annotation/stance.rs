//! [`PartyStance`]: how a speaker stands toward one party in one quote.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{Anchored, Probability};

/// A speaker's stance toward a party to which the quote refers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(from = "Shortened")]
pub struct PartyStance {
    /// Id of the party in the registry.
    pub party: String,
    /// The most probable stance.
    pub stance: Stance,
    /// How probable each stance is. Where a file leaves this out, the stance is certain.
    #[serde(default)]
    pub probabilities: StanceProbabilities,
    /// The words that refer to the party.
    #[serde(default)]
    pub evidence: Vec<Anchored>,
}

/// For or against.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Stance {
    /// Supports, thanks, defends, sides with.
    Favor,
    /// Neither.
    #[default]
    Neutral,
    /// Blames, threatens, rejects, demands to stop.
    Against,
}

/// The probabilities of the three stances, which sum to 1.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct StanceProbabilities {
    /// Of [`Stance::Favor`].
    pub favor: Probability,
    /// Of [`Stance::Neutral`].
    pub neutral: Probability,
    /// Of [`Stance::Against`].
    pub against: Probability,
}

impl Stance {
    /// The word in files and tables.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Favor => "favor",
            Self::Neutral => "neutral",
            Self::Against => "against",
        }
    }
}

impl StanceProbabilities {
    /// All on one stance, as a person annotates.
    #[must_use]
    pub fn certain(stance: Stance) -> Self {
        let of = |other| if other == stance { Probability::ONE } else { Probability::ZERO };
        Self { favor: of(Stance::Favor), neutral: of(Stance::Neutral), against: of(Stance::Against) }
    }

    /// The probability of one stance.
    #[must_use]
    pub const fn of(&self, stance: Stance) -> Probability {
        match stance {
            Stance::Favor => self.favor,
            Stance::Neutral => self.neutral,
            Stance::Against => self.against,
        }
    }

    /// What the three come to.
    #[must_use]
    pub fn sum(&self) -> f64 {
        self.favor.value() + self.neutral.value() + self.against.value()
    }
}

impl Default for StanceProbabilities {
    fn default() -> Self {
        Self::certain(Stance::Neutral)
    }
}

/// A stance as gold may put it: a party, a stance, no numbers.
#[derive(Deserialize)]
struct Shortened {
    party: String,
    stance: Stance,
    probabilities: Option<StanceProbabilities>,
    #[serde(default)]
    evidence: Vec<Anchored>,
}

impl From<Shortened> for PartyStance {
    fn from(read: Shortened) -> Self {
        Self {
            party: read.party,
            stance: read.stance,
            probabilities: read.probabilities.unwrap_or_else(|| StanceProbabilities::certain(read.stance)),
            evidence: read.evidence,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_stance_without_numbers_is_certain() {
        let read: PartyStance = serde_json::from_str(r#"{"party": "russia", "stance": "against"}"#).unwrap();
        assert_eq!(read.probabilities.of(Stance::Against), Probability::ONE);
        assert!((read.probabilities.sum() - 1.0).abs() < f64::EPSILON);
    }
}
