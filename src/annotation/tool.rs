//! [`Tool`]: what made an annotation. Resuming compares it, so everything that changes the output belongs here.
use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::Probability;
use crate::model::Precision;

/// The program, model and registry behind an annotation. Gold made by hand may leave it out.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Tool {
    /// Version of the program.
    pub version: String,
    /// Name of the model folder.
    pub model: String,
    /// SHA-256 of the model's weights, in hexadecimal.
    pub model_sha256: String,
    /// SHA-256 of the registry file, in hexadecimal.
    pub registry_sha256: String,
    /// The numbers in which the networks ran; single precision where nothing is said.
    #[serde(skip_serializing_if = "Precision::is_single")]
    pub precision: Precision,
    /// Speakers below this probability were left out, where that was asked for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_confidence: Option<Probability>,
}
