//! Keys in PEM.

use super::{PEM, of};
use crate::case::Case;
use crate::cases::publisher::{fair, spare};
use crate::encoding::sha512;
use crate::forgery::small_order_points;
use crate::pfn::{pem, public_pem, spki, spki_of};

pub(super) fn cases() -> Vec<Case> {
    let key = spki(&fair());
    let rows = [
        ("private", pem("PRIVATE KEY", &key), "PEM with the label of a private key"),
        ("ec-private", pem("EC PRIVATE KEY", &key), "PEM with the label of an EC private key"),
        (
            "encrypted-private",
            pem("ENCRYPTED PRIVATE KEY", &key),
            "PEM with the label of an encrypted private key",
        ),
        ("openssh-private", pem("OPENSSH PRIVATE KEY", &key), "PEM with the label of an OpenSSH private key"),
        ("certificate", pem("CERTIFICATE", &key), "PEM with the label of a certificate"),
        ("rsa-label", pem("RSA PUBLIC KEY", &key), "PEM with the label of an RSA key"),
        ("rsa", pem("PUBLIC KEY", &rsa_spki()), "An RSA key"),
        ("ec", pem("PUBLIC KEY", &p256_spki()), "An EC key, of P-256"),
        ("x25519", pem("PUBLIC KEY", &x25519_spki()), "An X25519 key"),
        ("cut-off", public_pem(&fair())[..60].to_owned(), "PEM that breaks off"),
        (
            "cut-off-to-base64url",
            "-----BEGIN PUBLIC KEY-----\nMCowBQYDK2VuAyEABjs".to_owned(),
            "PEM that breaks off where its letters are base64url of a point",
        ),
        ("trailing-byte", pem("PUBLIC KEY", &[key.clone(), vec![0]].concat()), "A byte after the key"),
        ("identity", pem("PUBLIC KEY", &spki_of(&small_order_points()[0])), "The identity point"),
        ("two", public_pem(&fair()).repeat(2), "Two keys"),
        ("empty", String::new(), "An empty file"),
    ];
    rows.map(|(name, string, about)| {
        of(&format!("pem-{name}"), PEM, string).about(format!("{about}.")).rejected("pfn.key.invalid")
    })
    .to_vec()
}

/// The SubjectPublicKeyInfo of a P-256 key (RFC 5480), as openssl writes it.
fn p256_spki() -> Vec<u8> {
    const START: [u8; 26] = [
        0x30, 0x59, 0x30, 0x13, 0x06, 0x07, 0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01, 0x06, 0x08, 0x2a, 0x86,
        0x48, 0xce, 0x3d, 0x03, 0x01, 0x07, 0x03, 0x42, 0x00,
    ];
    [&START[..], &spare().uncompressed_bytes()].concat()
}

/// The SubjectPublicKeyInfo of an RSA key of 2,048 bits (RFC 8017, appendix A.1).
fn rsa_spki() -> Vec<u8> {
    const START: [u8; 33] = [
        0x30, 0x82, 0x01, 0x22, 0x30, 0x0d, 0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x01,
        0x05, 0x00, 0x03, 0x82, 0x01, 0x0f, 0x00, 0x30, 0x82, 0x01, 0x0a, 0x02, 0x82, 0x01, 0x01, 0x00,
    ];
    let modulus = sha512(b"modulus").repeat(4);
    [&START[..], &modulus, &[0x02, 0x03, 0x01, 0x00, 0x01]].concat()
}

/// An X25519 key with the publisher's bytes at its end (RFC 8410).
fn x25519_spki() -> Vec<u8> {
    let mut spki = spki(&fair());
    spki[8] = 0x6e;
    spki
}
