//! Keys as people have them: in any of their forms (keys.md, "Forms of a key").

use super::{BASE58BTC, DID_KEY_PREFIX, KeyType, PublicKey, is_base58btc, mistakes, pem};
use crate::error::Error;
use crate::json;
use crate::tables::{Check, Code, Limits};

/// What messages call the string.
const WHAT: &str = "key";

/// Multicodecs of private keys, from ed25519-priv to p521-priv (multicodec table).
const PRIVATE_CODECS: std::ops::RangeInclusive<u64> = 0x1300..=0x1308;

impl PublicKey {
    /// Reads a key that can verify signatures from any form that one is kept in: a did:key, a multibase string, or what
    /// [`PublisherKey::parse`](crate::pfn::PublisherKey::parse) accepts (PEM, base64). White space around it is ignored.
    ///
    /// A string of nothing but base58btc characters that starts with `z` is a multibase string.
    ///
    /// # Errors
    ///
    /// [`Code::InputTooLarge`], [`Code::InputNotUtf8`], [`Code::KeyInvalid`], [`Code::KeyUnsupported`],
    /// [`Code::PfnKeyInvalid`]. The message names what is often given in place of a key, and does not repeat what could be
    /// secret.
    pub fn read(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        PublicKey::from_any(text, limits).map_err(|error| error.at(Check::Key))
    }

    fn from_any(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        json::check_size(WHAT, text, ("recordBytes", limits.record_bytes))?;
        let string = std::str::from_utf8(text).unwrap_or_default().trim_ascii();
        let key: PublicKey = if string.starts_with(DID_KEY_PREFIX) {
            string.parse()?
        } else if string.starts_with(BASE58BTC) && string.bytes().all(is_base58btc) {
            PublicKey::from_multibase(string)?
        } else {
            return pem::read_ed25519(WHAT, text, limits);
        };
        match key.key_type() {
            KeyType::Ed25519 | KeyType::Secp256k1 | KeyType::P256 => Ok(key),
            KeyType::Other(codec) => Err(unsupported(codec)),
        }
    }
}

fn unsupported(codec: u64) -> Error {
    let message = if PRIVATE_CODECS.contains(&codec) {
        mistakes::PRIVATE_KEY.to_owned()
    } else {
        format!("expected an Ed25519, secp256k1 or P-256 key, found multicodec {codec:#x}")
    };
    Error::new(Code::KeyUnsupported, message)
}

#[cfg(test)]
mod tests {
    use super::super::varint;
    use super::*;
    use multibase::Base;

    const DID_KEYS: [(&str, KeyType); 3] = [
        ("did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK", KeyType::Ed25519),
        ("did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme", KeyType::Secp256k1),
        ("did:key:zDnaerx9CtbPJ1q36T5Ln5wYt3MQYeGRG5ehnPAmxcf5mDZpv", KeyType::P256),
    ];

    fn read(text: &str) -> Result<PublicKey, Error> {
        PublicKey::read(text.as_bytes(), &Limits::default())
    }

    fn error(text: &str) -> Error {
        let error = read(text).unwrap_err();
        assert_eq!(error.check(), Some(Check::Key), "{text}");
        error
    }

    fn multibase(codec: u64, key: &[u8]) -> String {
        format!("z{}", Base::Base58Btc.encode([varint::encode(codec), key.to_vec()].concat()))
    }

    #[test]
    fn every_form_is_the_same_key() {
        for (did_key, key_type) in DID_KEYS {
            let key: PublicKey = did_key.parse().unwrap();
            assert_eq!(key.key_type(), key_type);
            for text in [did_key.to_owned(), key.to_multibase(), format!(" \t\r\n{did_key}\n")] {
                assert_eq!(read(&text).unwrap(), key, "{text}");
            }
        }
        let (ed25519, _) = DID_KEYS[0];
        let key: PublicKey = ed25519.parse().unwrap();
        assert_eq!(read(&Base::Base64Pad.encode(key.to_bytes())).unwrap(), key);
    }

    #[test]
    fn other_types_are_unsupported() {
        for (codec, expected) in [(0xec, "multicodec 0xec"), (0x12ff, "0x12ff"), (0x1309, "0x1309")] {
            let error = error(&multibase(codec, &[1; 32]));
            assert_eq!(error.code(), Code::KeyUnsupported);
            assert!(error.message().contains(expected), "{error}");
        }
    }

    #[test]
    fn private_keys_are_named_and_never_repeated() {
        for codec in [0x1300, 0x1301, 0x1306, 0x1308] {
            let text = multibase(codec, &[1; 32]);
            for text in [text.clone(), format!("did:key:{text}")] {
                let error = error(&text);
                assert_eq!(error.code(), Code::KeyUnsupported);
                assert!(error.message().contains("private key") && !error.message().contains('z'), "{error}");
            }
        }
        let long = multibase(0x1305, &[1; 300]);
        let error = error(&long);
        assert_eq!(error.code(), Code::KeyInvalid);
        let (start, _) = long.split_at(8);
        assert!(!error.message().contains(start), "{error}");
    }

    #[test]
    fn other_things_are_named() {
        let things = [
            ("/home/alice/keys/publisher.pem", "looks like a path"),
            ("did:plc:z72i7hdynmk6r22z27h6tvur", "this is an identity (a DID)"),
            ("PK\u{3}\u{4}", "this is a ZIP file"),
            ("-----BEGIN PRIVATE KEY-----\nMC4=\n-----END PRIVATE KEY-----", "this is a private key"),
            ("ssh-ed25519 AAAA alice@host", "this is an OpenSSH key"),
            ("", "empty"),
            (" \n", "empty"),
        ];
        for (text, expected) in things {
            let error = error(text);
            assert_eq!(error.code(), Code::PfnKeyInvalid, "{text}");
            assert!(error.message().contains(expected), "{error}");
        }
        let binary = |bytes: &[u8]| PublicKey::read(bytes, &Limits::default()).unwrap_err();
        let files: [(&[u8], &str); 3] =
            [(b"PK\x03\x04\xff", "ZIP file"), (b"\x30\x03\x05\xff\xff", "DER"), (b"\xff", "not UTF-8")];
        for (bytes, expected) in files {
            let error = binary(bytes);
            assert_eq!(error.code(), Code::InputNotUtf8);
            assert!(error.message().contains(expected), "{error}");
        }
    }

    #[test]
    fn the_size_limit_is_inclusive() {
        let (text, _) = DID_KEYS[0];
        let limits = |record_bytes| Limits { record_bytes, ..Limits::default() };
        assert!(PublicKey::read(text.as_bytes(), &limits(56)).is_ok());
        let error = PublicKey::read(text.as_bytes(), &limits(55)).unwrap_err();
        assert_eq!((error.code(), error.limit()), (Code::InputTooLarge, Some("recordBytes")));
    }
}
