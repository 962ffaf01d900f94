//! Keys as people hold them: in any of their texts.

use super::{BASE58BTC, DID_KEY_PREFIX, KeyType, PublicKey, is_base58btc, pem};
use crate::error::Error;
use crate::json;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};

impl PublicKey {
    /// Reads a key that can verify signatures from any text that one is kept in: a did:key, a multibase text, or what
    /// [`PublisherKey::parse`](crate::pfn::PublisherKey::parse) takes (PEM, base64). White space around it is ignored.
    ///
    /// A text of nothing but base58btc characters that starts with `z` is a multibase text.
    ///
    /// Errors: [`Code::InputTooLarge`], [`Code::InputNotUtf8`], [`Code::KeyInvalid`], [`Code::KeyUnsupported`],
    /// [`Code::PfnKeyInvalid`].
    pub fn read(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        PublicKey::from_any(text, limits).map_err(|error| error.at(Check::Key))
    }

    fn from_any(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        json::check_size("key", text, ("recordBytes", limits.record_bytes))?;
        let trimmed = json::utf8("key", text)?.trim();
        let key: PublicKey = if trimmed.starts_with(DID_KEY_PREFIX) {
            trimmed.parse()?
        } else if trimmed.starts_with(BASE58BTC) && trimmed.bytes().all(is_base58btc) {
            PublicKey::from_multibase(trimmed)?
        } else if trimmed.starts_with("did:") {
            let message = format!("expected a public key, found an identity: {}", quote(trimmed));
            return Err(Error::new(Code::KeyInvalid, message));
        } else {
            return pem::read_ed25519(text, limits);
        };
        match key.key_type() {
            KeyType::Other(codec) => {
                let message =
                    format!("expected an Ed25519, secp256k1 or P-256 key, found multicodec {codec:#x}");
                Err(Error::new(Code::KeyUnsupported, message))
            }
            KeyType::Ed25519 | KeyType::Secp256k1 | KeyType::P256 => Ok(key),
        }
    }
}
