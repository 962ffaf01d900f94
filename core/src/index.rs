//! Strings with their places in a list: the one kind of map that core needs.

use std::borrow::Cow;
use std::collections::BTreeMap;

/// Strings, each with a number, which is a place in a list as a rule.
///
/// A B-tree, not a hash table: no input can make it slow, with or without a source of randomness (wasm). One type for every
/// use, because the compiler makes a B-tree anew for each pair of types: a dozen of them were 60 KB of the wasm module.
#[derive(Debug, Clone, Default)]
pub(crate) struct Index<'s> {
    numbers: BTreeMap<Cow<'s, [u8]>, usize>,
}

impl<'s> Index<'s> {
    /// The strings of a list, each with its place. Of equal ones the last counts.
    pub(crate) fn from_strings(strings: impl Iterator<Item = &'s str>) -> Self {
        let mut index = Index::default();
        for (place, string) in strings.enumerate() {
            index.insert(string, place);
        }
        index
    }

    /// Adds a string, and gives the number that it had before.
    pub(crate) fn insert(&mut self, string: &'s str, number: usize) -> Option<usize> {
        self.numbers.insert(Cow::Borrowed(string.as_bytes()), number)
    }

    /// Adds bytes that nothing else holds, and gives the number that they had before.
    pub(crate) fn insert_owned(&mut self, bytes: impl Into<Vec<u8>>, number: usize) -> Option<usize> {
        self.numbers.insert(Cow::Owned(bytes.into()), number)
    }

    /// The number of a string.
    pub(crate) fn get(&self, string: &str) -> Option<usize> {
        self.numbers.get(string.as_bytes()).copied()
    }

    /// Whether the string is there.
    pub(crate) fn contains(&self, string: &str) -> bool {
        self.numbers.contains_key(string.as_bytes())
    }

    /// Whether the bytes are there.
    #[cfg(feature = "p256-handed-out")]
    pub(crate) fn contains_bytes(&self, bytes: &[u8]) -> bool {
        self.numbers.contains_key(bytes)
    }

    /// How many different strings there are.
    pub(crate) fn len(&self) -> usize {
        self.numbers.len()
    }
}

#[cfg(test)]
mod tests {
    use super::Index;

    #[test]
    fn strings_have_their_places_whoever_owns_them() {
        let mut index = Index::from_strings(["a", "b", "a"].into_iter());
        assert_eq!(
            (index.get("a"), index.get("b"), index.get("c"), index.len()),
            (Some(2), Some(1), None, 2)
        );
        assert_eq!((index.insert_owned("b", 7), index.insert_owned([0xff], 8)), (Some(1), None));
        assert_eq!((index.insert("c", 9), index.get("b"), index.contains("c")), (None, Some(7), true));
    }
}
