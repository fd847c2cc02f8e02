//! [`Done`]: what earlier runs left.
use std::collections::HashMap;
use std::path::PathBuf;

use super::fingerprint::Fingerprint;
use super::folder::file_of;
use crate::annotation::{Article, Tool};
use crate::article;

/// The annotations of earlier runs. It can be asked from every thread while the store is written.
pub enum Done {
    /// Nothing is done, or nothing counts.
    Nothing,
    /// A folder, looked at when it is asked.
    Folder {
        /// The output folder.
        root: PathBuf,
        /// What would make the annotations now.
        tool: Tool,
    },
    /// The lines of a stream.
    Stream(StreamIndex),
}

/// The annotations of a stream by the path of their article.
pub struct StreamIndex {
    pub(super) tool: Tool,
    pub(super) lines: HashMap<String, Fingerprint>,
}

impl Done {
    pub(super) const fn in_folder(root: PathBuf, tool: Tool) -> Self {
        Self::Folder { root, tool }
    }

    /// Whether the annotation of this article is there and still the one that would be made. One that cannot be read
    /// is not there.
    #[must_use]
    pub fn holds(&self, article: &article::Article) -> bool {
        match self {
            Self::Nothing => false,
            Self::Folder { root, tool } => {
                let stored = file_of(root, &article.path).ok().and_then(|path| std::fs::read(path).ok());
                stored
                    .and_then(|bytes| Fingerprint::read(&bytes))
                    .is_some_and(|(stored, _)| stored == Fingerprint::of(tool, &Article::from(article)))
            }
            Self::Stream(StreamIndex { tool, lines }) => {
                lines.get(&article.path).is_some_and(|stored| *stored == Fingerprint::of(tool, &Article::from(article)))
            }
        }
    }
}
