//! [`Names`]: strings, each kept once and from then on a number.
use indexmap::IndexSet;

/// Strings by their number, in the order in which they came.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Names(IndexSet<Box<str>>);

impl Names {
    /// The number of a string, which is kept if it is new.
    pub fn number(&mut self, name: &str) -> u32 {
        let number = self.0.get_index_of(name).unwrap_or_else(|| self.0.insert_full(name.into()).0);
        super::index(number)
    }

    /// The string of a number.
    ///
    /// # Panics
    /// When the number is not from here.
    #[must_use]
    pub fn name(&self, number: u32) -> &str {
        &self.0[number as usize]
    }

    /// All strings in the order of their numbers.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = &str> {
        self.0.iter().map(AsRef::as_ref)
    }

    /// How many there are.
    #[must_use]
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_keeps_its_number() {
        let mut names = Names::default();
        let numbers: Vec<u32> = ["us", "iran", "us"].into_iter().map(|name| names.number(name)).collect();
        assert_eq!(numbers, [0, 1, 0]);
        assert_eq!(names.iter().collect::<Vec<_>>(), ["us", "iran"]);
        assert_eq!(names.name(1), "iran");
    }
}
