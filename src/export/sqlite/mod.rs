//! SQLite: a database with tables for articles, entities, quotes and what belongs to them, and views for a dashboard.
//!
//! An export into a database that is there updates it: an article is known by its path, and all that was stored of it is
//! replaced. Articles that are not part of the export stay. Either way a reader sees the database as it was until all
//! is stored: an update is one transaction, and a new database gets its name at the end.
mod insert;

use std::path::{Path, PathBuf};

use rusqlite::Connection;
use tempfile::NamedTempFile;

use super::draft::temporary;
use super::{ExportError, Exporter};
use crate::annotation::Annotation;
use crate::pipeline::store::publish;

/// What the tables are like.
const SCHEMA: &str = include_str!("schema.sql");
/// Version of the tables, `user_version` of the file.
const VERSION: i64 = 1;
/// `ascr`: tells `file` and this program whose database it is.
const APPLICATION: i64 = 0x6173_6372;

/// A database in a transaction.
pub(super) struct Sqlite {
    path: PathBuf,
    // Dropped before the new file, so that its journal goes first.
    connection: Connection,
    /// A new database, which has no name yet.
    new: Option<NamedTempFile>,
}

impl Sqlite {
    /// Opens a database of this program, or makes one.
    pub fn open(path: &Path) -> Result<Self, ExportError> {
        let new = if path.is_file() { None } else { Some(temporary(path)?) };
        let failed = |source| ExportError::Database { path: path.to_owned(), source };
        let connection = Connection::open(new.as_ref().map_or(path, NamedTempFile::path)).map_err(failed)?;
        connection.execute_batch("PRAGMA foreign_keys = ON; BEGIN IMMEDIATE").map_err(failed)?;
        let number = |pragma: &str| connection.pragma_query_value(None, pragma, |row| row.get::<_, i64>(0));
        let tables = connection.query_one("SELECT count(*) FROM sqlite_schema", [], |row| row.get::<_, i64>(0));
        if tables.map_err(failed)? == 0 {
            let about = format!("PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};");
            connection.execute_batch(&(SCHEMA.to_owned() + &about)).map_err(failed)?;
        } else if number("application_id").map_err(failed)? != APPLICATION {
            return Err(ExportError::ForeignDatabase { path: path.to_owned() });
        }
        let found = number("user_version").map_err(failed)?;
        if found != VERSION {
            return Err(ExportError::OtherVersion { path: path.to_owned(), found, ours: VERSION });
        }
        Ok(Self { path: path.to_owned(), connection, new })
    }
}

impl Exporter for Sqlite {
    fn put(&mut self, annotation: &Annotation) -> Result<(), ExportError> {
        let name = super::exporter::name_of(&annotation.article)?;
        insert::replace(&self.connection, name, annotation)
            .map_err(|source| ExportError::Database { path: self.path.clone(), source })
    }

    fn finish(self: Box<Self>) -> Result<(), ExportError> {
        let Self { path, connection, new } = *self;
        let failed = |source| ExportError::Database { path: path.clone(), source };
        connection.execute_batch("COMMIT").map_err(failed)?;
        connection.close().map_err(|(_, source)| failed(source))?;
        new.map_or(Ok(()), |file| publish(file, &path))
            .map_err(|source| ExportError::Write { place: path.display().to_string(), source })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    fn export(path: &Path, annotations: &[Annotation]) {
        let mut sqlite = Box::new(Sqlite::open(path).unwrap());
        for annotation in annotations {
            sqlite.put(annotation).unwrap();
        }
        sqlite.finish().unwrap();
    }

    fn number(path: &Path, query: &str) -> i64 {
        Connection::open(path).unwrap().query_one(query, [], |row| row.get(0)).unwrap()
    }

    #[test]
    fn an_update_replaces_an_article_and_leaves_the_others() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stance.db");
        let mut other = sample();
        other.article.path = "other.txt".to_owned();
        export(&path, &[sample(), other]);
        let before = number(&path, "SELECT article FROM articles WHERE path = 'wire/saraqib.txt'");
        assert_eq!(number(&path, "SELECT count(*) FROM quotes"), 10);
        let mut again = sample();
        again.article.sha256 = "changed".to_owned();
        again.quotes.truncate(2);
        export(&path, &[again]);
        assert_eq!(number(&path, "SELECT count(*) FROM articles"), 2);
        assert_eq!(number(&path, "SELECT count(*) FROM articles WHERE sha256 = 'changed'"), 1);
        assert_eq!(number(&path, "SELECT article FROM articles WHERE path = 'wire/saraqib.txt'"), before);
        assert_eq!(number(&path, "SELECT count(*) FROM quotes"), 7);
        assert_eq!(number(&path, "SELECT count(*) FROM stances"), 3);
        assert_eq!(number(&path, "SELECT count(*) FROM spans WHERE quote NOT IN (SELECT quote FROM quotes)"), 0);
    }

    #[test]
    fn an_export_that_is_given_up_changes_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("stance.db");
        Sqlite::open(&path).unwrap().put(&sample()).unwrap();
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 0);
        export(&path, &[sample()]);
        let mut changed = sample();
        changed.quotes.clear();
        Sqlite::open(&path).unwrap().put(&changed).unwrap();
        assert_eq!(number(&path, "SELECT count(*) FROM quotes"), 5);
    }

    #[test]
    fn a_database_of_somebody_else_is_left_alone() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("music.db");
        Connection::open(&path).unwrap().execute_batch("CREATE TABLE articles (song TEXT)").unwrap();
        assert!(matches!(Sqlite::open(&path), Err(ExportError::ForeignDatabase { .. })));
        export(&folder.path().join("ours.db"), &[]);
        Connection::open(folder.path().join("ours.db")).unwrap().execute_batch("PRAGMA user_version = 9").unwrap();
        let refused = Sqlite::open(&folder.path().join("ours.db")).err().unwrap().to_string();
        assert!(refused.contains("version 9 and this program writes version 1"), "{refused}");
        std::fs::write(folder.path().join("text.db"), "no database, but long enough to be looked at as one").unwrap();
        assert!(matches!(Sqlite::open(&folder.path().join("text.db")), Err(ExportError::Database { .. })));
    }
}
