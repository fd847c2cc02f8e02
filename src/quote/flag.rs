//! What was amiss with the marks of a quotation, or is special about it.

/// A property of a quotation that its reader may want to know, most of them repaired typing errors.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Flag {
    /// The opening mark is missing.
    NoOpen,
    /// The closing mark is missing.
    Unclosed,
    /// The marks are of different kinds or point the wrong way.
    MixedMarks,
    /// White space stands inside a mark.
    SpaceInside,
    /// A word follows the closing mark directly.
    NoSpaceAfter,
    /// The next paragraph opens without a close before it.
    Continued,
    /// The quotation stands in a heading.
    Headline,
}

impl Flag {
    /// The name in annotations.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::NoOpen => "no_open",
            Self::Unclosed => "unclosed",
            Self::MixedMarks => "mixed_marks",
            Self::SpaceInside => "space_inside",
            Self::NoSpaceAfter => "no_space_after",
            Self::Continued => "continued",
            Self::Headline => "headline",
        }
    }

    /// What to tell about a repair, for flags that report one.
    #[must_use]
    pub const fn warning(self) -> Option<(&'static str, &'static str)> {
        match self {
            Self::NoOpen => {
                Some(("missing_open_quote", "the opening mark is missing; check where the quotation begins"))
            }
            Self::Unclosed => Some(("unclosed_quote", "the closing mark is missing; check where the quotation ends")),
            Self::MixedMarks => Some(("mixed_marks", "the opening and closing marks do not fit each other")),
            Self::SpaceInside => Some(("space_inside_quote", "white space stands inside a quotation mark")),
            Self::NoSpaceAfter => Some(("no_space_after_quote", "no space follows the closing mark")),
            Self::Continued | Self::Headline => None,
        }
    }
}
