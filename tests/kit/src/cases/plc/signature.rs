//! Signatures in the right form that must not count.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log_with, op, root, spare, stranger, update};
use crate::cases::rule;
use crate::encoding::{base64url, from_base64url, sha256, sha384};
use crate::forgery::{P256_ORDER, SECP256K1_ORDER, flipped, number, rs};
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const INVALID: &str = "plc.signature.invalid";

pub(super) fn cases() -> Vec<Case> {
    [high_s(), out_of_range(), wrong_signers(), wrong_messages()].concat()
}

/// An operation with the twin of its signature, hashed as it is served.
fn flip(op: Op, key: &KeyPair) -> SignedOp {
    let signature = key.sign(&op.bytes());
    op.with_sig(base64url(&flipped(key, &signature)))
}

fn high_s() -> Vec<Case> {
    const RULE: &str = rule::plc::SIGNATURES;
    let mut cases: Vec<Case> = Vec::new();
    for (curve, key) in [("secp256k1", daily()), ("p256", spare())] {
        let last = flip(update(1).after(&genesis()), &key);
        let linked = update(2).after(&last).sign(&key);
        let about = "s was replaced by n - s, which anyone can do, and the CID recomputed";
        cases.extend([
            Case::plc(format!("plc/signature/high-s-{curve}"))
                .rule(RULE)
                .about(format!("{about}: only low-S refuses it."))
                .log(&log_with(&last))
                .rejected_at("plc.signature.high_s", 1),
            Case::plc(format!("plc/signature/high-s-{curve}-linked"))
                .rule(RULE)
                .about(format!("{about}; another operation follows it."))
                .log(&log_with(&last).then(&linked, Moment::hour(2)))
                .rejected_at("plc.signature.high_s", 1),
            Case::plc(format!("plc/signature/high-s-{curve}-genesis"))
                .rule(RULE)
                .about("s of the genesis was replaced by n - s; the DID asked for is the hash of that.")
                .log(&Log::new(&flip(op(), &key), Moment::START))
                .rejected_at("plc.signature.high_s", 0),
        ]);
    }
    cases
}

fn out_of_range() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (curve, key, order) in [("secp256k1", daily(), SECP256K1_ORDER), ("p256", spare(), P256_ORDER)] {
        let op = || update(1).after(&genesis());
        let honest = key.sign(&op().bytes());
        let (r, s) = (honest[..32].try_into().expect("r"), honest[32..].try_into().expect("s"));
        let (zero, order) = ([0; 32], number(order));
        let signatures = [
            ("r-zero", rs(zero, s)),
            ("s-zero", rs(r, zero)),
            ("all-zero", rs(zero, zero)),
            ("r-order", rs(order, s)),
            ("s-order", rs(r, order)),
            ("all-ones", [0xff; 64]),
        ];
        for (name, signature) in signatures {
            cases.push(
                Case::plc(format!("plc/signature/{name}-{curve}"))
                    .rule(rule::plc::SIGNATURES)
                    .about("A number that no signature has; careless arithmetic accepts some of these for any message.")
                    .log(&log_with(&op().with_sig(base64url(&signature))))
                    .rejected_at(INVALID, 1),
            );
        }
    }
    cases
}

fn wrong_signers() -> Vec<Case> {
    let atproto = KeyPair::k256("atproto");
    let first = op().verification_method("atproto", &atproto).sign(&root());
    let by_method = update(1).after(&first).sign(&atproto);
    let own = update(1).rotation_keys([&stranger()]).after(&genesis()).sign(&stranger());
    let rotated = update(1).rotation_keys([&root()]).after(&genesis()).sign(&root());
    let by_former = update(2).after(&rotated).sign(&daily());
    let twin_curve = KeyPair::p256("publisher/daily");
    let case = |name: &str, rule: &str, about: &str, log: &Log, at| {
        Case::plc(format!("plc/signature/{name}")).rule(rule).about(about).log(log).rejected_at(INVALID, at)
    };
    vec![
        case(
            "by-stranger",
            rule::plc::SIGNATURES,
            "An update signed by an unknown key.",
            &log_with(&update(1).after(&genesis()).sign(&stranger())),
            1,
        ),
        case(
            "by-own-new-key",
            rule::plc::SIGNATURES,
            "An update that lists the attacker's key and is signed by it.",
            &log_with(&own),
            1,
        ),
        case(
            "by-verification-method",
            rule::plc::SIGNATURES,
            "An update signed by a secp256k1 verification method of the identity.",
            &Log::new(&first, Moment::START).then(&by_method, Moment::hour(1)),
            1,
        ),
        case(
            "by-rotated-out-key",
            rule::plc::SIGNATURES,
            "An update signed by a key of the genesis that its prev no longer lists.",
            &log_with(&rotated).then(&by_former, Moment::hour(2)),
            2,
        ),
        case(
            "by-twin-on-other-curve",
            rule::plc::SIGNATURES,
            "An update signed with the daily key's secret number on the other curve.",
            &log_with(&update(1).after(&genesis()).sign(&twin_curve)),
            1,
        ),
    ]
}

fn wrong_messages() -> Vec<Case> {
    let with = |signature: &[u8]| update(1).after(&genesis()).with_sig(base64url(signature));
    let bytes = update(1).after(&genesis()).bytes();
    let honest = daily().sign(&bytes);
    let (r, s) = honest.split_at(32);
    let case = |name: &str, about: &str, op: &SignedOp| {
        Case::plc(format!("plc/signature/{name}"))
            .rule(rule::plc::SIGNATURES)
            .about(about)
            .log(&log_with(op))
            .rejected_at(INVALID, 1)
    };
    vec![
        case(
            "of-the-genesis",
            "The signature of the genesis again.",
            &with(&from_base64url(genesis().sig())),
        ),
        case("over-the-cid", "The signature is over the CID as a string.", &{
            let cid = update(1).after(&genesis()).sign(&daily()).cid().to_owned();
            with(&daily().sign(cid.as_bytes()))
        }),
        case(
            "hashed-twice",
            "The signature is over the hash of the hash.",
            &with(&daily().sign(&sha256(&bytes))),
        ),
        case(
            "sha384",
            "The signature is over the leftmost 32 bytes of the SHA-384 hash.",
            &with(&daily().sign_prehash(&sha384(&bytes)[..32])),
        ),
        case("s-before-r", "s comes before r.", &with(&[s, r].concat())),
        case("little-endian", "r and s are little-endian.", &{
            let reverse = |half: &[u8]| half.iter().rev().copied().collect::<Vec<u8>>();
            with(&[reverse(r), reverse(s)].concat())
        }),
    ]
}
