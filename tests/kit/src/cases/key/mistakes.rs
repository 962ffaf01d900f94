//! What is given in the place of a public key, told by its bytes. Their messages differ: bindings must say the same.

use super::{FORMS, MULTIBASE, of};
use crate::case::Case;
use crate::cases::publisher::fair;
use crate::encoding::{base64, did_key};
use crate::pfn::{pem, spki};

pub(super) fn cases() -> Vec<Case> {
    [der(), other_keys(), bytes(), strings(), keys_of_programs(), codecs()].concat()
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

/// Keys of other algorithms, by their object identifiers, which are looked for in the first 40 bytes.
fn other_keys() -> Vec<Case> {
    const X448: [u8; 5] = [0x06, 0x03, 0x2b, 0x65, 0x6f];
    const ED448: [u8; 5] = [0x06, 0x03, 0x2b, 0x65, 0x71];
    const RSA_PSS: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x01, 0x0a];
    const ENCRYPTED: [u8; 11] = [0x06, 0x09, 0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x05, 0x0d];
    let after = |bytes: usize, oid: &[u8]| {
        let content = [vec![0x55; bytes - 2], oid.to_vec(), vec![0x55; 60]].concat();
        base64(&sequence(&[content.len() as u8], &content))
    };
    vec![
        refused("x448", after(4, &X448), "A key of X448."),
        refused("ed448", after(4, &ED448), "A key of Ed448."),
        refused("rsa-pss", after(4, &RSA_PSS), "A key of RSASSA-PSS."),
        refused("encrypted", after(4, &ENCRYPTED), "A private key that a password encrypts."),
        refused("oid-in-40-bytes", after(35, &X448), "An object identifier that ends with byte 40."),
        refused("oid-in-41-bytes", after(36, &X448), "An object identifier that ends with byte 41."),
    ]
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
        refused(
            "pem-backslash-n",
            pem("PUBLIC KEY", &spki(&fair())).trim().replace('\n', "\\n"),
            "PEM with a backslash and an n in place of line breaks.",
        ),
        refused("pem-label-cut-off", "-----BEGIN PUBLIC KEY".to_owned(), "PEM that breaks off in its label."),
    ]
}

/// Keys as other programs write them, known by how they start.
fn keys_of_programs() -> Vec<Case> {
    let rows = [
        ("byte-order-mark", "\u{feff}MCowBQYDK2VwAyEA", "A byte order mark before a key"),
        ("ssh2", "---- BEGIN SSH2 PUBLIC KEY ----", "A public key of SSH2 (RFC 4716)"),
        ("ssh-ecdsa", "ecdsa-sha2-nistp256 AAAA alice@host", "A public key of OpenSSH, of P-256"),
        ("ssh-token", "sk-ssh-ed25519@openssh.com AAAA", "A public key of OpenSSH on a token"),
        ("ssh-token-ecdsa", "sk-ecdsa-sha2-nistp256@openssh.com AAAA", "Such a key of P-256"),
        ("putty", "PuTTY-User-Key-File-3: ssh-ed25519", "A private key of PuTTY"),
        ("minisign-file", "untrusted comment: minisign public key 1\nRWQ", "A file of minisign"),
        (
            "minisign-secret",
            "untrusted comment: minisign encrypted secret key\nRWRT",
            "A private key of minisign",
        ),
        ("secret-key", "secret key!", "The words by which a private key of minisign is known, alone"),
        ("json-list", "[\"a key\"]", "A JSON array"),
    ];
    rows.map(|(name, key, about)| refused(name, key.to_owned(), &format!("{about}."))).to_vec()
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
