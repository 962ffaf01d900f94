//! Cases about the Plugin Federation Network: `docs/rules/pfn.md`.

mod ambiguous;
mod archive;
mod archive_attributes;
mod archive_deflate;
mod archive_ends;
mod archive_list;
mod archive_signature;
mod archive_tiles;
mod archive_zip64;
mod asset_url;
mod author_data;
mod challenge;
mod federation_info;
mod key_string;
mod plugin_record;
mod plugin_signature;
mod record;
mod signed_string;

use crate::case::Case;
use crate::json::Json;

pub(super) fn cases() -> Vec<Case> {
    [
        plugin_record::cases(),
        signed_string::cases(),
        plugin_signature::cases(),
        archive::cases(),
        archive_attributes::cases(),
        archive_deflate::cases(),
        archive_ends::cases(),
        archive_list::cases(),
        archive_tiles::cases(),
        archive_zip64::cases(),
        archive_signature::cases(),
        challenge::cases(),
        ambiguous::cases(),
        key_string::cases(),
        federation_info::cases(),
        author_data::cases(),
        asset_url::cases(),
    ]
    .concat()
}

/// A case about a document of a source.
fn document(kind: &'static str, name: &str, json: &Json) -> Case {
    Case::new(kind, format!("pfn/{name}")).file("document", "json", json.pretty())
}
