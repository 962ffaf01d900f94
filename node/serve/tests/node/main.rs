//! The node as its users meet it, on either host: asked over HTTP, with publishers on loopback that are honest or not.

// A test that fails may panic.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]
#![allow(clippy::arithmetic_side_effects, clippy::string_slice)]

mod attacks;
mod backups;
mod bounds;
mod buckets;
mod codes;
mod connections;
mod example;
mod host;
mod identities;
mod key_changes;
mod keys;
mod kills;
mod load;
mod long_lists;
mod mirrors;
mod openapi;
mod operations;
mod original;
mod page;
mod peers;
mod promises;
mod publisher;
#[cfg(unix)]
mod readme;
mod running;
mod shapes;
mod sources;
mod streams;
