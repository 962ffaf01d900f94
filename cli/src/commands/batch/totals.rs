//! What a run came to.

use super::judge::Judged;
use fedverify::tables::Verdict;
use std::fmt;
use std::time::{Duration, Instant};

/// Counts, from the moment it is made.
pub(super) struct Totals {
    start: Instant,
    verified: u64,
    rejected: u64,
    operations: u64,
    signature_checks: u64,
}

impl Totals {
    pub(super) fn new() -> Self {
        Totals { start: Instant::now(), verified: 0, rejected: 0, operations: 0, signature_checks: 0 }
    }

    pub(super) fn count(&mut self, judged: &Judged) {
        let which = if judged.is_verified { &mut self.verified } else { &mut self.rejected };
        *which = which.saturating_add(1);
        self.operations = self.operations.saturating_add(judged.operations);
        self.signature_checks = self.signature_checks.saturating_add(judged.signature_checks);
    }

    pub(super) fn logs(&self) -> u64 {
        self.verified.saturating_add(self.rejected)
    }

    /// Verified only if everything was; nothing can be said of no logs.
    pub(super) fn verdict(&self) -> Verdict {
        match (self.verified, self.rejected) {
            (0, 0) => Verdict::Undetermined,
            (_, 0) => Verdict::Verified,
            _ => Verdict::Rejected,
        }
    }
}

impl fmt::Display for Totals {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let took = self.start.elapsed();
        let logs = if self.logs() == 1 { "log" } else { "logs" };
        writeln!(f, "{} {logs}: {} verified, {} rejected", self.logs(), self.verified, self.rejected)?;
        write!(
            f,
            "{:.1} s: {} logs/s, {} operations/s, {} signature checks/s (of verified logs)",
            took.as_secs_f64(),
            per_second(self.logs(), took),
            per_second(self.operations, took),
            per_second(self.signature_checks, took),
        )
    }
}

/// A rate, rounded down. Less than a millisecond counts as one.
fn per_second(count: u64, took: Duration) -> u128 {
    u128::from(count).saturating_mul(1000).checked_div(took.as_millis()).unwrap_or(u128::from(count))
}
