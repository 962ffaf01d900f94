//! Public keys, and the texts they are written in.

mod ecdsa;
mod ed25519;
pub(crate) mod pem;
mod text;
#[cfg(test)]
mod wycheproof_tests;

pub(crate) use ecdsa::{EcdsaKey, EcdsaOutcome, EcdsaSignature, p256_signature_from_der};
pub(crate) use ed25519::Ed25519Key;

use crate::error::Error;
use crate::quote::quote;
use crate::tables::Code;
use std::fmt;
use std::str::FromStr;

/// What every did:key of a base58btc multibase starts with.
const DID_KEY_PREFIX: &str = "did:key:";

/// The multibase prefix of base58btc, the only base that did:key and Multikey use.
const BASE58BTC: char = 'z';

/// The longest multibase text that is decoded. Base58 takes quadratic time, so it is bounded; the directory accepts
/// did:keys of at most 256 characters.
const MAX_MULTIBASE_CHARS: usize = 256;

/// Multicodec of an Ed25519 public key (multicodec table).
const CODEC_ED25519: u64 = 0xed;
/// Multicodec of a compressed secp256k1 public key.
const CODEC_SECP256K1: u64 = 0xe7;
/// Multicodec of a compressed P-256 public key.
const CODEC_P256: u64 = 0x1200;

/// A public key: a valid point of its curve, or bytes of a type that cannot be used here but can be carried.
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
pub struct PublicKey(Kind);

#[derive(Debug, Clone, PartialEq, Eq)]
enum Kind {
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
    /// Another multicodec. Such a key can be carried in a document, and verifies nothing.
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
    /// Reads a key from its multibase text: `z` and the base58btc of multicodec and key bytes.
    ///
    /// Errors: [`Code::KeyInvalid`].
    pub fn from_multibase(text: &str) -> Result<Self, Error> {
        let digits = text.strip_prefix(BASE58BTC).filter(|digits| digits.len() < MAX_MULTIBASE_CHARS);
        let bytes = digits.and_then(|digits| bs58::decode(digits).into_vec().ok());
        let Some(bytes) = bytes else {
            let message =
                format!("expected z and at most 255 characters of base58btc, found {}", quote(text));
            return Err(Error::new(Code::KeyInvalid, message));
        };
        PublicKey::from_multicodec(&bytes)
    }

    /// Reads a key from its multicodec bytes: the codec as an unsigned varint, then the key: 32 bytes for Ed25519, the
    /// 33 bytes of a compressed point for secp256k1 and P-256, anything for other codecs.
    ///
    /// Errors: [`Code::KeyInvalid`], also for an Ed25519 key of small order, which would make any signature valid.
    pub fn from_multicodec(bytes: &[u8]) -> Result<Self, Error> {
        let (codec, key) = split_varint(bytes).ok_or_else(|| {
            Error::new(Code::KeyInvalid, "the key does not start with a canonical multicodec varint")
        })?;
        let kind = match codec {
            CODEC_ED25519 => Kind::Ed25519(Ed25519Key::from_bytes(key)?),
            CODEC_SECP256K1 => Kind::Ecdsa(EcdsaKey::secp256k1(key)?),
            CODEC_P256 => Kind::Ecdsa(EcdsaKey::p256(key)?),
            _ if key.is_empty() => {
                return Err(Error::new(Code::KeyInvalid, "no key follows the multicodec varint"));
            }
            _ => Kind::Other { codec, bytes: key.to_vec() },
        };
        Ok(PublicKey(kind))
    }

    /// Makes a key from the 32 bytes of an Ed25519 public key (RFC 8032, section 5.1.5).
    ///
    /// Errors: [`Code::KeyInvalid`].
    pub fn from_ed25519(bytes: &[u8]) -> Result<Self, Error> {
        Ed25519Key::from_bytes(bytes).map(|key| PublicKey(Kind::Ed25519(key)))
    }

    /// The type of the key.
    pub fn key_type(&self) -> KeyType {
        match &self.0 {
            Kind::Ed25519(_) => KeyType::Ed25519,
            Kind::Ecdsa(EcdsaKey::Secp256k1(_)) => KeyType::Secp256k1,
            Kind::Ecdsa(EcdsaKey::P256(_)) => KeyType::P256,
            Kind::Other { codec, .. } => KeyType::Other(*codec),
        }
    }

    /// The key's bytes without the multicodec: 32 for Ed25519, 33 for the curves of ECDSA.
    pub fn to_bytes(&self) -> Vec<u8> {
        match &self.0 {
            Kind::Ed25519(key) => key.to_bytes().to_vec(),
            Kind::Ecdsa(key) => key.to_bytes(),
            Kind::Other { bytes, .. } => bytes.clone(),
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
        let mut bytes = varint(codec);
        bytes.extend(self.to_bytes());
        bytes
    }

    /// The multibase text: `z` and base58btc.
    pub fn to_multibase(&self) -> String {
        format!("{BASE58BTC}{}", bs58::encode(self.to_multicodec()).into_string())
    }

    /// The did:key text.
    pub fn to_did_key(&self) -> String {
        format!("{DID_KEY_PREFIX}{}", self.to_multibase())
    }

    /// The key, if it is one that can sign operations.
    pub(crate) fn as_ecdsa(&self) -> Option<&EcdsaKey> {
        match &self.0 {
            Kind::Ecdsa(key) => Some(key),
            Kind::Ed25519(_) | Kind::Other { .. } => None,
        }
    }

    /// The key, if it is an Ed25519 key.
    pub(crate) fn as_ed25519(&self) -> Option<&Ed25519Key> {
        match &self.0 {
            Kind::Ed25519(key) => Some(key),
            Kind::Ecdsa(_) | Kind::Other { .. } => None,
        }
    }
}

impl FromStr for PublicKey {
    type Err = Error;

    /// Reads a did:key. Errors: [`Code::KeyInvalid`].
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

/// The text of a did:key of any type, known only to be `did:key:z` and base58btc.
///
/// A verification method may hold a key of a type that nobody here knows; it is carried as it is written, and becomes
/// a [`PublicKey`] only where a signature is to be checked with it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DidKey(String);

impl DidKey {
    /// Takes the text when it has the form, and gives it back otherwise. Linear in its length: nothing is decoded.
    pub(crate) fn from_text(text: String) -> Result<Self, String> {
        let digits =
            text.strip_prefix(DID_KEY_PREFIX).and_then(|multibase| multibase.strip_prefix(BASE58BTC));
        match digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(is_base58btc)) {
            true => Ok(DidKey(text)),
            false => Err(text),
        }
    }

    /// The whole did:key, as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after `did:key:`, as documents write it in `publicKeyMultibase`.
    pub fn multibase(&self) -> &str {
        self.0.strip_prefix(DID_KEY_PREFIX).unwrap_or_default()
    }

    /// The key itself. Errors: [`Code::KeyInvalid`].
    pub fn key(&self) -> Result<PublicKey, Error> {
        self.0.parse()
    }
}

impl serde::Serialize for DidKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

/// The alphabet of base58btc: letters and digits without 0, O, I and l.
fn is_base58btc(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() && !matches!(byte, b'0' | b'O' | b'I' | b'l')
}

/// Splits an unsigned varint of at most 63 bits off the front. `None` where it is cut off, too long or not minimal
/// (multiformats unsigned-varint specification).
fn split_varint(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let mut value = 0u64;
    let mut rest = bytes;
    for shift in (0u32..63).step_by(7) {
        let (&byte, tail) = rest.split_first()?;
        rest = tail;
        value |= u64::from(byte & 0x7f).checked_shl(shift)?;
        if byte & 0x80 == 0 {
            let is_minimal = byte != 0 || shift == 0;
            return is_minimal.then_some((value, rest));
        }
    }
    None
}

/// Writes an unsigned varint.
fn varint(mut value: u64) -> Vec<u8> {
    let mut bytes = Vec::new();
    loop {
        let [low, ..] = (value & 0x7f).to_le_bytes();
        value >>= 7;
        if value == 0 {
            bytes.push(low);
            return bytes;
        }
        bytes.push(low | 0x80);
    }
}
