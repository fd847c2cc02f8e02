//! The cast of an article: its names gathered to entities, each with its fullest name.
//!
//! A surname belongs to the person whose full name the article gives, else to the one whom the registry knows by it;
//! namesakes stay apart, and a bare surname goes to the one named last before it, that of a source to the one who spoke last.

use std::collections::HashMap;

use jiff::civil::Date;

use super::common::is_membership;
use super::form::name_words;
use super::name::{Name, NameKind};
use super::profile::Profile;
use super::registry::{
    Party, PartyKind, PartyPart, Registry, SpeakerEntry, SpeakerKind, SpeakerMention, entity_id, name_word_before,
};
use crate::text::{Span, Text};

/// What an entity is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum EntityKind {
    /// A person with a name.
    Person,
    /// An organization, an institution, a document.
    Organization,
    /// A state.
    Country,
    /// An armed or political group, a people.
    Group,
    /// A source without a name.
    Unnamed,
}

/// Somebody or something that may speak.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Entity {
    /// Kebab-case, unique in the article.
    pub id: String,
    /// The fullest name, in the registry's spelling where it knows the entity.
    pub name: String,
    /// What it is.
    pub kind: EntityKind,
    /// Id of the party it belongs to, if the registry or an office beside its name says.
    pub party: Option<String>,
    /// Where the text names it, in text order.
    pub mentions: Vec<Span>,
}

/// What names are looked up in.
#[derive(Clone, Copy)]
pub(super) struct Lookup<'a> {
    /// The article's text.
    pub(super) text: &'a Text,
    /// Its names, in text order.
    pub(super) names: &'a [Name],
    /// Known speakers whom it names.
    pub(super) known: &'a [SpeakerMention],
    /// Those of the names that bear what a source says.
    pub(super) speaking: &'a [Span],
    /// Known parties and speakers.
    pub(super) registry: &'a Registry,
    /// The article's date.
    pub(super) date: Option<Date>,
}

impl<'a> Lookup<'a> {
    /// The known speaker whose name stands exactly here.
    fn speaker(&self, span: Span) -> Option<&'a SpeakerEntry> {
        let mention = self.known.iter().find(|mention| mention.span == span)?;
        self.registry.speaker(&mention.speaker)
    }

    /// Where the text named an entity last before a name, and where it last did so as a source.
    fn named_before(&self, entity: usize, span: Span, owners: &[Option<usize>]) -> (Option<Span>, Option<Span>) {
        let own = owners.iter().zip(self.names).filter(|(owner, _)| **owner == Some(entity));
        let before = own.map(|(_, name)| name.span).filter(|other| other.start() < span.start());
        let last = before.clone().max();
        (last, before.filter(|other| self.speaking.contains(other)).max())
    }

    /// Whether a bare surname means a known office holder rather than a namesake whom an earlier paragraph named: an
    /// article that named the office holder first goes back from the relative without saying so.
    fn passes_over(&self, speaker: &SpeakerEntry, namesake: Span, surname: Span) -> bool {
        let between = self.text.slice(Span::ordered(namesake.end(), surname.start()));
        let title = name_word_before(self.text, surname);
        let mentions = || self.known.iter().filter(|mention| mention.speaker == speaker.id);
        let came_first = mentions().any(|mention| mention.span.end() <= namesake.start());
        came_first
            && between.contains('\n')
            && self.date.is_some_and(|day| speaker.in_office(day))
            && !title.is_some_and(|title| matches!(title, "Mrs" | "Mrs." | "Ms" | "Ms." | "Miss" | "Lady"))
    }
}

/// Who may be meant by a single word.
struct Bearer {
    entity: usize,
    /// Where the text named it last before the word.
    last: Option<Span>,
    /// Whether the word is that of a source, and its bearer was one before.
    speaks_again: bool,
    /// Whether the word is the surname and no given name.
    by_surname: bool,
}

/// Position of an entity in its cast.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct EntityAt(pub usize);

/// The entities of an article.
#[derive(Clone, Debug, Default)]
pub struct Cast {
    entities: Vec<Entity>,
    /// Folded words of the fullest name, one list an entity.
    words: Vec<Vec<String>>,
    by_id: HashMap<String, usize>,
}

impl Cast {
    /// Gathers the names; returns the cast and the entity of each name.
    #[must_use]
    pub(super) fn gather(lookup: &Lookup) -> (Self, Vec<EntityAt>) {
        let Lookup { text, names, .. } = *lookup;
        let mut cast = Self::default();
        let mut owners: Vec<Option<usize>> = vec![None; names.len()];
        // Full names first, wherever they stand: a surname in the headline belongs to them.
        for full in [true, false] {
            for (at, name) in names.iter().enumerate() {
                let words = name_words(text.slice(name.span));
                let is_full = name.kind() == NameKind::Person && words.len() > 1;
                if is_full == full {
                    owners[at] = Some(cast.place(lookup, name, words, &owners));
                }
            }
        }
        let owners: Vec<EntityAt> =
            owners.into_iter().map(|owner| EntityAt(owner.expect("each name was placed"))).collect();
        for (name, owner) in names.iter().zip(&owners) {
            cast.entities[owner.0].mentions.push(name.span);
        }
        (cast, owners)
    }

    /// All entities.
    #[must_use]
    pub fn entities(&self) -> &[Entity] {
        &self.entities
    }

    /// One entity.
    #[must_use]
    pub fn entity(&self, at: EntityAt) -> &Entity {
        &self.entities[at.0]
    }

    /// The entity that the registry knows as `speaker`, added when the article does not name it.
    pub fn known(&mut self, speaker: &SpeakerEntry) -> EntityAt {
        let at = self.add(Entity {
            id: speaker.id.clone(),
            name: speaker.name.clone(),
            kind: match speaker.kind {
                SpeakerKind::Person => EntityKind::Person,
                SpeakerKind::Organization => EntityKind::Organization,
            },
            party: speaker.party.clone(),
            mentions: Vec::new(),
        });
        EntityAt(at)
    }

    /// Whether an entity is a person with a name.
    #[must_use]
    pub fn is_person(&self, at: EntityAt) -> bool {
        self.entity(at).kind == EntityKind::Person
    }

    /// The entity of an id, if the text names it.
    #[must_use]
    pub fn named(&self, id: &str) -> Option<EntityAt> {
        self.by_id.get(id).copied().filter(|&at| !self.entities[at].mentions.is_empty()).map(EntityAt)
    }

    /// The source without a name that goes by `phrase`.
    pub fn unnamed(&mut self, phrase: &str, party: Option<String>) -> EntityAt {
        let id = entity_id(phrase);
        let id = if id.is_empty() { "unnamed".to_owned() } else { id };
        EntityAt(self.add(Entity {
            id,
            name: phrase.to_owned(),
            kind: EntityKind::Unnamed,
            party,
            mentions: Vec::new(),
        }))
    }

    /// Gives those of whom the registry knows no party the one for which an office makes them speak; `profiles` are in their order.
    pub(super) fn take_parties(&mut self, profiles: &[Profile]) {
        for (entity, profile) in self.entities.iter_mut().zip(profiles) {
            if entity.party.is_none() {
                entity.party.clone_from(&profile.office);
            }
        }
    }

    /// Notes a further mention, unless it overlaps one that is known: `Quill` in `Quill's spokesman`.
    pub fn mention(&mut self, at: EntityAt, span: Span) {
        let mentions = &mut self.entities[at.0].mentions;
        if !mentions.iter().any(|other| other.overlaps(&span)) {
            let place = mentions.partition_point(|other| *other < span);
            mentions.insert(place, span);
        }
    }

    fn place(&mut self, lookup: &Lookup, name: &Name, words: Vec<String>, owners: &[Option<usize>]) -> usize {
        let Lookup { text, registry, date, .. } = *lookup;
        let shown = text.slice(name.span);
        let alone = words.len() == 1;
        let person = alone && name.kinds[0] > 0.2;
        let bearer = if person { self.bearer(lookup, &words[0], name.span, owners) } else { None };
        let speaker = lookup.speaker(name.span);
        if let Some(bearer) =
            bearer.as_ref().filter(|bearer| self.is_meant(lookup, bearer, speaker, (name.span, owners)))
        {
            return bearer.entity;
        }
        if let Some(speaker) = speaker {
            return self.known(speaker).0;
        }
        if let Some(bearer) = bearer {
            return bearer.entity;
        }
        let found = registry.find_speakers(shown, date);
        if let [speaker] = found.as_slice() {
            return self.known(speaker).0;
        }
        // The head takes a lone `Pyongyang` for a person at times.
        let may_be_party = name.kind() != NameKind::Person || alone && !registry.is_person_name(shown);
        if may_be_party && let Some(party) = registry.party_of_name(shown) {
            let part = party.part(shown);
            let same = self.longer_name(name, shown, &words).filter(|_| matches!(part, PartyPart::Body(_)));
            return same.unwrap_or_else(|| self.add(of_party(party, part)));
        }
        if let Some(same) = self.longer_name(name, shown, &words) {
            return same;
        }
        if !alone && let Some(same) = self.same_person(lookup, &words, name.span, owners) {
            if words.len() > self.words[same].len() && registry.speaker(&self.entities[same].id).is_none() {
                shown.clone_into(&mut self.entities[same].name);
                self.words[same] = words;
            }
            return same;
        }
        let kind = match name.kind() {
            _ if is_membership(shown) => EntityKind::Group,
            NameKind::Person => EntityKind::Person,
            NameKind::Organization | NameKind::Place => EntityKind::Organization,
        };
        self.add(Entity { id: entity_id(shown), name: shown.to_owned(), kind, party: None, mentions: Vec::new() })
    }

    /// Whether a word means a bearer whom the text named before it, and not the known `speaker` of that surname. Who speaks again
    /// is meant unless the known speaker spoke before, too.
    fn is_meant(
        &self,
        lookup: &Lookup,
        bearer: &Bearer,
        speaker: Option<&SpeakerEntry>,
        (span, owners): (Span, &[Option<usize>]),
    ) -> bool {
        let Some(last) = bearer.last else { return false };
        let Some(speaker) = speaker else { return true };
        let has_spoken = |at: usize| lookup.named_before(at, span, owners).1.is_some();
        let silent = !self.by_id.get(&speaker.id).copied().is_some_and(has_spoken);
        bearer.by_surname && !lookup.passes_over(speaker, last, span) || bearer.speaks_again && silent
    }

    /// The person of a name of several words: one with the same given name and surname, or else one whose name these words end,
    /// or whose name ends these (`Bo van Quill` and `Van Quill`), of several the one named last before.
    fn same_person(&self, lookup: &Lookup, words: &[String], span: Span, owners: &[Option<usize>]) -> Option<usize> {
        let persons = || (0..self.entities.len()).filter(|&at| self.entities[at].kind == EntityKind::Person);
        let tail = |at: &usize| {
            let known = self.words[*at].as_slice();
            known.len() > 1 && words.len() != known.len() && (known.ends_with(words) || words.ends_with(known))
        };
        persons()
            .find(|&at| same_name(&self.words[at], words))
            .or_else(|| persons().filter(tail).max_by_key(|&at| lookup.named_before(at, span, owners).0))
    }

    /// The organization whose name the article gave in full before: the `New York Times` for `Times`, the `Joint Chiefs of
    /// Staff` for `JCS`; or the country, `North Korea` for `the North`.
    fn longer_name(&self, name: &Name, shown: &str, words: &[String]) -> Option<usize> {
        if matches!(shown, "North" | "South") {
            let half =
                |at: &usize| self.entities[*at].kind == EntityKind::Country && self.words[*at].starts_with(words);
            return (0..self.entities.len()).rev().find(half);
        }
        if name.kind() != NameKind::Organization {
            return None;
        }
        let initials = |entity: &Entity| -> String {
            entity.name.split_whitespace().filter_map(|word| word.chars().next()).filter(|c| c.is_uppercase()).collect()
        };
        (0..self.entities.len()).rev().find(|&at| {
            let longer = &self.words[at];
            self.entities[at].kind == EntityKind::Organization
                && longer.len() > words.len()
                && (longer.ends_with(words) || shown.len() > 2 && initials(&self.entities[at]) == shown)
        })
    }

    /// The person of whose full name `word` is the last (or else the first) word; of several a source means the one who
    /// spoke last before it, and other words the one named last.
    fn bearer(&self, lookup: &Lookup, word: &str, span: Span, owners: &[Option<usize>]) -> Option<Bearer> {
        let speaks = lookup.speaking.contains(&span);
        let before = |entity: usize| {
            let (last, spoke) = lookup.named_before(entity, span, owners);
            (spoke.filter(|_| speaks), last)
        };
        let pick = |fits: &dyn Fn(&[String]) -> bool| {
            (0..self.entities.len())
                .filter(|&at| {
                    self.entities[at].kind == EntityKind::Person && self.words[at].len() > 1 && fits(&self.words[at])
                })
                .max_by_key(|&at| before(at))
        };
        let by_surname = pick(&|words| surname(words) == Some(word));
        let entity = by_surname.or_else(|| pick(&|words| words.first().is_some_and(|first| first == word)))?;
        let (spoke, last) = before(entity);
        Some(Bearer { entity, last, speaks_again: spoke.is_some(), by_surname: by_surname.is_some() })
    }

    fn add(&mut self, entity: Entity) -> usize {
        if let Some(&at) = self.by_id.get(&entity.id) {
            return at;
        }
        self.words.push(name_words(&entity.name));
        self.by_id.insert(entity.id.clone(), self.entities.len());
        self.entities.push(entity);
        self.entities.len() - 1
    }
}

/// The entity that a part of a party is: the party itself, or its capital, ministry or army, which speak for it under their own
/// names.
fn of_party(party: &Party, part: PartyPart) -> Entity {
    let name = match part {
        PartyPart::Whole => &party.name,
        PartyPart::Capital(name) | PartyPart::Body(name) => name,
    };
    let kind = match (part, party.kind) {
        (PartyPart::Body(_), _) | (_, PartyKind::Alliance | PartyKind::Organization) => EntityKind::Organization,
        (_, PartyKind::Country) => EntityKind::Country,
        (_, PartyKind::Group) => EntityKind::Group,
    };
    Entity { id: entity_id(name), name: name.to_owned(), kind, party: Some(party.id.clone()), mentions: Vec::new() }
}

/// The last word that is no suffix such as Jr.
fn surname(words: &[String]) -> Option<&str> {
    words.iter().rev().map(String::as_str).find(|word| !matches!(*word, "jr" | "sr" | "ii" | "iii" | "iv"))
}

/// `Donald J Trump` and `Donald Trump` are one; `Hillary Clinton` and `Bill Clinton` are two.
fn same_name(known: &[String], words: &[String]) -> bool {
    known.len() > 1 && surname(known) == surname(words) && surname(words).is_some() && known[0] == words[0]
}

#[cfg(test)]
mod tests {
    use super::*;

    const REGISTRY: &str = include_str!("../../corpus/registry.toml");

    fn names(text: &Text, wanted: &[(&str, usize)]) -> Vec<Name> {
        let mut from = 0;
        wanted
            .iter()
            .map(|(word, kind)| {
                let rest = Span::new(from, text.len()).expect("in order");
                let start = from + text.slice(rest).split(word).next().expect("one part").chars().count();
                from = start + word.chars().count();
                let mut kinds = [0.0; 3];
                kinds[*kind] = 1.0;
                Name { span: Span::new(start, from).expect("in order"), pieces: 0..1, kinds }
            })
            .collect()
    }

    fn cast(string: &str, wanted: &[(&str, usize)]) -> Vec<String> {
        let text = Text::new(string);
        let registry = Registry::from_toml(REGISTRY).expect("sound");
        let names = names(&text, wanted);
        let lookup = Lookup { text: &text, names: &names, known: &[], speaking: &[], registry: &registry, date: None };
        let (cast, owners) = Cast::gather(&lookup);
        owners.iter().map(|owner| cast.entity(*owner).id.clone()).collect()
    }

    #[test]
    fn a_surname_belongs_to_the_full_name_even_when_that_comes_later() {
        let ids = cast("Quill resigns. Ada Quill left. Quill smiled.", &[("Quill", 0), ("Ada Quill", 0), ("Quill", 0)]);
        assert_eq!(ids, ["ada-quill", "ada-quill", "ada-quill"]);
    }

    #[test]
    fn of_two_namesakes_the_one_named_last_is_meant() {
        let wanted = [("Ada Quill", 0), ("Bo Quill", 0), ("Quill", 0)];
        assert_eq!(cast("Ada Quill sued Bo Quill. Quill won.", &wanted), ["ada-quill", "bo-quill", "bo-quill"]);
    }

    #[test]
    fn a_short_name_of_an_organization_is_the_one_given_in_full_before() {
        let wanted = [("Harbour Evening Times", 1), ("Times", 1), ("Norland Port Union", 1), ("NPU", 1)];
        let ids =
            cast("Harbour Evening Times asked; the Times paid. The Norland Port Union struck, NPU said.", &wanted);
        assert_eq!(ids, ["harbour-evening-times", "harbour-evening-times", "norland-port-union", "norland-port-union"]);
    }

    #[test]
    fn a_bare_surname_goes_back_to_the_office_holder_in_a_new_paragraph() {
        let registry = Registry::from_toml(REGISTRY).expect("sound");
        let owner = |string: &str| {
            let text = Text::new(string);
            let names = names(&text, &[("Stoltenberg", 0), ("Ada Stoltenberg", 0), ("Stoltenberg", 0)]);
            let known =
                [0, 2].map(|at| SpeakerMention { speaker: "jens-stoltenberg".to_owned(), span: names[at].span });
            let day = Some(jiff::civil::date(2020, 2, 12));
            let lookup =
                Lookup { text: &text, names: &names, known: &known, speaking: &[], registry: &registry, date: day };
            let (cast, owners) = Cast::gather(&lookup);
            cast.entity(owners[2]).id.clone()
        };
        assert_eq!(owner("Stoltenberg met Ada Stoltenberg. Stoltenberg smiled."), "ada-stoltenberg");
        assert_eq!(owner("Stoltenberg met Ada Stoltenberg.\n\nStoltenberg spoke."), "jens-stoltenberg");
        assert_eq!(owner("Stoltenberg met Ada Stoltenberg.\n\nMs. Stoltenberg spoke."), "ada-stoltenberg");
    }

    /// The owner of the name `at`, where those at `speaking` bear what sources say.
    fn owner(string: &str, wanted: &[&str], (known, speaking): (&[usize], &[usize]), at: usize) -> String {
        let registry = Registry::from_toml(REGISTRY).expect("sound");
        let text = Text::new(string);
        let names = names(&text, &wanted.iter().map(|word| (*word, 0)).collect::<Vec<_>>());
        let of = |at: &usize| SpeakerMention { speaker: "kim-jong-un".to_owned(), span: names[*at].span };
        let known: Vec<SpeakerMention> = known.iter().map(of).collect();
        let speaking: Vec<Span> = speaking.iter().map(|&at| names[at].span).collect();
        let date = Some(jiff::civil::date(2020, 2, 12));
        let lookup =
            Lookup { text: &text, names: &names, known: &known, speaking: &speaking, registry: &registry, date };
        let (cast, owners) = Cast::gather(&lookup);
        cast.entity(owners[at]).id.clone()
    }

    #[test]
    fn a_surname_that_speaks_is_of_the_namesake_who_spoke() {
        let string = "Ada Quill spoke. Bo Quill left. Quill added.";
        let wanted = ["Ada Quill", "Bo Quill", "Quill"];
        assert_eq!(owner(string, &wanted, (&[], &[0, 2]), 2), "ada-quill");
        assert_eq!(owner(string, &wanted, (&[], &[0]), 2), "bo-quill");
        assert_eq!(owner(string, &wanted, (&[], &[2]), 2), "bo-quill");
    }

    #[test]
    fn a_known_speaker_who_is_silent_gives_way_to_a_namesake_who_spoke() {
        let string = "Kim Quill-moo spoke. Kim Jong Un rules.\n\nKim added: Kim fell.";
        let wanted = ["Kim Quill-moo", "Kim Jong Un", "Kim", "Kim"];
        assert_eq!(owner(string, &wanted, (&[1, 2, 3], &[0, 2]), 2), "kim-quill-moo");
        assert_eq!(owner(string, &wanted, (&[1, 2, 3], &[0, 2]), 3), "kim-jong-un");
        assert_eq!(owner(string, &wanted, (&[1, 2, 3], &[0, 1, 2]), 2), "kim-jong-un");
    }

    #[test]
    fn a_surname_of_several_words_is_of_the_full_name() {
        let wanted = [("Bo van Quill", 0), ("Van Quill", 0)];
        assert_eq!(cast("Bo van Quill spoke. Van Quill left.", &wanted), ["bo-van-quill"; 2]);
        let wanted = [("Van Quill", 0), ("Bo van Quill", 0)];
        let [first, second]: [String; 2] =
            cast("Van Quill spoke. Bo van Quill left.", &wanted).try_into().expect("two");
        assert_eq!(first, second);
        let wanted = [("Ada van Quill", 0), ("Bo van Quill", 0)];
        assert_eq!(cast("Ada van Quill spoke. Bo van Quill left.", &wanted), ["ada-van-quill", "bo-van-quill"]);
    }

    #[test]
    fn mentions_of_an_entity_never_overlap() {
        let mut cast = Cast::default();
        let aides = cast.unnamed("two aides", None);
        for (start, end) in [(4, 8), (0, 9), (10, 12)] {
            cast.mention(aides, Span::new(start, end).expect("in order"));
        }
        let starts: Vec<usize> = cast.entity(aides).mentions.iter().map(|span| span.start()).collect();
        assert_eq!(starts, [4, 10]);
    }

    #[test]
    fn the_registry_knows_names_and_spellings() {
        assert_eq!(
            cast("KALIN spoke. Ibrahim Kalin left.", &[("KALIN", 0), ("Ibrahim Kalin", 0)]),
            ["ibrahim-kalin"; 2]
        );
        assert_eq!(cast("Turkey spoke.", &[("Turkey", 2)]), ["turkey"]);
        assert_eq!(cast("Ankara spoke.", &[("Ankara", 0)]), ["ankara"]);
        assert_eq!(cast("MOSCOW - Turks and the Kremlin.", &[("MOSCOW", 2), ("Turks", 2)]), ["moscow", "turkey"]);
        assert_eq!(cast("North Korea spoke. The North left.", &[("North Korea", 2), ("North", 2)]), ["north-korea"; 2]);
    }
}
