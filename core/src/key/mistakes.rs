//! Known things that people give in place of a public key. Each is named, and none of it is repeated: it may be secret.

use super::{BASE58BTC, is_base58btc};
use crate::sniff;

/// What to say about a private key, in whatever form.
pub(super) const PRIVATE_KEY: &str = "this is a private key; keep it secret, and give the public key";

const OPENSSH_KEY: &str = "this is an OpenSSH key; give it as PEM or base64";

const MINISIGN_KEY: &str = "this is a minisign key; give its last 32 bytes in base64";

/// Characters of a key's 32 bytes in hexadecimal.
const HEX_CHARS: usize = 64;

/// Bytes of a minisign key: `Ed`, a key id of 8 bytes, and the key.
const MINISIGN_BYTES: usize = 42;

/// Object identifiers of keys that are met in place of ours, as DER writes them, with what to call the key.
const OTHER_KEYS: &[(&[u8], &str)] = &[
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "this is an RSA key"),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", "this is an RSA key"),
    (b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01", "this is an EC key"),
    (b"\x06\x03\x2b\x65\x6e", "this is an X25519 key, which encrypts and cannot sign"),
    (b"\x06\x03\x2b\x65\x6f", "this is an X448 key, which encrypts and cannot sign"),
    (b"\x06\x03\x2b\x65\x71", "this is an Ed448 key"),
    (b"\x06\x03\x2b\x65\x70", "this is an Ed25519 key, but not the 44 bytes of a SubjectPublicKeyInfo"),
    // Password-based encryption (RFC 8018), which only private keys have.
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05", PRIVATE_KEY),
];

/// How much of a key is searched for an object identifier: it is within the first bytes.
const OID_SEARCH_BYTES: usize = 40;

/// Whether these bytes look like DER, which people give in place of PEM: one sequence, from start to end.
pub(super) fn is_der(bytes: &[u8]) -> bool {
    sequence(bytes).is_some_and(|(length, content)| length == content.len())
}

/// Whether the string contains a private key in one of the forms that say so.
pub(super) fn is_private(text: &str) -> bool {
    let is_minisign = text.starts_with("untrusted comment:") && text.contains("secret key");
    text.contains("PRIVATE KEY") || text.starts_with("PuTTY-User-Key-File") || is_minisign
}

/// What the block is that begins with this line of PEM, where its label is not that of a public key.
pub(super) fn in_pem(text: &str) -> &'static str {
    let (label, _) = text.trim_start_matches("-----BEGIN").split_once("-----").unwrap_or_default();
    if label.ends_with("CERTIFICATE REQUEST") {
        "this is a certificate request; give the public key alone"
    } else if label.ends_with("CERTIFICATE") {
        "this is a certificate; give the public key alone"
    } else if label.starts_with(" PGP") {
        "this is OpenPGP data"
    } else if label == " RSA PUBLIC KEY" {
        "this is an RSA key"
    } else {
        "this is PEM, but not labelled PUBLIC KEY"
    }
}

/// What a string is, from its start.
const STARTS: &sniff::Starts = &[
    (b"\xef\xbb\xbf", "it starts with a byte order mark; save it without one"),
    (b"did:key:", "this is a did:key in place of PEM or base64"),
    (b"ssh-", OPENSSH_KEY),
    (b"ecdsa-sha2-", OPENSSH_KEY),
    (b"sk-ssh-", OPENSSH_KEY),
    (b"sk-ecdsa-", OPENSSH_KEY),
    (b"---- begin ssh2", OPENSSH_KEY),
    (b"untrusted comment:", MINISIGN_KEY),
    (b"{", "this is JSON"),
    (b"[", "this is JSON"),
];

/// What a string is that is neither PEM nor a key in base64.
pub(super) fn in_string(text: &str) -> Option<&'static str> {
    let bytes = text.as_bytes();
    let known = sniff::by_start(bytes, STARTS).or_else(|| sniff::known(bytes));
    if known.is_some() {
        known
    } else if text.contains("-----BEGIN") {
        Some("there is something before the BEGIN line")
    } else if text.len() == HEX_CHARS && text.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        Some("this is hexadecimal; give the 32 bytes in base64")
    } else if text.starts_with(BASE58BTC) && text.bytes().all(is_base58btc) {
        Some("this looks like a multibase string in place of PEM or base64")
    } else {
        None
    }
}

/// What bytes are that came out of base64 or PEM, and are not a key of ours.
pub(super) fn in_bytes(bytes: &[u8]) -> Option<&'static str> {
    // Every private key in DER is a sequence that starts with a version, a one-byte integer; no public key does.
    let content = sequence(bytes).map(|(_, content)| content).unwrap_or_default();
    if content.starts_with(b"\x02\x01") || bytes.starts_with(b"openssh-key-v1") {
        return Some(PRIVATE_KEY);
    }
    // X.509 version 2 or 3 (RFC 5280, section 4.1.2.1).
    if sequence(content).is_some_and(|(_, content)| content.starts_with(b"\xa0\x03\x02\x01")) {
        return Some("this is a certificate; give the public key alone");
    }
    let start = bytes.get(..OID_SEARCH_BYTES).unwrap_or(bytes);
    let is_in_start = |oid: &[u8]| start.windows(oid.len()).any(|window| window == oid);
    if let Some((_, what)) = OTHER_KEYS.iter().find(|(oid, _)| is_in_start(oid)) {
        return Some(what);
    }
    match (bytes, bytes.len()) {
        // The length of the type's name, and the name (RFC 4253, section 6.6).
        ([0, 0, 0, _, b's', b's' | b'k', ..] | [0, 0, 0, _, b'e', b'c', ..], _) => Some(OPENSSH_KEY),
        ([b'E', b'd', ..], MINISIGN_BYTES) => Some(MINISIGN_KEY),
        (_, 64) => Some("this has 64 bytes, like a signature or a private key"),
        _ => None,
    }
}

/// The length that a DER sequence says it has, and what follows.
fn sequence(bytes: &[u8]) -> Option<(usize, &[u8])> {
    match bytes {
        [0x30, length @ 0..=0x7f, content @ ..] | [0x30, 0x81, length, content @ ..] => {
            Some((usize::from(*length), content))
        }
        [0x30, 0x82, high, low, content @ ..] => {
            Some((usize::from(u16::from_be_bytes([*high, *low])), content))
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_and_strings_are_named() {
        let strings = [
            ("PK\x03\x04\x14\0", "ZIP file"),
            ("/home/alice/keys/publisher", "path"),
            ("keys/publisher.pem", "path"),
            ("publisher.PUB", "path"),
            ("~/publisher", "path"),
            ("C:\\keys\\publisher", "path"),
            ("did:plc:z72i7hdynmk6r22z27h6tvur", "identity (a DID)"),
            ("DID:WEB:publisher.example", "identity (a DID)"),
            ("did:key:z6Mk", "did:key"),
            ("DID:KEY:z6Mk", "did:key"),
            ("https://publisher.example/publisher.pem", "URL"),
            ("ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIA alice@host", "OpenSSH"),
            ("---- BEGIN SSH2 PUBLIC KEY ----", "OpenSSH"),
            ("untrusted comment: minisign public key 1\nRWQ", "minisign"),
            ("key:\n-----BEGIN PUBLIC KEY-----", "before the BEGIN line"),
            ("{\"kty\":\"OKP\"}", "JSON"),
            ("<!doctype html>", "HTML"),
            (&"0f".repeat(32), "hexadecimal"),
            ("z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", "multibase"),
            ("\u{feff}MCow", "byte order mark"),
        ];
        for (text, expected) in strings {
            assert!(in_string(text).is_some_and(|what| what.contains(expected)), "{text}");
        }
        let of_a_keys_length = format!("/{}", "A".repeat(42));
        for text in ["not a key", "/a\n.pem", "did", "zebra!", &"0f".repeat(31), &of_a_keys_length] {
            assert_eq!(in_string(text), None, "{text:?}");
        }
    }

    #[test]
    fn private_keys_are_known_by_their_marks() {
        let marks = [
            "-----BEGIN OPENSSH PRIVATE KEY-----",
            "-----BEGIN PGP PRIVATE KEY BLOCK-----",
            "Bag Attributes\n-----BEGIN ENCRYPTED PRIVATE KEY-----",
            "PuTTY-User-Key-File-3: ssh-ed25519",
            "untrusted comment: minisign encrypted secret key\nRWRT",
        ];
        for text in marks {
            assert!(is_private(text), "{text}");
        }
        for text in ["-----BEGIN PUBLIC KEY-----", "untrusted comment: minisign public key", "secret key"] {
            assert!(!is_private(text), "{text}");
        }
    }

    #[test]
    fn bytes_are_named() {
        let minisign = [b"Ed".as_slice(), &[1; 40]].concat();
        let openssh = b"\0\0\0\x0bssh-ed25519\0\0\0\x20";
        let encrypted = b"\x30\x53\x30\x0b\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x05\x0d";
        let certificate = b"\x30\x82\x01\x0b\x30\x81\xbe\xa0\x03\x02\x01\x02";
        let bytes: [(&[u8], &str); 6] = [
            (&minisign, "minisign"),
            (openssh, "OpenSSH"),
            (b"openssh-key-v1\0", "private key"),
            (encrypted, "private key"),
            (certificate, "certificate"),
            (&[7; 64], "this has 64 bytes"),
        ];
        for (bytes, expected) in bytes {
            assert!(in_bytes(bytes).is_some_and(|what| what.contains(expected)), "{bytes:?}");
        }
        for bytes in [&[7; 31][..], &[0; 33], &minisign[..41], b"\x30"] {
            assert_eq!(in_bytes(bytes), None, "{bytes:?}");
        }
        assert!(is_der(b"\x30\x02\x05\0") && is_der(b"\x30\x81\x02\x05\0"));
        assert!(!is_der(b"\x30\x02\x05\0\0") && !is_der(b"\x30\x82\x02\x05\0") && !is_der(b"0a"));
    }
}
