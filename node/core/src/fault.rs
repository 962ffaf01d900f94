//! What fails in the machine that a node runs on.

use std::fmt;

/// A failure of the host itself: the disk is full, the database is damaged. Never a verdict, and never shown to callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    /// A failure in words, for the log.
    pub fn new(what: impl fmt::Display) -> Self {
        Fault(what.to_string())
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}
