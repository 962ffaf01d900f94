//! What became of the versions that another node lists.

use crate::mirror::taking::Mirrored;
use crate::source::Problem;
use serde::Serialize;

/// What became of a listed version that was not refused.
pub(super) enum Taken {
    Mirrored(Mirrored),
    /// Nothing signs its archive.
    Unsigned,
    /// It is not here, and its source no longer has the key that signed it.
    Earlier,
}

/// What a visit to a peer did.
#[derive(Debug, Default, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PeerReport {
    pub(super) mirrored_count: u64,
    /// Versions that are here already.
    known_count: u64,
    /// Versions whose archives nothing signs: they are left to their publishers, and are no fault of the peer.
    unsigned_count: u64,
    /// Versions that are not here, of keys that their sources have given up: nodes change keys at different times.
    earlier_count: u64,
    pub(super) refused: Vec<Refused>,
    /// Why the visit ended early, or could not be made.
    #[serde(skip)]
    pub(crate) problem: Option<Problem>,
}

/// A version that was not taken, and why.
#[derive(Debug, Serialize)]
pub(super) struct Refused {
    pub(super) source: String,
    pub(super) plugin: String,
    pub(super) version: String,
    pub(super) code: String,
    pub(super) reason: String,
}

impl PeerReport {
    /// Counts a version that was not refused.
    pub(super) fn count(&mut self, taken: &Taken) {
        let count = match taken {
            Taken::Mirrored(Mirrored::Fetched) => &mut self.mirrored_count,
            Taken::Mirrored(Mirrored::Known) => &mut self.known_count,
            Taken::Unsigned => &mut self.unsigned_count,
            Taken::Earlier => &mut self.earlier_count,
        };
        *count = count.saturating_add(1);
    }
}
