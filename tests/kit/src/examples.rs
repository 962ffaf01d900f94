//! The signed examples: one FAIR package with its history, one Plugin Federation Network plugin.

use crate::archive::Archive;
use crate::corpus::Tree;
use crate::encoding::base64;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::metadata::{Form, artifact, metadata, release};
use crate::moment::Moment;
use crate::operation::Op;
use crate::pfn::{public_pem, sign_text, signed_text};
use crate::plugin::main_file;

/// The folder of the examples in the project. Programs that use them stand beside them, written by hand.
pub const FOLDER: &str = "examples";

/// What people read first. The DID is filled in.
const README: &str = include_str!("examples.md");

/// The files of the examples, by path from the project's root.
pub fn files() -> Tree {
    let log = history();
    let mut files = fair(&log);
    files.extend(pfn());
    files.push(("README.md", README.replace("{did}", log.did()).into_bytes()));
    files.into_iter().map(|(path, bytes)| (format!("{FOLDER}/{path}"), bytes)).collect()
}

type Files = Vec<(&'static str, Vec<u8>)>;

/// The key that signs the package.
pub(crate) fn fair_key() -> KeyPair {
    KeyPair::ed25519("example/fair")
}

/// The key of whoever steals, forges and lies.
pub(crate) fn thief() -> KeyPair {
    KeyPair::ed25519("example/thief")
}

/// The everyday key after the recovery.
pub(crate) fn daily_key() -> KeyPair {
    KeyPair::k256("example/daily-2")
}

/// The website that the identity claims.
pub(crate) const WEBSITE: &str = "https://publisher.example";

/// The state of the identity with these keys and this repository.
pub(crate) fn state(daily: &KeyPair, fair: &KeyPair, repository: &str) -> Op {
    let keys = [&KeyPair::k256("example/offline"), daily];
    Op::regular().rotation_keys(keys).verification_method("fair", fair).service(
        "fairpm_repo",
        "FairPackageManagementRepo",
        repository,
    )
}

/// An identity whose everyday key was stolen, and recovered 20 hours later with the key kept offline.
pub(crate) fn history() -> Log {
    let (offline, stolen, daily) =
        (KeyPair::k256("example/offline"), KeyPair::k256("example/daily"), daily_key());
    let old = "https://old.publisher.example/fair.json";
    let repository = "https://publisher.example/hello-fair/fair.json";
    let genesis = state(&stolen, &fair_key(), old).sign(&stolen);
    let moved = state(&stolen, &fair_key(), repository).after(&genesis).sign(&stolen);
    let theft = state(&stolen, &thief(), "https://thief.example/fair.json").after(&moved).sign(&stolen);
    let recovery = state(&daily, &fair_key(), repository).after(&moved).sign(&offline);
    let website = state(&daily, &fair_key(), repository).also_known_as(WEBSITE).after(&recovery).sign(&daily);
    Log::new(&genesis, Moment::hour(9))
        .then(&moved, Moment::hour(24 * 40 + 14))
        .then(&theft, Moment::hour(24 * 90 + 3))
        .then(&recovery, Moment::hour(24 * 90 + 23))
        .then(&website, Moment::hour(24 * 100 + 10))
}

/// The package of a version.
pub(crate) fn plugin(did: &str, version: &str) -> Vec<u8> {
    let headers = [
        ("Plugin ID", did),
        ("Description", "Says hello. An example of a signed FAIR package."),
        ("Requires PHP", "7.4"),
    ];
    Archive::new()
        .folder("hello-fair/")
        .deflated("hello-fair/hello-fair.php", main_file("Hello FAIR", version, &headers))
        .deflated(
            "hello-fair/readme.txt",
            format!("=== Hello FAIR ===\nStable tag: {version}\nLicense: MIT\n"),
        )
        .bytes()
}

/// The metadata document, with packages that are below this URL and signed with this key.
pub(crate) fn metadata_at(did: &str, url: &str, signer: &KeyPair) -> Json {
    let released = |version: &str| {
        let zip = plugin(did, version);
        let url = format!("{url}/hello-fair-{version}.zip");
        let signed = artifact(&url, &zip, Form::Ed25519Sha384.sign_text(signer, &zip));
        release(version, Json::array([signed]))
    };
    metadata(did, [released("1.1.0"), released("1.0.0")]).with("license", "MIT")
}

fn fair(log: &Log) -> Files {
    let metadata = metadata_at(log.did(), "https://publisher.example/hello-fair", &fair_key());
    vec![
        ("fair/did.txt", format!("{}\n", log.did()).into_bytes()),
        ("fair/log.json", log.text().into_bytes()),
        ("fair/metadata.json", metadata.pretty().into_bytes()),
        ("fair/hello-fair-1.1.0.zip", plugin(log.did(), "1.1.0")),
    ]
}

fn pfn() -> Files {
    const CHALLENGE: &str = "0f8fad5b-d9cb-469f-a165-70867728950e";
    const DESCRIPTION: &str = "Says hello. An example of a signed plugin record.";
    // As the publisher of node/README.md is registered, so that a site gets updates from that node.
    const SOURCE: &str = "alice@127.0.0.1:4000";
    let publisher = KeyPair::ed25519("example/pfn");
    let members = ["hello-pfn", "Hello PFN", "1.0.0", DESCRIPTION].map(|text| Some(Json::from(text)));
    let record = Json::object([
        ("slug", "hello-pfn".into()),
        ("name", "Hello PFN".into()),
        ("version", "1.0.0".into()),
        ("short_description", DESCRIPTION.into()),
        ("tags", Json::object([("category", "utilities".into())])),
        ("signature", sign_text(&publisher, &signed_text(members)).into()),
    ]);
    let zip = Archive::new()
        .folder("hello-pfn/")
        .deflated(
            "hello-pfn/hello-pfn.php",
            main_file("Hello PFN", "1.0.0", &[("Description", DESCRIPTION), ("Federation Source", SOURCE)]),
        )
        .bytes();
    vec![
        ("pfn/publisher.pem", public_pem(&publisher).into_bytes()),
        ("pfn/plugin.json", record.pretty().into_bytes()),
        ("pfn/hello-pfn-1.0.0.zip", zip),
        ("pfn/challenge.txt", CHALLENGE.into()),
        ("pfn/challenge.sig", base64(&publisher.sign(CHALLENGE.as_bytes())).into_bytes()),
    ]
}
