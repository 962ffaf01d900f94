//! The one place where curves are computed with, in two backends.
//!
//! What a key and a signature must look like is decided outside, in `ecdsa.rs` and `ed25519.rs`, and is the same for both:
//! a backend reads points, and says whether a signature whose r and s are in range, with a low s, satisfies the equation.
//! Ed25519 has no second backend: that of AWS-LC is no faster than ed25519-dalek (docs/performance.md).

#[cfg(feature = "native-crypto")]
#[cfg(test)]
mod agreement_tests;
#[cfg(feature = "native-crypto")]
mod native;
#[cfg(any(test, not(feature = "native-crypto")))]
mod pure;

#[cfg(feature = "native-crypto")]
pub(crate) use native::{P256Point, Secp256k1Point};
#[cfg(not(feature = "native-crypto"))]
pub(crate) use pure::{P256Point, Secp256k1Point};

/// The libraries that check signatures and make digests in this build, for whoever asks what is installed.
///
/// ```
/// assert!(fedverify::CRYPTOGRAPHY.contains("ed25519-dalek"));
/// ```
pub const CRYPTOGRAPHY: &str = if cfg!(feature = "native-crypto") {
    "libsecp256k1, AWS-LC (P-256), ed25519-dalek, sha2"
} else {
    "k256, p256, ed25519-dalek, sha2"
};

/// Bytes of a compressed point (SEC 1, section 2.3.3), on both curves.
pub(crate) const COMPRESSED_BYTES: usize = 33;
