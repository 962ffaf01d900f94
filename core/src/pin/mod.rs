//! What a verifier remembers between two visits, so that no directory can undo what it once showed (did-plc.md, "Pins").
//!
//! A log verifies in isolation even if its newest operations are left out, or its times are backdated: operations are
//! signed, their absence and their times are not. A [`Pin`] closes this. A verification makes it
//! ([`Identity::pin`](crate::Identity::pin)), the caller keeps it, and the next verification
//! ([`Log::verify_remembering`](crate::Log::verify_remembering)) refuses what contradicts it.
//!
//! What compares with a pin is beside what it compares: `plc/remember.rs` for logs, `fair/remember.rs` for releases.

mod json;
mod merge;
mod releases;

pub(crate) use releases::Releases;

use crate::digest::PackageDigests;
use crate::encoding::hex;
use crate::error::Error;
use crate::index::Index;
use crate::tables::{Code, Limits};
use crate::version::Version;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::sync::Arc;

/// How long after an operation its nullification can be lawful, as far as a verifier can prove it: the 72 hours of the
/// recovery window, and the 24 hours that a resolver may serve a cached log (did-plc.md, "Late nullifications").
pub(crate) const PROVABLE_SECONDS: u64 = (72 + 24) * 3600;

/// What a verifier saw of one identity: its operations with the times at which *this* verifier first saw them, when it last
/// visited, and the digests of the packages it verified.
///
/// It serialises to a small JSON object with a digest of itself. The digest tells a torn or damaged file from a whole
/// one; it is no signature: whoever can write to the caller's store can write a pin.
///
/// Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    did: String,
    last_visit: u64,
    log: LogText,
    operations: Arc<[PinnedOperation]>,
    releases: Arc<Releases>,
}

/// The served text up to the end of its last entry: where the next log starts with the same bytes, its entries are the
/// same, and nothing of them needs computing again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LogText {
    bytes: usize,
    sha256: String,
    /// How many of the pin's operations, from the first on, are those of the text.
    operations: usize,
}

/// An operation that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PinnedOperation {
    pub(crate) cid: String,
    /// The index of the key that signed. A CID is the hash of the signed operation, `prev` included: whatever log it
    /// is in, the same key signed it.
    pub(crate) signer: usize,
    /// Bytes of its DAG-CBOR.
    pub(crate) size: usize,
    /// Seconds since 1970 by the verifier's own clock.
    pub(crate) first_seen: u64,
    /// Seconds since 1970 by the directory, as first served; `None` where only bare logs were seen.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) created_at: Option<u64>,
    pub(crate) nullified: bool,
}

impl PinnedOperation {
    /// Since when the operation was there, as far as this verifier knows: an operation can be dated ahead, or have been seen late.
    pub(crate) fn known_since(&self) -> u64 {
        self.created_at.map_or(self.first_seen, |time| time.min(self.first_seen))
    }
}

/// A package that was verified.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(crate) struct PinnedPackage {
    pub(crate) sha256: String,
    pub(crate) sha384: String,
}

impl LogText {
    /// Describes the text of a log: a JSON array, or JSON lines.
    pub(crate) fn from_json(json: &[u8]) -> Self {
        let entries = json.trim_ascii_end();
        let entries = entries.strip_suffix(b"]").unwrap_or(entries).trim_ascii_end();
        LogText { bytes: entries.len(), sha256: hex(&Sha256::digest(entries)), operations: 0 }
    }

    /// Says how many operations are in the text.
    pub(crate) fn of_operations(self, operations: usize) -> Self {
        LogText { operations, ..self }
    }

    fn is_same_text(&self, other: &LogText) -> bool {
        self.bytes == other.bytes && self.sha256 == other.sha256
    }

    /// Whether a log starts with exactly this text.
    ///
    /// The text must end with the end of an entry, an object: then the same entries are at the start of any log that starts
    /// with it, and a comma, a line feed or the end follows.
    fn starts(&self, json: &[u8]) -> bool {
        let start = json.get(..self.bytes).filter(|start| start.ends_with(b"}"));
        start.is_some_and(|start| hex(&Sha256::digest(start)) == self.sha256)
    }
}

impl PinnedPackage {
    /// What to remember of a package.
    pub(crate) fn new(digests: &PackageDigests) -> Self {
        PinnedPackage { sha256: digests.sha256_hex(), sha384: digests.sha384_hex() }
    }

    /// The checksums of this package, in lower case.
    pub(crate) fn checksums(&self) -> [String; 2] {
        [format!("sha256:{}", self.sha256), format!("sha384:{}", self.sha384)]
    }
}

impl Pin {
    /// The pin of a visit. What an earlier pin knows of releases stays.
    pub(crate) fn new(
        did: &str,
        now: u64,
        log: LogText,
        operations: Vec<PinnedOperation>,
        earlier: Option<&Pin>,
    ) -> Self {
        let releases = earlier.map(|pin| Arc::clone(&pin.releases)).unwrap_or_default();
        Pin { did: did.to_owned(), last_visit: now, log, operations: operations.into(), releases }
    }

    /// The DID that the pin is about.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// The CID of the last operation that was seen and is not nullified.
    pub fn head(&self) -> &str {
        let head = self.operations.iter().rfind(|operation| !operation.nullified);
        head.map(|operation| operation.cid.as_str()).unwrap_or_default()
    }

    /// The CIDs of the operations that were seen, and whether each was undone by then.
    pub fn seen(&self) -> impl Iterator<Item = (&str, bool)> {
        self.operations.iter().map(|operation| (operation.cid.as_str(), operation.nullified))
    }

    /// When the log was last verified, in seconds since 1970 by the verifier's own clock.
    pub fn last_visit(&self) -> u64 {
        self.last_visit
    }

    /// The highest version of which a package was verified; `None` where none with an order was.
    pub fn highest_version(&self) -> Option<Version> {
        let versions = self.releases.iter().filter_map(|(number, _)| Version::from_number(number));
        versions.filter(Version::is_ordered).max_by_key(Version::precedence)
    }

    /// The versions of which packages were verified, by their numbers in bytewise order, each with its packages as the JSON has
    /// them.
    pub fn packages(&self) -> impl Iterator<Item = (&str, impl Serialize)> {
        self.releases.iter()
    }

    /// Every number, with the name of its member, in the order in which a pin is read. For languages whose integers are smaller.
    pub fn numbers(&self) -> impl Iterator<Item = (&'static str, u64)> {
        let size = |size: usize| u64::try_from(size).unwrap_or(u64::MAX);
        let of_operations = self.operations.iter().flat_map(move |operation| {
            let created_at = operation.created_at.map(|time| ("createdAt", time));
            let others = [
                ("signer", size(operation.signer)),
                ("size", size(operation.size)),
                ("firstSeen", operation.first_seen),
            ];
            created_at.into_iter().chain(others)
        });
        of_operations.chain([("lastVisit", self.last_visit), ("bytes", size(self.log.bytes))])
    }

    /// The same pin after a visit at which nothing was new. The clock is taken as it is, so that a wrong one heals.
    pub(crate) fn visited_again(&self, now: u64) -> Self {
        Pin { last_visit: now, ..self.clone() }
    }

    /// Remembers a package that was verified under this version.
    pub(crate) fn with_package(&self, version: &Version, digests: &PackageDigests) -> Self {
        let mut releases = Releases::clone(&self.releases);
        releases.add(&version.number(), PinnedPackage::new(digests));
        Pin { releases: Arc::new(releases), ..self.clone() }
    }

    /// Refuses a pin that reading would refuse by the same limits.
    ///
    /// # Errors
    ///
    /// [`Code::PinTooLarge`].
    pub fn within(self, limits: &Limits) -> Result<Self, Error> {
        let bytes = u64::try_from(self.to_json().len()).unwrap_or(u64::MAX);
        let too_large =
            |found: String, name, limit| Error::above_limit(Code::PinTooLarge, found, name, limit);
        if bytes > limits.pin_bytes {
            return Err(too_large(format!("the pin has {bytes} bytes"), "pinBytes", limits.pin_bytes));
        }
        let values = self.values();
        if values > limits.json_values {
            return Err(too_large(
                format!("the pin has {values} JSON values"),
                "jsonValues",
                limits.json_values,
            ));
        }
        Ok(self)
    }

    /// How many JSON values the pin has.
    fn values(&self) -> u64 {
        /// Those of a pin without operations and releases: itself, its eight members, and the three of `log`.
        const FIXED: usize = 12;
        let of_operations =
            self.operations.iter().map(|operation| if operation.created_at.is_some() { 7 } else { 6 });
        let of_releases =
            self.releases.iter().map(|(_, packages)| packages.len().saturating_mul(3).saturating_add(1));
        let values = of_operations.chain(of_releases).fold(FIXED, usize::saturating_add);
        u64::try_from(values).unwrap_or(u64::MAX)
    }

    /// Whether a log is the very text that was verified before.
    fn is_of_text(&self, text: &LogText) -> bool {
        self.log.is_same_text(text)
    }

    /// Whether a log is the very text that was verified before, and the pin knows no operation beside those in it. One that was
    /// merged of two visits can know more, and then the text is to be compared again (did-plc.md, "What a pin refuses").
    pub(crate) fn is_all_of_text(&self, text: &LogText) -> bool {
        self.is_of_text(text) && self.log.operations == self.operations.len()
    }

    /// Whether a first visit at this time makes such a pin, which knows nothing from before.
    pub(crate) fn is_of_first_visit(&self, now: u64) -> bool {
        let has_releases = self.releases.iter().len() > 0;
        self.last_visit == now && !has_releases && self.operations.iter().all(|op| op.first_seen == now)
    }

    /// The operations at the start of a log that are proven already, because the text is the same to the letter.
    pub(crate) fn proven_start(&self, text: &LogText, json: &[u8]) -> &[PinnedOperation] {
        let is_proven = self.is_of_text(text) || self.log.starts(json);
        if is_proven { self.operations.get(..self.log.operations).unwrap_or_default() } else { &[] }
    }

    /// The operations in the order in which the directory served them; after them nullified ones that it left out.
    pub(crate) fn operations(&self) -> &[PinnedOperation] {
        &self.operations
    }

    /// The places of the operations, by their CIDs.
    pub(crate) fn index(&self) -> Index<'_> {
        Index::from_strings(self.operations.iter().map(|operation| operation.cid.as_str()))
    }

    /// The packages seen of each version, by its number.
    pub(crate) fn releases(&self) -> &Releases {
        &self.releases
    }
}
