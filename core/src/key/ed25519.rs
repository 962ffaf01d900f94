//! Ed25519, verified strictly (keys.md, "Ed25519").

use crate::error::Error;
use crate::tables::Code;
use ed25519_dalek::{Signature, VerifyingKey};

/// Bytes of an Ed25519 public key (RFC 8032, section 5.1.5).
const KEY_BYTES: usize = 32;

/// Bytes of an Ed25519 signature (RFC 8032, section 5.1.6).
pub(crate) const SIGNATURE_BYTES: usize = 64;

/// An Ed25519 public key: canonically encoded, on the curve, not of small order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Ed25519Key(VerifyingKey);

impl Ed25519Key {
    pub(crate) fn from_bytes(bytes: &[u8]) -> Result<Self, Error> {
        let invalid = |what: &str| Error::new(Code::KeyInvalid, format!("not an Ed25519 public key: {what}"));
        let bytes: &[u8; KEY_BYTES] = bytes
            .try_into()
            .map_err(|_| invalid(&format!("expected {KEY_BYTES} bytes, found {}", bytes.len())))?;
        let key =
            VerifyingKey::from_bytes(bytes).map_err(|_| invalid("the bytes are not a point of the curve"))?;
        // RFC 8032, section 5.1.3: y must be below the field's prime. The library reduces it instead.
        if key.to_edwards().compress().as_bytes() != bytes {
            return Err(invalid("the point is not encoded canonically"));
        }
        if key.is_weak() {
            return Err(invalid("the point has small order, so that anyone could sign for it"));
        }
        Ok(Ed25519Key(key))
    }

    pub(crate) fn to_bytes(&self) -> [u8; KEY_BYTES] {
        self.0.to_bytes()
    }

    /// Whether this key made the signature over the message: S is canonical, R does not have small order, and the equation
    /// holds without the cofactor.
    pub(crate) fn verifies(&self, message: &[u8], signature: &[u8; SIGNATURE_BYTES]) -> bool {
        self.0.verify_strict(message, &Signature::from_bytes(signature)).is_ok()
    }
}
