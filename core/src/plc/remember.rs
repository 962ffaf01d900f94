//! A log against a pin: what the pin already proves of it, what contradicts it, and what to keep for the next visit
//! (did-plc.md, "Pins").

use super::encode::{self, Encoded};
use super::form::LogForm;
use super::identity::{HistoryEntry, Identity};
use super::operation::Operation;
use super::walk::RECOVERY_WINDOW_SECONDS;
use crate::error::Error;
use crate::index::Index;
use crate::pin::{LogText, PROVABLE_SECONDS, Pin, PinnedOperation};
use crate::tables::{Code, Limits, WarningCode};
use crate::time::{Timestamp, utc};
use crate::warning::Warning;

/// A visit of a verifier that remembers: what it knows from before, and its clock.
pub(super) struct Visit<'p> {
    earlier: Option<&'p Pin>,
    text: LogText,
    now: u64,
}

impl<'p> Visit<'p> {
    pub(super) fn new(text: &[u8], earlier: Option<&'p Pin>, now: u64) -> Self {
        Visit { earlier, text: LogText::from_json(text), now }
    }

    /// What the pin proves of the log.
    pub(super) fn known(&self, text: &[u8]) -> KnownOperations<'p> {
        let Some(pin) = self.earlier else { return KnownOperations::nothing() };
        let start = pin.proven_start(&self.text, text);
        let by_cid = if start.is_empty() { pin.operations() } else { &[] };
        let mut signers = Index::default();
        for operation in by_cid {
            signers.insert(&operation.cid, operation.signer);
        }
        KnownOperations { start: start.iter(), signers }
    }

    /// Compares a verified log with the pin, and makes the next one.
    ///
    /// # Errors
    ///
    /// [`Code::PinRollback`], [`Code::PinFork`], [`Code::PinNullificationLate`], [`Code::PinTooLarge`].
    pub(super) fn remember(self, identity: Identity, limits: &Limits) -> Result<Identity, Error> {
        let Some(earlier) = self.earlier else {
            let pin = self.pin_of(&identity).within(limits)?;
            return Ok(identity.first_seen_now(pin));
        };
        if earlier.is_all_of_text(&self.text) {
            // The very text that was verified before: nothing in it is new, and nothing is missing.
            let pin = earlier.visited_again(self.now);
            // Only a time of more digits makes the pin longer.
            let is_longer = self.now.max(1).ilog10() > earlier.last_visit().max(1).ilog10();
            let pin = if is_longer { pin.within(limits)? } else { pin };
            if earlier.is_of_first_visit(self.now) {
                // As where a first visit's own pin is handed in again to go on to a package: nothing was seen before.
                return Ok(identity.first_seen_now(pin));
            }
            return Ok(identity.compared(pin, None));
        }
        let warning = check(earlier, &identity, self.now)?;
        let pin = self.pin_of(&identity).within(limits)?;
        Ok(identity.compared(pin, warning))
    }

    /// Offers the pin of this visit to a caller who asked for none, unless it is too large.
    pub(super) fn offer(self, identity: Identity, limits: &Limits) -> Identity {
        match self.pin_of(&identity).within(limits) {
            Ok(pin) => identity.offering(pin),
            Err(_too_large) => identity,
        }
    }

    /// What to keep: the operations of this log as they are now, with what was known of them before. Operations that only
    /// the earlier pin knows are nullified ones that a bare log leaves out, and stay.
    fn pin_of(&self, identity: &Identity) -> Pin {
        let earlier = self.earlier.map(Pin::operations).unwrap_or_default();
        let known = self.earlier.map(Pin::index).unwrap_or_default();
        let served = served(identity);
        let new_since = self.new_since(earlier);
        let operations = identity.history().iter().map(|entry| {
            let known = known.get(entry.cid()).and_then(|place| earlier.get(place));
            // createdAt as first served: a directory that rewrites it later changes nothing.
            let created_at = known.and_then(|known| known.created_at);
            PinnedOperation {
                cid: entry.cid().to_owned(),
                signer: entry.signer(),
                size: entry.size(),
                first_seen: known.map_or(new_since, |known| known.first_seen),
                created_at: created_at.or_else(|| entry.created_at().map(|time| time.seconds_floor())),
                nullified: entry.is_nullified(),
            }
        });
        let left_out = earlier.iter().filter(|operation| !served.contains(&operation.cid)).cloned();
        let text = self.text.clone().of_operations(identity.history().len());
        let operations = operations.chain(left_out).collect();
        Pin::new(identity.did().as_str(), self.now, text, operations, self.earlier)
    }

    /// When an operation is first seen that the pin does not know: now. A later visit in the very second of the first one counts
    /// as a second later, because what the first visit saw is told by its time (did-plc.md, "What can still be undone").
    fn new_since(&self, earlier: &[PinnedOperation]) -> u64 {
        let is_first_second = earlier.first().is_some_and(|genesis| genesis.first_seen == self.now);
        self.now.saturating_add(u64::from(is_first_second))
    }
}

/// The places of the operations of a verified log, by their CIDs.
fn served(identity: &Identity) -> Index<'_> {
    Index::from_strings(identity.history().iter().map(HistoryEntry::cid))
}

/// Refuses a verified log that takes back what was seen. The warning says that a recovery came unseen.
fn check(pin: &Pin, identity: &Identity, now: u64) -> Result<Option<Warning>, Error> {
    let served = served(identity);
    let mut unwitnessed = None;
    for operation in pin.operations() {
        let Some(index) = served.get(&operation.cid) else {
            // A bare log leaves nullified operations out.
            if operation.nullified && identity.form() == LogForm::Bare {
                continue;
            }
            return Err(missing(pin, identity, &operation.cid));
        };
        let Some(recovery) = identity.history().get(index).and_then(HistoryEntry::nullified_by) else {
            continue;
        };
        if operation.nullified {
            continue;
        }
        check_time(operation, index, identity.history().get(recovery))?;
        let known_since = operation.known_since();
        let provable_until = known_since.saturating_add(PROVABLE_SECONDS);
        if pin.last_visit() > provable_until {
            return Err(late(&operation.cid, index, pin.last_visit(), known_since));
        }
        if now > provable_until {
            unwitnessed.get_or_insert(index);
        }
    }
    Ok(unwitnessed.map(unwitnessed_warning))
}

/// Refuses a recovery that comes too late by its own time and by that of the operation as first served: a directory that moves the
/// one moves the other out of the window. The pin has whole seconds, rounded down, so that of the recovery is rounded, too.
fn check_time(undone: &PinnedOperation, index: usize, recovery: Option<&HistoryEntry>) -> Result<(), Error> {
    let recovery = recovery.and_then(HistoryEntry::created_at).map(Timestamp::seconds_floor);
    let Some((created_at, recovery)) = undone.created_at.zip(recovery) else { return Ok(()) };
    if recovery <= created_at.saturating_add(RECOVERY_WINDOW_SECONDS) {
        return Ok(());
    }
    let message = format!(
        "expected a recovery within 72 hours of {}, which was the operation's createdAt when it was first served, found one of {}",
        utc(created_at),
        utc(recovery)
    );
    Err(Error::new(Code::PinNullificationLate, message).at_operation(index).with_cid(&undone.cid))
}

fn late(cid: &str, index: usize, last_visit: u64, known_since: u64) -> Error {
    let message = format!(
        "expected a recovery within 96 hours of {}, but the operation was still in force at the last visit on {}",
        utc(known_since),
        utc(last_visit)
    );
    Error::new(Code::PinNullificationLate, message).at_operation(index).with_cid(cid)
}

fn unwitnessed_warning(index: usize) -> Warning {
    let message = format!(
        "operation {index} was undone since the last visit; only the directory's timestamps say it was in time, \
         because this verifier did not visit within 96 hours"
    );
    Warning::new(WarningCode::NullificationUnwitnessed, message)
}

/// A remembered operation is gone: either the rest is all that is left, or something else came in its place.
fn missing(pin: &Pin, identity: &Identity, cid: &str) -> Error {
    let known = pin.index();
    let is_cut = identity.history().iter().all(|entry| known.contains(entry.cid()));
    let (code, how) = if is_cut { (Code::PinRollback, "ends before") } else { (Code::PinFork, "lacks") };
    Error::new(code, format!("the log {how} operation {cid}, which was seen before")).with_cid(cid)
}

/// Operations whose signatures were checked before.
pub(super) struct KnownOperations<'p> {
    /// Those at the start of the log, if the text of the log starts with the text of before.
    start: std::slice::Iter<'p, PinnedOperation>,
    /// Else who signed them, by their CIDs: wherever an operation with this CID is, the same key signed it.
    signers: Index<'p>,
}

impl KnownOperations<'_> {
    pub(super) fn nothing() -> Self {
        KnownOperations { start: [].iter(), signers: Index::default() }
    }

    /// The bytes of the next operation of the log, computed as far as they are not proven.
    pub(super) fn encode(&mut self, operation: &Operation) -> Result<Encoded, Error> {
        if let Some(pinned) = self.start.next() {
            return Ok(Encoded::proven(pinned));
        }
        let encoded = encode::encode(operation)?;
        match self.signers.get(&encoded.cid) {
            Some(signer) => Ok(encoded.signed_by(signer)),
            None => Ok(encoded),
        }
    }
}
