//! In C and assembly, where the feature `native-crypto` asks for it: libsecp256k1 and AWS-LC.

use super::COMPRESSED_BYTES;
use aws_lc_rs::digest::{Digest, SHA256};
use aws_lc_rs::signature::{ECDSA_P256_SHA256_FIXED, ParsedPublicKey};
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
    pub(crate) fn satisfies(&self, prehash: &[u8; 32], low: &k256::ecdsa::Signature) -> bool {
        let signature = ecdsa::Signature::from_compact(&low.to_bytes());
        let message = Message::from_digest(*prehash);
        signature.is_ok_and(|signature| CONTEXT.verify_ecdsa(message, &signature, &self.0).is_ok())
    }
}

/// A point of P-256: as its bytes, which p256 decompresses faster than AWS-LC, and as AWS-LC takes it.
#[derive(Debug, Clone)]
pub(crate) struct P256Point {
    compressed: [u8; COMPRESSED_BYTES],
    key: ParsedPublicKey,
}

impl P256Point {
    /// `None` where no point of the curve has this x.
    pub(crate) fn from_compressed(bytes: &[u8; COMPRESSED_BYTES]) -> Option<Self> {
        let point = p256::ecdsa::VerifyingKey::from_sec1_bytes(bytes).ok()?.to_sec1_point(false);
        let key = ParsedPublicKey::new(&ECDSA_P256_SHA256_FIXED, point.as_bytes()).ok()?;
        Some(P256Point { compressed: *bytes, key })
    }

    pub(crate) fn to_compressed(&self) -> [u8; COMPRESSED_BYTES] {
        self.compressed
    }

    /// Whether the equation of ECDSA holds.
    pub(crate) fn satisfies(&self, prehash: &[u8; 32], low: &p256::ecdsa::Signature) -> bool {
        let digest = Digest::import_less_safe(prehash, &SHA256);
        digest.is_ok_and(|digest| self.key.verify_digest_sig(&digest, &low.to_bytes()).is_ok())
    }
}

impl PartialEq for P256Point {
    fn eq(&self, other: &Self) -> bool {
        self.compressed == other.compressed
    }
}

impl Eq for P256Point {}
