//! How long a fetch may take.

use std::time::{Duration, Instant};

/// What a body that is still coming must bring on average, after the timeout. A slow line brings more; a server that
/// drips does not.
const MIN_BYTES_PER_SECOND: u64 = 64 << 10;

/// The end of a fetch, over all its tries and redirects: the timeout after its start, and later the more was received.
#[derive(Debug)]
pub(super) struct Deadline {
    start: Instant,
    timeout: Duration,
    received: u64,
}

impl Deadline {
    pub(super) fn new(timeout: Duration) -> Self {
        Deadline { start: Instant::now(), timeout, received: 0 }
    }

    /// What is left, from now.
    pub(super) fn left(&self) -> Duration {
        let earned = Duration::from_secs(self.received.checked_div(MIN_BYTES_PER_SECOND).unwrap_or_default());
        self.timeout.saturating_add(earned).saturating_sub(self.start.elapsed())
    }

    /// Counts bytes of a body.
    pub(super) fn receive(&mut self, bytes: usize) {
        self.received = self.received.saturating_add(u64::try_from(bytes).unwrap_or(u64::MAX));
    }
}
