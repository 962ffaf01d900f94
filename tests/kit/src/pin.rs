//! Pins: what a verifier remembers, written without the core's help.

use crate::encoding::{hex, sha256, sha384};
use crate::json::Json;
use crate::log::Log;

/// Seconds from 1970 to 2026-01-01, where all our logs start: the clock of the verifier in the cases.
pub const START_SECONDS: u64 = 20_454 * 24 * 3600;

/// What a verifier remembers of one identity.
#[derive(Debug, Clone)]
pub struct PinFile {
    schema: &'static str,
    did: String,
    text: String,
    operations: Vec<Remembered>,
    releases: Vec<(String, String, String)>,
}

/// One operation that was seen.
#[derive(Debug, Clone)]
struct Remembered {
    cid: String,
    signer: u64,
    size: u64,
    first_seen: u64,
    nullified: bool,
}

impl PinFile {
    /// What is remembered of a log that was first seen at `first_seen`, in seconds; `signers` are the indices of the keys
    /// that signed its operations.
    pub fn of(log: &Log, signers: &[u64], first_seen: u64) -> PinFile {
        let nullified = log.summary().nullified;
        let operations = log.operations().iter().zip(signers).map(|(operation, signer)| Remembered {
            cid: operation.cid().to_owned(),
            signer: *signer,
            size: operation.size() as u64,
            first_seen,
            nullified: nullified.iter().any(|cid| cid == operation.cid()),
        });
        let operations: Vec<Remembered> = operations.collect();
        assert_eq!(operations.len(), log.operations().len(), "a signer for every operation");
        let text = log.text();
        PinFile {
            schema: "fedverify/pin/v1",
            did: log.did().to_owned(),
            text,
            operations,
            releases: Vec::new(),
        }
    }

    /// Remembers a package under a version.
    pub fn release(mut self, version: &str, package: &[u8]) -> PinFile {
        self.releases.push((version.to_owned(), hex(&sha256(package)), hex(&sha384(package))));
        self.releases.sort();
        self
    }

    /// Says that the pin is of another form.
    pub fn schema(mut self, schema: &'static str) -> PinFile {
        self.schema = schema;
        self
    }

    /// Says that the pin is of another identity.
    pub fn did(mut self, did: &str) -> PinFile {
        self.did = did.to_owned();
        self
    }

    /// The pin as JSON, with the digest of its content.
    pub fn json(&self) -> Json {
        let number = |value: u64| Json::Number(value.to_string());
        let operations = self.operations.iter().map(|operation| {
            Json::object([
                ("cid", operation.cid.as_str().into()),
                ("signer", number(operation.signer)),
                ("size", number(operation.size)),
                ("firstSeen", number(operation.first_seen)),
                ("nullified", Json::Bool(operation.nullified)),
            ])
        });
        let releases = self.releases.iter().map(|(version, sha256, sha384)| {
            let digests = [("sha256", sha256.as_str().into()), ("sha384", sha384.as_str().into())];
            (version.clone(), Json::object(digests))
        });
        let head = self.operations.iter().rfind(|operation| !operation.nullified).expect("a head");
        let (bytes, digest) = self.log_text();
        Json::object([
            ("schema", self.schema.into()),
            ("did", self.did.as_str().into()),
            ("head", head.cid.as_str().into()),
            ("log", Json::object([("bytes", number(bytes)), ("sha256", digest.as_str().into())])),
            ("operations", Json::array(operations)),
            ("releases", Json::Object(releases.collect())),
            ("sha256", self.digest().as_str().into()),
        ])
    }

    /// The served text up to the end of the last entry.
    fn log_text(&self) -> (u64, String) {
        let entries = self.text.trim_end().strip_suffix(']').expect("an array").trim_end();
        (entries.len() as u64, hex(&sha256(entries.as_bytes())))
    }

    fn digest(&self) -> String {
        let (bytes, log) = self.log_text();
        let mut lines = format!("fedverify/pin/v1\n{}\n{bytes} {log} {}\n", self.did, self.operations.len());
        for Remembered { cid, signer, size, first_seen, nullified } in &self.operations {
            lines.push_str(&format!("{cid} {signer} {size} {first_seen} {nullified}\n"));
        }
        for (version, sha256, sha384) in &self.releases {
            lines.push_str(&format!("{version} {sha256} {sha384}\n"));
        }
        hex(&sha256(lines.as_bytes()))
    }
}
