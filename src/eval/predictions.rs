//! [`Predictions`]: annotations that were made before, as a subject to be judged.
//!
//! They are found by the article's text, which every annotation holds, and not by id or path: those depend on the
//! folder that was annotated, and an offset means something only in the very same text.
use std::collections::HashMap;
use std::path::Path;

use super::EvalError;
use super::subject::{Annotate, SubjectError};
use crate::annotation::{Annotation, FileError, annotation_files, annotations};
use crate::article::Article;

/// The annotations of a folder or file, by the text of their articles.
#[derive(Debug)]
pub struct Predictions {
    by_text: HashMap<String, Annotation>,
}

impl Predictions {
    /// Reads all annotations at a path.
    ///
    /// # Errors
    /// When one of them cannot be read.
    pub fn open(path: &Path) -> Result<Self, FileError> {
        let mut by_text = HashMap::new();
        for file in annotation_files(path)? {
            for annotation in annotations(&file)? {
                let annotation = annotation?;
                by_text.insert(annotation.article.text.clone(), annotation);
            }
        }
        Ok(Self { by_text })
    }
}

impl Annotate for Predictions {
    fn annotate(&self, articles: &[Article]) -> Result<Vec<Annotation>, SubjectError> {
        let found = |article: &Article| self.by_text.get(article.text.as_str());
        let missing: Vec<&Article> = articles.iter().filter(|article| found(article).is_none()).collect();
        if let Some(first) = missing.first() {
            let first = first.id.clone();
            return Err(EvalError::PredictionsMissing { missing: missing.len(), of: articles.len(), first }.into());
        }
        Ok(articles.iter().filter_map(found).cloned().collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;
    use crate::text::Text;

    #[test]
    fn annotations_are_found_by_their_text() {
        let folder = tempfile::tempdir().unwrap();
        let mut bytes = Vec::new();
        sample().write_json(&mut bytes).unwrap();
        std::fs::write(folder.path().join("elsewhere.json"), bytes).unwrap();
        let predictions = Predictions::open(folder.path()).unwrap();
        let article = |id: &str, text: &str| Article {
            id: id.to_owned(),
            path: String::new(),
            sha256: String::new(),
            title: None,
            date: None,
            source: None,
            url: None,
            text: Text::new(text),
        };
        let known = article("other-id", &sample().article.text);
        assert_eq!(predictions.annotate(std::slice::from_ref(&known)).unwrap(), [sample()]);
        let error = predictions.annotate(&[known, article("dam", "Snow.")]).unwrap_err().to_string();
        assert!(error.contains("1 of 2 articles, dam among them"), "{error}");
    }
}
