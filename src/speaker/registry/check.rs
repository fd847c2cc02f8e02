//! From the file to a [`Registry`]: every entry is checked before anything is looked up, so that a bad registry is
//! refused before a long run and not in the middle of it.
use std::collections::HashMap;
use std::collections::hash_map::Entry;

use jiff::civil::Date;
use sha2::{Digest, Sha256};

use super::entry::{Conditional, Leader, Office, Party, SpeakerEntry, Tenure, Term, entity_id};
use super::record::{FileRecord, LeaderRecord, OfficeRecord, PartyRecord, SpeakerRecord, TermRecord, WordsRecord};
use super::role::role_key;
use super::{Index, Registry, RegistryError, Words};
use crate::text::fold;

impl Registry {
    /// Reads and checks a registry.
    ///
    /// # Errors
    /// [`RegistryError`], which names the entry that is wrong.
    pub fn from_toml(toml: &str) -> Result<Self, RegistryError> {
        let file: FileRecord = toml::from_str(toml)?;
        let parties = file.party.into_iter().map(party).collect::<Result<Vec<_>, _>>()?;
        let offices: Vec<_> = file.office.into_iter().map(office).collect();
        let speakers = file.speaker.into_iter().map(speaker).collect::<Result<Vec<_>, _>>()?;

        let party_by_id = ids("party", parties.iter().map(|party| &party.id))?;
        let office_by_id = ids("office", offices.iter().map(|office| &office.id))?;
        let speaker_by_id = ids("speaker", speakers.iter().map(|speaker| &speaker.id))?;
        let known = |entry: String, kind, map: &HashMap<String, usize>, id: &str| {
            if map.contains_key(id) { Ok(()) } else { Err(RegistryError::Unknown { entry, kind, id: id.to_owned() }) }
        };
        for party in &parties {
            let entry = || format!("party `{}`", party.id);
            let parties = party.conditional.iter().flat_map(|conditional| &conditional.with_parties);
            for id in party.members.iter().chain(parties) {
                known(entry(), "party", &party_by_id, id)?;
            }
            for leader in &party.leaders {
                known(entry(), "speaker", &speaker_by_id, &leader.speaker)?;
            }
        }
        for office in &offices {
            if let Some(id) = &office.party {
                known(format!("office `{}`", office.id), "party", &party_by_id, id)?;
            }
        }
        for speaker in &speakers {
            let entry = || format!("speaker `{}`", speaker.id);
            if let Some(id) = &speaker.party {
                known(entry(), "party", &party_by_id, id)?;
            }
            for term in &speaker.terms {
                known(entry(), "office", &office_by_id, &term.office)?;
            }
        }

        let mut index = Index { party_by_id, speaker_by_id, office_by_id, ..Index::default() };
        index_parties(&parties, &mut index)?;
        index_speakers(&speakers, &mut index)?;
        index_offices(&offices, &mut index);
        let words = words(file.words);
        index.title_ends.extend(words.titles.iter().filter_map(|title| last_word(title)));
        Ok(Self { sha256: format!("{:x}", Sha256::digest(toml.as_bytes())), words, parties, offices, speakers, index })
    }
}

/// Position by id; an id is kebab-case and there once.
fn ids<'a>(kind: &'static str, ids: impl Iterator<Item = &'a String>) -> Result<HashMap<String, usize>, RegistryError> {
    let mut positions = HashMap::new();
    for (position, id) in ids.enumerate() {
        if id.is_empty() || *id != entity_id(id) {
            return Err(RegistryError::BadId { kind, id: id.clone() });
        }
        if positions.insert(id.clone(), position).is_some() {
            return Err(RegistryError::Duplicate { kind, id: id.clone() });
        }
    }
    Ok(positions)
}

/// A party's phrases are nobody else's, and each of them can be matched.
fn index_parties(parties: &[Party], index: &mut Index) -> Result<(), RegistryError> {
    for (position, party) in parties.iter().enumerate() {
        let conditional = party.conditional.iter().flat_map(|conditional| {
            let words = conditional.with_words.iter().chain(&conditional.without_words);
            conditional.phrases.iter().chain(words).chain(&conditional.not_before).chain(&conditional.not_after)
        });
        for phrase in conditional {
            matchable(&party.id, "party", phrase)?;
        }
        for phrase in party.phrases() {
            matchable(&party.id, "party", phrase)?;
            match index.party_names.entry(role_key(phrase)) {
                Entry::Vacant(place) => {
                    place.insert(position);
                }
                Entry::Occupied(place) if *place.get() != position => {
                    return Err(RegistryError::SharedName {
                        name: phrase.to_owned(),
                        first: format!("party `{}`", parties[*place.get()].id),
                        second: format!("party `{}`", party.id),
                    });
                }
                Entry::Occupied(_) => {}
            }
        }
    }
    Ok(())
}

fn index_speakers(speakers: &[SpeakerEntry], index: &mut Index) -> Result<(), RegistryError> {
    index.holders = vec![Vec::new(); index.office_by_id.len()];
    for (position, speaker) in speakers.iter().enumerate() {
        for name in speaker.sure_names() {
            matchable(&speaker.id, "speaker", name)?;
            if let Some(first) = index.sure.insert(fold(name), position)
                && first != position
            {
                return Err(RegistryError::SharedName {
                    name: name.to_owned(),
                    first: format!("speaker `{}`", speakers[first].id),
                    second: format!("speaker `{}`", speaker.id),
                });
            }
        }
        for name in &speaker.ambiguous {
            matchable(&speaker.id, "speaker", name)?;
            index.ambiguous.entry(fold(name)).or_default().push(position);
        }
        for role in &speaker.roles {
            matchable(&speaker.id, "speaker", role)?;
            index.roles.entry(role_key(role)).or_default().push(position);
        }
        index.title_ends.extend(speaker.titles.iter().filter_map(|title| last_word(title)));
        index.title_ends.extend(speaker.roles.iter().filter_map(|role| noun(role)));
        for term in &speaker.terms {
            let office = index.office_by_id[&term.office];
            index.holders[office].push((position, term.tenure));
        }
    }
    // A name that is sure for one and ambiguous for another is no sure name.
    for (name, others) in &index.ambiguous {
        if let Some(&first) = index.sure.get(name) {
            return Err(RegistryError::SharedName {
                name: name.clone(),
                first: format!("speaker `{}`", speakers[first].id),
                second: format!("speaker `{}`", speakers[others[0]].id),
            });
        }
    }
    Ok(())
}

fn index_offices(offices: &[Office], index: &mut Index) {
    for (position, office) in offices.iter().enumerate() {
        let party = office.party.as_ref().map(|id| index.party_by_id[id]);
        let nouns: Vec<String> = office.nouns.iter().map(|noun| role_key(noun)).collect();
        for noun in &nouns {
            index.offices_by_noun.entry(noun.clone()).or_default().push(position);
        }
        let nouns = nouns.into_iter().map(|noun| (party, noun));
        let phrases = office.phrases.iter().map(|phrase| (None, role_key(phrase)));
        for key in nouns.chain(phrases) {
            index.title_ends.extend(noun(&key.1));
            index.offices.entry(key).or_default().push(position);
        }
    }
}

fn matchable(id: &str, kind: &str, name: &str) -> Result<(), RegistryError> {
    if fold(name).chars().any(char::is_alphanumeric) {
        return Ok(());
    }
    Err(RegistryError::EmptyName { entry: format!("{kind} `{id}`"), name: name.to_owned() })
}

/// The last word of a title that stands before a name: `State` of `Secretary of State`.
fn last_word(title: &str) -> Option<String> {
    role_key(title).split(' ').next_back().filter(|word| !word.is_empty()).map(str::to_owned)
}

/// The noun of a role: the last word before a preposition, `ambassador` of `ambassador to Norland`.
fn noun(phrase: &str) -> Option<String> {
    let key = role_key(phrase);
    let before = key.split(' ').take_while(|word| !matches!(*word, "of" | "to" | "for" | "in" | "at" | "on" | "and"));
    before.last().filter(|word| !word.is_empty()).map(str::to_owned)
}

fn words(record: WordsRecord) -> Words {
    let folded = |list: Vec<String>| list.iter().map(|word| fold(word)).collect();
    Words {
        exact_case: folded(record.exact_case),
        lookalikes: record.lookalikes,
        state_nouns: folded(record.state_nouns),
        titles: folded(record.titles),
        given_names: folded(record.given_names),
        media: folded(record.media),
        female_names: folded(record.female_names),
        male_names: folded(record.male_names),
        person_names: folded(record.person_names),
    }
}

fn party(record: PartyRecord) -> Result<Party, RegistryError> {
    let entry = format!("party `{}`", record.id);
    let leader = |LeaderRecord { speaker, from, to }| {
        Ok::<_, RegistryError>(Leader { speaker, tenure: tenure(&entry, from, to)? })
    };
    let leaders = record.leaders.into_iter().map(leader).collect::<Result<_, _>>()?;
    let conditional = record.conditional.into_iter().map(|record| Conditional {
        phrases: record.phrases,
        with_parties: record.with_parties,
        with_words: record.with_words,
        without_words: record.without_words,
        not_before: record.not_before,
        not_after: record.not_after,
        alone: record.alone,
    });
    Ok(Party {
        leaders,
        conditional: conditional.collect(),
        id: record.id,
        name: record.name,
        kind: record.kind,
        aliases: record.aliases,
        demonyms: record.demonyms,
        state_adjectives: record.state_adjectives,
        capitals: record.capitals,
        government: record.government,
        army: record.army,
        metonyms: record.metonyms,
        hashtags: record.hashtags,
        members: record.members,
    })
}

fn office(record: OfficeRecord) -> Office {
    Office { id: record.id, party: record.party, nouns: record.nouns, phrases: record.phrases }
}

fn speaker(record: SpeakerRecord) -> Result<SpeakerEntry, RegistryError> {
    let entry = format!("speaker `{}`", record.id);
    let term =
        |TermRecord { office, from, to }| Ok::<_, RegistryError>(Term { office, tenure: tenure(&entry, from, to)? });
    Ok(SpeakerEntry {
        terms: record.terms.into_iter().map(term).collect::<Result<_, _>>()?,
        id: record.id,
        name: record.name,
        kind: record.kind,
        aliases: record.aliases,
        ambiguous: record.ambiguous,
        titles: record.titles,
        roles: record.roles,
        party: record.party,
    })
}

fn tenure(entry: &str, from: Option<String>, to: Option<String>) -> Result<Tenure, RegistryError> {
    let day = |text: Option<String>| {
        text.map(|date| {
            let parsed: Result<Date, _> = date.parse();
            parsed.map_err(|source| RegistryError::BadDate { entry: entry.to_owned(), date, source })
        })
        .transpose()
    };
    let tenure = Tenure { from: day(from)?, to: day(to)? };
    match (tenure.from, tenure.to) {
        (Some(from), Some(to)) if to <= from => Err(RegistryError::ReversedTerm { entry: entry.to_owned(), from, to }),
        _ => Ok(tenure),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PARTY: &str = "[[party]]\nid = \"turkey\"\nname = \"Turkey\"\nkind = \"country\"\n";

    fn error(rest: &str) -> String {
        Registry::from_toml(&format!("{PARTY}{rest}")).unwrap_err().to_string()
    }

    fn speaker(id: &str, rest: &str) -> String {
        format!("[[speaker]]\nid = \"{id}\"\nname = \"{id} Önal\"\n{rest}\n")
    }

    #[test]
    fn errors_name_the_entry() {
        assert!(error(PARTY).contains("party `turkey` stands in the registry twice"));
        assert!(error(&speaker("a", "party = \"turkye\"")).contains("speaker `a` refers to the party `turkye`"));
        assert!(error(&speaker("A b", "")).contains("`A b`"));
        assert!(error(&speaker("a", "aliases = [\"—\"]")).contains("speaker `a` has the name `—`"));
        assert!(error("aliases = [\" \"]").contains("party `turkey`"));
        let term = "terms = [{ office = \"o\", from = \"2020-02-30\" }]";
        let message = error(&format!("[[office]]\nid = \"o\"\n{}", speaker("a", term)));
        assert!(message.contains("speaker `a` has the date `2020-02-30`"), "{message}");
        let term = "terms = [{ office = \"o\", from = \"2020-02-03\", to = \"2020-02-03\" }]";
        assert!(error(&format!("[[office]]\nid = \"o\"\n{}", speaker("a", term))).contains("speaker `a` has a term"));
        assert!(error(&speaker("a", "terms = [{ office = \"p\" }]")).contains("office `p`"));
        assert!(error("leaders = [{ speaker = \"x\" }]").contains("party `turkey` refers to the speaker `x`"));
        assert!(error("alias = [\"Türkiye\"]").contains("unknown field `alias`"));
    }

    #[test]
    fn one_name_for_two_is_refused() {
        let shared = |a: &str, b: &str| error(&format!("{}{}", speaker("a", a), speaker("b", b)));
        let sure = shared("aliases = [\"Kim\"]", "aliases = [\"KİM\"]");
        assert!(sure.contains("speaker `a`") && sure.contains("speaker `b`"), "{sure}");
        assert!(shared("aliases = [\"Kim\"]", "ambiguous = [\"Kim\"]").contains("names both"));
        let parties = "[[party]]\nid = \"b\"\nname = \"B\"\nkind = \"group\"\naliases = [\"Turkey\"]\n";
        assert!(error(parties).contains("party `turkey`") && error(parties).contains("party `b`"));
    }

    #[test]
    fn the_hash_is_of_the_bytes() {
        let one = Registry::from_toml(PARTY).unwrap();
        assert_eq!(one.sha256().len(), 64);
        assert_ne!(one.sha256(), Registry::from_toml(&format!("{PARTY}\n")).unwrap().sha256());
    }
}
