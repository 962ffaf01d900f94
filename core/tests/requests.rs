//! Requests that lack something, and what a request may ask for beside the verdict.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

use fedverify::tables::{Check, InputName, Kind, Outcome, Verdict};
use fedverify::verification::{Request, Verification};
use fedverify::{Code, Limits, Report};
use fedverify_kit::inputs::{example, example_line};
use serde_json::Value;

fn code(report: &Report) -> Option<Code> {
    report.error().map(fedverify::Error::code)
}

#[test]
fn a_package_that_was_never_given_is_no_empty_package() {
    let (log, metadata) = (example("fair/log.json"), example("fair/metadata.json"));
    let mut request = Request::new(Kind::FairPackage, Limits::default());
    request.set_string(InputName::Did, example_line("fair/did.txt")).expect("an input of packages");
    request.set_bytes(InputName::Log, &log).expect("an input of packages");
    request.set_bytes(InputName::Metadata, &metadata).expect("an input of packages");
    let report = Verification::start(&request).finish();
    assert_eq!((report.verdict(), code(&report)), (Verdict::Undetermined, Some(Code::ApiArgument)));
    let mut verification = Verification::start(&request);
    verification.update(b"");
    assert_eq!(code(&verification.finish()), Some(Code::FairChecksumMismatch));
    request.set_flag(InputName::Package, true).expect("an input of packages");
    assert_eq!(code(&Verification::start(&request).finish()), Some(Code::FairChecksumMismatch));
}

/// Whatever becomes of the package, steps that never came are not told as passed.
#[test]
fn a_package_is_not_wanted_before_its_metadata() {
    let log = example("fair/log.json");
    let mut request = Request::new(Kind::FairPackage, Limits::default());
    request.set_string(InputName::Did, example_line("fair/did.txt")).expect("an input of packages");
    request.set_bytes(InputName::Log, &log).expect("an input of packages");
    let missing = || fedverify::Error::unreadable_file(std::io::ErrorKind::NotFound, "it is gone");
    let ways: [fn(&mut Verification, fedverify::Error); 4] = [
        |verification, error| verification.fail(error),
        |verification, _| {
            verification.update(b"bytes");
        },
        |verification, _| verification.read(std::io::Cursor::new(b"bytes"), |_| {}),
        |_, _| {},
    ];
    for way in ways {
        let mut verification = Verification::start(&request);
        assert!(!verification.wants_bytes());
        way(&mut verification, missing());
        let report = verification.finish();
        assert_eq!((report.verdict(), code(&report)), (Verdict::Undetermined, Some(Code::ApiArgument)));
        // The step was not taken, so it did not fail; its detail says why.
        let message = report.error().map(fedverify::Error::message).expect("an error");
        let stopped = report.checks().find(|(.., detail)| *detail == message);
        assert_eq!(stopped, Some((Check::FairMetadata, Outcome::NotReached, message)));
        assert!(report.checks().all(|(_, outcome, _)| outcome != Outcome::Fail));
    }
}

/// Inputs that do not go together are refused before anything is judged: no step failed, and nothing was proven.
#[test]
fn a_wrong_call_judges_nothing() {
    let (log, metadata) = (example("fair/log.json"), example("fair/metadata.json"));
    for alone in [InputName::WaitRecoveryWindow, InputName::NoDowngrade, InputName::Remember] {
        let mut request = Request::new(Kind::FairPackage, Limits::default());
        request.set_string(InputName::Did, example_line("fair/did.txt")).expect("an input of packages");
        request.set_bytes(InputName::Log, &log).expect("an input of packages");
        request.set_bytes(InputName::Metadata, &metadata).expect("an input of packages");
        request.set_flag(alone, true).expect("an input of packages");
        let report = Verification::start(&request).finish();
        assert_eq!((report.verdict(), code(&report)), (Verdict::Undetermined, Some(Code::ApiArgument)));
        assert!(report.checks().all(|(_, outcome, _)| outcome == Outcome::NotReached), "{alone:?}");
        assert_eq!((report.trust(), report.pin()), (None, None), "{alone:?}");
    }
}

#[test]
fn the_first_fault_of_a_request_is_what_its_report_tells() {
    let mut request = Request::new(Kind::PlcLog, Limits::default());
    let first = request.set_flag(InputName::Log, true).expect_err("a log is bytes");
    assert_eq!(first.message(), "the input log takes bytes, found a flag");
    let second = request.set_number(InputName::Slug, 1).expect_err("logs have no slug");
    request.refuse(first.clone());
    request.refuse(second);
    let report = Verification::start(&request).finish();
    assert_eq!((report.verdict(), report.error()), (Verdict::Undetermined, Some(&first)));
}

#[test]
fn the_did_document_comes_with_the_history_and_only_then() {
    let log = example("fair/log.json");
    let mut request = Request::new(Kind::PlcLog, Limits::default());
    request.set_string(InputName::Did, example_line("fair/did.txt")).expect("an input of logs");
    request.set_bytes(InputName::Log, &log).expect("an input of logs");
    let identity = |request: &Request<'_>| {
        let report: Value =
            serde_json::from_str(&Verification::start(request).finish().to_json()).expect("a report");
        report["identity"].clone()
    };
    assert!(identity(&request)["didDocument"].is_null());
    request.set_flag(InputName::History, true).expect("an input of logs");
    let identity = identity(&request);
    assert_eq!(identity["didDocument"]["id"], identity["did"]);
    assert_eq!(identity["history"].as_array().map(Vec::len), Some(5));
}

/// Where to fetch a release is known before its package is there, from the report alone.
#[test]
fn a_release_without_its_package_says_where_the_package_is() {
    let (log, metadata) = (example("fair/log.json"), example("fair/metadata.json"));
    let mut request = Request::new(Kind::FairMetadata, Limits::default());
    request.set_string(InputName::Did, example_line("fair/did.txt")).expect("an input of metadata");
    request.set_bytes(InputName::Log, &log).expect("an input of metadata");
    request.set_bytes(InputName::Metadata, &metadata).expect("an input of metadata");
    let verification = Verification::start(&request);
    let before: Value = serde_json::from_str(&verification.release_json().expect("a release")).expect("JSON");
    let report: Value = serde_json::from_str(&verification.finish().to_json()).expect("JSON");
    assert_eq!(report["release"], before);
    assert_eq!(before["versions"], serde_json::json!(["1.1.0", "1.0.0"]));
    let claimed: Value = serde_json::from_slice(&metadata).expect("JSON");
    let claimed = &claimed["releases"][0]["artifacts"]["package"][0];
    let found = &before["artifacts"][0];
    assert_eq!((&found["url"], &found["checksum"]), (&claimed["url"], &claimed["checksum"]));
    assert_eq!((&found["releaseAsset"], &found["requiresAuth"]), (&Value::Bool(false), &Value::Bool(false)));
}

/// A document that cannot be read says nothing against the key, which comes before it.
#[test]
fn a_bad_author_data_document_does_not_fail_the_key() {
    let mut request = Request::new(Kind::PfnAuthorData, Limits::default());
    request.set_bytes(InputName::Document, b"{").expect("an input of author data");
    let report = Verification::start(&request).finish();
    let failed = report.checks().find(|(_, outcome, _)| *outcome == Outcome::Fail);
    assert_eq!(failed.map(|(check, ..)| check), Some(Check::PfnAuthorData));
}

#[test]
fn nothing_is_remembered_of_a_did_web_however_it_is_asked_for() {
    let asked = |ask: &dyn Fn(&mut Request<'_>)| {
        let mut request = Request::new(Kind::FairMetadata, Limits::default());
        request
            .set_string(InputName::Did, "did:web:publisher.example".to_owned())
            .expect("an input of metadata");
        let document = br#"{"id":"did:web:publisher.example"}"#;
        request.set_bytes(InputName::Document, document).expect("an input of metadata");
        request.set_bytes(InputName::Metadata, b"{}").expect("an input of metadata");
        request.set_number(InputName::Now, 1_767_225_600).expect("an input of metadata");
        ask(&mut request);
        code(&Verification::start(&request).finish())
    };
    // Only what is remembered stands in the way of the metadata document.
    assert_eq!(asked(&|_| {}), Some(Code::FairMetadataMalformed));
    for refused in [
        asked(&|request| request.set_flag(InputName::Remember, true).expect("an input of metadata")),
        asked(&|request| request.set_flag(InputName::NoDowngrade, true).expect("an input of metadata")),
        asked(&|request| request.set_bytes(InputName::Pin, b"{}").expect("an input of metadata")),
    ] {
        assert_eq!(refused, Some(Code::ApiArgument));
    }
}

/// What the report says of the pin that the caller could not keep: the last step that remembers fails, and no other. Of a first visit
/// it was skipped, as there is nothing to compare with.
#[test]
fn what_cannot_be_kept_fails_where_it_was_remembered() {
    let (log, metadata) = (example("fair/log.json"), example("fair/metadata.json"));
    let unkept = |kind: Kind, package: Option<&[u8]>| {
        let mut request = Request::new(kind, Limits::default());
        request.set_string(InputName::Did, example_line("fair/did.txt")).expect("an input of metadata");
        request.set_bytes(InputName::Log, &log).expect("an input of metadata");
        request.set_bytes(InputName::Metadata, &metadata).expect("an input of metadata");
        request.set_flag(InputName::Remember, true).expect("an input of metadata");
        request.set_number(InputName::Now, 1_900_000_000).expect("an input of metadata");
        let mut verification = Verification::start(&request);
        if let Some(bytes) = package {
            verification.update(bytes);
        }
        let kept = verification.finish();
        let error = fedverify::Error::unwritable_file("the disk is full");
        let unkept = kept.clone().not_remembered(error);
        assert_eq!((unkept.verdict(), code(&unkept)), (Verdict::Undetermined, Some(Code::IoFileUnwritable)));
        let changed: Vec<_> = kept.checks().zip(unkept.checks()).filter(|(a, b)| a != b).collect();
        let [((_, Outcome::Skipped, _), failed)] = changed.as_slice() else { panic!("{changed:?}") };
        assert_eq!(unkept.error().and_then(fedverify::Error::check), Some(failed.0));
        assert_eq!((failed.1, failed.2), (Outcome::Fail, "the disk is full"));
        failed.0
    };
    // The metadata comes after the log, and nothing was refused, either.
    assert_eq!(unkept(Kind::FairMetadata, None), Check::PinLog);
    assert_eq!(unkept(Kind::FairPackage, Some(&example("fair/hello-fair-1.1.0.zip"))), Check::PinPackage);
    // Of a package that is refused, nothing was to be remembered.
    assert_eq!(unkept(Kind::FairPackage, Some(b"other bytes")), Check::PinLog);
}

/// A report never lists a comparison that was not made: on a first visit there is nothing to compare with, nor where that visit's own
/// pin is handed in again, as bindings do to go on from an identity to a package.
#[test]
fn a_first_visit_compares_nothing() {
    let outcome = |pin: Option<&str>, now: u64| {
        let (log, did) = (example("fair/log.json"), example_line("fair/did.txt"));
        let (metadata, package) = (example("fair/metadata.json"), example("fair/hello-fair-1.1.0.zip"));
        let mut request = Request::new(Kind::FairPackage, Limits::default());
        request.set_string(InputName::Did, did).expect("an input of packages");
        request.set_bytes(InputName::Log, &log).expect("an input of packages");
        request.set_bytes(InputName::Metadata, &metadata).expect("an input of packages");
        request.set_flag(InputName::Remember, true).expect("an input of packages");
        request.set_number(InputName::Now, now).expect("an input of packages");
        if let Some(pin) = pin {
            request.set_bytes(InputName::Pin, pin.as_bytes()).expect("an input of packages");
        }
        let mut verification = Verification::start(&request);
        let of_log =
            verification.publisher().and_then(|publisher| publisher.pin()).map(fedverify::Pin::to_json);
        verification.update(&package);
        let report = verification.finish();
        assert_eq!(report.verdict(), Verdict::Verified);
        let steps = report.checks().filter(|(check, ..)| check.as_str().starts_with("pin."));
        let steps: Vec<_> = steps.map(|(_, outcome, detail)| (outcome, detail.to_owned())).collect();
        (steps, of_log.expect("a memory"), report.pin().expect("a memory").to_json())
    };
    let nothing = || {
        vec![
            (
                Outcome::Skipped,
                "nothing was seen before this visit: there is nothing to compare with".to_owned()
            );
            3
        ]
    };
    let (first, of_log, with_package) = outcome(None, 1_900_000_000);
    assert_eq!(first, nothing());
    assert_eq!(outcome(Some(&of_log), 1_900_000_000).0, nothing());
    // A later visit, and a pin that knows a package.
    for (pin, now) in [(&of_log, 1_900_000_001), (&with_package, 1_900_000_000)] {
        let (steps, ..) = outcome(Some(pin), now);
        assert!(steps.iter().all(|(outcome, _)| *outcome == Outcome::Pass), "{steps:?}");
    }
}
