//! Checks of P-256 signatures that the caller has made elsewhere: in JavaScript by WebCrypto, which is many times as fast as
//! Rust in WebAssembly.
//!
//! Core reads the key, insists on the ranges of r and s and on a low s, and walks the log; only whether the equation of ECDSA
//! holds is asked. "It holds" is believed of exactly the key, message and signature that were asked about. Of every other
//! check, answered in any other way or not at all, core computes the equation itself.

use super::P256Point;
use crate::index::Index;
use std::sync::Arc;

/// The checks of P-256 signatures that verifying one log can take, and those of them that hold.
#[derive(Debug, Clone, Default)]
pub(crate) struct P256Checks {
    checks: Vec<P256Check>,
    /// What holds, as [`identity`] writes it.
    confirmed: Index<'static>,
}

/// A check that [`Request::hand_out`](crate::Request::hand_out) hands out: whether this key made this signature over this message.
#[derive(Debug, Clone)]
pub struct P256Check {
    operation: usize,
    point: P256Point,
    message: Arc<[u8]>,
    low: p256::ecdsa::Signature,
}

impl P256Checks {
    /// What is to be checked, operation after operation.
    pub(crate) fn all(&self) -> &[P256Check] {
        &self.checks
    }

    /// Says that the check at this place was made, and that the equation holds.
    pub(crate) fn confirm(&mut self, place: usize) {
        if let Some(check) = self.checks.get(place) {
            self.confirmed.insert_owned(identity(&check.point, &check.message, &check.low), place);
        }
    }

    /// Adds a check of an operation's signature.
    pub(crate) fn add(
        &mut self,
        operation: usize,
        point: &P256Point,
        message: &Arc<[u8]>,
        low: p256::ecdsa::Signature,
    ) {
        self.checks.push(P256Check { operation, point: point.clone(), message: message.clone(), low });
    }

    /// Whether this very check was made, and holds.
    pub(super) fn has(&self, point: &P256Point, message: &[u8], low: &p256::ecdsa::Signature) -> bool {
        self.confirmed.len() > 0 && self.confirmed.contains_bytes(&identity(point, message, low))
    }
}

impl P256Check {
    /// The place in the log of the operation whose signature it is. One of its checks is enough.
    pub fn operation(&self) -> usize {
        self.operation
    }

    /// The key: 65 bytes, uncompressed (SEC 1, section 2.3.3).
    pub fn key(&self) -> Vec<u8> {
        self.point.to_uncompressed()
    }

    /// The message, of which the SHA-256 was signed.
    pub fn message(&self) -> &[u8] {
        &self.message
    }

    /// r and s, 32 bytes each, big-endian.
    pub fn signature(&self) -> [u8; 64] {
        self.low.to_bytes().into()
    }
}

/// What tells a check from every other: the key and the signature, which have one length each, and the message.
fn identity(point: &P256Point, message: &[u8], low: &p256::ecdsa::Signature) -> Vec<u8> {
    [point.to_compressed().as_slice(), low.to_bytes().as_slice(), message].concat()
}
