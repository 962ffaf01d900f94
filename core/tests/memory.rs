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
use fedverify_kit::inputs::example;
use fedverify_kit::shapes::{filled, shapes};
use peak_alloc::PeakAlloc;
use std::sync::Mutex;

#[global_allocator]
static ALLOCATOR: PeakAlloc = PeakAlloc;

/// The allocator counts the whole process, so one test runs at a time.
static ALONE: Mutex<()> = Mutex::new(());

/// The most that any of them may take while it is read, the document itself not counted.
const MAX_BYTES: usize = 100_000_000;

/// Reads a document, and drops what came of it.
type Reader<'r> = &'r dyn Fn(&[u8]);

#[test]
fn a_document_of_8_mib_takes_less_than_100_mb() {
    let _alone = ALONE.lock();
    let limits = Limits { record_bytes: 8 << 20, pin_bytes: 8 << 20, ..Limits::default() };
    let did: WebDid = "did:web:a.example".parse().unwrap();
    let mut worst = Vec::new();
    for shape in shapes() {
        let readers: [(&str, Reader<'_>); 6] = [
            ("log", &|bytes| drop(Log::parse(bytes, &limits))),
            ("metadata", &|bytes| drop(Metadata::parse(bytes, &limits))),
            ("pin", &|bytes| drop(Pin::parse(bytes, &limits))),
            ("DID document", &|bytes| drop(WebDocument::parse(bytes, &did, 0, &limits))),
            ("plugin record", &|bytes| drop(PluginRecord::parse(bytes, &limits))),
            ("author-data", &|bytes| drop(AuthorData::parse(bytes, &limits))),
        ];
        for (what, read) in readers.into_iter().filter(|(what, _)| shape.documents.contains(what)) {
            let before = ALLOCATOR.current_usage();
            ALLOCATOR.reset_peak_usage();
            read(shape.text.as_bytes());
            worst.push((ALLOCATOR.peak_usage().saturating_sub(before), what, shape.name));
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
    let example = |name: &str| String::from_utf8(example(&format!("fair/{name}"))).unwrap();
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
