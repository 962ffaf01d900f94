//! Mirroring: what a source offers becomes a stored version only when its signature, its archive and its history agree.

mod asset;
mod listing;
mod offer;
mod peer;
mod plugins;
mod store;
mod sync;
mod taking;
#[cfg(test)]
mod testing;
mod values;
mod verdict;

pub(crate) use peer::visit;
pub(crate) use plugins::{Query, list};
pub use store::{Archive, archives};
pub(crate) use store::{Mirror, NO_VERSION, blob_name, find, set_withdrawn};
pub(crate) use sync::sync;
pub(crate) use verdict::verdict;
