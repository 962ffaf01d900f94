//! Rotation keys before the signer's: a verifier that reads them in order cannot read past an unusable one.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log_with, op, root, spare, stranger, update};
use crate::cases::rule;
use crate::encoding::did_key;
use crate::keys::multicodec;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const INVALID: &str = "plc.rotation_key.invalid";

pub(super) fn cases() -> Vec<Case> {
    [in_genesis(), no_signer(), later(), recoveries(), legacy(), bare()].concat()
}

/// Strings in the place of a rotation key that can sign nothing: name, string, and what it is.
pub(super) fn unusable_keys() -> Vec<(&'static str, String, &'static str)> {
    let root = root();
    let of_codec = |codec: &[u8], bytes: &[u8]| did_key(&[codec, bytes].concat());
    let secp256k1 = multicodec::SECP256K1;
    let lower_case = root.did_key().to_lowercase();
    vec![
        ("ed25519", fair().did_key(), "An Ed25519 key"),
        ("p384", of_codec(&multicodec::P384, &[2; 49]), "A P-384 key"),
        ("x25519", of_codec(&multicodec::X25519, &[9; 32]), "A key that only agrees on secrets"),
        ("not-a-did-key", "not a key".to_owned(), "A string that is not a key"),
        ("empty", String::new(), "An empty string"),
        ("multibase-only", root.multibase(), "The root key without did:key:"),
        ("prefix-in-capitals", format!("DID:KEY:{}", root.multibase()), "The root key behind DID:KEY:"),
        ("multicodec-only", did_key(&secp256k1), "A multicodec that no key follows"),
        ("base64url", "did:key:u5wEC".to_owned(), "A did:key in another multibase"),
        ("lower-case", lower_case, "The root key in lower case"),
        ("trailing-line-break", format!("{}\n", root.did_key()), "The root key with a line break"),
        (
            "off-curve",
            of_codec(&secp256k1, &[&[2][..], &[0xff; 32]].concat()),
            "A key that is not on its curve",
        ),
        (
            "uncompressed",
            of_codec(&secp256k1, &root.uncompressed_bytes()),
            "The root key as an uncompressed point",
        ),
        (
            "one-byte-short",
            of_codec(&secp256k1, &root.public_bytes()[..32]),
            "The root key without its last byte",
        ),
    ]
}

fn case(name: &str, about: impl Into<String>, log: &Log) -> Case {
    Case::plc(format!("plc/keys-before/{name}")).rule(rule::plc::KEYS_BEFORE).about(about).log(log)
}

/// The log of a genesis with these keys, signed by the daily key.
fn genesis_of(keys: &[String]) -> Log {
    Log::new(&op().rotation_keys(keys.iter().cloned()).sign(&daily()), Moment::START)
}

fn in_genesis() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, key, what) in unusable_keys() {
        let about = format!("{what} comes before the signer's key; the signature is right.");
        cases.push(case(name, about, &genesis_of(&[key, daily().did_key()])).rejected_at(INVALID, 0));
    }
    let ed25519 = fair().did_key();
    let (first, third) = (root().did_key(), daily().did_key());
    let between = genesis_of(&[first.clone(), ed25519.clone(), third.clone()]);
    let usable = genesis_of(&[first, spare().did_key(), third.clone()]);
    let twice = genesis_of(&[third.clone(), ed25519, third]);
    cases.extend([
        case("between", "An Ed25519 key between a usable one and the signer's.", &between)
            .rejected_at(INVALID, 0),
        case("all-usable", "Two usable keys of both curves come before the signer's.", &usable)
            .verified_as(&usable, &[]),
        case(
            "signer-on-both-sides",
            "The signer's key comes before and after an Ed25519 key: its first place counts.",
            &twice,
        )
        .verified_as(&twice, &["plc.rotation_key.unusable", "plc.rotation_keys.duplicate"]),
    ]);
    cases
}

/// Operations that none of the keys signed: the search for the signer ends at the first unusable key.
fn no_signer() -> Vec<Case> {
    let alone = |genesis: &SignedOp| Log::new(genesis, Moment::START);
    let by_ed25519 = op().rotation_keys([&fair(), &daily()]).sign(&fair());
    let uncompressed = did_key(&[&multicodec::SECP256K1[..], &root().uncompressed_bytes()].concat());
    let by_uncompressed = op().rotation_keys([uncompressed]).sign(&root());
    let by_stranger = op().rotation_keys([root().did_key(), fair().did_key()]).sign(&stranger());
    let only_usable = op().rotation_keys([&root(), &daily()]).sign(&stranger());
    vec![
        case(
            "signed-by-ed25519",
            "The genesis is signed by an Ed25519 rotation key, in 64 bytes that verify under it.",
            &alone(&by_ed25519),
        )
        .rejected_at(INVALID, 0),
        case(
            "signed-by-uncompressed",
            "The only rotation key is an uncompressed point; the signature verifies under that point.",
            &alone(&by_uncompressed),
        )
        .rejected_at(INVALID, 0),
        case(
            "signed-by-stranger",
            "No listed key signed, and the second is an Ed25519 key: the search ends there.",
            &alone(&by_stranger),
        )
        .rejected_at(INVALID, 0),
        case(
            "signed-by-stranger-all-usable",
            "No listed key signed, and all are usable.",
            &alone(&only_usable),
        )
        .rejected_at("plc.signature.invalid", 0),
    ]
}

/// A log whose second operation lists an Ed25519 key second of three, then an operation by `signer`.
fn later_by(signer: &crate::KeyPair) -> Log {
    let keys = [root().did_key(), fair().did_key(), daily().did_key()];
    let second = update(1).rotation_keys(keys).after(&genesis()).sign(&daily());
    log_with(&second).then(&update(2).after(&second).sign(signer), Moment::hour(2))
}

fn later() -> Vec<Case> {
    let (by_root, by_daily) = (later_by(&root()), later_by(&daily()));
    vec![
        case(
            "later-after",
            "In a later operation: the unusable key of its prev comes after the signer's.",
            &by_root,
        )
        .verified_as(&by_root, &[]),
        case(
            "later-before",
            "In a later operation: the unusable key of its prev comes before the signer's.",
            &by_daily,
        )
        .rejected_at(INVALID, 2),
    ]
}

fn recoveries() -> Vec<Case> {
    // The key that a recovery undoes is below the recovery's, so an unusable key between them was already in the way.
    let contested = |keys: [String; 3], child: &crate::KeyPair, recovery: &crate::KeyPair| {
        let first = op().rotation_keys(keys).sign(&root());
        let child = update(1).after(&first).sign(child);
        let recovery = update(2).after(&first).sign(recovery);
        Log::new(&first, Moment::START).then(&child, Moment::hour(1)).then(&recovery, Moment::hour(2))
    };
    let (root, daily, ed25519) = (root(), daily(), fair().did_key());
    let after = contested([root.did_key(), daily.did_key(), ed25519.clone()], &daily, &root);
    let between = contested([root.did_key(), ed25519, daily.did_key()], &root, &daily);
    vec![
        case("recovery-after", "In a recovery: the unusable key comes after the signers of both.", &after)
            .verified_as(&after, &[]),
        case(
            "recovery-before",
            "In a recovery: the unusable key comes before its signer, which is below the signer of what it undoes.",
            &between,
        )
        .rejected_at(INVALID, 2),
    ]
}

/// A legacy create means rotationKeys [recoveryKey, signingKey].
fn legacy() -> Vec<Case> {
    let create = |recovery_key: &str, signing_key: &str| {
        Op::create(&root(), &daily(), "publisher.example", "https://pds.example")
            .with("recoveryKey", recovery_key)
            .with("signingKey", signing_key)
    };
    let (root, daily, ed25519) = (root(), daily(), fair().did_key());
    let alone = |genesis: &SignedOp| Log::new(genesis, Moment::START);
    let malformed = alone(&create("not a key", &daily.did_key()).sign(&daily));
    let empty = alone(&create("", &daily.did_key()).sign(&daily));
    let of_other_type = alone(&create(&ed25519, &daily.did_key()).sign(&daily));
    let after = alone(&create(&root.did_key(), &ed25519).sign(&root));
    let usable = alone(&create(&root.did_key(), &daily.did_key()).sign(&daily));
    vec![
        case("legacy-malformed", "The recoveryKey is not a key; the signingKey signed.", &malformed)
            .rejected_at(INVALID, 0),
        case("legacy-empty", "The recoveryKey is an empty string; the signingKey signed.", &empty)
            .rejected_at(INVALID, 0),
        case("legacy-ed25519", "The recoveryKey is an Ed25519 key; the signingKey signed.", &of_other_type)
            .rejected_at(INVALID, 0),
        case("legacy-after", "The signingKey is an Ed25519 key; the recoveryKey signed.", &after)
            .verified_as(&after, &["plc.rotation_key.unusable"]),
        case("legacy-usable", "The recoveryKey is usable; the signingKey signed.", &usable)
            .verified_as(&usable, &[]),
    ]
}

fn bare() -> Vec<Case> {
    let bare =
        |name: &str, about: &str, log: &Log| case(name, about, log).log_text(log.did(), log.bare().pretty());
    let (by_root, by_daily) = (later_by(&root()), later_by(&daily()));
    vec![
        bare("bare-after", "A bare log: the unusable key comes after the signer's.", &by_root)
            .verified_as(&by_root, &["plc.log.bare"]),
        bare("bare-before", "A bare log: the unusable key comes before the signer's.", &by_daily)
            .rejected_at(INVALID, 2),
    ]
}
