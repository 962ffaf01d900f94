//! Checks of P-256 signatures that the caller makes: which are handed out, and what an answer counts for.

// A test says what is wrong by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing)]

use fedverify::tables::{InputName, Kind};
use fedverify::{Code, Limits, Request, Verification};
use fedverify_kit::encoding::base64url;
use fedverify_kit::{KeyPair, Log, Moment, Op, SignedOp, forgery};

fn op(keys: &[&KeyPair]) -> Op {
    Op::regular().rotation_keys(keys.iter().copied()).also_known_as("at://someone.example")
}

/// A signature of the right form that no key made.
fn forged(op: Op) -> SignedOp {
    let signature = KeyPair::p256("nobody").sign(b"something else");
    op.with_sig(base64url(&signature))
}

fn request(did: &str, text: &str, limits: Limits) -> Request<'static> {
    let mut request = Request::new(Kind::PlcLog, limits);
    request.set_string(InputName::Did, did.to_owned()).expect("an input of logs");
    set_log(&mut request, text);
    request
}

fn set_log(request: &mut Request<'_>, text: &str) {
    let log = Ok(text.as_bytes().to_vec().into());
    request.set_input(InputName::Log, log).expect("an input of logs");
}

fn request_of(log: &Log) -> Request<'static> {
    request(log.did(), &log.text(), Limits::default())
}

/// What comes of it; `None` is verified.
fn code(request: &Request<'_>) -> Option<Code> {
    Verification::start(request).finish().error().map(fedverify::Error::code)
}

/// As whoever says that everything holds.
fn agree_to_all(request: &mut Request<'_>) -> usize {
    let count = request.hand_out().len();
    (0..count).for_each(|place| request.confirm(place));
    count
}

#[test]
fn each_key_of_p256_that_may_sign_is_handed_out_once() {
    let (a, b, k256) = (KeyPair::p256("a"), KeyPair::p256("b"), KeyPair::k256("c"));
    let genesis = op(&[&k256, &a, &b]).sign(&k256);
    let second = op(&[&b, &b]).after(&genesis).sign(&a);
    let third = op(&[&k256]).after(&second).sign(&b);
    let last = op(&[&a]).after(&third).sign(&k256);
    let log = [&second, &third, &last]
        .into_iter()
        .zip(1..)
        .fold(Log::new(&genesis, Moment::START), |log, (op, hour)| log.then(op, Moment::hour(hour)));
    let mut request = request_of(&log);
    let found = request.hand_out().iter().map(|check| (check.operation(), check.key()));
    let (a, b) = (a.uncompressed_bytes(), b.uncompressed_bytes());
    let expected = [(0, a.clone()), (0, b.clone()), (1, a), (1, b.clone()), (2, b)];
    assert_eq!(found.collect::<Vec<_>>(), expected);
    let first = &request.handed_out()[2];
    assert_eq!(first.message(), op_bytes(&second));
    assert_eq!(base64url(&first.signature()), second.sig());
    assert_eq!(code(&request), None, "without an answer core makes every check");
}

/// The bytes that were signed.
fn op_bytes(signed: &SignedOp) -> Vec<u8> {
    Op::of(signed.json().clone()).without("sig").bytes()
}

#[test]
fn a_pin_and_a_log_without_such_keys_leave_nothing_to_hand_out() {
    let key = KeyPair::p256("a");
    let log = Log::new(&op(&[&key]).sign(&key), Moment::START);
    let mut remembered = request_of(&log);
    assert_eq!(remembered.hand_out().len(), 1);
    remembered.set_bytes(InputName::Pin, b"{}").expect("an input of logs");
    assert_eq!(remembered.hand_out().len(), 0);
    let key = KeyPair::k256("a");
    let mut other = request_of(&Log::new(&op(&[&key]).sign(&key), Moment::START));
    assert_eq!(other.hand_out().len(), 0);
}

/// Nobody checks signatures of a log that is refused for what it looks like.
#[test]
fn nothing_is_handed_out_behind_an_operation_that_follows_none_before_it() {
    let key = KeyPair::p256("a");
    let genesis = op(&[&key]).sign(&key);
    let second = op(&[&key]).also_known_as("at://second.example").after(&genesis).sign(&key);
    let third = op(&[&key]).also_known_as("at://third.example").after(&genesis).sign(&key);
    let log = Log::new(&genesis, Moment::START).then(&second, Moment::hour(1)).then(&third, Moment::hour(2));
    assert_eq!(request_of(&log).hand_out().len(), 3, "a fork is for the rules of recovery");
    let bare = |operations: &[&SignedOp]| {
        let operations: Vec<_> = operations.iter().map(|operation| operation.json().pretty()).collect();
        request(log.did(), &format!("[{}]", operations.join(",")), Limits::default()).hand_out().len()
    };
    let fourth = op(&[&key]).after(&second).sign(&key);
    assert_eq!(bare(&[&genesis, &second, &fourth]), 3);
    assert_eq!(bare(&[&genesis, &second, &third, &fourth]), 2);
    assert_eq!(bare(&[&genesis, &fourth, &second]), 1);
    let two_starts = log.text().replace(&format!("\"prev\": \"{}\"", genesis.cid()), "\"prev\": null");
    assert_ne!(two_starts, log.text());
    assert_eq!(request(log.did(), &two_starts, Limits::default()).hand_out().len(), 1);
}

#[test]
fn only_what_was_handed_out_is_believed() {
    let key = KeyPair::p256("a");
    let genesis = op(&[&key]).sign(&key);
    let log = |second: &SignedOp| Log::new(&genesis, Moment::START).then(second, Moment::hour(1));
    let second = forged(op(&[&key]).after(&genesis));
    let mut request = request_of(&log(&second));
    assert_eq!(code(&request), Some(Code::PlcSignatureInvalid));
    assert_eq!(agree_to_all(&mut request), 2);
    assert_eq!(code(&request), None, "whoever makes the checks is trusted with them");
    // The same signature and key over another message, and another signature over the same message.
    let moved = op(&[&key]).also_known_as("at://thief.example").after(&genesis).with_sig(second.sig());
    set_log(&mut request, &log(&moved).text());
    assert_eq!(code(&request), Some(Code::PlcSignatureInvalid));
    let other = KeyPair::p256("nobody").sign(b"something else again");
    let other = op(&[&key]).after(&genesis).with_sig(base64url(&other));
    set_log(&mut request, &log(&other).text());
    assert_eq!(code(&request), Some(Code::PlcSignatureInvalid));
    // Whoever hands out anew starts with nothing.
    set_log(&mut request, &log(&second).text());
    assert_eq!(code(&request), None);
    request.hand_out();
    assert_eq!(code(&request), Some(Code::PlcSignatureInvalid));
}

#[test]
fn an_answer_is_of_one_key() {
    let (a, b) = (KeyPair::p256("a"), KeyPair::p256("b"));
    let genesis = op(&[&a, &b]).sign(&a);
    let log = Log::new(&genesis, Moment::START).then(&forged(op(&[&a]).after(&genesis)), Moment::hour(1));
    let mut request = request_of(&log);
    let places = request.hand_out().iter().map(|check| check.operation()).collect::<Vec<_>>();
    assert_eq!(places, [0, 0, 1, 1]);
    // The check of the second key is confirmed; the first signed the genesis.
    request.confirm(3);
    let history = Verification::start(&request);
    let identity = history.publisher().expect("it is said to hold");
    let fedverify::fair::Publisher::Plc(identity) = identity else { panic!("a did:plc") };
    assert_eq!(identity.history().iter().map(|entry| entry.signer()).collect::<Vec<_>>(), [0, 1]);
}

#[test]
fn ranges_and_low_s_stay_with_core() {
    let key = KeyPair::p256("a");
    let unsigned = op(&[&key]);
    let high = forgery::flipped(&key, &key.sign(&unsigned.bytes()));
    let genesis = unsigned.clone().with_sig(base64url(&high));
    let mut request = request_of(&Log::new(&genesis, Moment::START));
    assert_eq!(agree_to_all(&mut request), 1);
    assert_eq!(code(&request), Some(Code::PlcSignatureHighS));
    let genesis = unsigned.with_sig(base64url(&[0; 64]));
    let mut request = request_of(&Log::new(&genesis, Moment::START));
    assert_eq!(agree_to_all(&mut request), 0);
    assert_eq!(code(&request), Some(Code::PlcSignatureInvalid));
}

#[test]
fn no_more_is_handed_out_than_core_would_check() {
    let keys = [KeyPair::p256("a"), KeyPair::p256("b"), KeyPair::p256("c")];
    let genesis = op(&keys.each_ref()).sign(&keys[2]);
    let log = Log::new(&genesis, Moment::START);
    let limits = Limits { log_signature_checks: 2, ..Limits::default() };
    let mut request = request(log.did(), &log.text(), limits);
    assert_eq!(agree_to_all(&mut request), 2);
    request.confirm(7);
}

#[test]
fn a_log_of_ever_new_keys_is_left_to_core() {
    let keys = |number: usize| [0, 1, 2, 3, 4].map(|key| KeyPair::p256(&format!("{number}/{key}")));
    let mut last = op(&keys(0).each_ref()).sign(&keys(0)[0]);
    let mut log = Log::new(&last, Moment::START);
    for (number, hour) in (1..30).zip(1..) {
        last = op(&keys(number).each_ref()).after(&last).sign(&keys(number - 1)[0]);
        log = log.then(&last, Moment::hour(hour));
    }
    // The first two operations have the same keys.
    let mut request = request_of(&log);
    assert_eq!(request.hand_out().len(), 105);
    assert_eq!(code(&request), None);
}

#[test]
fn what_cannot_be_read_leaves_nothing_to_hand_out() {
    let key = KeyPair::p256("a");
    let log = Log::new(&op(&[&key]).sign(&key), Moment::START);
    for text in [format!("{}}}", log.text()), log.text().replace("plc_operation", "other")] {
        let mut broken = request(log.did(), &text, Limits::default());
        assert_eq!(broken.hand_out().len(), 0, "{text}");
    }
    let mut nobody = request("did:web:example.com", &log.text(), Limits::default());
    assert_eq!(nobody.hand_out().len(), 0);
}
