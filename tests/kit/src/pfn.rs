//! What publishers of the Plugin Federation Network sign, and their keys in PEM.

use crate::encoding::base64;
use crate::json::Json;
use crate::keys::KeyPair;

/// The DER before the 32 bytes of an Ed25519 SubjectPublicKeyInfo (RFC 8410, section 4).
pub const ED25519_SPKI: [u8; 12] = [0x30, 0x2a, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x03, 0x21, 0x00];

/// The members that are signed, in their order.
pub const SIGNED_MEMBERS: [&str; 4] = ["id", "name", "version", "description"];

/// The string that a publisher signs: `JSON.stringify` of the four members. A `None` is left out, as JavaScript leaves
/// out what is undefined.
pub fn signed_text(members: [Option<Json>; 4]) -> String {
    let members = SIGNED_MEMBERS.iter().zip(members);
    let present = members.filter_map(|(name, value)| value.map(|value| ((*name).to_owned(), value)));
    Json::Object(present.collect()).to_string()
}

/// Signs a string; the signature is in standard base64, as nodes write it.
pub fn sign_text(key: &KeyPair, text: &str) -> String {
    base64(&key.sign(text.as_bytes()))
}

/// The SubjectPublicKeyInfo of an Ed25519 key.
pub fn spki(key: &KeyPair) -> Vec<u8> {
    spki_of(&key.public_bytes())
}

/// The SubjectPublicKeyInfo of any 32 bytes.
pub fn spki_of(public: &[u8]) -> Vec<u8> {
    [&ED25519_SPKI, public].concat()
}

/// DER as PEM with lines of 64 characters (RFC 7468).
pub fn pem(label: &str, der: &[u8]) -> String {
    let body = base64(der);
    let lines: Vec<&str> =
        body.as_bytes().chunks(64).map(|line| std::str::from_utf8(line).expect("ASCII")).collect();
    format!("-----BEGIN {label}-----\n{}\n-----END {label}-----\n", lines.join("\n"))
}

/// The public key as PEM.
pub fn public_pem(key: &KeyPair) -> String {
    pem("PUBLIC KEY", &spki(key))
}
