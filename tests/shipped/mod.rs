//! What tests with the shipped model need: its folder, the shipped registry, annotators over them.
#![allow(dead_code, reason = "each test program uses its own part")]

use std::path::{Path, PathBuf};

use ascribe::article::Article;
use ascribe::model::ModelFolder;
use ascribe::pipeline::{Annotator, AnnotatorSettings, Resources};
use ascribe::speaker::registry::Registry;
use ascribe::text::Text;

/// The root of the checkout.
pub fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

/// The folder of the default model.
pub fn model_path() -> PathBuf {
    let name = std::fs::read_to_string(root().join("models/default")).expect("models/default names the default model");
    root().join("models").join(name.trim())
}

/// The default model, checked.
pub fn model_folder() -> ModelFolder {
    ModelFolder::open(&model_path()).expect("the shipped model folder is sound")
}

/// Annotators with the shipped model and registry.
pub fn annotators(count: usize) -> Vec<Annotator> {
    annotators_with(model_folder(), count)
}

/// Annotators with another model.
pub fn annotators_with(folder: ModelFolder, count: usize) -> Vec<Annotator> {
    let registry = read(&root().join("corpus/registry.toml"));
    let registry = Registry::from_toml(&registry).unwrap_or_else(|error| panic!("the shipped registry: {error}"));
    let resources = Resources::open(folder, registry, AnnotatorSettings::default()).expect("opens");
    Annotator::load(resources, count).expect("loads")
}

/// An article made by hand.
pub fn article(path: &str, text: &str) -> Article {
    Article {
        id: path.trim_end_matches(".txt").to_owned(),
        path: path.to_owned(),
        sha256: "0".repeat(64),
        title: None,
        date: None,
        source: None,
        url: None,
        text: Text::new(text),
    }
}

fn read(path: &Path) -> String {
    std::fs::read_to_string(path).expect("the file is in the checkout")
}
