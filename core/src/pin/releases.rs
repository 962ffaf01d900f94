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

    /// The packages of both. Sorted once: adding them one by one would move the list each time.
    pub(super) fn joined(&self, other: &Releases) -> Releases {
        // Of the type that reading sorts: the compiler makes a sort anew for each type, and the wasm module has a limit.
        let mut all: Vec<_> = self.members.iter().chain(&other.members).cloned().collect();
        all.sort_unstable();
        let mut members: Vec<(String, Vec<PinnedPackage>)> = Vec::new();
        for (number, packages) in all {
            match members.last_mut().filter(|(last, _)| *last == number) {
                None => members.push((number, packages)),
                Some((_, known)) => {
                    known.extend(packages);
                    known.sort_unstable();
                    known.dedup();
                }
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    fn package(name: &str) -> PinnedPackage {
        PinnedPackage { sha256: name.to_owned(), sha384: name.to_owned() }
    }

    fn releases(packages: &[(&str, &str)]) -> Releases {
        let mut releases = Releases::default();
        for (number, name) in packages {
            releases.add(number, package(name));
        }
        releases
    }

    #[test]
    fn joined_releases_are_those_added_one_by_one() {
        let ours = [("1.0.0", "b"), ("1.2.0", "d"), ("1.0.0", "c")];
        let theirs = [("1.0.0", "a"), ("0.9.0", "x"), ("1.0.0", "c"), ("2.0.0", "y")];
        let both = releases(&[ours.as_slice(), &theirs].concat());
        assert_eq!(releases(&ours).joined(&releases(&theirs)), both);
        assert_eq!(releases(&theirs).joined(&releases(&ours)), both);
        assert_eq!(both.get("1.0.0"), Some([package("a"), package("b"), package("c")].as_slice()));
    }
}
