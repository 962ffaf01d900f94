//! The codes and warnings that no verification comes to by its inputs alone: bindings hand them to core, or call functions
//! beside a verification. How each binding comes to them is in the table of `cargo run -p fedverify-kit -- codes`.

// A test says what is wrong by panicking.
#![allow(clippy::unwrap_used)]

use fedverify::tables::{InputName, Kind, Verdict};
use fedverify::{
    ApiFault, Code, Error, Limits, NetworkFault, Report, Request, Verification, Warning, WarningCode,
    directory,
};
use fedverify_kit::{KeyPair, Log, Moment, Op};
use std::io::{self, ErrorKind, Read};

/// A log that verifies.
fn log() -> Log {
    let key = KeyPair::k256("codes");
    Log::new(&Op::regular().rotation_keys([&key]).sign(&key), Moment::START)
}

/// The report on this log, which the caller may not have.
fn report(log: Result<&str, Error>, did: &str, prepare: impl FnOnce(&mut Verification)) -> Report {
    let mut request = Request::new(Kind::PlcLog, Limits::default());
    request.set_string(InputName::Did, did.to_owned()).unwrap();
    request.set_input(InputName::Log, log.map(|text| text.as_bytes().to_vec().into())).unwrap();
    let mut verification = Verification::start(&request);
    prepare(&mut verification);
    verification.finish()
}

/// What comes of a log that its caller could not get.
fn judged(error: Error) -> (Verdict, Option<Code>) {
    let report = report(Err(error), log().did(), |_| ());
    (report.verdict(), report.error().map(Error::code))
}

#[test]
fn what_could_not_be_fetched_is_no_verdict() {
    for (fault, text) in [
        (NetworkFault::Dns, "io.network.dns"),
        (NetworkFault::Connect, "io.network.connect"),
        (NetworkFault::Tls, "io.network.tls"),
        (NetworkFault::Timeout, "io.network.timeout"),
        (NetworkFault::Status, "io.network.status"),
        (NetworkFault::Redirect, "io.network.redirect"),
        (NetworkFault::Insecure, "io.network.insecure"),
        (NetworkFault::Answer, "io.network.answer"),
        (NetworkFault::UnknownDid, "io.directory.unknown"),
        (NetworkFault::DeactivatedDid, "io.directory.deactivated"),
    ] {
        let found = judged(Error::unreachable(fault, "on purpose"));
        assert_eq!(found, (Verdict::Undetermined, Some(text.parse().unwrap())));
    }
}

#[test]
fn an_error_has_the_status_that_it_was_given() {
    let error = Error::unreachable(NetworkFault::Status, "on purpose");
    assert_eq!(error.status(), None);
    assert_eq!(error.with_status(503).status(), Some(503));
}

#[test]
fn a_binding_that_was_misused_or_failed_gives_no_verdict() {
    for (fault, text) in [
        (ApiFault::Argument, "api.argument"),
        (ApiFault::UsedUp, "api.used_up"),
        (ApiFault::Panicked, "api.panicked"),
    ] {
        let found = judged(Error::misuse(fault, "on purpose"));
        assert_eq!(found, (Verdict::Undetermined, Some(text.parse().unwrap())));
    }
}

/// Of a machine whose memory is at its end.
struct Exhausted;

impl Read for Exhausted {
    fn read(&mut self, _: &mut [u8]) -> io::Result<usize> {
        Err(ErrorKind::OutOfMemory.into())
    }
}

#[test]
fn memory_that_runs_out_is_no_verdict() {
    let error = Exhausted.read_to_end(&mut Vec::new()).unwrap_err();
    let found = judged(Error::unreadable_file(error.kind(), error.to_string()));
    assert_eq!(found, (Verdict::Undetermined, Some(Code::IoMemory)));
}

#[test]
fn what_cannot_be_remembered_is_no_verdict() {
    let log = log();
    let verified = report(Ok(&log.text()), log.did(), |_| ());
    assert_eq!(verified.verdict(), Verdict::Verified);
    let unkept = verified.not_remembered(Error::unwritable_file("the disk is full"));
    assert_eq!(unkept.verdict(), Verdict::Undetermined);
    assert_eq!(unkept.error().map(Error::code), Some(Code::IoFileUnwritable));
}

/// The warnings of a log that verifies, of which the caller knows this.
fn warned(warning: Warning) -> Vec<WarningCode> {
    let log = log();
    let report = report(Ok(&log.text()), log.did(), |verification| verification.warn(warning));
    assert_eq!(report.verdict(), Verdict::Verified);
    report.warnings().iter().map(Warning::code).collect()
}

#[test]
fn a_directory_that_gave_no_log_is_a_warning() {
    let error =
        Error::unreachable(NetworkFault::Timeout, "on purpose").naming_source("https://mirror.example");
    let warning = directory::unreachable(&error);
    assert!(warning.message().contains("mirror.example") && warning.message().contains("io.network.timeout"));
    assert_eq!(warned(warning), [WarningCode::DirectoryUnreachable]);
}

#[test]
fn a_private_network_that_was_asked_is_a_warning() {
    let warning = Warning::of_private_network("10.0.0.1");
    assert!(warning.message().contains("10.0.0.1"));
    assert_eq!(warned(warning), [WarningCode::NetworkPrivate]);
}
