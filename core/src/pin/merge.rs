//! Two pins of one identity, from visits that ran at once, as one.

use super::{PROVABLE_SECONDS, Pin, PinnedOperation};
use crate::error::Error;
use crate::index::Index;
use crate::quote::quote;
use crate::tables::{Code, Limits};
use crate::time::utc;
use std::cmp::Ordering;
use std::sync::Arc;

impl Pin {
    /// What both pins know. Merging never forgets: an operation was first seen when either pin saw it, is nullified if
    /// either says so, and packages of both are known. The order of the two does not matter.
    ///
    /// # Errors
    ///
    /// [`Code::PinMalformed`] for pins of two identities; [`Code::PinFork`] where each has an operation in force that the
    /// other never saw, or nothing is in force by both: then a directory showed two histories; [`Code::PinNullificationLate`]
    /// where one has an operation as undone that the other one's visits, or its time, speak against: verifying may still
    /// accept that, because it sees when the recovery was, and merging does not; [`Code::PinTooLarge`] where reading would
    /// refuse the merged pin by the same limits.
    pub fn merge(&self, other: &Pin, limits: &Limits) -> Result<Pin, Error> {
        let (newer, older) = if self.compare(other)?.is_lt() { (other, self) } else { (self, other) };
        let known = older.index();
        let last_visit = newer.last_visit.max(older.last_visit.min(provable_until(newer, &known)));
        let joined = newer.operations.iter().map(|operation| {
            let known = known.get(&operation.cid).and_then(|place| older.operations.get(place));
            check_undone(newer, operation, older, known)?;
            Ok(operation.joined(known))
        });
        let mut operations = joined.collect::<Result<Vec<PinnedOperation>, Error>>()?;
        let of_newer = newer.index();
        operations.extend(older.operations.iter().filter(|op| !of_newer.contains(&op.cid)).cloned());
        if operations.iter().all(|operation| operation.nullified) {
            return Err(fork(self, other));
        }
        let merged = Pin {
            did: newer.did.clone(),
            last_visit,
            log: newer.log.clone(),
            operations: operations.into(),
            releases: Arc::new(newer.releases.joined(&older.releases)),
        };
        merged.within(limits)
    }

    /// Whether this pin's log is older than, the same as or newer than the other's: the newer one has all operations that are in
    /// force by the other, and more. Of two with the same operations in force, the newer one knows more operations, nullified ones
    /// included; else it is of the later visit; else the SHA-256 of its log is the greater. The packages do not count.
    ///
    /// # Errors
    ///
    /// [`Code::PinMalformed`] and [`Code::PinFork`], as for [`Pin::merge`].
    pub fn compare(&self, other: &Pin) -> Result<Ordering, Error> {
        if self.did != other.did {
            let message = format!(
                "expected two pins of one identity, found {} and {}",
                quote(&self.did),
                quote(&other.did)
            );
            return Err(Error::new(Code::PinMalformed, message));
        }
        match (self.holds(other), other.holds(self)) {
            // Both hold the same operations: the later visit's text is the one to compare with next time.
            (true, true) => Ok(self.key().cmp(&other.key())),
            (true, false) => Ok(Ordering::Greater),
            (false, true) => Ok(Ordering::Less),
            (false, false) => Err(fork(self, other)),
        }
    }

    /// Whether this pin knows every operation that is in force by the other.
    fn holds(&self, other: &Pin) -> bool {
        let known = self.index();
        let mut in_force = other.operations.iter().filter(|operation| !operation.nullified);
        in_force.all(|operation| known.contains(&operation.cid))
    }

    /// Which of two pins with the same operations in force counts as the newer.
    fn key(&self) -> (usize, u64, &str) {
        (self.operations.len(), self.last_visit, &self.log.sha256)
    }
}

impl PinnedOperation {
    /// What two pins know of one operation. Of two times the earlier one: by it, each recovery that either pin would refuse is
    /// still too late.
    fn joined(&self, other: Option<&PinnedOperation>) -> PinnedOperation {
        let Some(other) = other else { return self.clone() };
        PinnedOperation {
            first_seen: self.first_seen.min(other.first_seen),
            created_at: [self.created_at, other.created_at].into_iter().flatten().min(),
            nullified: self.nullified || other.nullified,
            ..self.clone()
        }
    }
}

/// The latest visit that proves nothing of the operations which a pin has in force and that visit did not see (did-plc.md, "Late
/// nullifications").
fn provable_until(pin: &Pin, seen: &Index<'_>) -> u64 {
    let not_seen = pin.operations.iter().filter(|op| !op.nullified && !seen.contains(&op.cid));
    let since = not_seen.map(PinnedOperation::known_since).min();
    since.map_or(u64::MAX, |since| since.saturating_add(PROVABLE_SECONDS))
}

/// Refuses pins of which one has an operation as undone where the other one's visits, or its time, speak against that (did-plc.md,
/// "Late nullifications").
fn check_undone(
    newer: &Pin,
    operation: &PinnedOperation,
    older: &Pin,
    known: Option<&PinnedOperation>,
) -> Result<(), Error> {
    let Some(known) = known else { return Ok(()) };
    let (visit, in_force, undone) = match (operation.nullified, known.nullified) {
        (false, true) => (newer.last_visit, operation, known),
        (true, false) => (older.last_visit, known, operation),
        _ => return Ok(()),
    };
    let since = in_force.known_since().min(undone.first_seen);
    let message = if visit > since.saturating_add(PROVABLE_SECONDS) {
        format!("saw in force on {}, more than 96 hours after {}", utc(visit), utc(since))
    } else {
        // What undid it was in time of another time than the one that is known.
        match in_force.created_at.zip(undone.created_at) {
            Some((one, other)) if other > one => {
                format!("saw in force dated {}, and not {}", utc(one), utc(other))
            }
            _ => return Ok(()),
        }
    };
    let message =
        format!("the pins contradict each other: one has an operation as undone that the other {message}");
    Err(Error::new(Code::PinNullificationLate, message).with_cid(&in_force.cid))
}

fn fork(a: &Pin, b: &Pin) -> Error {
    let message = format!(
        "the pins know histories that contradict each other, with the heads {} and {}",
        a.head(),
        b.head()
    );
    Error::new(Code::PinFork, message)
}

#[cfg(test)]
mod tests {
    use super::PinnedOperation;

    fn seen(first_seen: u64, created_at: Option<u64>, nullified: bool) -> PinnedOperation {
        PinnedOperation { cid: "bafy".to_owned(), signer: 0, size: 1, first_seen, created_at, nullified }
    }

    /// Also of pins that no honest directory leads to: a nullification is never forgotten, whichever pin is the newer.
    #[test]
    fn of_one_operation_both_sightings_count() {
        for (newer, older, joined) in [
            (seen(5, Some(50), false), seen(4, Some(40), false), seen(4, Some(40), false)),
            (seen(4, Some(50), false), seen(5, Some(40), false), seen(4, Some(40), false)),
            (seen(4, Some(40), false), seen(4, Some(50), false), seen(4, Some(40), false)),
            (seen(5, Some(50), false), seen(4, None, false), seen(4, Some(50), false)),
            (seen(5, None, false), seen(4, None, true), seen(4, None, true)),
            (seen(5, None, true), seen(4, None, false), seen(4, None, true)),
        ] {
            assert_eq!(newer.joined(Some(&older)), joined);
        }
        assert_eq!(seen(4, None, true).joined(None), seen(4, None, true));
    }
}
