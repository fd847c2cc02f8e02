//! Which files of a folder are articles of this run: the patterns of the user, and the output folder left alone.
use std::fs;
use std::path::{Path, PathBuf};

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};

use super::discover::InputSettings;
use super::error::DiscoverError;

/// The patterns and the output folder.
#[derive(Clone)]
pub(super) struct Filter {
    include: Option<GlobSet>,
    exclude: GlobSet,
    output: Option<PathBuf>,
}

impl Filter {
    pub fn new(settings: &InputSettings) -> Result<Self, DiscoverError> {
        let include = (!settings.include.is_empty()).then(|| patterns(&settings.include)).transpose()?;
        let exclude = patterns(&settings.exclude)?;
        // A folder that does not exist yet is nowhere inside the inputs.
        let output = settings.output.as_ref().and_then(|path| fs::canonicalize(path).ok());
        Ok(Self { include, exclude, output })
    }

    pub fn takes(&self, relative: &str) -> bool {
        self.include.as_ref().is_none_or(|include| include.is_match(relative)) && !self.excludes(relative)
    }

    pub fn excludes(&self, relative: &str) -> bool {
        self.exclude.is_match(relative)
    }

    pub fn is_output(&self, folder: &Path) -> bool {
        self.output.as_ref().is_some_and(|output| fs::canonicalize(folder).is_ok_and(|folder| folder == *output))
    }
}

/// Globs in which `*` stays inside a folder; one without `/` fits at any depth, one that fits a folder fits all
/// inside it.
fn patterns(written: &[String]) -> Result<GlobSet, DiscoverError> {
    let refused = |pattern: &str| {
        let pattern = pattern.to_owned();
        move |source| DiscoverError::Glob { pattern, source }
    };
    let mut set = GlobSetBuilder::new();
    for pattern in written {
        let bare = pattern.trim_start_matches("./").trim_end_matches('/');
        let whole = if bare.contains('/') { bare.trim_start_matches('/').to_owned() } else { format!("**/{bare}") };
        for glob in [format!("{whole}/**"), whole] {
            set.add(GlobBuilder::new(&glob).literal_separator(true).build().map_err(refused(pattern))?);
        }
    }
    set.build().map_err(refused(&written.join(" ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(include: &[&str], exclude: &[&str]) -> Vec<&'static str> {
        let owned = |patterns: &[&str]| patterns.iter().map(|&pattern| pattern.to_owned()).collect();
        let settings = InputSettings { include: owned(include), exclude: owned(exclude), ..InputSettings::default() };
        let filter = Filter::new(&settings).unwrap();
        let files = ["2019/a.txt", "2020/a.txt", "2020/draft/b.txt", "2020/c.html"];
        files.into_iter().filter(|file| filter.takes(file)).collect()
    }

    #[test]
    fn patterns_choose_by_relative_path() {
        assert_eq!(taken(&["*.html"], &[]), ["2020/c.html"]);
        assert_eq!(taken(&["2020/*.txt"], &[]), ["2020/a.txt"]);
        assert_eq!(taken(&["2020/"], &["draft"]), ["2020/a.txt", "2020/c.html"]);
        assert_eq!(taken(&[], &["./2020/**", "nothing"]), ["2019/a.txt"]);
    }

    #[test]
    fn a_broken_pattern_is_named() {
        let broken = InputSettings { include: vec!["a[".to_owned()], ..InputSettings::default() };
        let Err(error) = Filter::new(&broken) else { panic!("the pattern is broken") };
        assert!(error.to_string().contains("\"a[\""));
    }
}
