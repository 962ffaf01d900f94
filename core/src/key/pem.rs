//! Ed25519 public keys as publishers hand them out: PEM, SubjectPublicKeyInfo, or the bare bytes in base64 (keys.md, "PEM
//! and SPKI").

use super::PublicKey;
use crate::encoding::base64;
use crate::error::Error;
use crate::json;
use crate::tables::{Code, Limits};

/// The first line of a public key in PEM (RFC 7468, section 13).
const PEM_BEGIN: &str = "-----BEGIN PUBLIC KEY-----";

/// Its last line.
const PEM_END: &str = "-----END PUBLIC KEY-----";

/// Every SubjectPublicKeyInfo of an Ed25519 key starts so; the 32 key bytes follow (RFC 8410, section 4).
const SPKI_PREFIX: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// Bytes of an Ed25519 public key (RFC 8032, section 5.1.5).
const KEY_BYTES: usize = 32;

/// Object identifiers of other keys that are met in place of ours, as DER writes them, with what to call the key.
const OTHER_KEYS: &[(&[u8], &str)] = &[
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01", "an RSA key"),
    (b"\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x0a", "an RSA key"),
    (b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01", "an EC key"),
    (b"\x06\x03\x2b\x65\x6e", "an X25519 key, which encrypts and cannot sign"),
    (b"\x06\x03\x2b\x65\x6f", "an X448 key, which encrypts and cannot sign"),
    (b"\x06\x03\x2b\x65\x71", "an Ed448 key"),
    (b"\x06\x03\x2b\x65\x70", "an Ed25519 key in another form than the 44 bytes of its SubjectPublicKeyInfo"),
];

/// How much of a key is searched for an object identifier: it stands within the first bytes.
const OID_SEARCH_BYTES: usize = 40;

/// Reads a key: PEM on several lines or on one, the PEM body without its markers, or the bare 32 bytes; base64 or base64url,
/// with or without padding. White space around and inside is ignored.
///
/// The federation node takes the last 32 bytes of whatever it decodes; that would use an X25519 key, or the end of an RSA
/// modulus, to check signatures. Here the bytes are an Ed25519 key exactly, or refused.
///
/// # Errors
///
/// [`Code::InputTooLarge`] beyond `limits.record_bytes`, [`Code::InputNotUtf8`], [`Code::PfnKeyInvalid`]. The message says
/// what was given instead, and never repeats any of it: it may be a private key.
pub(crate) fn read_ed25519(text: &[u8], limits: &Limits) -> Result<PublicKey, Error> {
    json::check_size("publisher key", text, ("recordBytes", limits.record_bytes))?;
    let text = json::utf8("publisher key", text)?.trim_ascii();
    if text.starts_with("-----BEGIN") {
        return from_spki(&decode(pem_body(text)?)?);
    }
    let bytes = decode(text)?;
    if bytes.len() == KEY_BYTES { from_bytes(&bytes) } else { from_spki(&bytes) }
}

/// What stands between the markers of a public key in PEM.
fn pem_body(text: &str) -> Result<&str, Error> {
    if let Some(body) = text.strip_prefix(PEM_BEGIN) {
        return body.strip_suffix(PEM_END).ok_or_else(|| invalid("the text does not end with its END line"));
    }
    let (label, _) = text.trim_start_matches("-----BEGIN").split_once("-----").unwrap_or_default();
    Err(invalid(if label.ends_with("PRIVATE KEY") {
        "it is a private key; keep it secret, and give the public key"
    } else if label.ends_with("CERTIFICATE") {
        "it is a certificate"
    } else {
        "it is PEM of another kind than PUBLIC KEY"
    }))
}

fn decode(text: &str) -> Result<Vec<u8>, Error> {
    let compact: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    base64::decode_any(&compact).ok_or_else(|| invalid("it is neither PEM nor base64"))
}

fn from_spki(bytes: &[u8]) -> Result<PublicKey, Error> {
    match bytes.strip_prefix(SPKI_PREFIX) {
        Some(key) if key.len() == KEY_BYTES => from_bytes(key),
        _ => Err(invalid(&describe(bytes))),
    }
}

fn from_bytes(bytes: &[u8]) -> Result<PublicKey, Error> {
    PublicKey::from_ed25519(bytes).map_err(|error| Error::new(Code::PfnKeyInvalid, error.message()))
}

/// Says what bytes that are no Ed25519 public key look like.
fn describe(bytes: &[u8]) -> String {
    // Every private key in DER starts with a sequence and in it a version, a one-byte integer; no public key does.
    if sequence_content(bytes).is_some_and(|content| content.starts_with(b"\x02\x01")) {
        return "it is a private key; keep it secret, and give the public key".to_owned();
    }
    let start = bytes.get(..OID_SEARCH_BYTES).unwrap_or(bytes);
    let is_in_start = |oid: &[u8]| start.windows(oid.len()).any(|window| window == oid);
    match OTHER_KEYS.iter().find(|(oid, _)| is_in_start(oid)) {
        Some((_, name)) => format!("it is {name}, of {} bytes", bytes.len()),
        None => format!("expected {KEY_BYTES} bytes, or 44 of a SubjectPublicKeyInfo, found {}", bytes.len()),
    }
}

/// What follows the tag and length of a DER sequence.
fn sequence_content(bytes: &[u8]) -> Option<&[u8]> {
    match bytes {
        [0x30, 0x81, _, content @ ..] | [0x30, 0x82, _, _, content @ ..] | [0x30, 0..=0x7f, content @ ..] => {
            Some(content)
        }
        _ => None,
    }
}

fn invalid(what: &str) -> Error {
    Error::new(Code::PfnKeyInvalid, format!("not an Ed25519 public key: {what}"))
}
