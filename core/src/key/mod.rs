//! Public keys, and the strings they are written in.

mod arithmetic;
mod cache;
mod did_key;
mod ecdsa;
mod ed25519;
mod forms;
mod mistakes;
pub(crate) mod pem;
mod varint;
#[cfg(test)]
mod wycheproof_tests;

pub use arithmetic::CRYPTOGRAPHY;
#[cfg(feature = "p256-handed-out")]
pub use arithmetic::P256Check;
pub(crate) use arithmetic::{P256Checks, SignedDigest};
pub(crate) use cache::ecdsa_key;
pub use did_key::DidKey;
pub(crate) use ecdsa::{EcdsaKey, EcdsaOutcome, EcdsaSignature, p256_signature_from_der};
pub(crate) use ed25519::Ed25519Key;

use crate::error::Error;
use crate::quote::quote;
use crate::tables::Code;
use std::fmt;
use std::str::FromStr;

/// How every did:key starts.
const DID_KEY_PREFIX: &str = "did:key:";

/// The multibase prefix of base58btc, the only base that did:key and Multikey use.
const BASE58BTC: char = 'z';

/// The longest multibase string that is decoded (keys.md, "Multibase and multicodec"). Base58 takes quadratic time, so it is
/// bounded; the directory accepts did:keys of at most 256 characters.
const MAX_MULTIBASE_CHARS: usize = 256;

/// The multicodec of an Ed25519 public key (multicodec table).
const CODEC_ED25519: u64 = 0xed;
/// The multicodec of a compressed secp256k1 public key.
const CODEC_SECP256K1: u64 = 0xe7;
/// The multicodec of a compressed P-256 public key.
const CODEC_P256: u64 = 0x1200;

/// A public key: a valid point of its curve, or bytes of a type that cannot verify signatures here but can be carried.
///
/// ```
/// use fedverify::{KeyType, PublicKey};
///
/// let key: PublicKey = "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme".parse()?;
/// assert_eq!(key.key_type(), KeyType::Secp256k1);
/// assert_eq!(key, PublicKey::from_multibase("zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme")?);
/// assert_eq!(key.to_did_key(), "did:key:zQ3shokFTS3brHcDQrn82RUDfCZESWL1ZdCEJwekUDPQiYBme");
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublicKey(Form);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Form {
    Ed25519(Ed25519Key),
    Ecdsa(EcdsaKey),
    Other { codec: u64, bytes: Vec<u8> },
}

/// The type of a public key.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum KeyType {
    /// Ed25519 (RFC 8032): signs packages and PFN records.
    Ed25519,
    /// secp256k1 (SEC 2): signs operations, and packages in the legacy form.
    Secp256k1,
    /// P-256 (FIPS 186): signs operations, and packages in the legacy form.
    P256,
    /// Another multicodec. A document can carry such a key, but it verifies nothing.
    Other(u64),
}

impl fmt::Display for KeyType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            KeyType::Ed25519 => f.write_str("Ed25519"),
            KeyType::Secp256k1 => f.write_str("secp256k1"),
            KeyType::P256 => f.write_str("P-256"),
            KeyType::Other(codec) => write!(f, "multicodec {codec:#x}"),
        }
    }
}

impl PublicKey {
    /// Reads a key from its multibase string: `z` and the base58btc of multicodec and key bytes (keys.md, "Multibase and
    /// multicodec").
    ///
    /// # Errors
    ///
    /// [`Code::KeyInvalid`].
    pub fn from_multibase(text: &str) -> Result<Self, Error> {
        if text.len() > MAX_MULTIBASE_CHARS {
            let size = text.len();
            let message = format!(
                "expected a key of at most {MAX_MULTIBASE_CHARS} characters in multibase, found {size}"
            );
            return Err(Error::new(Code::KeyInvalid, message));
        }
        let digits = text.strip_prefix(BASE58BTC);
        let bytes = digits.and_then(|digits| bs58::decode(digits).into_vec().ok()).ok_or_else(|| {
            Error::new(Code::KeyInvalid, format!("expected z and base58btc, found {}", quote(text)))
        })?;
        PublicKey::decoded(&bytes)
    }

    /// Reads a key from its multicodec bytes: the codec as an unsigned varint, then the key: 32 bytes for Ed25519, the
    /// 33 bytes of a compressed point for secp256k1 and P-256, for other codecs anything whose multibase string would be read.
    ///
    /// # Errors
    ///
    /// [`Code::KeyInvalid`], also for an Ed25519 key of small order, under which anyone can sign.
    pub fn from_multicodec(bytes: &[u8]) -> Result<Self, Error> {
        // Each byte takes a character or more, so that nothing long is encoded only to be counted.
        let is_short = bytes.len() < MAX_MULTIBASE_CHARS
            && bs58::encode(bytes).into_string().len() < MAX_MULTIBASE_CHARS;
        if !is_short {
            let message = format!(
                "expected a key of at most {MAX_MULTIBASE_CHARS} characters in multibase, found more"
            );
            return Err(Error::new(Code::KeyInvalid, message));
        }
        PublicKey::decoded(bytes)
    }

    /// The key of multicodec bytes whose multibase string is not too long.
    fn decoded(bytes: &[u8]) -> Result<Self, Error> {
        let (codec, key) = varint::split(bytes).ok_or_else(|| {
            Error::new(Code::KeyInvalid, "the key does not start with a minimal multicodec varint")
        })?;
        let kind = match codec {
            CODEC_ED25519 => Form::Ed25519(Ed25519Key::from_bytes(key)?),
            CODEC_SECP256K1 => Form::Ecdsa(EcdsaKey::secp256k1(key)?),
            CODEC_P256 => Form::Ecdsa(EcdsaKey::p256(key)?),
            _ if key.is_empty() => {
                return Err(Error::new(Code::KeyInvalid, "no key follows the multicodec varint"));
            }
            _ => Form::Other { codec, bytes: key.to_vec() },
        };
        Ok(PublicKey(kind))
    }

    /// Makes a key from the 32 bytes of an Ed25519 public key (keys.md, "Ed25519").
    ///
    /// # Errors
    ///
    /// [`Code::KeyInvalid`].
    pub fn from_ed25519(bytes: &[u8]) -> Result<Self, Error> {
        Ed25519Key::from_bytes(bytes).map(|key| PublicKey(Form::Ed25519(key)))
    }

    /// The type of the key.
    pub fn key_type(&self) -> KeyType {
        match &self.0 {
            Form::Ed25519(_) => KeyType::Ed25519,
            Form::Ecdsa(EcdsaKey::Secp256k1(_)) => KeyType::Secp256k1,
            Form::Ecdsa(EcdsaKey::P256(_)) => KeyType::P256,
            Form::Other { codec, .. } => KeyType::Other(*codec),
        }
    }

    /// The key's bytes without the multicodec: 32 for Ed25519, 33 for the curves of ECDSA.
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Form::Ed25519(key) => key.to_bytes().to_vec(),
            Form::Ecdsa(key) => key.to_bytes(),
            Form::Other { bytes, .. } => bytes.clone(),
        }
    }

    /// The multicodec bytes, as [`PublicKey::from_multicodec`] reads them.
    pub fn to_multicodec(&self) -> Vec<u8> {
        let codec = match self.key_type() {
            KeyType::Ed25519 => CODEC_ED25519,
            KeyType::Secp256k1 => CODEC_SECP256K1,
            KeyType::P256 => CODEC_P256,
            KeyType::Other(codec) => codec,
        };
        let mut bytes = varint::encode(codec);
        bytes.extend(self.to_bytes());
        bytes
    }

    /// The multibase string: `z` and base58btc.
    pub fn to_multibase(&self) -> String {
        format!("{BASE58BTC}{}", bs58::encode(self.to_multicodec()).into_string())
    }

    /// The did:key.
    pub fn to_did_key(&self) -> String {
        format!("{DID_KEY_PREFIX}{}", self.to_multibase())
    }

    /// The key, if it is one that can sign operations.
    pub(crate) fn as_ecdsa(&self) -> Option<&EcdsaKey> {
        match &self.0 {
            Form::Ecdsa(key) => Some(key),
            Form::Ed25519(_) | Form::Other { .. } => None,
        }
    }

    /// The key, if it is an Ed25519 key.
    pub(crate) fn as_ed25519(&self) -> Option<&Ed25519Key> {
        match &self.0 {
            Form::Ed25519(key) => Some(key),
            Form::Ecdsa(_) | Form::Other { .. } => None,
        }
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    /// Reads a did:key (keys.md, "did:key").
    ///
    /// # Errors
    ///
    /// [`Code::KeyInvalid`].
    fn from_str(text: &str) -> Result<Self, Error> {
        let multibase = text.strip_prefix(DID_KEY_PREFIX).ok_or_else(|| {
            Error::new(Code::KeyInvalid, format!("expected {DID_KEY_PREFIX}z…, found {}", quote(text)))
        })?;
        PublicKey::from_multibase(multibase)
    }
}

impl fmt::Display for PublicKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.to_did_key())
    }
}

/// The alphabet of base58btc: letters and digits without 0, O, I and l.
fn is_base58btc(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn code<T>(outcome: Result<T, Error>) -> Option<Code> {
        outcome.err().map(|error| error.code())
    }

    #[test]
    fn a_key_has_one_string() {
        let text = "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK";
        let key: PublicKey = text.parse().unwrap();
        assert_eq!((key.to_did_key().as_str(), key.to_string().as_str()), (text, text));
        assert_eq!(PublicKey::from_multicodec(&key.to_multicodec()).as_ref(), Ok(&key));
        let others = [
            "",
            "did:key:",
            "did:key:z",
            "did:key:z0",
            "DID:KEY:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
            "did:key:Z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
            "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK ",
            "did:key:z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK#a",
            "did:key:u7QEuoFv1",
            "z6MkhaXgBZDvotDkL5257faiztiGiC2QtKLGpbnnEGta2doK",
        ];
        for other in others {
            assert_eq!(code(other.parse::<PublicKey>()), Some(Code::KeyInvalid), "{other:?}");
        }
    }

    #[test]
    fn multibase_is_bounded_inclusively() {
        // Base58 writes a zero byte as 1. 0 is the multicodec of no key, so these are keys of another type.
        let of =
            |chars: usize| PublicKey::from_multibase(&format!("z{}", "1".repeat(chars.saturating_sub(1))));
        assert_eq!(of(256).unwrap().key_type(), KeyType::Other(0));
        assert_eq!(code(of(257)), Some(Code::KeyInvalid));
    }

    #[test]
    fn a_key_has_the_length_of_its_type() {
        let other = |codec: u8, length: usize| {
            PublicKey::from_multicodec(&[&[codec, 1], &vec![3; length][..]].concat())
        };
        assert_eq!(code(other(0xed, 31)), Some(Code::KeyInvalid));
        assert_eq!(code(other(0xed, 33)), Some(Code::KeyInvalid));
        assert_eq!(code(other(0xe7, 32)), Some(Code::KeyInvalid));
        assert_eq!(code(other(0xe7, 34)), Some(Code::KeyInvalid));
        assert_eq!(code(other(0xec, 0)), Some(Code::KeyInvalid));
        assert_eq!(other(0xec, 1).unwrap().to_bytes(), [3]);
    }
}
