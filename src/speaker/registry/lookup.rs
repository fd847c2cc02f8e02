//! What a [`Registry`] answers: who bears a name, who holds a role on a day, which party a word names.
use jiff::civil::Date;

use super::super::profile::Gender;
use super::entry::{Office, Party, SpeakerEntry};
use super::role::{is_of_others, readings, role_key};
use super::{CaseRule, Registry};
use crate::text::fold;

impl Registry {
    /// Hash of the file's bytes, in hexadecimal digits.
    #[must_use]
    pub fn sha256(&self) -> &str {
        &self.sha256
    }

    /// All parties, in the order of the file.
    #[must_use]
    pub fn parties(&self) -> &[Party] {
        &self.parties
    }

    /// All offices, in the order of the file.
    #[must_use]
    pub fn offices(&self) -> &[Office] {
        &self.offices
    }

    /// All speakers, in the order of the file.
    #[must_use]
    pub fn speakers(&self) -> &[SpeakerEntry] {
        &self.speakers
    }

    /// The party with an id.
    #[must_use]
    pub fn party(&self, id: &str) -> Option<&Party> {
        self.index.party_by_id.get(id).map(|&position| &self.parties[position])
    }

    /// The speaker with an id.
    #[must_use]
    pub fn speaker(&self, id: &str) -> Option<&SpeakerEntry> {
        self.index.speaker_by_id.get(id).map(|&position| &self.speakers[position])
    }

    /// The office with an id.
    #[must_use]
    pub fn office(&self, id: &str) -> Option<&Office> {
        self.index.office_by_id.get(id).map(|&position| &self.offices[position])
    }

    /// The speakers of a party.
    pub fn speakers_of<'a>(&'a self, party: &'a str) -> impl Iterator<Item = &'a SpeakerEntry> {
        self.speakers.iter().filter(move |speaker| speaker.party.as_deref() == Some(party))
    }

    /// Phrases that look like a party and are none: `Washington Post`.
    #[must_use]
    pub fn lookalikes(&self) -> &[String] {
        &self.words.lookalikes
    }

    /// Whether a word is a title before a name, such as `President` or `Mr.`, or the last word of one.
    #[must_use]
    pub fn is_title(&self, word: &str) -> bool {
        self.words.titles.contains(&fold(word)) || self.index.title_ends.contains(&role_key(word))
    }

    /// The gender of those who bear a given name, where it is the same for nearly all.
    #[must_use]
    pub fn gender(&self, given_name: &str) -> Option<Gender> {
        let name = fold(given_name);
        if self.words.female_names.contains(&name) {
            Some(Gender::Female)
        } else {
            self.words.male_names.contains(&name).then_some(Gender::Male)
        }
    }

    /// Whether a name is that of a newspaper, agency or broadcaster, or ends as such names do (`Harbour Times`).
    #[must_use]
    pub fn is_medium(&self, name: &str) -> bool {
        let folded = fold(name);
        let words = &self.words.media;
        words.contains(&folded)
            || folded.split_once(' ').is_some() && folded.rsplit(' ').next().is_some_and(|last| words.contains(last))
    }

    /// Whether a word is a given name that is no other word: `Jim`, before a surname that is also a state.
    #[must_use]
    pub fn is_given_name(&self, word: &str) -> bool {
        self.words.given_names.contains(&fold(word))
    }

    /// Whether a party's name is so often a person's that one such person in an article owns it: `Jordan`.
    #[must_use]
    pub fn is_person_name(&self, name: &str) -> bool {
        self.words.person_names.contains(&fold(name))
    }

    /// Whether a word behind an adjective or a name makes it the state: `government`, `army`.
    #[must_use]
    pub fn is_state_noun(&self, word: &str) -> bool {
        self.words.state_nouns.contains(&fold(word))
    }

    /// The state nouns, folded.
    pub fn state_nouns(&self) -> impl Iterator<Item = &str> {
        self.words.state_nouns.iter().map(String::as_str)
    }

    /// How the capitals of a name count in this registry.
    #[must_use]
    pub fn case_rule(&self, name: &str) -> CaseRule {
        CaseRule::of(name, &self.words.exact_case)
    }

    /// As [`Registry::case_rule`], for the name of a speaker: a single word keeps its capitals.
    #[must_use]
    pub fn speaker_case_rule(&self, name: &str) -> CaseRule {
        if name.contains(char::is_whitespace) { self.case_rule(name) } else { CaseRule::Exact }
    }

    /// The speakers whom a whole name means, titles before it allowed (`President Erdoğan`). An ambiguous name counts
    /// where exactly one of those who bear it is in office on the day, or bears the title; otherwise see [`Registry::namesakes`].
    #[must_use]
    pub fn find_speakers(&self, name: &str, date: Option<Date>) -> Vec<&SpeakerEntry> {
        let folded = fold(name);
        let whole = folded.strip_suffix("'s").or_else(|| folded.strip_suffix('\'')).unwrap_or(&folded);
        let starts = std::iter::once(0).chain(whole.match_indices(' ').map(|(blank, _)| blank + 1));
        for start in starts {
            let (before, tail) = whole.split_at(start);
            let sure = self.index.sure.get(tail);
            let ambiguous = self.index.ambiguous.get(tail);
            if sure.is_none() && ambiguous.is_none() {
                continue;
            }
            let named_with_title = before.trim_end().rsplit(' ').next().is_some_and(|word| self.is_title(word));
            if !before.is_empty() && !named_with_title {
                break;
            }
            let found = sure
                .map_or_else(|| self.in_office(ambiguous.map_or(&[], Vec::as_slice), before, date), |&one| vec![one]);
            return match found[..] {
                [one] => vec![&self.speakers[one]],
                _ => Vec::new(),
            };
        }
        Vec::new()
    }

    /// All who bear a name, sure or not, whatever the date: for an article that holds one of their full names.
    #[must_use]
    pub fn namesakes(&self, name: &str) -> Vec<&SpeakerEntry> {
        let name = fold(name);
        let ambiguous = self.index.ambiguous.get(&name).into_iter().flatten();
        let sure = self.index.sure.get(&name);
        sure.into_iter().chain(ambiguous).map(|&position| &self.speakers[position]).collect()
    }

    /// The one speaker whom a role means on a day: `the Secretary of State`, `NATO's chief`. Without a day, a role
    /// that only one known speaker ever had. Former holders and `a spokesperson` are nobody.
    #[must_use]
    pub fn find_role(&self, nominal: &str, date: Option<Date>) -> Option<&SpeakerEntry> {
        match self.holders(nominal, date)[..] {
            [one] => Some(&self.speakers[one]),
            _ => None,
        }
    }

    /// All known speakers who ever had a role, for an article that names one of them.
    #[must_use]
    pub fn find_holders(&self, nominal: &str) -> Vec<&SpeakerEntry> {
        self.holders(nominal, None).into_iter().map(|one| &self.speakers[one]).collect()
    }

    /// Everybody who on a day held an office that is called so, of whatever party: the presidents for `the president`.
    #[must_use]
    pub fn find_peers(&self, nominal: &str, date: Option<Date>) -> Vec<&SpeakerEntry> {
        if is_of_others(nominal) {
            return Vec::new();
        }
        let offices = self.index.offices_by_noun.get(&role_key(nominal)).into_iter().flatten();
        let mut peers: Vec<usize> = offices
            .flat_map(|&office| &self.index.holders[office])
            .filter(|(_, tenure)| date.is_none_or(|day| tenure.covers(day)))
            .map(|&(speaker, _)| speaker)
            .collect();
        peers.sort_unstable();
        peers.dedup();
        peers.into_iter().map(|one| &self.speakers[one]).collect()
    }

    fn holders(&self, nominal: &str, date: Option<Date>) -> Vec<usize> {
        if is_of_others(nominal) {
            return Vec::new();
        }
        let key = role_key(nominal);
        let alone = (None, key.clone());
        let with_party = readings(&key, |name| self.index.party_names.get(name).copied());
        let keys = std::iter::once(alone).chain(with_party.into_iter().map(|(party, noun)| (Some(party), noun)));
        let offices = keys.filter_map(|key| self.index.offices.get(&key)).flatten();
        let mut holders: Vec<usize> = offices
            .flat_map(|&office| &self.index.holders[office])
            .filter(|(_, tenure)| date.is_none_or(|day| tenure.covers(day)))
            .map(|&(speaker, _)| speaker)
            .chain(self.index.roles.get(&key).into_iter().flatten().copied())
            .collect();
        holders.sort_unstable();
        holders.dedup();
        holders
    }

    /// Who of those that share a name is in office on a day; of several, who bears the title before the name.
    fn in_office(&self, bearers: &[usize], title: &str, date: Option<Date>) -> Vec<usize> {
        let Some(day) = date else {
            return Vec::new();
        };
        let mut found: Vec<_> = bearers.iter().copied().filter(|&one| self.speakers[one].in_office(day)).collect();
        if found.len() > 1 {
            let title = role_key(title);
            let last = title.rsplit(' ').next().unwrap_or_default();
            let is_called = |noun: &String| {
                let noun = role_key(noun);
                title.ends_with(&noun) || noun.strip_prefix(last).is_some_and(|rest| rest.starts_with(' '))
            };
            found.retain(|&one| {
                let terms = self.speakers[one].terms.iter().filter(|term| term.tenure.covers(day));
                let mut offices = terms.filter_map(|term| self.office(&term.office));
                offices.any(|office| office.nouns.iter().any(is_called))
            });
        }
        found
    }

    /// The party that a whole word or phrase names: `Ankara`, `the Turkish`, `Kremlin`, `Syrian`. Leaders and
    /// conditional phrases do not count.
    #[must_use]
    pub fn party_of_name(&self, name: &str) -> Option<&Party> {
        let party = &self.parties[*self.index.party_names.get(&role_key(name))?];
        // `us` the pronoun has the key of `US` the state.
        let name = name.trim();
        let short = name.chars().filter(|c| c.is_alphabetic()).count() <= 3;
        (!short || name.chars().any(char::is_uppercase)).then_some(party)
    }
}

/// What of a party a name is the name of, in the registry's spelling.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PartyPart<'a> {
    /// All of it: its name, people or state.
    Whole,
    /// Its capital.
    Capital(&'a str),
    /// Its government, a ministry, the army, or a building that stands for them.
    Body(&'a str),
}

impl Party {
    /// The names that refer to the party in any article: its own, unless a
    /// condition holds it as it does for `Georgia`, and its aliases.
    pub(crate) fn names(&self) -> impl Iterator<Item = &str> {
        let conditional = || self.conditional.iter().flat_map(|conditional| &conditional.phrases);
        let name = (!conditional().any(|phrase| fold(phrase) == fold(&self.name))).then_some(&self.name);
        name.into_iter().chain(&self.aliases).map(String::as_str)
    }

    /// What of the party one of its names is the name of.
    #[must_use]
    pub fn part(&self, name: &str) -> PartyPart<'_> {
        let key = role_key(name);
        let is_it = |phrase: &&String| role_key(phrase) == key;
        let capital = self.capitals.iter().find(is_it).map(|name| PartyPart::Capital(name));
        let mut bodies = self.government.iter().chain(&self.army).chain(&self.metonyms);
        capital.or_else(|| bodies.find(is_it).map(|name| PartyPart::Body(name))).unwrap_or(PartyPart::Whole)
    }

    /// All phrases that refer to the party in any article, state adjectives and hashtags among them.
    pub(super) fn phrases(&self) -> impl Iterator<Item = &str> {
        let lists = [
            &self.demonyms,
            &self.state_adjectives,
            &self.capitals,
            &self.government,
            &self.army,
            &self.metonyms,
            &self.hashtags,
        ];
        self.names().chain(lists.into_iter().flatten().map(String::as_str))
    }
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::super::shipped;
    use super::PartyPart;

    fn id(found: Option<&super::SpeakerEntry>) -> &str {
        found.map_or("nobody", |speaker| speaker.id.as_str())
    }

    #[test]
    fn a_capital_and_a_ministry_are_parts_of_their_party() {
        let registry = shipped();
        let part = |name: &str| registry.party_of_name(name).expect("a party").part(name);
        assert_eq!(part("MOSCOW"), PartyPart::Capital("Moscow"));
        assert_eq!(part("the Kremlin"), PartyPart::Body("Kremlin"));
        assert_eq!(part("State Department"), PartyPart::Body("State Department"));
        for whole in ["Russia", "Russians", "Turkish", "NATO", "Hermit Kingdom", "Jewish state"] {
            assert_eq!(part(whole), PartyPart::Whole, "{whole}");
        }
    }

    #[test]
    fn a_name_is_found_however_it_is_written() {
        let registry = shipped();
        let day = Some(date(2020, 2, 12));
        for (name, expected) in [
            ("İbrahim Kalın", "ibrahim-kalin"),
            ("IBRAHIM KALIN", "ibrahim-kalin"),
            ("Kalın’s", "ibrahim-kalin"),
            ("Jim Jeffrey", "james-jeffrey"),
            ("Ambassador Jeffrey", "james-jeffrey"),
            ("U.S. Secretary of State Mike Pompeo", "mike-pompeo"),
            ("NATO Secretary-General Stoltenberg", "jens-stoltenberg"),
            ("Antonio Guterres", "antonio-guterres"),
        ] {
            let found = registry.find_speakers(name, day);
            assert_eq!(found.iter().map(|speaker| speaker.id.as_str()).collect::<Vec<_>>(), [expected], "{name}");
        }
        assert!(registry.find_speakers("Gary Erdoğan", day).is_empty());
        assert!(registry.find_speakers("Jane Doe", day).is_empty());
    }

    #[test]
    fn namesakes_are_told_apart_by_the_date_or_not_at_all() {
        let registry = shipped();
        let found =
            |day| registry.find_speakers("Clinton", day).into_iter().map(|one| one.id.clone()).collect::<Vec<_>>();
        assert_eq!(found(Some(date(2010, 5, 1))), ["hillary-clinton"]);
        assert_eq!(found(Some(date(1995, 5, 1))), ["bill-clinton"]);
        let day = Some(date(2020, 2, 12));
        assert_eq!(registry.find_speakers("Prime Minister Johnson", day)[0].id, "boris-johnson");
        assert_eq!(registry.find_speakers("Senator Johnson", day)[0].id, "ron-johnson");
        assert!(registry.find_speakers("Johnson", day).is_empty());
        assert!(found(Some(date(2019, 5, 1))).is_empty() && found(None).is_empty());
        assert_eq!(registry.namesakes("clinton").len(), 2);
    }

    #[test]
    fn roles_follow_the_date() {
        let registry = shipped();
        for (role, day, expected) in [
            ("the Secretary of State", date(2020, 2, 12), "mike-pompeo"),
            ("the U.S. secretary of state", date(2016, 2, 12), "john-kerry"),
            ("top US diplomat", date(2017, 6, 1), "rex-tillerson"),
            ("NATO Secretary General", date(2014, 9, 1), "anders-fogh-rasmussen"),
            ("the alliance’s chief", date(2020, 2, 28), "jens-stoltenberg"),
            ("Turkey's presidential spokesperson", date(2020, 2, 12), "ibrahim-kalin"),
            ("the president of the United States", date(2021, 1, 20), "joe-biden"),
            ("UN Secretary-General", date(2016, 12, 31), "ban-ki-moon"),
            ("the secretary-general's spokesman", date(2020, 2, 28), "stephane-dujarric"),
            ("a State Department spokesperson", date(2020, 2, 28), "nobody"),
            ("the former secretary of state", date(2020, 2, 28), "nobody"),
            ("the minister", date(2020, 2, 28), "nobody"),
        ] {
            assert_eq!(id(registry.find_role(role, Some(day))), expected, "{role}");
        }
    }

    #[test]
    fn peers_hold_offices_of_the_same_name() {
        let registry = shipped();
        let peers = registry.find_peers("the president", Some(date(2020, 2, 12)));
        let has = |id: &str| peers.iter().any(|speaker| speaker.id == id);
        assert!(has("donald-trump") && has("vladimir-putin") && !has("barack-obama") && !has("mike-pompeo"));
        assert!(registry.find_peers("a president", None).is_empty());
    }

    #[test]
    fn words_name_parties() {
        let registry = shipped();
        for (name, expected) in
            [("Ankara", "turkey"), ("the Kremlin", "russia"), ("U.S.", "us"), ("US", "us"), ("Syrian", "syria")]
        {
            assert_eq!(registry.party_of_name(name).map(|party| party.id.as_str()), Some(expected), "{name}");
        }
        assert!(registry.party_of_name("us").is_none() && registry.party_of_name("Narnia").is_none());
    }
}
