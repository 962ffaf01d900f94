//! The packages that were verified, by the numbers of their versions.

use super::PinnedPackage;
use serde::ser::{Serialize, SerializeMap, Serializer};

/// Every package seen of a version, by the version's number; both in bytewise order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(crate) struct Releases {
    members: Vec<(String, Vec<PinnedPackage>)>,
}

impl Releases {
    /// Sorts the members, whose numbers must differ, and each of which must have its packages in order.
    pub(super) fn from_members(mut members: Vec<(String, Vec<PinnedPackage>)>) -> Self {
        members.sort_unstable();
        Releases { members }
    }

    /// Adds a package, unless it is there.
    pub(super) fn add(&mut self, number: &str, package: PinnedPackage) {
        let place = self.place(number).unwrap_or_else(|place| {
            self.members.insert(place, (number.to_owned(), Vec::new()));
            place
        });
        let Some((_, packages)) = self.members.get_mut(place) else { return };
        if let Err(place) = packages.binary_search(&package) {
            packages.insert(place, package);
        }
    }

    fn place(&self, number: &str) -> Result<usize, usize> {
        self.members.binary_search_by(|(other, _)| other.as_str().cmp(number))
    }

    /// The packages of a version; `None` where none was seen.
    pub(crate) fn get(&self, number: &str) -> Option<&[PinnedPackage]> {
        let (_, packages) = self.members.get(self.place(number).ok()?)?;
        Some(packages)
    }

    /// The numbers of all versions, each with its packages.
    pub(crate) fn iter(&self) -> impl ExactSizeIterator<Item = (&str, &[PinnedPackage])> {
        self.members.iter().map(|(number, packages)| (number.as_str(), packages.as_slice()))
    }
}

impl Serialize for Releases {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut map = serializer.serialize_map(Some(self.members.len()))?;
        for (number, packages) in &self.members {
            map.serialize_entry(number, packages)?;
        }
        map.end()
    }
}
