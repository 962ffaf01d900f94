//! In place of `handed_out.rs`, where nothing is handed out: core makes every check.

use super::P256Point;

/// No check that someone else made.
#[derive(Debug, Clone, Default)]
pub(crate) struct P256Checks(());

impl P256Checks {
    pub(super) fn has(&self, _: &P256Point, _: &[u8], _: &p256::ecdsa::Signature) -> bool {
        false
    }
}
