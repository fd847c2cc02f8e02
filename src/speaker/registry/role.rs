//! Role keys: one key for the ways in which a role is put. `NATO's Secretary-General`, `the secretary general of
//! NATO` and `NATO secretary general` are one role, and so are spokesmen, spokeswomen and spokespersons.
use crate::text::fold;

/// Words that make a role not the present holder's, or nobody's in particular.
const OTHERS: [&str; 15] = [
    "former", "ex", "late", "a", "an", "one", "some", "several", "another", "any", "unnamed", "no", "every", "next",
    "other",
];

/// Words that do not tell roles apart.
const EMPTY: [&str; 12] = ["the", "its", "their", "his", "her", "our", "then", "current", "s", "mr", "mrs", "ms"];

/// The key of a role or of a party's name within one.
pub(super) fn role_key(phrase: &str) -> String {
    let folded = fold(phrase).replace('.', "").replace("'s ", " ").replace("s' ", "s ").replace('-', " ");
    let folded = folded.strip_suffix("'s").unwrap_or(&folded);
    let mut key = String::with_capacity(folded.len());
    for word in folded.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()) {
        if EMPTY.contains(&word) {
            continue;
        }
        if !key.is_empty() {
            key.push(' ');
        }
        key.push_str(match word {
            "spokesman" | "spokeswoman" => "spokesperson",
            "spokesmen" | "spokeswomen" => "spokespersons",
            "defence" => "defense",
            "adviser" => "advisor",
            "organisation" => "organization",
            "chairman" | "chairwoman" | "chairperson" => "chair",
            other => other,
        });
    }
    key
}

/// Whether a nominal speaks of somebody else than the one present holder: `a former secretary of state`.
pub(super) fn is_of_others(nominal: &str) -> bool {
    fold(nominal).split(|c: char| !c.is_alphanumeric()).any(|word| OTHERS.contains(&word))
}

/// The ways to see a role as a party and a noun: every run of words that `is_party` knows is taken out, with an `of`
/// before it.
pub(super) fn readings(key: &str, is_party: impl Fn(&str) -> Option<usize>) -> Vec<(usize, String)> {
    /// Words in the longest party name that is tried.
    const LONGEST: usize = 5;
    let words: Vec<&str> = key.split(' ').collect();
    let mut readings = Vec::new();
    for start in 0..words.len() {
        for end in (start + 1..=words.len().min(start + LONGEST)).rev() {
            let Some(party) = is_party(&words[start..end].join(" ")) else {
                continue;
            };
            let head = words[..start].strip_suffix(&["of"]).unwrap_or(&words[..start]);
            let noun = [head, &words[end..]].concat().join(" ");
            if !noun.is_empty() {
                readings.push((party, noun));
            }
            break;
        }
    }
    readings
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_ways_to_put_a_role_share_a_key() {
        for role in ["NATO Secretary-General", "NATO’s secretary general", "the NATO secretary general"] {
            assert_eq!(role_key(role), "nato secretary general");
        }
        assert_eq!(role_key("U.S. Defence Secretary"), "us defense secretary");
        assert_eq!(role_key("the United Nations’ spokeswoman"), "united nations spokesperson");
    }

    #[test]
    fn former_and_unnamed_holders_are_others() {
        assert!(is_of_others("former Secretary of State") && is_of_others("a State Department spokesperson"));
        assert!(is_of_others("ex-president of Turkey"));
        assert!(!is_of_others("the Secretary of State") && !is_of_others("Turkey's president"));
    }

    #[test]
    fn a_party_is_taken_out_wherever_it_stands() {
        let party = |name: &str| ["us", "un", "united states"].iter().position(|&known| known == name);
        assert_eq!(
            readings("us ambassador to un", party),
            [(0, "ambassador to un".to_owned()), (1, "us ambassador to".to_owned())]
        );
        assert_eq!(readings("president of united states", party), [(2, "president".to_owned())]);
        assert_eq!(readings("top us diplomat", party), [(0, "top diplomat".to_owned())]);
    }
}
