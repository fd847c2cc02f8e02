//! [`Folder`]: one file an article.
use std::io::{self, BufWriter, Write};
use std::path::{Component, Path, PathBuf};

use super::place::{publish, temporary};
use super::{Place, StoreError};
use crate::annotation::Annotation;

/// An output folder.
pub(super) struct Folder {
    root: PathBuf,
}

impl Folder {
    pub(super) const fn new(root: PathBuf) -> Self {
        Self { root }
    }

    pub(super) fn put(&self, annotation: &Annotation) -> Result<(), StoreError> {
        let path = file_of(&self.root, &annotation.article.path)?;
        write(&path, annotation).map_err(|source| StoreError::Write { path, source })
    }

    /// The annotation of an article, if it is there and whole.
    pub(super) fn stored(&self, article: &str) -> Option<Annotation> {
        let bytes = std::fs::read(file_of(&self.root, article).ok()?).ok()?;
        Annotation::from_json(&bytes).ok()
    }

    pub(super) fn failures(&self) -> PathBuf {
        Place::Folder(self.root.clone()).failures()
    }
}

/// The file of an article's annotation: `OUT/a/b.txt.json` for `a/b.txt`. The article's extension stays, because
/// `b.html` may lie beside it.
pub(super) fn file_of(root: &Path, article: &str) -> Result<PathBuf, StoreError> {
    let relative = Path::new(article);
    if article.is_empty() || !relative.components().all(|part| matches!(part, Component::Normal(_))) {
        return Err(StoreError::UnsafePath(article.to_owned()));
    }
    let mut path = root.join(relative).into_os_string();
    path.push(".json");
    Ok(path.into())
}

fn write(path: &Path, annotation: &Annotation) -> io::Result<()> {
    if let Some(folder) = path.parent() {
        std::fs::create_dir_all(folder)?;
    }
    let mut file = temporary(path)?;
    let mut out = BufWriter::new(&mut file);
    annotation.write_json(&mut out)?;
    out.flush()?;
    drop(out);
    publish(file, path)
}
