//! What contradicts a pin.

use super::{Pin, PinnedRelease};
use crate::digest::PackageDigests;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::Code;
use crate::fair::{Metadata, Version};
use crate::plc::Identity;
use std::collections::BTreeMap;

/// How long after this verifier first saw an operation a recovery may still undo it. Exactly 72 hours is in time, as in
/// the directory's own rule; the difference is whose clock it is.
const RECOVERY_WINDOW_SECONDS: u64 = 72 * 3600;

/// Refuses a verified log that takes back what was seen.
///
/// Errors: [`Code::PinRollback`], [`Code::PinFork`], [`Code::PinNullificationLate`].
pub(crate) fn check_log(pin: &Pin, identity: &Identity, now: u64) -> Result<(), Error> {
    let served: BTreeMap<&str, usize> =
        identity.history().iter().enumerate().map(|(index, entry)| (entry.cid(), index)).collect();
    for operation in pin.operations() {
        let Some(index) = served.get(operation.cid.as_str()).copied() else {
            // A bare log leaves nullified operations out by its nature.
            if operation.nullified && identity.is_from_bare_log() {
                continue;
            }
            return Err(missing(pin, identity, &operation.cid));
        };
        let is_nullified = identity.history().get(index).is_some_and(|entry| entry.is_nullified());
        let age = now.saturating_sub(operation.first_seen);
        if is_nullified && !operation.nullified && age > RECOVERY_WINDOW_SECONDS {
            let message = format!(
                "the log nullifies an operation that was first seen {age} seconds ago, more than 72 hours"
            );
            return Err(Error::new(Code::PinNullificationLate, message)
                .at_operation(index)
                .with_cid(&operation.cid));
        }
    }
    Ok(())
}

/// A remembered operation is gone: either the rest is all that is left, or something else came in its place.
fn missing(pin: &Pin, identity: &Identity, cid: &str) -> Error {
    let known: BTreeMap<&str, ()> =
        pin.operations().iter().map(|operation| (operation.cid.as_str(), ())).collect();
    let is_cut = identity.history().iter().all(|entry| known.contains_key(entry.cid()));
    let (code, how) =
        if is_cut { (Code::PinRollback, "is cut before") } else { (Code::PinFork, "goes another way than") };
    Error::new(code, format!("the log {how} operation {cid}, which was seen before")).with_cid(cid)
}

/// Refuses a metadata document that gives a version that was verified another checksum.
///
/// Errors: [`Code::PinReleaseChanged`].
pub(crate) fn check_metadata(pin: &Pin, metadata: &Metadata) -> Result<(), Error> {
    for (version, checksums) in metadata.checksums() {
        let Some(release) = pin.content.releases.get(version) else { continue };
        // A release may have several packages, and it is enough that one of them is still the one that was seen.
        if !checksums.is_empty() && !checksums.iter().any(|checksum| release.has(checksum)) {
            let message = format!(
                "version {} was seen with the checksum sha256:{}, and now has another",
                quote(version),
                release.sha256
            );
            return Err(Error::new(Code::PinReleaseChanged, message));
        }
    }
    Ok(())
}

/// Refuses other bytes under a version that was verified before. Errors: [`Code::PinReleaseChanged`].
pub(crate) fn check_package(pin: &Pin, version: &Version, digests: &PackageDigests) -> Result<(), Error> {
    match pin.content.releases.get(version.as_str()) {
        Some(release) if release.sha384 != digests.sha384_hex() => {
            let message = format!(
                "version {version} was seen with the checksum sha256:{}, these bytes have sha256:{}",
                release.sha256,
                digests.sha256_hex()
            );
            Err(Error::new(Code::PinReleaseChanged, message))
        }
        Some(_) | None => Ok(()),
    }
}

impl Pin {
    /// Refuses a version below the highest that was verified. Errors: [`Code::PinDowngrade`].
    pub(crate) fn check_not_below(&self, version: &Version) -> Result<(), Error> {
        match self.highest_version() {
            Some(highest) if *version < highest => {
                let message = format!("version {version} is lower than {highest}, which was seen before");
                Err(Error::new(Code::PinDowngrade, message))
            }
            Some(_) | None => Ok(()),
        }
    }
}

impl PinnedRelease {
    /// Whether the text of a checksum is of this package.
    fn has(&self, checksum: &str) -> bool {
        let checksum = checksum.to_ascii_lowercase();
        checksum == format!("sha256:{}", self.sha256) || checksum == format!("sha384:{}", self.sha384)
    }
}
