//! The C library of fedverify. `include/fedverify.h` is made from this crate, its documentation included, and is what
//! a C programmer reads; here is what holds it together.
//!
//! - [`border`] holds all unsafe code: what C passes becomes what Rust can trust, or an error.
//! - `call` runs every export: NULL and panics become a status, results go where the caller wants them.
//! - [`request`], [`verification`] and [`report`] are the pipeline of core, for every kind of verification at once.
//! - Every other file is one kind of handle of the typed chain, which owns a value of core and what it lends.
//!
//! Exports are safe functions: their parameters have types that say what C vouches for. `Option<&T>` is a handle that
//! lives through the call, `Option<Box<T>>` one that is freed, and the types of [`border`] are lent memory.
//! Handles never change after they were made, or only behind a lock, so all are [`Send`] and [`Sync`].

pub mod alias;
pub mod artifact;
pub mod border;
mod call;
pub mod digests;
pub mod directories;
pub mod error;
mod files;
mod handle;
pub mod identity;
pub mod key;
pub mod limits;
pub mod metadata;
pub mod operation;
pub mod package;
pub mod pfn;
pub mod pin;
pub mod release;
pub mod report;
pub mod request;
mod source;
pub mod state;
pub mod status;
pub mod string;
pub mod verification;
pub mod version;
pub mod version_order;
mod warnings;
pub mod web_document;

#[cfg(test)]
mod tests;
