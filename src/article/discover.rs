//! Discovery: from the paths of a command to the list of inputs, the same in every run.
//!
//! Every input gets a place of its own below the output folder, since that is where its annotation will be written.
use std::collections::{BTreeMap, HashSet};
use std::fs;
use std::path::{Component, Path, PathBuf};

use ignore::WalkBuilder;

use super::error::DiscoverError;
use super::filter::Filter;
use super::format::Format;

/// What to look for.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct InputSettings {
    /// Patterns of which a file must match one; none lets all pass. They are held against the path below the input
    /// folder; a pattern without `/` against the name alone.
    pub include: Vec<String>,
    /// Patterns that leave out the files and folders that they match.
    pub exclude: Vec<String>,
    /// The output folder, into which discovery never descends.
    pub output: Option<PathBuf>,
    /// The format of standard input; without one its first line tells.
    pub stdin: Option<Format>,
}

/// A file to read, or standard input.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Input {
    /// Where to open it; `-` is standard input.
    pub path: PathBuf,
    /// Where it lies below its input folder, with `/` between folders; no two inputs share one.
    pub relative: String,
    /// The id of its article unless a field names another: `relative` without the extension where that is unique.
    pub id: String,
    /// How it is stored; none only for standard input whose first line has to tell.
    pub format: Option<Format>,
}

/// Lists the inputs at the given files and folders, sorted by their relative path. Folders are searched with all
/// their folders, links are followed, hidden files are left alone. A file named by itself is read whatever its
/// extension (as plain text where that says nothing). A file reached twice is listed once.
///
/// A folder that cannot be listed becomes an input: reading it gives the error, and the run goes on.
///
/// # Errors
/// [`DiscoverError`] when a path does not exist, a pattern is none, an input folder is the output folder, two inputs
/// would be written to one place, or nothing is found.
pub fn discover(paths: &[PathBuf], settings: &InputSettings) -> Result<Vec<Input>, DiscoverError> {
    let filter = Filter::new(settings)?;
    let mut found = Vec::new();
    for path in paths {
        if path.as_os_str() == "-" {
            found.push(Found {
                path: path.clone(),
                relative: "stdin".to_owned(),
                format: settings.stdin,
                linked: false,
            });
            continue;
        }
        let about = fs::metadata(path).map_err(|source| DiscoverError::Missing { path: path.clone(), source })?;
        if about.is_dir() {
            search(path, &filter, &mut found)?;
        } else {
            let relative = path.file_name().map_or_else(String::new, |name| name.to_string_lossy().into_owned());
            if filter.takes(&relative) {
                let format = Some(Format::of_path(path).unwrap_or(Format::Text));
                found.push(Found { path: path.clone(), relative, format, linked: false });
            }
        }
    }
    drop_repeated(&mut found);
    part_collisions(&mut found)?;
    if found.is_empty() {
        let places: Vec<String> = paths.iter().map(|path| path.display().to_string()).collect();
        return Err(DiscoverError::Nothing { places: places.join(", ") });
    }
    found.sort_by(|one, other| one.relative.cmp(&other.relative));
    Ok(with_ids(found))
}

struct Found {
    path: PathBuf,
    relative: String,
    format: Option<Format>,
    /// Reached through a link: the other way to the same file is preferred.
    linked: bool,
}

/// Adds the articles below a folder.
fn search(root: &Path, filter: &Filter, found: &mut Vec<Found>) -> Result<(), DiscoverError> {
    if filter.is_output(root) {
        return Err(DiscoverError::OutputIsInput { path: root.to_owned() });
    }
    let walk = WalkBuilder::new(root)
        .standard_filters(false)
        .hidden(true)
        .follow_links(true)
        .filter_entry({
            let (root, filter) = (root.to_owned(), filter.clone());
            move |entry| {
                let inside = entry.file_type().is_some_and(|kind| kind.is_dir()) && entry.depth() > 0;
                !inside || !(filter.excludes(&below(&root, entry.path())) || filter.is_output(entry.path()))
            }
        })
        .build();
    for step in walk {
        match step {
            Ok(entry) if entry.file_type().is_some_and(|kind| kind.is_file()) => {
                let relative = below(root, entry.path());
                let format = Format::of_path(entry.path());
                if format.is_some() && filter.takes(&relative) {
                    let linked = passes_link(root, entry.path());
                    found.push(Found { path: entry.into_path(), relative, format, linked });
                }
            }
            Ok(_) => {}
            Err(error) => found.extend(unlisted(root, &error)),
        }
    }
    Ok(())
}

/// The folder that could not be listed, as an input. A link that leads back to a folder above it, or to nothing, is
/// no loss and gives none.
fn unlisted(root: &Path, error: &ignore::Error) -> Option<Found> {
    let mut inner = error;
    let mut path = None;
    loop {
        match inner {
            ignore::Error::WithPath { path: at, err } => {
                path = Some(at.clone());
                inner = err;
            }
            ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => {
                inner = err;
            }
            ignore::Error::Loop { .. } => return None,
            _ => break,
        }
    }
    let path = path?;
    // A dangling link has nothing behind it.
    fs::metadata(&path).is_ok().then(|| {
        let relative = below(root, &path);
        Found { path, relative, format: Some(Format::Text), linked: false }
    })
}

/// Whether a folder on the way from the root, or the file itself, is a link.
fn passes_link(root: &Path, path: &Path) -> bool {
    path.ancestors().take_while(|above| *above != root).any(Path::is_symlink)
}

/// The path below a folder, with `/` on every system.
fn below(root: &Path, path: &Path) -> String {
    joined(path.strip_prefix(root).unwrap_or(path))
}

/// The names of a path, without `..`, `.` and what stands for a root.
fn joined(path: &Path) -> String {
    let names: Vec<_> = path
        .components()
        .filter_map(|part| match part {
            Component::Normal(name) => Some(name.to_string_lossy()),
            _ => None,
        })
        .collect();
    names.join("/")
}

/// Keeps the first of several ways to one file, ways without links before others.
fn drop_repeated(found: &mut Vec<Found>) {
    found.sort_by_key(|one| one.linked);
    let mut seen = HashSet::new();
    found.retain(|one| seen.insert(fs::canonicalize(&one.path).unwrap_or_else(|_| one.path.clone())));
}

/// Gives inputs that lie at the same place below different folders the whole path that was given as their place.
fn part_collisions(found: &mut [Found]) -> Result<(), DiscoverError> {
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for one in found.iter() {
        *count.entry(one.relative.clone()).or_default() += 1;
    }
    for one in found.iter_mut() {
        if count[&one.relative] > 1 {
            one.relative = joined(&one.path);
        }
    }
    let mut places: BTreeMap<&str, &Path> = BTreeMap::new();
    for one in found.iter() {
        if let Some(first) = places.insert(&one.relative, &one.path) {
            return Err(DiscoverError::Collision { first: first.to_owned(), second: one.path.clone() });
        }
    }
    Ok(())
}

/// `a/b` for `a/b.txt`, unless there is an `a/b.html` too.
fn with_ids(found: Vec<Found>) -> Vec<Input> {
    let stem = |relative: &str| match relative.rsplit_once('.') {
        Some((stem, _)) if !stem.is_empty() && !stem.ends_with('/') => stem.to_owned(),
        _ => relative.to_owned(),
    };
    let mut count: BTreeMap<String, usize> = BTreeMap::new();
    for one in &found {
        *count.entry(stem(&one.relative)).or_default() += 1;
    }
    found
        .into_iter()
        .map(|Found { path, relative, format, .. }| {
            let short = stem(&relative);
            let id = if count[&short] > 1 { relative.clone() } else { short };
            Input { path, relative, id, format }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let path = folder.path().join(file);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, "Rain fell.").unwrap();
        }
        folder
    }

    fn relatives(paths: &[PathBuf], settings: &InputSettings) -> Vec<String> {
        discover(paths, settings).unwrap().into_iter().map(|input| input.relative).collect()
    }

    #[test]
    fn folders_are_searched_in_a_fixed_order() {
        let folder = tree(&["b.txt", "a/2.HTML", "a/1.md", "a/x.pdf", ".git/c.txt", "a/.d.txt", "z.jsonl"]);
        let root = [folder.path().to_owned()];
        assert_eq!(relatives(&root, &InputSettings::default()), ["a/1.md", "a/2.HTML", "b.txt", "z.jsonl"]);
    }

    #[test]
    fn the_output_folder_is_passed_over() {
        let folder = tree(&["a.txt", "out/a.txt.json", "outer/b.txt"]);
        let output = folder.path().join("out");
        let settings = InputSettings { output: Some(output.clone()), ..InputSettings::default() };
        assert_eq!(relatives(&[folder.path().to_owned()], &settings), ["a.txt", "outer/b.txt"]);
        let refused = discover(&[output], &settings).unwrap_err();
        assert!(matches!(refused, DiscoverError::OutputIsInput { .. }));
    }

    #[test]
    fn same_names_keep_places_and_ids_apart() {
        let folder = tree(&["one/a.txt", "two/a.txt", "one/b.txt", "one/b.md"]);
        let roots = [folder.path().join("one"), folder.path().join("two")];
        let inputs = discover(&roots, &InputSettings::default()).unwrap();
        let ids: HashSet<_> = inputs.iter().map(|input| &input.id).collect();
        assert_eq!((inputs.len(), ids.len()), (4, 4));
        assert!(inputs.iter().any(|input| input.relative.ends_with("two/a.txt") && !input.relative.starts_with('/')));
        assert!(inputs.iter().any(|input| input.id == "b.md"));
    }

    #[test]
    fn a_file_reached_twice_is_listed_once() {
        let folder = tree(&["a/b.txt"]);
        let root = folder.path();
        assert_eq!(relatives(&[root.to_owned(), root.join("a/b.txt")], &InputSettings::default()), ["a/b.txt"]);
    }

    #[test]
    fn a_named_file_is_read_whatever_its_name() {
        let folder = tree(&["README"]);
        let inputs = discover(&[folder.path().join("README"), "-".into()], &InputSettings::default()).unwrap();
        assert_eq!((inputs[0].id.as_str(), inputs[0].format), ("README", Some(Format::Text)));
        assert_eq!((inputs[1].id.as_str(), inputs[1].format), ("stdin", None));
    }

    #[test]
    fn what_is_not_there_is_an_error() {
        let folder = tree(&["a.pdf"]);
        let nothing = discover(&[folder.path().to_owned()], &InputSettings::default()).unwrap_err();
        assert!(matches!(nothing, DiscoverError::Nothing { .. }));
        let missing = discover(&[folder.path().join("no")], &InputSettings::default()).unwrap_err();
        assert!(missing.to_string().ends_with("check the path"), "{missing}");
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_and_to_nowhere_are_harmless() {
        use std::os::unix::fs::symlink;
        let folder = tree(&["a/b.txt"]);
        symlink(folder.path(), folder.path().join("a/loop")).unwrap();
        symlink("nowhere", folder.path().join("a/gone.txt")).unwrap();
        symlink("a", folder.path().join("0-first")).unwrap();
        assert_eq!(relatives(&[folder.path().to_owned()], &InputSettings::default()), ["a/b.txt"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_folder_without_rights_fails_when_it_is_read() {
        use std::os::unix::fs::PermissionsExt;
        let folder = tree(&["a.txt", "shut/b.txt"]);
        let shut = folder.path().join("shut");
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o000)).unwrap();
        // Nothing is shut for root.
        let closed = fs::read_dir(&shut).is_err();
        let inputs = discover(&[folder.path().to_owned()], &InputSettings::default()).unwrap();
        fs::set_permissions(&shut, fs::Permissions::from_mode(0o755)).unwrap();
        assert_eq!(inputs.len(), 2);
        assert_eq!(inputs[1].relative, if closed { "shut" } else { "shut/b.txt" });
    }
}
