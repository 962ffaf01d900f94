//! did:keys of any type, carried as they are written.

use super::{BASE58BTC, DID_KEY_PREFIX, PublicKey, is_base58btc};
use crate::error::Error;

/// A did:key of any type, known only to be `did:key:z` and base58btc.
///
/// A verification method may have a key of an unknown type; it is carried as it is written, and becomes a [`PublicKey`] only
/// when a signature is verified with it (keys.md, "did:key").
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct DidKey(String);

impl DidKey {
    /// Takes a string of this form, and returns any other. Linear in its length: nothing is decoded.
    pub(crate) fn from_text(text: String) -> Result<Self, String> {
        let digits =
            text.strip_prefix(DID_KEY_PREFIX).and_then(|multibase| multibase.strip_prefix(BASE58BTC));
        match digits.is_some_and(|digits| !digits.is_empty() && digits.bytes().all(is_base58btc)) {
            true => Ok(DidKey(text)),
            false => Err(text),
        }
    }

    /// The whole did:key, as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The part after `did:key:`, as documents write it in `publicKeyMultibase`.
    pub fn multibase(&self) -> &str {
        self.0.strip_prefix(DID_KEY_PREFIX).unwrap_or_default()
    }

    /// The key itself.
    ///
    /// # Errors
    ///
    /// [`Code::KeyInvalid`](crate::Code::KeyInvalid).
    pub fn key(&self) -> Result<PublicKey, Error> {
        self.0.parse()
    }
}

impl serde::Serialize for DidKey {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::tables::Code;

    #[test]
    fn only_the_form_counts() {
        let unknown = DidKey::from_text("did:key:z1".to_owned()).unwrap();
        assert_eq!((unknown.as_str(), unknown.multibase()), ("did:key:z1", "z1"));
        assert_eq!(unknown.key().map_err(|error| error.code()), Err(Code::KeyInvalid));
        for text in
            ["", "did:key:", "did:key:z", "did:key:z0", "did:key:u7QE", "DID:KEY:z2J9", "did:key:z2J9#a"]
        {
            assert_eq!(DidKey::from_text(text.to_owned()), Err(text.to_owned()));
        }
    }
}
