//! The one place where curves are computed with, in two backends.
//!
//! What a key and a signature must look like is decided outside, in `ecdsa.rs` and `ed25519.rs`, and is the same for both:
//! a backend reads points, and says whether a signature whose r and s are in range, with a low s, satisfies the equation.
//! Ed25519 has one backend: ed25519-dalek's `verify_strict` is the criterion that we state.

#[cfg(feature = "native-crypto")]
#[cfg(test)]
mod agreement_tests;
#[cfg(feature = "p256-handed-out")]
mod handed_out;
#[cfg(feature = "native-crypto")]
mod native;
#[cfg(not(feature = "p256-handed-out"))]
mod not_handed_out;
mod pure;

#[cfg(feature = "p256-handed-out")]
pub use handed_out::P256Check;
#[cfg(feature = "p256-handed-out")]
pub(crate) use handed_out::P256Checks;
#[cfg(feature = "native-crypto")]
pub(crate) use native::{P256Point, Secp256k1Point};
#[cfg(not(feature = "p256-handed-out"))]
pub(crate) use not_handed_out::P256Checks;
#[cfg(not(feature = "native-crypto"))]
pub(crate) use pure::{P256Point, Secp256k1Point};

use sha2::{Digest, Sha256};
use std::cell::OnceCell;

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

/// What was signed, by its SHA-256 digest. With its message where that is at hand: neither ring nor anyone else who is asked
/// takes digests.
pub(crate) struct SignedDigest<'m> {
    signed: Signed<'m>,
    p256_checks: Option<&'m P256Checks>,
}

enum Signed<'m> {
    Digest([u8; 32]),
    /// The digest is made when it is first asked for: ring makes its own.
    Message {
        bytes: &'m [u8],
        sha256: OnceCell<[u8; 32]>,
    },
}

impl<'m> SignedDigest<'m> {
    /// The digest alone: of a package, which is not kept.
    pub(crate) fn new(sha256: [u8; 32]) -> Self {
        SignedDigest { signed: Signed::Digest(sha256), p256_checks: None }
    }

    pub(crate) fn of_message(bytes: &'m [u8]) -> Self {
        SignedDigest { signed: Signed::Message { bytes, sha256: OnceCell::new() }, p256_checks: None }
    }

    /// The same, with the checks that the caller has made already.
    pub(crate) fn with_p256_checks(self, p256_checks: Option<&'m P256Checks>) -> Self {
        SignedDigest { p256_checks, ..self }
    }

    fn sha256(&self) -> &[u8; 32] {
        match &self.signed {
            Signed::Digest(sha256) => sha256,
            Signed::Message { bytes, sha256 } => sha256.get_or_init(|| Sha256::digest(bytes).into()),
        }
    }

    fn message(&self) -> Option<&'m [u8]> {
        match &self.signed {
            Signed::Digest(_) => None,
            Signed::Message { bytes, .. } => Some(bytes),
        }
    }

    /// Whether the equation of ECDSA holds: by a check that was made already, or else computed here.
    pub(crate) fn satisfied_on_p256(&self, point: &P256Point, low: &p256::ecdsa::Signature) -> bool {
        let is_made = self
            .p256_checks
            .zip(self.message())
            .is_some_and(|(checks, message)| checks.has(point, message, low));
        is_made || point.satisfies(self, low)
    }
}

/// Bytes of a compressed point (SEC 1, section 2.3.3), on both curves.
pub(crate) const COMPRESSED_BYTES: usize = 33;
