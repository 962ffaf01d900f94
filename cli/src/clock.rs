//! The verifier's own clock, which pins go by.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970. A clock before that counts as 1970: then everything seems to be seen for the first time now.
pub(crate) fn now() -> u64 {
    test_clock()
        .unwrap_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs()))
}

/// The clock that a test sets, since the corpus says at which time a case is judged. Only debug builds have it: what is
/// shipped has one clock.
#[cfg(debug_assertions)]
fn test_clock() -> Option<u64> {
    std::env::var("FEDVERIFY_TEST_NOW").ok()?.parse().ok()
}

#[cfg(not(debug_assertions))]
fn test_clock() -> Option<u64> {
    None
}
