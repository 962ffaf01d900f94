//! Identities whose whole log was verified.

use crate::border::{Bytes, Place, Text, fedverify_str};
use crate::call::{free, given, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::pin::fedverify_pin;
use crate::report::fedverify_report;
use crate::status::fedverify_status;
use fedverify::plc::{HistoryEntry, Service, State};
use fedverify::{DidKey, Identity, Log, PlcDid, Report};
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
    fn of(identity: Identity) -> Self {
        let history = identity.history().iter().enumerate();
        let nullified = history.filter(|(_, entry)| entry.is_nullified()).map(|(index, _)| index).collect();
        fedverify_identity { identity, nullified, document: OnceLock::new() }
    }

    fn entry(&self, index: usize) -> Option<&HistoryEntry> {
        self.identity.history().get(index)
    }

    fn method(&self, index: usize) -> Option<(&str, &DidKey)> {
        self.identity.state()?.verification_methods().at(index)
    }

    fn service(&self, index: usize) -> Option<(&str, &Service)> {
        self.identity.state()?.services().at(index)
    }
}

/// Verifies a log, as a directory serves it, to the genesis operation that the DID is the hash of.
///
/// `log` is JSON: an audit log (`GET /<did>/log/audit`) or a bare log (`GET /<did>/log`; it shows nothing of recoveries, and
/// the report warns of that). `did` is a did:plc from where you trust it, never from the log. NULL as `limits` stands
/// for the defaults. A log may verify and yet lack its newest operations: `fedverify_identity_verify_remembering` notices
/// that.
///
/// Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the families `FEDVERIFY_INPUT_` and
/// `FEDVERIFY_PLC_`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verify(
    log: Bytes<'_>,
    log_len: usize,
    did: Text<'_>,
    did_len: usize,
    limits: Option<&fedverify_limits>,
    identity: Place<'_, fedverify_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(identity, error, || {
        let did: PlcDid = did.read(did_len, "a DID")?.parse()?;
        let log = Log::parse_with(log.read(log_len, "a log")?, &fedverify_limits::of(limits))?;
        log.verify(&did).map(fedverify_identity::of)
    })
}

/// Verifies a log, and compares it with what was seen before. `fedverify_identity_pin` and `fedverify_package_pin` then
/// give the pin to keep for the next visit.
///
/// As `fedverify_identity_verify`; and `pin` is what was kept, or NULL on the first visit, and `now` is this machine's clock
/// in seconds since 1970. Signatures of operations that the pin knows are not checked again.
///
/// Errors: as `fedverify_identity_verify`; `FEDVERIFY_PIN_ROLLBACK`, `FEDVERIFY_PIN_FORK`,
/// `FEDVERIFY_PIN_NULLIFICATION_LATE`; `FEDVERIFY_PIN_MALFORMED` for the pin of another identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verify_remembering(
    log: Bytes<'_>,
    log_len: usize,
    did: Text<'_>,
    did_len: usize,
    pin: Option<&fedverify_pin>,
    now: u64,
    limits: Option<&fedverify_limits>,
    identity: Place<'_, fedverify_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(identity, error, || {
        let did: PlcDid = did.read(did_len, "a DID")?.parse()?;
        let log = Log::parse_with(log.read(log_len, "a log")?, &fedverify_limits::of(limits))?;
        log.verify_remembering(&did, pin.map(|pin| &pin.pin), now).map(fedverify_identity::of)
    })
}

/// Takes an identity back. NULL is allowed, the same identity twice is not. Releases, packages and reports that were made
/// from it stay as they are.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_free(identity: Option<Box<fedverify_identity>>) {
    free(identity);
}

/// The DID. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_did(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::of(identity.identity.did().as_str()))
}

/// The CID of the last operation that is not nullified. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_head(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::of(identity.identity.head()))
}

/// Whether the identity was deactivated. Then it has no keys, no services and no names.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_is_tombstoned(identity: Option<&fedverify_identity>) -> bool {
    look(identity, |identity| identity.identity.is_tombstoned())
}

/// The number of operations in the log, nullified ones too.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.identity.history().len())
}

/// The CID of the operation at `index`, in the order of the log; absent beyond the end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_cid(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::of_optional(identity.entry(index).map(HistoryEntry::cid)))
}

/// When the directory says that it accepted the operation at `index` (RFC 3339; nobody signs times); absent in a bare log
/// and beyond the end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_created_at(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        let created_at = identity.entry(index).and_then(HistoryEntry::created_at);
        fedverify_str::of_optional(created_at.map(|time| time.as_str()))
    })
}

/// Whether a recovery undid the operation at `index`; false beyond the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_is_nullified(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> bool {
    look(identity, |identity| identity.entry(index).is_some_and(HistoryEntry::is_nullified))
}

/// The index of the key that signed the operation at `index`, among the rotation keys of the operation before it (of the
/// genesis: its own); -1 beyond the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_operation_signer(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> i64 {
    let entry = identity.and_then(|identity| identity.entry(index));
    entry.and_then(|entry| i64::try_from(entry.signer()).ok()).unwrap_or(-1)
}

/// The number of nullified operations.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_nullified_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.nullified.len())
}

/// The CID of a nullified operation, in the order of the log; absent beyond the end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_nullified(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        let entry = identity.nullified.get(index).and_then(|index| identity.entry(*index));
        fedverify_str::of_optional(entry.map(HistoryEntry::cid))
    })
}

/// The number of rotation keys.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_rotation_key_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.identity.state().map_or(0, |state| state.rotation_keys().len()))
}

/// A rotation key as a did:key, by authority: index 0 has the highest. Absent beyond the end. It lives as long as the
/// identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_rotation_key(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| text_at(identity.identity.state().map(State::rotation_keys), index))
}

/// The number of verification methods.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verification_method_count(
    identity: Option<&fedverify_identity>,
) -> usize {
    look(identity, |identity| identity.identity.state().map_or(0, |state| state.verification_methods().len()))
}

/// The id of a verification method, without `#`, such as `fair`; in canonical order, shorter ids first. Absent beyond the
/// end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verification_method_id(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::of_optional(identity.method(index).map(|(id, _)| id)))
}

/// The key of a verification method as a did:key; absent beyond the end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_verification_method_key(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::of_optional(identity.method(index).map(|(_, key)| key.as_str())))
}

/// The number of names that the identity claims.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_also_known_as_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.identity.state().map_or(0, |state| state.also_known_as().len()))
}

/// A name that the identity claims, a URI. A claim: anybody can claim any name. Absent beyond the end. It lives as long as
/// the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_also_known_as(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| text_at(identity.identity.state().map(State::also_known_as), index))
}

/// The number of services.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_count(identity: Option<&fedverify_identity>) -> usize {
    look(identity, |identity| identity.identity.state().map_or(0, |state| state.services().len()))
}

/// The id of a service, without `#`; in canonical order, shorter ids first. Absent beyond the end. It lives as long as the
/// identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_id(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::of_optional(identity.service(index).map(|(id, _)| id)))
}

/// The type of a service; absent beyond the end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_type(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        fedverify_str::of_optional(identity.service(index).map(|(_, service)| service.service_type()))
    })
}

/// The address of a service; absent beyond the end. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_service_endpoint(
    identity: Option<&fedverify_identity>,
    index: usize,
) -> fedverify_str {
    look(identity, |identity| {
        fedverify_str::of_optional(identity.service(index).map(|(_, service)| service.endpoint()))
    })
}

/// The address that serves the metadata of the identity's package: the endpoint of its first service of the type
/// `FairPackageManagementRepo`. Absent where there is none, and for a deactivated identity. It lives as long as the
/// identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_repository(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::of_optional(identity.identity.repository().ok()))
}

/// How many signatures were checked to verify the log. Those of operations that a pin knows are not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_signature_checks(identity: Option<&fedverify_identity>) -> u64 {
    look(identity, |identity| identity.identity.signature_checks())
}

/// The DID document that follows from the log, as JSON; absent for a deactivated identity. It lives as long as the
/// identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_did_document(identity: Option<&fedverify_identity>) -> fedverify_str {
    look(identity, |identity| {
        let render = || identity.identity.did_document().map(|document| document.to_json());
        fedverify_str::of_optional(identity.document.get_or_init(render).as_deref())
    })
}

/// What to keep for the next visit: a new pin, to be freed. NULL unless the identity was verified with
/// `fedverify_identity_verify_remembering`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_pin(
    identity: Option<&fedverify_identity>,
) -> Option<Box<fedverify_pin>> {
    look(identity, |identity| identity.identity.pin().cloned().map(|pin| Box::new(fedverify_pin::of(pin))))
}

/// The report on the identity, of the kind `plc-log`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_report(
    identity: Option<&fedverify_identity>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || {
        let identity = given(identity, "an identity")?;
        Ok(fedverify_report::of(Report::of_identity(&identity.identity)))
    })
}

fn text_at(texts: Option<&[String]>, index: usize) -> fedverify_str {
    fedverify_str::of_optional(texts.and_then(|texts| texts.get(index)).map(String::as_str))
}
