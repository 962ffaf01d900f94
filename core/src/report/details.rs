//! What a report is asked to tell.

use crate::host::Reach;

/// Which details of an identity a report tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Details {
    /// The caller's clock: what can be undone is told by it.
    pub(crate) now: Option<u64>,
    /// Whether the whole history is wanted, and the DID document that follows from it.
    pub(crate) history: bool,
    /// Where the repository may be.
    pub(crate) reach: Reach,
}
