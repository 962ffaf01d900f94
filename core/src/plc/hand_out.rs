//! The checks of P-256 signatures that verifying a log can take, for a caller who makes them faster
//! (`core/src/key/arithmetic/handed_out.rs`).

use super::encode::{self, Encoded};
use super::entry::Entry;
use super::form::LogForm;
use super::log::Log;
use super::signer::{P256_DID_KEY, Signers};
use crate::did::PlcDid;
use crate::error::Error;
use crate::index::Index;
use crate::key::P256Checks;
use crate::tables::Limits;

impl Log<'_> {
    /// The checks of P-256 signatures that verifying the log as that of this DID can take. None of a log that cannot be verified
    /// anyway: verifying it says why.
    pub(crate) fn p256_checks(self, did: &PlcDid) -> P256Checks {
        let (limits, form) = (self.limits, self.form());
        let mut checks = P256Checks::default();
        let Ok(entries) = self.entries.into_entries(did, &limits) else { return checks };
        let encoded = entries.iter().map(|entry| encode::encode(&entry.operation)?.within(&limits));
        if let Ok(encoded) = encoded.collect::<Result<Vec<_>, _>>() {
            // What is above the limit of checks is not reached in the walk either, or is checked there.
            let _ = hand_out(&entries, &encoded, form, &limits, &mut checks);
        }
        checks
    }
}

/// After how many keys no more operations are handed out. Reading a key costs about as much as a check, and here it is done before any rule
/// is applied; an honest log has a handful.
const MAX_KEYS: usize = 100;

/// Whether the text of a log may have a key of P-256. One that is written with escapes is not seen, and not handed out.
pub(crate) fn may_have_p256(log: &[u8]) -> bool {
    log.windows(P256_DID_KEY.len()).any(|part| part == P256_DID_KEY.as_bytes())
}

/// Whether an operation can follow the one at this place. The genesis follows itself here: its own keys sign it.
fn may_follow(prev: usize, index: usize, form: LogForm) -> bool {
    match form {
        LogForm::Bare => prev == index.saturating_sub(1),
        LogForm::Audit | LogForm::Export => prev < index || index == 0,
    }
}

/// Hands out every operation's checks under the keys that may sign it (did-plc.md, "Chain"): those of the operation that it
/// follows, or of a genesis its own.
fn hand_out(
    entries: &[Entry],
    encoded: &[Encoded],
    form: LogForm,
    limits: &Limits,
    checks: &mut P256Checks,
) -> Result<(), Error> {
    let mut signers = Signers::new(limits, None);
    let places = Index::from_strings(encoded.iter().map(|encoded| encoded.cid.as_str()));
    for (index, (entry, encoded)) in entries.iter().zip(encoded).enumerate() {
        let prev = entry.operation.prev().map_or(Some(index), |cid| places.get(cid));
        // The walk comes no further than to an operation that does not follow one before it; in a bare log, the last one.
        let Some(prev) = prev.filter(|prev| may_follow(*prev, index, form)) else { break };
        let Some(state) = entries.get(prev).and_then(|prev| prev.operation.state()) else { continue };
        if signers.keys_read() >= MAX_KEYS {
            break;
        }
        signers.hand_out(index, &state.rotation_keys, &entry.operation, encoded, checks)?;
    }
    Ok(())
}
