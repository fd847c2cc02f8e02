//! [`Place`]: where the output of a run goes.
use std::io;
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::StoreError;

/// Name of the stream in an output folder.
const STREAM: &str = "annotations.jsonl";
/// Name of the list of failures in an output folder.
const FAILURES: &str = "failures.jsonl";

/// Where annotations go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// One file an article below a folder: `OUT/a/b.txt.json`.
    Folder(PathBuf),
    /// All in one file, one a line.
    File(PathBuf),
}

impl Place {
    /// The stream in an output folder.
    #[must_use]
    pub fn stream_in(folder: &Path) -> Self {
        Self::File(folder.join(STREAM))
    }

    /// The folder that is created and written to.
    #[must_use]
    pub fn folder(&self) -> &Path {
        match self {
            Self::Folder(root) => root,
            Self::File(path) => path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")),
        }
    }

    /// Where the list of failures goes: `failures.jsonl` in the folder, `news.failures.jsonl` beside a stream with a
    /// name of its own.
    #[must_use]
    pub fn failures(&self) -> PathBuf {
        match self {
            Self::File(path) if !path.ends_with(STREAM) => path.with_extension(FAILURES),
            _ => self.folder().join(FAILURES),
        }
    }

    /// Creates the folder and writes to it once, so that a run does not find out after an hour that it cannot.
    ///
    /// # Errors
    /// When the folder cannot be created or written.
    pub fn prepare(&self) -> Result<(), StoreError> {
        let folder = self.folder();
        if folder.exists() && !folder.is_dir() {
            return Err(StoreError::NoFolder { path: folder.to_owned() });
        }
        if let Self::File(path) = self
            && path.is_dir()
        {
            return Err(StoreError::NoFile { path: path.clone() });
        }
        let failed = |source| StoreError::Create { path: folder.to_owned(), source };
        std::fs::create_dir_all(folder).map_err(failed)?;
        NamedTempFile::with_prefix_in(".ascribe-", folder).and_then(NamedTempFile::close).map_err(failed)
    }
}

/// A file that is not seen under its name before it is whole, beside the place that it will take.
///
/// # Errors
/// When the folder takes no new file.
pub fn temporary(beside: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".ascribe-").suffix(".tmp");
    // A temporary file is private by default; an output is as readable as the user's other files.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    builder.tempfile_in(beside.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new(".")))
}

/// Gives a whole file its name. The data go to the disk first: some file systems report a full disk only then.
///
/// # Errors
/// When the data cannot be written or the name cannot be given.
pub fn publish(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_data()?;
    file.persist(path).map_err(|error| error.error)?;
    Ok(())
}
