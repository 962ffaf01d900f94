//! What an operation changed, and how grave that is (did-plc.md, "What an operation changed").

use super::identity::{HistoryEntry, Identity};
use super::item::Item;
use crate::index::Index;
use crate::tables::{ChangeKind, Gravity, OperationType, StatePart};
use serde::Serialize;

/// One difference between the state that an operation set and the state of the operation that it follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[non_exhaustive]
pub struct Change {
    /// What became of it.
    pub change: ChangeKind,
    /// What it is a part of.
    pub part: StatePart,
    /// The id of a verification method or a service.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    /// The type of a service.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub service_type: Option<String>,
    /// The key, the alias or the endpoint of the service; `None` where keys were reordered.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub value: Option<String>,
}

impl Change {
    fn new(change: ChangeKind, item: &Item<'_>) -> Self {
        let (part, id, service_type, value) = match *item {
            Item::RotationKey(key) => (StatePart::RotationKeys, None, None, key),
            Item::Method(id, key) => (StatePart::VerificationMethods, Some(id), None, key),
            Item::Service(id, kind, endpoint) => (StatePart::Services, Some(id), Some(kind), endpoint),
            Item::Alias(alias) => (StatePart::AlsoKnownAs, None, None, alias),
        };
        let (id, service_type) = (id.map(str::to_owned), service_type.map(str::to_owned));
        Change { change, part, id, service_type, value: Some(value.to_owned()) }
    }

    /// How much depends on it.
    pub fn gravity(&self) -> Gravity {
        match self.part {
            StatePart::RotationKeys => Gravity::Grave,
            StatePart::VerificationMethods => Gravity::Serious,
            StatePart::Services | StatePart::AlsoKnownAs => Gravity::Minor,
        }
    }
}

impl Identity {
    /// What an operation of the history changed: first what is gone, then what is new, each in the order of its state. A
    /// genesis added everything, a tombstone removed everything. Empty for an index beyond the end of the history.
    ///
    /// ```
    /// use fedverify::tables::{ChangeKind, Gravity, StatePart};
    /// use fedverify::{Limits, Log};
    ///
    /// # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
    /// # let read = |name: &str| std::fs::read(format!("{examples}/{name}")).unwrap();
    /// # let (did, log) = (String::from_utf8(read("did.txt")).unwrap().trim().parse()?, read("log.json"));
    /// let identity = Log::parse(&log, &Limits::default())?.verify(&did)?;
    /// let changes = identity.changes(2); // a theft, undone later
    /// assert!(changes.iter().any(|c| c.change == ChangeKind::Added && c.part == StatePart::VerificationMethods));
    /// assert_eq!((identity.gravity(1), identity.gravity(2)), (Gravity::Minor, Gravity::Serious));
    /// # Ok::<(), fedverify::Error>(())
    /// ```
    pub fn changes(&self, index: usize) -> Vec<Change> {
        let Some(entry) = self.history().get(index) else { return Vec::new() };
        let before = entry.prev().and_then(|prev| self.history().get(prev));
        let mut changes = missing(ChangeKind::Removed, before, Some(entry));
        changes.extend(missing(ChangeKind::Added, Some(entry), before));
        if is_reordered(before, entry) {
            let (change, part) = (ChangeKind::Reordered, StatePart::RotationKeys);
            changes.push(Change { change, part, id: None, service_type: None, value: None });
        }
        changes
    }

    /// How much depends on what an operation of the history did.
    pub fn gravity(&self, index: usize) -> Gravity {
        self.history().get(index).map_or(Gravity::None, |entry| gravity(entry, &self.changes(index)))
    }
}

/// How much depends on an operation that made these changes. Nothing rested on anything before a genesis.
pub(crate) fn gravity(entry: &HistoryEntry, changes: &[Change]) -> Gravity {
    let of_changes = changes.iter().map(Change::gravity).max().unwrap_or(Gravity::None);
    let is_end = entry.operation().operation_type() == OperationType::Tombstone;
    match entry.prev() {
        None => Gravity::None,
        Some(_) if is_end || entry.is_recovery() => Gravity::Grave,
        Some(_) => of_changes,
    }
}

/// The parts of one state that the other does not have, each once.
fn missing(change: ChangeKind, of: Option<&HistoryEntry>, in_other: Option<&HistoryEntry>) -> Vec<Change> {
    let mut known = Index::default();
    for item in Item::all_of(in_other) {
        known.insert_owned(item.key(), 0);
    }
    let items = Item::all_of(of).into_iter();
    items
        .filter(|item| known.insert_owned(item.key(), 0).is_none())
        .map(|item| Change::new(change, &item))
        .collect()
}

/// Whether the keys that both states have are in another order. Of a key that is listed twice, the first place counts.
fn is_reordered(before: Option<&HistoryEntry>, entry: &HistoryEntry) -> bool {
    let before = before.and_then(|before| before.operation().state());
    let (Some(before), Some(after)) = (before, entry.operation().state()) else { return false };
    let (before, after) = (before.rotation_keys(), after.rotation_keys());
    shared(before, after) != shared(after, before)
}

/// The keys that the other state has, too, each once.
fn shared<'s>(keys: &'s [String], others: &[String]) -> Vec<&'s str> {
    let others = Index::from_strings(others.iter().map(String::as_str));
    let mut seen = Index::default();
    let keys = keys.iter().map(String::as_str);
    keys.filter(|key| others.contains(key) && seen.insert(key, 0).is_none()).collect()
}
