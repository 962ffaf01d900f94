//! The corpus as seeds of the fuzz targets in `fuzz`: a folder for each target, and a dictionary.

use crate::case::{Case, Input, Verdict};
use crate::cases;
use crate::corpus::Tree;
use crate::encoding::{hex, sha256};
use crate::json::quoted;
use crate::stretch::{shortened, stretch};
use std::collections::BTreeSet;

/// Words that lead somewhere in our documents.
pub const WORDS: &[&str] = &[
    "did",
    "operation",
    "cid",
    "nullified",
    "createdAt",
    "type",
    "plc_operation",
    "plc_tombstone",
    "create",
    "rotationKeys",
    "verificationMethods",
    "alsoKnownAs",
    "services",
    "endpoint",
    "prev",
    "sig",
    "signingKey",
    "recoveryKey",
    "handle",
    "service",
    "@context",
    "https://fair.pm/ns/metadata/v1",
    "id",
    "wp-plugin",
    "releases",
    "version",
    "artifacts",
    "package",
    "url",
    "signature",
    "checksum",
    "username",
    "plugins",
    "slug",
    "name",
    "short_description",
    "tags",
    "log",
    "sequenced_op",
    "seq",
    "verificationMethod",
    "publicKeyMultibase",
    "Multikey",
    "serviceEndpoint",
    "did:web:publisher.example:plugins",
    "#fair",
    "features",
    "assetInfo",
    "domain",
    "namingScheme",
    "1.0",
    "2026-01-01T00:00:00Z",
    "sha256:00",
    "author/slug.zip",
    "https://a.example",
    "did:plc:z72i7hdynmk6r22z27h6tvur",
    "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme",
    "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA",
];

/// What is in seeds and in no document: the members of a pin, the parts of a request, calls of the C library.
const OTHER_WORDS: &[&str] = &[
    "\n=== ",
    "\n=== remember\ntrue",
    "\n=== history\ntrue",
    "\n=== now\n",
    "\n=== pin\n",
    "\n=== limit logBytes\n",
    "schema",
    "fedverify/pin/v1",
    "head",
    "lastVisit",
    "signer",
    "size",
    "firstSeen",
    "digest",
    "sha384",
    "-----BEGIN PUBLIC KEY-----",
    "-----END PUBLIC KEY-----",
    "\\u0000",
    "\\ud800",
    "PK\u{1}\u{2}",
    "PK\u{3}\u{4}",
    "PK\u{5}\u{6}",
    "PK\u{6}\u{6}",
];

/// Seeds larger than this are left out: a fuzzer changes small inputs a thousand times as often.
const MOST_BYTES: usize = 64 * 1024;

/// The calls of the typed functions that a FAIR package takes, as the target `c_abi` reads them.
const TYPED_CALLS: &str = "\
identity_verify log did
identity_head
identity_warning_count
identity_did_document
metadata_parse metadata
identity_release . . release
release_version
package_digests_from_bytes package
package_hasher_new
package_hasher_update . package
package_hasher_finish
package_hasher_finish
release_verify
package_key_id
package_free
identity_free
";

/// The calls of the typed functions of the Plugin Federation Network.
const PLUGIN_CALLS: &str = "\
pfn_key_parse key
pfn_key_did_key
pfn_plugin_verify plugin . signature
pfn_plugin_name
pfn_archive_from_bytes archive
pfn_plugin_with_archive . . archiveSignature
pfn_challenge_verify challenge . signature
pfn_author_data_parse document
pfn_author_data_verify_plugin . 0
pfn_federation_info_parse document
pfn_federation_info_asset_url . author slug
key_read key
key_did_key
";

/// In how many places of a seed there is something long, one at a time, and how long: more than a width in Rust's formats can be.
const LONG_PLACES: usize = 16;
const LONG: u8 = 16;

/// All seeds, by path, and the dictionary.
pub fn files() -> Tree {
    let mut tree = Tree::new();
    let mut earlier_pin = Vec::new();
    let mut long = BTreeSet::new();
    for case in cases::all() {
        let seeds = seeds(&case, &mut earlier_pin);
        let is_verified = matches!(case.verdict, Some(Verdict::Verified { .. }));
        for (target, seed) in seeds {
            if is_verified && long.insert((case.kind, target)) {
                add_long(&mut tree, target, &seed);
            }
            add(&mut tree, target, seed);
        }
    }
    tree.insert("dictionary".to_owned(), dictionary().into_bytes());
    tree
}

/// What a case is to each target.
fn seeds(case: &Case, earlier_pin: &mut Vec<u8>) -> Vec<(&'static str, Vec<u8>)> {
    let request = request(case);
    let calls = [&request, b"\n=== calls\n".as_slice(), calls(case).as_bytes()].concat();
    let mut seeds = vec![("request", request), ("c_abi", calls)];
    for (name, input) in &case.inputs {
        if let (Some(target), Some(bytes)) = (target(case.kind, name), bytes(input)) {
            seeds.push((target, bytes.to_vec()));
            if target == "pin" {
                // Two that may be merged: cases beside each other are mostly of one identity.
                seeds.push((target, [earlier_pin, b"\n=== pin\n".as_slice(), bytes].concat()));
                *earlier_pin = bytes.to_vec();
            }
        }
    }
    seeds
}

/// Adds the seed with something long in one place, for several places.
fn add_long(tree: &mut Tree, target: &str, seed: &[u8]) {
    for place in (0..LONG_PLACES).map(|place| place * seed.len() / LONG_PLACES) {
        let Some(byte) = seed.get(place) else { continue };
        let long = vec![*byte; 1 << LONG];
        add(tree, target, [&seed[..place], &long, &seed[place + 1..]].concat());
    }
}

/// Adds a seed under a name that its bytes have, so that equal ones are there once.
fn add(tree: &mut Tree, target: &str, seed: Vec<u8>) {
    // Nothing in an archive stands for anything else: its places are counted.
    let seed = if target == "archive" { seed } else { shortened(&seed) };
    if seed.len() <= MOST_BYTES {
        let name = hex(&sha256(&seed));
        tree.insert(format!("{target}/{}", &name[..16]), seed);
    }
}

/// The target that reads such an input by itself.
fn target(kind: &str, input: &str) -> Option<&'static str> {
    match (kind, input) {
        (_, "log") => Some("log"),
        (_, "metadata") => Some("metadata"),
        (_, "key") => Some("key"),
        (_, "pin") => Some("pin"),
        (_, "archive") => Some("archive"),
        ("pfn-federation-info" | "pfn-author-data" | "pfn-asset-url", "document") => Some("pfn"),
        (_, "plugin" | "challenge") => Some("pfn"),
        (_, "document") => Some("web_document"),
        (_, "did" | "release" | "artifactUrl" | "txt" | "author" | "slug" | "signature") => Some("text"),
        _ => None,
    }
}

fn bytes(input: &Input) -> Option<&[u8]> {
    match input {
        Input::Text(text) => Some(text.as_bytes()),
        Input::File(file) => Some(&file.bytes),
        Input::Path(_) => None,
    }
}

/// A whole request: its kind, and each input and limit below a line of its own, as `fuzz/src/lib.rs` reads it.
fn request(case: &Case) -> Vec<u8> {
    let mut seed = case.kind.as_bytes().to_vec();
    for (name, input) in &case.inputs {
        let Some(bytes) = bytes(input) else { continue };
        seed.extend(format!("\n=== {name}\n").bytes());
        seed.extend(bytes);
    }
    for (name, value) in &case.limits {
        seed.extend(format!("\n=== limit {name}\n{value}").bytes());
    }
    seed
}

/// The calls of the C library that verify the case: through a request, and through the typed functions of its family.
fn calls(case: &Case) -> String {
    let mut calls = String::from("request_new kind\n");
    for (name, input) in &case.inputs {
        let function = match (*name, input) {
            ("package" | "archive", _) => "flag . =",
            (_, Input::File(_)) => "bytes . =",
            ("now", _) => "number . =",
            ("remember" | "noDowngrade" | "waitRecoveryWindow" | "history", _) => "flag . =",
            _ => "string . =",
        };
        calls.push_str(&format!("request_set_{function}{name} {name}\n"));
    }
    let stream = if case.kind == "pfn-plugin" { "archive" } else { "package" };
    calls.push_str(&format!(
        "verification_start\nverification_update . {stream}\nverification_finish\nreport_json\n"
    ));
    calls.push_str(if case.kind.starts_with("pfn") || case.kind == "key" {
        PLUGIN_CALLS
    } else {
        TYPED_CALLS
    });
    calls
}

/// The words in the form of libFuzzer and AFL: one a line, in quotation marks, other bytes than printable ones as `\xAB`.
fn dictionary() -> String {
    let names = WORDS.iter().map(|word| quoted(word));
    let words = WORDS.iter().chain(OTHER_WORDS).map(|word| (*word).to_owned());
    names.chain(words).chain(stretches()).map(|word| entry(&word)).collect()
}

/// Bytes that documents can have many of, and how many: above what a message says, what a width in Rust's formats can be, and
/// most limits.
fn stretches() -> impl Iterator<Item = String> {
    let times =
        |byte| [12, LONG, 20].map(|exponent| stretch(exponent, byte).map(char::from).iter().collect());
    b"09az .:/\\\"[{\n".iter().flat_map(move |byte| times(*byte))
}

fn entry(word: &str) -> String {
    let mut line = String::from("\"");
    for byte in word.bytes() {
        match byte {
            b'"' | b'\\' => line.push_str(&format!("\\{}", char::from(byte))),
            b' '..=b'~' => line.push(char::from(byte)),
            _ => line.push_str(&format!("\\x{byte:02X}")),
        }
    }
    line.push_str("\"\n");
    line
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stretch::stretched;
    use std::sync::LazyLock;

    static SEEDS: LazyLock<Tree> = LazyLock::new(files);

    #[test]
    fn every_target_has_seeds() {
        let folder = crate::disk::project_root().join("fuzz/targets");
        for file in std::fs::read_dir(folder).expect("the targets") {
            let target = file.expect("a file").path().with_extension("");
            let target = target.file_name().and_then(|name| name.to_str()).expect("a name");
            let count = SEEDS.keys().filter(|path| path.starts_with(&format!("{target}/"))).count();
            assert!(count > 10, "{count} seeds for {target}");
        }
    }

    #[test]
    fn small_seeds_mean_long_documents() {
        let long = |seed: &[u8]| seed.len() <= MOST_BYTES && stretched(seed).len() > MOST_BYTES;
        for target in ["log", "metadata", "web_document", "key", "pfn", "pin", "text", "request", "c_abi"] {
            let mut seeds = SEEDS.iter().filter(|(path, _)| path.starts_with(&format!("{target}/")));
            assert!(seeds.any(|(_, seed)| long(seed)), "none of {target}");
        }
    }

    #[test]
    fn words_are_written_as_libfuzzer_reads_them() {
        assert_eq!(entry("\n\"a\\"), "\"\\x0A\\\"a\\\\\"\n");
    }
}
