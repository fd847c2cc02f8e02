//! Parquet: the flat rows by column, for dataframes and query engines. Every column may be null; offsets are 64-bit
//! integers, probabilities doubles, the rest UTF-8 strings.
use std::path::PathBuf;
use std::sync::Arc;

use parquet::basic::Compression;
use parquet::data_type::{ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::{SerializedColumnWriter, SerializedFileWriter};
use parquet::schema::parser::parse_message_type;
use serde_json::Value;

use super::columns::{COLUMNS, Column, cells};
use super::draft::Draft;
use super::{ExportError, Exporter, Target};
use crate::annotation::Annotation;

/// Rows that are held before they are written as a group.
const GROUP: usize = 8_192;

/// A columnar file that is written.
pub(super) struct Parquet {
    path: PathBuf,
    writer: SerializedFileWriter<Draft>,
    /// Rows of the group that is filled, column by column.
    columns: Vec<Vec<Value>>,
}

impl Parquet {
    pub fn create(path: PathBuf) -> Result<Self, ExportError> {
        let draft = Draft::create(Target::Path(path.clone()))?;
        let properties = WriterProperties::builder().set_compression(Compression::SNAPPY).build();
        let writer = parse_message_type(&schema())
            .and_then(|schema| SerializedFileWriter::new(draft, Arc::new(schema), Arc::new(properties)));
        match writer {
            Ok(writer) => Ok(Self { path, writer, columns: vec![Vec::new(); COLUMNS.len()] }),
            Err(source) => Err(ExportError::Parquet { path, source }),
        }
    }

    fn write_group(&mut self) -> Result<(), ParquetError> {
        if self.columns[0].is_empty() {
            return Ok(());
        }
        let mut group = self.writer.next_row_group()?;
        for ((_, column), cells) in COLUMNS.iter().zip(&mut self.columns) {
            let writer = group.next_column()?.expect("the schema is made of the same columns");
            match column {
                Column::Text => write::<ByteArrayType>(writer, cells, |cell| Some(ByteArray::from(cell.as_str()?)))?,
                Column::Offset => write::<Int64Type>(writer, cells, Value::as_i64)?,
                Column::Probability => write::<DoubleType>(writer, cells, Value::as_f64)?,
            }
            cells.clear();
        }
        group.close()?;
        Ok(())
    }
}

impl Exporter for Parquet {
    fn put(&mut self, annotation: &Annotation) -> Result<(), ExportError> {
        for row in annotation.rows() {
            for (column, cell) in self.columns.iter_mut().zip(cells(&row)) {
                column.push(cell);
            }
        }
        if self.columns[0].len() >= GROUP {
            self.write_group().map_err(|source| ExportError::Parquet { path: self.path.clone(), source })?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        let written = self.write_group();
        let Self { path, writer, .. } = *self;
        let draft = written.and_then(|()| writer.into_inner());
        draft.map_err(|source| ExportError::Parquet { path, source })?.publish()
    }
}

/// The schema in Parquet's own words.
fn schema() -> String {
    let fields = COLUMNS.map(|(name, column)| match column {
        Column::Text => format!("OPTIONAL BYTE_ARRAY {name} (UTF8);"),
        Column::Offset => format!("OPTIONAL INT64 {name};"),
        Column::Probability => format!("OPTIONAL DOUBLE {name};"),
    });
    format!("message rows {{ {} }}", fields.join(" "))
}

/// Writes one column of a group: the cells that hold something, and for each cell whether it does.
fn write<T: DataType>(
    mut writer: SerializedColumnWriter<'_>,
    cells: &[Value],
    value: impl Fn(&Value) -> Option<T::T>,
) -> Result<(), ParquetError> {
    let values: Vec<Option<T::T>> = cells.iter().map(value).collect();
    let levels: Vec<i16> = values.iter().map(|value| value.is_some().into()).collect();
    let values: Vec<T::T> = values.into_iter().flatten().collect();
    writer.typed::<T>().write_batch(&values, Some(&levels), None)?;
    writer.close()
}
