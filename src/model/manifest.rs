//! The manifest of a model folder: what the networks are, which labels they give, and the hashes of their weights.
//!
//! A folder is checked against its manifest before anything runs, so that a wrong file is refused with its reason and
//! not noticed by strange output.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};

use super::calibration::Curves;
use super::labels::{NAMES, STANCES, TAGS};

/// The version of the manifest that this program reads.
pub const FORMAT: &str = "ascribe-model/1";

/// An architecture that `rust_bert` has.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Architecture {
    /// BERT (Devlin et al. 2019).
    Bert,
    /// RoBERTa (Liu et al. 2019).
    Roberta,
    /// ELECTRA's discriminator (Clark et al. 2020).
    Electra,
    /// DeBERTa version 2 and 3 (He et al. 2021).
    DebertaV2,
}

/// A file of weights and the hash that it must have.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Weights {
    /// File name inside the folder (safetensors, 16-bit).
    pub file: String,
    /// SHA-256 of the file, hexadecimal.
    pub sha256: String,
}

/// The stance network.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StanceManifest {
    /// Architecture of its encoder.
    pub architecture: Architecture,
    /// Its `config.json`, a file name inside the folder.
    pub config: String,
    /// Its weights.
    pub weights: Weights,
    /// Classes in the order of the logits: favor, neutral, against, none.
    pub labels: Vec<String>,
    /// Most tokens of one input, special tokens and markers included.
    pub max_length: usize,
    /// Most word pieces of context before the quotation.
    pub context_before: usize,
    /// Most word pieces of context after the quotation.
    pub context_after: usize,
    /// Vocabulary entries that mark the holder (open, close) and a target (open, close).
    pub markers: [String; 4],
    /// Divides the logits before the softmax; fitted on dev.
    pub temperature: f32,
}

/// What `manifest.json` holds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// Always [`FORMAT`].
    pub format: String,
    /// The model's name, as the annotations give it.
    pub name: String,
    /// Language of the articles, ISO 639-1.
    pub language: String,
    /// Architecture of the attribution encoder.
    pub architecture: Architecture,
    /// `config.json` of the attribution encoder, a file name inside the folder.
    pub config: String,
    /// `tokenizer.json`, shared by both networks.
    pub tokenizer: Weights,
    /// Vocabulary entries that open and close every input: `[CLS]` and `[SEP]`, or `<s>` and `</s>`.
    pub around: [String; 2],
    /// Weights of the attribution network.
    pub weights: Weights,
    /// Most tokens of one window, special tokens included.
    pub max_length: usize,
    /// Tokens that neighbouring windows share.
    pub overlap: usize,
    /// How many token types the encoder knows: 16, or 1 for an encoder without the features.
    pub token_types: i64,
    /// Labels of the tag head, in the order of the logits.
    pub tags: Vec<String>,
    /// Labels of the name head, in the order of the logits.
    pub names: Vec<String>,
    /// Width of each of the four pair vectors.
    pub vector_width: usize,
    /// Hidden width of the pair scorers.
    pub pair_hidden: usize,
    /// Numbers of features of the link and of the antecedent scorer.
    pub pair_features: [usize; 2],
    /// The stance network.
    pub stance: StanceManifest,
    /// Temperatures of the attribution heads, by head; fitted on dev.
    #[serde(default)]
    pub temperatures: BTreeMap<String, f32>,
    /// Curves of the confidences `span` (by kind of the quotation) and `speaker` (by form of the source), fitted on dev.
    #[serde(default)]
    pub calibration: Curves,
    /// SHA-256 of the data that it was trained on, by split.
    #[serde(default)]
    pub data: BTreeMap<String, String>,
    /// Scores on development data, by name.
    #[serde(default)]
    pub dev: BTreeMap<String, f64>,
}

/// A model folder that does not fit.
#[derive(Debug, thiserror::Error)]
pub enum ManifestError {
    /// A file is missing or unreadable.
    #[error("could not read {path} of the model folder; fetch the folder again or name another with --model")]
    Read {
        /// The file.
        path: String,
        /// Why.
        #[source]
        source: std::io::Error,
    },
    /// The manifest is no manifest.
    #[error("could not understand {path}; the manifest must be JSON in the form of models/README.md")]
    Parse {
        /// The file.
        path: String,
        /// Where and why.
        #[source]
        source: serde_json::Error,
    },
    /// A value that this program cannot work with.
    #[error("the manifest {path} does not fit this program: {reason}; use a model made for it")]
    Unfit {
        /// The file.
        path: String,
        /// Which value, and what was expected.
        reason: String,
    },
    /// A file is not the one that the manifest means.
    #[error(
        "{path} is damaged or of another model: its SHA-256 is {found}, the manifest says {expected}; fetch it again"
    )]
    Hash {
        /// The file.
        path: String,
        /// What the file has.
        found: String,
        /// What it should have.
        expected: String,
    },
}

/// A model folder whose manifest fits and whose files are there.
#[derive(Clone, Debug)]
pub struct ModelFolder {
    path: PathBuf,
    manifest: Manifest,
}

impl ModelFolder {
    /// Reads the manifest, checks its values, and the hashes of weights and tokenizer.
    ///
    /// # Errors
    /// When a file is missing, damaged, or does not fit; the error names it.
    pub fn open(path: &Path) -> Result<Self, ManifestError> {
        let file = path.join("manifest.json");
        let shown = file.display().to_string();
        let bytes = read(&file)?;
        let manifest: Manifest =
            serde_json::from_slice(&bytes).map_err(|source| ManifestError::Parse { path: shown.clone(), source })?;
        manifest.check().map_err(|reason| ManifestError::Unfit { path: shown, reason })?;
        let folder = Self { path: path.to_path_buf(), manifest };
        for weights in [&folder.manifest.tokenizer, &folder.manifest.weights, &folder.manifest.stance.weights] {
            folder.verify(weights)?;
        }
        Ok(folder)
    }

    /// The manifest.
    #[must_use]
    pub fn manifest(&self) -> &Manifest {
        &self.manifest
    }

    /// A file of the folder.
    #[must_use]
    pub fn file(&self, name: &str) -> PathBuf {
        self.path.join(name)
    }

    /// One hash for the whole model: of the hashes of its weights and tokenizer.
    #[must_use]
    pub fn sha256(&self) -> String {
        let mut hash = Sha256::new();
        for weights in [&self.manifest.tokenizer, &self.manifest.weights, &self.manifest.stance.weights] {
            hash.update(weights.sha256.as_bytes());
        }
        hex(&hash.finalize())
    }

    fn verify(&self, weights: &Weights) -> Result<(), ManifestError> {
        let path = self.file(&weights.file);
        let found = hex(&Sha256::digest(read(&path)?));
        if found == weights.sha256 {
            return Ok(());
        }
        Err(ManifestError::Hash { path: path.display().to_string(), found, expected: weights.sha256.clone() })
    }
}

impl Manifest {
    fn check(&self) -> Result<(), String> {
        let expect = |fits: bool, reason: String| if fits { Ok(()) } else { Err(reason) };
        expect(self.format == FORMAT, format!("format is {:?}, {FORMAT:?} was expected", self.format))?;
        expect(self.tags == TAGS, format!("tags are {:?}, {:?} were expected", self.tags, TAGS))?;
        expect(self.names == NAMES, format!("names are {:?}, {NAMES:?} were expected", self.names))?;
        expect(
            self.stance.labels == STANCES,
            format!("stance labels are {:?}, {STANCES:?} were expected", self.stance.labels),
        )?;
        if let Some((name, fault)) = self.calibration.fault() {
            return Err(format!("the calibration of {name:?} {fault}"));
        }
        expect(
            self.token_types == 16 || self.token_types == 1,
            format!("token_types is {}, 16 or 1 was expected", self.token_types),
        )?;
        expect(
            (8..=4096).contains(&self.max_length) && self.overlap < self.max_length - 2,
            format!("max_length {} and overlap {} do not go together", self.max_length, self.overlap),
        )?;
        expect(
            self.stance.max_length > self.stance.context_before + self.stance.context_after,
            format!("the stance network's context leaves no room for a quotation in {} tokens", self.stance.max_length),
        )?;
        expect(
            self.stance.temperature > 0.0,
            format!("the stance temperature is {}, it must be above 0", self.stance.temperature),
        )
    }
}

fn read(path: &Path) -> Result<Vec<u8>, ManifestError> {
    std::fs::read(path).map_err(|source| ManifestError::Read { path: path.display().to_string(), source })
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut out, byte| {
        let _ = write!(out, "{byte:02x}");
        out
    })
}
