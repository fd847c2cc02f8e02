//! [`Precision`]: the numbers in which the encoders calculate.

use std::fmt;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// The numbers in which the encoders calculate. Scores and probabilities are always in single precision.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "lowercase")]
pub enum Precision {
    /// 32 bits: the same on every processor, but for the last bits.
    #[default]
    Single,
    /// 16 bits with the exponent of single precision (bfloat16): several times as fast on processors that multiply
    /// matrices of them (Intel AMX), slower on others. Probabilities differ from those of single precision by .002 on average.
    Bfloat16,
}

impl Precision {
    /// What is fastest on this processor.
    #[must_use]
    pub fn fastest() -> Self {
        let info = std::fs::read_to_string("/proc/cpuinfo").unwrap_or_default();
        if multiplies_bfloat16(&info) { Self::Bfloat16 } else { Self::Single }
    }

    /// Whether this is what an annotation need not mention.
    #[must_use]
    pub fn is_single(&self) -> bool {
        *self == Self::Single
    }
}

impl fmt::Display for Precision {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Single => "single",
            Self::Bfloat16 => "bfloat16",
        })
    }
}

/// Linux lists the feature only where the system lets programs use it; elsewhere there is no such file.
fn multiplies_bfloat16(cpuinfo: &str) -> bool {
    cpuinfo
        .lines()
        .find(|line| line.starts_with("flags"))
        .is_some_and(|line| line.split_whitespace().any(|flag| flag == "amx_bf16"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_processors_with_matrix_units_calculate_in_bfloat16() {
        assert!(multiplies_bfloat16("processor\t: 0\nflags\t\t: fpu sse2 avx512_bf16 amx_bf16 amx_tile\n"));
        assert!(!multiplies_bfloat16("processor\t: 0\nflags\t\t: fpu sse2 avx512_bf16\n"));
        assert!(!multiplies_bfloat16("Features\t: fp asimd amx_bf16_lookalike\n"));
        assert!(!multiplies_bfloat16(""));
    }

    #[test]
    fn its_name_is_the_one_in_an_annotation() {
        for precision in [Precision::Single, Precision::Bfloat16] {
            assert_eq!(serde_json::to_value(precision).expect("a word"), precision.to_string());
        }
    }
}
