//! The conformance corpus through core's pipeline, and every report against the published schema.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

#[path = "../../tests/conformance.rs"]
mod conformance;

use conformance::Case;
use fedverify::tables::{Check, InputName, InputType, Kind, Outcome};
use fedverify::{Code, Error, Limits, Report, Request, Verification, Warning, WarningCode};
use std::collections::BTreeSet;
use std::fs::File;

#[test]
fn every_case_gives_its_verdict_its_code_and_its_facts() {
    let schema = include_str!("../../schema/report.v1.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let mut differences = Vec::new();
    for case in conformance::cases() {
        let found = report(&case);
        let report: serde_json::Value = serde_json::from_str(&found.to_json()).unwrap();
        assert_eq!(found.alias(), report["alias"].as_str(), "{}", case.name);
        differences.extend(case.differences(&report));
        differences
            .extend(schema.iter_errors(&report).map(|error| format!("{}: {error} in {report}", case.name)));
    }
    assert!(differences.is_empty(), "{} differences:\n{}", differences.len(), differences.join("\n"));
}

#[test]
fn every_code_has_a_case() {
    let codes: BTreeSet<Code> =
        conformance::cases().iter().filter_map(|case| report(case).error().map(Error::code)).collect();
    // Those that need more than the inputs of one verification: a network, a store, several directories, a machine
    // without memory, a program that calls wrongly. Their tests are beside what gives them.
    let needs_more = |code: &&Code| {
        code.as_str().starts_with("io.network.")
            || code.as_str().starts_with("io.directory.")
            || code.family() == "api"
            || matches!(code.as_str(), "io.file.unwritable" | "io.memory" | "plc.directory.disagree")
    };
    let missing: Vec<_> = Code::ALL
        .iter()
        .filter(|code| !needs_more(code) && !codes.contains(code))
        .map(|code| code.as_str())
        .collect();
    assert!(missing.is_empty(), "codes that no case gives: {missing:?}");
}

#[test]
fn every_warning_has_a_case() {
    let reports: Vec<Report> = conformance::cases().iter().map(report).collect();
    let given: BTreeSet<&str> =
        reports.iter().flat_map(Report::warnings).map(|warning| warning.code().as_str()).collect();
    // Those of several directories, and of a network: their tests are in core/tests/directory.rs and cli/tests/verify.
    let need_more =
        ["plc.directory.lag", "plc.directory.unreachable", "plc.document.differs", "io.network.private"];
    let codes = WarningCode::ALL.iter().map(|code| code.as_str());
    let missing: Vec<&str> =
        codes.filter(|code| !given.contains(code) && !need_more.contains(code)).collect();
    assert!(missing.is_empty(), "warnings that no case gives: {missing:?}");
}

#[test]
fn no_report_can_steer_a_terminal() {
    for case in conformance::cases() {
        for text in said(&report(&case)) {
            let inert =
                |character: char| !character.is_control() && !('\u{202a}'..='\u{202e}').contains(&character);
            assert!(text.chars().all(inert), "{}: {text:?}", case.name);
        }
    }
}

/// The most characters of anything that is said: a list of eight quotes of 80 characters, each of which takes up to ten as an
/// escape, and the words around them (json.md, "Quoting").
const MAX_SAID_CHARS: usize = 8 * 80 * 10 + 1000;

/// All that a report says in sentences.
fn said(report: &Report) -> Vec<String> {
    let warnings = report.warnings().iter().map(|warning| warning.message().to_owned());
    let details = report.checks().map(|(_, _, detail)| detail.to_owned());
    let error = report.error().map(ToString::to_string);
    warnings.chain(details).chain(error).chain([report.subject()]).collect()
}

#[test]
fn nothing_that_is_said_is_long() {
    for case in conformance::cases() {
        for said in said(&report(&case)) {
            let chars = said.chars().count();
            let start: String = said.chars().take(200).collect();
            assert!(chars <= MAX_SAID_CHARS, "{}: {chars} characters, from {start:?}", case.name);
        }
    }
}

/// Every binding compares codes; what a message says of what was found is compared here, once.
#[test]
fn messages_name_what_was_found() {
    let cases = conformance::cases();
    let revoked = r#"found only ones that are revoked or expired: "fair", "fair_2""#;
    for (name, expected) in [
        ("fair/key/none", "expected a verification method whose id starts with fair, found none"),
        ("web/both-withdrawn", revoked),
        ("fair/release/unusable-beside", "3 releases are malformed and skipped; the first because "),
        ("fair/latest/unusable-space", "1 release is malformed and skipped; the first because "),
        ("fair/signature/all-zero", r#"a signature by the signing key "fair" over these bytes"#),
        ("fair/metadata/type-unknown", r#"found "x-example""#),
        ("plc/rotation-keys/frozen-then-updated", "the operation before has no rotation keys"),
        ("plc/genesis/signed-by-stranger", "one of the 3 rotation keys that may sign"),
        ("plc/rotation-keys/duplicate", "operation 0 lists a rotation key twice"),
        ("plc/bare/other-warnings", "operation 0 lists"),
        ("pfn/plugin/archive-two-folders", r#"it has two folders, "hello-pfn" and "other""#),
    ] {
        let case = cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("no case {name}"));
        let report = report(case);
        let warnings = report.warnings().iter().map(Warning::message);
        let said: Vec<&str> = report.error().map(Error::message).into_iter().chain(warnings).collect();
        assert!(said.iter().any(|said| said.contains(expected)), "{name}: {said:?}");
    }
}

#[test]
fn a_report_tells_what_was_recovered() {
    let cases = conformance::cases();
    for (name, expected) in [
        ("input/compact", "nothing was ever recovered"),
        (
            "plc/recovery-window/exactly-72-hours",
            "1 operation nullified, in time and by a key of higher authority",
        ),
    ] {
        let case = cases.iter().find(|case| case.name == name).unwrap_or_else(|| panic!("no case {name}"));
        let report = report(case);
        let detail = report.checks().find(|(check, ..)| *check == Check::PlcRecoveries);
        assert_eq!(detail, Some((Check::PlcRecoveries, Outcome::Pass, expected)), "{name}");
    }
}

/// What is remembered must be readable: whatever a server sends, the next visit can use the pin.
#[test]
fn every_pin_of_a_report_can_be_read() {
    let limits = Limits::default();
    let mut count = 0;
    for case in conformance::cases() {
        let Some(pin) = report(&case).pin().cloned() else { continue };
        assert_eq!(fedverify::Pin::parse(pin.to_json().as_bytes(), &limits), Ok(pin), "{}", case.name);
        count += 1;
    }
    assert!(count > 20, "only {count} reports hold a pin");
}

fn report(case: &Case) -> Report {
    let request = request(case).unwrap_or_else(|error| panic!("{}: {error}", case.name));
    let mut verification = Verification::start(&request);
    for name in ["package", "archive"] {
        let Some(path) = case.file(name).filter(|_| verification.report().is_none()) else { continue };
        match File::open(path) {
            Ok(file) => verification.read(file, |_| {}),
            Err(error) => verification.fail(Error::unreadable_file(error.kind(), error.to_string())),
        }
    }
    verification.finish()
}

/// Every input by its name.
fn request(case: &Case) -> Result<Request<'_>, Error> {
    let kind = Kind::from_name(&case.kind).expect("a kind");
    let mut limits = Limits::default();
    for (name, limit) in &case.limits {
        limits.set(name, *limit).unwrap_or_else(|error| panic!("{error}"));
    }
    let mut request = Request::new(kind, limits);
    for name in case.input_names() {
        let input = InputName::from_name(name).unwrap_or_else(|| panic!("no input is named {name}"));
        let text = case.text(name).unwrap();
        match input.input_type() {
            InputType::Bytes => {
                let bytes = std::fs::read(case.file(name).unwrap());
                let bytes = bytes.map(Into::into);
                let unreadable =
                    |error: std::io::Error| Error::unreadable_file(error.kind(), error.to_string());
                request.set_input(input, bytes.map_err(unreadable))?;
            }
            InputType::String => request.set_string(input, text.to_owned())?,
            InputType::Number => request.set_number(input, text.parse().unwrap())?,
            InputType::Flag => request.set_flag(input, text == "true")?,
            InputType::Stream => request.set_flag(input, true)?,
        }
    }
    Ok(request)
}
