//! What can still be undone, and what rests on it (did-plc.md, "What can still be undone").

use super::identity::{HistoryEntry, Identity};
use super::item::Item;
use super::operation::State;
use super::walk::RECOVERY_WINDOW_SECONDS;
use crate::index::Index;
use crate::pin::{Pin, PinnedOperation};

/// The operations of an identity that a key of higher authority can still undo at some time, oldest first.
///
/// What such an operation introduced may be a thief's work that the owner has not undone yet. An operation that the
/// highest key signed cannot be undone, nor can a genesis.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Contestable {
    operations: Vec<ContestableOperation>,
}

/// An operation that can still be undone, with what it and the operations after it, up to the next one that can be undone,
/// introduced into the current state. Undoing it undoes all that follows it, too.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub struct ContestableOperation {
    /// Its index in the history.
    pub operation: usize,
    /// Its CID.
    pub cid: String,
    /// Until when it can be undone, in seconds since 1970. That second is within.
    pub until: u64,
    /// The keys that can undo it, highest authority first.
    pub keys: Vec<String>,
    /// The ids of the verification methods that rest on it.
    pub verification_methods: Vec<String>,
    /// The ids of the services that rest on it.
    pub services: Vec<String>,
    /// The aliases that rest on it.
    pub also_known_as: Vec<String>,
}

impl Contestable {
    /// The operations, oldest first.
    pub fn operations(&self) -> &[ContestableOperation] {
        &self.operations
    }

    /// Until when the verification method with this id can be undone; `None` if it cannot.
    pub fn method_until(&self, id: &str) -> Option<u64> {
        let introduced =
            |operation: &ContestableOperation| operation.verification_methods.iter().any(|own| own == id);
        let place = self.operations.iter().position(introduced)?;
        // It falls with the operation that introduced it and with any before that.
        self.operations.iter().take(place.saturating_add(1)).map(|operation| operation.until).max()
    }
}

impl Identity {
    /// What can be undone at `now`, in seconds since 1970 by the caller's clock.
    ///
    /// The time of an operation is its createdAt. Where the identity was verified with a pin from before the operation, it
    /// is the later of createdAt and first seen, because a directory can backdate. An operation without a createdAt, of a
    /// bare log, is at least as old as its first sight; where that is not remembered, it may be of this very moment.
    pub fn contestable(&self, now: u64) -> Contestable {
        let remembered = RememberedTimes::new(self.pin());
        let survivors: Vec<(usize, &HistoryEntry)> =
            self.history().iter().enumerate().filter(|(_, entry)| !entry.is_nullified()).collect();
        let mut operations = Vec::new();
        for (index, entry) in &survivors {
            let time = remembered.time_of(entry).unwrap_or(now);
            let until = time.saturating_add(RECOVERY_WINDOW_SECONDS);
            let above = self.keys_above(entry);
            if now <= until && !above.is_empty() {
                operations.push(ContestableOperation::new(*index, entry, until, above));
            }
        }
        assign(&survivors, &mut operations);
        Contestable { operations }
    }

    /// The keys above the one that signed this operation; none for a genesis.
    fn keys_above(&self, entry: &HistoryEntry) -> Vec<String> {
        let prev = entry.prev().and_then(|prev| self.history().get(prev));
        let keys =
            prev.and_then(|prev| prev.operation().state()).map(State::rotation_keys).unwrap_or_default();
        let mut seen = Index::default();
        keys.iter().take(entry.signer()).filter(|key| seen.insert(key, 0).is_none()).cloned().collect()
    }
}

/// What is remembered of the times of operations.
struct RememberedTimes<'p> {
    operations: &'p [PinnedOperation],
    by_cid: Index<'p>,
    first_visit: u64,
}

impl<'p> RememberedTimes<'p> {
    fn new(pin: Option<&'p Pin>) -> Self {
        let operations = pin.map(Pin::operations).unwrap_or_default();
        // The genesis is in every log, so the first visit saw it.
        let first_visit = operations.first().map(|genesis| genesis.first_seen).unwrap_or_default();
        RememberedTimes { operations, by_cid: pin.map(Pin::index).unwrap_or_default(), first_visit }
    }

    /// The latest time from which the recovery window of an operation can count; `None` where nothing tells.
    fn time_of(&self, entry: &HistoryEntry) -> Option<u64> {
        let remembered = self.by_cid.get(entry.cid()).and_then(|place| self.operations.get(place));
        let served = entry.created_at().map(|time| time.seconds_floor());
        let created_at = remembered.and_then(|operation| operation.created_at).or(served);
        // An operation that the first visit saw may be far older than that visit.
        let first_seen = remembered.map(|operation| operation.first_seen);
        created_at
            .max(first_seen.filter(|first_seen| created_at.is_none() || *first_seen != self.first_visit))
    }
}

impl ContestableOperation {
    fn new(operation: usize, entry: &HistoryEntry, until: u64, keys: Vec<String>) -> Self {
        let (verification_methods, services, also_known_as) = (Vec::new(), Vec::new(), Vec::new());
        let cid = entry.cid().to_owned();
        ContestableOperation { operation, cid, until, keys, verification_methods, services, also_known_as }
    }
}

/// Instead of the index of an operation: what was there before all that can be undone.
const BEFORE: usize = usize::MAX;

/// Says of each part of the current state which contestable operation it rests on. The work is that of reading each state
/// once.
fn assign(survivors: &[(usize, &HistoryEntry)], operations: &mut [ContestableOperation]) {
    let Some(first) = operations.first().map(|operation| operation.operation) else { return };
    let base = survivors.iter().rfind(|(index, _)| *index < first).map(|(_, entry)| *entry);
    // Each part with the index of the operation that introduced it.
    let mut since = Index::default();
    for item in Item::all_of(base) {
        since.insert_owned(item.key(), BEFORE);
    }
    for (index, entry) in survivors.iter().filter(|(index, _)| *index >= first) {
        let known = std::mem::take(&mut since);
        for key in Item::all_of(Some(entry)).iter().map(Item::key) {
            let introduced = known.get(&key).unwrap_or(*index);
            since.insert_owned(key, introduced);
        }
    }
    let head = survivors.last().map(|(_, entry)| *entry);
    let mut told = Index::default();
    // In the order of the state.
    for item in Item::all_of(head) {
        let key = item.key();
        let introduced = since.get(&key).filter(|introduced| *introduced != BEFORE);
        let Some(introduced) = introduced.filter(|_| told.insert_owned(key, 0).is_none()) else { continue };
        let Some(operation) = operations.iter_mut().rfind(|operation| operation.operation <= introduced)
        else {
            continue;
        };
        match item {
            // Whoever controls the identity can undo, and is not what is undone.
            Item::RotationKey(_) => {}
            Item::Method(id, _) => operation.verification_methods.push(id.to_owned()),
            Item::Service(id, _, _) => operation.services.push(id.to_owned()),
            Item::Alias(alias) => operation.also_known_as.push(alias.to_owned()),
        }
    }
}
