//! How long a fetch may take.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a body that is still coming must bring on average, after the timeout. A slow line brings more; a server that
/// drips does not.
const MIN_BYTES_PER_SECOND: u64 = 64 << 10;

/// The end of a fetch, over all its tries and redirects: the timeout after its start, and later the more was received.
/// Every lookup, connection, read and write of the fetch goes by it.
#[derive(Debug)]
pub(crate) struct Deadline {
    start: Instant,
    timeout: Duration,
    /// Whether what is received moves it.
    is_earned: bool,
    received: AtomicU64,
}

impl Deadline {
    pub(crate) fn new(timeout: Duration) -> Self {
        Deadline { start: Instant::now(), timeout, is_earned: true, received: AtomicU64::new(0) }
    }

    /// One that nothing moves, for what is not worth waiting for: a server that sends just fast enough could otherwise hold a
    /// fetch until the largest document has come.
    pub(crate) fn fixed(timeout: Duration) -> Self {
        Deadline { is_earned: false, ..Deadline::new(timeout) }
    }

    /// What is left, from now.
    pub(crate) fn left(&self) -> Duration {
        let received = self.received.load(Ordering::Relaxed);
        let earned = Duration::from_secs(received.checked_div(MIN_BYTES_PER_SECOND).unwrap_or_default());
        self.timeout.saturating_add(earned).saturating_sub(self.start.elapsed())
    }

    /// Counts bytes of a body. What is around them (chunk sizes, their extensions, trailers) earns no time.
    pub(crate) fn receive(&self, bytes: usize) {
        if !self.is_earned {
            return;
        }
        self.received.fetch_add(u64::try_from(bytes).unwrap_or(u64::MAX), Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_bytes_of_a_body_earn_time() {
        let deadline = Deadline::new(Duration::ZERO);
        assert!(deadline.left().is_zero());
        deadline.receive(64 << 10);
        assert!(deadline.left() <= Duration::from_secs(1));
        deadline.receive(1 << 30);
        assert!(deadline.left() > Duration::from_secs(1000));
    }

    #[test]
    fn nothing_moves_a_fixed_deadline() {
        let deadline = Deadline::fixed(Duration::ZERO);
        deadline.receive(1 << 30);
        assert!(deadline.left().is_zero());
    }
}
