//! [`Format`]: the forms in which annotations are exported, and which of them a file's name asks for.
use std::path::Path;

use super::draft::Draft;
use super::form::FormExporter;
use super::{ExportError, Exporter, Target};
use super::{brat::Brat, csv, jsonl, label_studio, parquet::Parquet, sqlite::Sqlite, web_annotation};

/// A form of export.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Format {
    /// Flat rows for spreadsheets.
    Csv,
    /// Flat rows, one JSON object a line.
    Jsonl,
    /// A database with tables and views.
    Sqlite,
    /// Flat rows by column.
    Parquet,
    /// Tasks with predictions for Label Studio.
    LabelStudio,
    /// A folder of texts and standoff annotation for brat.
    Brat,
    /// An array of W3C Web Annotations, JSON-LD.
    WebAnnotation,
}

impl Format {
    /// Every form.
    pub const ALL: [Self; 7] =
        [Self::Csv, Self::Jsonl, Self::Sqlite, Self::Parquet, Self::LabelStudio, Self::Brat, Self::WebAnnotation];

    /// The word on the command line.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Csv => "csv",
            Self::Jsonl => "jsonl",
            Self::Sqlite => "sqlite",
            Self::Parquet => "parquet",
            Self::LabelStudio => "label-studio",
            Self::Brat => "brat",
            Self::WebAnnotation => "web-annotation",
        }
    }

    /// The form for which a word of the command line stands.
    #[must_use]
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|format| format.word() == word)
    }

    /// The form that a file's name asks for: by its extension, or brat where it is a folder or ends as one.
    #[must_use]
    pub fn of_path(path: &Path) -> Option<Self> {
        if path.is_dir() || path.as_os_str().to_str().is_some_and(|path| path.ends_with('/')) {
            return Some(Self::Brat);
        }
        match path.extension()?.to_str()?.to_ascii_lowercase().as_str() {
            "csv" => Some(Self::Csv),
            "jsonl" | "ndjson" => Some(Self::Jsonl),
            "sqlite" | "sqlite3" | "db" => Some(Self::Sqlite),
            "parquet" => Some(Self::Parquet),
            "json" => Some(Self::LabelStudio),
            "jsonld" => Some(Self::WebAnnotation),
            _ => None,
        }
    }

    /// Begins an output of this form.
    pub(super) fn begin(self, target: Target) -> Result<Box<dyn Exporter>, ExportError> {
        let form = match self {
            Self::Csv => csv::FORM,
            Self::Jsonl => jsonl::FORM,
            Self::LabelStudio => label_studio::FORM,
            Self::WebAnnotation => web_annotation::FORM,
            Self::Sqlite => return Ok(Box::new(Sqlite::open(&target.into_path(self)?)?)),
            Self::Parquet => return Ok(Box::new(Parquet::create(target.into_path(self)?)?)),
            Self::Brat => return Ok(Box::new(Brat::create(target.into_path(self)?)?)),
        };
        Ok(Box::new(FormExporter::begin(form, Draft::create(target)?)?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_asks_for_a_form() {
        let asked = |path: &str| Format::of_path(path.as_ref()).map(Format::word);
        assert_eq!(asked("a/rows.CSV"), Some("csv"));
        assert_eq!(asked("stance.db"), Some("sqlite"));
        assert_eq!(asked("a.jsonld"), Some("web-annotation"));
        assert_eq!(asked("new/"), Some("brat"));
        assert_eq!(asked("src"), Some("brat"));
        assert_eq!(asked("rows"), None);
    }

    #[test]
    fn a_word_stands_for_one_form() {
        for format in Format::ALL {
            assert_eq!(Format::of_word(format.word()), Some(format));
        }
    }
}
