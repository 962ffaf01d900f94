//! Cases about FAIR packages: `docs/rules/fair.md`.

mod advisories;
mod alias;
mod alias_of_package;
mod artifacts;
mod checksum;
mod endpoint;
mod identity;
mod keys;
mod latest;
mod limits;
mod loose;
mod metadata;
mod metadata_json;
mod metadata_only;
pub(super) mod published;
mod releases;
mod several_packages;
mod signature;
mod signature_forms;
mod truncated;
mod versions;

use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    [
        signature_forms::cases(),
        signature::cases(),
        truncated::cases(),
        checksum::cases(),
        keys::cases(),
        identity::cases(),
        endpoint::cases(),
        metadata::cases(),
        metadata_json::cases(),
        loose::cases(),
        releases::cases(),
        versions::cases(),
        latest::cases(),
        advisories::cases(),
        artifacts::cases(),
        several_packages::cases(),
        metadata_only::cases(),
        limits::cases(),
        alias::cases(),
        alias_of_package::cases(),
    ]
    .concat()
}
