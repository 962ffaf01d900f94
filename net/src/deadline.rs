//! How long a fetch may take.

use std::sync::atomic::{AtomicU64, Ordering};
use std::time::{Duration, Instant};

/// What a body that is still coming must bring, after the timeout. A slow line brings more; a server that drips does not.
const MIN_BYTES_PER_SECOND: u64 = 64 << 10;

/// What a byte of a body earns.
const NANOSECONDS_PER_BYTE: u64 = 1_000_000_000 / MIN_BYTES_PER_SECOND;

/// The end of a fetch, over all its tries and redirects: the timeout after its start, and later the more was received, but never
/// more than the timeout from now: what came fast pays for no silence. Every lookup, connection, read and write of the fetch goes
/// by it.
#[derive(Debug)]
pub(crate) struct Deadline {
    start: Instant,
    timeout: Duration,
    /// Whether what is received moves it.
    is_earned: bool,
    /// In nanoseconds after the start. Only the thread that reads the body moves it.
    end: AtomicU64,
}

impl Deadline {
    pub(crate) fn new(timeout: Duration) -> Self {
        Deadline {
            start: Instant::now(),
            timeout,
            is_earned: true,
            end: AtomicU64::new(nanoseconds(timeout)),
        }
    }

    /// One that nothing moves, for what is not worth waiting for: a server that sends just fast enough could otherwise hold a
    /// fetch until the largest document has come.
    pub(crate) fn fixed(timeout: Duration) -> Self {
        Deadline { is_earned: false, ..Deadline::new(timeout) }
    }

    /// What is left, from now.
    pub(crate) fn left(&self) -> Duration {
        self.left_at(self.start.elapsed())
    }

    /// What is left so long after the start.
    pub(crate) fn left_at(&self, elapsed: Duration) -> Duration {
        Duration::from_nanos(self.end.load(Ordering::Relaxed)).saturating_sub(elapsed)
    }

    /// Counts bytes of a body. What is around them (chunk sizes, their extensions, trailers) earns no time.
    pub(crate) fn receive(&self, bytes: usize) {
        self.receive_at(self.start.elapsed(), bytes);
    }

    /// Counts bytes that came so long after the start.
    pub(crate) fn receive_at(&self, elapsed: Duration, bytes: usize) {
        if !self.is_earned {
            return;
        }
        let earned = u64::try_from(bytes).unwrap_or(u64::MAX).saturating_mul(NANOSECONDS_PER_BYTE);
        let latest = nanoseconds(elapsed.saturating_add(self.timeout));
        let end = self.end.load(Ordering::Relaxed).saturating_add(earned);
        self.end.store(end.min(latest), Ordering::Relaxed);
    }
}

fn nanoseconds(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    const TIMEOUT: Duration = Duration::from_secs(30);

    fn second(number: u64) -> Duration {
        Duration::from_secs(number)
    }

    #[test]
    fn without_a_body_it_is_the_timeout() {
        let deadline = Deadline::new(TIMEOUT);
        assert_eq!(deadline.left_at(second(10)), second(20));
        assert!(deadline.left_at(TIMEOUT).is_zero());
    }

    #[test]
    fn a_body_that_keeps_coming_may_take_long_and_one_that_drips_may_not() {
        let (steady, dripping) = (Deadline::new(TIMEOUT), Deadline::new(TIMEOUT));
        for now in 1..1000 {
            steady.receive_at(second(now), 64 << 10);
            dripping.receive_at(second(now), 64);
        }
        assert!(steady.left_at(second(1000)) > second(28));
        assert!(dripping.left_at(second(31)).is_zero());
    }

    #[test]
    fn what_came_fast_pays_for_no_silence() {
        let deadline = Deadline::new(TIMEOUT);
        deadline.receive_at(second(5), 1 << 30);
        assert_eq!(deadline.left_at(second(5)), TIMEOUT);
        assert!(deadline.left_at(second(35)).is_zero());
    }

    #[test]
    fn nothing_moves_a_fixed_deadline() {
        let deadline = Deadline::fixed(TIMEOUT);
        deadline.receive_at(second(5), 1 << 30);
        assert!(deadline.left_at(TIMEOUT).is_zero());
    }
}
