//! Public keys as text.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, spare};
use crate::encoding::{base64url, did_key, hex};
use crate::forgery::{not_canonical_point, small_order_points};
use crate::json::Json;
use crate::keys::{KeyPair, multicodec};
use crate::pfn::{pem, public_pem, spki, spki_of};

const TEXT: &str = "DESIGN.md, The command line: key <did:key | multibase | PEM file>";
const CODEC: &str =
    "did-plc.md, Signatures: secp256k1 0xe7, P-256 0x1200, Ed25519 0xed, compressed points only";

pub(super) fn cases() -> Vec<Case> {
    [accepted(), unsupported(), invalid_points(), invalid_texts(), pem_files(), limits()].concat()
}

fn of(name: &str, text: impl Into<Vec<u8>>) -> Case {
    Case::new("key", format!("key/{name}")).file("key", "key.txt", text).rule(TEXT)
}

fn facts(key: &KeyPair) -> Json {
    let name = match key {
        KeyPair::Secp256k1(_) => "secp256k1",
        KeyPair::P256(_) => "P-256",
        KeyPair::Ed25519(_) => "Ed25519",
    };
    Json::object([("type", name.into()), ("didKey", key.did_key().into())])
}

fn accepted() -> Vec<Case> {
    let mut cases: Vec<Case> = Vec::new();
    for (name, key) in [("secp256k1", daily()), ("p256", spare()), ("ed25519", fair())] {
        cases.extend([
            of(&format!("did-key-{name}"), key.did_key()).about("A did:key.").verified(facts(&key), &[]),
            of(&format!("multibase-{name}"), key.multibase())
                .about("The multibase alone.")
                .verified(facts(&key), &[]),
        ]);
    }
    cases.push(
        of("did-key-line-break", format!("{}\n", fair().did_key()))
            .about("A did:key in a file with a line break at its end, as editors write it.")
            .verified(facts(&fair()), &[]),
    );
    cases.push(of("pem-ed25519", public_pem(&fair())).about("PEM.").verified(facts(&fair()), &[]));
    cases
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
            of(&format!("unsupported-{name}"), did_key(&[codec, vec![2; length]].concat()))
                .rule(CODEC)
                .about(format!("A key of {about}."))
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
    for (name, text, about) in rows {
        cases.push(
            of(&format!("invalid-{name}"), text)
                .rule(CODEC)
                .about(format!("{about}."))
                .rejected("key.invalid"),
        );
    }
    cases
}

fn invalid_texts() -> Vec<Case> {
    let key = daily().did_key();
    let multicodec = daily().multicodec();
    // 0xe7 with a needless third byte: e7 81 00 is the same number.
    let long_varint = [&[0xe7, 0x81, 0x00], &multicodec[2..]].concat();
    let body = key.strip_prefix("did:key:z").expect("a did:key").to_owned();
    let rows = [
        ("varint-not-minimal", did_key(&long_varint), "The multicodec in a byte too many"),
        ("varint-cut-off", did_key(&[0xe7]), "A multicodec that goes on after the end"),
        ("no-key", "did:key:".to_owned(), "No key"),
        ("no-digits", "did:key:z".to_owned(), "No digits after the multibase prefix"),
        ("digit-zero", format!("did:key:z{}0", &body[1..]), "A 0, which base58btc does not have"),
        ("inner-space", format!("did:key:z {body}"), "White space inside"),
        ("fragment", format!("{key}#z{body}"), "A DID URL"),
        ("base64url", format!("did:key:u{}", base64url(&multicodec)), "Another multibase, base64url"),
        ("hex", format!("did:key:f{}", hex(&multicodec)), "Another multibase, hexadecimal"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, text, about) in rows {
        cases.push(
            of(&format!("invalid-{name}"), text)
                .rule(CODEC)
                .about(format!("{about}."))
                .rejected("key.invalid"),
        );
    }
    cases
}

fn pem_files() -> Vec<Case> {
    let rows = [
        ("private", pem("PRIVATE KEY", &spki(&fair())), "PEM of a private key"),
        ("cut-off", public_pem(&fair())[..60].to_owned(), "PEM that breaks off"),
        ("trailing-byte", pem("PUBLIC KEY", &[spki(&fair()), vec![0]].concat()), "A byte after the key"),
        ("identity", pem("PUBLIC KEY", &spki_of(&small_order_points()[0])), "The identity point"),
        ("two", public_pem(&fair()).repeat(2), "Two keys"),
        ("empty", String::new(), "An empty file"),
    ];
    rows.into_iter()
        .map(|(name, text, about)| {
            of(&format!("pem-{name}"), text)
                .rule("pfn.md: PEM around the 44-byte SubjectPublicKeyInfo")
                .about(format!("{about}."))
                .rejected("pfn.key.invalid")
        })
        .collect()
}

fn limits() -> Vec<Case> {
    const RULE: &str = "DESIGN.md, What a verdict may rest on: work is metered by one budget";
    let text = fair().did_key();
    let size = text.len() as u64;
    vec![
        of("bytes-at", text.clone())
            .rule(RULE)
            .about("The text has exactly as many bytes as the limit.")
            .limit("recordBytes", size)
            .verified(facts(&fair()), &[]),
        of("bytes-above", text)
            .rule(RULE)
            .about("The text has one byte more than the limit.")
            .limit("recordBytes", size - 1)
            .rejected("input.too_large"),
    ]
}
