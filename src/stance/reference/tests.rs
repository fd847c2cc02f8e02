use jiff::civil::date;
use proptest::prelude::*;

use super::*;
use crate::speaker::registry::shipped;
use crate::text::fold;

fn finder() -> &'static PartyFinder {
    use std::sync::LazyLock;
    static FINDER: LazyLock<PartyFinder> =
        LazyLock::new(|| PartyFinder::new(shipped()).expect("the registry is sound"));
    &FINDER
}

/// Party and words of every reference, as `turkey:Ankara`.
fn found(text: &str) -> Vec<String> {
    let text = Text::new(text);
    let references = finder().for_article(&text, Some(date(2020, 2, 12)));
    let name = |one: &PartyReference| format!("{}:{}", one.party, text.slice(one.span));
    references.all().iter().map(name).collect()
}

fn vias(text: &str) -> Vec<Via> {
    let text = Text::new(text);
    finder().for_article(&text, Some(date(2020, 2, 12))).all().iter().map(|one| one.via).collect()
}

#[test]
fn the_ways_to_name_a_party() {
    assert_eq!(
        found("Turkey’s troops left as Ankara and the Kremlin warned Assad; #Turkey thanks TK friends in the U.S."),
        ["turkey:Turkey", "turkey:Ankara", "russia:Kremlin", "syria:Assad", "turkey:Turkey", "turkey:TK", "us:U.S."]
    );
    assert_eq!(
        vias("Turkey met the Iranian side. Moscow, Erdoğan, the Kremlin and #Israel. Russian soldiers left."),
        [Via::Alias, Via::Demonym, Via::Capital, Via::Leader, Via::Metonym, Via::Hashtag, Via::Government]
    );
}

#[test]
fn allies_and_governments_count_for_the_state_named() {
    assert_eq!(found("Iranian-backed forces, Russian-backed militias"), ["iran:Iranian", "russia:Russian"]);
    assert_eq!(
        found("the Syrian regime, the Damascus regime, the Assad regime, the Trump administration"),
        ["syria:Syrian regime", "syria:Damascus", "syria:Assad", "us:Trump administration"]
    );
}

#[test]
fn the_syrian_people_and_opposition_are_not_the_state() {
    assert_eq!(
        found("Syrian refugees and the Syrian opposition met Syrian Kurds."),
        ["syrian-opposition:Syrian opposition", "kurds:Syrian Kurds"]
    );
}

#[test]
fn lookalikes_are_no_parties() {
    for text in [
        "The New York Times and the Washington Post wrote it.",
        "He lives in Washington state, she in Moscow, Idaho.",
        "Michael Jordan, Jim Jordan, Rep. Jordan and Mr. Jordan; Jordan left. Chad Miller left.",
        "Brussels sprouts with a turkey sandwich for Paris Hilton and London Breed",
        "Join us, they told us, and trust us. CONTACT US",
        "See www.russia-watch.example and https://news.example/iran-talks or russia.example.",
        "It costs US$5.",
        "The voters of Georgia and the mayor of Atlanta",
        "ANKARA — Ministers met.\nMOSCOW, Feb. 12 (Agency) The talks ended.",
        "Bilal Erdoğan",
        "North America, Latin Americans and African-American voters",
        "The Korea question",
    ] {
        assert_eq!(found(text), Vec::<String>::new(), "{text}");
    }
    assert_eq!(found("South Korea’s Joint Chiefs of Staff"), ["south-korea:South Korea"]);
    assert_eq!(found("The talks in Jordan ended; Jordan’s king spoke."), ["jordan:Jordan", "jordan:Jordan"]);
    assert_eq!(found("Islamic State fighters"), ["isis:Islamic State"]);
    assert_eq!(found("the Iran nuclear deal"), ["iran:Iran"]);
    assert_eq!(found("US forces and the UN met the EU."), ["us:US", "un:UN", "eu:EU"]);
}

#[test]
fn the_article_decides_on_common_nouns() {
    assert!(found("The rebels and the opposition met; the alliance fell; the regime shook.").is_empty());
    assert_eq!(
        found("In Syria, the rebels joined. They trust the opposition, not opposition research."),
        ["syria:Syria", "syrian-opposition:rebels", "syrian-opposition:opposition"]
    );
    assert_eq!(found("NATO met. The alliance’s chief spoke."), ["nato:NATO", "nato:alliance"]);
    assert_eq!(found("Tehran must act, and the regime knows it."), ["iran:Tehran", "iran:regime"]);
    assert_eq!(found("Tehran and Damascus know: the regime must act."), ["iran:Tehran", "syria:Damascus"]);
    assert_eq!(found("Assad, Assad and Damascus, not Tehran: the regime.").last().unwrap(), "syria:regime");
    assert_eq!(found("Tbilisi is the capital of Georgia."), ["georgia:Tbilisi", "georgia:Georgia"]);
    assert_eq!(
        found("The Venezuelan opposition spoke on Syria."),
        ["venezuelan-opposition:Venezuelan opposition", "syria:Syria"]
    );
}

#[test]
fn a_surname_shared_by_many_needs_its_country() {
    assert!(found("Kim spoke. Kim Davis left.").is_empty());
    assert_eq!(found("The North Korean army and the North"), ["north-korea:North Korean", "north-korea:North"]);
    assert_eq!(
        found("North Korea waits. Kim spoke; Kim Davis and Sam Kim left."),
        ["north-korea:North Korea", "north-korea:Kim"]
    );
}

#[test]
fn leaders_count_while_they_lead() {
    let text = Text::new("Rouhani, Ahmadinejad");
    let leaders = |year| {
        let references = finder().for_article(&text, Some(date(year, 6, 1)));
        references.all().iter().map(|one| text.slice(one.span).to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(leaders(2010), ["Ahmadinejad"]);
    assert_eq!(leaders(2019), ["Rouhani"]);
    assert!(leaders(2023).is_empty());
    assert_eq!(finder().for_article(&text, None).all().len(), 2);
}

#[test]
fn a_region_gives_what_lies_inside() {
    let text = Text::new("Russia said: “Turkey and the U.S. agreed.” Iran did not.");
    let quote = Span::new(14, 41).unwrap();
    assert_eq!(text.slice(quote), "Turkey and the U.S. agreed.");
    let inside = finder().find(&text, quote, None);
    assert_eq!(inside.iter().map(|one| text.slice(one.span)).collect::<Vec<_>>(), ["Turkey", "U.S."]);
}

#[test]
fn the_shipped_registry_is_as_large_as_promised() {
    let registry = shipped();
    assert!(registry.parties().len() >= 60 && registry.speakers().len() >= 150);
    for speaker in registry.speakers() {
        assert_eq!(speaker.id, crate::speaker::registry::entity_id(&speaker.name), "{}", speaker.name);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]
    #[test]
    fn every_reference_slices_and_folds_to_a_phrase(
        parts in prop::collection::vec(
            prop_oneof![
                prop::sample::select(vec![
                    "Syria", "Assad", "the regime", "KALIN", "U.S.", "US", "rebels", "Türkiye", "Kim", "North Korea",
                    "Syrian army", "#Turkey", "the alliance", "NATO", "Erdoğan", "Georgia", "Tbilisi", "opposition",
                ]).prop_map(str::to_owned),
                prop::sample::select(vec![" ", "\n", "\n\n", "’s ", ", ", "\u{301}", "…", "-"]).prop_map(str::to_owned),
                "\\PC{0,3}",
            ],
            0..24,
        ),
    ) {
        let text = Text::new(parts.concat());
        let keys: std::collections::HashSet<String> = {
            let (phrases, _) = Lexicon::of(&shipped()).into_parts();
            phrases.iter().map(|(phrase, _)| fold(phrase).trim_start_matches("the ").to_owned()).collect()
        };
        let mut end = 0;
        for reference in finder().for_article(&text, None).all() {
            let words = text.get(reference.span).expect("a reference lies in the text");
            prop_assert!(keys.contains(&fold(words)), "{}", words);
            prop_assert!(shipped().party(&reference.party).is_some());
            prop_assert!(reference.span.start() >= end);
            end = reference.span.end();
        }
    }
}
