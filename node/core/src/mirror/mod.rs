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
mod version;

pub(crate) use peer::visit;
pub(crate) use plugins::{Order, Query, list};
pub(crate) use store::{NO_VERSION, set_withdrawn};
pub(crate) use sync::sync;
pub(crate) use verdict::verdict;
pub use version::{Archive, archives};
pub(crate) use version::{Mirror, blob_name, find};
