//! Cases about FAIR packages: `fair.md`.

mod alias;
mod artifacts;
mod checksum;
mod identity;
mod keys;
mod latest;
mod limits;
mod metadata;
mod metadata_json;
pub(super) mod published;
mod releases;
mod signature;
mod signature_forms;

use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    [
        signature_forms::cases(),
        signature::cases(),
        checksum::cases(),
        keys::cases(),
        identity::cases(),
        metadata::cases(),
        metadata_json::cases(),
        releases::cases(),
        latest::cases(),
        artifacts::cases(),
        limits::cases(),
        alias::cases(),
    ]
    .concat()
}
