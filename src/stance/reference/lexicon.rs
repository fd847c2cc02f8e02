//! The phrases that the automaton looks for, each with what it can mean. Phrases are listed once however many
//! entries hold them: `the regime` is three parties' word.
use std::collections::HashMap;

use super::Via;
use crate::speaker::registry::{CaseRule, Party, Registry, Tenure};
use crate::text::fold;

/// What a phrase can mean. Numbers are positions in the registry.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sense {
    /// It refers to a party.
    Name { party: usize, via: Via },
    /// It does so behind `#` only.
    Hashtag { party: usize },
    /// It names the leader of a party; `full_name` is the speaker whose full name has to stand in the article too.
    Leader { party: usize, tenure: Tenure, full_name: Option<usize> },
    /// It refers to a party where the condition holds.
    Conditional { party: usize, condition: usize },
    /// It shows that the article speaks of a party, and refers to nothing: `Syrian` in `Syrian refugees`.
    Topic { party: usize },
    /// It looks like a party and is none.
    Lookalike,
    /// It is the full name of a speaker.
    FullName { speaker: usize },
    /// A condition asks for it.
    Word,
}

/// Phrases with their senses, in the making.
#[derive(Debug, Default)]
pub(super) struct Lexicon {
    phrases: Vec<(String, CaseRule)>,
    senses: Vec<Vec<Sense>>,
    positions: HashMap<(String, CaseRule), usize>,
}

impl Lexicon {
    /// Everything that a registry gives.
    pub fn of(registry: &Registry) -> Self {
        let mut lexicon = Self::default();
        for phrase in registry.lookalikes() {
            lexicon.add(phrase, registry.case_rule(phrase), Sense::Lookalike);
        }
        for (position, party) in registry.parties().iter().enumerate() {
            lexicon.add_names(registry, position, party);
            lexicon.add_leaders(registry, position, party);
            lexicon.add_conditional(registry, position, party);
        }
        lexicon
    }

    /// The phrases for the matcher, and the senses in the same order.
    pub fn into_parts(self) -> (Vec<(String, CaseRule)>, Vec<Vec<Sense>>) {
        (self.phrases, self.senses)
    }

    fn add(&mut self, phrase: &str, case: CaseRule, sense: Sense) {
        let position = *self.positions.entry((fold(phrase), case)).or_insert_with(|| {
            self.phrases.push((phrase.to_owned(), case));
            self.senses.push(Vec::new());
            self.senses.len() - 1
        });
        if !self.senses[position].contains(&sense) {
            self.senses[position].push(sense);
        }
    }

    fn add_names(&mut self, registry: &Registry, position: usize, party: &Party) {
        let lists = [
            (&party.demonyms, Via::Demonym),
            (&party.capitals, Via::Capital),
            (&party.government, Via::Government),
            (&party.army, Via::Government),
            (&party.metonyms, Via::Metonym),
        ];
        let lists = lists.into_iter().flat_map(|(list, via)| list.iter().map(move |name| (name.as_str(), via)));
        let names = party.names().map(|name| (name, Via::Alias));
        for (name, via) in names.chain(lists) {
            self.add(name, registry.case_rule(name), Sense::Name { party: position, via });
        }
        for tag in &party.hashtags {
            self.add(tag, CaseRule::Any, Sense::Hashtag { party: position });
        }
        for adjective in &party.state_adjectives {
            self.add(adjective, registry.case_rule(adjective), Sense::Topic { party: position });
            for noun in registry.state_nouns() {
                let sense = Sense::Name { party: position, via: Via::Government };
                self.add(&format!("{adjective} {noun}"), CaseRule::Any, sense);
            }
        }
    }

    fn add_leaders(&mut self, registry: &Registry, position: usize, party: &Party) {
        for leader in &party.leaders {
            let Some(number) = registry.speakers().iter().position(|speaker| speaker.id == leader.speaker) else {
                continue;
            };
            let speaker = &registry.speakers()[number];
            let sense = |full_name| Sense::Leader { party: position, tenure: leader.tenure, full_name };
            for name in speaker.sure_names() {
                self.add(name, registry.speaker_case_rule(name), sense(None));
            }
            for name in &speaker.ambiguous {
                self.add(name, registry.speaker_case_rule(name), sense(Some(number)));
            }
            if !speaker.ambiguous.is_empty() {
                for name in speaker.sure_names().filter(|name| name.contains(' ')) {
                    self.add(name, registry.speaker_case_rule(name), Sense::FullName { speaker: number });
                }
            }
        }
    }

    fn add_conditional(&mut self, registry: &Registry, position: usize, party: &Party) {
        for (number, condition) in party.conditional.iter().enumerate() {
            for phrase in &condition.phrases {
                let sense = Sense::Conditional { party: position, condition: number };
                self.add(phrase, registry.case_rule(phrase), sense);
            }
            for word in condition.with_words.iter().chain(&condition.without_words) {
                self.add(word, registry.case_rule(word), Sense::Word);
            }
        }
    }
}
