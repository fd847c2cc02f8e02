//! What kind of word a word of a name is: the noun of an institution, a determiner, a title.

use crate::speaker::registry::Registry;
use crate::text::fold;

/// Last words that make a name one of an institution, whatever stands before them.
#[rustfmt::skip]
const BODIES: [&str; 36] = [
    "agency", "army", "assembly", "association", "authority", "bank", "bureau", "center", "centre", "command", "commission",
    "committee", "congress", "consulate", "corporation", "council", "court", "department", "embassy", "federation",
    "foundation", "fund", "institute", "league", "ministry", "observatory", "office", "organisation", "organization",
    "parliament", "party", "police", "senate", "tribunal", "union", "university",
];

/// Whether a name that ends in this word is one of an institution.
pub(super) fn is_body(word: &str) -> bool {
    BODIES.contains(&fold(word).as_str())
}

/// Whether a capitalised word begins a phrase and no name.
pub(super) fn is_determiner(word: &str) -> bool {
    matches!(word, "The" | "A" | "An" | "His" | "Her" | "Their" | "Its" | "One" | "Some")
}

/// Whether a word is a title, its full stop left out or not: `Mr`, `Sen`.
pub(in crate::speaker) fn is_title(word: &str, registry: &Registry) -> bool {
    registry.is_title(word) || registry.is_title(&format!("{word}."))
}
