//! The verifier's own clock, which pins go by.

use std::time::{SystemTime, UNIX_EPOCH};

/// Seconds since 1970. A clock before that counts as 1970: then everything seems to be seen for the first time now.
pub(crate) fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
