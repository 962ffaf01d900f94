//! Verification methods: any did:key, however many.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log_with, op, root, update};
use crate::cases::rule;
use crate::encoding::did_key;
use crate::keys::{KeyPair, multicodec};
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

const RULE: &str = rule::plc::METHODS;

pub(super) fn cases() -> Vec<Case> {
    [carried(), refused(), vec![many(10), many(11), key_order(), odd_ids()]].concat()
}

fn carried() -> Vec<Case> {
    let keys = [
        ("ed25519", fair().did_key(), "An Ed25519 key"),
        (
            "x25519",
            did_key(&[&multicodec::X25519[..], &[9; 32]].concat()),
            "A key that only agrees on secrets",
        ),
        (
            "p384",
            did_key(&[&multicodec::P384[..], &[2; 49]].concat()),
            "A key of a curve that cannot be used here",
        ),
        ("not-a-key", "did:key:zzzzzz".to_owned(), "base58btc that does not decode to a key"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, key, about) in keys {
        let log = log_with(&update(1).verification_method("other", key).after(&genesis()).sign(&daily()));
        cases.push(
            Case::plc(format!("plc/verification-method/carried-{name}"))
                .rule(RULE)
                .about(format!("{about} is carried: nothing in the log is signed with it."))
                .log(&log)
                .verified_with_state(&log, &[]),
        );
    }
    cases
}

fn refused() -> Vec<Case> {
    let multibase = fair().multibase();
    let keys = [
        ("multibase-only", multibase.clone(), "The key without did:key:"),
        ("base64url", "did:key:u7QEJCQkJCQ".to_owned(), "A did:key in another multibase"),
        ("digit-zero", "did:key:z6Mk0".to_owned(), "A 0, which base58btc does not have"),
        ("capital-o", "did:key:z6MkO".to_owned(), "An O, which base58btc does not have"),
        ("capital-i", "did:key:z6MkI".to_owned(), "An I, which base58btc does not have"),
        ("small-l", "did:key:z6Mkl".to_owned(), "An l, which base58btc does not have"),
        ("fragment", format!("did:key:{multibase}#{multibase}"), "A did:key with a fragment"),
        ("trailing-space", format!("did:key:{multibase} "), "White space after the key"),
        ("other-method", "did:web:publisher.example".to_owned(), "A DID of another method"),
        ("empty", String::new(), "An empty string"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, key, about) in keys {
        let log = log_with(&update(1).verification_method("other", key).after(&genesis()).sign(&daily()));
        cases.push(
            Case::plc(format!("plc/verification-method/{name}"))
                .rule(RULE)
                .about(format!("{about}; everything else is right."))
                .log(&log)
                .rejected_at("plc.operation.malformed", 1),
        );
    }
    cases
}

fn many(count: usize) -> Case {
    let add = |op: Op, number| op.verification_method(&format!("fair_{number:02}"), &fair());
    let first = (0..count).fold(Op::regular().rotation_keys([&root()]), add).sign(&root());
    let log = Log::new(&first, Moment::START);
    let warnings: &[&str] = if count > 10 { &["plc.verification_methods.many"] } else { &[] };
    Case::plc(format!("plc/verification-method/count-{count}"))
        .rule(rule::plc::HISTORY)
        .about(format!("{count} verification methods."))
        .log(&log)
        .verified_as(&log, warnings)
}

/// Ids that are no ordinary names of members in some language.
fn odd_ids() -> Case {
    let ids = ["", "0", "__proto__", "\0nul"];
    let op = ids.iter().fold(op(), |op, id| op.verification_method(id, &KeyPair::ed25519(id)));
    let log = Log::new(&op.sign(&root()), Moment::START);
    Case::plc("plc/verification-method/odd-ids")
        .rule(RULE)
        .about("Ids that are empty, a number, a name that JavaScript reserves, and one that starts with NUL as no member in PHP may.")
        .log(&log)
        .verified_with_state(&log, &[])
}

/// Keys whose order differs between DAG-CBOR, a plain sort, UTF-16 order and order by characters.
fn key_order() -> Case {
    let ids = ["b", "aa", "ab", "\u{e9}", "\u{ff5e}a", "\u{10000}", "zzz", "e\u{301}"];
    let op = ids.iter().fold(op(), |op, id| op.verification_method(id, &KeyPair::ed25519(id)));
    let log = Log::new(&op.sign(&root()), Moment::START);
    Case::plc("plc/verification-method/key-order")
        .rule(rule::plc::BYTES)
        .about("Ids that sort differently as strings, by code points or by UTF-16 units, which gives another CID and DID.")
        .log(&log)
        .verified_with_state(&log, &[])
}
