//! Checks of P-256 signatures that the caller makes (`core/src/key/arithmetic/handed_out.rs`).

use super::request::Request;
use crate::P256Check;
use crate::did::PlcDid;
use crate::key::P256Checks;
use crate::plc::{Log, may_have_p256};
use crate::tables::InputName;

impl Request<'_> {
    /// Hands out the checks of P-256 signatures that this verification can take, for a caller who makes them faster than core does:
    /// none where a pin is given, which proves most of a log. Ask when all inputs are given.
    ///
    /// ```
    /// use fedverify::{Request, Verification};
    ///
    /// # fn holds(key: Vec<u8>, message: &[u8], signature: [u8; 64]) -> bool { false }
    /// # fn example(mut request: Request<'_>) {
    /// for place in 0..request.hand_out().len() {
    ///     let check = &request.handed_out()[place];
    ///     if holds(check.key(), check.message(), check.signature()) {
    ///         request.confirm(place);
    ///     }
    /// }
    /// let report = Verification::start(&request).finish();
    /// # }
    /// ```
    pub fn hand_out(&mut self) -> &[P256Check] {
        self.p256_checks = self.checks_to_hand_out().unwrap_or_default();
        self.handed_out()
    }

    /// What was handed out, operation after operation.
    pub fn handed_out(&self) -> &[P256Check] {
        self.p256_checks.all()
    }

    /// Says that the check at this place was made, and that the equation of ECDSA holds. **The caller is trusted with that**, but
    /// for exactly the key, message and signature that were handed out: whatever else the log holds, core checks.
    pub fn confirm(&mut self, place: usize) {
        self.p256_checks.confirm(place);
    }

    fn checks_to_hand_out(&self) -> Option<P256Checks> {
        let json = self.bytes(InputName::Log)?.as_deref().ok()?;
        if self.bytes(InputName::Pin).is_some() || !may_have_p256(json) {
            return None;
        }
        let did: PlcDid = self.string(InputName::Did)?.parse().ok()?;
        Some(Log::parse(json, self.limits()).ok()?.p256_checks(&did))
    }
}
