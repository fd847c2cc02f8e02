//! [`Item`]: a quotation as far as drawing a sample needs it, and [`Population`], all of them.
//!
//! A folder may hold a million quotations, of which fifty are looked at: only these are held with their articles.
use std::collections::{BTreeMap, BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use super::ReviewError;
use super::matching::Matcher;
use super::subject::Key;
use crate::annotation::{Annotation, Probability, Quote, QuoteKind, annotation_files, annotations};

/// A quotation that can be drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct Item {
    /// Its name.
    pub key: Key,
    /// Where its annotation lies.
    pub place: ItemPlace,
    /// Id and path of the article.
    pub article: [String; 2],
    /// How it is reported.
    pub kind: QuoteKind,
    /// Ids and names of the speakers.
    pub speakers: Vec<[String; 2]>,
    /// Ids of the parties to which it refers.
    pub parties: Vec<String>,
    /// The probability of its least sure part.
    pub confidence: Probability,
}

/// Where a quotation lies in the files of a population.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct ItemPlace {
    /// Which file.
    pub file: usize,
    /// Which annotation in it.
    pub number: usize,
    /// Which quotation in that.
    pub quote: usize,
}

/// All quotations of an output.
#[derive(Clone, Debug, Default)]
pub struct Population {
    /// The quotations in the order of files and text.
    pub items: Vec<Item>,
    /// Every party that is referred to.
    pub parties: BTreeSet<String>,
    /// Where each judged quotation that is still there stands among the items.
    pub judged: HashMap<Key, usize>,
    files: Vec<PathBuf>,
}

impl Population {
    /// Looks through all annotations of a folder or file, for what was judged too.
    ///
    /// # Errors
    /// When there are none or one cannot be read.
    pub fn read(out: &Path, judged: &Matcher) -> Result<Self, ReviewError> {
        let mut population = Self { files: annotation_files(out)?, ..Self::default() };
        for (file, path) in population.files.iter().enumerate() {
            for (number, annotation) in annotations(path)?.enumerate() {
                let annotation = annotation?;
                let first = population.items.len();
                let found = judged.matches(&annotation).into_iter();
                population.judged.extend(found.map(|(key, quote)| (key.clone(), first + quote)));
                for (quote, found) in annotation.quotes.iter().enumerate() {
                    let item = Item::new(&annotation, found, ItemPlace { file, number, quote });
                    population.parties.extend(item.parties.iter().cloned());
                    population.items.push(item);
                }
            }
        }
        Ok(population)
    }

    /// The annotations at some places, by their file and number.
    ///
    /// # Errors
    /// When one cannot be read any more.
    pub fn annotations(
        &self,
        places: impl Iterator<Item = ItemPlace>,
    ) -> Result<BTreeMap<(usize, usize), Annotation>, ReviewError> {
        let wanted: BTreeSet<(usize, usize)> = places.map(|place| (place.file, place.number)).collect();
        let files: BTreeSet<usize> = wanted.iter().map(|(file, _)| *file).collect();
        let mut found = BTreeMap::new();
        for file in files {
            for (number, annotation) in annotations(&self.files[file])?.enumerate() {
                if wanted.contains(&(file, number)) {
                    found.insert((file, number), annotation?);
                }
            }
        }
        Ok(found)
    }
}

impl Item {
    /// A quotation of an annotation.
    #[must_use]
    pub fn new(annotation: &Annotation, quote: &Quote, place: ItemPlace) -> Self {
        let name = |id: &String| annotation.entity(id).map_or_else(|| id.clone(), |entity| entity.name.clone());
        let stances = quote.stances.iter().map(|stance| stance.probabilities.of(stance.stance));
        let least = stances.chain([quote.confidence.span, quote.confidence.speaker]).map(Probability::value);
        Self {
            key: Key::of(&annotation.article, quote),
            place,
            article: [annotation.article.id.clone(), annotation.article.path.clone()],
            kind: quote.kind,
            speakers: quote.speakers.iter().map(|id| [id.clone(), name(id)]).collect(),
            parties: quote.stances.iter().map(|stance| stance.party.clone()).collect(),
            confidence: Probability::new(least.fold(1.0, f64::min)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::sample;

    #[test]
    fn a_population_holds_every_quotation_and_finds_its_annotation_again() {
        let folder = tempfile::tempdir().unwrap();
        let mut stream = Vec::new();
        sample().write_line(&mut stream).unwrap();
        let mut other = sample();
        other.article.path = "other.txt".to_owned();
        other.write_line(&mut stream).unwrap();
        std::fs::write(folder.path().join("annotations.jsonl"), stream).unwrap();
        let population = Population::read(folder.path(), &Matcher::default()).unwrap();
        assert_eq!(population.items.len(), 2 * sample().quotes.len());
        assert_eq!(population.parties.iter().collect::<Vec<_>>(), ["russia", "turkey"]);
        let last = population.items.last().unwrap();
        let found = population.annotations([last.place, last.place].into_iter()).unwrap();
        assert_eq!(found, BTreeMap::from([((0, 1), other)]));
    }
}
