//! Where model and registry are found when nobody says.
//!
//! The same program runs from a checkout, from an unpacked archive and from a place of the user's choice, and should
//! need no arguments in any of them.
use std::env;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, bail};

/// What a search starts from. Read once, so that the search itself can be tested.
#[derive(Clone, Debug, Default)]
pub struct Surroundings {
    /// `ASCRIBE_HOME`.
    pub home: Option<PathBuf>,
    /// The folder of the program.
    pub program: Option<PathBuf>,
    /// The current folder.
    pub current: Option<PathBuf>,
}

/// The model folder and the registry file of a run.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Resources {
    pub model: PathBuf,
    pub registry: PathBuf,
}

impl Surroundings {
    /// The surroundings of this process.
    pub fn of_process() -> Self {
        Self {
            home: env::var_os("ASCRIBE_HOME").filter(|home| !home.is_empty()).map(PathBuf::from),
            program: env::current_exe().ok().and_then(|exe| {
                // A link in ~/bin leads to the archive that it belongs to.
                let exe = fs::canonicalize(&exe).unwrap_or(exe);
                exe.parent().map(Path::to_owned)
            }),
            current: env::current_dir().ok(),
        }
    }

    /// The model and the registry: those given, else those of the first home that there is.
    pub fn resources(&self, model: Option<&Path>, registry: Option<&Path>) -> anyhow::Result<Resources> {
        if let Some(model) = model
            && !model.is_dir()
        {
            bail!("opening the model {}: there is no such folder; name a model folder with --model", model.display());
        }
        if let Some(registry) = registry
            && !registry.is_file()
        {
            bail!(
                "opening the registry {}: there is no such file; name a registry with --registry",
                registry.display()
            );
        }
        if let (Some(model), Some(registry)) = (model, registry) {
            return Ok(Resources { model: model.to_owned(), registry: registry.to_owned() });
        }
        let home = self.find_home()?;
        let model = match model {
            Some(model) => model.to_owned(),
            None => home.model()?,
        };
        Ok(Resources { model, registry: registry.map_or(home.registry, Path::to_owned) })
    }

    fn find_home(&self) -> anyhow::Result<Home> {
        if let Some(folder) = &self.home {
            return Home::at(folder).with_context(|| {
                format!("looking for models/ and registry.toml in ASCRIBE_HOME, {}: they are not there; correct or unset it", folder.display())
            });
        }
        let installed = self.program.iter().map(|program| program.join("../share/ascribe"));
        let upwards = [&self.current, &self.program].into_iter().flatten().flat_map(|folder| folder.ancestors());
        installed.chain(upwards.map(Path::to_owned)).find_map(|folder| Home::at(&folder)).context(
            "looking for a model and a registry: none beside the program, and the current folder is in no checkout of \
             ascribe; name them with --model DIR and --registry FILE, or set ASCRIBE_HOME",
        )
    }
}

/// A folder with models and a registry.
struct Home {
    models: PathBuf,
    registry: PathBuf,
}

impl Home {
    fn at(folder: &Path) -> Option<Self> {
        let models = folder.join("models");
        let registry = [folder.join("registry.toml"), folder.join("corpus/registry.toml")];
        let registry = registry.into_iter().find(|registry| registry.is_file())?;
        models.is_dir().then_some(Self { models, registry })
    }

    /// The model that `models/default` names, else the newest by the date in its name.
    fn model(&self) -> anyhow::Result<PathBuf> {
        let default = self.models.join("default");
        if let Ok(name) = fs::read_to_string(&default) {
            let model = self.models.join(name.trim());
            if name.trim().is_empty() || !is_model(&model) {
                bail!(
                    "opening the model that {} names: {} is no model folder; correct the name or use --model",
                    default.display(),
                    model.display()
                );
            }
            return Ok(model);
        }
        let models =
            fs::read_dir(&self.models).with_context(|| format!("looking for models in {}", self.models.display()))?;
        let models = models.filter_map(Result::ok).map(|entry| entry.path()).filter(|path| is_model(path));
        models.max_by_key(|path| dated(path)).with_context(|| {
            format!(
                "looking for a model in {}: there is none; put one there or name one with --model",
                self.models.display()
            )
        })
    }
}

fn is_model(folder: &Path) -> bool {
    folder.join("manifest.json").is_file()
}

/// The date at the end of a model's name, `2026-12` of `en-2026-12`, and the name.
fn dated(model: &Path) -> (String, String) {
    let name = model.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let date = name.trim_start_matches(|c: char| !c.is_ascii_digit()).to_owned();
    (date, name)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A folder with these files, all empty but what follows `=`.
    fn folder(files: &[&str]) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        for file in files {
            let (name, content) = file.split_once('=').unwrap_or((file, ""));
            let path = folder.path().join(name);
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, content).unwrap();
        }
        folder
    }

    const CHECKOUT: [&str; 3] =
        ["models/en-2026-12/manifest.json", "models/en-2026-02/manifest.json", "corpus/registry.toml"];

    fn from(current: &Path) -> Surroundings {
        Surroundings { current: Some(current.to_owned()), ..Surroundings::default() }
    }

    #[test]
    fn a_checkout_is_found_from_the_folders_inside() {
        let checkout = folder(&CHECKOUT);
        let below = checkout.path().join("corpus/articles");
        let found = from(&below).resources(None, None).unwrap();
        assert_eq!(found.model, checkout.path().join("models/en-2026-12"));
        assert_eq!(found.registry, checkout.path().join("corpus/registry.toml"));
    }

    #[test]
    fn the_default_is_named_in_a_file() {
        let checkout = folder(&[&CHECKOUT[..], &["models/default=en-2026-02\n"]].concat());
        assert_eq!(
            from(checkout.path()).resources(None, None).unwrap().model,
            checkout.path().join("models/en-2026-02")
        );
        fs::write(checkout.path().join("models/default"), "gone").unwrap();
        assert!(from(checkout.path()).resources(None, None).unwrap_err().to_string().contains("is no model folder"));
    }

    #[test]
    fn an_archive_comes_before_a_checkout_and_the_variable_before_both() {
        let checkout = folder(&CHECKOUT);
        let archive =
            folder(&["bin/ascribe", "share/ascribe/models/en-2027-01/manifest.json", "share/ascribe/registry.toml"]);
        let mut around = Surroundings { program: Some(archive.path().join("bin")), ..from(checkout.path()) };
        assert!(around.resources(None, None).unwrap().model.ends_with("en-2027-01"));
        around.home = Some(checkout.path().to_owned());
        assert!(around.resources(None, None).unwrap().model.ends_with("en-2026-12"));
        around.home = Some(archive.path().to_owned());
        assert!(around.resources(None, None).unwrap_err().to_string().contains("ASCRIBE_HOME"));
    }

    #[test]
    fn what_is_given_is_taken_and_must_be_there() {
        let (model, registry) = (folder(&[]), folder(&["mine.toml"]));
        let nowhere = Surroundings::default();
        let file = registry.path().join("mine.toml");
        let found = nowhere.resources(Some(model.path()), Some(&file)).unwrap();
        assert_eq!((found.model.as_path(), found.registry), (model.path(), file));
        let why = |model: Option<&Path>| nowhere.resources(model, None).unwrap_err().to_string();
        assert!(why(Some(Path::new("/gone"))).contains("no such folder"));
        assert!(why(None).contains("--model DIR"));
    }
}
