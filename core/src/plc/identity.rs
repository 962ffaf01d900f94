//! What a verified log proves.

use super::document::DidDocument;
use super::form::LogForm;
use super::operation::{Operation, State};
use crate::did::PlcDid;
use crate::pin::Pin;
use crate::time::Timestamp;
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
    warnings: Vec<Warning>,
    memory: Memory,
}

/// What there is to keep for the next visit.
#[derive(Debug, Clone)]
enum Memory {
    /// Nothing: the caller has no memory.
    Nothing,
    /// The pin of this visit, which the caller did not ask for: it must not change a verdict.
    Offered(Pin),
    /// The pin of a first visit.
    FirstVisit(Pin),
    /// The pin of a later visit, whose log was compared with the earlier pin.
    Compared(Pin),
}

/// What the walk proved.
#[derive(Debug)]
pub(super) struct Proven {
    pub(super) did: PlcDid,
    pub(super) form: LogForm,
    pub(super) history: Vec<HistoryEntry>,
    pub(super) head: usize,
    pub(super) signature_checks: u64,
}

/// One operation of a verified log.
#[derive(Debug, Clone)]
pub struct HistoryEntry {
    pub(super) operation: Operation,
    pub(super) cid: String,
    pub(super) size: usize,
    pub(super) created_at: Option<Timestamp>,
    pub(super) nullified_by: Option<usize>,
    pub(super) is_recovery: bool,
    pub(super) signer: usize,
    pub(super) prev: Option<usize>,
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

    /// The index of the key that signed, among the rotation keys of the operation that this one follows (of the genesis:
    /// its own).
    pub fn signer(&self) -> usize {
        self.signer
    }

    /// The index of the operation that this one follows; `None` for the genesis.
    pub fn prev(&self) -> Option<usize> {
        self.prev
    }

    /// Whether a recovery undid the operation.
    pub fn is_nullified(&self) -> bool {
        self.nullified_by.is_some()
    }

    /// The index of the recovery that undid the operation; `None` where none did.
    pub fn nullified_by(&self) -> Option<usize> {
        self.nullified_by
    }

    /// Whether the operation undid others: a key of higher authority than theirs signed it.
    pub fn is_recovery(&self) -> bool {
        self.is_recovery
    }
}

impl Identity {
    /// The one door: only the walk calls it, and only for a log that holds.
    pub(super) fn verified(proven: Proven, warnings: Vec<Warning>) -> Self {
        Identity { proven: Arc::new(proven), warnings, memory: Memory::Nothing }
    }

    pub(super) fn with_warning(mut self, warning: Warning) -> Self {
        self.warnings.push(warning);
        self
    }

    /// The pin of a first visit.
    pub(super) fn first_seen_now(self, pin: Pin) -> Self {
        Identity { memory: Memory::FirstVisit(pin), ..self }
    }

    /// The pin of this visit, which the caller did not ask for.
    pub(super) fn offering(self, pin: Pin) -> Self {
        Identity { memory: Memory::Offered(pin), ..self }
    }

    /// The pin of a later visit, whose log was compared with the earlier pin.
    pub(super) fn compared(mut self, pin: Pin, warning: Option<Warning>) -> Self {
        self.warnings.extend(warning);
        Identity { memory: Memory::Compared(pin), ..self }
    }

    /// Whether the log was compared with an earlier pin.
    pub(crate) fn was_compared(&self) -> bool {
        matches!(self.memory, Memory::Compared(_))
    }

    /// Whether the pin is one that the caller did not ask for: it is dropped where it would be too large.
    pub(crate) fn only_offers_pin(&self) -> bool {
        matches!(self.memory, Memory::Offered(_))
    }

    /// What to keep for the next visit; `None` unless the log was verified with
    /// [`Log::verify_remembering`](crate::Log::verify_remembering).
    pub fn pin(&self) -> Option<&Pin> {
        match &self.memory {
            Memory::Nothing => None,
            Memory::Offered(pin) | Memory::FirstVisit(pin) | Memory::Compared(pin) => Some(pin),
        }
    }

    /// How many signatures were checked to verify the log. Those of operations that a pin knows are not.
    pub fn signature_checks(&self) -> u64 {
        self.proven.signature_checks
    }

    /// The form in which the log was served.
    pub fn form(&self) -> LogForm {
        self.proven.form
    }

    /// The key that signed an operation of the history, as it is written; `None` for an index beyond its end.
    pub fn signer_key(&self, index: usize) -> Option<&str> {
        let entry = self.history().get(index)?;
        let signed_against = entry.prev.map_or(Some(entry), |prev| self.history().get(prev))?;
        signed_against.operation.state()?.rotation_keys().get(entry.signer).map(String::as_str)
    }

    /// When this verifier first saw each operation of the history, in seconds since 1970; `None` unless the log was verified
    /// with [`Log::verify_remembering`](crate::Log::verify_remembering).
    ///
    /// ```
    /// use fedverify::{Limits, Log};
    ///
    /// # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
    /// # let read = |name: &str| std::fs::read(format!("{examples}/{name}")).unwrap();
    /// # let (did, log) = (String::from_utf8(read("did.txt")).unwrap().trim().parse()?, read("log.json"));
    /// let log = Log::parse(&log, &Limits::default())?;
    /// let identity = log.verify_remembering(&did, None, 1_767_225_600)?;
    /// assert!(identity.first_seen().all(|time| time == Some(1_767_225_600)));
    /// let nullified_by: Vec<_> = identity.history().iter().map(|entry| entry.nullified_by()).collect();
    /// assert_eq!(nullified_by, [None, None, Some(3), None, None]);
    /// # Ok::<(), fedverify::Error>(())
    /// ```
    pub fn first_seen(&self) -> impl Iterator<Item = Option<u64>> {
        let operations = self.pin().map(Pin::operations).unwrap_or_default();
        let known = self.pin().map(Pin::index).unwrap_or_default();
        self.history().iter().map(move |entry| {
            let operation = known.get(entry.cid()).and_then(|place| operations.get(place));
            operation.map(|operation| operation.first_seen)
        })
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
        self.proven.history.iter().filter(|entry| entry.is_nullified()).map(HistoryEntry::cid)
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
        self.state().map(|state| DidDocument::from_state(&self.proven.did, state))
    }

    /// Non-fatal findings.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    fn head_entry(&self) -> Option<&HistoryEntry> {
        self.proven.history.get(self.proven.head)
    }
}
