//! In Rust, everywhere: k256 and p256.

use super::{COMPRESSED_BYTES, SignedDigest};
use p256::ecdsa::signature::hazmat::PrehashVerifier;

/// A point of secp256k1. The other backend has no use for it.
#[cfg(any(test, not(feature = "native-crypto")))]
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secp256k1Point(k256::ecdsa::VerifyingKey);

#[cfg(any(test, not(feature = "native-crypto")))]
impl Secp256k1Point {
    /// `None` where no point of the curve has this x.
    pub(crate) fn from_compressed(bytes: &[u8; COMPRESSED_BYTES]) -> Option<Self> {
        k256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).ok().map(Secp256k1Point)
    }

    pub(crate) fn to_compressed(&self) -> [u8; COMPRESSED_BYTES] {
        k256::CompressedPoint::from(&self.0).into()
    }

    /// Whether the equation of ECDSA holds.
    pub(crate) fn satisfies(&self, signed: &SignedDigest<'_>, low: &k256::ecdsa::Signature) -> bool {
        self.0.verify_prehash(signed.sha256(), low).is_ok()
    }
}

/// A point of P-256.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct P256Point(pub(super) p256::ecdsa::VerifyingKey);

impl P256Point {
    /// `None` where no point of the curve has this x.
    pub(crate) fn from_compressed(bytes: &[u8; COMPRESSED_BYTES]) -> Option<Self> {
        p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).ok().map(P256Point)
    }

    pub(crate) fn to_compressed(&self) -> [u8; COMPRESSED_BYTES] {
        p256::CompressedPoint::from(&self.0).into()
    }

    #[cfg(feature = "p256-handed-out")]
    pub(crate) fn to_uncompressed(&self) -> Vec<u8> {
        self.0.to_sec1_point(false).as_bytes().to_vec()
    }

    /// Whether the equation of ECDSA holds.
    pub(crate) fn satisfies(&self, signed: &SignedDigest<'_>, low: &p256::ecdsa::Signature) -> bool {
        self.0.verify_prehash(signed.sha256(), low).is_ok()
    }
}
