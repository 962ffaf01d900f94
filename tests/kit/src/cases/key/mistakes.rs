//! What is given in the place of a public key, told by its bytes. Their messages differ: bindings must say the same.

use super::{FORMS, MULTIBASE, of};
use crate::case::Case;
use crate::encoding::{base64, did_key};
use crate::pfn::pem;

pub(super) fn cases() -> Vec<Case> {
    [der(), bytes(), strings(), codecs()].concat()
}

/// A DER sequence with this length field.
fn sequence(length: &[u8], content: &[u8]) -> Vec<u8> {
    [&[0x30], length, content].concat()
}

/// What starts with the version of a private key (RFC 5958), so long.
fn private(size: usize) -> Vec<u8> {
    [vec![0x02, 0x01, 0x00], vec![0x55; size - 3]].concat()
}

fn der() -> Vec<Case> {
    let to_be_signed = [vec![0xa0, 0x03, 0x02, 0x01, 0x02], vec![0x55; 251]].concat();
    let certificate = sequence(&[0x82, 0x01, 0x04], &sequence(&[0x82, 0x01, 0x00], &to_be_signed));
    let rows = [
        ("private-short", sequence(&[46], &private(46)), "A private key of less than 128 bytes"),
        (
            "private-one-byte",
            sequence(&[0x81, 0x87], &private(0x87)),
            "A private key whose length has a byte",
        ),
        (
            "private-two-bytes",
            sequence(&[0x82, 0x01, 0x00], &private(256)),
            "A private key whose length has two bytes",
        ),
        ("length-of-three-bytes", sequence(&[0x83, 0, 1, 0], &private(256)), "A length of three bytes"),
        (
            "length-indefinite",
            sequence(&[0x80], &private(46)),
            "An indefinite length, which DER does not have",
        ),
        ("length-cut-off", vec![0x30, 0x82, 0x01], "A length that is cut off"),
        ("certificate", certificate, "A certificate"),
    ];
    rows.map(|(name, der, about)| {
        refused(&format!("der-{name}"), base64(&der), &format!("{about}, in base64."))
    })
    .to_vec()
}

fn bytes() -> Vec<Case> {
    let minisign = |count: usize| base64(&[&b"Ed"[..], &vec![0x55; count]].concat());
    vec![
        refused("minisign", minisign(40), "A minisign key."),
        refused("minisign-shorter", minisign(39), "A minisign key without its last byte."),
        refused("openssh", base64(b"openssh-key-v1\0\0\0\0\x04none"), "A private key of OpenSSH, in base64."),
        refused("ssh", base64(b"\0\0\0\x0bssh-ed25519\0\0\0\x20"), "A public key of OpenSSH, in base64."),
        refused("64-bytes", base64(&[0x55; 64]), "64 bytes, as a signature has."),
    ]
}

fn strings() -> Vec<Case> {
    vec![
        refused("hexadecimal", "5a".repeat(32), "The 32 bytes in hexadecimal."),
        refused("hexadecimal-shorter", "5a".repeat(31), "31 bytes in hexadecimal."),
        refused("64-characters", "5!".repeat(32), "64 characters that are nothing."),
        refused("z-no-base58", "z0OIl".to_owned(), "A z, and what base58btc does not have."),
        refused("certificate-request", pem("CERTIFICATE REQUEST", &[0x30]), "A certificate request."),
        refused("openpgp", pem("PGP PUBLIC KEY BLOCK", &[0x99]), "A key of OpenPGP."),
        refused("pem-label-cut-off", "-----BEGIN PUBLIC KEY".to_owned(), "PEM that breaks off in its label."),
    ]
}

fn refused(name: &str, key: String, about: &str) -> Case {
    of(&format!("mistaken-{name}"), FORMS, key).about(about).rejected("pfn.key.invalid")
}

/// The multicodecs of private keys, and their neighbours.
fn codecs() -> Vec<Case> {
    let rows = [
        ("below", 0xff, 0x25, "The multicodec below those of private keys"),
        ("first", 0x80, 0x26, "The first multicodec of private keys"),
        ("last", 0x88, 0x26, "The last multicodec of private keys"),
        ("above", 0x89, 0x26, "The multicodec above those of private keys"),
    ];
    rows.map(|(name, low, high, about)| {
        let key = did_key(&[vec![low, high], vec![0x55; 32]].concat());
        of(&format!("private-codec-{name}"), MULTIBASE, key)
            .about(format!("{about}."))
            .rejected("key.unsupported")
    })
    .to_vec()
}
