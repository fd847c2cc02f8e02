//! `ascribe verify`: whether annotations hold together and belong to their articles.
use std::collections::HashMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use ascribe::annotation::{Annotation, annotation_files, annotations};
use ascribe::article::{InputSettings, ReadSettings, discover, read_all};

use crate::cli::progress::counted;
use crate::cli::ui::sentence;
use crate::cli::{Outcome, Ui};

const EXAMPLES: &str = "\
Examples:
  ascribe verify out
  ascribe verify out --articles articles      check the articles' hashes too
  ascribe verify gold/*.json

Exit status: 0 all sound, 1 something is wrong (each thing is named), 2 could
not run.";

/// Check annotations: every offset, id and probability, and the hash of the article
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct Args {
    /// Annotations, .json or .jsonl, and folders of them
    #[arg(value_name = "PATH", required = true)]
    paths: Vec<PathBuf>,
    /// The folder or file that was annotated; checks that each annotation belongs to its article as it is now
    #[arg(long, value_name = "DIR")]
    articles: Option<PathBuf>,
}

pub fn run(args: &Args, ui: &Ui) -> anyhow::Result<Outcome> {
    let mut tally = Tally { ui, hashes: None, annotations: 0, quotes: 0, wrong: 0 };
    let mut files = Vec::new();
    for path in &args.paths {
        files.extend(annotation_files(path)?);
    }
    if let Some(articles) = &args.articles {
        tally.hashes = Some(tally.hashes_of(articles)?);
    }
    for file in &files {
        match annotations(file) {
            Ok(annotations) => annotations.for_each(|annotation| match annotation {
                Ok(annotation) => tally.check(file, &annotation),
                Err(error) => tally.wrong(&sentence(&error)),
            }),
            Err(error) => tally.wrong(&sentence(&error)),
        }
    }
    let checked =
        format!("checked {} with {}", counted(tally.annotations, "annotation"), counted(tally.quotes, "quotation"));
    if tally.wrong > 0 {
        ui.say(&format!("{checked}: {} wrong", counted(tally.wrong, "thing")));
        return Ok(Outcome::SomeFailed);
    }
    writeln!(ui.out(), "{checked}: all sound")?;
    Ok(Outcome::Done)
}

/// What was looked at and what was found.
struct Tally<'a> {
    ui: &'a Ui,
    /// The hash of every article by its path, where they are to be checked.
    hashes: Option<HashMap<String, String>>,
    annotations: usize,
    quotes: usize,
    wrong: usize,
}

impl Tally<'_> {
    /// Reads all articles for their hashes. One that cannot be read is wrong.
    fn hashes_of(&mut self, articles: &Path) -> anyhow::Result<HashMap<String, String>> {
        let inputs = discover(&[articles.to_owned()], &InputSettings::default())?;
        let mut hashes = HashMap::new();
        for article in read_all(&inputs, &ReadSettings::default()) {
            match article {
                Ok(article) => {
                    hashes.insert(article.path, article.sha256);
                }
                Err(error) => self.wrong(&sentence(&error)),
            }
        }
        Ok(hashes)
    }

    fn check(&mut self, file: &Path, annotation: &Annotation) {
        self.annotations += 1;
        self.quotes += annotation.quotes.len();
        let place = format!("{} ({})", file.display(), annotation.article.path);
        for violation in annotation.verify() {
            self.wrong(&format!("{place}: {violation}"));
        }
        let Some(hashes) = &self.hashes else { return };
        match hashes.get(&annotation.article.path) {
            None => self.wrong(&format!("{place}: its article is not among those given; check --articles")),
            Some(hash) => {
                if let Some(violation) = annotation.verify_sha256(hash) {
                    self.wrong(&format!("{place}: {violation}"));
                }
            }
        }
    }

    fn wrong(&mut self, what: &str) {
        self.wrong += 1;
        self.ui.failed(what);
    }
}
