//! Drawing who fills the slots: first anyhow, then anew, so that the answers can be compared.
//!
//! The draws are seeded with the quotation's id alone: the same quotation is filled alike in every run, whatever else
//! is scored with it.
use std::collections::BTreeMap;

use super::bank::Entry;
use super::fill::Assignment;
use super::fillers::{Filler, Fillers};
use crate::eval::bootstrap::SplitMix;

/// How often a quotation is filled anew with parties, and how often with speakers.
pub const REFILLS: usize = 5;
/// Picks are drawn below this bound, which no party's number of words for a form reaches.
pub const PICKS: usize = 60;

/// Given and family names of speakers, of which no party is known to have one.
const GIVEN: [&str; 12] =
    ["Ana", "Tomas", "Leyla", "Piet", "Ngozi", "Haruto", "Samira", "Olek", "Maeve", "Ravi", "Ines", "Walter"];
const FAMILY: [&str; 12] = [
    "Brandt",
    "Okoro",
    "Demirel",
    "Lindqvist",
    "Marsh",
    "Tanaka",
    "Rahimi",
    "Kovalik",
    "Byrne",
    "Pillai",
    "Duarte",
    "Stone",
];

/// How a quotation was filled anew.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Its own parties took each other's place.
    Places,
    /// Other parties came.
    Parties,
    /// Another speaker came.
    Speaker,
}

/// The ways in which a quotation is filled.
#[derive(Clone, Debug)]
pub struct Fillings<'a> {
    /// The first.
    pub first: Assignment<'a>,
    /// All others, each with what it changes of the first.
    pub others: Vec<(Change, Assignment<'a>)>,
}

impl<'a> Fillings<'a> {
    /// Draws them for an entry.
    #[must_use]
    pub fn draw(entry: &Entry, fillers: &'a Fillers) -> Self {
        let mut random = SplitMix(seed(&entry.id));
        let parties = self::parties(entry, fillers, None, &mut random);
        let first = Assignment { parties, speaker: name(&mut random), pick: random.below(PICKS) };
        let mut others: Vec<(Change, Assignment<'a>)> = Vec::with_capacity(2 * REFILLS);
        others.extend(rotated(entry, &first).map(|parties| (Change::Places, first.with(parties))));
        while others.len() < REFILLS {
            let parties = self::parties(entry, fillers, Some(&first), &mut random);
            others.push((Change::Parties, first.with(parties)));
        }
        while others.len() < 2 * REFILLS {
            let speaker = name(&mut random);
            if speaker != first.speaker {
                others.push((Change::Speaker, Assignment { speaker, ..first.clone() }));
            }
        }
        Self { first, others }
    }
}

impl<'a> Assignment<'a> {
    fn with(&self, parties: BTreeMap<char, &'a Filler>) -> Self {
        Self { parties, ..self.clone() }
    }
}

/// A number that a string always gives (FNV-1a).
#[must_use]
pub fn seed(id: &str) -> u64 {
    id.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}

fn name(random: &mut SplitMix) -> String {
    format!("{} {}", GIVEN[random.below(GIVEN.len())], FAMILY[random.below(FAMILY.len())])
}

/// A party for every slot, all different, and none in the slot that it has already.
fn parties<'a>(
    entry: &Entry,
    fillers: &'a Fillers,
    first: Option<&Assignment<'_>>,
    random: &mut SplitMix,
) -> BTreeMap<char, &'a Filler> {
    let mut chosen: BTreeMap<char, &Filler> = BTreeMap::new();
    for (slot, kind) in &entry.kinds {
        let has_it = first.map(|first| first.parties[slot].id.as_str());
        let mut free = fillers.of_kind(kind);
        free.retain(|party| Some(party.id.as_str()) != has_it && !chosen.values().any(|other| other.id == party.id));
        // The reader saw to it that there are more parties of the kind than slots.
        chosen.insert(*slot, free[random.below(free.len())]);
    }
    chosen
}

/// The parties of each kind moved on by one slot; nothing where no two slots are of one kind.
fn rotated<'a>(entry: &Entry, first: &Assignment<'a>) -> Option<BTreeMap<char, &'a Filler>> {
    let mut moved = first.parties.clone();
    for kind in entry.kinds.values() {
        let slots: Vec<char> = entry.kinds.iter().filter(|(_, other)| *other == kind).map(|(slot, _)| *slot).collect();
        for (slot, from) in slots.iter().zip(slots.iter().cycle().skip(1)) {
            moved.insert(*slot, first.parties[from]);
        }
    }
    (moved != first.parties).then_some(moved)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::swap::{bank, fillers};

    fn ids(assignment: &Assignment<'_>) -> Vec<String> {
        assignment.parties.values().map(|party| party.id.clone()).collect()
    }

    #[test]
    fn a_quotation_is_filled_anew_with_parties_and_with_speakers() {
        let fillers = fillers::tests::sample();
        let entry = bank::tests::entry_of(bank::tests::LINE).unwrap();
        let Fillings { first, others } = Fillings::draw(&entry, &fillers);
        let count = |change| others.iter().filter(|(other, _)| *other == change).count();
        assert_eq!([Change::Places, Change::Parties, Change::Speaker].map(count), [1, REFILLS - 1, REFILLS]);
        let (a, b) = (ids(&first)[0].clone(), ids(&first)[1].clone());
        assert_ne!(a, b);
        for (change, other) in &others {
            let now = ids(other);
            match change {
                Change::Places => assert_eq!(now, [b.clone(), a.clone()]),
                Change::Parties => assert!(now[0] != a && now[1] != b && now[0] != now[1], "{now:?}"),
                Change::Speaker => assert!(now == ids(&first) && other.speaker != first.speaker),
            }
            assert_eq!(other.pick, first.pick);
        }
    }

    #[test]
    fn one_party_alone_cannot_change_places() {
        let fillers = fillers::tests::sample();
        let line = bank::tests::LINE.replace(r#", "B": "state""#, "").replace(r#", "B": "own""#, "");
        let entry = bank::tests::entry_of(&line.replace("{B:adj}", "tired")).unwrap();
        let others = Fillings::draw(&entry, &fillers).others;
        assert!(others[..REFILLS].iter().all(|(change, _)| *change == Change::Parties));
    }

    #[test]
    fn the_same_quotation_is_always_filled_alike() {
        let fillers = fillers::tests::sample();
        let entry = bank::tests::entry_of(bank::tests::LINE).unwrap();
        assert_eq!(Fillings::draw(&entry, &fillers).others, Fillings::draw(&entry, &fillers).others);
    }
}
