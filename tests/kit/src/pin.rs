//! Pins: what a verifier remembers, written without the core's help (`did-plc.md`, "Pins").

use crate::encoding::{hex, sha256, sha384};
use crate::json::Json;
use crate::log::Log;
use crate::moment::whole_seconds;
use crate::operation::SignedOp;
use crate::version;
use std::collections::BTreeMap;

/// The form that is read and written.
const SCHEMA: &str = "fedverify/pin/v2";

/// A visit to a directory: what it served, and when by the verifier's own clock.
#[derive(Debug, Clone)]
pub struct Visit<'l> {
    log: &'l Log,
    is_bare: bool,
    json: String,
    now: u64,
}

impl<'l> Visit<'l> {
    /// The directory served the audit log.
    pub fn audit(log: &'l Log, now: u64) -> Visit<'l> {
        Visit { log, is_bare: false, json: log.text(), now }
    }

    /// The directory served the bare log.
    pub fn bare(log: &'l Log, now: u64) -> Visit<'l> {
        Visit { log, is_bare: true, json: log.bare().pretty(), now }
    }

    /// The same log, written in another way.
    pub fn written(self, json: impl Into<String>) -> Visit<'l> {
        Visit { json: json.into(), ..self }
    }

    /// The operations that were served, in order.
    fn operations(&self) -> Vec<&'l SignedOp> {
        if self.is_bare { self.log.chain() } else { self.log.operations().iter().collect() }
    }
}

/// What a verifier remembers of one identity. [`PinFile::first`] and [`PinFile::next`] make the pins of an honest verifier;
/// the other methods make pins that it would not write.
#[derive(Debug, Clone)]
pub struct PinFile {
    schema: &'static str,
    did: String,
    last_visit: u64,
    json: LogJson,
    operations: Vec<Remembered>,
    releases: BTreeMap<String, Vec<[String; 2]>>,
}

/// The JSON that was served, up to the end of its last entry.
#[derive(Debug, Clone)]
struct LogJson {
    bytes: u64,
    sha256: String,
    operations: u64,
}

/// One operation that was seen.
#[derive(Debug, Clone)]
struct Remembered {
    cid: String,
    signer: u64,
    size: u64,
    first_seen: u64,
    created_at: Option<u64>,
    nullified: bool,
}

impl PinFile {
    /// The pin of a first visit.
    pub fn first(visit: &Visit) -> PinFile {
        PinFile::kept(None, visit)
    }

    /// The pin of a later visit, to a directory that took nothing back.
    pub fn next(&self, visit: &Visit) -> PinFile {
        PinFile::kept(Some(self), visit)
    }

    fn kept(earlier: Option<&PinFile>, visit: &Visit) -> PinFile {
        let known = earlier.map_or(&[][..], |pin| &pin.operations);
        let served = visit.operations();
        let nullified = visit.log.summary().nullified;
        // What the first visit saw is told by its time: a later visit in that very second counts as a second later.
        let is_first_second = known.first().is_some_and(|genesis| genesis.first_seen == visit.now);
        let new_since = visit.now + u64::from(is_first_second);
        let mut operations: Vec<Remembered> = Vec::new();
        for op in &served {
            let old = known.iter().find(|old| old.cid == op.cid());
            let created_at = || (!visit.is_bare).then(|| whole_seconds(visit.log.created_at(op)));
            operations.push(Remembered {
                cid: op.cid().to_owned(),
                signer: visit.log.signer(op),
                size: op.size() as u64,
                first_seen: old.map_or(new_since, |old| old.first_seen),
                created_at: old.and_then(|old| old.created_at).or_else(created_at),
                nullified: nullified.iter().any(|cid| cid == op.cid()),
            });
        }
        let was_left_out = |old: &&Remembered| served.iter().all(|op| op.cid() != old.cid);
        operations.extend(known.iter().filter(was_left_out).cloned());
        let left_out = &operations[served.len()..];
        assert!(
            left_out.iter().all(|old| visit.is_bare && old.nullified),
            "the directory took something back"
        );
        PinFile {
            schema: SCHEMA,
            did: visit.log.did().to_owned(),
            last_visit: visit.now,
            json: LogJson::new(&visit.json, served.len() as u64),
            operations,
            releases: earlier.map(|pin| pin.releases.clone()).unwrap_or_default(),
        }
    }

    /// The pin of two visits that ran at once: it also knows the operations that only the other one saw.
    pub fn merged(mut self, other: &PinFile) -> PinFile {
        let is_known = |cid: &str| self.operations.iter().any(|known| known.cid == cid);
        let more: Vec<_> =
            other.operations.iter().filter(|operation| !is_known(&operation.cid)).cloned().collect();
        self.operations.extend(more);
        self
    }

    /// Remembers a package of a version.
    pub fn release(self, version: &str, package: &[u8]) -> PinFile {
        self.release_called(&version::number(version), package)
    }

    /// Remembers a package under any name.
    pub fn release_called(self, name: &str, package: &[u8]) -> PinFile {
        self.digests(name, [hex(&sha256(package)), hex(&sha384(package))])
    }

    /// Remembers a SHA-256 and a SHA-384, which need not be of one package.
    pub fn digests(mut self, name: &str, digests: [String; 2]) -> PinFile {
        let packages = self.releases.entry(name.to_owned()).or_default();
        if !packages.contains(&digests) {
            packages.push(digests);
            packages.sort();
        }
        self
    }

    /// Changes the form that the pin names.
    pub fn schema(self, schema: &'static str) -> PinFile {
        PinFile { schema, ..self }
    }

    /// Changes the identity.
    pub fn did(self, did: &str) -> PinFile {
        PinFile { did: did.to_owned(), ..self }
    }

    /// Changes when the last visit was.
    pub fn last_visit(self, last_visit: u64) -> PinFile {
        PinFile { last_visit, ..self }
    }

    /// Changes how many operations are said to be those of the JSON that was served.
    pub fn log_operations(mut self, operations: u64) -> PinFile {
        self.json.operations = operations;
        self
    }

    /// Changes the signer of an operation.
    pub fn signer(mut self, index: usize, signer: u64) -> PinFile {
        self.operations[index].signer = signer;
        self
    }

    /// Changes the CID of an operation to any string.
    pub fn cid(mut self, index: usize, cid: &str) -> PinFile {
        self.operations[index].cid = cid.to_owned();
        self
    }

    /// Changes when an operation was first seen.
    pub fn first_seen(mut self, index: usize, first_seen: u64) -> PinFile {
        self.operations[index].first_seen = first_seen;
        self
    }

    /// Changes whether an operation was nullified.
    pub fn nullified(mut self, index: usize, nullified: bool) -> PinFile {
        self.operations[index].nullified = nullified;
        self
    }

    /// Forgets all operations from this one on.
    pub fn truncated(mut self, operations: usize) -> PinFile {
        self.operations.truncate(operations);
        self.log_operations(operations as u64)
    }

    /// Remembers an operation once more.
    pub fn repeated(mut self, index: usize) -> PinFile {
        self.operations.push(self.operations[index].clone());
        let operations = self.operations.len() as u64;
        self.log_operations(operations)
    }

    /// The pin as JSON, with the digest of its content.
    pub fn json(&self) -> Json {
        let head = self.operations.iter().rfind(|operation| !operation.nullified);
        let releases = self.releases.iter().map(|(version, packages)| {
            let package = |[sha256, sha384]: &[String; 2]| {
                Json::object([("sha256", sha256.into()), ("sha384", sha384.into())])
            };
            (version.clone(), Json::array(packages.iter().map(package)))
        });
        Json::object([
            ("schema", self.schema.into()),
            ("did", self.did.as_str().into()),
            ("head", head.map_or("", |head| &head.cid).into()),
            ("lastVisit", self.last_visit.into()),
            ("log", self.json.json()),
            ("operations", Json::array(self.operations.iter().map(Remembered::json))),
            ("releases", Json::Object(releases.collect())),
            ("sha256", self.digest().into()),
        ])
    }

    fn digest(&self) -> String {
        let LogJson { bytes, sha256: log, operations } = &self.json;
        let mut lines = format!("{}\n{}\n{}\n", self.schema, self.did, self.last_visit);
        lines.push_str(&format!("{bytes} {log} {operations} {}\n", self.operations.len()));
        for Remembered { cid, signer, size, first_seen, created_at, nullified } in &self.operations {
            let created_at = created_at.map_or("-".to_owned(), |seconds| seconds.to_string());
            lines.push_str(&format!("{cid} {signer} {size} {first_seen} {created_at} {nullified}\n"));
        }
        for (version, packages) in &self.releases {
            for [sha256, sha384] in packages {
                lines.push_str(&format!("{version} {sha256} {sha384}\n"));
            }
        }
        hex(&sha256(lines.as_bytes()))
    }
}

impl From<&PinFile> for Json {
    fn from(pin: &PinFile) -> Json {
        pin.json()
    }
}

impl LogJson {
    /// Describes the JSON of a log of so many operations: an array, or the lines of an export.
    fn new(json: &str, operations: u64) -> LogJson {
        let white_space = [' ', '\t', '\r', '\n'];
        let json = json.trim_end_matches(white_space);
        let entries = json.strip_suffix(']').unwrap_or(json).trim_end_matches(white_space);
        LogJson { bytes: entries.len() as u64, sha256: hex(&sha256(entries.as_bytes())), operations }
    }

    fn json(&self) -> Json {
        Json::object([
            ("bytes", self.bytes.into()),
            ("sha256", self.sha256.as_str().into()),
            ("operations", self.operations.into()),
        ])
    }
}

impl Remembered {
    fn json(&self) -> Json {
        let mut json = Json::object([
            ("cid", self.cid.as_str().into()),
            ("signer", self.signer.into()),
            ("size", self.size.into()),
            ("firstSeen", self.first_seen.into()),
        ]);
        if let Some(created_at) = self.created_at {
            json.push("createdAt", created_at);
        }
        json.with("nullified", self.nullified)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::keys::KeyPair;
    use crate::moment::{Moment, START_SECONDS};
    use crate::operation::Op;

    /// A genesis, an update by the second key, and its recovery by the first.
    fn history() -> Log {
        let (root, daily) = (KeyPair::k256("root"), KeyPair::p256("daily"));
        let op = |name: &str| Op::regular().rotation_keys([&root, &daily]).also_known_as(name);
        let genesis = op("at://a").sign(&root);
        Log::new(&genesis, Moment::START)
            .then(&op("at://b").after(&genesis).sign(&daily), Moment::hour(1).plus_ms(999))
            .then(&op("at://c").after(&genesis).sign(&root), Moment::hour(2))
    }

    fn members(pin: &PinFile, name: &str) -> Vec<String> {
        let json = pin.json();
        let Some(Json::Array(operations)) = json.get("operations") else { panic!("no operations") };
        operations.iter().map(|op| op.get(name).map_or("-".to_owned(), Json::to_string)).collect()
    }

    #[test]
    fn a_pin_says_what_was_served_and_when_it_was_first_seen() {
        let log = history();
        let pin = PinFile::first(&Visit::audit(&log, 7));
        assert_eq!(members(&pin, "signer"), ["0", "1", "0"]);
        assert_eq!(members(&pin, "nullified"), ["false", "true", "false"]);
        assert_eq!(members(&pin, "firstSeen"), ["7", "7", "7"]);
        let created_at = [0, 3600, 7200].map(|seconds| (START_SECONDS + seconds).to_string());
        assert_eq!(members(&pin, "createdAt"), created_at);
        assert_eq!(pin.json().get("head").and_then(Json::as_text), Some(log.summary().head.as_str()));
    }

    #[test]
    fn what_a_bare_log_leaves_out_is_kept_after_it() {
        let log = history();
        let pin = PinFile::first(&Visit::audit(&log, 7)).next(&Visit::bare(&log, 9));
        assert_eq!(members(&pin, "nullified"), ["false", "false", "true"]);
        assert_eq!(members(&pin, "firstSeen"), ["7", "7", "7"]);
        assert_eq!((pin.last_visit, pin.json.operations), (9, 2));
        let back = pin.next(&Visit::audit(&log, 11));
        assert_eq!(members(&back, "nullified"), ["false", "true", "false"]);
        let bare = PinFile::first(&Visit::bare(&log, 7));
        assert_eq!(members(&bare, "createdAt"), ["-", "-"]);
        assert_eq!(members(&bare.next(&Visit::audit(&log, 9)), "firstSeen"), ["7", "9", "7"]);
    }

    #[test]
    fn the_digest_is_over_these_lines() {
        let log = history();
        let pin = PinFile::first(&Visit::bare(&log, 7).written("[{},{} ]\n")).release("v1.0+x", b"zip");
        let cids: Vec<&str> = log.chain().iter().map(|op| op.cid()).collect();
        let sizes: Vec<usize> = log.chain().iter().map(|op| op.size()).collect();
        let lines = format!(
            "fedverify/pin/v2\n{}\n7\n6 {} 2 2\n{} 0 {} 7 - false\n{} 0 {} 7 - false\n1.0.0 {} {}\n",
            log.did(),
            hex(&sha256(b"[{},{}")),
            cids[0],
            sizes[0],
            cids[1],
            sizes[1],
            hex(&sha256(b"zip")),
            hex(&sha384(b"zip")),
        );
        assert_eq!(
            pin.json().get("sha256").and_then(Json::as_text),
            Some(hex(&sha256(lines.as_bytes())).as_str())
        );
    }
}
