//! `fedverify verify` over real HTTP, against servers of this machine that are honest or not.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::unwrap_used)]
#![allow(clippy::arithmetic_side_effects, clippy::string_slice, clippy::as_conversions)]

mod directories;
mod domain;
mod drips;
mod hostile;
mod pins;
mod play;
mod private;
mod table;
mod terminal;
mod tls;
mod torn;
mod visits;
mod web;
mod world;
