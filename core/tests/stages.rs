//! A verification whose inputs come one after the other, as from a network: what it wants next, and what each brings.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use fedverify::fair::Alias;
use fedverify::tables::{InputName, Kind, Verdict};
use fedverify::verification::{Request, Verification};
use fedverify::{Code, Limits, PackageDigests, Reach, Report, Warning, WarningCode};
use fedverify_kit::inputs::{example, example_line};
use fedverify_kit::{KeyPair, Log, Moment, Op};

const REPOSITORY: &str = "https://publisher.example/hello-fair/fair.json";

/// A package of which only the log is there.
fn of_log<'l>(did: String, log: &'l [u8]) -> Request<'l> {
    let mut request = Request::new(Kind::FairPackage, Limits::default());
    request.set_string(InputName::Did, did).expect("an input of packages");
    request.set_bytes(InputName::Log, log).expect("an input of packages");
    request
}

fn code(report: &Report) -> Option<Code> {
    report.error().map(fedverify::Error::code)
}

#[test]
fn a_package_comes_step_by_step() {
    let (log, package) = (example("fair/log.json"), example("fair/hello-fair-1.1.0.zip"));
    let request = of_log(example_line("fair/did.txt"), &log);
    let mut verification = Verification::start(&request);
    assert!(verification.report().is_none());
    assert_eq!(
        verification.publisher().map(|publisher| publisher.did().to_owned()),
        Some(example_line("fair/did.txt"))
    );
    assert_eq!(verification.wants_metadata_from(), Some(REPOSITORY));
    assert!(!verification.wants_bytes() && verification.release().is_none());

    verification.metadata(Ok(example("fair/metadata.json").into()));
    assert_eq!(verification.wants_metadata_from(), None);
    assert!(verification.wants_bytes() && verification.report().is_none());
    assert_eq!(verification.release().map(fedverify::Release::repository), Some(REPOSITORY));

    // A download that broke off, and starts again.
    assert!(verification.update(b"half of"));
    verification.restart();
    assert!(verification.update(&package));
    verification.warn(unconfirmed());
    let report = verification.finish();
    assert_eq!((report.verdict(), code(&report)), (Verdict::Verified, None));
    assert_eq!(report.warnings().last(), Some(&unconfirmed()));
}

/// Digests of bytes, as someone hashed them before.
fn hashed(bytes: &[u8]) -> PackageDigests {
    PackageDigests::from_reader(bytes, &Limits::default()).expect("it is not too large")
}

#[test]
fn a_package_that_was_hashed_before_is_judged_like_its_bytes() {
    let (log, package) = (example("fair/log.json"), example("fair/hello-fair-1.1.0.zip"));
    let report = |limits: Limits, give: &dyn Fn(&mut Verification)| {
        let mut request = of_log(example_line("fair/did.txt"), &log);
        request.set_limit("packageBytes", limits.package_bytes).expect("a limit");
        let mut verification = Verification::start(&request);
        verification.metadata(Ok(example("fair/metadata.json").into()));
        give(&mut verification);
        verification.finish()
    };
    let exact = Limits { package_bytes: hashed(&package).size(), ..Limits::default() };
    let less = Limits { package_bytes: exact.package_bytes.saturating_sub(1), ..Limits::default() };
    let mut changed = package.clone();
    changed[100] ^= 1;
    let cases = [
        (exact, &package, None),
        (less, &package, Some(Code::InputTooLarge)),
        (exact, &changed, Some(Code::FairChecksumMismatch)),
    ];
    for (limits, bytes, expected) in cases {
        let by_digests = report(limits, &|verification| verification.digests(hashed(bytes)));
        let by_bytes = report(limits, &|verification| {
            verification.update(bytes);
        });
        assert_eq!(code(&by_digests), expected);
        assert_eq!(by_digests.to_json(), by_bytes.to_json());
    }

    // What came before counts no more, and nothing may follow.
    let after = report(exact, &|verification| {
        verification.update(b"half of");
        verification.digests(hashed(&package));
    });
    assert_eq!(code(&after), None);
    let twice = report(exact, &|verification| {
        verification.digests(hashed(&package));
        assert!(!verification.update(b""));
    });
    assert_eq!(code(&twice), Some(Code::ApiArgument));
    let again = report(exact, &|verification| {
        verification.digests(hashed(b"another"));
        verification.restart();
        verification.update(&package);
    });
    assert_eq!(code(&again), None);
}

#[test]
fn digests_wait_for_the_metadata_and_change_no_verdict() {
    let (did, log) = (example_line("fair/did.txt"), example("fair/log.json"));
    for (log, expected) in [(&log[..], Code::ApiArgument), (&b"[]"[..], Code::PlcLogEmpty)] {
        let mut verification = Verification::start(&of_log(did.clone(), log));
        verification.digests(hashed(b""));
        assert_eq!(code(&verification.finish()), Some(expected));
    }
}

#[test]
fn a_warning_also_reaches_a_report_that_is_there() {
    let request = of_log(example_line("fair/did.txt"), b"[]");
    let mut verification = Verification::start(&request);
    assert_eq!(verification.report().and_then(code), Some(Code::PlcLogEmpty));
    verification.warn(unconfirmed());
    let report = verification.finish();
    assert_eq!(report.warnings().last(), Some(&unconfirmed()));
}

#[test]
fn only_the_artifact_that_was_fetched_counts() {
    let (log, package) = (example("fair/log.json"), example("fair/hello-fair-1.1.0.zip"));
    let request = of_log(example_line("fair/did.txt"), &log);
    let fetched = |url: Option<&str>| {
        let mut verification = Verification::start(&request);
        verification.metadata(Ok(example("fair/metadata.json").into()));
        if let Some(url) = url {
            verification.fetch_from(url);
        }
        verification.update(&package);
        code(&verification.finish())
    };
    assert_eq!(fetched(None), None);
    assert_eq!(fetched(Some("https://elsewhere.example/hello-fair.zip")), Some(Code::FairArtifactMissing));
}

/// A finding that a caller adds.
fn unconfirmed() -> Warning {
    let log = aliased("fair://publisher.example");
    let text = log.text();
    let request = of_log(log.did().to_owned(), text.as_bytes());
    let mut verification = Verification::start(&request);
    verification.alias_records(Ok(&[]));
    verification.finish().warnings()[0].clone()
}

fn aliased(name: &str) -> Log {
    let key = KeyPair::k256("root");
    let op = Op::regular().rotation_keys([&key]).also_known_as(name).service(
        "fairpm_repo",
        "FairPackageManagementRepo",
        REPOSITORY,
    );
    Log::new(&op.sign(&key), Moment::START)
}

#[test]
fn an_alias_is_claimed_required_and_compared() {
    let log = aliased("fair://publisher.example");
    let text = log.text();
    let request = of_log(log.did().to_owned(), text.as_bytes());
    let start = || Verification::start(&request);
    let alias = |domain: &str| Alias::from_url(&format!("fair://{domain}")).expect("an alias");
    let claimed = start().claimed_alias().expect("one is claimed").expect("a domain");
    assert_eq!(claimed, alias("publisher.example"));

    let mut required = start();
    required.require_alias(&claimed);
    assert!(required.report().is_none());
    let mut named = start();
    named.require_alias(&claimed);
    let who = "the DNS of publisher.example named this DID: whoever controls it chose the identity";
    assert!(named.finish().to_json().contains(who));
    required.require_alias(&alias("other.example"));
    assert_eq!(required.report().and_then(code), Some(Code::FairAliasMismatch));

    let is_unconfirmed = |records: &[String]| {
        let mut verification = start();
        verification.alias_records(Ok(records));
        verification.metadata(Ok(b"{}".to_vec().into()));
        let report = verification.finish();
        report.warnings().iter().any(|warning| warning.code() == WarningCode::FairAliasUnconfirmed)
    };
    assert!(is_unconfirmed(&[]));
    assert!(!is_unconfirmed(&[format!("did={}", log.did())]));
}

/// Only where none is claimed; then there is nothing to confirm.
#[test]
fn an_alias_that_is_claimed_is_not_said_to_be_none() {
    let log = aliased("fair://publisher.example");
    let text = log.text();
    let mut request = Request::new(Kind::FairAlias, Limits::default());
    request.set_string(InputName::Did, log.did()).expect("an input of aliases");
    request.set_bytes(InputName::Log, text.as_bytes()).expect("an input of aliases");
    for (did, verdict) in
        [(log.did(), Verdict::Verified), ("did:plc:z72i7hdynmk6r22z27h6tvur", Verdict::Rejected)]
    {
        request.set_string(InputName::Txt, format!("did={did}")).expect("an input of aliases");
        let report = Verification::start(&request).finish();
        assert_eq!((report.verdict(), report.subject()), (verdict, log.did().to_owned()));
    }
}

#[test]
fn a_repository_on_this_machine_is_for_tests_that_ask_for_it() {
    let key = KeyPair::k256("root");
    let here = "http://127.0.0.1:8080/fair.json";
    let op = Op::regular().rotation_keys([&key]).service("fairpm_repo", "FairPackageManagementRepo", here);
    let log = Log::new(&op.sign(&key), Moment::START);
    let text = log.text();
    let mut request = of_log(log.did().to_owned(), text.as_bytes());
    let verification = Verification::start(&request);
    assert_eq!(verification.report().and_then(code), Some(Code::FairServiceInvalid));
    request.set_reach(Reach::Loopback);
    assert_eq!(Verification::start(&request).wants_metadata_from(), Some(here));
}

#[test]
fn a_limit_is_set_by_its_name() {
    let log = example("fair/log.json");
    let mut request = of_log(example_line("fair/did.txt"), &log);
    request.set_limit("logOperations", 4).expect("a limit");
    assert_eq!(Verification::start(&request).report().and_then(code), Some(Code::PlcLogTooLong));
    let refused = request.set_limit("logOperation", 4).expect_err("no limit has this name");
    assert_eq!(refused.code(), Code::ApiArgument);
}

#[test]
fn an_archive_may_start_again_too_but_needs_its_bytes() {
    let (plugin, key) = (example("pfn/plugin.json"), example("pfn/publisher.pem"));
    let mut request = Request::new(Kind::PfnPlugin, Limits::default());
    request.set_bytes(InputName::Plugin, &plugin).expect("an input of plugins");
    request.set_bytes(InputName::Key, &key).expect("an input of plugins");
    request.set_flag(InputName::Archive, true).expect("an input of plugins");
    let archive = example("pfn/hello-pfn-1.0.0.zip");
    let given = |before: &[u8], starts_again: bool| {
        let mut verification = Verification::start(&request);
        assert!(verification.wants_bytes());
        verification.update(before);
        if starts_again {
            verification.restart();
        }
        verification.update(&archive);
        verification.finish().verdict()
    };
    assert_eq!(given(b"", false), Verdict::Verified);
    assert_eq!(given(b"half of", true), Verdict::Verified);
    assert_eq!(given(b"half of", false), Verdict::Rejected);
    let mut verification = Verification::start(&request);
    verification.digests(hashed(&archive));
    assert_eq!(code(&verification.finish()), Some(Code::ApiArgument));
}
