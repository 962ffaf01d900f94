//! Lines of catalogues through core, and their reports against the published schema.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use fedverify::plc::{BatchLine, ExportEntry, ExportLog};
use fedverify::verification::batch_report;
use fedverify::{Code, Error, Identity, Limits, LogForm, PlcDid};
use fedverify_kit::batch::{Form, lines, log};

fn entry(line: &str) -> ExportEntry {
    match BatchLine::parse(line.as_bytes(), &Limits::default()).unwrap() {
        BatchLine::Entry(entry) => entry,
        other => panic!("not an entry: {other:?}"),
    }
}

fn gathered(lines: &[&str], limits: &Limits) -> Result<Identity, Error> {
    let mut log = ExportLog::new(entry(lines[0]), limits);
    lines[1..].iter().for_each(|line| log.push(entry(line)));
    log.verify()
}

#[test]
fn a_log_that_came_in_entries_is_the_log_that_came_whole() {
    let (number, limits) = (4, Limits::default());
    let whole = BatchLine::parse(lines(&log(number), Form::Logs).as_bytes(), &limits).unwrap();
    let BatchLine::Log(whole) = whole else { panic!("not a log: {whole:?}") };
    let whole = whole.verify().unwrap();
    let entries = lines(&log(number), Form::Entries);
    let gathered = gathered(&entries.lines().collect::<Vec<_>>(), &limits).unwrap();
    assert_eq!((gathered.form(), whole.form()), (LogForm::Export, LogForm::Audit));
    assert_eq!((gathered.did(), gathered.head()), (whole.did(), whole.head()));
    assert_eq!(gathered.nullified().collect::<Vec<_>>(), whole.nullified().collect::<Vec<_>>());
    assert_eq!(whole.signature_checks(), 5);
}

#[test]
fn the_limits_of_a_log_hold_for_its_entries_together() {
    let text = lines(&log(4), Form::Entries);
    let lines: Vec<&str> = text.lines().collect();
    let bytes = lines.iter().map(|line| line.len()).sum::<usize>().try_into().unwrap();
    let code = |limits: Limits| gathered(&lines, &limits).map(drop).map_err(|error| error.code());
    let with = |log_bytes, log_operations| Limits { log_bytes, log_operations, ..Limits::default() };
    assert_eq!(code(with(bytes, 5)), Ok(()));
    assert_eq!(code(with(bytes - 1, 5)), Err(Code::InputTooLarge));
    assert_eq!(code(with(bytes, 4)), Err(Code::PlcLogTooLong));
    let checks = |log_signature_checks| Limits { log_signature_checks, ..Limits::default() };
    assert_eq!((code(checks(5)), code(checks(4))), (Ok(()), Err(Code::PlcLogTooMuchWork)));
    // A repetition is dropped before anything is counted (did-plc.md, "Exports").
    let repeated = [&lines[..4], &lines].concat();
    assert_eq!(gathered(&repeated, &with(bytes, 5)).map(drop), Ok(()));
}

#[test]
fn an_entry_of_another_identity_does_not_slip_in() {
    let (mine, other) = (lines(&log(1), Form::Entries), lines(&log(6), Form::Entries));
    let mixed = [mine.lines().next().unwrap(), other.lines().nth(1).unwrap()];
    let error = gathered(&mixed, &Limits::default()).unwrap_err();
    assert_eq!((error.code(), error.operation()), (Code::PlcDidMismatch, Some(1)));
}

#[test]
fn reports_of_a_batch_are_of_the_schema() {
    let schema = include_str!("../../schema/report.v1.json");
    let schema = jsonschema::validator_for(&serde_json::from_str(schema).unwrap()).unwrap();
    let text = lines(&log(0), Form::Entries);
    let identity = gathered(&[text.trim_end()], &Limits::default()).unwrap();
    let error = BatchLine::parse(b"nonsense", &Limits::default()).unwrap_err();
    let did: PlcDid = log(0).did().parse().unwrap();
    for report in [batch_report(1, Some(&did), &Ok(identity)), batch_report(7, None, &Err(error))] {
        let report = serde_json::from_str(&report.to_json()).unwrap();
        let faults: Vec<String> = schema.iter_errors(&report).map(|error| error.to_string()).collect();
        assert!(faults.is_empty(), "{faults:?} in {report}");
    }
}
