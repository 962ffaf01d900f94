//! What a verified log proves.

use super::document::DidDocument;
use super::operation::{Operation, State};
use super::time::Timestamp;
use super::warnings;
use crate::did::PlcDid;
use crate::warning::Warning;
use std::sync::Arc;

/// An identity whose whole log was verified back to the genesis operation that its DID is the hash of.
///
/// There is no other way to get one than to verify a log: holding it is the proof.
///
/// Cloning is cheap: clones share the history.
#[derive(Debug, Clone)]
pub struct Identity {
    proven: Arc<Proven>,
    warnings: Arc<[Warning]>,
}

#[derive(Debug)]
struct Proven {
    did: PlcDid,
    history: Vec<HistoryEntry>,
    head: usize,
}

/// One operation of a verified log.
#[derive(Debug, Clone)]
pub struct HistoryEntry {
    pub(super) operation: Operation,
    pub(super) cid: String,
    pub(super) size: usize,
    pub(super) created_at: Option<Timestamp>,
    pub(super) is_nullified: bool,
}

impl HistoryEntry {
    /// The operation.
    pub fn operation(&self) -> &Operation {
        &self.operation
    }

    /// Its CID, recomputed.
    pub fn cid(&self) -> &str {
        &self.cid
    }

    /// Bytes of its signed DAG-CBOR.
    pub fn size(&self) -> usize {
        self.size
    }

    /// When the directory says that it accepted the operation; `None` from a bare log. Nobody signs times.
    pub fn created_at(&self) -> Option<&Timestamp> {
        self.created_at.as_ref()
    }

    /// Whether a recovery undid the operation.
    pub fn is_nullified(&self) -> bool {
        self.is_nullified
    }
}

impl Identity {
    /// The one door: only the walk calls it, and only for a log that holds.
    pub(super) fn verified(
        did: PlcDid,
        history: Vec<HistoryEntry>,
        head: usize,
        unusable_keys: &[usize],
    ) -> Self {
        let proven = Arc::new(Proven { did, history, head });
        let identity = Identity { proven, warnings: Arc::default() };
        Identity { warnings: warnings::of(&identity, unusable_keys).into(), ..identity }
    }

    /// The DID that was asked for, and that the genesis hashes to.
    pub fn did(&self) -> &PlcDid {
        &self.proven.did
    }

    /// The CID of the last operation that is not nullified.
    pub fn head(&self) -> &str {
        self.head_entry().map(HistoryEntry::cid).unwrap_or_default()
    }

    /// All operations in the order of the log, nullified ones too. Never empty.
    pub fn history(&self) -> &[HistoryEntry] {
        &self.proven.history
    }

    /// The CIDs of the nullified operations, in the order of the log.
    pub fn nullified(&self) -> impl Iterator<Item = &str> {
        self.proven.history.iter().filter(|entry| entry.is_nullified).map(HistoryEntry::cid)
    }

    /// Whether the head is a tombstone: the identity was deactivated, and speaks for no keys and no services.
    pub fn is_tombstoned(&self) -> bool {
        self.state().is_none()
    }

    /// The current state; `None` if the identity was deactivated.
    pub fn state(&self) -> Option<&State> {
        self.head_entry().and_then(|entry| entry.operation.state())
    }

    /// The state that an operation of the log set, nullified or not; `None` for a tombstone or a CID that is not in the
    /// log.
    pub fn state_at(&self, cid: &str) -> Option<&State> {
        self.proven.history.iter().find(|entry| entry.cid == cid).and_then(|entry| entry.operation.state())
    }

    /// The DID document that follows from the current state; `None` if the identity was deactivated.
    pub fn did_document(&self) -> Option<DidDocument> {
        self.state().map(|state| DidDocument::of(&self.proven.did, state))
    }

    /// What does not speak against the identity but should be known.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    fn head_entry(&self) -> Option<&HistoryEntry> {
        self.proven.history.get(self.proven.head)
    }
}
