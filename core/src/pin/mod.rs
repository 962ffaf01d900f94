//! What a verifier remembers between two visits, so that no directory can undo what it once showed.
//!
//! A log verifies in isolation even if its newest operations are left out, or its times are backdated: operations are
//! signed, their absence and their times are not. A [`Pin`] closes this. It is made by a verification
//! ([`Identity::pin`](crate::Identity::pin)), kept by the caller, and handed to the next verification
//! ([`Log::verify_remembering`](crate::Log::verify_remembering)), which refuses what contradicts it.

mod compare;
mod json;

pub(crate) use compare::{check_log, check_metadata, check_package};

use crate::digest::PackageDigests;
use crate::version::Version;
use crate::plc::Identity;
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::sync::Arc;

/// What a verifier saw of one identity: its operations with the times at which *this* verifier first saw them, and the
/// digests of the packages it verified.
///
/// It serialises to a small JSON object with a digest of itself. The digest tells a torn or damaged file from a whole
/// one; it is no signature: whoever can write the caller's store can write a pin.
///
/// Cloning is cheap.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pin {
    content: Arc<Content>,
}

/// The content, which the digest is over.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Content {
    did: String,
    log: LogText,
    operations: Vec<PinnedOperation>,
    releases: BTreeMap<String, PinnedRelease>,
}

/// The served text up to the end of its last entry: where the next log starts with the same bytes, its entries are the
/// same, and nothing of them needs computing again.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct LogText {
    bytes: usize,
    sha256: String,
}

/// An operation that was verified.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PinnedOperation {
    pub(crate) cid: String,
    /// The index of the key that signed. A CID is the hash of the signed operation, `prev` included: whatever log it
    /// stands in, the same key signed it.
    pub(crate) signer: usize,
    /// Bytes of its DAG-CBOR.
    pub(crate) size: usize,
    /// Seconds since 1970 by the verifier's own clock.
    pub(crate) first_seen: u64,
    pub(crate) nullified: bool,
}

/// A package that was verified under a version.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(crate) struct PinnedRelease {
    pub(crate) sha256: String,
    pub(crate) sha384: String,
}

impl LogText {
    /// Describes the text of a log, which is a JSON array.
    pub(crate) fn of(json: &[u8]) -> Self {
        let entries = json.trim_ascii_end();
        let entries = entries.strip_suffix(b"]").unwrap_or(entries).trim_ascii_end();
        LogText { bytes: entries.len(), sha256: crate::digest::hex(&Sha256::digest(entries)) }
    }

    /// Whether a log starts with exactly this text.
    ///
    /// The text must end with the end of an entry, an object: then in a JSON array that starts with it the same entries
    /// stand at the start, and a comma or the end follows.
    fn starts(&self, json: &[u8]) -> bool {
        let start = json.get(..self.bytes).filter(|start| start.ends_with(b"}"));
        start.is_some_and(|start| crate::digest::hex(&Sha256::digest(start)) == self.sha256)
    }
}

impl Pin {
    /// The DID that the pin is about.
    pub fn did(&self) -> &str {
        &self.content.did
    }

    /// The CID of the last operation that was seen and is not nullified.
    pub fn head(&self) -> &str {
        self.content.head()
    }

    /// Remembers an identity, and all that an earlier pin knows of it. Operations that are new are first seen now.
    pub(crate) fn of(identity: &Identity, log: LogText, earlier: Option<&Pin>, now: u64) -> Self {
        let seen: BTreeMap<&str, u64> = earlier
            .iter()
            .flat_map(|pin| &pin.content.operations)
            .map(|operation| (operation.cid.as_str(), operation.first_seen))
            .collect();
        let operations = identity.history().iter().map(|entry| PinnedOperation {
            cid: entry.cid().to_owned(),
            signer: entry.signer(),
            size: entry.size(),
            first_seen: seen.get(entry.cid()).copied().unwrap_or(now),
            nullified: entry.is_nullified(),
        });
        let releases = earlier.map(|pin| pin.content.releases.clone()).unwrap_or_default();
        let did = identity.did().to_string();
        Pin { content: Arc::new(Content { did, log, operations: operations.collect(), releases }) }
    }

    /// Remembers a package that was verified under this version.
    pub(crate) fn with_release(&self, version: &Version, digests: &PackageDigests) -> Self {
        let mut content = Content::clone(&self.content);
        let release = PinnedRelease { sha256: digests.sha256_hex(), sha384: digests.sha384_hex() };
        content.releases.insert(version.as_str().to_owned(), release);
        Pin { content: Arc::new(content) }
    }

    /// Whether a log is the very text that was verified before.
    pub(crate) fn is_of_text(&self, text: &LogText) -> bool {
        self.content.log == *text
    }

    /// The operations at the start of a log that are proven already, because the text is the same to the letter.
    pub(crate) fn proven_start(&self, text: &LogText, json: &[u8]) -> &[PinnedOperation] {
        let is_proven = self.is_of_text(text) || self.content.log.starts(json);
        if is_proven { &self.content.operations } else { &[] }
    }

    /// The operations, in the order in which the directory served them.
    pub(crate) fn operations(&self) -> &[PinnedOperation] {
        &self.content.operations
    }

    /// The highest version that was verified.
    fn highest_version(&self) -> Option<Version> {
        self.content.releases.keys().filter_map(|text| Version::parse(text)).max()
    }
}

impl Content {
    fn head(&self) -> &str {
        let head = self.operations.iter().rfind(|operation| !operation.nullified);
        head.map(|operation| operation.cid.as_str()).unwrap_or_default()
    }
}
