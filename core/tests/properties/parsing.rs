//! Nothing that is read can make core panic, and nothing of it can be verified that nobody signed.
//!
//! These tests have no expectation of what comes out: overflows, slices out of bounds and the like are what they look for.

use crate::change::{Change, change};
use crate::subject::{Subject, subjects};
use fedverify::fair::Artifact;
use fedverify::pfn::{AuthorData, Challenge, FederationInfo, PluginArchive, PluginRecord, PublisherKey};
use fedverify::plc::{BatchLine, ExportLog};
use fedverify::{
    Did, Identity, Limits, Log, Metadata, PackageDigests, Pin, PlcDid, PublicKey, Version, WebDid,
    WebDocument, directory, quote,
};
use proptest::prelude::*;
use proptest::sample::Index;
use serde_json::Value;
use std::cell::Cell;
use std::collections::BTreeSet;
use std::io::Cursor;

const DID: &str = "did:plc:z72i7hdynmk6r22z27h6tvur";

/// Publishers to check things against that were read.
struct Publisher {
    identity: Identity,
    key: PublisherKey,
}

impl Publisher {
    fn new() -> Publisher {
        let log = fedverify_kit::chain(2);
        let text = log.text();
        let parsed = Log::parse(text.as_bytes(), &Limits::default()).unwrap();
        let identity = parsed.verify(&log.did().parse().unwrap());
        let pem = fedverify_kit::pfn::public_pem(&fedverify_kit::KeyPair::ed25519("pfn/publisher"));
        let key = PublisherKey::parse(pem.as_bytes(), &Limits::default());
        Publisher { identity: identity.unwrap(), key: key.unwrap() }
    }

    /// Reads the bytes as everything that core reads, and verifies what could be read.
    fn read(&self, bytes: &[u8]) {
        let limits = Limits::default();
        self.read_logs(bytes, &limits);
        self.read_metadata(bytes);
        self.read_web(bytes, &limits);
        self.read_records(bytes, &limits);
        let _ = PublicKey::read(bytes, &limits);
        let _ = PublicKey::from_multicodec(bytes);
        let _ = PublicKey::from_ed25519(bytes);
        if let Ok(key) = PublisherKey::parse(bytes, &limits) {
            assert_eq!(
                PublicKey::from_multibase(&key.public_key().to_multibase()).as_ref(),
                Ok(key.public_key())
            );
        }
        if let Ok(text) = std::str::from_utf8(bytes) {
            self.read_text(text, &limits);
        }
    }

    fn read_logs(&self, bytes: &[u8], limits: &Limits) {
        let did: PlcDid = DID.parse().unwrap();
        assert!(Log::parse(bytes, limits).and_then(|log| log.verify(&did)).is_err());
        match BatchLine::parse(bytes, limits) {
            Ok(BatchLine::Log(log)) => drop(log.verify()),
            Ok(BatchLine::Entry(entry)) => drop(ExportLog::new(entry, limits).verify()),
            Err(_) => {}
        }
        if let Ok(pin) = Pin::parse(bytes, limits) {
            assert_eq!(Pin::parse(pin.to_json().as_bytes(), limits), Ok(pin));
        }
        let _ = directory::compare_document("https://plc.example", &self.identity, bytes, limits);
    }

    fn read_web(&self, bytes: &[u8], limits: &Limits) {
        let did: WebDid = "did:web:publisher.example:plugins".parse().unwrap();
        if let Ok(identity) = WebDocument::parse(bytes, &did, 0, limits) {
            let _ = identity.repository();
            assert_eq!(identity.did(), &did);
        }
    }

    fn read_metadata(&self, bytes: &[u8]) {
        let limits = Limits::default();
        let Ok(metadata) = Metadata::parse(bytes, &limits) else { return };
        let digests = PackageDigests::from_reader(bytes, &limits).unwrap();
        let versions: Vec<Version> = metadata.versions().cloned().collect();
        let named = versions.iter().map(|version| Some(version.as_str()));
        for version in named.chain([None]) {
            if let Ok(release) = self.identity.release(&metadata, version) {
                assert!(release.verify(&digests).is_err());
                let mut urls = release.artifacts().map(Artifact::url);
                assert!(urls.all(|url| release.verify_from(url, &digests).is_err()));
            }
        }
    }

    fn read_records(&self, bytes: &[u8], limits: &Limits) {
        if let Ok(record) = PluginRecord::parse(bytes, limits) {
            let signed: Value = serde_json::from_str(&record.signed_string()).unwrap();
            assert_eq!(signed["id"], record.id());
            let _ = record.verify(&self.key, None);
        }
        if let Ok(author) = AuthorData::parse(bytes, limits) {
            author.verify(&self.key);
        }
        if let Ok(info) = FederationInfo::parse(bytes, limits)
            && let Ok(url) = info.asset_url("alice", "gallery")
        {
            assert!(url.starts_with("https://") && !url.contains(".."), "{url}");
        }
        let digests = PackageDigests::from_reader(bytes, limits).unwrap();
        let _ = PluginArchive::read(Cursor::new(bytes), digests, limits);
    }

    fn read_text(&self, text: &str, limits: &Limits) {
        let _ = text.parse::<Did>();
        if let Ok(did) = text.parse::<WebDid>() {
            assert!(did.document_url().starts_with("https://") && did.document_url().ends_with("/did.json"));
        }
        assert!(!quote(text).contains(char::is_control));
        if let Ok(did) = text.parse::<PlcDid>() {
            assert_eq!(did.as_str(), text);
        }
        if let Ok(key) = text.parse::<PublicKey>() {
            assert_eq!(key.to_did_key(), text);
        }
        let _ = PublicKey::from_multibase(text);
        if let Ok(version) = Version::parse(text, limits) {
            assert_eq!(version.as_str(), text);
            let roomy = Limits { version_bytes: u64::MAX, ..*limits };
            let number = Version::parse(&version.number(), &roomy).expect("a number is a version");
            assert_eq!((number.number(), number.precedence()), (version.number(), version.precedence()));
        }
        if let Ok(challenge) = Challenge::new(text, limits) {
            assert!(challenge.verify(&self.key, text).is_err());
        }
    }
}

fn word() -> impl Strategy<Value = String> {
    prop_oneof![8 => prop::sample::select(fedverify_kit::seeds::WORDS).prop_map(str::to_owned), 1 => any::<String>()]
}

/// Any JSON, of at most five levels, with our words in it.
fn json() -> impl Strategy<Value = Value> {
    let leaf = prop_oneof![
        Just(Value::Null),
        any::<bool>().prop_map(Value::from),
        any::<i64>().prop_map(Value::from),
        any::<f64>().prop_map(Value::from),
        word().prop_map(Value::from),
    ];
    leaf.prop_recursive(5, 64, 8, |inner| {
        let members = prop::collection::btree_map(word(), inner.clone(), 0..8);
        prop_oneof![
            prop::collection::vec(inner, 0..6).prop_map(Value::from),
            members.prop_map(|members| Value::Object(members.into_iter().collect())),
        ]
    })
}

/// Puts a value in the place of one that is found by going down a document.
fn graft(into: &mut Value, way: &[Index], value: Value) {
    let Some((step, way)) = way.split_first().filter(|_| is_tree(into)) else {
        *into = value;
        return;
    };
    if let Value::Array(items) = into {
        let at = step.index(items.len());
        graft(&mut items[at], way, value);
    } else if let Value::Object(members) = into {
        let at = step.index(members.len());
        graft(members.values_mut().nth(at).unwrap(), way, value);
    }
}

/// Whether there is something below the value.
fn is_tree(value: &Value) -> bool {
    value.as_array().is_some_and(|items| !items.is_empty())
        || value.as_object().is_some_and(|members| !members.is_empty())
}

/// The files of the corpus, each once, that are not too large to be changed a few thousand times.
fn files() -> Vec<Vec<u8>> {
    let inputs = subjects().into_iter().flat_map(|Subject { inputs, .. }| inputs.into_values());
    let files: BTreeSet<Vec<u8>> = inputs.filter(|bytes| bytes.len() < 10_000).collect();
    assert!(files.len() > 300, "only {} files", files.len());
    files.into_iter().collect()
}

#[test]
fn any_bytes() {
    let publisher = Publisher::new();
    let bytes = prop_oneof![
        prop::collection::vec(any::<u8>(), 0..300),
        any::<String>().prop_map(String::into_bytes),
        word().prop_map(String::into_bytes),
    ];
    let outcome = crate::runner(4000).run(&bytes, |bytes| {
        publisher.read(&bytes);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn any_json() {
    let publisher = Publisher::new();
    let outcome = crate::runner(2000).run(&json(), |value| {
        publisher.read(value.to_string().as_bytes());
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// Deeper than chance leads: a document of the corpus with something else in one place.
#[test]
fn documents_with_any_json_in_them() {
    let (publisher, files) = (Publisher::new(), files());
    let documents: Vec<Value> =
        files.iter().filter_map(|file| serde_json::from_slice(file).ok()).filter(is_tree).collect();
    let strategy = (any::<Index>(), prop::collection::vec(any::<Index>(), 0..6), json());
    let outcome = crate::runner(2000).run(&strategy, |(document, way, value)| {
        let mut document = document.get(&documents).clone();
        graft(&mut document, &way, value);
        publisher.read(document.to_string().as_bytes());
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

#[test]
fn files_with_many_changes() {
    let (publisher, files) = (Publisher::new(), files());
    let strategy = (any::<Index>(), prop::collection::vec(change(), 1..8));
    let outcome = crate::runner(4000).run(&strategy, |(file, changes)| {
        let bytes = changes.iter().fold(file.get(&files).clone(), |bytes, change| change.of(&bytes));
        publisher.read(&bytes);
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
}

/// ZIP files, of which most changes leave enough to be read on.
#[test]
fn archives_with_many_changes() {
    let all = subjects().into_iter().filter_map(|subject| subject.inputs.get("archive").cloned());
    let archives: BTreeSet<Vec<u8>> = all.filter(|archive| archive.len() < 20_000).collect();
    let archives: Vec<Vec<u8>> = archives.into_iter().collect();
    let is_in_headers = |change: &Change| !matches!(change, Change::Truncate(_));
    let changes =
        prop::collection::vec(change().prop_filter("cut-off files are read above", is_in_headers), 1..4);
    let readable = Cell::new(0);
    let outcome = crate::runner(4000).run(&(any::<Index>(), changes), |(archive, changes)| {
        let bytes = changes.iter().fold(archive.get(&archives).clone(), |bytes, change| change.of(&bytes));
        let digests = PackageDigests::from_reader(bytes.as_slice(), &Limits::default()).unwrap();
        let archive = PluginArchive::read(Cursor::new(bytes), digests, &Limits::default());
        readable.set(readable.get() + u32::from(archive.is_ok()));
        Ok(())
    });
    outcome.unwrap_or_else(|failure| panic!("{failure}"));
    assert!(readable.get() > 100, "only {} archives were read", readable.get());
}
