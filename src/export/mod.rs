//! Annotations in other forms. One file a form, each a pure function of annotations, so that nothing here can look
//! at the model or at the files of a run.
mod terminal;

pub use terminal::terminal;
