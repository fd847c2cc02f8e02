//! What an article and the registry tell of the people in it: gender and roles, by which `she` and `the senator` agree
//! with one name and not with another.

use super::cast::{Cast, Entity, EntityAt, EntityKind};
use super::form::{Form, folded_words, head_noun, is_deputy};
use super::name::Name;
use super::noun::NounKind;
use super::registry::{Party, Registry};
use super::resolver::Scene;
use crate::text::{Span, Text, fold};

/// Words before a name that are read for a title, at most.
const TITLE_WORDS: usize = 7;

/// Grammatical gender of a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Gender {
    /// she
    Female,
    /// he
    Male,
}

/// What is known of one entity.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Profile {
    /// Whether it is a person for sure.
    pub person: bool,
    /// Its gender, if a title or given name tells.
    pub gender: Option<Gender>,
    /// Folded head nouns of the roles it is given: `minister`, `senator`.
    pub roles: Vec<String>,
    /// The party that it belongs to, by the registry or by the words before its name: `Norland's envoy`.
    pub party: Option<String>,
    /// The party that it speaks for by an office that words in or beside its name give it.
    pub office: Option<String>,
}

impl Profile {
    /// Whether `he` or `she` may mean it.
    #[must_use]
    pub fn fits(&self, pronoun: Form) -> bool {
        match (pronoun, self.gender) {
            (Form::He, Some(gender)) => gender == Gender::Male,
            (Form::She, Some(gender)) => gender == Gender::Female,
            _ => true,
        }
    }
}

/// The profiles of the entities of `cast`, in their order.
#[must_use]
pub fn profiles(scene: &Scene, names: &[Name], owners: &[EntityAt], cast: &Cast, registry: &Registry) -> Vec<Profile> {
    let mut out: Vec<Profile> = cast.entities().iter().map(|entity| known(entity, scene, registry)).collect();
    for (name, owner) in names.iter().zip(owners) {
        let profile = &mut out[owner.0];
        let titles = words_before(scene.text, name.span);
        profile.gender = profile.gender.or_else(|| titles.iter().find_map(|word| gender_of_title(word)));
        if profile.party.is_none() {
            profile.party = party_before(scene.text, name.span, registry);
        }
        if profile.office.is_none() {
            profile.office = office_beside(scene.text, name.span, &titles, registry);
        }
        for (at, title) in titles.iter().enumerate() {
            match titles.get(at + 1) {
                Some(deputy) if is_deputy(deputy) => profile.roles.push(format!("{deputy} {title}")),
                _ => profile.roles.extend(nouns_of(title).into_iter().map(str::to_owned)),
            }
        }
        profile.roles.extend(party_tag(scene.text, name.span).map(str::to_owned));
        for noun in apposition(scene.text, name.span) {
            profile.roles.extend(nouns_of(&noun).into_iter().map(str::to_owned));
        }
    }
    for (profile, entity) in out.iter_mut().zip(cast.entities()) {
        let first = folded_words(&entity.name).into_iter().next().filter(|_| entity.kind == EntityKind::Person);
        if entity.kind == EntityKind::Organization {
            profile.office = party_of_office(&entity.name, registry).map(|party| party.id.clone());
        }
        profile.gender = profile.gender.or_else(|| first.and_then(|first| registry.gender(&first)));
        profile.roles.sort();
        profile.roles.dedup();
    }
    out
}

/// What the registry tells of an entity.
fn known(entity: &Entity, scene: &Scene, registry: &Registry) -> Profile {
    let mut profile = Profile { party: entity.party.clone(), ..Profile::default() };
    let Some(speaker) = registry.speaker(&entity.id) else { return profile };
    profile.person = entity.kind == EntityKind::Person;
    let held = speaker.terms.iter().filter(|term| scene.date.is_none_or(|day| term.tenure.covers(day)));
    for office in held.filter_map(|term| registry.office(&term.office)) {
        for phrase in office.nouns.iter().chain(&office.phrases) {
            let noun = head_noun(phrase).filter(|noun| NounKind::of(noun) == NounKind::Person);
            profile.roles.extend(noun.iter().flat_map(|noun| nouns_of(noun)).map(str::to_owned));
        }
    }
    profile
}

/// The party that the words before a name give its bearer, the first of several: `the U.S. envoy for Norland Ada Quill`.
fn party_before(text: &Text, name: Span, registry: &Registry) -> Option<String> {
    let before = Span::ordered(name.start().saturating_sub(60), name.start());
    let line = text.slice(before).rsplit('\n').next()?;
    let mut words = line.split([' ', '\u{a0}']).rev().skip_while(|word| word.is_empty()).take(TITLE_WORDS).peekable();
    let is_role = |word: &str| registry.is_title(word) || NounKind::of(&fold(word)) == NounKind::Person;
    let mut party = None;
    while let Some(word) = words.next() {
        if matches!(word, "for" | "to" | "of") && words.peek().is_some_and(|office| is_role(office)) {
            party = None;
        } else if !is_role(word)
            && (!word.starts_with(char::is_uppercase) || word.ends_with([',', ';', ':', '”', '"', ')']))
        {
            break;
        }
        party = party_in(word, registry).or(party);
    }
    party.map(|party| party.id.clone())
}

/// The party for which an office beside a name makes its bearer speak: `Norland's envoy Ada Quill`, `Ada Quill, the foreign
/// minister of Norland`.
fn office_beside(text: &Text, name: Span, titles: &[String], registry: &Registry) -> Option<String> {
    let before = text.slice(Span::ordered(name.start().saturating_sub(60), name.start()));
    let before = before.rsplit(['\n', '.', ',']).next().unwrap_or(before);
    if titles.iter().any(|title| speaks_for_a_party(title)) && !is_former(before) {
        return party_before(text, name, registry);
    }
    if let Some(party) = office_set_off(text, name, registry) {
        return Some(party);
    }
    let behind = set_off(text, name)?;
    party_of_office(behind, registry).map(|party| party.id.clone())
}

/// The party of an office that commas divide from its bearer: `Norland's envoy, Ada Quill, said`.
fn office_set_off(text: &Text, name: Span, registry: &Registry) -> Option<String> {
    let closed = matches!(text.char_at(name.end()), Some(',' | '.'));
    let office = Span::ordered(name.start().saturating_sub(60), name.start().checked_sub(", ".len())?);
    let before = text.slice(Span::ordered(office.start(), name.start())).strip_suffix(", ").filter(|_| closed)?;
    let noun = before.rsplit([' ', '\u{a0}']).next()?;
    if !speaks_for_a_party(&fold(noun)) || is_former(before) {
        return None;
    }
    party_before(text, Span::ordered(office.end(), office.end()), registry)
}

/// The party for which those speak whom a description means: `a State Department spokesperson`, `an officer of the Norland
/// army`, `the Norland embassy`.
#[must_use]
pub fn party_of_office<'a>(shown: &str, registry: &'a Registry) -> Option<&'a Party> {
    /// Words of the longest names of ministries and armies that are looked for.
    const LONGEST: usize = 5;
    let noun = head_noun(shown)?;
    let noun = noun.strip_suffix('s').unwrap_or(&noun);
    if is_former(shown) || !(speaks_for_a_party(noun) || is_body(noun)) {
        return None;
    }
    let words: Vec<&str> = shown.split([' ', '\u{a0}']).collect();
    let phrase = |start: usize, end: usize| party_in(&words[start..end].join(" "), registry);
    (0..words.len())
        .find_map(|start| (start + 1..=words.len().min(start + LONGEST)).rev().find_map(|end| phrase(start, end)))
}

/// Whether a folded noun says an office that speaks for a state or an alliance.
fn speaks_for_a_party(noun: &str) -> bool {
    matches!(
        noun.rsplit(' ').next().unwrap_or(noun),
        "president"
            | "premier"
            | "chancellor"
            | "minister"
            | "secretary"
            | "ambassador"
            | "amb"
            | "envoy"
            | "diplomat"
            | "official"
            | "spokesman"
            | "spokeswoman"
            | "spokesperson"
            | "general"
            | "gen"
            | "colonel"
            | "col"
            | "commander"
            | "officer"
            | "senator"
            | "lawmaker"
            | "legislator"
    )
}

/// Whether a folded noun says a body of a state.
fn is_body(noun: &str) -> bool {
    matches!(
        noun,
        "government"
            | "ministry"
            | "embassy"
            | "consulate"
            | "mission"
            | "army"
            | "military"
            | "navy"
            | "administration"
    )
}

/// Whether words say that somebody held an office once.
fn is_former(words: &str) -> bool {
    fold(words)
        .split(|c: char| !c.is_alphanumeric())
        .any(|word| matches!(word, "former" | "ex" | "retired" | "onetime"))
}

/// The party that a description names, the first of several: `the American diplomat`.
#[must_use]
pub fn party_of_description<'a>(shown: &str, registry: &'a Registry) -> Option<&'a Party> {
    shown.split([' ', '\u{a0}']).find_map(|word| party_in(word, registry))
}

fn party_in<'a>(word: &str, registry: &'a Registry) -> Option<&'a Party> {
    let bare = word.strip_suffix("'s").or_else(|| word.strip_suffix("’s")).unwrap_or(word);
    let capital = bare.starts_with(char::is_uppercase);
    registry.party_of_name(bare).filter(|_| capital)
}

/// The capitalised words and nouns of persons that stand right before a name: `Foreign Minister`, `spokesman`.
fn words_before(text: &Text, name: Span) -> Vec<String> {
    let start = name.start().saturating_sub(60);
    let Ok(before) = Span::new(start, name.start()) else { return Vec::new() };
    let mut out = Vec::new();
    for word in text.slice(before).split(' ').rev().skip_while(|word| word.is_empty()).take(TITLE_WORDS) {
        let bare = word.trim_end_matches('.');
        let folded = fold(bare);
        let capital = bare.chars().next().is_some_and(char::is_uppercase);
        if bare.is_empty()
            || !bare.chars().all(char::is_alphanumeric)
            || (!capital && NounKind::of(&folded) != NounKind::Person)
        {
            break;
        }
        out.push(folded);
    }
    out
}

/// The words that a comma sets off behind a name: `Ada Quill, the head of the fund,`.
fn set_off(text: &Text, name: Span) -> Option<&str> {
    let end = (name.end() + 80).min(text.len());
    let rest = text.slice(Span::new(name.end(), end).ok()?).strip_prefix(", ")?;
    let opens = ["a ", "an ", "the ", "who is ", "his ", "her ", "its ", "their "]
        .iter()
        .any(|opener| rest.starts_with(opener));
    let capital = rest.chars().next().is_some_and(char::is_uppercase);
    (opens || capital).then(|| rest.split([',', '.', ';', '\n', '“', '"']).next().unwrap_or(""))
}

/// Nouns of persons in the words that a comma sets off behind a name: `Ada Quill, the head of the fund and a lawyer,`.
fn apposition(text: &Text, name: Span) -> Vec<String> {
    let Some(phrase) = set_off(text, name) else { return Vec::new() };
    let phrase = phrase.split(" of ").next().unwrap_or(phrase);
    folded_words(phrase).into_iter().filter(|word| NounKind::of(word) == NounKind::Person).collect()
}

/// The party that stands behind the name of a lawmaker: `Ada Quill (R-Idaho)`, `Ada Quill, D-Maine`.
fn party_tag(text: &Text, name: Span) -> Option<&'static str> {
    let behind = text.slice(Span::ordered(name.end(), (name.end() + 4).min(text.len())));
    let tag = behind.strip_prefix(" (").or_else(|| behind.strip_prefix(", "))?;
    match tag.split_at_checked(2)?.0 {
        "R-" => Some("republican"),
        "D-" => Some("democrat"),
        _ => None,
    }
}

/// The nouns by which a title goes on: `Sen.` is a senator and a lawmaker, an envoy is a diplomat.
fn nouns_of(title: &str) -> Vec<&str> {
    match title {
        "sen" | "senator" => vec!["senator", "lawmaker", "legislator"],
        "rep" | "congressman" | "congresswoman" => {
            vec!["representative", "congressman", "congresswoman", "lawmaker", "legislator"]
        }
        "gov" | "governor" => vec!["governor"],
        "gen" | "lt" | "maj" | "brig" | "general" => vec!["general", "commander"],
        "col" | "colonel" => vec!["colonel", "commander", "officer"],
        "capt" | "captain" => vec!["captain", "officer"],
        "prof" | "professor" => vec!["professor"],
        "dr" | "doctor" => vec!["doctor"],
        "amb" | "ambassador" => vec!["ambassador", "envoy", "diplomat"],
        "envoy" => vec!["envoy", "diplomat"],
        "prime" => vec!["premier", "leader"],
        "premier" | "chancellor" => vec![title, "minister", "leader"],
        "president" => vec!["president", "leader"],
        "minister" | "secretary" => vec![title, "minister"],
        "spokesman" | "spokeswoman" => vec![title, "spokesperson"],
        "spokesperson" => vec!["spokesperson", "spokesman", "spokeswoman"],
        "adviser" | "advisor" | "aide" => vec!["adviser", "advisor", "aide"],
        "attorney" | "lawyer" => vec!["attorney", "lawyer"],
        other if NounKind::of(other) == NounKind::Person => vec![other],
        _ => Vec::new(),
    }
}

fn gender_of_title(title: &str) -> Option<Gender> {
    match title {
        "mr" | "sir" | "lord" | "king" | "prince" | "congressman" | "spokesman" | "chairman" => Some(Gender::Male),
        "mrs" | "ms" | "miss" | "lady" | "baroness" | "dame" | "queen" | "princess" | "congresswoman"
        | "spokeswoman" | "chairwoman" => Some(Gender::Female),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn span_of(text: &Text, words: &str) -> Span {
        let at = text.as_str().find(words).expect("the words stand in the text");
        text.span_of_bytes(at..at + words.len())
    }

    #[test]
    fn the_party_of_a_person_stands_before_the_name() {
        let registry = crate::speaker::registry::shipped();
        for (string, party) in [
            ("The German chancellor Ada Quill left.", Some("germany")),
            ("Turkey’s envoy Ada Quill left.", Some("turkey")),
            ("U.S. envoy for Syria Ada Quill left.", Some("us")),
            ("In Turkey, the minister Ada Quill left.", None),
            ("Turkey Quits\n\nForeign Minister Ada Quill left.", None),
            ("a call from Turkish President Bo Moor to German Chancellor Ada Quill", Some("germany")),
        ] {
            let text = Text::new(string);
            assert_eq!(party_before(&text, span_of(&text, "Ada Quill"), &registry).as_deref(), party, "{string}");
        }
        let party = |shown: &str| party_of_description(shown, &registry).map(|party| party.id.as_str());
        assert_eq!((party("the American diplomat"), party("the diplomat")), (Some("us"), None));
    }

    #[test]
    fn an_office_speaks_for_its_party() {
        let registry = crate::speaker::registry::shipped();
        for (string, party) in [
            ("The German chancellor Ada Quill left.", Some("germany")),
            ("Ada Quill, Turkey’s deputy foreign minister, left.", Some("turkey")),
            ("Ada Quill, the ambassador of Turkey, left.", Some("turkey")),
            ("Turkey’s envoy, Ada Quill, left.", Some("turkey")),
            ("As he told Turkey’s envoy, Ada Quill left.", None),
            ("Former Turkish minister Ada Quill left.", None),
            ("The Turkish climber Ada Quill left.", None),
            ("Ada Quill, a lawyer in Turkey, left.", None),
        ] {
            let text = Text::new(string);
            let name = span_of(&text, "Ada Quill");
            let office = office_beside(&text, name, &words_before(&text, name), &registry);
            assert_eq!(office.as_deref(), party, "{string}");
        }
        for (shown, party) in [
            ("a State Department spokesperson", Some("us")),
            ("two Turkish officials", Some("turkey")),
            ("an officer of the Turkish army", Some("turkey")),
            ("U.S. Embassy in Ankara", Some("us")),
            ("a former U.S. official", None),
            ("a Turkish baker", None),
        ] {
            assert_eq!(party_of_office(shown, &registry).map(|party| party.id.as_str()), party, "{shown}");
        }
    }

    #[test]
    fn he_and_she_fit_a_gender() {
        let she = Profile { gender: Some(Gender::Female), ..Profile::default() };
        assert!(she.fits(Form::She) && !she.fits(Form::He) && Profile::default().fits(Form::He));
    }

    #[test]
    fn titles_before_and_behind_a_name_are_read() {
        let text =
            Text::new("On Monday Deputy Foreign Minister Ada Quill met Bo Moor, a lawyer for the port, and Ms. Lund.");
        assert_eq!(words_before(&text, span_of(&text, "Ada Quill")), ["minister", "foreign", "deputy", "monday", "on"]);
        assert_eq!(apposition(&text, span_of(&text, "Bo Moor")), ["lawyer"]);
        assert_eq!(words_before(&text, span_of(&text, "Lund")), ["ms"]);
        let text = Text::new("Sen. Ada Quill (R-Idaho) met Bo Moor, D-Maine, and Lund (left).");
        assert_eq!(party_tag(&text, span_of(&text, "Ada Quill")), Some("republican"));
        assert_eq!(party_tag(&text, span_of(&text, "Bo Moor")), Some("democrat"));
        assert_eq!(party_tag(&text, span_of(&text, "Lund")), None);
        assert_eq!(gender_of_title("ms"), Some(Gender::Female));
        assert_eq!(nouns_of("sen"), ["senator", "lawmaker", "legislator"]);
        assert_eq!(nouns_of("envoy"), ["envoy", "diplomat"]);
    }
}
