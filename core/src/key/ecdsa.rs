//! ECDSA over secp256k1 and P-256: compressed keys, low-S signatures (keys.md, "ECDSA").

use super::arithmetic::{COMPRESSED_BYTES, P256Point, Secp256k1Point, SignedDigest};
use crate::error::Error;
use crate::tables::Code;

/// A signature as r and s, 32 bytes each, big-endian.
pub(crate) type EcdsaSignature = [u8; 64];

/// A public key of a curve that signs operations.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum EcdsaKey {
    Secp256k1(Secp256k1Point),
    P256(P256Point),
}

/// The result of checking a signature under one key.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum EcdsaOutcome {
    Valid,
    /// It would be valid with s replaced by n - s: anyone can make such a signature from a valid one.
    HighS,
    Invalid,
}

impl EcdsaKey {
    pub(crate) fn secp256k1(bytes: &[u8]) -> Result<Self, Error> {
        let point = Secp256k1Point::from_compressed(compressed("secp256k1", bytes)?);
        point.map(EcdsaKey::Secp256k1).ok_or_else(|| not_a_point("secp256k1"))
    }

    pub(crate) fn p256(bytes: &[u8]) -> Result<Self, Error> {
        let point = P256Point::from_compressed(compressed("P-256", bytes)?);
        point.map(EcdsaKey::P256).ok_or_else(|| not_a_point("P-256"))
    }

    pub(crate) fn to_bytes(&self) -> Vec<u8> {
        match self {
            EcdsaKey::Secp256k1(point) => point.to_compressed().to_vec(),
            EcdsaKey::P256(point) => point.to_compressed().to_vec(),
        }
    }

    /// Checks a signature.
    ///
    /// r and s must be between 1 and n-1, and s at most half of n, on both curves (keys.md, "ECDSA").
    pub(crate) fn check(&self, signed: &SignedDigest<'_>, signature: &EcdsaSignature) -> EcdsaOutcome {
        match self {
            EcdsaKey::Secp256k1(point) => check_secp256k1(point, signed, signature),
            EcdsaKey::P256(point) => check_p256(point, signed, signature),
        }
    }

    /// Adds the check of an operation's signature to those that are handed out: where it is one on P-256, and r and s are in
    /// range.
    #[cfg(feature = "p256-handed-out")]
    pub(crate) fn hand_out(
        &self,
        operation: usize,
        message: &std::sync::Arc<[u8]>,
        signature: &EcdsaSignature,
        checks: &mut super::P256Checks,
    ) {
        if let (EcdsaKey::P256(point), Ok(signature)) = (self, p256::ecdsa::Signature::from_slice(signature))
        {
            checks.add(operation, point, message, signature.normalize_s());
        }
    }
}

// The two functions below are one algorithm over two crates' types. Being generic over `ecdsa::EcdsaCurve` would take a
// page of bounds to save ten lines.

fn check_secp256k1(
    point: &Secp256k1Point,
    signed: &SignedDigest<'_>,
    signature: &EcdsaSignature,
) -> EcdsaOutcome {
    let Ok(signature) = k256::ecdsa::Signature::from_slice(signature) else {
        return EcdsaOutcome::Invalid;
    };
    let low = signature.normalize_s();
    outcome(point.satisfies(signed, &low), low == signature)
}

fn check_p256(point: &P256Point, signed: &SignedDigest<'_>, signature: &EcdsaSignature) -> EcdsaOutcome {
    let Ok(signature) = p256::ecdsa::Signature::from_slice(signature) else {
        return EcdsaOutcome::Invalid;
    };
    let low = signature.normalize_s();
    outcome(signed.satisfied_on_p256(point, &low), low == signature)
}

fn outcome(low_form_is_valid: bool, is_low: bool) -> EcdsaOutcome {
    match (low_form_is_valid, is_low) {
        (true, true) => EcdsaOutcome::Valid,
        (true, false) => EcdsaOutcome::HighS,
        (false, _) => EcdsaOutcome::Invalid,
    }
}

/// Reads a P-256 signature from its strict DER form (X.690), as r and s. `None` for any other form.
pub(crate) fn p256_signature_from_der(der: &[u8]) -> Option<EcdsaSignature> {
    p256::ecdsa::Signature::from_der(der).ok().map(|signature| signature.to_bytes().into())
}

/// Checks the length and first byte of a compressed point; the curve crates accept other forms too.
fn compressed<'a>(curve: &str, bytes: &'a [u8]) -> Result<&'a [u8; COMPRESSED_BYTES], Error> {
    match <&[u8; COMPRESSED_BYTES]>::try_from(bytes) {
        Ok(point @ [2 | 3, ..]) => Ok(point),
        _ => {
            let message = format!(
                "not a {curve} public key: expected a compressed point of {COMPRESSED_BYTES} bytes, found {}",
                bytes.len()
            );
            Err(Error::new(Code::KeyInvalid, message))
        }
    }
}

fn not_a_point(curve: &str) -> Error {
    Error::new(Code::KeyInvalid, format!("not a {curve} public key: the bytes are not a point of the curve"))
}
