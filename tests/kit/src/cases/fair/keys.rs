//! Which verification methods sign packages.

use super::published::Published;
use crate::case::Case;
use crate::cases::publisher::{REPOSITORY, fair, root};
use crate::encoding::did_key;
use crate::keys::{KeyPair, multicodec};
use crate::metadata::Form;
use crate::operation::Op;

const RULE: &str = r#"fair.md, "Signing keys""#;

pub(super) fn cases() -> Vec<Case> {
    [ids(), several(), unusable()].concat()
}

/// A genesis with these verification methods.
fn identity(methods: &[(&str, String)]) -> Op {
    let op = Op::regular().rotation_keys([&root()]);
    let op = op.service("fairpm_repo", REPOSITORY, "https://publisher.example/fair.json");
    methods.iter().fold(op, |op, (id, key)| op.verification_method(id, key.clone()))
}

/// The release of that identity, signed by the key of this id.
fn published(methods: &[(&str, String)], id: &str, key: &KeyPair) -> Published {
    Published::by(identity(methods), id, key.clone(), Form::Ed25519Sha384)
}

fn ids() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for id in ["fair", "fairpm", "fair_9c1185a5c5e9fc54", "fair-2026", "fairground"] {
        cases.push(published(&[(id, fair().did_key())], id, &fair()).verified(
            &format!("key/id-{id}"),
            RULE,
            &format!("The id {id} starts with fair."),
            &[],
        ));
    }
    let others = [
        ("capital", "Fair", "A capital letter"),
        ("capitals", "FAIR", "Capitals"),
        ("inside", "my-fair", "fair at the end"),
        ("space", " fair", "White space before fair"),
        ("fragment", "#fair", "A # before fair"),
        ("atproto", "atproto", "A key for another purpose"),
    ];
    for (name, id, about) in others {
        cases.push(published(&[(id, fair().did_key())], id, &fair()).rejected(
            &format!("key/only-{name}"),
            RULE,
            &format!("{about}: the only key is not a FAIR key, though it signed the package."),
            "fair.key.missing",
        ));
    }
    cases.push(published(&[], "fair", &fair()).rejected(
        "key/none",
        RULE,
        "The identity has no verification methods.",
        "fair.key.missing",
    ));
    cases
}

fn several() -> Vec<Case> {
    let second = KeyPair::ed25519("publisher/fair-2");
    let legacy = KeyPair::k256("publisher/fair-k256");
    let two = [("fair", fair().did_key()), ("fair_2", second.did_key())];
    let mixed = [("fair", legacy.did_key()), ("fair_2", fair().did_key())];
    let twins = [("fair_aa", fair().did_key()), ("fairpm", fair().did_key())];
    vec![
        published(&two, "fair", &fair()).verified(
            "key/first-of-two",
            RULE,
            "The first of two keys signed.",
            &[],
        ),
        published(&two, "fair_2", &second).verified(
            "key/second-of-two",
            RULE,
            "The second of two keys signed.",
            &[],
        ),
        published(&mixed, "fair_2", &fair()).verified(
            "key/ed25519-after-secp256k1",
            RULE,
            "A secp256k1 key comes before the Ed25519 key that signed.",
            &[],
        ),
        published(&twins, "fairpm", &fair()).verified(
            "key/same-key-twice",
            r#"did-plc.md, "Bytes and CID""#,
            "One key under two ids: fairpm comes before fair_aa in DAG-CBOR, and is named.",
            &[],
        ),
    ]
}

fn unusable() -> Vec<Case> {
    let x25519 = || did_key(&[&multicodec::X25519[..], &[9; 32]].concat());
    let p384 = || did_key(&[&multicodec::P384[..], &[2; 49]].concat());
    let not_a_point = || did_key(&[&multicodec::SECP256K1[..], &[2], &[0xff; 32]].concat());
    let garbage = || "did:key:zzzzzz".to_owned();
    let mut cases: Vec<Case> = Vec::new();
    for (name, key, about) in [
        ("x25519", x25519(), "agrees on secrets and signs nothing"),
        ("p384", p384(), "has a curve that cannot be used here"),
        ("not-a-point", not_a_point(), "is not a point of its curve"),
        ("garbage", garbage(), "is not a multicodec key"),
    ] {
        cases.push(published(&[("fair", key.clone())], "fair", &fair()).rejected(
            &format!("key/only-{name}"),
            RULE,
            &format!("The only FAIR key {about}."),
            "key.unsupported",
        ));
        cases.push(published(&[("fair", key), ("fair_2", fair().did_key())], "fair_2", &fair()).verified(
            &format!("key/{name}-beside-usable"),
            RULE,
            &format!("One FAIR key {about}, the other signed."),
            &["fair.key.unusable"],
        ));
    }
    cases
}
