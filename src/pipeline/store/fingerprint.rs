//! [`Fingerprint`]: whether an annotation that lies there is the one that would be made now.
use serde::Deserialize;
use sha2::{Digest, Sha256};

use crate::annotation::{Article, Probability, Tool};

/// A hash of what an annotation depends on: the program, model and registry, and the whole article as it is read
/// now. The article's own hash alone would not do, since reading another field of a record changes the text, not the
/// bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fingerprint([u8; 32]);

/// The part of an annotation that a fingerprint covers. The rest is passed over, but has to be whole JSON.
#[derive(Deserialize)]
struct Header {
    tool: Tool,
    article: Article,
}

impl Fingerprint {
    pub(super) fn of(tool: &Tool, article: &Article) -> Self {
        let mut hash = Sha256::new();
        let fields =
            [&tool.version, &tool.model, &tool.model_sha256, &tool.registry_sha256, &article.id, &article.path];
        let more = [&article.title, &article.date, &article.source, &article.url];
        for field in fields.into_iter().chain([&article.sha256, &article.text]) {
            hash.update((field.len() as u64).to_le_bytes());
            hash.update(field);
        }
        for field in more {
            hash.update(field.as_ref().map_or(u64::MAX, |field| field.len() as u64).to_le_bytes());
            hash.update(field.as_deref().unwrap_or_default());
        }
        hash.update(tool.precision.to_string());
        hash.update(tool.min_confidence.map_or(-1.0, Probability::value).to_le_bytes());
        Self(hash.finalize().into())
    }

    /// The fingerprint and the article's path of a stored annotation; nothing for what is none.
    pub(super) fn read(annotation: &[u8]) -> Option<(Self, String)> {
        let header: Header = serde_json::from_slice(annotation).ok()?;
        Some((Self::of(&header.tool, &header.article), header.article.path))
    }
}
