//! Candidates of what a pronoun or a description stands for, and what agreement says of them.

use std::ops::Range;

use super::cast::EntityAt;
use super::features::{self, NameFacts};
use super::form::{Form, folded_words, head_noun};
use super::name::Name;
use super::noun::{NounKind, is_office};
use super::profile::{Gender, Profile, party_of_description};
use super::registry::{PartyKind, Registry};
use super::resolver::{Scene, SpeakerResolver};
use super::scorer::{Choice, decide};
use crate::model::{Model, ModelError, PairScorer};
use crate::quote::Mention;
use crate::text::Span;

/// How far, in pieces, a name may stand before and behind what stands for it.
const NAME_REACH: (usize, usize) = (600, 60);
/// The name head may be wrong about what is a person: agreement never multiplies by less.
const AGREEMENT_FLOOR: f32 = 0.02;
/// Factor of a name whose bearer has the other gender: given names and titles are sure, but not quite.
const WRONG_GENDER: f32 = 0.03;
/// Factor of a name whose bearer has the role that the description says, and of one who holds the office that it says.
const SAME_ROLE: f32 = 15.0;
const SAME_OFFICE: f32 = 60.0;
/// Factors of a name whose bearer has the party that the description says, of the same where the description says nothing
/// else (`the American`), and of one who has another.
const SAME_PARTY: f32 = 6.0;
const PARTY_ALONE: f32 = 25.0;
const OTHER_PARTY: f32 = 0.1;
/// Factor of a name for `the source`, who is nobody named.
const ANONYMOUS: f32 = 0.001;
/// Factor of a person for `they`.
const ONE_OF_MANY: f32 = 0.15;

/// What an antecedent candidate is.
#[derive(Clone, Copy, Debug)]
pub(super) enum Target {
    Name(usize),
    Source(usize),
}

/// One mention that asks, its candidates and what they are.
pub(super) struct AntecedentChoice {
    choice: Choice<{ features::ANTECEDENT }>,
    pub(super) targets: Vec<Target>,
    /// How each candidate agrees with the mention.
    agreements: Vec<f32>,
}

impl AntecedentChoice {
    /// Keeps the invariant that `he`, `she` and `the envoy` are persons of that gender and role, and that `it`, `the embassy`
    /// and `the envoys` are none: probabilities are weighed by it, and the sum is kept.
    fn agree(&self, probabilities: &mut [f32]) {
        for (probability, agreement) in probabilities.iter_mut().zip(&self.agreements) {
            *probability *= agreement;
        }
        let sum: f32 = probabilities.iter().sum();
        for probability in probabilities.iter_mut() {
            *probability /= sum;
        }
    }

    /// All probability on the last name before the mention.
    fn nearest(&self) -> Vec<f32> {
        let mut out = vec![0.0; self.choice.features.len()];
        let best = (0..self.targets.len())
            .filter(|&at| {
                matches!(self.targets[at], Target::Name(_)) && self.choice.keys[at].end <= self.choice.query.start
            })
            .max_by_key(|&at| self.choice.keys[at].start);
        let last = out.len() - 1;
        out[best.unwrap_or(last)] = 1.0;
        out
    }
}

impl SpeakerResolver<'_> {
    /// Probabilities of the candidates of each choice, none last.
    pub(super) fn decide_antecedents(
        &self,
        model: &dyn Model,
        scene: &Scene,
        choices: &[AntecedentChoice],
    ) -> Result<Vec<Vec<f32>>, ModelError> {
        if self.settings.nearest_name {
            return Ok(choices.iter().map(AntecedentChoice::nearest).collect());
        }
        let pure: Vec<Choice<{ features::ANTECEDENT }>> = choices.iter().map(|choice| choice.choice.clone()).collect();
        let temperature = self.settings.antecedent_temperature;
        let mut decided = decide(model, PairScorer::Antecedent, &scene.vectors.view(), &pure, temperature)?;
        for (choice, probabilities) in choices.iter().zip(&mut decided) {
            choice.agree(probabilities);
        }
        Ok(decided)
    }
}

/// Positions before `at`.
pub(super) fn before(positions: &[usize], at: usize) -> Vec<usize> {
    positions.iter().copied().filter(|&position| position < at).collect()
}

/// What a mention says of whom it stands for.
struct Description {
    form: Form,
    /// The head noun of a description.
    noun: Option<String>,
    /// The party that a description names.
    party: Option<String>,
    /// Whether that party is a country, so that who belongs to another one is not meant.
    of_country: bool,
    /// Whether the party is all that it says: `the American`.
    party_alone: bool,
}

impl Description {
    fn of(shown: &str, registry: &Registry) -> Self {
        let party = party_of_description(shown, registry);
        let last = shown.rsplit([' ', '\u{a0}']).next().unwrap_or(shown);
        Self {
            form: Form::of(shown),
            noun: head_noun(shown),
            of_country: party.as_ref().is_some_and(|party| party.kind == PartyKind::Country),
            party_alone: party.is_some() && registry.party_of_name(last).is_some(),
            party: party.map(|party| party.id.clone()),
        }
    }

    /// Whether it hides who is meant: `the source`.
    fn is_anonymous(&self) -> bool {
        matches!(self.noun.as_deref(), Some("source" | "sources" | "insider" | "insiders"))
    }
}

/// How well a candidate agrees with a mention: a factor for its probability.
fn agreement(mention: &Description, person: f32, profile: &Profile) -> f32 {
    let party = match (&mention.party, &profile.party) {
        (Some(said), Some(own)) if said == own => SAME_PARTY,
        (Some(_), Some(_)) if mention.of_country => OTHER_PARTY,
        _ => 1.0,
    };
    let person = if profile.person { 1.0 } else { person };
    let gender = |own: Gender| match profile.gender {
        Some(known) if known != own => WRONG_GENDER,
        _ => 1.0,
    };
    match (mention.form, mention.noun.as_deref()) {
        (Form::He, _) => person.max(AGREEMENT_FLOOR) * gender(Gender::Male),
        (Form::She, _) => person.max(AGREEMENT_FLOOR) * gender(Gender::Female),
        (Form::It, _) => (1.0 - person).max(AGREEMENT_FLOOR),
        (Form::They, _) => (1.0 - person).max(ONE_OF_MANY),
        // `the Idaho Republican`.
        (Form::Name, Some(noun @ ("republican" | "democrat"))) => {
            person.max(AGREEMENT_FLOOR) * if profile.roles.iter().any(|own| own == noun) { SAME_ROLE } else { 1.0 }
        }
        (Form::Nominal | Form::Name, Some(noun)) => match NounKind::of(noun) {
            NounKind::Person => {
                let role = if is_office(noun) { SAME_OFFICE } else { SAME_ROLE };
                let role = if profile.roles.iter().any(|own| own == noun) { role } else { 1.0 };
                person.max(AGREEMENT_FLOOR) * role * party
            }
            NounKind::Other => (1.0 - person).max(AGREEMENT_FLOOR),
            NounKind::Unknown if mention.party_alone => {
                person.max(AGREEMENT_FLOOR) * if party > 1.0 { PARTY_ALONE } else { party }
            }
            NounKind::Unknown => 1.0,
        },
        _ => 1.0,
    }
}

/// The candidates of a mention: names around it, with what is known of their bearers, and the sources without a name at
/// the positions `unnamed`.
pub(super) fn antecedent_choice(
    scene: &Scene,
    (names, owners, profiles): (&[Name], &[EntityAt], &[Profile]),
    mention: &Mention,
    unnamed: &[usize],
    registry: &Registry,
) -> AntecedentChoice {
    let shown = scene.text.slice(mention.span);
    let description = Description::of(shown, registry);
    let form = description.form;
    let own: Vec<String> = folded_words(shown).into_iter().filter(|word| word.chars().count() > 2).collect();
    let mut candidates: Vec<(Target, &Range<usize>, Span, [f32; 3])> = Vec::new();
    for (index, name) in names.iter().enumerate() {
        let reach = if name.pieces.end <= mention.tokens.start { NAME_REACH.0 } else { NAME_REACH.1 };
        if !name.span.overlaps(&mention.span) && features::gap(&mention.tokens, &name.pieces) <= reach {
            candidates.push((Target::Name(index), &name.pieces, name.span, name.kinds));
        }
    }
    for &index in unnamed {
        let source = &scene.sources[index];
        if features::gap(&mention.tokens, &source.tokens) <= NAME_REACH.0 {
            candidates.push((Target::Source(index), &source.tokens, source.span, [1.0, 0.0, 0.0]));
        }
    }
    candidates.sort_by_key(|candidate| candidate.1.start);
    let last_words: Vec<Vec<String>> =
        candidates.iter().map(|candidate| folded_words(scene.text.slice(candidate.2))).collect();
    let nearest = candidates
        .iter()
        .filter(|candidate| candidate.1.end <= mention.tokens.start)
        .map(|candidate| candidate.1.start)
        .max();
    let mut choice = Choice { query: mention.tokens.clone(), keys: Vec::new(), features: Vec::new() };
    let mut targets = Vec::new();
    let nobody = Profile::default();
    let agreements = candidates
        .iter()
        .map(|(target, _, _, kinds)| {
            match target {
                Target::Name(_) if description.is_anonymous() => ANONYMOUS,
                Target::Name(index) => agreement(&description, kinds[0], &profiles[owners[*index].0]),
                // Sources without a name may be several people.
                Target::Source(_) if form == Form::They => 1.0,
                Target::Source(_) => agreement(&description, kinds[0], &nobody),
            }
        })
        .collect();
    for ((target, pieces, span, kinds), words) in candidates.iter().zip(&last_words) {
        let facts = NameFacts {
            form,
            shares: words.iter().any(|word| own.contains(word)),
            count: last_words.iter().filter(|other| other.last() == words.last()).count(),
            nearest: nearest == Some(pieces.start),
            possessive: matches!(
                (scene.text.char_at(span.end()), scene.text.char_at(span.end() + 1)),
                (Some('\'' | '’'), Some('s'))
            ),
            kinds: *kinds,
        };
        choice.features.push(scene.places.antecedent(&mention.tokens, pieces, &facts));
        choice.keys.push((*pieces).clone());
        targets.push(*target);
    }
    choice.features.push(features::antecedent_none(form));
    AntecedentChoice { choice, targets, agreements }
}
