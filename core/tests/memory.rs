//! What reading hostile documents costs in memory, counted by the allocator: bytes, not time.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::string_slice,
    clippy::unwrap_used
)]

use fedverify::fair::Metadata;
use fedverify::pfn::{AuthorData, PluginRecord};
use fedverify::tables::{InputName, Kind};
use fedverify::{Limits, Log, Pin, Request, Verification, WebDid, WebDocument};
use peak_alloc::PeakAlloc;
use std::sync::Mutex;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The allocator counts the whole process, so one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// Bytes of a document at the limit.
const DOCUMENT_BYTES: usize = 8 << 20;

/// The most that any of them may take while it is read, the document itself not counted.
const MAX_BYTES: usize = 100_000_000;

/// Repeats a piece until the document is as large as the limit.
fn filled(before: &str, piece: impl Fn(usize) -> String, after: &str) -> String {
    let mut text = String::with_capacity(DOCUMENT_BYTES);
    text.push_str(before);
    for number in 0.. {
        let piece = piece(number);
        if text.len() + piece.len() + after.len() + 1 > DOCUMENT_BYTES {
            break;
        }
        if number > 0 {
            text.push(',');
        }
        text.push_str(&piece);
    }
    text.push_str(after);
    text
}

const ANY: &[&str] = &["log", "DID document"];
const LOG: &[&str] = &["log"];
const METADATA: &[&str] = &["metadata"];
const AUTHOR: &[&str] = &["author-data"];

/// Documents that hold each shape, the shape, and its text. The reader of JSON is the same for all.
fn shapes() -> Vec<(&'static [&'static str], &'static str, String)> {
    let metadata = |rest: &str| {
        format!(r#"{{"@context":"https://fair.pm/ns/metadata/v1","id":"did:plc:a","type":"wp-plugin",{rest}"#)
    };
    let package = r#""releases":[{"version":"1","artifacts":{"package":["#;
    let operation = r#"{"type":"plc_operation","rotationKeys":["#;
    vec![
        (ANY, "numbers", filled("[", |_| "1".to_owned(), "]")),
        (ANY, "empty arrays", filled("[", |_| "[]".to_owned(), "]")),
        (ANY, "strings", filled("[", |_| "\"\"".to_owned(), "]")),
        (ANY, "escaped strings", filled("[", |_| r#""\n""#.to_owned(), "]")),
        (ANY, "members", filled("{", |number| format!("\"{number}\":1"), "}")),
        (ANY, "objects", filled("[", |_| r#"{"a":{}}"#.to_owned(), "]")),
        (ANY, "a huge number among strings", filled("[1e999,", |_| "\"ab\"".to_owned(), "]")),
        (ANY, "one string", format!("[\"{}\"]", "x".repeat(DOCUMENT_BYTES - 4))),
        (ANY, "one escaped string", format!("[\"{}\"]", "\\n".repeat(DOCUMENT_BYTES / 2 - 2))),
        (
            METADATA,
            "releases that are numbers",
            filled(&metadata("\"releases\":["), |_| "1".to_owned(), "]}"),
        ),
        (
            METADATA,
            "releases without artifacts",
            filled(&metadata("\"releases\":["), |n| format!("{{\"version\":\"{n}\"}}"), "]}"),
        ),
        (
            METADATA,
            "small releases",
            filled(
                &metadata("\"releases\":["),
                |n| format!("{{\"version\":\"{n}\",\"artifacts\":{{}}}}"),
                "]}",
            ),
        ),
        (
            METADATA,
            "releases that are malformed",
            filled(&metadata("\"releases\":["), |_| "{\"version\":\"\"}".to_owned(), "]}"),
        ),
        (
            METADATA,
            "versions of many parts",
            filled(
                &metadata("\"releases\":["),
                |n| format!("{{\"version\":\"{n}-1{}\",\"artifacts\":[]}}", ".a".repeat(18)),
                "]}",
            ),
        ),
        (METADATA, "artifacts that are numbers", filled(&metadata(package), |_| "1".to_owned(), "]}}]}")),
        (METADATA, "empty artifacts", filled(&metadata(package), |_| "{}".to_owned(), "]}}]}")),
        (
            METADATA,
            "small artifacts",
            filled(&metadata(package), |n| format!("{{\"url\":\"{n}\"}}"), "]}}]}"),
        ),
        (
            LOG,
            "rotation keys",
            format!("[{{\"operation\":{}}}]", filled(operation, |_| "\"\"".to_owned(), "]}")),
        ),
        (
            LOG,
            "bare operations",
            filled("[", |_| r#"{"type":"plc_tombstone","prev":"","sig":""}"#.to_owned(), "]"),
        ),
        (
            LOG,
            "export lines",
            filled("", |_| "{\"did\":\"a\",\"operation\":{}}\n".to_owned(), "").replace("\n,", "\n"),
        ),
        (LOG, "export lines of many aliases", filled("", |_| export_line(), "").replace("\n,", "\n")),
        (
            AUTHOR,
            "plugins",
            filled(r#"{"username":"a","plugins":["#, |n| format!("{{\"slug\":\"{n}\"}}"), "]}"),
        ),
        (AUTHOR, "empty plugins", filled(r#"{"username":"a","plugins":["#, |_| "{}".to_owned(), "]}")),
    ]
}

/// A line of an export, which is an operation that nobody signed.
fn export_line() -> String {
    let aliases = vec!["\"a\""; 1000].join(",");
    let operation = format!(
        r#"{{"type":"plc_operation","rotationKeys":[],"verificationMethods":{{}},"alsoKnownAs":[{aliases}],"services":{{}},"prev":null,"sig":""}}"#
    );
    format!("{{\"did\":\"a\",\"operation\":{operation},\"cid\":\"\",\"createdAt\":\"\"}}\n")
}

/// Reads a document, and drops what came of it.
type Reader<'r> = &'r dyn Fn(&[u8]);

#[test]
fn a_document_of_8_mib_takes_less_than_100_mb() {
    let _alone = ALONE.lock();
    let limits = Limits { record_bytes: 8 << 20, pin_bytes: 8 << 20, ..Limits::default() };
    let did: WebDid = "did:web:a.example".parse().unwrap();
    let mut worst = Vec::new();
    for (documents, shape, text) in shapes() {
        let readers: [(&str, Reader<'_>); 6] = [
            ("log", &|bytes| drop(Log::parse(bytes, &limits))),
            ("metadata", &|bytes| drop(Metadata::parse(bytes, &limits))),
            ("pin", &|bytes| drop(Pin::parse(bytes, &limits))),
            ("DID document", &|bytes| drop(WebDocument::parse(bytes, &did, 0, &limits))),
            ("plugin record", &|bytes| drop(PluginRecord::parse(bytes, &limits))),
            ("author-data", &|bytes| drop(AuthorData::parse(bytes, &limits))),
        ];
        for (what, read) in readers.into_iter().filter(|(what, _)| documents.contains(what)) {
            let before = ALLOCATOR.current_usage();
            ALLOCATOR.reset_peak_usage();
            read(text.as_bytes());
            worst.push((ALLOCATOR.peak_usage().saturating_sub(before), what, shape));
        }
    }
    worst.sort_unstable();
    for (bytes, what, shape) in worst.iter().rev().take(8) {
        println!("{:>4} MiB: {what} of {shape}", bytes >> 20);
    }
    let (bytes, what, shape) = worst[worst.len() - 1];
    assert!(bytes < MAX_BYTES, "{what} of {shape} takes {} MiB", bytes >> 20);
}

/// The whole way from a metadata document with as many releases as fit to the report, which lists their versions.
#[test]
fn a_report_on_many_releases_takes_less_than_100_mb() {
    let _alone = ALONE.lock();
    let example = |name: &str| std::fs::read_to_string(format!("../examples/fair/{name}")).unwrap();
    let (did, log, metadata) = (example("did.txt"), example("log.json"), example("metadata.json"));
    let own = "\"releases\": [";
    let at = metadata.find(own).unwrap() + own.len();
    let version = |n: usize| format!("{{\"version\":\"0.{n}-1{}\",\"artifacts\":[]}}", ".a".repeat(18));
    let metadata = filled(&metadata[..at], version, &format!(",{}", &metadata[at..]));
    let mut request = Request::new(Kind::FairMetadata, Limits::default());
    request.set_string(InputName::Did, did.trim()).unwrap();
    request.set_bytes(InputName::Log, log.as_bytes()).unwrap();
    request.set_bytes(InputName::Metadata, metadata.as_bytes()).unwrap();
    let before = ALLOCATOR.current_usage();
    ALLOCATOR.reset_peak_usage();
    let json = Verification::start(&request).finish().to_json();
    let bytes = ALLOCATOR.peak_usage().saturating_sub(before);
    println!("{:>4} MiB: a report of {} MiB", bytes >> 20, json.len() >> 20);
    assert!(json.starts_with(r#"{"schema":"fedverify/report/v1","verdict":"verified""#), "{}", &json[..200]);
    assert!(bytes < MAX_BYTES, "{} MiB", bytes >> 20);
}
