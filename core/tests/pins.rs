//! Pins as values: read, compared, and two of visits that ran at once made one.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::unwrap_used)]

use fedverify::{Code, Identity, Limits, Pin};
use fedverify_kit::pin::{PinFile, Visit};
use fedverify_kit::{KeyPair, Log, Moment, Op, SignedOp};
use std::cmp::Ordering;

fn root() -> KeyPair {
    KeyPair::k256("root")
}

fn daily() -> KeyPair {
    KeyPair::k256("daily")
}

fn op(number: u32) -> Op {
    Op::regular().rotation_keys([&root(), &daily()]).also_known_as(&format!("https://p.example/{number}"))
}

fn genesis() -> SignedOp {
    op(0).sign(&root())
}

fn log() -> Log {
    Log::new(&genesis(), Moment::START)
}

fn stolen() -> Log {
    log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1))
}

fn recovered(log: Log) -> Log {
    log.then(&op(2).after(&genesis()).sign(&root()), Moment::hour(2))
}

/// A visit to a directory that serves the log as this text.
fn visit(log: &Log, text: &str, pin: Option<&Pin>, now: u64) -> Result<Identity, Code> {
    let parsed = fedverify::Log::parse(text.as_bytes(), &Limits::default()).unwrap();
    parsed.verify_remembering(&log.did().parse().unwrap(), pin, now).map_err(|error| error.code())
}

/// The pin of a first visit.
fn pin(log: &Log, now: u64) -> Pin {
    visit(log, &log.text(), None, now).unwrap().pin().unwrap().clone()
}

fn compare(a: &Pin, b: &Pin) -> Result<Ordering, Code> {
    a.compare(b).map_err(|error| error.code())
}

#[test]
fn pins_are_compared_by_their_logs() {
    let (short, stolen, never) = (pin(&log(), 9), pin(&stolen(), 1), pin(&recovered(log()), 1));
    let (full, later) = (pin(&recovered(self::stolen()), 2), pin(&recovered(self::stolen()), 3));
    for (older, newer) in
        [(&short, &stolen), (&short, &full), (&stolen, &full), (&never, &full), (&full, &later)]
    {
        assert_eq!(compare(older, newer), Ok(Ordering::Less));
        assert_eq!(compare(newer, older), Ok(Ordering::Greater));
    }
    assert_eq!(compare(&full, &full.clone()), Ok(Ordering::Equal));
    let other = pin(&Log::new(&op(7).sign(&root()), Moment::START), 1);
    for (pin, contradiction, code) in [
        (&stolen, &never, Code::PinFork),
        (&never, &stolen, Code::PinFork),
        (&full, &other, Code::PinMalformed),
    ] {
        assert_eq!(compare(pin, contradiction), Err(code));
        assert_eq!(pin.merge(contradiction, &Limits::default()).map_err(|error| error.code()), Err(code));
    }
}

#[test]
fn a_merged_pin_knows_what_both_know_in_either_order() {
    let (short, stolen, never) = (pin(&log(), 1), pin(&stolen(), 2), pin(&recovered(log()), 3));
    let full = pin(&recovered(self::stolen()), 4);
    for older in [&short, &stolen, &never] {
        let merged = older.merge(&full, &Limits::default()).unwrap();
        assert_eq!(full.merge(older, &Limits::default()), Ok(merged.clone()));
        assert_eq!((merged.head(), merged.seen().count()), (full.head(), 3));
        assert_eq!(Pin::parse(merged.to_json().as_bytes(), &Limits::default()), Ok(merged.clone()));
        assert!(merged.to_json().contains(&format!("\"firstSeen\":{},", older.last_visit())));
    }
}

/// did-plc.md, "Pins": two pins cannot tell a fork from a recovery of which a bare log leaves out what it undid. A third one can.
#[test]
fn a_pin_that_knows_what_was_undone_merges_with_one_of_a_bare_log_and_then_with_any_other() {
    let log = recovered(stolen());
    let (in_force, undone) = (pin(&stolen(), 1), pin(&log, 2));
    let bare = visit(&log, &log.bare().pretty(), None, 3).unwrap().pin().unwrap().clone();
    let merge = |one: &Pin, other: &Pin| one.merge(other, &Limits::default()).map_err(|error| error.code());
    assert_eq!((merge(&in_force, &bare), merge(&bare, &in_force)), (Err(Code::PinFork), Err(Code::PinFork)));
    assert_eq!(visit(&log, &log.bare().pretty(), Some(&in_force), 4).map(drop), Err(Code::PinFork));
    let merged = merge(&undone, &bare).and_then(|both| merge(&both, &in_force));
    assert_eq!(merged, merge(&undone, &in_force).and_then(|both| merge(&both, &bare)));
    assert_eq!(
        merged.map(|pin| (pin.head().to_owned(), pin.last_visit())),
        Ok((undone.head().to_owned(), 3))
    );
}

/// A directory withholds an operation from one of two visits that run at once. What the other saw is not forgotten, not even
/// where the text is the very one that the merged pin keeps.
#[test]
fn a_merged_pin_lets_no_operation_be_withheld() {
    let of_all = pin(&recovered(stolen()), 2);
    let withheld = recovered(log());
    let merged = of_all.merge(&pin(&withheld, 3), &Limits::default()).unwrap();
    let again = |pin: &Pin, log: &Log| visit(log, &log.text(), Some(pin), 9).map(drop);
    assert_eq!(again(&merged, &recovered(stolen())), Ok(()));
    assert_eq!(again(&of_all, &withheld), Err(Code::PinRollback));
    assert_eq!(again(&merged, &withheld), Err(Code::PinRollback));
}

/// The visit that lacks an operation is the later one: what it saw in force is not undone later by anything that another pin, or the
/// next log, has.
#[test]
fn a_merged_pin_knows_how_late_each_operation_was_in_force() {
    let at = |hours: u64| Moment::START.seconds() + hours * 3600;
    let limits = Limits::default();
    let named = op(1).after(&genesis()).sign(&daily());
    let two = log().then(&named, Moment::hour(1));
    let three = two.clone().then(&op(3).after(&named).sign(&daily()), Moment::hour(50));
    let recovered = three.clone().then(&op(2).after(&genesis()).sign(&root()), Moment::hour(72));
    let (late, full, undone) = (pin(&two, at(120)), pin(&three, at(55)), pin(&recovered, at(73)));
    let merged = late.merge(&full, &limits).unwrap();
    assert_eq!((merged.last_visit(), merged.head()), (at(120), full.head()));
    let late_by = Some(Code::PinNullificationLate);
    let code = |merged: Result<Pin, fedverify::Error>| merged.err().map(|error| error.code());
    assert_eq!(code(merged.merge(&undone, &limits)), late_by);
    assert_eq!(code(late.merge(&undone, &limits)), late_by);
    assert_eq!(code(full.merge(&undone, &limits).and_then(|both| late.merge(&both, &limits))), late_by);
    assert_eq!(
        visit(&recovered, &recovered.text(), Some(&merged), at(121)).map(drop),
        Err(Code::PinNullificationLate)
    );
    assert_eq!(visit(&recovered, &recovered.text(), Some(&full), at(121)).map(drop), Ok(()));
}

/// A mirror lagged by days: that its visit did not see an operation proves nothing of it, and its owner may undo it.
#[test]
fn a_visit_proves_nothing_of_what_it_did_not_see() {
    let at = |hours: u64| Moment::START.seconds() + hours * 3600;
    let recovered = stolen().then(&op(2).after(&genesis()).sign(&root()), Moment::hour(70));
    let merged = pin(&stolen(), at(2)).merge(&pin(&log(), at(100)), &Limits::default()).unwrap();
    // The operation is of 1 h.
    assert_eq!(merged.last_visit(), at(1 + 96));
    assert_eq!(visit(&recovered, &recovered.text(), Some(&merged), at(101)).map(drop), Ok(()));
}

#[test]
fn a_merged_pin_is_one_that_reading_takes() {
    let (stolen, recovered) = (pin(&stolen(), 1), pin(&recovered(stolen()), 2));
    let merged = stolen.merge(&recovered, &Limits::default()).unwrap();
    let pin_bytes = u64::try_from(merged.to_json().len()).unwrap();
    assert_eq!(stolen.merge(&recovered, &Limits { pin_bytes, ..Limits::default() }), Ok(merged));
    let tight = Limits { pin_bytes: pin_bytes - 1, ..Limits::default() };
    assert_eq!(stolen.merge(&recovered, &tight).map_err(|error| error.code()), Err(Code::PinTooLarge));
}

/// Each has in force what the other one undid, also the genesis: no log led to these.
#[test]
fn a_merged_pin_has_something_in_force() {
    let log = log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(1));
    let undone = |index: usize| {
        let pin = PinFile::first(&Visit::audit(&log, 1)).nullified(index, true).json().pretty();
        Pin::parse(pin.as_bytes(), &Limits::default()).unwrap()
    };
    let merged = undone(0).merge(&undone(1), &Limits::default());
    assert_eq!(merged.map_err(|error| error.code()), Err(Code::PinFork));
}

/// The log with its second operation dated at this hour, and undone at 9 h.
fn moved(hours: i64) -> Log {
    let stolen = log().then(&op(1).after(&genesis()).sign(&daily()), Moment::hour(hours));
    stolen.then(&op(2).after(&genesis()).sign(&root()), Moment::hour(9))
}

/// Two visits at once, one to an honest directory and one to a liar: each log verifies with the pin of before, and the liar's with
/// the honest one's pin does not.
#[test]
fn pins_are_not_merged_where_one_proves_that_the_other_undid_too_late() {
    let start = Moment::START.seconds();
    let at = |hours: u64| start + hours * 3600;
    let undone = |log: &Log| pin(log, at(97) + 1);
    let merge = |in_force: u64, undone: &Pin| {
        let in_force = visit(&stolen(), &stolen().text(), Some(&pin(&stolen(), at(1))), in_force).unwrap();
        let in_force = in_force.pin().unwrap();
        let merged = in_force.merge(undone, &Limits::default()).map_err(|error| error.code());
        assert_eq!(
            merged,
            undone.merge(in_force, &Limits::default()).map_err(|error| error.code()),
            "in either order"
        );
        merged.map(|pin| pin.head().to_owned())
    };
    let recovered = undone(&recovered(stolen()));
    // The operation is of 1 h, and was first seen then.
    assert_eq!(merge(at(97), &recovered), Ok(recovered.head().to_owned()));
    assert_eq!(merge(at(97) + 1, &recovered), Err(Code::PinNullificationLate));
    // What undid it was in time of another time than the one that was first served.
    assert_eq!(merge(at(2), &undone(&moved(2))), Err(Code::PinNullificationLate));
    assert_eq!(merge(at(2), &undone(&moved(1))).map(drop), Ok(()));
}

/// No log led to these: the newer pin has in force what the older one has as undone, and saw it so too late.
#[test]
fn pins_are_not_merged_where_the_newer_one_proves_that_the_older_one_undid_too_late() {
    let at = |hours: u64| Moment::START.seconds() + hours * 3600;
    let second = op(1).after(&genesis()).sign(&daily());
    let two = log().then(&second, Moment::hour(1));
    let three = two.clone().then(&op(3).after(&second).sign(&daily()), Moment::hour(2));
    let undone = PinFile::first(&Visit::audit(&two, at(3))).nullified(1, true).json().pretty();
    let undone = Pin::parse(undone.as_bytes(), &Limits::default()).unwrap();
    let merge = |in_force: &Pin| {
        let merged = in_force.merge(&undone, &Limits::default()).map_err(|error| error.code());
        merged.map(|pin| pin.head().to_owned())
    };
    assert_eq!(merge(&pin(&three, at(97))), Ok(pin(&three, at(97)).head().to_owned()));
    assert_eq!(merge(&pin(&three, at(97) + 1)), Err(Code::PinNullificationLate));
}

/// How many signatures a later visit checks, of a log that is served as this text.
fn checks(pin: &Pin, text: &str) -> u64 {
    visit(&log(), text, Some(pin), 9).unwrap().signature_checks()
}

#[test]
fn only_what_is_new_in_a_text_is_checked() {
    let (short, grown) = (stolen().text(), recovered(stolen()).text());
    let (of_short, of_grown) = (pin(&stolen(), 1), pin(&recovered(stolen()), 1));
    let all = checks(&of_short, &format!(" {grown}"));
    assert_eq!(checks(&of_short, &format!(" {short}")) + checks(&of_short, &grown), all);
    assert!(checks(&of_short, &grown) > 0);
    assert_eq!(checks(&of_short, &short), 0);
    assert_eq!(checks(&of_grown, &grown), 0);
}

#[test]
fn what_is_kept_is_within_the_limits_of_reading() {
    let pin = pin(&log(), 1);
    let bytes = u64::try_from(pin.to_json().len()).unwrap();
    let within = |pin_bytes| pin.clone().within(&Limits { pin_bytes, ..Limits::default() });
    assert_eq!(within(bytes), Ok(pin.clone()));
    assert_eq!(within(bytes - 1).map_err(|error| error.code()), Err(Code::PinTooLarge));
}

/// A language whose integers are smaller asks for them, to refuse what it could not write again.
#[test]
fn a_pin_tells_its_numbers_by_name() {
    let pin = pin(&stolen(), 7);
    let json: serde_json::Value = serde_json::from_str(&pin.to_json()).unwrap();
    let mut expected: Vec<(&str, u64)> = Vec::new();
    for operation in json["operations"].as_array().unwrap() {
        for name in ["createdAt", "signer", "size", "firstSeen"] {
            expected.push((name, operation[name].as_u64().unwrap()));
        }
    }
    expected.push(("lastVisit", 7));
    expected.push(("bytes", json["log"]["bytes"].as_u64().unwrap()));
    assert_eq!(pin.numbers().collect::<Vec<_>>(), expected);
}

#[test]
fn a_pin_above_a_limit_names_the_limit() {
    let text = pin(&log(), 1).to_json();
    let limit = |limits: Limits| {
        let error = Pin::parse(text.as_bytes(), &limits).unwrap_err();
        assert_eq!(error.code(), Code::PinMalformed);
        assert!(error.message().contains(error.limit().unwrap_or("none")), "{error}");
        error.limit()
    };
    assert_eq!(limit(Limits { pin_bytes: 10, ..Limits::default() }), Some("pinBytes"));
    assert_eq!(limit(Limits { json_values: 1, ..Limits::default() }), Some("jsonValues"));
    assert_eq!(limit(Limits { json_depth: 1, ..Limits::default() }), Some("jsonDepth"));
    let torn = Pin::parse(b"{", &Limits::default()).unwrap_err();
    assert_eq!(torn.limit(), None);
}

#[test]
fn a_damaged_pin_is_refused() {
    let text = pin(&log(), 1).to_json();
    let other = text.replace("\"lastVisit\":1", "\"lastVisit\":2");
    let torn = text.strip_suffix('}').unwrap();
    for damaged in ["", "{}", "null", torn, &other, &text.replace("pin/v2", "pin/v1")] {
        assert_ne!(damaged, text);
        let parsed = Pin::parse(damaged.as_bytes(), &Limits::default());
        assert_eq!(parsed.map_err(|error| error.code()), Err(Code::PinMalformed), "{damaged}");
    }
}
