//! The label sets of the heads, in the order of the logits: what a manifest must say and the stages decode.

/// Tags of a token: BIO over content by kind, cue and source.
pub const TAGS: [&str; 11] = [
    "O",
    "B-direct",
    "I-direct",
    "B-mixed",
    "I-mixed",
    "B-indirect",
    "I-indirect",
    "B-cue",
    "I-cue",
    "B-source",
    "I-source",
];

/// Tags of a token: BIO over names by type.
pub const NAMES: [&str; 7] = ["O", "B-person", "I-person", "B-organization", "I-organization", "B-place", "I-place"];

/// Classes of a target; `none` means that the quotation does not refer to it.
pub const STANCES: [&str; 4] = ["favor", "neutral", "against", "none"];
