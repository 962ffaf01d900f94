//! The single parts of a state, as an operation can introduce or remove them.

use super::identity::HistoryEntry;
use super::operation::Service;

/// A part of a state.
pub(super) enum Item<'s> {
    RotationKey(&'s str),
    Method(&'s str, &'s str),
    Service(&'s str, &'s str, &'s str),
    Alias(&'s str),
}

impl<'s> Item<'s> {
    /// The parts of the state that an operation set, in their order; none for a tombstone. A list, not an iterator: each
    /// place that reads one would make its code anew, which is much of the wasm module.
    pub(super) fn all_of(entry: Option<&'s HistoryEntry>) -> Vec<Item<'s>> {
        let mut items = Vec::new();
        let Some(state) = entry.and_then(|entry| entry.operation().state()) else { return items };
        items.extend(state.rotation_keys().iter().map(|key| Item::RotationKey(key)));
        items.extend(state.verification_methods().iter().map(|(id, key)| Item::Method(id, key.as_str())));
        let of_service = |(id, service): (&'s str, &'s Service)| {
            Item::Service(id, service.service_type(), service.endpoint())
        };
        items.extend(state.services().iter().map(of_service));
        items.extend(state.also_known_as().iter().map(|alias| Item::Alias(alias)));
        items
    }

    /// A string that no other part has: the lengths tell where each piece ends.
    pub(super) fn key(&self) -> String {
        match self {
            Item::RotationKey(key) => format!("k{key}"),
            Item::Method(id, key) => format!("m{}:{id}{key}", id.len()),
            Item::Service(id, kind, endpoint) => format!("s{}:{}:{id}{kind}{endpoint}", id.len(), kind.len()),
            Item::Alias(alias) => format!("a{alias}"),
        }
    }
}
