//! [`Matcher`]: finds what was judged in an annotation that may have been made anew.
//!
//! A quotation is found by the hash of its article and by its words, as they were judged or as they were put right. The
//! same words at the same place are the same quotation; where the text is laid out in another way, since it was
//! extracted anew, the nearest with these words is, and each is found once.
use std::collections::{HashMap, HashSet};

use super::entry::Judgement;
use super::subject::{Key, article_hash, words};
use crate::annotation::{Anchored, Annotation};

/// Looks for judged quotations.
#[derive(Clone, Debug, Default)]
pub struct Matcher {
    wanted: HashMap<String, Vec<Wanted>>,
}

#[derive(Clone, Debug, PartialEq)]
struct Wanted {
    key: Key,
    /// Places and words under which it may be found: as judged, as put right.
    forms: Vec<(usize, String)>,
}

impl Matcher {
    /// Looks for what these verdicts are about.
    #[must_use]
    pub fn new<'a>(judgements: impl IntoIterator<Item = &'a Judgement>) -> Self {
        let mut matcher = Self::default();
        for judgement in judgements {
            let subject = &judgement.mark.subject;
            let key = subject.key();
            let wanted = matcher.wanted.entry(subject.article_sha256.clone()).or_default();
            let at = wanted.iter().position(|wanted| wanted.key == key).unwrap_or_else(|| {
                wanted.push(Wanted { key, forms: vec![form(&subject.judged.spans)] });
                wanted.len() - 1
            });
            wanted[at].forms.extend(judgement.correction.spans.as_deref().map(form));
        }
        matcher
    }

    /// Whether there is something to look for in an article with this hash.
    #[must_use]
    pub fn knows(&self, article_sha256: &str) -> bool {
        self.wanted.contains_key(article_sha256)
    }

    /// Which quotation of an annotation each judged one is, as far as it is there.
    #[must_use]
    pub fn matches(&self, annotation: &Annotation) -> HashMap<&Key, usize> {
        let Some(wanted) = self.wanted.get(&article_hash(&annotation.article)) else { return HashMap::new() };
        let quotes: Vec<(usize, String)> = annotation.quotes.iter().map(|quote| form(&quote.spans)).collect();
        let mut found = HashMap::new();
        for Wanted { key, forms } in wanted {
            if let Some(at) = quotes.iter().position(|quote| forms.contains(quote)) {
                found.insert(key, at);
            }
        }
        let taken: HashSet<usize> = found.values().copied().collect();
        let mut near = Vec::new();
        for Wanted { key, forms } in wanted.iter().filter(|wanted| !found.contains_key(&wanted.key)) {
            for (at, (start, words)) in quotes.iter().enumerate().filter(|(at, _)| !taken.contains(at)) {
                let distance = forms.iter().filter(|form| form.1 == *words).map(|form| form.0.abs_diff(*start)).min();
                near.extend(distance.map(|distance| (distance, at, key)));
            }
        }
        near.sort();
        let mut taken = HashSet::new();
        for (_, at, key) in near {
            if !found.contains_key(key) && taken.insert(at) {
                found.insert(key, at);
            }
        }
        found
    }
}

fn form(spans: &[Anchored]) -> (usize, String) {
    (spans.first().map_or(0, |span| span.start), words(spans))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::annotation::{Verdict, sample};
    use crate::review::correction::Correction;
    use crate::review::entry::Mark;
    use crate::review::subject::Subject;

    fn judged(annotation: &Annotation, quote: usize) -> Judgement {
        let subject = Subject::of(annotation, &annotation.quotes[quote]);
        let mark = Mark { time: String::new(), reviewer: "ada".to_owned(), subject, note: None };
        Judgement { mark, verdict: Verdict::Right, wrong: Vec::new(), correction: Correction::default() }
    }

    #[test]
    fn a_quotation_is_found_though_others_came_before_it() {
        let annotation = sample();
        let judgement = judged(&annotation, 2);
        let mut anew = annotation.clone();
        anew.quotes.remove(0);
        anew.quotes[1].speakers.clear();
        let matcher = Matcher::new([&judgement]);
        assert_eq!(matcher.matches(&anew)[&judgement.mark.subject.key()], 1);
        anew.article.sha256 = "other".to_owned();
        assert!(matcher.matches(&anew).is_empty());
        assert!(!matcher.knows("other"));
    }

    #[test]
    fn words_that_moved_are_found_in_their_order() {
        let mut annotation = sample();
        annotation.quotes.truncate(2);
        let mut twice = annotation.quotes[0].clone();
        twice.spans[0].start += 200;
        annotation.quotes[1] = twice;
        let judgements = [judged(&annotation, 0), judged(&annotation, 1)];
        let mut anew = annotation.clone();
        for quote in &mut anew.quotes {
            quote.spans[0].start += 30;
            quote.spans[0].text = quote.spans[0].text.replace(' ', "\n");
        }
        let matcher = Matcher::new(&judgements);
        let found = matcher.matches(&anew);
        assert_eq!(judgements.iter().map(|one| found[&one.mark.subject.key()]).collect::<Vec<_>>(), [0, 1]);
    }

    #[test]
    fn words_that_were_put_right_are_found_too() {
        let annotation = sample();
        let mut judgement = judged(&annotation, 0);
        let right = Anchored { start: 58, end: 76, text: "The shelling must".to_owned() };
        judgement.correction.spans = Some(vec![right.clone()]);
        let mut anew = annotation.clone();
        anew.quotes[0].spans = vec![right];
        assert_eq!(Matcher::new([&judgement]).matches(&anew).len(), 1);
        anew.quotes[0].spans[0].text = "must".to_owned();
        assert_eq!(Matcher::new([&judgement]).matches(&anew).len(), 0);
    }
}
