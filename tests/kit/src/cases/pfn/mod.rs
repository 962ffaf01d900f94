//! Cases about the Plugin Federation Network: `pfn.md`.

mod archive;
mod archive_signature;
mod challenge;
mod documents;
mod key_text;
mod plugin_record;
mod plugin_signature;
mod record;
mod signed_text;

use crate::case::Case;

pub(super) fn cases() -> Vec<Case> {
    [
        plugin_record::cases(),
        signed_text::cases(),
        plugin_signature::cases(),
        archive::cases(),
        archive_signature::cases(),
        challenge::cases(),
        key_text::cases(),
        documents::cases(),
    ]
    .concat()
}
