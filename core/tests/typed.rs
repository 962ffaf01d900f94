//! What the types of the chain answer, beside what a report tells of them.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use fedverify::fair::Alias;
use fedverify::plc::BatchLine;
use fedverify::{Code, Identity, Limits, Log, Metadata, PackageDigests, PlcDid, WebDid, WebDocument};
use fedverify_kit::inputs::{example, example_line};
use fedverify_kit::{KeyPair, Moment, Op};

const REPOSITORY: &str = "https://publisher.example/hello-fair/fair.json";
const DID: &str = "did:plc:z72i7hdynmk6r22z27h6tvur";
const OTHER: &str = "did:plc:deoui6ztyx6paqajconl67rz";

fn verified(log: &fedverify_kit::Log) -> Identity {
    let text = log.text();
    let parsed = Log::parse(text.as_bytes(), &Limits::default()).expect("a log");
    parsed.verify(&log.did().parse().expect("a did:plc")).expect("an honest log")
}

fn log(op: Op) -> fedverify_kit::Log {
    let key = KeyPair::k256("root");
    fedverify_kit::Log::new(&op.rotation_keys([&key]).sign(&key), Moment::START)
}

/// did-plc.md, "Pins": whoever asks, and whatever was judged before.
#[test]
fn a_clock_beyond_the_year_9999_is_a_wrong_argument() {
    let (log, latest) = (example("fair/log.json"), 253_402_300_799);
    let did: PlcDid = example_line("fair/did.txt").parse().expect("a DID");
    let visit = |now| {
        let log = Log::parse(&log, &Limits::default()).expect("a log");
        log.verify_remembering(&did, None, now).map(drop).map_err(|error| error.code())
    };
    assert_eq!((visit(latest), visit(latest + 1)), (Ok(()), Err(Code::ApiArgument)));
    let did = "did:web:a.example".parse().expect("a DID");
    let read = |now| WebDocument::parse(b"{}", &did, now, &Limits::default()).expect_err("no id").code();
    assert_eq!((read(latest), read(latest + 1)), (Code::DidDocumentMalformed, Code::ApiArgument));
}

#[test]
fn an_identity_names_its_repository_and_its_alias() {
    let op = Op::regular().service("fairpm_repo", "FairPackageManagementRepo", REPOSITORY);
    let plain = verified(&log(op.clone()));
    assert_eq!((plain.repository(), plain.alias()), (Ok(REPOSITORY), Ok(None)));
    let aliased = verified(&log(op.also_known_as("fair://publisher.example")));
    let alias = aliased.alias().expect("a sound alias").expect("one alias");
    assert_eq!(alias.domain(), "publisher.example");
    let bare = verified(&log(Op::regular()));
    assert_eq!(bare.repository().map_err(|error| error.code()), Err(Code::FairServiceMissing));
}

#[test]
fn a_web_document_names_its_repository() {
    let did: WebDid = "did:web:publisher.example".parse().expect("a did:web");
    let document = |services: &str| {
        let json = format!(r#"{{"id": "did:web:publisher.example", "service": [{services}]}}"#);
        WebDocument::parse(json.as_bytes(), &did, 1_767_225_600, &Limits::default()).expect("a document")
    };
    let service = format!(
        r##"{{"id": "#r", "type": "FairPackageManagementRepo", "serviceEndpoint": "{REPOSITORY}"}}"##
    );
    assert_eq!(document(&service).repository(), Ok(REPOSITORY));
    let none = document("");
    assert_eq!(none.repository().map_err(|error| error.code()), Err(Code::FairServiceMissing));
}

#[test]
fn a_package_and_its_release_tell_where_they_come_from() {
    let (text, limits) = (example("fair/log.json"), Limits::default());
    let did = example_line("fair/did.txt");
    let log = Log::parse(&text, &limits).expect("a log");
    let identity = log.verify(&did.parse().expect("a did:plc")).expect("an honest log");
    let metadata = Metadata::parse(&example("fair/metadata.json"), &limits).expect("a document");
    let release = identity.release(&metadata, None).expect("a release");
    assert_eq!(release.repository(), REPOSITORY);
    let digests = PackageDigests::from_reader(example("fair/hello-fair-1.1.0.zip").as_slice(), &limits);
    let package = release.verify(&digests.expect("digests")).expect("a sound package");
    assert_eq!(package.repository(), REPOSITORY);
}

#[test]
fn the_records_of_an_alias_name_one_identity() {
    let alias = Alias::from_url("fair://publisher.example").expect("an alias");
    let named = |records: &[&str]| {
        let records: Vec<String> = records.iter().map(|record| (*record).to_owned()).collect();
        alias.named_did(&records).map(str::to_owned).map_err(|error| error.code())
    };
    let (one, other) = (format!("did={DID}"), format!("did={OTHER}"));
    assert_eq!(named(&[&one]), Ok(DID.to_owned()));
    assert_eq!(named(&["v=spf1", &one, &one]), Ok(DID.to_owned()));
    assert_eq!(named(&[&one, &other]), Err(Code::FairAliasMismatch));
    assert_eq!(named(&["v=spf1"]), Err(Code::FairAliasMismatch));
}

#[test]
fn members_of_an_operation_have_a_place() {
    let key = KeyPair::k256("key");
    let identity =
        verified(&log(Op::regular().verification_method("fair", &key).verification_method("at", &key)));
    let methods = identity.state().expect("a state").verification_methods();
    // By length, then by bytes: DAG-CBOR's order.
    assert_eq!(methods.at(0).map(|(name, _)| name), Some("at"));
    assert_eq!(methods.at(1).map(|(name, _)| name), Some("fair"));
    assert!(methods.at(2).is_none() && !methods.is_empty());
    let bare = verified(&log(Op::regular()));
    assert!(bare.state().expect("a state").verification_methods().is_empty());
}

/// A line's limits are those of the log in it: what is around the log counts for nothing.
#[test]
fn a_log_in_a_line_has_the_limits_of_a_log() {
    let log = log(Op::regular());
    let (did, text) = (log.did(), log.text());
    let text = text.trim();
    let line = format!(r#"{{"did":"{did}","log":{text}}}"#);
    let of_log =
        |limits: &Limits| Log::parse(text.as_bytes(), limits).map(drop).map_err(|error| error.code());
    let of_line = |limits: &Limits| {
        let line = BatchLine::parse(line.as_bytes(), limits).map_err(|error| error.code())?;
        assert_eq!(line.did(), did);
        let BatchLine::Log(log) = line else { return Err(Code::ApiArgument) };
        assert_eq!(log.did(), did);
        log.verify().map(drop).map_err(|error| error.code())
    };
    let least = |with: &dyn Fn(u64) -> Limits| {
        (1..5000).find(|limit| of_log(&with(*limit)).is_ok()).expect("a limit")
    };
    let defaults = Limits::default();
    let ways: [&dyn Fn(u64) -> Limits; 3] = [
        &|log_bytes| Limits { log_bytes, ..defaults },
        &|json_depth| Limits { json_depth, ..defaults },
        &|json_values| Limits { json_values, ..defaults },
    ];
    for with in ways {
        let least = least(with);
        assert_eq!(of_line(&with(least)), Ok(()), "{least}");
        assert_eq!(of_line(&with(least - 1)).map_err(|_| ()), Err(()), "{least}");
    }
}
