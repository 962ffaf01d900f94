//! Identities whose whole log was verified.

use crate::border::{Bytes, Out, Place, Str, fedverify_str};
use crate::call::{given, make, make_optional, tell};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::pin::fedverify_pin;
use crate::status::fedverify_status;
use crate::string::fedverify_string;
use crate::warnings;
use fedverify::plc::HistoryEntry;
use fedverify::{Error, Identity, Limits, Log, LogForm, PlcDid, directory};
use std::sync::{Arc, OnceLock};

/// An identity whose log was verified back to the genesis operation that its DID is the hash of. Holding one is the proof:
/// nothing else makes one. Freed with `fedverify_identity_free`.
pub struct fedverify_identity {
    pub(crate) shared: Arc<Shared>,
    /// The index of the last operation that is not nullified.
    pub(crate) head: usize,
    /// The indexes of the nullified operations.
    nullified: Vec<usize>,
    document: OnceLock<Option<String>>,
}

/// What an identity shares with the operations and states that come from it.
pub(crate) struct Shared {
    pub(crate) identity: Identity,
    /// When each operation was first seen.
    first_seen: OnceLock<Vec<Option<u64>>>,
}

impl Shared {
    /// When the operation at `index` was first seen; `None` where nothing is remembered.
    pub(crate) fn first_seen(&self, index: usize) -> Option<u64> {
        let times = self.first_seen.get_or_init(|| self.identity.first_seen().collect());
        times.get(index).copied().flatten()
    }
}

impl fedverify_identity {
    pub(crate) fn new(identity: Identity) -> Self {
        let is_nullified =
            |index: &usize| identity.history().get(*index).is_some_and(|entry| entry.is_nullified());
        let (nullified, in_force): (Vec<usize>, Vec<usize>) =
            (0..identity.history().len()).partition(is_nullified);
        let head = in_force.last().copied().unwrap_or_default();
        let shared = Arc::new(Shared { identity, first_seen: OnceLock::new() });
        fedverify_identity { shared, head, nullified, document: OnceLock::new() }
    }

    /// The identity of core.
    pub(crate) fn core(&self) -> &Identity {
        &self.shared.identity
    }
}

/// The form of a log: an audit log (`GET /<did>/log/audit`).
pub const FEDVERIFY_LOG_AUDIT: i32 = 1;
/// The form of a log: a bare log (`GET /<did>/log`), without times and nullified operations.
pub const FEDVERIFY_LOG_BARE: i32 = 2;
/// The form of a log: JSON lines of an export (`GET /export`).
pub const FEDVERIFY_LOG_EXPORT: i32 = 3;

/// Verifies a log, as a directory serves it, back to the genesis operation that the DID is the hash of.
///
/// `log` is JSON: an audit log, a bare log (it shows nothing of recoveries, which is a warning), or lines of an export.
/// `did` is a did:plc from where you trust it, never from the log. NULL as `limits` means the defaults. A log may verify and
/// yet lack its newest operations: `fedverify_identity_verify_remembering` notices that.
///
/// Limits: `logBytes`, `jsonDepth`, `jsonValues`, `logOperations`, `logSignatureChecks`, `operationBytes`, `rotationKeys`,
/// `verificationMethods`, `services`, `alsoKnownAs`.
///
/// Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the families `FEDVERIFY_INPUT_` and
/// `FEDVERIFY_PLC_`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verify(
    log: Bytes<'_>,
    log_len: usize,
    did: Str<'_>,
    did_len: usize,
    limits: Option<&fedverify_limits>,
    identity: Place<'_, fedverify_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(identity, error, || {
        let (did, log) = claimed(log, log_len, did, did_len, &fedverify_limits::or_default(limits))?;
        log.verify(&did).map(fedverify_identity::new)
    })
}

/// Verifies a log, and compares it with what was seen before. `fedverify_identity_pin` and `fedverify_package_pin` then
/// give the pin to keep for the next visit.
///
/// As `fedverify_identity_verify`; and `pin` is what was kept, or NULL on the first visit, and `now` is this machine's clock
/// in seconds since 1970. Signatures of operations that the pin knows are not checked again.
///
/// Limits: as `fedverify_identity_verify`; `pinBytes`, for the pin to keep.
///
/// Errors: as `fedverify_identity_verify`; `FEDVERIFY_PIN_ROLLBACK`, `FEDVERIFY_PIN_FORK`,
/// `FEDVERIFY_PIN_NULLIFICATION_LATE`, `FEDVERIFY_PIN_TOO_LARGE`; `FEDVERIFY_PIN_MALFORMED` for the pin of another identity;
/// `FEDVERIFY_API_ARGUMENT` for a clock later than the year 9999.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verify_remembering(
    log: Bytes<'_>,
    log_len: usize,
    did: Str<'_>,
    did_len: usize,
    pin: Option<&fedverify_pin>,
    now: u64,
    limits: Option<&fedverify_limits>,
    identity: Place<'_, fedverify_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(identity, error, || {
        let (did, log) = claimed(log, log_len, did, did_len, &fedverify_limits::or_default(limits))?;
        log.verify_remembering(&did, pin.map(|pin| &pin.pin), now).map(fedverify_identity::new)
    })
}

/// What a caller wants verified: a DID, and the log that is claimed to be its own.
fn claimed<'c>(
    log: Bytes<'c>,
    log_len: usize,
    did: Str<'c>,
    did_len: usize,
    limits: &Limits,
) -> Result<(PlcDid, Log<'c>), Error> {
    let did = did.read(did_len, "a DID")?.parse()?;
    Ok((did, Log::parse(log.read(log_len, "a log")?, limits)?))
}

/// Frees an identity. NULL is ignored; do not free twice. What came from it is not affected: operations, states, releases,
/// packages and pins.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_free(identity: Option<Box<fedverify_identity>>) {
    free(identity);
}

/// The DID. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_did(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::new(identity.core().did().as_str()))
}

/// The CID of the last operation that is not nullified. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_head(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::new(identity.core().head()))
}

/// Whether the identity was deactivated. Then it has no keys, no services and no names.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_is_tombstoned(identity: Option<&fedverify_identity>) -> bool {
    look(identity, |identity| identity.core().is_tombstoned())
}

/// The form of the log: one of the `FEDVERIFY_LOG_` constants; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_log_form(identity: Option<&fedverify_identity>) -> i32 {
    look(identity, |identity| match identity.core().form() {
        LogForm::Audit => FEDVERIFY_LOG_AUDIT,
        LogForm::Bare => FEDVERIFY_LOG_BARE,
        LogForm::Export => FEDVERIFY_LOG_EXPORT,
    })
}

/// The number of nullified operations.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_nullified_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.nullified.len())
}

/// The CID of a nullified operation, in the order of the log; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_nullified(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        let entry = identity.nullified.get(index).and_then(|index| identity.core().history().get(*index));
        fedverify_str::from_optional(entry.map(HistoryEntry::cid))
    })
}

/// Puts the URL of the package repository, which serves the metadata document, into `url`: the endpoint of the first service
/// of the type `FairPackageManagementRepo`. Valid until the identity is freed.
///
/// Errors: `FEDVERIFY_PLC_TOMBSTONED`, `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_SERVICE_INVALID`,
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_repository(
    identity: Option<&fedverify_identity>,
    url: Out<'_, fedverify_str>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    tell(url, error, || given(identity, "an identity")?.core().repository().map(fedverify_str::new))
}

/// How many signatures were checked to verify the log. Those of operations that a pin knows are not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_signature_checks(identity: Option<&fedverify_identity>) -> u64 {
    look(identity, |identity| identity.core().signature_checks())
}

/// The DID document that follows from the log, as JSON; absent for a deactivated identity. Valid until the
/// identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_did_document(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| {
        let render = || identity.core().did_document().map(|document| document.to_json());
        fedverify_str::from_optional(identity.document.get_or_init(render).as_deref())
    })
}

/// What to keep for the next visit: a new pin, to be freed. Puts NULL into `pin` unless the identity was verified with a memory.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_pin(
    identity: Option<&fedverify_identity>,
    pin: Place<'_, fedverify_pin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(pin, error, || {
        Ok(given(identity, "an identity")?.core().pin().cloned().map(fedverify_pin::new))
    })
}

/// Compares the DID document that a directory serves at `url` with the one that follows from its log, by what they say. The
/// served one is not signed, so a difference says something about the directory and nothing about the identity.
///
/// `difference` gets a new string for people that names it, safe to print on a terminal: what a report has as the warning
/// `FEDVERIFY_WARNING_PLC_DOCUMENT_DIFFERS`. It gets NULL where both documents say the same.
///
/// Limits: `logBytes`, `jsonDepth`, `jsonValues`.
///
/// No document follows from the log of a deactivated identity: one that is served with keys, services or aliases differs.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_compare_document(
    identity: Option<&fedverify_identity>,
    url: Str<'_>,
    url_len: usize,
    served: Bytes<'_>,
    served_len: usize,
    limits: Option<&fedverify_limits>,
    difference: Place<'_, fedverify_string>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(difference, error, || {
        let identity = given(identity, "an identity")?.core();
        let url = url.read(url_len, "a URL")?;
        let served = served.read(served_len, "a DID document")?;
        let limits = fedverify_limits::or_default(limits);
        let warning = directory::compare_document(url, identity, served, &limits);
        Ok(warning.map(|warning| fedverify_string(warning.message().to_owned())))
    })
}

/// The number of warnings: non-fatal findings.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_warning_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.core().warnings().len())
}

/// The stable code of a warning; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_warning_code(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| warnings::code(identity.core().warnings(), index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_warning_message(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| warnings::message(identity.core().warnings(), index))
}
