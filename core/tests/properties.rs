//! What must hold for every input, not only for those that somebody thought of.
//!
//! A failure prints the smallest input that fails. Nothing is persisted: what is found becomes a case of the corpus.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

// Used here for its cases alone.
#[allow(dead_code)]
#[path = "../../tests/conformance.rs"]
mod conformance;

#[path = "properties/change.rs"]
mod change;
#[path = "properties/facts.rs"]
mod facts;
#[path = "properties/histories.rs"]
mod histories;
#[path = "properties/memory.rs"]
mod memory;
#[path = "properties/parsing.rs"]
mod parsing;
#[path = "properties/plot.rs"]
mod plot;
#[path = "properties/reference.rs"]
mod reference;
#[path = "properties/served.rs"]
mod served;
#[path = "properties/subject.rs"]
mod subject;

use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

/// A runner of so many cases that writes no file, and draws the same cases every time: what the histories must hold is
/// counted, and a count that chance decides fails some day.
fn runner(cases: u32) -> TestRunner {
    let config = Config { cases, failure_persistence: None, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha))
}
