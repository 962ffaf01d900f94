//! Identities whose whole log was verified.

use crate::border::{Bytes, Place, Str, fedverify_str};
use crate::call::{free, given, look, make, make_optional};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::pin::fedverify_pin;
use crate::status::fedverify_status;
use crate::string::fedverify_string;
use crate::warnings;
use fedverify::plc::{HistoryEntry, OperationType, Service, State};
use fedverify::{DidKey, Error, Identity, Limits, Log, LogForm, PlcDid, directory};
use std::sync::OnceLock;

/// An identity whose log was verified back to the genesis operation that its DID is the hash of. Holding one is the proof:
/// nothing else makes one. Freed with `fedverify_identity_free`.
pub struct fedverify_identity {
    pub(crate) identity: Identity,
    /// The places of the nullified operations in the history.
    nullified: Vec<usize>,
    document: OnceLock<Option<String>>,
}

impl fedverify_identity {
    pub(crate) fn new(identity: Identity) -> Self {
        let history = identity.history().iter().enumerate();
        let nullified = history.filter(|(_, entry)| entry.is_nullified()).map(|(index, _)| index).collect();
        fedverify_identity { identity, nullified, document: OnceLock::new() }
    }

    fn entry(&self, index: usize) -> Option<&HistoryEntry> {
        self.identity.history().get(index)
    }

    /// A list of strings of the current state; empty where the identity was deactivated.
    fn strings(&self, list: fn(&State) -> &[String]) -> &[String] {
        self.identity.state().map(list).unwrap_or_default()
    }

    fn method(&self, index: usize) -> Option<(&str, &DidKey)> {
        self.identity.state()?.verification_methods().at(index)
    }

    fn service(&self, index: usize) -> Option<(&str, &Service)> {
        self.identity.state()?.services().at(index)
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
/// Errors: as `fedverify_identity_verify`; `FEDVERIFY_PIN_ROLLBACK`, `FEDVERIFY_PIN_FORK`,
/// `FEDVERIFY_PIN_NULLIFICATION_LATE`, `FEDVERIFY_PIN_TOO_LARGE`; `FEDVERIFY_PIN_MALFORMED` for the pin of another identity.
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

/// Frees an identity. NULL is ignored; do not free twice. Releases, packages and pins that came from it are not affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_free(identity: Option<Box<fedverify_identity>>) {
    free(identity);
}

/// The DID. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_did(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::new(identity.identity.did().as_str()))
}

/// The CID of the last operation that is not nullified. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_head(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::new(identity.identity.head()))
}

/// Whether the identity was deactivated. Then it has no keys, no services and no names.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_is_tombstoned(identity: Option<&fedverify_identity>) -> bool {
    look(identity, |identity| identity.identity.is_tombstoned())
}

/// The form of the log: one of the `FEDVERIFY_LOG_` constants; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_log_form(identity: Option<&fedverify_identity>) -> i32 {
    look(identity, |identity| match identity.identity.form() {
        LogForm::Audit => FEDVERIFY_LOG_AUDIT,
        LogForm::Bare => FEDVERIFY_LOG_BARE,
        LogForm::Export => FEDVERIFY_LOG_EXPORT,
    })
}

/// The number of operations in the log, nullified ones too.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.identity.history().len())
}

/// The CID of the operation at `index`, in the order of the log; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_cid(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_optional(identity.entry(index).map(HistoryEntry::cid)))
}

/// The type of the operation at `index`: `plc_operation`, `plc_tombstone` or `create`; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_type(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        let operation_type = identity.entry(index).map(|entry| entry.operation().operation_type());
        fedverify_str::from_optional(operation_type.map(OperationType::as_str))
    })
}

/// The index of the operation that the one at `index` follows; -1 for the genesis and past the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_prev(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> i64 {
    let entry = identity.and_then(|identity| identity.entry(index));
    entry.and_then(|entry| i64::try_from(entry.prev()?).ok()).unwrap_or(-1)
}

/// When the directory says that it accepted the operation at `index` (RFC 3339; nobody signs times); absent in a bare log
/// and past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_created_at(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        let created_at = identity.entry(index).and_then(HistoryEntry::created_at);
        fedverify_str::from_optional(created_at.map(|time| time.as_str()))
    })
}

/// Whether a recovery undid the operation at `index`; false past the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_is_nullified(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> bool {
    look(identity, |identity| identity.entry(index).is_some_and(HistoryEntry::is_nullified))
}

/// The index of the key that signed the operation at `index`, among the rotation keys of the operation before it (of the
/// genesis: its own); -1 past the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_signer(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> i64 {
    let entry = identity.and_then(|identity| identity.entry(index));
    entry.and_then(|entry| i64::try_from(entry.signer()).ok()).unwrap_or(-1)
}

/// The key that signed the operation at `index`, as it is written: a did:key. Absent past the end. Valid until the identity
/// is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_signer_key(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_optional(identity.identity.signer_key(index)))
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
        let entry = identity.nullified.get(index).and_then(|index| identity.entry(*index));
        fedverify_str::from_optional(entry.map(HistoryEntry::cid))
    })
}

/// The number of rotation keys.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_rotation_key_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.strings(State::rotation_keys).len())
}

/// A rotation key as a did:key, by authority: index 0 has the highest. Absent past the end. Valid until the
/// identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_rotation_key(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_list(identity.strings(State::rotation_keys), index))
}

/// The number of verification methods.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verification_method_count(
    identity: Option<&fedverify_identity>,
) -> usize {
    look(identity, |identity| identity.identity.state().map_or(0, |state| state.verification_methods().len()))
}

/// The id of a verification method, without `#`, such as `fair`; in canonical order, shorter ids first. Absent past the
/// end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verification_method_id(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_optional(identity.method(index).map(|(id, _)| id)))
}

/// The key of a verification method as a did:key; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verification_method_key(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        fedverify_str::from_optional(identity.method(index).map(|(_, key)| key.as_str()))
    })
}

/// The number of names that the identity claims.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_also_known_as_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.strings(State::also_known_as).len())
}

/// A name that the identity claims, a URI. A claim: anyone can claim any name. Absent past the end. Valid until the
/// identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_also_known_as(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_list(identity.strings(State::also_known_as), index))
}

/// The number of services.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.identity.state().map_or(0, |state| state.services().len()))
}

/// The id of a service, without `#`; in canonical order, shorter ids first. Absent past the end. Valid until the
/// identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_id(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_optional(identity.service(index).map(|(id, _)| id)))
}

/// The type of a service; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_type(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        fedverify_str::from_optional(identity.service(index).map(|(_, service)| service.service_type()))
    })
}

/// The URL of a service: any string, as it was signed; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_endpoint(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        fedverify_str::from_optional(identity.service(index).map(|(_, service)| service.endpoint()))
    })
}

/// The URL of the package repository, which serves the metadata document: the endpoint of the first service of the type
/// `FairPackageManagementRepo`. Absent where there is none that can be used, and for a deactivated identity. Valid until the
/// identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_repository(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::from_optional(identity.identity.repository().ok()))
}

/// How many signatures were checked to verify the log. Those of operations that a pin knows are not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_signature_checks(identity: Option<&fedverify_identity>) -> u64 {
    look(identity, |identity| identity.identity.signature_checks())
}

/// The DID document that follows from the log, as JSON; absent for a deactivated identity. Valid until the
/// identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_did_document(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| {
        let render = || identity.identity.did_document().map(|document| document.to_json());
        fedverify_str::from_optional(identity.document.get_or_init(render).as_deref())
    })
}

/// What to keep for the next visit: a new pin, to be freed. NULL unless the identity was verified with
/// `fedverify_identity_verify_remembering`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_pin(
    identity: Option<&fedverify_identity>,
) -> Option<Box<fedverify_pin>> {
    look(identity, |identity| identity.identity.pin().cloned().map(|pin| Box::new(fedverify_pin::new(pin))))
}

/// Compares the DID document that a directory serves at `url` with the one that follows from its log, by what they say. The
/// served one is not signed, so a difference says something about the directory and nothing about the identity.
///
/// `difference` gets a new string for people that names it, safe to print on a terminal; NULL where there is none. Of the
/// limits `logBytes` and those of JSON count.
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
        let identity = &given(identity, "an identity")?.identity;
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
    look(identity, |identity| identity.identity.warnings().len())
}

/// The stable code of a warning; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_warning_code(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| warnings::code(identity.identity.warnings(), index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the identity is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_warning_message(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| warnings::message(identity.identity.warnings(), index))
}
