//! Which key signed an operation.

use super::encode::{Encoded, SignatureState};
use super::operation::Operation;
use crate::error::Error;
use crate::tables::{Code, Limits};
use crate::key::{EcdsaKey, EcdsaOutcome, PublicKey};
use std::collections::{BTreeMap, BTreeSet};

/// Finds signers, remembers keys, and meters the work.
pub(super) struct Signers<'s> {
    /// The keys tried so far by their texts; `None` for those that can sign nothing.
    keys: BTreeMap<&'s str, Option<PublicKey>>,
    /// The key that signed last: most logs are signed by one key throughout, so trying it first makes an ordinary
    /// operation cost one check.
    last: Option<&'s str>,
    checks_left: u64,
    max_checks: u64,
    /// The keys that made a signature.
    signed: BTreeSet<&'s str>,
}

impl<'s> Signers<'s> {
    pub(super) fn new(limits: &Limits) -> Self {
        let max_checks = limits.log_signature_checks;
        Signers {
            keys: BTreeMap::new(),
            last: None,
            checks_left: max_checks,
            max_checks,
            signed: BTreeSet::new(),
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
            self.signed.insert(text);
            self.last = Some(text);
        }
        index
    }

    /// The lowest index among `rotation_keys` of the key that made the operation's signature.
    ///
    /// That is the first place of the key that was found, because no signature verifies under two different keys here:
    /// whoever signs chooses neither key freely, since the signed bytes commit, through `prev`, to both of them. (One
    /// signature for two keys needs one key computed from the signed bytes.)
    pub(super) fn find(
        &mut self,
        rotation_keys: &'s [String],
        operation: &Operation,
        encoded: &Encoded,
    ) -> Result<usize, Error> {
        let prehash = match encoded.signature {
            SignatureState::Unchecked(prehash) => prehash,
            SignatureState::Proven(index) => {
                let text = rotation_keys.get(index).ok_or_else(|| refusal(rotation_keys.len(), false))?;
                return Ok(self.found(index, text));
            }
        };
        let mut is_flipped = false;
        for (index, text) in self.candidates(rotation_keys) {
            match self.check(text, operation, &prehash)? {
                EcdsaOutcome::Valid => return Ok(self.found(index, text)),
                EcdsaOutcome::HighS => is_flipped = true,
                EcdsaOutcome::Invalid => {}
            }
        }
        Err(refusal(rotation_keys.len(), is_flipped))
    }

    /// The keys in the order to try them, each once, with its first place.
    fn candidates(&self, rotation_keys: &'s [String]) -> Vec<(usize, &'s str)> {
        let mut candidates: Vec<(usize, &str)> = Vec::with_capacity(rotation_keys.len());
        for (index, text) in rotation_keys.iter().enumerate() {
            if !candidates.iter().any(|(_, earlier)| earlier == text) {
                candidates.push((index, text));
            }
        }
        // A stable sort: the key that signed last moves to the front, the others keep their order.
        candidates.sort_by_key(|(_, text)| Some(*text) != self.last);
        candidates
    }

    fn check(
        &mut self,
        text: &'s str,
        operation: &Operation,
        prehash: &[u8; 32],
    ) -> Result<EcdsaOutcome, Error> {
        // Reading a key costs about as much as a check, so unusable keys are metered like usable ones.
        self.checks_left = self.checks_left.checked_sub(1).ok_or_else(|| {
            let message = format!("verifying the log takes more than {} signature checks", self.max_checks);
            Error::new(Code::PlcLogTooMuchWork, message)
        })?;
        let outcome = self.key(text).map(|key| key.check(prehash, &operation.signature().bytes));
        Ok(outcome.unwrap_or(EcdsaOutcome::Invalid))
    }

    /// The key of this text, if it is one that can sign operations. Each text is read once.
    fn key(&mut self, text: &'s str) -> Option<&EcdsaKey> {
        let key = self.keys.entry(text).or_insert_with(|| text.parse().ok());
        key.as_ref().and_then(PublicKey::as_ecdsa)
    }
}

fn refusal(keys: usize, is_flipped: bool) -> Error {
    if is_flipped {
        return Error::new(
            Code::PlcSignatureHighS,
            "the signature's s is in the upper half: somebody flipped it",
        );
    }
    let message = match keys {
        0 => "nobody may sign: the operation before has no rotation keys".to_owned(),
        _ => format!("none of the {keys} rotation keys that may sign made the signature"),
    };
    Error::new(Code::PlcSignatureInvalid, message)
}
