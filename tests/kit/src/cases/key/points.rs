//! Bytes that are not a usable key.

use super::{MULTIBASE, of};
use crate::case::Case;
use crate::cases::publisher::{daily, fair, spare};
use crate::encoding::did_key;
use crate::forgery::{not_canonical_point, small_order_points};
use crate::json::Json;
use crate::keys::multicodec;

const ED25519: &str = r#"keys.md, "Ed25519""#;
const ECDSA: &str = r#"keys.md, "ECDSA""#;

pub(super) fn cases() -> Vec<Case> {
    [unsupported(), invalid_points(), spellings_of_x()].concat()
}

fn unsupported() -> Vec<Case> {
    let rows = [
        ("x25519", multicodec::X25519.to_vec(), 32, "X25519, which agrees on secrets"),
        ("p384", multicodec::P384.to_vec(), 49, "P-384"),
        ("bls12-381", multicodec::BLS12_381_G2.to_vec(), 96, "BLS12-381"),
        ("rsa", multicodec::RSA.to_vec(), 140, "RSA"),
    ];
    rows.into_iter()
        .map(|(name, codec, length, about)| {
            of(&format!("unsupported-{name}"), MULTIBASE, did_key(&[codec, vec![2; length]].concat()))
                .about(format!("A key of the type {about}."))
                .rejected("key.unsupported")
        })
        .collect()
}

fn invalid_points() -> Vec<Case> {
    let (k256, p256, ed25519) = (multicodec::SECP256K1, multicodec::P256, multicodec::ED25519);
    let key = |codec: [u8; 2], bytes: &[u8]| did_key(&[&codec[..], bytes].concat());
    let compressed = daily().public_bytes();
    let uncompressed = daily().uncompressed_bytes();
    let hybrid = [&[6 + (uncompressed[64] & 1)], &uncompressed[1..]].concat();
    let x_only = &compressed[1..];
    let with_tag = |tag: u8| [&[tag], x_only].concat();
    let longer = [&compressed[..], &[0]].concat();
    let (identity, [_, order_eight, ..]) = (small_order_points()[0], small_order_points());
    // x = 5 is on neither curve; x = 2^256 - 1 is no element of either field; y = 2 is not on Ed25519's curve.
    let five = [&[2][..], &[0; 31], &[5]].concat();
    let not_in_field = [&[2][..], &[0xff; 32]].concat();
    let two = [&[2][..], &[0; 31]].concat();
    let rows = [
        ("secp256k1-uncompressed", key(k256, &uncompressed), "The key as an uncompressed point"),
        (
            "p256-uncompressed",
            key(p256, &spare().uncompressed_bytes()),
            "The P-256 key as an uncompressed point",
        ),
        ("secp256k1-hybrid", key(k256, &hybrid), "The key as a hybrid point"),
        ("secp256k1-x-only", key(k256, x_only), "The key without the byte for y's sign"),
        ("secp256k1-tag", key(k256, &with_tag(5)), "A tag that no point has"),
        ("secp256k1-infinity", key(k256, &[0]), "The point at infinity"),
        ("secp256k1-off-curve", key(k256, &five), "An x that is on no point of the curve"),
        ("secp256k1-not-in-field", key(k256, &not_in_field), "An x beyond the field"),
        (
            "p256-off-curve",
            key(p256, &[&[2][..], &[0; 31], &[1]].concat()),
            "An x that is on no point of the curve",
        ),
        ("p256-not-in-field", key(p256, &not_in_field), "An x beyond the field"),
        ("secp256k1-trailing-byte", key(k256, &longer), "A byte after the key"),
        ("secp256k1-short", key(k256, &compressed[..32]), "The key without its last byte"),
        ("secp256k1-empty", key(k256, &[]), "Nothing after the multicodec"),
        ("ed25519-short", key(ed25519, &fair().public_bytes()[..31]), "The key without its last byte"),
        (
            "ed25519-trailing-byte",
            key(ed25519, &[fair().public_bytes(), vec![0]].concat()),
            "A byte after the key",
        ),
        ("ed25519-not-a-point", key(ed25519, &two), "A y that is on no point of the curve"),
        (
            "ed25519-not-canonical",
            key(ed25519, &not_canonical_point()),
            "A point whose y is written beyond the field",
        ),
        ("ed25519-identity", key(ed25519, &identity), "The identity point, under which anyone can sign"),
        ("ed25519-order-eight", key(ed25519, &order_eight), "A point of order eight"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, string, about) in rows {
        let rule = if name.starts_with("ed25519") { ED25519 } else { ECDSA };
        let case = of(&format!("invalid-{name}"), rule, string);
        cases.push(case.about(format!("{about}.")).rejected("key.invalid"));
    }
    cases
}

/// A point with a small x has a second spelling, as long as x and the field's prime together have 256 bits.
fn spellings_of_x() -> Vec<Case> {
    // The primes of both fields (SEC 2, sections 2.4.1 and 2.4.2).
    let k256 = [&[0xff; 27][..], &[0xfe, 0xff, 0xff, 0xfc, 0x2f]].concat();
    let p256 = [&[0xff; 4][..], &[0, 0, 0, 1], &[0; 12], &[0xff; 12]].concat();
    let mut cases = Vec::new();
    for (name, codec, curve, x, prime) in [
        ("secp256k1", multicodec::SECP256K1, "secp256k1", 1, k256),
        ("p256", multicodec::P256, "P-256", 5, p256),
    ] {
        let key = |x: &[u8]| did_key(&[&codec[..], &[2], x].concat());
        let small = key(&[&[0; 31][..], &[x]].concat());
        let facts = Json::object([("type", curve.into()), ("didKey", small.as_str().into())]);
        cases.push(
            of(&format!("small-x-{name}"), ECDSA, small.clone())
                .about(format!("A point whose x is {x}."))
                .verified(facts, &[]),
        );
        cases.push(
            of(&format!("invalid-{name}-x-and-prime"), ECDSA, key(&sum(&prime, x)))
                .about(format!("The same point, whose x is written as {x} and the prime of the field."))
                .rejected("key.invalid"),
        );
    }
    cases
}

/// A number of 32 bytes and a small one.
fn sum(number: &[u8], small: u8) -> Vec<u8> {
    let mut carry = u16::from(small);
    let mut bytes: Vec<u8> = Vec::new();
    for byte in number.iter().rev() {
        carry += u16::from(*byte);
        bytes.push((carry & 0xff) as u8);
        carry >>= 8;
    }
    bytes.reverse();
    bytes
}
