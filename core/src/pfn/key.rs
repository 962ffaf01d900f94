//! Publisher keys, in the text forms that publishers hand out.

use crate::error::Error;
use crate::key::{PublicKey, pem};
use crate::tables::{Check, Limits};

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
    /// Reads a key from PEM on several lines or on one, the PEM body without its markers, or the bare 32 bytes; base64 or
    /// base64url, with or without padding. White space around and inside is ignored.
    ///
    /// # Errors
    ///
    /// [`Code::InputTooLarge`] beyond `limits.record_bytes`, [`Code::InputNotUtf8`], [`Code::PfnKeyInvalid`]. The message
    /// says what was given instead, and never repeats any of it: it may be a private key.
    pub fn parse(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        pem::read_ed25519(text, limits).map(PublisherKey).map_err(|error| error.at(Check::PfnKey))
    }

    /// The key itself.
    pub fn public_key(&self) -> &PublicKey {
        &self.0
    }
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
