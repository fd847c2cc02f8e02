//! The JSON Schema of `ascribe/1`, generated from the types so that it cannot fall behind them.
use schemars::r#gen::SchemaSettings;

use super::Annotation;

/// The JSON Schema (draft 7) of an annotation as pretty JSON with a final line break. Required is what no reader can
/// do without; the program itself writes every field.
///
/// # Panics
/// Never: a schema is a tree of strings and numbers, which JSON can hold.
#[must_use]
pub fn json_schema() -> String {
    let mut schema = SchemaSettings::draft07().into_generator().into_root_schema_for::<Annotation>();
    schema.schema.metadata().title = Some("ascribe/1".to_owned());
    let mut json = serde_json::to_string_pretty(&schema).expect("a schema is JSON");
    json.push('\n');
    json
}
