//! How a mention refers: by a pronoun, a description or a name, by the function words of English.

use super::noun::is_plural;
use crate::text::fold;

/// The form of a mention, in the order of the antecedent scorer's features.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Form {
    /// he, him, his
    He = 0,
    /// she, her
    She = 1,
    /// it, its
    It = 2,
    /// they, them, their
    They = 3,
    /// I, we
    First = 4,
    /// A description without a name: `the spokesman`.
    Nominal = 5,
    /// Holds a name.
    Name = 6,
}

impl Form {
    /// The form of a mention as it stands in the text.
    #[must_use]
    pub fn of(mention: &str) -> Self {
        // `US` the state folds to `us` the pronoun.
        let is_state = mention.trim() == "US";
        match fold(mention).trim() {
            "he" | "him" | "his" | "himself" => return Self::He,
            "she" | "her" | "hers" | "herself" => return Self::She,
            "it" | "its" | "itself" => return Self::It,
            "they" | "them" | "their" | "themselves" => return Self::They,
            "i" | "me" | "my" | "we" | "us" | "our" if !is_state => return Self::First,
            _ => {}
        }
        let starts_upper = |word: &str| word.chars().next().is_some_and(char::is_uppercase);
        let capitals = mention.split_whitespace().filter(|word| starts_upper(word)).count();
        let opener = usize::from(starts_upper(mention) && is_determiner(first_word(mention)));
        if capitals > opener { Self::Name } else { Self::Nominal }
    }

    /// Whether it is a pronoun.
    #[must_use]
    pub fn is_pronoun(self) -> bool {
        !matches!(self, Self::Nominal | Self::Name)
    }
}

/// How the source mention of a quotation refers to its speakers.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum SourceForm {
    /// It holds their name.
    Name,
    /// It describes them; the name in the words for somebody unnamed is another's: `a Harbour Watch spokesman`.
    Description,
    /// It is a pronoun.
    Pronoun,
}

impl SourceForm {
    /// The form of a mention of speakers who have no name (`unnamed`) or one.
    #[must_use]
    pub fn of(mention: &str, unnamed: bool) -> Self {
        match Form::of(mention) {
            Form::Name if !unnamed => Self::Name,
            Form::Name | Form::Nominal => Self::Description,
            _ => Self::Pronoun,
        }
    }

    /// The words in tables and manifests.
    #[must_use]
    pub const fn words(self) -> &'static str {
        match self {
            Self::Name => "a name",
            Self::Description => "a description",
            Self::Pronoun => "a pronoun",
        }
    }
}

/// Whether a description points to something known (`the spokesman`, `his lawyer`) rather than new (`a spokesman`).
#[must_use]
pub fn is_definite(mention: &str) -> bool {
    matches!(
        fold(first_word(mention)).as_str(),
        "the" | "this" | "that" | "these" | "those" | "his" | "her" | "its" | "their" | "our" | "both"
    )
}

/// Whether a mention stands for several: `they`, `both`, `the two ministers`.
#[must_use]
pub fn is_several(mention: &str) -> bool {
    match Form::of(mention) {
        Form::They => true,
        Form::Nominal if is_definite(mention) => head_noun(mention).is_some_and(|noun| {
            matches!(noun.as_str(), "both" | "two" | "pair" | "duo" | "men" | "women") || is_plural(&noun)
        }),
        _ => false,
    }
}

/// A description without what is added to it: `a ministry official speaking on condition of anonymity` is `a ministry
/// official`.
#[must_use]
pub fn without_tail(mention: &str) -> &str {
    const TAILS: [&str; 7] = [",", " who ", " speaking", " on condition", " familiar", " briefed", " close to "];
    let end = TAILS.iter().filter_map(|tail| mention.find(tail)).filter(|&at| at > 0).min();
    let mut bare = mention[..end.unwrap_or(mention.len())].trim_end();
    // What the tagger cut off leaves small words behind: `a vote of the`.
    while let Some((rest, last)) = bare.rsplit_once(' ')
        && matches!(
            last,
            "of" | "the" | "a" | "an" | "to" | "by" | "for" | "with" | "from" | "in" | "at" | "and" | "or" | "that"
        )
    {
        bare = rest.trim_end();
    }
    bare
}

/// Whether a mention is nobody in particular, or nothing but an article, the rest of which the tagger lost.
#[must_use]
pub fn is_empty_phrase(mention: &str) -> bool {
    matches!(
        fold(mention).trim(),
        "" | "the"
            | "a"
            | "an"
            | "you"
            | "one"
            | "no one"
            | "nobody"
            | "anyone"
            | "everyone"
            | "that"
            | "some"
            | "many"
            | "others"
            | "several"
    )
}

/// Whether a mention is a relative pronoun, with or without its verb: `who`, `who speaks`.
#[must_use]
pub fn is_relative(mention: &str) -> bool {
    matches!(fold(first_word(mention)).as_str(), "who" | "which" | "whom" | "whose")
}

/// The noun that a description is about, folded: the last word before a preposition or clause.
#[must_use]
pub fn head_noun(mention: &str) -> Option<String> {
    let words = folded_words(without_tail(mention));
    let end = words.iter().position(|word| {
        matches!(word.as_str(), "of" | "in" | "at" | "for" | "to" | "from" | "with" | "on" | "that" | "which" | "by")
    });
    match &words[..end.unwrap_or(words.len())] {
        [.., deputy, noun] if is_deputy(deputy) => Some(format!("{deputy} {noun}")),
        words => words.last().cloned(),
    }
}

/// Whether a word before an office makes it another one: `vice president`.
#[must_use]
pub fn is_deputy(word: &str) -> bool {
    matches!(word, "vice" | "deputy")
}

/// Words of a mention, folded, without punctuation.
#[must_use]
pub fn folded_words(mention: &str) -> Vec<String> {
    fold(mention).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Words of a name, folded: what a hyphen joins is one word, an Arabic article before a surname does not count.
#[must_use]
pub fn name_words(name: &str) -> Vec<String> {
    fold(name)
        .split_whitespace()
        .map(|word| {
            let word = word.trim_matches(|c: char| !c.is_alphanumeric());
            let bare =
                word.split_once('-').filter(|(article, _)| is_arabic_article(article)).map_or(word, |parts| parts.1);
            bare.chars().filter(|c| c.is_alphanumeric() || *c == '-').collect::<String>()
        })
        .filter(|word| !word.is_empty())
        .collect()
}

/// The Arabic article of a surname, as it stands before a hyphen or a blank.
#[must_use]
pub fn is_arabic_article(word: &str) -> bool {
    matches!(word, "al" | "el" | "ad" | "as" | "ash" | "ar" | "an" | "at")
}

/// What stands behind a name and is no part of it: `Ada Quill MP`.
#[must_use]
pub fn is_postnominal(word: &str) -> bool {
    matches!(word, "MP" | "MEP" | "QC" | "KC")
}

fn first_word(mention: &str) -> &str {
    mention.split_whitespace().next().unwrap_or("")
}

fn is_determiner(word: &str) -> bool {
    matches!(fold(word).as_str(), "the" | "a" | "an" | "his" | "her" | "their" | "its" | "our" | "this" | "that")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_in_the_words_for_somebody_unnamed_is_anothers() {
        for (mention, unnamed, form) in [
            ("Mara Quill", false, SourceForm::Name),
            ("a Harbour Watch spokesman", true, SourceForm::Description),
            ("the spokesman", false, SourceForm::Description),
            ("She", false, SourceForm::Pronoun),
        ] {
            assert_eq!(SourceForm::of(mention, unnamed), form, "{mention}");
        }
    }

    #[test]
    fn pronouns_descriptions_and_names_are_told_apart() {
        for (mention, form) in [
            ("He", Form::He),
            ("she", Form::She),
            ("They", Form::They),
            ("the spokesman", Form::Nominal),
            ("The minister", Form::Nominal),
            ("two aides", Form::Nominal),
            ("The Kremlin", Form::Name),
            ("US", Form::Name),
            ("us", Form::First),
            ("Foreign Ministry sources", Form::Name),
            ("Önal", Form::Name),
        ] {
            assert_eq!(Form::of(mention), form, "{mention}");
        }
        assert_eq!(without_tail("two aides speaking on condition of anonymity"), "two aides");
        assert_eq!(without_tail("two aides of the"), "two aides");
        assert_eq!(head_noun("the Norland Embassy in Oslo").as_deref(), Some("embassy"));
        assert_eq!(head_noun("the vice president").as_deref(), Some("vice president"));
        assert!(is_empty_phrase("The") && is_empty_phrase("no one") && !is_empty_phrase("the envoy"));
        assert!(is_definite("The envoy") && !is_definite("an envoy"));
        for several in ["They", "both", "The two", "the ministers", "both men"] {
            assert!(is_several(several), "{several}");
        }
        assert!(!is_several("the minister") && !is_several("ministers") && !is_several("it"));
    }

    #[test]
    fn what_a_hyphen_joins_is_one_word_of_a_name() {
        assert_eq!(name_words("Ada Quill-Moor"), ["ada", "quill-moor"]);
        assert_eq!(name_words("Samir al-Harun Jr."), ["samir", "harun", "jr"]);
    }
}
