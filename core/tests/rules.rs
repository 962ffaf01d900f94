//! Rules that no case of the corpus can show, because what they are about is not in a report's facts: what the steps say,
//! what a verification costs, what the types tell beside the verdict. `tests/mutants.sh` found each of them untested.

// A test says what is wrong by panicking.
#![allow(
    clippy::arithmetic_side_effects,
    clippy::expect_used,
    clippy::indexing_slicing,
    clippy::panic,
    clippy::unwrap_used
)]

use fedverify::fair::{Alias, Artifact};
use fedverify::pfn::FederationInfo;
use fedverify::tables::{Check, InputName, Kind, Outcome, Trust, Verdict};
use fedverify::{
    Code, Error, Identity, Limits, Log, Metadata, PackageDigests, Pin, PublicKey, Report, Request,
    Verification, WarningCode,
};
use fedverify_kit::metadata::{Form, artifact, metadata, release};
use fedverify_kit::{Json, KeyPair, Moment, Op, SignedOp, encoding, pfn, plugin};
use serde_json::{Value, json};
use std::io::Cursor;

fn root() -> KeyPair {
    KeyPair::k256("root")
}

fn daily() -> KeyPair {
    KeyPair::p256("daily")
}

fn fair() -> KeyPair {
    KeyPair::ed25519("fair")
}

const PACKAGE: &[u8] = b"the bytes of a package";

/// A publisher's operation; the number makes it differ from others.
fn op(number: u32) -> Op {
    Op::regular()
        .rotation_keys([&root(), &daily()])
        .verification_method("fair", &fair())
        .also_known_as(&format!("https://p.example/{number}"))
        .service("repo", "FairPackageManagementRepo", "https://repo.example/metadata.json")
}

fn genesis() -> SignedOp {
    op(0).sign(&root())
}

/// Three operations: a theft by the daily key, undone by the root key.
fn recovered_log() -> fedverify_kit::Log {
    let stolen = op(1).after(&genesis()).sign(&daily());
    let recovery = op(2).after(&genesis()).sign(&root());
    fedverify_kit::Log::new(&genesis(), Moment::START)
        .then(&stolen, Moment::hour(1))
        .then(&recovery, Moment::hour(2))
}

fn verify(log: &fedverify_kit::Log) -> Result<Identity, Error> {
    Log::parse(log.text().as_bytes(), &Limits::default())?.verify(&log.did().parse().unwrap())
}

/// The report on a log.
fn log_report(did: &str, text: &str) -> Report {
    let mut request = Request::new(Kind::PlcLog, Limits::default());
    request.set_string(InputName::Did, did).unwrap();
    request.set_bytes(InputName::Log, text.as_bytes()).unwrap();
    Verification::start(&request).finish()
}

/// The report on the package, by a metadata document that is changed at will.
fn package_report(change: impl FnOnce(Json) -> Json, now: Option<u64>) -> Report {
    let (log, metadata) = (recovered_log(), document_text(change));
    let text = log.text();
    let mut request = Request::new(Kind::FairPackage, Limits::default());
    request.set_string(InputName::Did, log.did()).unwrap();
    request.set_bytes(InputName::Log, text.as_bytes()).unwrap();
    request.set_bytes(InputName::Metadata, metadata.as_bytes()).unwrap();
    if let Some(now) = now {
        request.set_number(InputName::Now, now).unwrap();
    }
    let mut verification = Verification::start(&request);
    assert!(verification.update(PACKAGE));
    verification.finish()
}

/// A metadata document of the publisher with one release, whose artifact is changed at will.
fn document(change: impl FnOnce(Json) -> Json) -> Metadata {
    Metadata::parse(document_text(change).as_bytes(), &Limits::default()).unwrap()
}

fn document_text(change: impl FnOnce(Json) -> Json) -> String {
    let signature = Form::Ed25519Sha384.sign_text(&fair(), PACKAGE);
    let artifact = change(artifact("https://repo.example/a.zip", PACKAGE, signature));
    metadata(genesis().did(), [release("1.2.3", artifact)]).to_string()
}

/// A log whose second operation, of 1 h, adds a key, and a metadata document of a package that this key signed.
fn with_a_fresh_key() -> (fedverify_kit::Log, String) {
    let key = KeyPair::ed25519("new");
    let second = op(1).verification_method("fair_2", &key).after(&genesis()).sign(&daily());
    let log = fedverify_kit::Log::new(&genesis(), Moment::START).then(&second, Moment::hour(1));
    let signature = Form::Ed25519Sha384.sign_text(&key, PACKAGE);
    (log, document_text(|artifact| artifact.with("signature", signature)))
}

fn digests() -> PackageDigests {
    PackageDigests::from_reader(PACKAGE, &Limits::default()).unwrap()
}

/// The outcomes of a report's steps, by the names of the steps.
fn outcomes(report: &Report) -> Vec<(&'static str, Outcome)> {
    report.checks().map(|(check, outcome, _)| (check.as_str(), outcome)).collect()
}

fn detail(report: &Report, wanted: Check) -> String {
    let (_, _, detail) = report.checks().find(|(check, _, _)| *check == wanted).unwrap();
    detail.to_owned()
}

#[test]
fn a_verified_report_lists_every_step_of_its_kind() {
    let log = recovered_log();
    let identity = verify(&log).unwrap();
    let report = log_report(log.did(), &log.text());
    let names: Vec<_> = outcomes(&report).into_iter().map(|(name, _)| name).collect();
    let steps = [
        "did",
        "plc.json",
        "plc.operations",
        "plc.cids",
        "plc.genesis",
        "plc.chain",
        "plc.times",
        "plc.signatures",
        "plc.recoveries",
        "plc.flags",
        "pin.log",
    ];
    assert_eq!(names, steps);
    assert_eq!((report.verdict(), report.trust()), (Verdict::Verified, Some(Trust::SelfCertified)));
    assert_eq!(report.subject(), identity.did().as_str());
    assert!(report.error().is_none() && report.warnings().is_empty());
    assert!(detail(&report, Check::PlcOperations).starts_with("3 operations"));
    assert!(detail(&report, Check::PlcChain).contains(identity.head()));
    assert!(detail(&report, Check::PlcRecoveries).starts_with("1 operation nullified"));
    let pretty: Value = serde_json::from_str(&report.to_json_pretty()).unwrap();
    assert_eq!(pretty, serde_json::from_str::<Value>(&report.to_json()).unwrap());
}

#[test]
fn a_bare_log_says_what_could_not_be_checked() {
    let log = recovered_log();
    let report = log_report(log.did(), &log.bare().to_string());
    let skipped = outcomes(&report).into_iter().filter(|(_, outcome)| *outcome == Outcome::Skipped);
    let skipped: Vec<_> = skipped.map(|(name, _)| name).collect();
    assert_eq!(skipped, ["plc.cids", "plc.times", "plc.recoveries", "plc.flags", "pin.log"]);
    assert_eq!(report.warnings()[0].code(), WarningCode::LogBare);
}

/// Steps before the one that failed passed, those beside it stopped with it, and those after it were not reached.
#[test]
fn a_refusal_says_how_far_it_came() {
    let forged = op(1).after(&genesis()).sign(&KeyPair::k256("stranger"));
    let log = fedverify_kit::Log::new(&genesis(), Moment::START).then(&forged, Moment::hour(1));
    let error = verify(&log).unwrap_err();
    assert_eq!((error.code(), error.operation()), (Code::PlcSignatureInvalid, Some(1)));
    assert_eq!((error.cid(), error.check()), (Some(forged.cid()), Some(Check::PlcSignatures)));
    assert_eq!(error.remedy(), Code::PlcSignatureInvalid.remedy());

    let report = log_report(log.did(), &log.text());
    assert_eq!(report.trust(), None, "nothing was proven");
    let expected = [
        ("did", Outcome::Pass),
        ("plc.json", Outcome::Pass),
        ("plc.operations", Outcome::Pass),
        ("plc.cids", Outcome::Pass),
        ("plc.genesis", Outcome::Pass),
        ("plc.chain", Outcome::NotReached),
        ("plc.times", Outcome::NotReached),
        ("plc.signatures", Outcome::Fail),
        ("plc.recoveries", Outcome::NotReached),
        ("plc.flags", Outcome::NotReached),
        ("pin.log", Outcome::NotReached),
    ];
    assert_eq!(outcomes(&report), expected);
    assert_eq!(detail(&report, Check::PlcTimes), "stopped at operation 1");
    assert_eq!(detail(&report, Check::PlcFlags), "not reached");
    assert_eq!(detail(&report, Check::PlcSignatures), error.message());
    assert_eq!((report.verdict(), report.error()), (Verdict::Rejected, Some(&error)));
}

/// A pin is compared after the walk (did-plc.md, "What a pin refuses"): whatever is wrong with it, the steps before it passed.
#[test]
fn a_pin_is_the_last_step_of_a_log() {
    let report = |log: &fedverify_kit::Log, pin: Option<&[u8]>| {
        let text = log.text();
        let mut request = Request::new(Kind::PlcLog, Limits::default());
        request.set_string(InputName::Did, log.did()).unwrap();
        request.set_bytes(InputName::Log, text.as_bytes()).unwrap();
        request.set_number(InputName::Now, 1_767_225_600).unwrap();
        match pin {
            Some(pin) => request.set_bytes(InputName::Pin, pin).unwrap(),
            None => request.set_flag(InputName::Remember, true).unwrap(),
        }
        Verification::start(&request).finish()
    };
    let pin_of = |log: &fedverify_kit::Log| report(log, None).pin().unwrap().to_json();
    let log = fedverify_kit::Log::new(&genesis(), Moment::START);
    let other = fedverify_kit::Log::new(&op(9).sign(&root()), Moment::START);
    for (pin, code) in [
        (pin_of(&recovered_log()), Code::PinRollback),
        (pin_of(&other), Code::PinMalformed),
        ("{".to_owned(), Code::PinMalformed),
    ] {
        let report = report(&log, Some(pin.as_bytes()));
        assert_eq!(report.error().map(Error::code), Some(code));
        let (last, before) =
            outcomes(&report).split_last().map(|(last, before)| (*last, before.to_vec())).unwrap();
        assert_eq!(last, ("pin.log", Outcome::Fail));
        assert!(before.iter().all(|(_, outcome)| *outcome == Outcome::Pass), "{code}: {before:?}");
    }
}

/// A key falls with the operation that introduced it and with any before, and with none after (fair.md, "Fresh keys").
#[test]
fn the_time_of_a_fresh_key_is_the_latest_that_counts() {
    let now = Moment::hour(51).seconds();
    let with_key = |op: Op, id: &str| op.verification_method(id, &KeyPair::ed25519(id));
    let first = with_key(op(1), "fair_1").after(&genesis()).sign(&daily());
    let second = with_key(with_key(op(2), "fair_1"), "fair_2").after(&first).sign(&daily());
    let log = |first_at: i64| {
        fedverify_kit::Log::new(&genesis(), Moment::START).then(&first, Moment::hour(first_at))
    };
    let both = log(1).then(&second, Moment::hour(2));
    let until = |identity: &Identity| {
        let contestable = identity.contestable(now);
        ["fair", "fair_1", "fair_2"].map(|id| contestable.method_until(id))
    };
    let hours = |hours: i64| Some(Moment::hour(hours).seconds());
    assert_eq!(until(&verify(&both).unwrap()), [None, hours(73), hours(74)]);

    // What a directory first dated at hour 50 it dates at hour 1 now: the first of the two has the later time.
    let did = both.did().parse().unwrap();
    let visit = |log: &fedverify_kit::Log, pin: Option<&Pin>| {
        let text = log.text();
        Log::parse(text.as_bytes(), &Limits::default()).unwrap().verify_remembering(&did, pin, 0).unwrap()
    };
    let known = visit(&log(50), None);
    assert_eq!(until(&visit(&both, known.pin())), [None, hours(122), hours(122)]);
}

/// Who asked for no memory is offered what fits: the pin with the package, or no pin. The verdict stays.
#[test]
fn a_pin_that_nobody_asked_for_is_left_out_where_it_would_be_too_large() {
    let log = recovered_log();
    let (text, document) = (log.text(), document_text(|artifact| artifact));
    let offered = |limits: Limits| {
        let mut request = Request::new(Kind::FairPackage, limits);
        request.set_string(InputName::Did, log.did()).unwrap();
        request.set_bytes(InputName::Log, text.as_bytes()).unwrap();
        request.set_bytes(InputName::Metadata, document.as_bytes()).unwrap();
        request.set_number(InputName::Now, Moment::hour(2).seconds()).unwrap();
        request.offer_pin();
        let mut verification = Verification::start(&request);
        verification.update(PACKAGE);
        let report = verification.finish();
        assert_eq!(report.verdict(), Verdict::Verified);
        report.pin().cloned()
    };
    let whole = offered(Limits::default()).unwrap();
    let packages = serde_json::to_value(whole.packages().next().unwrap()).unwrap();
    assert_eq!(
        packages,
        json!(["1.2.3", [{ "sha256": digests().sha256_hex(), "sha384": digests().sha384_hex() }]])
    );
    let of = |pin_bytes: usize| {
        offered(Limits { pin_bytes: u64::try_from(pin_bytes).unwrap(), ..Limits::default() })
    };
    let bytes = whole.to_json().len();
    assert_eq!(of(bytes), Some(whole));
    // The pin of the log alone would fit, and forget the package.
    assert_eq!(of(bytes - 1), None);
    assert_eq!(of(9), None);
}

/// Warning and refusal name the time until which the key can be undone (fair.md, "Fresh keys"). Without a clock nobody can wait
/// for it.
#[test]
fn a_fresh_key_is_told_with_its_time() {
    let (log, document) = with_a_fresh_key();
    let text = log.text();
    let report = |now: Option<Moment>, waits: bool| {
        let mut request = Request::new(Kind::FairPackage, Limits::default());
        request.set_string(InputName::Did, log.did()).unwrap();
        request.set_bytes(InputName::Log, text.as_bytes()).unwrap();
        request.set_bytes(InputName::Metadata, document.as_bytes()).unwrap();
        request.set_flag(InputName::WaitRecoveryWindow, waits).unwrap();
        if let Some(now) = now {
            request.set_number(InputName::Now, now.seconds()).unwrap();
        }
        let mut verification = Verification::start(&request);
        verification.update(PACKAGE);
        verification.finish()
    };
    let now = Some(Moment::hour(2));
    let until = Moment::hour(73).without_fraction();
    let warned = report(now, false);
    assert_eq!(warned.warnings()[0].code(), WarningCode::FairKeyFresh);
    assert!(warned.warnings()[0].message().contains(&until), "{}", warned.warnings()[0].message());
    let refused = report(now, true);
    let error = refused.error().unwrap();
    assert_eq!(error.code(), Code::FairKeyTooFresh);
    assert!(error.message().contains(&until), "{error}");
    assert_eq!(report(None, true).error().map(Error::code), Some(Code::ApiArgument));
}

/// A clock in milliseconds would have every key settled.
#[test]
fn no_key_is_settled_by_a_clock_that_cannot_be_right() {
    let (log, document) = with_a_fresh_key();
    let metadata = Metadata::parse(document.as_bytes(), &Limits::default()).unwrap();
    let release = verify(&log).unwrap().release(&metadata, "1.2.3").unwrap();
    let package = release.verify(&digests()).unwrap();
    let until = |now: u64| package.key_fresh_until(now).map_err(|error| error.code());
    assert_eq!(until(Moment::hour(2).seconds()), Ok(Some(Moment::hour(73).seconds())));
    assert_eq!(until(Moment::hour(73).seconds() + 1), Ok(None));
    assert_eq!(until(Moment::hour(2).seconds() * 1000), Err(Code::ApiArgument));
}

/// Its keys expire, so without a clock it is not judged (fair.md, "Revoked and expired keys").
#[test]
fn a_did_web_needs_a_clock() {
    let mut request = Request::new(Kind::FairMetadata, Limits::default());
    request.set_string(InputName::Did, "did:web:a.example").unwrap();
    request.set_bytes(InputName::Document, br#"{"id": "did:web:a.example"}"#).unwrap();
    request.set_bytes(InputName::Metadata, b"{}").unwrap();
    let code = |request: &Request<'_>| Verification::start(request).finish().error().map(Error::code);
    assert_eq!(code(&request), Some(Code::ApiArgument));
    request.set_number(InputName::Now, 0).unwrap();
    assert_eq!(code(&request), Some(Code::FairMetadataMalformed));
}

/// A refusal at the first step lists every step of the kind.
#[test]
fn each_kind_has_its_own_steps() {
    let names = |kind, did: &str| {
        let mut request = Request::new(kind, Limits::default());
        if kind.takes(InputName::Did) {
            request.set_string(InputName::Did, did).unwrap();
        }
        let report = Verification::start(&request).finish();
        assert_eq!((report.verdict(), report.kind()), (Verdict::Undetermined, kind));
        outcomes(&report).into_iter().map(|(name, _)| name).collect::<Vec<_>>()
    };
    let plc = |kind| names(kind, "did:plc:z72i7hdynmk6r22z27h6tvur");
    let pfn = ["pfn.key", "pfn.plugin", "pfn.signature", "pfn.archive", "pfn.archive_signature"];
    assert_eq!(plc(Kind::PfnPlugin), pfn);
    assert_eq!(plc(Kind::PfnChallenge), ["pfn.key", "pfn.challenge", "pfn.signature"]);
    assert_eq!(plc(Kind::PfnFederationInfo), ["pfn.federation_info"]);
    assert_eq!(plc(Kind::PfnAuthorData), ["pfn.key", "pfn.author_data", "pfn.signature"]);
    assert_eq!(plc(Kind::PfnAssetUrl), ["pfn.federation_info", "pfn.asset_url"]);
    assert_eq!(plc(Kind::Key), ["key"]);
    let log = plc(Kind::PlcLog);
    assert_eq!((log[0], log[log.len() - 1]), ("did", "pin.log"));
    assert_eq!(names(Kind::WebDocument, "did:web:a.example"), ["did", "web.document"]);
    let of_metadata = ["fair.metadata", "fair.identity", "fair.keys", "fair.release", "pin.metadata"];
    assert_eq!(plc(Kind::FairMetadata), [&log[..], &of_metadata].concat());
    assert_eq!(plc(Kind::FairAlias), [&log[..], &["fair.alias"]].concat());
    let of_bytes = ["fair.bytes", "fair.artifact", "fair.checksum", "fair.signature"];
    let of_memory = ["pin.package", "fair.recovery_window"];
    assert_eq!(plc(Kind::FairPackage), [&log[..], &of_metadata, &of_bytes, &of_memory].concat());
    let of_web = [&["did", "web.document"], &of_metadata[..4], &of_bytes].concat();
    assert_eq!(names(Kind::FairPackage, "did:web:a.example"), of_web);
}

/// SHA-384 is longer than what is quoted of a stranger's string.
#[test]
fn a_checksum_that_does_not_match_is_told_whole() {
    let other = format!("sha384:{}", "0".repeat(96));
    let report = package_report(|artifact| artifact.with("checksum", other.as_str()), None);
    let found = PackageDigests::from_reader(PACKAGE, &Limits::default()).unwrap().sha384_hex();
    let message = format!("expected a package with the checksum \"{other}\", found \"sha384:{found}\"");
    assert_eq!(report.error().map(Error::message), Some(&*message));
}

#[test]
fn a_package_report_tells_release_and_signer() {
    let identity = verify(&recovered_log()).unwrap();
    let with_checksum = identity.release(&document(|artifact| artifact), None).unwrap();
    let urls: Vec<&str> = with_checksum.artifacts().map(Artifact::url).collect();
    assert_eq!(urls, ["https://repo.example/a.zip"]);
    let report = package_report(|artifact| artifact, Some(1_800_000_000));
    assert_eq!(report.trust(), Some(Trust::SelfCertified));
    assert_eq!(detail(&report, Check::FairRecoveryWindow), "the signing key can no longer be undone");
    assert_eq!(report.subject(), format!("{} 1.2.3", identity.did()));
    assert_eq!(detail(&report, Check::FairRelease), "the metadata document lists version 1.2.3");
    assert_eq!(detail(&report, Check::FairBytes), format!("{} bytes read", PACKAGE.len()));
    assert!(detail(&report, Check::FairSignature).contains(&fair().did_key()));
    assert!(outcomes(&report).contains(&("fair.checksum", Outcome::Pass)));

    let report = package_report(|artifact| artifact.without("checksum"), None);
    assert!(outcomes(&report).contains(&("fair.recovery_window", Outcome::Skipped)));
    assert!(outcomes(&report).contains(&("fair.checksum", Outcome::Skipped)));
    assert_eq!(report.warnings()[0].code(), WarningCode::FairChecksumAbsent);
}

/// A document may list thousands of versions; a message tells some of them, each cut short.
#[test]
fn a_message_tells_a_few_of_many_versions() {
    let number = "1".repeat(120);
    let release = |minor: u32| release(&format!("{number}.{minor}"), Json::object([]));
    let document = metadata(genesis().did(), (0..1000).map(release)).to_string();
    let document = Metadata::parse(document.as_bytes(), &Limits::default()).unwrap();
    let error = verify(&recovered_log()).unwrap().release(&document, "2").unwrap_err();
    assert_eq!(error.code(), Code::FairReleaseMissing);
    assert!(error.message().contains("and 992 more"), "{error}");
    assert!(error.message().len() < 1000, "{} bytes", error.message().len());
}

/// What a face that fetches goes by. Only a JSON `true` asks for something.
#[test]
fn an_artifact_tells_how_it_is_fetched() {
    let identity = verify(&recovered_log()).unwrap();
    let fetched = |change: fn(Json) -> Json| {
        let release = identity.release(&document(change), None).unwrap();
        let package = release.verify(&digests()).unwrap();
        let artifact = package.artifact();
        let content_type = artifact.content_type().map(str::to_owned);
        (content_type, artifact.is_release_asset(), artifact.requires_auth())
    };
    let plain = (Some("application/zip".to_owned()), false, false);
    assert_eq!(fetched(|artifact| artifact), plain);
    assert_eq!(fetched(|artifact| artifact.with("release-asset", "true").with("requires-auth", ())), plain);
    let as_asset = |artifact: Json| artifact.with("release-asset", true).without("content-type");
    assert_eq!(fetched(as_asset), (None, true, false));
    assert!(fetched(|artifact| artifact.with("requires-auth", true)).2);
}

/// A chain that one key signs costs one check for each operation, wherever in the list the key stands.
#[test]
fn the_key_that_signed_last_is_tried_first() {
    let keys = [KeyPair::k256("a"), KeyPair::k256("b"), KeyPair::p256("c")];
    let op =
        |number: u32| Op::regular().rotation_keys(&keys).also_known_as(&format!("at://{number}.example"));
    let mut last = op(0).sign(&keys[2]);
    let mut log = fedverify_kit::Log::new(&last, Moment::START);
    for number in 1..10 {
        last = op(number).after(&last).sign(&keys[2]);
        log = log.then(&last, Moment::hour(i64::from(number)));
    }
    assert_eq!(verify(&log).unwrap().signature_checks(), 3 + 9);
    let limits = |log_signature_checks| Limits { log_signature_checks, ..Limits::default() };
    let did = log.did().parse().unwrap();
    let code = |limit| {
        let text = log.text();
        let parsed = Log::parse(text.as_bytes(), &limits(limit)).unwrap();
        parsed.verify(&did).map(drop).map_err(|error| error.code())
    };
    assert_eq!(code(12), Ok(()));
    assert_eq!(code(11), Err(Code::PlcLogTooMuchWork));
}

#[test]
fn an_identity_tells_its_history() {
    let log = recovered_log();
    let identity = verify(&log).unwrap();
    let entry = &identity.history()[1];
    let stolen = op(1).after(&genesis()).sign(&daily());
    assert_eq!((entry.cid(), entry.signer(), entry.size()), (stolen.cid(), 1, stolen.size()));
    assert!(entry.is_nullified() && !identity.is_tombstoned());
    assert_eq!(entry.created_at().unwrap().as_str(), "2026-01-01T01:00:00.000Z");
    assert_ne!(entry.created_at(), identity.history()[2].created_at());
    assert_eq!(entry.created_at(), entry.created_at().cloned().as_ref());
    let names = |cid: &str| identity.state_at(cid).map(|state| state.also_known_as().to_vec());
    assert_eq!(names(stolen.cid()), Some(vec!["https://p.example/1".to_owned()]));
    assert_eq!(names("bafyreib"), None);
    let state = identity.state().unwrap();
    let methods = state.verification_methods();
    assert_eq!(methods.get("fair").unwrap().as_str(), fair().did_key());
    assert_eq!(methods.get("fair").unwrap().multibase(), fair().multibase());
    assert!(methods.get("other").is_none() && !methods.is_empty() && methods.len() == 1);
    assert_eq!(state.services().get("repo").unwrap().endpoint(), "https://repo.example/metadata.json");
}

/// As the directory serves it: each curve's context once, in the order in which the keys name it.
#[test]
fn the_did_document_is_in_the_directorys_shape() {
    let (a, b, c) = (KeyPair::p256("a"), KeyPair::k256("b"), KeyPair::k256("c"));
    let genesis = Op::regular()
        .rotation_keys([&root()])
        .verification_method("ed", &fair())
        .verification_method("one", &a)
        .verification_method("two", &b)
        .verification_method("last", &c)
        .also_known_as("at://a.example")
        .service("pds", "AtprotoPersonalDataServer", "https://pds.example")
        .sign(&root());
    let identity = verify(&fedverify_kit::Log::new(&genesis, Moment::START)).unwrap();
    let did = genesis.did();
    let method = |id: &str, key: &KeyPair| {
        let id = format!("{did}#{id}");
        json!({"id": id, "type": "Multikey", "controller": did, "publicKeyMultibase": key.multibase()})
    };
    let expected = json!({
        "@context": [
            "https://www.w3.org/ns/did/v1",
            "https://w3id.org/security/multikey/v1",
            "https://w3id.org/security/suites/ecdsa-2019/v1",
            "https://w3id.org/security/suites/secp256k1-2019/v1",
        ],
        "id": did,
        "alsoKnownAs": ["at://a.example"],
        "verificationMethod": [method("ed", &fair()), method("one", &a), method("two", &b), method("last", &c)],
        "service": [{"id": "#pds", "type": "AtprotoPersonalDataServer", "serviceEndpoint": "https://pds.example"}],
    });
    let document = identity.did_document().unwrap().to_json();
    assert_eq!(serde_json::from_str::<Value>(&document).unwrap(), expected);
}

#[test]
fn keys_of_any_codec_are_carried_whole() {
    // Codecs of one byte, two and three, each at its edges (unsigned-varint specification).
    for codec in [&[0x01][..], &[0x7f], &[0x80, 0x01], &[0xff, 0x7f], &[0x80, 0x80, 0x01]] {
        let multicodec = [codec, &[7, 0, 9]].concat();
        let key = PublicKey::from_multicodec(&multicodec).unwrap();
        assert_eq!((key.to_multicodec(), key.to_bytes()), (multicodec, vec![7, 0, 9]));
        assert_eq!(PublicKey::from_multibase(&key.to_multibase()), Ok(key));
        assert_eq!(
            PublicKey::from_multicodec(codec).map_err(|e| e.code()),
            Err(Code::KeyInvalid),
            "{codec:?}"
        );
    }
    // The greatest value has 63 bits; a varint that is longer than it needs to be is another text for a key.
    let greatest = [&[0xff; 8][..], &[0x7f, 1]].concat();
    assert_eq!(PublicKey::from_multicodec(&greatest).unwrap().to_multicodec(), greatest);
    for wrong in [&[0xff; 9][..], &[0x81, 0x00], &[0x80, 0x00]] {
        let with_key = [wrong, &[1, 1]].concat();
        assert_eq!(
            PublicKey::from_multicodec(&with_key).map_err(|e| e.code()),
            Err(Code::KeyInvalid),
            "{wrong:?}"
        );
    }
}

#[test]
fn the_length_of_a_multibase_text_is_bounded_inclusively() {
    let bytes_of = |count: usize| [&[1][..], &vec![0xff; count]].concat();
    let fits = |bytes: &Vec<u8>| encoding::multibase(bytes).len() <= 256;
    let longest = (1..400).map(bytes_of).rfind(fits).unwrap();
    let text = encoding::multibase(&longest);
    assert_eq!(text.len(), 256);
    assert!(PublicKey::from_multibase(&text).is_ok());
    assert_eq!(
        PublicKey::from_multibase(&format!("{text}1")).map_err(|error| error.code()),
        Err(Code::KeyInvalid)
    );
    // Nor is there a key that would have a longer one, whose text would take quadratic time to write.
    assert_eq!(PublicKey::from_multicodec(&longest).unwrap().to_multibase(), text);
    for count in [longest.len(), 255, 256, 1 << 20] {
        assert_eq!(
            PublicKey::from_multicodec(&bytes_of(count)).map_err(|error| error.code()),
            Err(Code::KeyInvalid),
            "{count}"
        );
    }
    // A zero takes one character only.
    let zeros = [0; 256];
    assert!(PublicKey::from_multicodec(&zeros[..255]).is_ok());
    assert!(PublicKey::from_multicodec(&zeros).is_err());
}

#[test]
fn an_alias_may_be_of_any_domain_name() {
    let alias = |domain: &str| Alias::from_names(&[format!("fair://{domain}")]);
    for domain in ["a-b.example", "0.example", "xn--p1ai.xn--p1ai", "a.b.c.example"] {
        assert_eq!(alias(domain).unwrap().unwrap().record_name(), format!("_fairpm.{domain}"));
    }
    let label = |count: usize| format!("{}.example", "a".repeat(count));
    assert!(alias(&label(63)).is_ok() && alias(&label(64)).is_err());
    // The record's name has the label `_fairpm.` before the domain, and 253 characters at most.
    let longest = format!("{}{}", "a.".repeat(119), "example");
    assert_eq!(longest.len(), 253 - "_fairpm.".len());
    assert!(alias(&longest).is_ok() && alias(&format!("a{longest}")).is_err());
    assert!(alias("a-.example").is_err());
}

/// An archive's report names a key only where the key signed the archive itself.
#[test]
fn an_archive_that_nobody_signed_has_no_signer() {
    let key = KeyPair::ed25519("publisher");
    let members = ["gallery", "Gallery", "1.0.0", "Pictures"].map(|text| Some(Json::from(text)));
    let signature = pfn::sign_text(&key, &pfn::signed_text(members));
    let record =
        json!({"slug": "gallery", "name": "Gallery", "version": "1.0.0", "short_description": "Pictures"});
    let record = record.to_string();
    let pem = pfn::public_pem(&key);
    let bytes = plugin::archive("gallery", "Gallery", "1.0.0").bytes();
    let digests = PackageDigests::from_reader(bytes.as_slice(), &Limits::default()).unwrap();
    let of_archive = encoding::base64(&key.sign(digests.sha384()));
    let report = |archive_signature: Option<&str>| {
        let mut request = Request::new(Kind::PfnPlugin, Limits::default());
        request.set_bytes(InputName::Key, pem.as_bytes()).unwrap();
        request.set_bytes(InputName::Plugin, record.as_bytes()).unwrap();
        request.set_string(InputName::Signature, signature.as_str()).unwrap();
        request.set_flag(InputName::Archive, true).unwrap();
        if let Some(signature) = archive_signature {
            request.set_string(InputName::ArchiveSignature, signature.to_owned()).unwrap();
        }
        let mut verification = Verification::start(&request);
        verification.read(Cursor::new(&bytes), |_| {});
        verification.finish()
    };
    let package =
        |report: &Report| serde_json::from_str::<Value>(&report.to_json()).unwrap()["package"].clone();
    let (unsigned, signed) = (report(None), report(Some(&of_archive)));
    assert_eq!(package(&unsigned).get("key"), None);
    assert_eq!(package(&unsigned).get("algorithm"), None);
    assert_eq!(package(&signed)["key"], key.did_key());
    assert_eq!(package(&signed)["algorithm"], "ed25519-sha384");
    assert!(outcomes(&unsigned).contains(&("pfn.archive_signature", Outcome::Skipped)));
    assert!(outcomes(&signed).contains(&("pfn.archive_signature", Outcome::Pass)));
    assert_eq!(signed.subject(), format!("\"gallery\" \"1.0.0\" by Ed25519 {}", key.did_key()));
}

#[test]
fn a_naming_scheme_may_be_1024_bytes_long() {
    let url = |scheme: &str| {
        let assets = json!({"domain": "https://a.example", "namingScheme": scheme});
        let document = json!({"version": "1", "features": [], "assetInfo": assets}).to_string();
        FederationInfo::parse(document.as_bytes(), &Limits::default()).unwrap().asset_url("al", "gal")
    };
    let longest = format!("{}/slug", "x".repeat(1024 - "/slug".len()));
    assert!(url(&longest).is_ok() && url(&format!("x{longest}")).is_err());
}

/// The last line for people never says more than what was proven.
#[test]
fn a_subject_says_what_was_proven_and_no_more() {
    let bytes = |kind: Kind, inputs: &[(InputName, &[u8])]| {
        let mut request = Request::new(kind, Limits::default());
        for (name, bytes) in inputs {
            request.set_bytes(*name, bytes).unwrap();
        }
        Verification::start(&request).finish()
    };
    let list = |plugins: &[Json]| {
        let plugins = Json::array(plugins.iter().cloned());
        Json::object([("username", "alice".into()), ("plugins", plugins)]).to_string()
    };
    let pair = KeyPair::ed25519("publisher");
    let pem = pfn::public_pem(&pair);
    let plugin = |id: &str| {
        let members = [id, "Name", "1.0.0", "Text"].map(|member| Some(Json::from(member)));
        let signature = pfn::sign_text(&pair, &pfn::signed_text(members));
        Json::object([
            ("slug", id.into()),
            ("name", "Name".into()),
            ("version", "1.0.0".into()),
            ("short_description", "Text".into()),
            ("signature", signature.as_str().into()),
        ])
    };
    let (one, two) = (plugin("one"), plugin("two").with("version", "2.0.0"));
    let author = |plugins: &[Json], key: Option<&str>| {
        let list = list(plugins);
        let key = key.map(|key| (InputName::Key, key.as_bytes()));
        let inputs: Vec<_> = [(InputName::Document, list.as_bytes())].into_iter().chain(key).collect();
        bytes(Kind::PfnAuthorData, &inputs)
    };
    let by = format!(
        "signed by Ed25519 {}",
        PublicKey::read(pem.as_bytes(), &Limits::default()).unwrap().to_did_key()
    );
    let some = author(&[one.clone(), two.clone()], Some(&pem));
    assert_eq!((some.trust(), some.subject()), (Some(Trust::Key), format!("1 of 2 plugins {by}")));
    assert_eq!(detail(&some, Check::PfnSignature), "the key signed 1 of 2 plugins");
    let partial =
        some.warnings().iter().find(|found| found.code() == WarningCode::PfnAuthorDataPartial).unwrap();
    let first = "the key signed 1 of 2 plugins; the first that does not verify is \"two\": ";
    assert!(partial.message().starts_with(first), "{}", partial.message());
    // Where the key signed none, nothing is said to be by it.
    let none = author(std::slice::from_ref(&two), Some(&pem));
    assert_eq!((none.verdict(), none.trust()), (Verdict::Rejected, None));
    let first = "the key signed 0 of 1 plugin; the first that does not verify is \"two\": ";
    assert!(none.error().unwrap().message().starts_with(first), "{none:?}");
    assert!(outcomes(&none).contains(&("pfn.signature", Outcome::Fail)));
    for (report, subject) in [
        (author(&[one, two], None), "a list of 2 plugins, none verified"),
        (author(&[], Some(&pem)), "a list of 0 plugins, none verified"),
    ] {
        assert_eq!((report.verdict(), report.trust()), (Verdict::Verified, None));
        assert_eq!(report.subject(), subject);
        assert!(outcomes(&report).contains(&("pfn.signature", Outcome::Skipped)));
    }
    let info = br#"{"version":"1","features":[],"assetInfo":{"domain":"a\n","namingScheme":"author/slug"}}"#;
    let info = bytes(Kind::PfnFederationInfo, &[(InputName::Document, info)]);
    assert_eq!((info.trust(), info.subject()), (None, "federation-info of \"a\\n\"".to_owned()));
}

/// Neither kind looks at a package, nor confirms what nobody claims.
#[test]
fn a_subject_says_what_was_not_looked_at() {
    let identity = verify(&recovered_log()).unwrap();
    let (log, metadata) = (recovered_log(), document_text(|artifact| artifact));
    let text = log.text();
    let report = |kind: Kind| {
        let mut request = Request::new(kind, Limits::default());
        request.set_string(InputName::Did, log.did()).unwrap();
        request.set_bytes(InputName::Log, text.as_bytes()).unwrap();
        if kind == Kind::FairMetadata {
            request.set_bytes(InputName::Metadata, metadata.as_bytes()).unwrap();
        }
        Verification::start(&request).finish()
    };
    assert_eq!(report(Kind::FairMetadata).subject(), format!("{} 1.2.3 (metadata only)", identity.did()));
    assert_eq!(report(Kind::FairAlias).subject(), format!("{} (no alias is claimed)", identity.did()));
    assert_eq!(report(Kind::PlcLog).subject(), identity.did().as_str());
}
