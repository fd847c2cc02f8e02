//! The dashboard: who stands where, as one page for people and as a feed for other programs.
//!
//! Both are made from annotations only and show the figures of [`crate::summary`]. The page is one HTML file that asks
//! for nothing else, so that it can be mailed, put on a web server or opened from a disk; it works the figures out
//! again for every filter by the same rules, from the rows that it carries. The feed is those figures as JSON.
//!
//! ```
//! use ascribe::dashboard::{Collector, Labels};
//! # let annotations: Vec<ascribe::annotation::Annotation> = Vec::new();
//!
//! let mut collector = Collector::default();
//! for annotation in &annotations {
//!     collector.add(annotation);
//! }
//! let dashboard = collector.finish(Labels::default());
//! let mut page = Vec::new();
//! dashboard.write_page(&mut page)?;
//! dashboard.feed().write(&mut Vec::new())?;
//! # Ok::<(), std::io::Error>(())
//! ```
mod archive;
mod columns;
mod feed;
mod page;
mod passage;

use std::collections::HashMap;
use std::io::{self, Write};

use indexmap::IndexSet;

use crate::annotation::Annotation;
use crate::speaker::registry::Registry;
use crate::summary::{self, Statements, Summary};
use archive::Archive;

pub use feed::{Feed, feed_schema};

/// Collects what a dashboard shows, one annotation at a time. The text around quotations is kept compressed.
#[derive(Default)]
pub struct Collector {
    rows: summary::Collector,
    archive: Archive,
    models: IndexSet<String>,
}

/// All that a dashboard shows.
pub struct Dashboard {
    statements: Statements,
    /// Compressed text, see [`Archive`].
    passages: Vec<Vec<u8>>,
    models: IndexSet<String>,
    labels: Labels,
}

/// What things are called on the page.
#[derive(Clone, Debug, Default)]
pub struct Labels {
    /// The heading; a plain one where it is empty.
    pub title: String,
    /// Names of parties by their id. A party without one goes by its id.
    pub parties: HashMap<String, String>,
}

impl Labels {
    /// The names of a registry's parties.
    #[must_use]
    pub fn of(registry: &Registry, title: String) -> Self {
        let parties = registry.parties().iter().map(|party| (party.id.clone(), party.name.clone()));
        Self { title, parties: parties.collect() }
    }
}

impl Collector {
    /// Takes one more annotation.
    pub fn add(&mut self, annotation: &Annotation) {
        self.rows.add(annotation);
        self.archive.add(&passage::passages(annotation));
        if !annotation.tool.model.is_empty() {
            self.models.insert(annotation.tool.model.clone());
        }
    }

    /// Ends collecting.
    #[must_use]
    pub fn finish(self, labels: Labels) -> Dashboard {
        let Self { rows, archive, models } = self;
        Dashboard { statements: rows.finish(), passages: archive.finish(), models, labels }
    }
}

impl Dashboard {
    /// The rows behind all figures.
    #[must_use]
    pub fn statements(&self) -> &Statements {
        &self.statements
    }

    /// The figures for other programs.
    #[must_use]
    pub fn feed(&self) -> Feed {
        Feed::of(self, &Summary::of(&self.statements))
    }

    /// Writes the page.
    ///
    /// # Errors
    /// When the writer fails.
    pub fn write_page(&self, out: &mut impl Write) -> io::Result<()> {
        page::write(self, out)
    }

    /// What a party is called.
    fn party_name(&self, number: u32) -> &str {
        let id = self.statements.parties.name(number);
        self.labels.parties.get(id).map_or(id, String::as_str)
    }

    /// The heading of the page.
    fn title(&self) -> &str {
        if self.labels.title.is_empty() { "Who stands where" } else { &self.labels.title }
    }
}
