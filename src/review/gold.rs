//! Gold out of verdicts: articles of which every quotation was found right or put right.
//!
//! An article of which a quotation is open is no gold, since an evaluation would take the model's own word for it. What
//! the model did not find at all, no reviewer was shown; such gold measures attribution, not what is missed.
use std::path::Path;

use serde::Serialize;

use super::ReviewError;
use super::corrections::Corrections;
use super::subject::article_hash;
use crate::annotation::{Annotation, Verdict, annotation_files, annotations};
use crate::pipeline::store::{Place, Store};

/// What became of the articles that were reviewed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct GoldSummary {
    /// Paths of the articles that were written.
    pub written: Vec<String>,
    /// Paths of those of which something is open, and how many quotations.
    pub open: Vec<(String, usize)>,
}

/// Writes every article that was reviewed as a whole, put right, into a folder, each file at once.
///
/// # Errors
/// When an annotation cannot be read or gold cannot be written.
pub fn write_gold(out: &Path, folder: &Path, corrections: &Corrections) -> Result<GoldSummary, ReviewError> {
    let mut summary = GoldSummary::default();
    let mut store: Option<Store> = None;
    for file in annotation_files(out)? {
        for annotation in annotations(&file)? {
            let annotation = annotation?;
            if !corrections.concern(&article_hash(&annotation.article)) {
                continue;
            }
            let path = annotation.article.path.clone();
            match open_quotes(&annotation, corrections) {
                0 => {
                    let store = match &mut store {
                        Some(store) => store,
                        none => none.insert(Store::open(&Place::Folder(folder.to_owned()), &annotation.tool, true)?),
                    };
                    store.put(&corrections.apply(annotation))?;
                    summary.written.push(path);
                }
                open => summary.open.push((path, open)),
            }
        }
    }
    Ok(summary)
}

/// How many quotations are not judged, or wrong and not put right.
fn open_quotes(annotation: &Annotation, corrections: &Corrections) -> usize {
    let settled = corrections.on(annotation).into_values().filter(|judgement| judgement.verdict != Verdict::Wrong);
    annotation.quotes.len() - settled.count()
}
