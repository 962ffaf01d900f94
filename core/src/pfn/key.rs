//! Publisher keys, in the text forms that publishers hand out.

use crate::encoding::base64;
use crate::error::Error;
use crate::tables::{Check, Code, Limits};
use crate::json;
use crate::key::PublicKey;

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

/// The Ed25519 public key of a publisher, which the caller already trusts.
///
/// ```
/// use fedverify::{Code, Limits, pfn::PublisherKey};
///
/// let limits = Limits::default();
/// let pem = "-----BEGIN PUBLIC KEY-----
/// MCowBQYDK2VwAyEA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=
/// -----END PUBLIC KEY-----";
/// let key = PublisherKey::parse(pem.as_bytes(), &limits)?;
/// assert_eq!(key, PublisherKey::parse(b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", &limits)?);
/// assert!(key.public_key().to_did_key().starts_with("did:key:z6Mk"));
///
/// let x25519 = b"MCowBQYDK2VuAyEA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";
/// assert_eq!(PublisherKey::parse(x25519, &limits).unwrap_err().code(), Code::PfnKeyInvalid);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherKey(PublicKey);

impl PublisherKey {
    /// Reads a key from its text: PEM on several lines or on one, the PEM body without its markers, or the bare
    /// 32 bytes; base64 or base64url, with or without padding. White space around and inside is passed over.
    ///
    /// The federation node takes the last 32 bytes of whatever it decodes; that would use an X25519 key, or the end of
    /// an RSA modulus, to check signatures. Here the bytes are an Ed25519 key exactly, or refused.
    ///
    /// Errors: [`Code::InputTooLarge`] beyond `limits.record_bytes`, [`Code::InputNotUtf8`], [`Code::PfnKeyInvalid`].
    /// The message says what was given instead, and never repeats any of it: it may be a private key.
    pub fn parse(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        PublisherKey::read(text, limits).map_err(|error| error.at(Check::PfnKey))
    }

    /// Like [`PublisherKey::parse`], for verifications in which reading the key is another step.
    pub(crate) fn read(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        json::check_size("publisher key", text, limits.record_bytes)?;
        let text = json::utf8("publisher key", text)?;
        let text = text.trim_ascii();
        if text.starts_with("-----BEGIN") {
            return from_spki(&decode(pem_body(text)?)?);
        }
        let bytes = decode(text)?;
        if bytes.len() == KEY_BYTES { from_bytes(&bytes) } else { from_spki(&bytes) }
    }

    /// The key itself.
    pub fn public_key(&self) -> &PublicKey {
        &self.0
    }
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

fn from_spki(bytes: &[u8]) -> Result<PublisherKey, Error> {
    match bytes.strip_prefix(SPKI_PREFIX) {
        Some(key) if key.len() == KEY_BYTES => from_bytes(key),
        _ => Err(invalid(&describe(bytes))),
    }
}

fn from_bytes(bytes: &[u8]) -> Result<PublisherKey, Error> {
    let key =
        PublicKey::from_ed25519(bytes).map_err(|error| Error::new(Code::PfnKeyInvalid, error.message()))?;
    Ok(PublisherKey(key))
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{SEED, publisher_key, signing_key};
    use multibase::Base;

    fn parse(text: &str) -> Result<PublisherKey, Error> {
        PublisherKey::parse(text.as_bytes(), &Limits::default())
    }

    fn spki() -> Vec<u8> {
        [SPKI_PREFIX, &signing_key().verifying_key().to_bytes()].concat()
    }

    fn message_of(der: &[u8]) -> String {
        let error = parse(&Base::Base64Pad.encode(der)).unwrap_err();
        assert_eq!(error.code(), Code::PfnKeyInvalid);
        error.message().to_owned()
    }

    #[test]
    fn every_form_of_the_text_is_the_same_key() {
        let bare = signing_key().verifying_key().to_bytes();
        for base in [Base::Base64, Base::Base64Pad, Base::Base64Url, Base::Base64UrlPad] {
            for bytes in [bare.to_vec(), spki()] {
                assert_eq!(parse(&base.encode(bytes)).unwrap(), publisher_key());
            }
        }
        let body = Base::Base64Pad.encode(spki());
        let (first, second) = body.split_at(20);
        let texts = [
            format!("{PEM_BEGIN}\n{body}\n{PEM_END}\n"),
            format!("{PEM_BEGIN}\r\n{first}\r\n{second}\r\n{PEM_END}\r\n"),
            format!("  {PEM_BEGIN}{body}{PEM_END}  "),
            format!("{PEM_BEGIN} {first} {second} {PEM_END}"),
            format!("\n{first}\n{second}\n"),
        ];
        for text in texts {
            assert_eq!(parse(&text).unwrap(), publisher_key(), "{text}");
        }
    }

    #[test]
    fn other_keys_are_named() {
        let x25519 = [b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x6e\x03\x21\x00".as_slice(), &[9; 32]].concat();
        assert!(message_of(&x25519).contains("X25519"));
        let rsa = [
            b"\x30\x82\x01\x22\x30\x0d\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x01\x01\x05\x00".as_slice(),
            &[3; 275],
        ];
        assert!(message_of(&rsa.concat()).contains("RSA"));
        let ec =
            [b"\x30\x59\x30\x13\x06\x07\x2a\x86\x48\xce\x3d\x02\x01\x06\x08".as_slice(), &[4; 74]].concat();
        assert!(message_of(&ec).contains("EC key"));
        assert!(message_of(&[7; 33]).contains("found 33"));
        assert!(message_of(&[7; 31]).contains("found 31"));
    }

    #[test]
    fn the_info_is_exact() {
        for changed in [[spki(), vec![0]].concat(), spki()[..43].to_vec()] {
            assert!(message_of(&changed).contains("an Ed25519 key in another form"), "{changed:?}");
        }
        for at in 0..SPKI_PREFIX.len() {
            let mut changed = spki();
            changed[at] ^= 1;
            assert_eq!(
                parse(&Base::Base64Pad.encode(changed)).unwrap_err().code(),
                Code::PfnKeyInvalid,
                "byte {at}"
            );
        }
    }

    #[test]
    fn private_keys_are_named_and_never_repeated() {
        let pkcs8 =
            [b"\x30\x2e\x02\x01\x00\x30\x05\x06\x03\x2b\x65\x70\x04\x22\x04\x20".as_slice(), &SEED].concat();
        let body = Base::Base64Pad.encode(&pkcs8);
        let texts = [
            body.clone(),
            format!("-----BEGIN PRIVATE KEY-----\n{body}\n-----END PRIVATE KEY-----"),
            format!("-----BEGIN ENCRYPTED PRIVATE KEY-----\n{body}\n-----END ENCRYPTED PRIVATE KEY-----"),
        ];
        for text in texts {
            let error = parse(&text).unwrap_err();
            assert_eq!(error.code(), Code::PfnKeyInvalid);
            let (secret, _) = body.split_at(8);
            assert!(error.message().contains("private key") && !error.message().contains(secret), "{error}");
        }
    }

    #[test]
    fn other_texts_are_refused() {
        let body = Base::Base64Pad.encode(spki());
        let bare = Base::Base64Pad.encode(signing_key().verifying_key().to_bytes());
        let texts = [
            String::new(),
            "not a key".to_owned(),
            format!("{PEM_BEGIN}\n{body}\n"),
            format!("{PEM_BEGIN}\n{body}\n{PEM_END}\n{PEM_BEGIN}\n{body}\n{PEM_END}"),
            format!("Key: {PEM_BEGIN}\n{body}\n{PEM_END}"),
            format!("{PEM_BEGIN}\n{bare}\n{PEM_END}"),
            format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----"),
            format!("-----BEGIN PGP PUBLIC KEY BLOCK-----\n{body}\n-----END PGP PUBLIC KEY BLOCK-----"),
            format!("{bare}="),
        ];
        for text in texts {
            assert_eq!(parse(&text).map_err(|e| e.code()), Err(Code::PfnKeyInvalid), "{text}");
        }
        let latin1 = PublisherKey::parse(b"\xe9", &Limits::default()).unwrap_err();
        assert_eq!((latin1.code(), latin1.check()), (Code::InputNotUtf8, Some(Check::PfnKey)));
    }

    #[test]
    fn points_that_are_no_keys_are_refused() {
        let mut identity = [0; 32];
        identity[0] = 1;
        let mut not_canonical = [0xff; 32];
        (not_canonical[0], not_canonical[31]) = (0xf0, 0x7f);
        let mut off_the_curve = [0; 32];
        off_the_curve[0] = 2;
        for bytes in [identity, not_canonical, off_the_curve] {
            assert!(!message_of(&bytes).is_empty());
        }
    }

    #[test]
    fn the_size_limit_is_inclusive() {
        let text = Base::Base64Pad.encode(spki());
        let limits = |record_bytes| Limits { record_bytes, ..Limits::default() };
        assert!(PublisherKey::parse(text.as_bytes(), &limits(60)).is_ok());
        let error = PublisherKey::parse(text.as_bytes(), &limits(59)).unwrap_err();
        assert_eq!((error.code(), error.check()), (Code::InputTooLarge, Some(Check::PfnKey)));
    }
}
