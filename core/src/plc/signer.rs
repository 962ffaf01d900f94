//! Which key signed an operation.

use super::encode::{Encoded, SignatureState};
use super::operation::Operation;
use crate::error::Error;
use crate::index::Index;
use crate::key::{self, EcdsaKey, EcdsaOutcome, P256Checks, SignedDigest};
use crate::quote::quote;
use crate::tables::{Code, Limits};

/// Finds signers, remembers keys, and meters the work.
pub(super) struct Signers<'s> {
    /// The keys read so far; `None` for those that can sign nothing.
    keys: Vec<Option<EcdsaKey>>,
    /// Their places, by their strings.
    places: Index<'s>,
    /// The key that signed last: most logs are signed by one key throughout, so trying it first makes an ordinary
    /// operation cost one check.
    last: Option<&'s str>,
    checks_left: u64,
    max_checks: u64,
    /// The keys that made a signature.
    signed: Index<'s>,
    /// Checks that the caller has made already.
    p256_checks: Option<&'s P256Checks>,
}

impl<'s> Signers<'s> {
    pub(super) fn new(limits: &Limits, p256_checks: Option<&'s P256Checks>) -> Self {
        let max_checks = limits.log_signature_checks;
        Signers {
            keys: Vec::new(),
            places: Index::default(),
            last: None,
            checks_left: max_checks,
            max_checks,
            signed: Index::default(),
            p256_checks,
        }
    }

    /// How many signatures were checked.
    pub(super) fn checks_done(&self) -> u64 {
        self.max_checks.saturating_sub(self.checks_left)
    }

    /// Whether this key can sign operations.
    pub(super) fn is_usable(&mut self, text: &'s str) -> bool {
        self.signed.contains(text) || self.key(text).is_some()
    }

    fn found(&mut self, index: usize, text: &'s str) -> usize {
        if self.last != Some(text) {
            self.signed.insert(text, index);
            self.last = Some(text);
        }
        index
    }

    /// The lowest index among `rotation_keys` of the key that made the operation's signature.
    ///
    /// Keys are read in order, and every key before the signer's must be one that can sign (did-plc.md, "Rotation keys
    /// before the signer"). The key that signed last is checked first: a signature cannot verify under two different keys
    /// here, because the signed bytes commit to both of them through `prev`.
    pub(super) fn find(
        &mut self,
        rotation_keys: &'s [String],
        operation: &Operation,
        encoded: &Encoded,
    ) -> Result<usize, Error> {
        let signed = match &encoded.signature {
            SignatureState::Unchecked(unsigned) => {
                SignedDigest::of_message(unsigned).with_p256_checks(self.p256_checks)
            }
            SignatureState::Proven(index) => {
                let index = *index;
                let text = rotation_keys.get(index).ok_or_else(|| refusal(rotation_keys.len(), false))?;
                return Ok(self.found(index, text));
            }
        };
        let last = self.last.and_then(|last| rotation_keys.iter().position(|key| key == last));
        let is_by_last = match last.and_then(|index| rotation_keys.get(index)) {
            Some(text) => Some(self.check(text, operation, &signed)?),
            None => None,
        };
        let mut is_flipped = false;
        for (index, text) in rotation_keys.iter().enumerate() {
            if rotation_keys.iter().take(index).any(|earlier| earlier == text) {
                continue;
            }
            let is_passed = is_by_last == Some(EcdsaOutcome::Valid) && last != Some(index);
            if is_passed {
                self.meter_reading(text)?;
            }
            if !self.is_usable(text) {
                return Err(unreadable(index, text));
            }
            if is_passed {
                continue;
            }
            let outcome = match is_by_last.filter(|_| last == Some(index)) {
                Some(outcome) => outcome,
                None => self.check(text, operation, &signed)?,
            };
            match outcome {
                EcdsaOutcome::Valid => return Ok(self.found(index, text)),
                EcdsaOutcome::HighS => is_flipped = true,
                EcdsaOutcome::Invalid => {}
            }
        }
        Err(refusal(rotation_keys.len(), is_flipped))
    }

    /// How many keys were read.
    #[cfg(feature = "p256-handed-out")]
    pub(super) fn keys_read(&self) -> usize {
        self.keys.len()
    }

    /// Hands out the checks of an operation's signature under the keys of P-256 among these. What they cost is metered as if they
    /// were made here.
    #[cfg(feature = "p256-handed-out")]
    pub(super) fn hand_out(
        &mut self,
        index: usize,
        rotation_keys: &'s [String],
        operation: &Operation,
        encoded: &Encoded,
        checks: &mut P256Checks,
    ) -> Result<(), Error> {
        let SignatureState::Unchecked(unsigned) = &encoded.signature else { return Ok(()) };
        let message = std::sync::Arc::from(unsigned.as_slice());
        for (place, text) in rotation_keys.iter().enumerate() {
            let is_repeated = rotation_keys.iter().take(place).any(|earlier| earlier == text);
            if is_repeated || !text.starts_with(P256_DID_KEY) {
                continue;
            }
            self.spend()?;
            if let Some(key) = self.key(text) {
                key.hand_out(index, &message, &operation.signature().bytes, checks);
            }
        }
        Ok(())
    }

    /// Meters the reading of a key that is not checked: it costs about as much as a check. Each key is read once.
    fn meter_reading(&mut self, text: &'s str) -> Result<(), Error> {
        if self.places.contains(text) || self.signed.contains(text) { Ok(()) } else { self.spend() }
    }

    fn check(
        &mut self,
        text: &'s str,
        operation: &Operation,
        signed: &SignedDigest<'_>,
    ) -> Result<EcdsaOutcome, Error> {
        self.spend()?;
        let outcome = self.key(text).map(|key| key.check(signed, &operation.signature().bytes));
        Ok(outcome.unwrap_or(EcdsaOutcome::Invalid))
    }

    fn spend(&mut self) -> Result<(), Error> {
        self.checks_left = self.checks_left.checked_sub(1).ok_or_else(|| {
            let found = "verifying the log takes more signature checks";
            Error::beyond_limit(Code::PlcLogTooMuchWork, found, "logSignatureChecks", self.max_checks)
        })?;
        Ok(())
    }

    /// The key of this string, if it is one that can sign operations. Each string is read once.
    fn key(&mut self, text: &'s str) -> Option<&EcdsaKey> {
        let place = self.places.get(text).unwrap_or_else(|| {
            self.places.insert(text, self.keys.len());
            self.keys.push(key::ecdsa_key(text));
            self.keys.len().saturating_sub(1)
        });
        self.keys.get(place)?.as_ref()
    }
}

/// How every did:key of P-256 starts: the base58 of its multicodec and of the first byte of a compressed point. Reading a key
/// costs as much as a check, so others are not read only to see what they are.
#[cfg(feature = "p256-handed-out")]
pub(super) const P256_DID_KEY: &str = "did:key:zDn";

fn refusal(keys: usize, is_flipped: bool) -> Error {
    if is_flipped {
        return Error::new(Code::PlcSignatureHighS, "high-S signature; only low-S is accepted");
    }
    let message = match keys {
        0 => "no key may sign: the operation before has no rotation keys".to_owned(),
        _ => format!("expected a signature by one of the {keys} rotation keys that may sign, found another"),
    };
    Error::new(Code::PlcSignatureInvalid, message)
}

fn unreadable(index: usize, text: &str) -> Error {
    let message =
        format!("expected a secp256k1 or P-256 did:key as rotation key {index}, found {}", quote(text));
    Error::new(Code::PlcRotationKeyInvalid, message)
}
