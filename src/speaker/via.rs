//! Through whom words come: who reports what somebody else said.

use super::cast::{Cast, EntityAt, EntityKind};
use super::link::{Links, in_one_sentence};
use super::meaning::Meaning;
use super::registry::Registry;
use super::resolver::Scene;
use crate::text::{Span, Text};

/// A further source in the sentence counts as one through which the words come from this link probability on.
const VIA: f32 = 0.25;
/// Who reports gives way to another source that has this link probability.
const REPORTED: f32 = 0.02;

/// The links without the likeliest source, and whom it means, where that only reports and another source is left: `Quill
/// said so, the Harbour Times reported` has the speaker Quill and comes through the Times; `Quill said so, according to a
/// transcript` through the transcript.
pub(super) fn without_reporter(
    scene: &Scene,
    links: &Links,
    meanings: &[Meaning],
    cast: &Cast,
    registry: &Registry,
) -> Option<(Links, EntityAt)> {
    let reporter = |source: usize| match meanings[source].entities.as_slice() {
        [(entity, _)] if registry.is_medium(&cast.entity(*entity).name) => Some(*entity),
        [(entity, _), ..] if follows_according_to(scene, source) => Some(*entity),
        _ => None,
    };
    let best = links.sources.iter().max_by(|a, b| a.1.total_cmp(&b.1));
    let (reporting, probability) = best.copied().filter(|best| best.1 > links.none)?;
    let entity = reporter(reporting)?;
    let others: Vec<(usize, f32)> = links
        .sources
        .iter()
        .copied()
        .filter(|(source, _)| {
            *source != reporting && reporter(*source).is_none() && is_beside(scene, *source, reporting)
        })
        .collect();
    let left: f32 = others.iter().map(|other| other.1).sum();
    let rest = 1.0 - probability;
    if left < REPORTED || left < 0.5 * rest {
        return None;
    }
    let sources = others.into_iter().map(|(source, share)| (source, share / rest)).collect();
    Some((Links { sources, none: (1.0 - left / rest).max(0.0) }, entity))
}

/// Whether a source stands where one reports it: in the clause or before it in the sentence of an `according to`, in the paragraph of a medium.
fn is_beside(scene: &Scene, source: usize, reporting: usize) -> bool {
    let [here, there] = [source, reporting].map(|at| &scene.sources[at]);
    if follows_according_to(scene, reporting) {
        // Behind a comma another clause has its own source: `according to Quill, while Moor said the port was to blame`.
        let behind = Span::new(there.span.end(), here.span.start());
        in_one_sentence(scene.text, here.span, there.span)
            && !behind.is_ok_and(|gap| scene.text.slice(gap).contains([',', ';']))
    } else {
        scene.places.paragraphs[here.tokens.start] == scene.places.paragraphs[there.tokens.start]
    }
}

fn follows_according_to(scene: &Scene, source: usize) -> bool {
    let start = scene.sources[source].span.start();
    let before = Span::ordered(start.saturating_sub("according to ".len()), start);
    scene.text.slice(before).eq_ignore_ascii_case("according to ")
}

/// Organizations and unnamed sources of the same sentence that share the link: the words come through them.
pub(super) fn via(
    scene: &Scene,
    links: &Links,
    meanings: &[Meaning],
    source: usize,
    speakers: &[EntityAt],
    cast: &Cast,
) -> Vec<EntityAt> {
    use EntityKind::{Organization, Unnamed};
    let here = scene.sources[source].span;
    let mut out = Vec::new();
    for (other, probability) in &links.sources {
        let there = scene.sources[*other].span;
        if *other == source
            || *probability < VIA
            || !in_one_sentence(scene.text, here, there)
            || is_one(scene.text, here, there)
        {
            continue;
        }
        for (entity, share) in &meanings[*other].entities {
            let through = matches!(cast.entity(*entity).kind, Organization | Unnamed);
            if through && *share > 0.5 && !speakers.contains(entity) && !out.contains(entity) {
                out.push(*entity);
            }
        }
    }
    out
}

/// Whether two mentions are parts of one: an institution and a title before a name.
fn is_one(text: &Text, one: Span, other: Span) -> bool {
    let (left, right) = (one.min(other), one.max(other));
    let gap = Span::new(left.end(), right.start()).map_or("", |gap| text.slice(gap));
    gap.split([' ', '\u{a0}']).all(|word| word.is_empty() || word.starts_with(char::is_uppercase))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::speaker::scenes::ask;

    /// The source that is left as the likeliest when the last of two mentions is, and whether the words come through that.
    fn left(string: &str, mentions: [&str; 2], first: f32) -> Option<usize> {
        let mut cast = Cast::default();
        let [one, other] = mentions.map(|mention| cast.unnamed(mention, None));
        let meanings = [one, other].map(|entity| Meaning { entities: vec![(entity, 1.0)], joint: false });
        let links = Links { sources: vec![(0, first), (1, 0.9)], none: 0.1 - first };
        let registry = Registry::from_toml(include_str!("../../corpus/registry.toml")).expect("sound");
        ask(string, &mentions, |scene, _| {
            let (rest, reporter) = without_reporter(scene, &links, &meanings, &cast, &registry)?;
            assert_eq!(reporter, other);
            rest.sources.iter().max_by(|a, b| a.1.total_cmp(&b.1)).map(|best| best.0)
        })
    }

    #[test]
    fn who_reports_gives_way_to_who_speaks() {
        assert_eq!(
            left("“We stay,” Quill said, the Harbour Times reported.", ["Quill", "the Harbour Times"], 0.08),
            Some(0)
        );
        assert_eq!(left("“We stay,” Quill said, according to a transcript.", ["Quill", "a transcript"], 0.08), Some(0));
        assert_eq!(left("“We stay,” Quill said, asked by an aide.", ["Quill", "an aide"], 0.08), None);
    }

    #[test]
    fn who_speaks_in_another_clause_does_not_displace_who_reports() {
        let string = "They will stay, according to Quill, while Moor denied it.";
        let reporter_first = |string: &str| {
            let mut cast = Cast::default();
            let meanings =
                ["Quill", "Moor"].map(|name| Meaning { entities: vec![(cast.unnamed(name, None), 1.0)], joint: false });
            let links = Links { sources: vec![(0, 0.9), (1, 0.08)], none: 0.02 };
            let registry = Registry::from_toml(include_str!("../../corpus/registry.toml")).expect("sound");
            ask(string, &["Quill", "Moor"], |scene, _| {
                without_reporter(scene, &links, &meanings, &cast, &registry).is_none()
            })
        };
        assert!(reporter_first(string));
        assert!(!reporter_first("They will stay, according to Quill in whose book Moor denied it."));
    }

    #[test]
    fn who_reports_stays_where_nobody_else_may_speak() {
        let unlikely = left("“We stay,” Quill said, according to a transcript.", ["Quill", "a transcript"], 0.01);
        assert_eq!(unlikely, None);
        let before = left("Quill said so. They will stay, according to a transcript.", ["Quill", "a transcript"], 0.08);
        assert_eq!(before, None);
    }
}
