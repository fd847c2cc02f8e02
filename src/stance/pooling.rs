//! The stances of one speaker toward one party in an article, read together.
//!
//! Who is against a party in one quotation is seldom for it in the next. So the reading of a quotation is weighed with
//! what the network read in the same speaker's other quotations of the article toward the same party: a product of
//! experts (Hinton 2002) of the own reading and of the mean of the others, less what is usual. However many the others
//! are, they outweigh a doubtful reading only. The constants were chosen on the development part of the diplomacy set
//! (`scripts/train/RESULTS.md`).

use std::collections::{BTreeSet, HashMap};
use std::hash::Hash;

use super::{PartyStance, StanceScores};

/// How much the other quotations count beside the own reading: the exponent of their factor.
const WEIGHT: f32 = 0.5;
/// With how many readings of the usual kind the mean of the others begins.
const BEGIN: f32 = 0.5;
/// The part of what is usual in that mean, however many there are.
const DOUBT: f32 = 0.1;
/// What stances are usual toward a party.
const USUAL: StanceScores = StanceScores { favor: 0.14, neutral: 0.58, against: 0.28 };
/// An own share counts as at least this, so that no stance is out of the question.
const LEAST: f32 = 1e-4;

/// Weighs the stances of each quotation with those of its speakers' other quotations; `speakers` has one entry a
/// quotation. A quotation without a speaker stays as it was read. Quotations that lie in each other share the words for
/// a party, which are one reading and not two.
///
/// # Panics
/// When there is not one entry a quotation.
pub fn pool<S: Copy + Eq + Hash>(stances: &mut [Vec<PartyStance>], speakers: &[&[S]]) {
    assert_eq!(stances.len(), speakers.len(), "one entry a quotation");
    let mut said: HashMap<S, Vec<usize>> = HashMap::new();
    for (at, names) in speakers.iter().enumerate() {
        for &name in *names {
            said.entry(name).or_default().push(at);
        }
    }
    let read = stances.to_vec();
    for (at, own) in stances.iter_mut().enumerate() {
        let others: BTreeSet<usize> =
            speakers[at].iter().flat_map(|name| &said[name]).copied().filter(|&other| other != at).collect();
        for stance in own {
            let same = others.iter().flat_map(|&other| &read[other]).filter(|other| {
                other.party == stance.party && !other.evidence.iter().any(|words| stance.evidence.contains(words))
            });
            stance.scores = weighed(stance.scores, same.map(|other| other.scores));
        }
    }
}

/// The own reading, weighed with the others.
fn weighed(own: StanceScores, others: impl Iterator<Item = StanceScores>) -> StanceScores {
    let (mut count, mut sum) = (0.0, [0.0; 3]);
    for other in others {
        count += 1.0;
        for (all, one) in sum.iter_mut().zip(shares(other)) {
            *all += one;
        }
    }
    if count == 0.0 {
        return own;
    }
    let mut out = [0.0; 3];
    for (at, (read, usual)) in shares(own).into_iter().zip(shares(USUAL)).enumerate() {
        let mean = (1.0 - DOUBT) * (sum[at] + BEGIN * usual) / (count + BEGIN) + DOUBT * usual;
        out[at] = read.max(LEAST) * (mean / usual).powf(WEIGHT);
    }
    let all: f32 = out.iter().sum();
    let [favor, neutral, against] = out.map(|one| one / all);
    StanceScores { favor, neutral, against }
}

fn shares(scores: StanceScores) -> [f32; 3] {
    [scores.favor, scores.neutral, scores.against]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Span;
    use proptest::prelude::*;

    fn toward(party: &str, favor: f32, against: f32) -> PartyStance {
        let scores = StanceScores { favor, neutral: 1.0 - favor - against, against };
        PartyStance { party: party.into(), scores, evidence: Vec::new() }
    }

    #[test]
    fn a_doubtful_reading_follows_what_the_speaker_says_elsewhere() {
        let mut stances = vec![
            vec![toward("norland", 0.1, 0.42)],
            vec![toward("norland", 0.02, 0.95)],
            vec![toward("norland", 0.1, 0.42)],
        ];
        pool(&mut stances, &[&["olm"], &["olm"], &["berg"]]);
        assert!(stances[0][0].scores.judges() && stances[0][0].scores.against > 0.5, "{:?}", stances[0]);
        assert_eq!(stances[2][0], toward("norland", 0.1, 0.42), "another speaker");
    }

    #[test]
    fn other_parties_and_quotations_without_a_speaker_do_not_count() {
        let before =
            vec![vec![toward("norland", 0.3, 0.3)], vec![toward("suvia", 0.0, 1.0)], vec![toward("norland", 0.0, 1.0)]];
        let mut stances = before.clone();
        pool(&mut stances, &[&["olm"], &["olm"], &[]]);
        assert_eq!(stances, before);
    }

    #[test]
    fn a_sure_reading_stays_however_many_others_there_are() {
        for (sure, other) in [((0.95, 0.01), (0.01, 0.98)), ((0.01, 0.9), (0.01, 0.01)), ((0.04, 0.01), (0.98, 0.01))] {
            let own = toward("norland", sure.0, sure.1);
            let mut stances = vec![vec![toward("norland", other.0, other.1)]; 41];
            stances[0] = vec![own.clone()];
            pool(&mut stances, &[["olm"].as_slice(); 41]);
            let likeliest = |scores: StanceScores| {
                let shares = shares(scores);
                (0..3).max_by(|&one, &two| shares[one].total_cmp(&shares[two]))
            };
            assert_eq!(likeliest(stances[0][0].scores), likeliest(own.scores), "{:?}", stances[0]);
        }
    }

    #[test]
    fn the_same_words_for_a_party_are_read_once() {
        let words = |start: usize| vec![Span::new(start, start + 3).expect("in order")];
        let clause = PartyStance { evidence: words(4), ..toward("norland", 0.1, 0.42) };
        let fragment = PartyStance { evidence: words(4), ..toward("norland", 0.0, 0.98) };
        let before = vec![vec![clause], vec![fragment]];
        let mut stances = before.clone();
        pool(&mut stances, &[&["olm"], &["olm"]]);
        assert_eq!(stances, before);
    }

    #[test]
    fn joint_speakers_bring_a_quotation_of_both_once() {
        let both = [toward("norland", 0.3, 0.4), toward("norland", 0.1, 0.8)].map(|one| vec![one]);
        let mut single = both.to_vec();
        let mut joint = both.to_vec();
        pool(&mut single, &[&["olm"], &["olm"]]);
        pool(&mut joint, &[&["olm", "berg"], &["olm", "berg"]]);
        assert_eq!(single, joint);
    }

    proptest! {
        #[test]
        fn probabilities_sum_to_one_whatever_was_read(read in prop::collection::vec((0.0_f32..1.0, 0.0_f32..1.0), 1..6)) {
            let mut stances: Vec<Vec<PartyStance>> =
                read.iter().map(|&(favor, rest)| vec![toward("norland", favor, (1.0 - favor) * rest)]).collect();
            let speakers: Vec<&[&str]> = vec![&["olm"]; stances.len()];
            pool(&mut stances, &speakers);
            for stance in stances.iter().flatten() {
                let sum: f32 = shares(stance.scores).iter().sum();
                prop_assert!((sum - 1.0).abs() < 1e-4 && shares(stance.scores).iter().all(|one| (0.0..=1.0).contains(one)));
            }
        }
    }
}
