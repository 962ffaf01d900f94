//! What a pin already proves of a log, and what is kept of it for the next visit.

use super::encode::Encoded;
use super::identity::Identity;
use super::operation::Operation;
use crate::did::PlcDid;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code};
use crate::pin::{self, LogText, Pin, PinnedOperation};
use std::collections::BTreeMap;

/// A visit of a verifier that remembers: what it knows from before, and its clock.
pub(super) struct Visit<'p> {
    earlier: Option<&'p Pin>,
    text: LogText,
    now: u64,
}

impl<'p> Visit<'p> {
    /// Errors: [`Code::PinMalformed`] for the pin of another identity, which was put where it does not belong.
    pub(super) fn new(did: &PlcDid, json: &[u8], earlier: Option<&'p Pin>, now: u64) -> Result<Self, Error> {
        if let Some(pin) = earlier.filter(|pin| pin.did() != did.as_str()) {
            let message = format!("expected a pin of {did}, found one of {}", quote(pin.did()));
            return Err(Error::new(Code::PinMalformed, message).at(Check::PinLog));
        }
        Ok(Visit { earlier, text: LogText::of(json), now })
    }

    /// What the pin proves of the log.
    pub(super) fn proven(&self, json: &[u8]) -> Proven<'p> {
        let Some(pin) = self.earlier else { return Proven::nothing() };
        let start = pin.proven_start(&self.text, json);
        let by_cid = if start.is_empty() { pin.operations() } else { &[] };
        Proven {
            start: start.iter(),
            signers: by_cid.iter().map(|operation| (operation.cid.as_str(), operation.signer)).collect(),
        }
    }

    /// Compares a verified log with the pin, and makes the next one.
    pub(super) fn remember(self, identity: Identity) -> Result<Identity, Error> {
        if let Some(earlier) = self.earlier {
            if earlier.is_of_text(&self.text) {
                // The very text that was verified before: nothing in it can be new, and nothing missing.
                return Ok(identity.remembered(earlier.clone()));
            }
            pin::check_log(earlier, &identity, self.now).map_err(|error| error.at(Check::PinLog))?;
        }
        let pin = Pin::of(&identity, self.text, self.earlier, self.now);
        Ok(identity.remembered(pin))
    }
}

/// Operations whose signatures were checked before.
pub(super) struct Proven<'p> {
    /// Those at the start of the log, if the text of the log starts with the text of before.
    start: std::slice::Iter<'p, PinnedOperation>,
    /// Else who signed them, by their CIDs: wherever an operation with this CID stands, the same key signed it.
    signers: BTreeMap<&'p str, usize>,
}

impl Proven<'_> {
    pub(super) fn nothing() -> Self {
        Proven { start: [].iter(), signers: BTreeMap::new() }
    }

    /// The bytes of the next operation of the log, computed as far as they are not proven.
    pub(super) fn encode(&mut self, operation: &Operation) -> Result<Encoded, Error> {
        if let Some(pinned) = self.start.next() {
            return Ok(Encoded::proven(pinned));
        }
        let encoded = operation.encode()?;
        match self.signers.get(encoded.cid.as_str()) {
            Some(signer) => Ok(encoded.signed_by(*signer)),
            None => Ok(encoded),
        }
    }
}
