//! Several directories' logs of one identity: which is the newest, and which contradict each other.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::unwrap_used)]

use fedverify::directory::{Answer, Relation, compare, compare_document, newest};
use fedverify::{Code, Identity, Limits, WarningCode};
use fedverify_kit::server::did_document;
use fedverify_kit::{Json, KeyPair, Log, Moment, Op, SignedOp};

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

/// The place of the newest, and how many lag behind it.
fn judge(logs: &[&Log]) -> Result<(usize, usize), Code> {
    let answer = |(place, log): (usize, &&Log)| Answer { url: place.to_string(), identity: identity(log) };
    let answers: Vec<Answer> = logs.iter().enumerate().map(answer).collect();
    let (newest, warnings) = newest(&answers).map_err(|error| error.code())?;
    assert!(warnings.iter().all(|warning| warning.code() == WarningCode::DirectoryLag));
    Ok((newest.url.parse().unwrap(), warnings.len()))
}

#[test]
fn the_log_that_holds_every_head_is_the_newest() {
    let one = log();
    let second = op(1).after(&genesis()).sign(&daily());
    let two = one.clone().then(&second, Moment::hour(1));
    let three = two.clone().then(&op(2).after(&second).sign(&daily()), Moment::hour(2));
    assert_eq!(judge(&[&one]), Ok((0, 0)));
    assert_eq!(judge(&[&two, &two]), Ok((0, 0)), "of equals the first");
    assert_eq!(judge(&[&one, &two]), Ok((1, 1)));
    assert_eq!(judge(&[&two, &one]), Ok((0, 1)));
    assert_eq!(judge(&[&one, &three, &two]), Ok((1, 2)));
    assert_eq!(judge(&[]), Err(Code::PlcLogEmpty));
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
fn a_directory_that_has_not_seen_a_recovery_lags() {
    let stolen = log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1));
    let recovered = stolen.clone().then(&op(2).after(&genesis()).sign(&root()), Moment::hour(2));
    assert_eq!(judge(&[&stolen, &recovered]), Ok((1, 1)));
    assert_eq!(judge(&[&recovered, &stolen]), Ok((0, 1)));
}

#[test]
fn one_that_withholds_what_was_undone_contradicts_the_others() {
    let stolen = log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1));
    let recovery = op(2).after(&genesis()).sign(&root());
    let recovered = stolen.then(&recovery, Moment::hour(2));
    let never_stolen = log().then(&recovery, Moment::hour(2));
    assert_eq!(judge(&[&never_stolen, &recovered]), Err(Code::PlcDirectoryDisagree));
    assert_eq!(judge(&[&recovered, &never_stolen]), Err(Code::PlcDirectoryDisagree));
    assert_eq!(judge(&[&recovered, &recovered]), Ok((0, 0)));
}

/// Each of these logs holds in itself, and the lying one holds the head of the honest one.
#[test]
fn one_that_moves_what_a_late_recovery_undoes_contradicts_the_others() {
    let update = op(1).after(&genesis()).sign(&daily());
    let recovery = op(2).after(&genesis()).sign(&root());
    let honest = log().then(&update, Moment::hour(1));
    let year = 24 * 365;
    let lying = log().then(&update, Moment::hour(year)).then(&recovery, Moment::hour(year + 1));
    assert_eq!(judge(&[&honest, &lying]), Err(Code::PlcDirectoryDisagree));
    assert_eq!(judge(&[&lying, &honest]), Err(Code::PlcDirectoryDisagree));
    let in_time = log().then(&update, Moment::hour(1)).then(&recovery, Moment::hour(2));
    assert_eq!(judge(&[&honest, &in_time]), Ok((1, 1)));
}

#[test]
fn the_same_operations_at_other_times_contradict_each_other() {
    let update = op(1).after(&genesis()).sign(&daily());
    let at = |time: Moment| log().then(&update, time);
    for logs in [[&at(Moment::hour(1)), &at(Moment::hour(2))], [&at(Moment::hour(2)), &at(Moment::hour(1))]] {
        assert_eq!(judge(&logs), Err(Code::PlcDirectoryDisagree));
    }
    // The time of one that all hold counts as well where the newest holds more.
    let next = op(2).after(&update).sign(&daily());
    let newest = at(Moment::hour(1)).then(&next, Moment::hour(3));
    assert_eq!(judge(&[&at(Moment::hour(2)), &newest]), Err(Code::PlcDirectoryDisagree));
    assert_eq!(judge(&[&at(Moment::hour(1)), &newest]), Ok((1, 1)));
    // The same instant, written otherwise, is the same.
    let elsewhere = log().then(&update, Moment::hour(1).at_offset(60));
    assert_eq!(judge(&[&at(Moment::hour(1)), &elsewhere]), Ok((0, 0)));
}

/// What is newest of logs as text, of which some are bare.
fn newest_text(logs: &[&str]) -> Result<(usize, usize), Code> {
    let answer = |(place, log): (usize, &&str)| Answer { url: place.to_string(), identity: verified(log) };
    let answers: Vec<Answer> = logs.iter().enumerate().map(answer).collect();
    let (newest, lags) = newest(&answers).map_err(|error| error.code())?;
    Ok((newest.url.parse().unwrap(), lags.len()))
}

#[test]
fn a_bare_log_is_judged_beside_others_by_what_it_holds() {
    let disagree = Err(Code::PlcDirectoryDisagree);
    let (two, genesis, named) = two();
    let recovery = empty_after(&genesis, &root());
    let (one, recovered) = (Log::new(&genesis, Moment::START), two.clone().then(&recovery, Moment::hour(2)));
    let longer = two.clone().then(&empty_after(&named, &daily()), Moment::hour(2));
    let bare = |log: &Log| log.bare().pretty();
    let ahead = recovered.clone().then(&empty_after(&recovery, &daily()), Moment::hour(3));
    for (logs, found) in [
        (&[bare(&one), bare(&two)][..], Ok((1, 1))),
        (&[bare(&two), two.text()], Ok((1, 0))),
        (&[two.text(), bare(&two)], Ok((0, 0))),
        (&[bare(&recovered), recovered.text()], Ok((1, 0))),
        (&[bare(&two), recovered.text()], Ok((1, 1))),
        (&[recovered.text(), bare(&ahead)], Ok((1, 1))),
        (&[bare(&longer), recovered.text()], disagree),
        (&[two.text(), bare(&recovered)], disagree),
        (&[bare(&two), bare(&recovered)], disagree),
        // It has no times, and continues both of two logs that contradict each other.
        (
            &[
                two.text(),
                Log::new(&genesis, Moment::START).then(&named, Moment::hour(2)).text(),
                bare(&longer),
            ],
            disagree,
        ),
        (&[two.text(), bare(&longer), two.text()], Ok((1, 2))),
    ] {
        let logs: Vec<&str> = logs.iter().map(String::as_str).collect();
        assert_eq!(newest_text(&logs), found, "{logs:?}");
    }
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
fn histories_that_part_contradict_each_other() {
    let left = log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1));
    let right = log().then(&op(2).after(&genesis()).sign(&daily()), Moment::hour(1));
    assert_eq!(judge(&[&left, &right]), Err(Code::PlcDirectoryDisagree));
    assert_eq!(judge(&[&log(), &left, &right]), Err(Code::PlcDirectoryDisagree));
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
fn documents_are_compared_by_what_they_say() {
    let two_of_each = op(0)
        .also_known_as("fair://p.example")
        .verification_method("other", &KeyPair::ed25519("other"))
        .service("web", "Website", "https://p.example");
    let log = Log::new(&two_of_each.sign(&root()), Moment::START);
    let identity = identity(&log);
    let limits = Limits::default();
    let warns =
        |json: &str| compare_document("u", &identity, json.as_bytes(), &limits).map(|w| w.to_string());
    let served = did_document(&log).with(
        "@context",
        Json::array(["https://w3id.org/security/multikey/v1", "https://www.w3.org/ns/did/v1"]),
    );
    assert_eq!(warns(&served.pretty()), None, "a context means nothing");
    let whole_ids = served.pretty().replace("\"#", &format!("\"{}#", identity.did()));
    assert_ne!(whole_ids, served.pretty());
    assert_eq!(warns(&whole_ids), None, "ids are relative or whole");
    assert_eq!(warns(&served.clone().without("@context").with("controller", "x").pretty()), None);
    let edited = |change: &dyn Fn(&mut Json)| {
        let mut document = served.clone();
        change(&mut document);
        document.pretty()
    };
    for member in ["verificationMethod", "service", "alsoKnownAs"] {
        let reversed = edited(&|document| document.member(member).items_mut().reverse());
        assert_ne!(reversed, served.pretty());
        assert_eq!(warns(&reversed), None, "the order of {member} means nothing");
    }
    let of = |member: &'static str, name: &'static str| {
        edited(&|document| document.member(member).item(0).set(name, "z6Mk"))
    };
    for (changed, named) in [
        (served.clone().with("id", "did:plc:other").pretty(), "in id"),
        (of("verificationMethod", "id"), "in verificationMethod"),
        (of("verificationMethod", "publicKeyMultibase"), "in verificationMethod"),
        (of("service", "id"), "in service"),
        (of("service", "type"), "in service"),
        (of("service", "serviceEndpoint"), "in service"),
        (edited(&|document| *document.member("alsoKnownAs").item(0) = "at://other".into()), "in alsoKnownAs"),
        (served.clone().without("verificationMethod").pretty(), "in verificationMethod"),
        (served.clone().without("service").pretty(), "in service"),
        (served.clone().without("alsoKnownAs").pretty(), "in alsoKnownAs"),
        ("[]".to_owned(), "not a DID document"),
        ("<html>".to_owned(), "cannot be read"),
        (r#"{"id":1,"id":1}"#.to_owned(), "cannot be read"),
    ] {
        let warning = warns(&changed).expect("a warning");
        assert!(warning.contains(named) && warning.contains("plc.document.differs"), "{warning}");
    }
}

/// How the second log relates to the first, and how many operations only the first has, only the second has, and are undone in
/// one.
fn relation(first: &str, second: &str) -> (Relation, [usize; 3]) {
    let (first, second) = (verified(first), verified(second));
    let found = compare(&first, &second);
    let is_lawful = matches!(found.relation, Relation::Equal | Relation::Ahead | Relation::Behind);
    assert_eq!(found.error().is_none(), is_lawful, "{:?}", found.error());
    (found.relation, [found.only_first.len(), found.only_second.len(), found.undone.len()])
}

fn verified(json: &str) -> Identity {
    let log = fedverify::Log::parse(json.as_bytes(), &Limits::default()).unwrap();
    let did = log.implied_did().unwrap();
    log.verify(&did).unwrap()
}

/// A genesis, and an alias by the daily key an hour later.
fn two() -> (Log, SignedOp, SignedOp) {
    let genesis = Op::regular().rotation_keys([&root(), &daily()]).sign(&root());
    let named = Op::regular().rotation_keys([&root(), &daily()]).also_known_as("https://a.example");
    let named = named.after(&genesis).sign(&daily());
    let log = Log::new(&genesis, Moment::START).then(&named, Moment::hour(1));
    (log, genesis, named)
}

fn empty_after(op: &SignedOp, key: &KeyPair) -> SignedOp {
    Op::regular().rotation_keys([&root(), &daily()]).after(op).sign(key)
}

#[test]
fn the_start_of_a_log_is_continued_by_it() {
    let (log, genesis, named) = two();
    let longer = log.clone().then(&empty_after(&named, &daily()), Moment::hour(2)).text();
    let recovered = log.clone().then(&empty_after(&genesis, &root()), Moment::hour(2)).text();
    let log = log.text();
    assert_eq!(relation(&log, &log), (Relation::Equal, [0, 0, 0]));
    assert_eq!(relation(&log, &longer), (Relation::Ahead, [0, 1, 0]));
    assert_eq!(relation(&longer, &log), (Relation::Behind, [1, 0, 0]));
    assert_eq!(relation(&log, &recovered), (Relation::Ahead, [0, 1, 1]));
    assert_eq!(relation(&recovered, &longer), (Relation::Fork, [1, 1, 1]));
}

#[test]
fn an_operation_that_one_directory_withheld_is_a_fork() {
    let (log, genesis, _) = two();
    let recovery = empty_after(&genesis, &root());
    let whole = log.then(&recovery, Moment::hour(2)).text();
    // As if what was undone had never been.
    let withheld = Log::new(&genesis, Moment::START).then(&recovery, Moment::hour(2)).text();
    assert_eq!(relation(&whole, &withheld), (Relation::Fork, [1, 0, 0]));
    assert_eq!(relation(&withheld, &whole), (Relation::Fork, [0, 1, 0]));
}

/// A recovery a year later holds in itself where the directory moves what it undoes.
#[test]
fn other_times_are_not_lawful_even_where_each_log_is() {
    let (log, genesis, named) = two();
    let year = 24 * 365;
    let moved = Log::new(&genesis, Moment::START).then(&named, Moment::hour(year));
    let moved = moved.then(&empty_after(&genesis, &root()), Moment::hour(year + 1));
    assert_eq!(relation(&log.text(), &moved.text()), (Relation::Rewritten, [0, 1, 1]));
    // The same instant, written otherwise, is the same.
    let elsewhere = Log::new(&genesis, Moment::START).then(&named, Moment::hour(1).at_offset(60));
    assert_eq!(relation(&log.text(), &elsewhere.text()), (Relation::Equal, [0, 0, 0]));
}

#[test]
fn a_bare_log_is_compared_as_far_as_it_tells() {
    let (log, genesis, named) = two();
    let longer = log.clone().then(&empty_after(&named, &daily()), Moment::hour(2));
    let recovered = log.clone().then(&empty_after(&genesis, &root()), Moment::hour(2));
    let bare = |log: &Log| log.bare().pretty();
    let (short, audit) = (bare(&log), log.text());
    assert_eq!(relation(&short, &bare(&longer)), (Relation::Ahead, [0, 1, 0]));
    assert_eq!(relation(&short, &audit), (Relation::Equal, [0, 0, 0]));
    assert_eq!(relation(&short, &recovered.text()), (Relation::Ahead, [0, 1, 1]));
    assert_eq!(relation(&recovered.text(), &bare(&recovered)), (Relation::Equal, [1, 0, 0]));
    assert_eq!(relation(&recovered.text(), &short), (Relation::Behind, [1, 0, 1]));
    // Whether the operation that is gone was undone, a bare log does not say.
    assert_eq!(relation(&audit, &bare(&recovered)), (Relation::Unknown, [1, 1, 0]));
    assert_eq!(relation(&short, &bare(&recovered)), (Relation::Unknown, [1, 1, 0]));
    assert_eq!(relation(&bare(&longer), &recovered.text()), (Relation::Fork, [1, 1, 1]));
}

#[test]
fn what_a_bare_log_has_instead_must_have_been_able_to_undo_the_rest() {
    let (log, genesis, named) = two();
    let bare = |log: &Log| log.bare().pretty();
    // A key of the same authority undoes nothing.
    let other =
        bare(&Log::new(&genesis, Moment::START).then(&empty_after(&genesis, &daily()), Moment::hour(2)));
    assert_eq!(relation(&log.text(), &other), (Relation::Fork, [1, 1, 0]));
    assert_eq!(relation(&bare(&log), &other), (Relation::Fork, [1, 1, 0]));
    assert_eq!(relation(&other, &log.text()), (Relation::Fork, [1, 1, 0]));
    // Nor does any that comes after what is more than 72 hours later.
    let recovery =
        bare(&Log::new(&genesis, Moment::START).then(&empty_after(&genesis, &root()), Moment::hour(2)));
    let until = |hour| log.clone().then(&empty_after(&named, &daily()), Moment::hour(hour)).text();
    assert_eq!(relation(&until(72), &recovery), (Relation::Unknown, [2, 1, 0]));
    assert_eq!(relation(&until(1 + 73), &recovery), (Relation::Fork, [2, 1, 0]));
}
