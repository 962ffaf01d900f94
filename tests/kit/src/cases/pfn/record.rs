//! A plugin record as a source serves it, of which each case changes one thing.

use crate::case::{Case, File, Input};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::pfn::{SIGNED_MEMBERS, public_pem, sign_text, signed_text};

/// The warning of every verified plugin: what signs challenges of any kind signs records too.
const ORACLE: &str = "pfn.signature.oracle";

/// The warnings of a plugin whose archive is unsigned.
pub(super) const UNBOUND: &[&str] = &["pfn.archive.unbound", ORACLE];

/// The warnings of a plugin whose archive is signed too.
pub(super) const BOUND: &[&str] = &[ORACLE];

/// The warnings of an author's list of which the key signed some plugins and not others.
pub(super) const PARTIAL: &[&str] = &["pfn.author_data.partial", ORACLE];

/// The publisher's key.
pub(super) fn publisher() -> KeyPair {
    KeyPair::ed25519("pfn/publisher")
}

/// The publisher's key as a file that most cases share.
pub(super) fn key_file() -> Input {
    let bytes = public_pem(&publisher()).into_bytes();
    Input::File(File { shared: Some("shared/publisher.pem"), extension: "pem", bytes })
}

/// What the sample record says of the plugin: id, name, version, description.
pub(super) const SAMPLE: [&str; 4] = ["hello-pfn", "Hello PFN", "1.0.0", "Says hello to the federation."];

/// The sample's signed members.
pub(super) fn sample() -> [Option<Json>; 4] {
    SAMPLE.map(|string| Some(string.into()))
}

/// The signature over these members.
pub(super) fn signature_of(members: [Option<Json>; 4]) -> String {
    sign_text(&publisher(), &signed_text(members))
}

/// A record with these members, under the names of an author-data document, rightly signed.
pub(super) fn signed_record(members: [Option<Json>; 4]) -> Json {
    let signature = signature_of(members.clone());
    let mut record = Json::object([]);
    for (name, value) in ["slug", "name", "version", "short_description"].into_iter().zip(members) {
        if let Some(value) = value {
            record.push(name, value);
        }
    }
    record.push("tags", Json::object([("category", "utilities".into())]));
    record.with("signature", signature)
}

/// The sample record.
pub(super) fn record() -> Json {
    signed_record(sample())
}

/// What is verified of a record with these members.
pub(super) fn facts(members: [Option<Json>; 4]) -> Json {
    let present = SIGNED_MEMBERS.iter().zip(members);
    let present = present.filter_map(|(name, value)| value.map(|value| ((*name).to_owned(), value)));
    Json::Object(present.collect()).with("trust", "key")
}

/// A case about a record.
pub(super) fn case(name: &str, record: &Json) -> Case {
    case_with(name, record.pretty())
}

/// A case about any bytes in place of a record.
pub(super) fn case_with(name: &str, record: impl Into<Vec<u8>>) -> Case {
    let name = format!("pfn/plugin/{name}");
    Case::new("pfn-plugin", name).input("key", key_file()).file("plugin", "plugin.json", record)
}
