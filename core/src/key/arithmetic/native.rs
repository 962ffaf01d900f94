//! In C and assembly, where the feature `native-crypto` asks for it: libsecp256k1 and ring.

use super::{COMPRESSED_BYTES, SignedDigest, pure};
use ring::signature::{ECDSA_P256_SHA256_FIXED, UnparsedPublicKey};
use secp256k1::{Message, Secp256k1, VerifyOnly, ecdsa};
use std::sync::LazyLock;

/// What libsecp256k1 wants to be handed. Nothing secret is computed with it, and making one costs as much as a check.
static CONTEXT: LazyLock<Secp256k1<VerifyOnly>> = LazyLock::new(Secp256k1::verification_only);

/// A point of secp256k1.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Secp256k1Point(secp256k1::PublicKey);

impl Secp256k1Point {
    /// `None` where no point of the curve has this x.
    pub(crate) fn from_compressed(bytes: &[u8; COMPRESSED_BYTES]) -> Option<Self> {
        secp256k1::PublicKey::from_byte_array_compressed(*bytes).ok().map(Secp256k1Point)
    }

    pub(crate) fn to_compressed(&self) -> [u8; COMPRESSED_BYTES] {
        self.0.serialize()
    }

    /// Whether the equation of ECDSA holds.
    pub(crate) fn satisfies(&self, signed: &SignedDigest<'_>, low: &k256::ecdsa::Signature) -> bool {
        let signature = ecdsa::Signature::from_compact(&low.to_bytes());
        let message = Message::from_digest(*signed.sha256());
        signature.is_ok_and(|signature| CONTEXT.verify_ecdsa(message, &signature, &self.0).is_ok())
    }
}

/// A point of P-256. ring neither decompresses points nor checks digests, so p256 does.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct P256Point(pure::P256Point);

impl P256Point {
    /// `None` where no point of the curve has this x.
    pub(crate) fn from_compressed(bytes: &[u8; COMPRESSED_BYTES]) -> Option<Self> {
        pure::P256Point::from_compressed(bytes).map(P256Point)
    }

    pub(crate) fn to_compressed(&self) -> [u8; COMPRESSED_BYTES] {
        self.0.to_compressed()
    }

    #[cfg(feature = "p256-handed-out")]
    pub(crate) fn to_uncompressed(&self) -> Vec<u8> {
        self.0.to_uncompressed()
    }

    /// Whether the equation of ECDSA holds.
    pub(crate) fn satisfies(&self, signed: &SignedDigest<'_>, low: &p256::ecdsa::Signature) -> bool {
        let Some(message) = signed.message() else { return self.0.satisfies(signed, low) };
        let point = self.0.0.to_sec1_point(false);
        UnparsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.as_bytes())
            .verify(message, &low.to_bytes())
            .is_ok()
    }
}
