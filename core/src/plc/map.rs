//! A map in the one order that a signature commits to.

use serde::ser::{Serialize, SerializeMap, Serializer};

/// Members by name, in the order of DAG-CBOR: shorter names first, then bytewise (RFC 8949, section 4.2.3).
///
/// JSON objects have no order, so a directory may serve theirs in any. Wherever "the first" member counts, it is the
/// first in this order: the publisher signed it, and no server can change it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CanonicalMap<V> {
    members: Vec<(String, V)>,
}

impl<V> Default for CanonicalMap<V> {
    fn default() -> Self {
        CanonicalMap { members: Vec::new() }
    }
}

impl<V> CanonicalMap<V> {
    /// Sorts the members, whose names must differ: strict JSON has seen to that.
    pub(crate) fn from_members(mut members: Vec<(String, V)>) -> Self {
        members.sort_by(|(a, _), (b, _)| (a.len(), a).cmp(&(b.len(), b)));
        CanonicalMap { members }
    }

    /// The members in canonical order.
    pub fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &V)> {
        self.members.iter().map(|(name, value)| (name.as_str(), value))
    }

    /// The member at this place in canonical order, counted from 0.
    pub fn at(&self, index: usize) -> Option<(&str, &V)> {
        self.members.get(index).map(|(name, value)| (name.as_str(), value))
    }

    /// The value of this name.
    pub fn get(&self, name: &str) -> Option<&V> {
        self.members.iter().find(|(member, _)| member == name).map(|(_, value)| value)
    }

    /// The number of members.
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there are no members.
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }
}

impl<V: Serialize> Serialize for CanonicalMap<V> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.len()))?;
        for (name, value) in self.iter() {
            map.serialize_entry(name, value)?;
        }
        map.end()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shorter_names_come_first() {
        let map =
            CanonicalMap::from_members(["b", "aa", "é", "a"].map(|name| (name.to_owned(), ())).to_vec());
        // "é" is two bytes, 0xc3 0xa9.
        assert_eq!(map.iter().map(|(name, ())| name).collect::<Vec<_>>(), ["a", "b", "aa", "é"]);
    }
}
