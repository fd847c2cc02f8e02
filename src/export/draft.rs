//! [`Draft`]: a file that is not seen under its name before it is whole, or a stream.
use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use tempfile::NamedTempFile;

use super::{ExportError, Format};
use crate::pipeline::store::{self, publish};

/// Where an export goes.
pub enum Target {
    /// A file or, for brat, a folder.
    Path(PathBuf),
    /// A stream, for forms of text.
    Stream(Box<dyn Write + Send>),
}

impl Target {
    /// The path, for a form that needs one.
    pub(super) fn into_path(self, format: Format) -> Result<PathBuf, ExportError> {
        match self {
            Self::Path(path) => Ok(path),
            Self::Stream(_) => Err(ExportError::NoStream(format.word())),
        }
    }
}

/// An output while it is written. A file that is dropped unpublished is gone, and what had its name before stays.
pub(super) enum Draft {
    File { out: BufWriter<NamedTempFile>, path: PathBuf },
    Stream(BufWriter<Box<dyn Write + Send>>),
}

impl Draft {
    /// Creates the file beside the place that it will take. A pipe or a device is written at once: a file in its place
    /// would be none.
    pub fn create(target: Target) -> Result<Self, ExportError> {
        match target {
            Target::Stream(stream) => Ok(Self::Stream(BufWriter::new(stream))),
            Target::Path(path) if path.metadata().is_ok_and(|there| !there.is_file() && !there.is_dir()) => {
                let stream = File::options().write(true).open(&path);
                let stream = stream.map_err(|source| ExportError::Create { path, source })?;
                Ok(Self::Stream(BufWriter::new(Box::new(stream))))
            }
            Target::Path(path) => {
                let file = temporary(&path)?;
                Ok(Self::File { out: BufWriter::new(file), path })
            }
        }
    }

    /// Writes all of some bytes.
    pub fn put(&mut self, bytes: &[u8]) -> Result<(), ExportError> {
        self.write_all(bytes).map_err(|source| ExportError::Write { place: self.place(), source })
    }

    /// Gives the whole file its name.
    pub fn publish(mut self) -> Result<(), ExportError> {
        let place = self.place();
        let published = self.flush().and_then(|()| match self {
            Self::File { out, path } => publish(out.into_inner().map_err(io::IntoInnerError::into_error)?, &path),
            Self::Stream(_) => Ok(()),
        });
        published.map_err(|source| ExportError::Write { place, source })
    }

    fn place(&self) -> String {
        match self {
            Self::File { path, .. } => path.display().to_string(),
            Self::Stream(_) => "the output stream".to_owned(),
        }
    }
}

impl Write for Draft {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match self {
            Self::File { out, .. } => out.write(bytes),
            Self::Stream(out) => out.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match self {
            Self::File { out, .. } => out.flush(),
            Self::Stream(out) => out.flush(),
        }
    }
}

/// A new file in the folder of another, which is made where it is missing.
pub(super) fn temporary(beside: &Path) -> Result<NamedTempFile, ExportError> {
    if beside.exists() && !beside.is_file() {
        let source = io::Error::other("something that is no file has this name");
        return Err(ExportError::Create { path: beside.to_owned(), source });
    }
    let folder = beside.parent().filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)
        .and_then(|()| store::temporary(beside))
        .map_err(|source| ExportError::Create { path: beside.to_owned(), source })
}
