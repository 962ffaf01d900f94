//! Releases against a pin (fair.md, "What a pin remembers of releases").

use super::checksum::Checksum;
use super::metadata::Metadata;
use crate::digest::PackageDigests;
use crate::error::Error;
use crate::index::Index;
use crate::pin::{Pin, PinnedPackage};
use crate::quote::quote;
use crate::tables::{Check, Code};
use crate::version::Version;

/// The checksums that a metadata document gives for each version, with its number, in the order of the document. One that
/// cannot be read says nothing about the bytes, and is left out. They are looked up and not gone through: a document can
/// list tens of thousands, and a pin have as many packages (json.md, "Bounds").
pub(super) type ListedChecksums = Vec<(String, Index<'static>)>;

/// Gathers the checksums of a document, for the versions that the pin knows.
pub(super) fn listed_checksums(pin: &Pin, metadata: &Metadata) -> ListedChecksums {
    let (mut listed, mut places) = (ListedChecksums::new(), Index::default());
    for (version, checksums) in metadata.checksums() {
        let number = version.number();
        if pin.releases().get(&number).is_none() {
            continue;
        }
        let place = places.get(&number).unwrap_or(listed.len());
        if place == listed.len() {
            places.insert_owned(number.clone(), place);
            listed.push((number, Index::default()));
        }
        if let Some((_, known)) = listed.get_mut(place) {
            for checksum in checksums.into_iter().filter(|text| Checksum::parse(text).is_ok()) {
                known.insert_owned(checksum.to_ascii_lowercase(), 0);
            }
        }
    }
    listed
}

/// Refuses a metadata document in which a version that was seen has other packages now: it gives checksums for it, and
/// none is of a package that was seen.
///
/// # Errors
///
/// [`Code::PinReleaseChanged`].
pub(super) fn check_metadata(pin: &Pin, listed: &ListedChecksums) -> Result<(), Error> {
    for (number, checksums) in listed {
        let Some(packages) = pin.releases().get(number).filter(|_| checksums.len() > 0) else { continue };
        if !packages.iter().any(|package| is_listed(package, checksums)) {
            return Err(changed(number, packages, "now lists other checksums").at(Check::PinMetadata));
        }
    }
    Ok(())
}

/// Refuses a version below the highest of which a package was verified.
///
/// # Errors
///
/// [`Code::PinDowngrade`].
pub(super) fn check_not_below(pin: &Pin, version: &Version) -> Result<(), Error> {
    let Some(highest) = pin.highest_version() else { return Ok(()) };
    match version.precedence() {
        Some(precedence) if Some(&precedence) >= highest.precedence().as_ref() => Ok(()),
        Some(_) | None => {
            let message =
                format!("expected a version of at least {highest}, which was seen before; found {version}");
            Err(Error::new(Code::PinDowngrade, message).at(Check::PinMetadata))
        }
    }
}

/// Refuses bytes that contradict what was seen: known bytes under another version, and unknown bytes under a known version,
/// unless every package that was seen is still listed, so that this is one more of the release.
///
/// # Errors
///
/// [`Code::PinReleaseChanged`].
pub(super) fn check_package(
    pin: &Pin,
    version: &Version,
    listed: &ListedChecksums,
    digests: &PackageDigests,
) -> Result<(), Error> {
    let (number, package) = (version.number(), PinnedPackage::new(digests));
    let known = pin.releases().get(&number);
    if known.is_some_and(|packages| packages.contains(&package)) {
        return Ok(());
    }
    if let Some((other, _)) = pin.releases().iter().find(|(_, packages)| packages.contains(&package)) {
        let message = format!(
            "expected a package of version {number}, found the bytes that were seen as version {other}"
        );
        return Err(Error::new(Code::PinReleaseChanged, message));
    }
    let Some(packages) = known else { return Ok(()) };
    let now_listed = listed.iter().find(|(other, _)| *other == number);
    if now_listed.is_some_and(|(_, checksums)| packages.iter().all(|package| is_listed(package, checksums))) {
        return Ok(());
    }
    let found = format!("now has bytes with sha256:{}", package.sha256);
    Err(changed(&number, packages, &found))
}

fn is_listed(package: &PinnedPackage, checksums: &Index<'_>) -> bool {
    package.checksums().iter().any(|checksum| checksums.contains(checksum))
}

fn changed(number: &str, packages: &[PinnedPackage], found: &str) -> Error {
    let seen = packages.first().map(|package| package.sha256.as_str()).unwrap_or_default();
    let message = format!("version {} was seen with sha256:{seen}, but {found}", quote(number));
    Error::new(Code::PinReleaseChanged, message)
}
