//! The one place where curves are computed with, in two backends.
//!
//! What a key and a signature must look like is decided outside, in `ecdsa.rs` and `ed25519.rs`, and is the same for both:
//! a backend reads points, and says whether a signature whose r and s are in range, with a low s, satisfies the equation.
//! Ed25519 has one backend: ed25519-dalek's `verify_strict` is the criterion that we state.

#[cfg(feature = "native-crypto")]
#[cfg(test)]
mod agreement_tests;
#[cfg(feature = "native-crypto")]
mod native;
mod pure;

#[cfg(feature = "native-crypto")]
pub(crate) use native::{P256Point, Secp256k1Point};
#[cfg(not(feature = "native-crypto"))]
pub(crate) use pure::{P256Point, Secp256k1Point};

use sha2::{Digest, Sha256};

/// The libraries that check signatures and make digests in this build, for whoever asks what is installed.
///
/// ```
/// assert!(fedverify::CRYPTOGRAPHY.contains("ed25519-dalek"));
/// ```
pub const CRYPTOGRAPHY: &str = if cfg!(feature = "native-crypto") {
    "libsecp256k1, ring (P-256, SHA-384), ed25519-dalek, sha2"
} else {
    "k256, p256, ed25519-dalek, sha2"
};

/// The SHA-256 digest that was signed. With its message where that is at hand: ring checks nothing else.
pub(crate) struct SignedDigest<'m> {
    sha256: [u8; 32],
    #[cfg_attr(
        not(feature = "native-crypto"),
        expect(dead_code, reason = "the pure backend takes the digest")
    )]
    message: Option<&'m [u8]>,
}

impl<'m> SignedDigest<'m> {
    /// The digest alone: of a package, which is not kept.
    pub(crate) fn new(sha256: [u8; 32]) -> Self {
        SignedDigest { sha256, message: None }
    }

    pub(crate) fn of_message(message: &'m [u8]) -> Self {
        SignedDigest { sha256: Sha256::digest(message).into(), message: Some(message) }
    }
}

/// Bytes of a compressed point (SEC 1, section 2.3.3), on both curves.
pub(crate) const COMPRESSED_BYTES: usize = 33;
