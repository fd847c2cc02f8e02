//! brat: a folder with the text of each article, its standoff annotation beside it, and the configuration that both
//! want.
//!
//! `Content` is a quotation, `Cue` the reporting expression, `Source` the mention that the attribution names, `Party` words
//! that refer to a party. `Content` has the attribute `Kind` and the relations `Attribution` to its source, `Report` to
//! its cue, and `Favor`, `Neutral` or `Against` to words of a party; relations and not an event, since a cue may be
//! missing. A note on `Content` names the speakers and the stances, one on `Party` the party. Offsets are code points
//! of the text beside, which is the article's letter for letter.
mod standoff;

use std::collections::HashSet;
use std::fs;
use std::io::Write;
use std::path::{Component, Path, PathBuf};

use super::draft::temporary;
use super::exporter::name_of;
use super::{ExportError, Exporter};
use crate::annotation::Annotation;
use crate::pipeline::store::publish;

const CONFIGURATION: &str = include_str!("annotation.conf");

/// A folder that is filled.
pub(super) struct Brat {
    root: PathBuf,
    /// Stems of the files so far: `a` and `a.txt` would meet.
    stems: HashSet<PathBuf>,
}

impl Brat {
    /// Makes the folder. One with other files in it is refused: the texts of articles that lie there would be
    /// overwritten.
    pub fn create(root: PathBuf) -> Result<Self, ExportError> {
        let configuration = root.join("annotation.conf");
        let failed = |source| ExportError::Create { path: root.clone(), source };
        fs::create_dir_all(&root).map_err(failed)?;
        let is_ours = fs::read_to_string(&configuration).is_ok_and(|found| found == CONFIGURATION);
        if !is_ours && fs::read_dir(&root).map_err(failed)?.next().is_some() {
            return Err(ExportError::ForeignFolder { path: root });
        }
        write(&configuration, CONFIGURATION)?;
        Ok(Self { root, stems: HashSet::new() })
    }
}

impl Exporter for Brat {
    fn put(&mut self, annotation: &Annotation) -> Result<(), ExportError> {
        let name = name_of(&annotation.article)?;
        let relative = Path::new(name);
        if !relative.components().all(|part| matches!(part, Component::Normal(_))) {
            return Err(ExportError::UnsafePath(name.to_owned()));
        }
        let standoff = standoff::standoff(annotation)?;
        let stem = self.root.join(name.strip_suffix(".txt").unwrap_or(name));
        if !self.stems.insert(stem.clone()) {
            return Err(ExportError::SamePath(name.to_owned()));
        }
        write(&with_ending(&stem, ".txt"), &annotation.article.text)?;
        write(&with_ending(&stem, ".ann"), &standoff)
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        Ok(())
    }
}

fn with_ending(stem: &Path, ending: &str) -> PathBuf {
    let mut path = stem.as_os_str().to_owned();
    path.push(ending);
    path.into()
}

fn write(path: &Path, text: &str) -> Result<(), ExportError> {
    let mut file = temporary(path)?;
    file.write_all(text.as_bytes())
        .and_then(|()| publish(file, path))
        .map_err(|source| ExportError::Write { place: path.display().to_string(), source })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn nothing_but_an_earlier_export_is_written_over() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().join("new");
        drop(Brat::create(root.clone()).unwrap());
        assert!(Brat::create(root).is_ok(), "an earlier export goes on");
        assert!(matches!(Brat::create(folder.path().to_owned()), Err(ExportError::ForeignFolder { .. })));
    }

    #[test]
    fn an_article_stays_inside_the_folder() {
        let folder = tempfile::tempdir().unwrap();
        let mut brat = Brat::create(folder.path().join("new")).unwrap();
        let mut annotation = sample();
        for path in ["../a.txt", "/etc/a.txt", "a/../../b"] {
            annotation.article.path = path.to_owned();
            assert!(matches!(brat.put(&annotation), Err(ExportError::UnsafePath(_))), "{path}");
        }
    }

    #[test]
    fn articles_that_would_meet_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let mut brat = Brat::create(folder.path().to_owned()).unwrap();
        let mut annotation = sample();
        for (path, is_taken) in [("a.html", true), ("a.txt", true), ("a", false)] {
            annotation.article.path = path.to_owned();
            assert_eq!(brat.put(&annotation).is_ok(), is_taken, "{path}");
        }
        assert!(folder.path().join("a.html.ann").is_file() && folder.path().join("a.ann").is_file());
    }
}
