//! [`Form`]: a form of text, told by what stands before, between and behind the annotations and how one is put.
use super::draft::Draft;
use super::{ExportError, Exporter};
use crate::annotation::Annotation;

/// A form of text.
#[derive(Clone, Copy)]
pub(super) struct Form {
    pub opening: fn() -> String,
    /// What an annotation comes to; nothing where there is nothing to say of it.
    pub put: fn(&Annotation) -> Result<Vec<u8>, ExportError>,
    pub between: &'static str,
    pub closing: &'static str,
}

/// Writes a form of text to a file or stream.
pub(super) struct FormExporter {
    form: Form,
    draft: Draft,
    begun: bool,
}

impl FormExporter {
    pub fn begin(form: Form, mut draft: Draft) -> Result<Self, ExportError> {
        draft.put((form.opening)().as_bytes())?;
        Ok(Self { form, draft, begun: false })
    }
}

impl Exporter for FormExporter {
    fn put(&mut self, annotation: &Annotation) -> Result<(), ExportError> {
        let part = (self.form.put)(annotation)?;
        if part.is_empty() {
            return Ok(());
        }
        if self.begun {
            self.draft.put(self.form.between.as_bytes())?;
        }
        self.begun = true;
        self.draft.put(&part)
    }

    fn finish(mut self: Box<Self>) -> Result<(), ExportError> {
        self.draft.put(self.form.closing.as_bytes())?;
        self.draft.publish()
    }
}
