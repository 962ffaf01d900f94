//! Ed25519 public keys as publishers hand them out: PEM, SubjectPublicKeyInfo, or the bare bytes in base64 (keys.md, "PEM
//! and SPKI").

use super::{PublicKey, mistakes};
use crate::encoding::base64;
use crate::error::Error;
use crate::json;
use crate::sniff;
use crate::tables::{Code, Limits};

/// The first line of a public key in PEM (RFC 7468, section 13).
const PEM_BEGIN: &str = "-----BEGIN PUBLIC KEY-----";

/// Its last line.
const PEM_END: &str = "-----END PUBLIC KEY-----";

/// How every SubjectPublicKeyInfo of an Ed25519 key starts; the 32 bytes of the key follow (RFC 8410, section 4).
const SPKI_PREFIX: &[u8] = b"\x30\x2a\x30\x05\x06\x03\x2b\x65\x70\x03\x21\x00";

/// Bytes of an Ed25519 public key (RFC 8032, section 5.1.5).
const KEY_BYTES: usize = 32;

/// Reads a key: PEM on several lines or on one, the PEM body without its markers, or the bare 32 bytes; base64 or base64url,
/// with or without padding. White space around and inside is ignored. `what` names the key in messages.
///
/// The federation node takes the last 32 bytes of whatever it decodes; that would verify signatures with an X25519 key, or
/// with the end of an RSA modulus. Here the bytes are exactly an Ed25519 key, or refused.
///
/// # Errors
///
/// [`Code::InputTooLarge`] above `limits.record_bytes`, [`Code::InputNotUtf8`], [`Code::PfnKeyInvalid`]. The message says
/// what was given instead, and never repeats any of it: it may be a private key.
pub(crate) fn read_ed25519(what: &str, text: &[u8], limits: &Limits) -> Result<PublicKey, Error> {
    json::check_size(what, text, ("recordBytes", limits.record_bytes))?;
    let text = utf8(what, text)?.trim_ascii();
    if text.is_empty() {
        return Err(no_key("the string is empty"));
    }
    if mistakes::is_private(text) {
        return Err(no_key(mistakes::PRIVATE_KEY));
    }
    if text.starts_with("-----BEGIN") { from_pem(text) } else { from_base64(text) }
}

fn utf8<'t>(what: &str, text: &'t [u8]) -> Result<&'t str, Error> {
    json::utf8(what, text).map_err(|error| {
        let message = if mistakes::is_der(text) {
            format!("the {what} is binary and looks like DER; give it as PEM")
        } else if let Some(thing) = sniff::known(text) {
            format!("expected the {what}, but {thing}")
        } else {
            return error;
        };
        Error::new(Code::InputNotUtf8, message)
    })
}

fn from_pem(text: &str) -> Result<PublicKey, Error> {
    let Some(rest) = text.strip_prefix(PEM_BEGIN) else { return Err(no_key(mistakes::in_pem(text))) };
    let bytes = rest.strip_suffix(PEM_END).and_then(decode).ok_or_else(|| no_key(fault_in_pem(rest)))?;
    from_spki(&bytes, None)
}

/// What is wrong with PEM, from what follows its first marker, if it is not base64 and the last marker.
fn fault_in_pem(rest: &str) -> &'static str {
    if rest.contains("\\n") {
        "the PEM contains \\n instead of line breaks"
    } else if rest.contains("-----BEGIN") {
        "there is more than one PEM block; give one key"
    } else if rest.ends_with(PEM_END) {
        "the PEM has something other than base64 between its markers"
    } else {
        "the PEM does not end with its END line"
    }
}

fn from_base64(text: &str) -> Result<PublicKey, Error> {
    match decode(text) {
        Some(bytes) if bytes.len() == KEY_BYTES => from_bytes(&bytes),
        Some(bytes) => from_spki(&bytes, mistakes::in_string(text)),
        None => Err(no_key(mistakes::in_string(text).unwrap_or("it is neither PEM nor base64"))),
    }
}

fn decode(text: &str) -> Option<Vec<u8>> {
    let compact: String = text.chars().filter(|character| !character.is_ascii_whitespace()).collect();
    base64::decode_any(&compact)
}

/// Reads a SubjectPublicKeyInfo. If it is not one of ours, its bytes say what it is, or else the string that it came from.
fn from_spki(bytes: &[u8], mistake: Option<&'static str>) -> Result<PublicKey, Error> {
    match bytes.strip_prefix(SPKI_PREFIX) {
        Some(key) if key.len() == KEY_BYTES => from_bytes(key),
        _ => Err(match mistakes::in_bytes(bytes).or(mistake) {
            Some(mistake) => no_key(mistake),
            None => no_key(&format!(
                "expected {KEY_BYTES} bytes, or the 44 of a SubjectPublicKeyInfo, found {}",
                bytes.len()
            )),
        }),
    }
}

fn from_bytes(bytes: &[u8]) -> Result<PublicKey, Error> {
    PublicKey::from_ed25519(bytes).map_err(|error| Error::new(Code::PfnKeyInvalid, error.message()))
}

fn no_key(what: &str) -> Error {
    Error::new(Code::PfnKeyInvalid, format!("not an Ed25519 public key: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use ed25519_dalek::SigningKey;
    use multibase::Base;

    const SEED: [u8; 32] = [7; 32];

    fn public() -> [u8; 32] {
        SigningKey::from_bytes(&SEED).verifying_key().to_bytes()
    }

    fn key() -> PublicKey {
        PublicKey::from_ed25519(&public()).unwrap()
    }

    fn parse(text: &str) -> Result<PublicKey, Error> {
        read_ed25519("key", text.as_bytes(), &Limits::default())
    }

    fn spki() -> Vec<u8> {
        [SPKI_PREFIX, &public()].concat()
    }

    fn message_of(der: &[u8]) -> String {
        let error = parse(&Base::Base64Pad.encode(der)).unwrap_err();
        assert_eq!(error.code(), Code::PfnKeyInvalid);
        error.message().to_owned()
    }

    #[test]
    fn every_form_is_the_same_key() {
        let bare = public();
        for base in [Base::Base64, Base::Base64Pad, Base::Base64Url, Base::Base64UrlPad] {
            for bytes in [bare.to_vec(), spki()] {
                assert_eq!(parse(&base.encode(bytes)).unwrap(), key());
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
            assert_eq!(parse(&text).unwrap(), key(), "{text}");
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
        assert!(message_of(&[7; 64]).contains("this has 64 bytes"));
    }

    #[test]
    fn the_subject_public_key_info_is_exact() {
        for changed in [[spki(), vec![0]].concat(), spki()[..43].to_vec()] {
            assert!(
                message_of(&changed).contains("this is an Ed25519 key, but not the 44 bytes"),
                "{changed:?}"
            );
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
    fn other_strings_are_refused() {
        let body = Base::Base64Pad.encode(spki());
        let bare = Base::Base64Pad.encode(public());
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
        let faults = [
            (format!("{PEM_BEGIN}\n{body}\n"), "does not end with its END line"),
            (format!("{PEM_BEGIN}\n?\n{PEM_END}"), "something other than base64"),
            (format!("{PEM_BEGIN}\\n{body}\\n{PEM_END}\\n"), "contains \\n instead of line breaks"),
            (format!("{PEM_BEGIN}\n{body}\n{PEM_END}\n").repeat(2), "more than one PEM block"),
            (format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----"), "a certificate;"),
            (format!("-----BEGIN NEW CERTIFICATE REQUEST-----\n{body}"), "a certificate request;"),
            ("-----BEGIN PGP PUBLIC KEY BLOCK-----".to_owned(), "OpenPGP"),
            ("-----BEGIN RSA PUBLIC KEY-----".to_owned(), "an RSA key"),
            ("-----BEGIN".to_owned(), "not labelled PUBLIC KEY"),
        ];
        for (text, expected) in faults {
            assert!(parse(&text).unwrap_err().message().contains(expected), "{text}");
        }
        let latin1 = read_ed25519("key", b"\xe9", &Limits::default()).unwrap_err();
        assert_eq!(latin1.code(), Code::InputNotUtf8);
    }

    #[test]
    fn points_that_are_not_keys_are_refused() {
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
}
