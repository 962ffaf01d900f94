//! Several directories' logs of one identity: which is the newest, and which contradict each other. The corpus has the cases; what is
//! said of them is tested here.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

#[path = "../../tests/directories.rs"]
mod directories;

use directories::Newest;
use fedverify::directory::{Answer, Relation, compare, compare_document, newest};
use fedverify::{Code, Error, Identity, Limits, PlcDid, Warning, WarningCode};
use fedverify_kit::server::did_document;
use fedverify_kit::{KeyPair, Log, Moment, Op, SignedOp};
use std::path::PathBuf;

fn root() -> KeyPair {
    KeyPair::k256("root")
}

fn daily() -> KeyPair {
    KeyPair::k256("daily")
}

fn op(number: u32) -> Op {
    Op::regular()
        .rotation_keys([&root(), &daily()])
        .also_known_as(&format!("https://p.example/{number}"))
        .verification_method("fair", &KeyPair::ed25519("fair"))
        .service("repo", "FairPackageManagementRepo", "https://p.example/metadata.json")
}

fn genesis() -> SignedOp {
    op(0).sign(&root())
}

fn log() -> Log {
    Log::new(&genesis(), Moment::START)
}

fn identity(log: &Log) -> Identity {
    let text = log.text();
    let parsed = fedverify::Log::parse(text.as_bytes(), &Limits::default()).unwrap();
    parsed.verify(&log.did().parse().unwrap()).unwrap()
}

/// What a case comes to: the newest and the lagging, or a code and an operation.
fn judge(case: &Newest) -> Result<(String, Vec<String>), Error> {
    let did: PlcDid = case.did.parse().unwrap();
    let answer = |(place, path): (usize, PathBuf)| {
        let log = std::fs::read(path).unwrap();
        let identity = fedverify::Log::parse(&log, &Limits::default())?.verify(&did)?;
        Ok(Answer { url: url(place), identity })
    };
    let answers = case.logs().into_iter().enumerate().map(answer).collect::<Result<Vec<_>, _>>()?;
    if let Some(expected) = &case.relation {
        let found = compare(&answers[0].identity, &answers[1].identity);
        assert_eq!(found.relation.as_str(), expected, "{}", case.name);
        let is_lawful = matches!(found.relation, Relation::Equal | Relation::Ahead | Relation::Behind);
        assert_eq!(found.error().is_none(), is_lawful, "{}: {:?}", case.name, found.error());
    }
    let (newest, warnings) = newest(&answers)?;
    assert!(warnings.iter().all(|warning| warning.code() == WarningCode::DirectoryLag), "{}", case.name);
    let messages = warnings.iter().map(|warning| warning.message().to_owned());
    Ok((newest.url.clone(), messages.collect()))
}

fn url(place: usize) -> String {
    format!("https://{place}.example")
}

#[test]
fn of_every_case_the_newest_is_found_and_what_lags_or_why_there_is_none() {
    for case in directories::cases().0 {
        match judge(&case) {
            Ok((newest, warnings)) => {
                assert_eq!(Some(newest), case.newest.map(url), "{}", case.name);
                let lagging: Vec<String> = case.lagging.unwrap().into_iter().map(url).collect();
                assert_eq!(warnings.len(), lagging.len(), "{}: {warnings:?}", case.name);
                for (warning, url) in warnings.iter().zip(&lagging) {
                    assert!(warning.starts_with(&format!("\"{url}\" lags ")), "{}: {warning}", case.name);
                }
            }
            Err(error) => {
                assert_eq!(Some(error.code().as_str()), case.code.as_deref(), "{}: {error}", case.name);
                assert_eq!(error.operation(), case.operation, "{}: {error}", case.name);
            }
        }
    }
}

#[test]
fn of_every_case_the_document_says_what_the_log_says_or_not() {
    for case in directories::cases().1 {
        let (log, did) = (case.log(), case.did.parse().unwrap());
        let identity = fedverify::Log::parse(&log, &Limits::default()).unwrap().verify(&did).unwrap();
        let warning = compare_document("https://a.example", &identity, &case.served(), &Limits::default());
        let code = warning.as_ref().map(Warning::code);
        assert_eq!(code, case.differs.then_some(WarningCode::DocumentDiffers), "{}: {warning:?}", case.name);
    }
}

#[test]
fn no_directory_serves_no_log() {
    assert_eq!(newest(&[]).unwrap_err().code(), Code::PlcLogEmpty);
}

#[test]
fn a_directory_that_lags_is_named_in_a_warning() {
    let two = log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1));
    let answer = |url: &str, log: &Log| Answer { url: url.to_owned(), identity: identity(log) };
    let answers = [answer("https://a.example", &two), answer("https://b.example", &log())];
    let (newest, warnings) = newest(&answers).unwrap();
    assert_eq!((newest.url.as_str(), warnings.len()), ("https://a.example", 1));
    let warning = warnings.first().unwrap();
    assert_eq!(warning.code(), WarningCode::DirectoryLag);
    assert!(warning.message().contains("b.example\" lags 1 operation behind"), "{warning}");
}

#[test]
fn where_two_directories_part_is_told() {
    let update = op(1).after(&genesis()).sign(&daily());
    let recovery = op(2).after(&genesis()).sign(&root());
    let one = log().then(&update, Moment::hour(1));
    let moved = log().then(&update, Moment::hour(2));
    let other = log().then(&recovery, Moment::hour(2));
    let dated = |time: &str| format!("{} of \"{time}\"", update.cid());
    let times = [dated("2026-01-01T01:00:00.000Z"), dated("2026-01-01T02:00:00.000Z")];
    let cids = [&update, &recovery].map(|operation| operation.cid().to_owned());
    // Of a bare log and another, what is in force is laid side by side.
    let next = op(3).after(&recovery).sign(&daily());
    let (whole, fork) = (one.clone().then(&recovery, Moment::hour(3)), op(4).after(&recovery).sign(&daily()));
    let (whole, bare) = (whole.then(&next, Moment::hour(4)), other.clone().then(&fork, Moment::hour(4)));
    for (logs, place, [first, second]) in [
        ([one.text(), moved.text()], Some(1), times),
        ([one.text(), other.text()], Some(1), cids),
        (
            [whole.text(), bare.bare().pretty()],
            None,
            [&next, &fork].map(|operation| operation.cid().to_owned()),
        ),
    ] {
        let answer = |(url, log): (&str, &String)| Answer { url: url.to_owned(), identity: verified(log) };
        let answers: Vec<Answer> = ["a", "b"].into_iter().zip(&logs).map(answer).collect();
        let error = newest(&answers).unwrap_err();
        let told = format!(
            "of the logs of \"a\" and \"b\" neither is shown to continue the other: where they part, the first has {first} and the \
             second {second}"
        );
        assert_eq!((error.message(), error.operation()), (told.as_str(), place));
    }
    // A time can have any number of digits, and no message is as long.
    let long = one.text().replace("01:00:00.000Z", &format!("01:00:00.{}1Z", "0".repeat(10_000)));
    let answers = [one.text(), long].map(|log| Answer { url: "a".to_owned(), identity: verified(&log) });
    let message = newest(&answers).unwrap_err().message().to_owned();
    assert!(message.len() < 500, "{message}");
}

#[test]
fn where_two_histories_part_is_told() {
    let first = identity(&log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1)));
    let second = identity(&log().then(&op(2).after(&genesis()).sign(&daily()), Moment::hour(1)));
    let found = compare(&first, &second);
    let (error, heads) = (found.error().unwrap(), [first.head(), second.head()]);
    assert_eq!((found.relation.as_str(), error.operation()), ("fork", Some(1)));
    assert!(heads.iter().all(|head| error.message().contains(head)), "{error}");
}

#[test]
fn a_bare_log_parts_after_what_was_undone() {
    let theft = op(1).after(&genesis()).sign(&daily());
    let recovery = op(2).after(&genesis()).sign(&root());
    let both = log().then(&theft, Moment::hour(1)).then(&recovery, Moment::hour(2));
    let [ours, theirs] = [3, 4].map(|alias| op(alias).after(&recovery).sign(&daily()));
    let audit = identity(&both.clone().then(&ours, Moment::hour(3)));
    let bare = verified(&both.then(&theirs, Moment::hour(3)).bare().pretty());
    let error = compare(&audit, &bare).error().unwrap();
    let told = format!("where they part, the first has {} and the second {}", ours.cid(), theirs.cid());
    assert!(error.message().ends_with(&told), "{error}");
    assert_eq!(error.operation(), None, "they have no index in common");
}

#[test]
fn what_differs_in_a_document_is_told() {
    let identity = identity(&log());
    let served = did_document(&log());
    let warns = |json: &str| {
        compare_document("u", &identity, json.as_bytes(), &Limits::default()).map(|w| w.to_string())
    };
    assert_eq!(warns(&served.pretty()), None);
    for (changed, named) in [
        (served.clone().with("id", "did:plc:other").pretty(), "does not match the log in id ["),
        (
            served.clone().without("service").without("alsoKnownAs").without("verificationMethod").pretty(),
            "in verificationMethod, service, alsoKnownAs [",
        ),
        ("[]".to_owned(), "is not a DID document"),
        ("<html>".to_owned(), "cannot be read"),
        (r#"{"id":1,"id":1}"#.to_owned(), "cannot be read"),
    ] {
        let warning = warns(&changed).expect("a warning");
        assert!(warning.contains(named) && warning.contains("plc.document.differs"), "{warning}");
    }
}

/// How many operations only the first log has, only the second has, and are undone in one.
fn apart(first: &Identity, second: &Identity) -> [usize; 3] {
    let found = compare(first, second);
    [found.only_first.len(), found.only_second.len(), found.nullified.len()]
}

fn verified(json: &str) -> Identity {
    let log = fedverify::Log::parse(json.as_bytes(), &Limits::default()).unwrap();
    let did = log.implied_did().unwrap();
    log.verify(&did).unwrap()
}

#[test]
fn what_only_one_log_has_is_listed() {
    let update = op(1).after(&genesis()).sign(&daily());
    let two = log().then(&update, Moment::hour(1));
    let longer = identity(&two.clone().then(&op(2).after(&update).sign(&daily()), Moment::hour(2)));
    let recovered = two.clone().then(&op(3).after(&genesis()).sign(&root()), Moment::hour(2));
    let bare = verified(&recovered.bare().pretty());
    let (two, recovered) = (identity(&two), identity(&recovered));
    assert_eq!(apart(&two, &two), [0, 0, 0]);
    assert_eq!(apart(&longer, &two), [1, 0, 0]);
    assert_eq!(apart(&two, &recovered), [0, 1, 1]);
    assert_eq!(apart(&recovered, &longer), [1, 1, 1]);
    assert_eq!(apart(&recovered, &bare), [1, 0, 0]);
    assert_eq!(apart(&two, &bare), [1, 1, 0]);
}
