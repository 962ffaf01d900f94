//! Logs as a directory serves them: well-formed claims, not yet verified.

use super::identity::Identity;
use super::memory::{Proven, Visit};
use super::operation::Operation;
use crate::time::Timestamp;
use super::walk;
use crate::did::PlcDid;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::json::{self, Fields, Value};
use crate::pin::Pin;

/// The log of one identity, in either form that a directory serves.
///
/// ```
/// use fedverify::{Code, Log, PlcDid};
///
/// let did: PlcDid = "did:plc:z72i7hdynmk6r22z27h6tvur".parse()?;
/// let error = Log::parse(br#"{"message": "DID not registered"}"#).unwrap_err();
/// assert_eq!(error.code(), Code::InputWrongType);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone)]
#[non_exhaustive]
pub enum Log {
    /// The audit log: every operation ever accepted, with times.
    Audit(AuditLog),
    /// The bare log: the surviving operations only.
    Bare(BareLog),
}

impl Log {
    /// Reads a log of either form, within the default limits. An array whose first element has a member `operation` is
    /// an audit log.
    ///
    /// Errors: `input.*`, [`Code::PlcLogEmpty`], [`Code::PlcLogTooLong`], [`Code::PlcEntryMalformed`],
    /// [`Code::PlcTimestampMalformed`], `plc.operation.*`, [`Code::PlcSignatureEncoding`].
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        Log::parse_with(json, &Limits::default())
    }

    /// Like [`Log::parse`], with other limits.
    pub fn parse_with(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        Log::from_entries(json, read_entries(json, limits)?, limits)
    }

    /// Reads a log that stands inside another document. Its own text is not known, so it cannot be pinned.
    pub(super) fn from_value(log: Value<'_>, limits: &Limits) -> Result<Self, Error> {
        Log::from_entries(&[], entries_of(log, limits)?, limits)
    }

    fn from_entries(text: &[u8], entries: Vec<Value<'_>>, limits: &Limits) -> Result<Self, Error> {
        if entries.first().is_some_and(is_audit_entry) {
            AuditLog::from_entries(text, entries, limits).map(Log::Audit)
        } else {
            BareLog::from_entries(text, entries, limits).map(Log::Bare)
        }
    }

    /// Verifies the log to the genesis operation that the DID is the hash of. See [`AuditLog::verify`] and
    /// [`BareLog::verify`].
    pub fn verify(self, did: &PlcDid) -> Result<Identity, Error> {
        match self {
            Log::Audit(log) => log.verify(did),
            Log::Bare(log) => log.verify(did),
        }
    }

    /// Verifies the log, and compares it with what was seen before; [`Identity::pin`] then holds what to keep for the next
    /// visit. `now` is the caller's clock, in seconds since 1970; `None` as a pin is a first visit.
    ///
    /// Signatures of operations that the pin knows are not checked again.
    ///
    /// Errors: as [`Log::verify`]; [`Code::PinMalformed`] for the pin of another identity; [`Code::PinRollback`],
    /// [`Code::PinFork`], [`Code::PinNullificationLate`].
    pub fn verify_remembering(self, did: &PlcDid, pin: Option<&Pin>, now: u64) -> Result<Identity, Error> {
        match self {
            Log::Audit(log) => log.verify_remembering(did, pin, now),
            Log::Bare(log) => log.verify_remembering(did, pin, now),
        }
    }
}

/// An audit log (`GET /<did>/log/audit`): every operation that the directory ever accepted, nullified ones too, with
/// the times at which it says it did.
#[derive(Debug, Clone)]
pub struct AuditLog {
    /// The text as it was served, for the pin.
    text: Vec<u8>,
    entries: Vec<Entry>,
    limits: Limits,
}

/// One entry of an audit log. Only `operation` is signed; the rest is the directory's word.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    did: String,
    operation: Operation,
    cid: String,
    /// `None` from an export of the form that has no such flag.
    nullified: Option<bool>,
    created_at: Timestamp,
}

impl AuditLog {
    /// Reads an audit log, within the default limits. Errors: as [`Log::parse`].
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        AuditLog::parse_with(json, &Limits::default())
    }

    /// Like [`AuditLog::parse`], with other limits, which also hold for [`AuditLog::verify`].
    pub fn parse_with(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        AuditLog::from_entries(json, read_entries(json, limits)?, limits)
    }

    fn from_entries(text: &[u8], entries: Vec<Value<'_>>, limits: &Limits) -> Result<Self, Error> {
        let read =
            |(index, entry)| Entry::from_json(entry, limits).map_err(|error| error.at_operation(index));
        let entries = entries.into_iter().enumerate().map(read).collect::<Result<_, _>>();
        Ok(AuditLog { text: text.to_vec(), entries: entries.map_err(of_operations)?, limits: *limits })
    }

    /// A log of entries that came one by one. It has no text, so it cannot be pinned.
    pub(super) fn of_entries(entries: Vec<Entry>, limits: &Limits) -> Self {
        AuditLog { text: Vec::new(), entries, limits: *limits }
    }

    /// Walks the log from the genesis operation, which the DID is the hash of, to the head.
    ///
    /// Errors: [`Code::PlcDidMismatch`], [`Code::PlcCidMismatch`], [`Code::PlcGenesisInvalid`],
    /// [`Code::PlcGenesisRepeated`], [`Code::PlcPrevMismatch`], [`Code::PlcPrevNullified`], [`Code::PlcTombstoned`],
    /// [`Code::PlcTimestampOrder`], [`Code::PlcNullificationLate`], [`Code::PlcNullificationAuthority`],
    /// [`Code::PlcSignatureHighS`], [`Code::PlcSignatureInvalid`], [`Code::PlcNullifiedFlag`],
    /// [`Code::PlcLogTooMuchWork`].
    pub fn verify(self, did: &PlcDid) -> Result<Identity, Error> {
        self.walk(did, Proven::nothing())
    }

    /// Like [`AuditLog::verify`], with a memory: see [`Log::verify_remembering`].
    pub fn verify_remembering(self, did: &PlcDid, pin: Option<&Pin>, now: u64) -> Result<Identity, Error> {
        let visit = Visit::new(did, &self.text, pin, now)?;
        let proven = visit.proven(&self.text);
        visit.remember(self.walk(did, proven)?)
    }

    fn walk(self, did: &PlcDid, mut proven: Proven<'_>) -> Result<Identity, Error> {
        // did-plc.md, "Chain", rule 1: every entry's did is the DID asked for.
        for (index, entry) in self.entries.iter().enumerate() {
            if entry.did != did.as_str() {
                let message = format!("expected an entry of {did}, found one of {}", quote(&entry.did));
                return Err(of_operations(Error::new(Code::PlcDidMismatch, message)).at_operation(index));
            }
        }
        let mut served = Vec::with_capacity(self.entries.len());
        let mut steps = Vec::with_capacity(self.entries.len());
        for (index, entry) in self.entries.into_iter().enumerate() {
            let of_cids = |error: Error| error.at_operation(index).at(Check::PlcCids);
            let encoded = proven.encode(&entry.operation).map_err(of_cids)?;
            check_cid(&encoded.cid, &entry.cid).map_err(of_cids)?;
            steps.push(walk::Step::of(encoded, entry.operation, Some(entry.created_at)));
            served.push(entry.nullified);
        }
        let identity = walk::verify(did, steps, &self.limits)?;
        check_flags(&identity, &served).map_err(|error| error.at(Check::PlcFlags))?;
        Ok(if served.contains(&None) { identity.without_flags() } else { identity })
    }
}

impl Entry {
    fn from_json(value: Value<'_>, limits: &Limits) -> Result<Self, Error> {
        let fields = Fields::of(value)
            .map_err(|other| malformed(&format!("an entry must be an object, it is {}", other.kind())))?;
        Entry::from_fields(fields, limits)
    }

    /// Reads the five members of an entry.
    pub(super) fn from_fields(mut fields: Fields<'_>, limits: &Limits) -> Result<Self, Error> {
        let nullified = match fields.take("nullified") {
            Some(Value::Bool(nullified)) => nullified,
            Some(other) => {
                return Err(malformed(&format!(
                    "the member nullified must be a boolean, it is {}",
                    other.kind()
                )));
            }
            None => return Err(malformed("the member nullified is missing")),
        };
        Ok(Entry { nullified: Some(nullified), ..Entry::without_flag(fields, limits)? })
    }

    /// Reads the four members that an entry has in every form; none may be left.
    pub(super) fn without_flag(mut fields: Fields<'_>, limits: &Limits) -> Result<Self, Error> {
        let did = fields.take_string("did").map_err(|what| malformed(&what))?;
        let operation = match fields.take("operation") {
            Some(operation @ Value::Object(_)) => operation,
            Some(other) => {
                return Err(malformed(&format!(
                    "the member operation must be an object, it is {}",
                    other.kind()
                )));
            }
            None => return Err(malformed("the member operation is missing")),
        };
        let cid = fields.take_string("cid").map_err(|what| malformed(&what))?;
        let created_at = fields.take_string("createdAt").map_err(|what| malformed(&what))?;
        if let Some(name) = fields.left_over() {
            return Err(malformed(&format!("an entry has no member {}", quote(name))));
        }
        let created_at = timestamp(created_at)?;
        let operation = Operation::from_json(operation, limits)?;
        Ok(Entry { did, operation, cid, nullified: None, created_at })
    }
}

pub(super) fn malformed(what: &str) -> Error {
    Error::new(Code::PlcEntryMalformed, what)
}

fn timestamp(text: String) -> Result<Timestamp, Error> {
    Timestamp::parse(text).map_err(|text| {
        let expected = "a date-time such as 2023-04-12T04:53:57.057Z";
        Error::new(Code::PlcTimestampMalformed, format!("expected {expected}, found {}", quote(&text)))
    })
}

/// The served CID is never used, only compared.
fn check_cid(computed: &str, served: &str) -> Result<(), Error> {
    if computed == served {
        return Ok(());
    }
    let message = format!("the operation's CID is {computed}, the directory served {}", quote(served));
    Err(Error::new(Code::PlcCidMismatch, message).with_cid(computed))
}

/// did-plc.md, "Chain", rule 6: the served flags must be what the walk found.
fn check_flags(identity: &Identity, served: &[Option<bool>]) -> Result<(), Error> {
    for (index, (entry, served)) in identity.history().iter().zip(served).enumerate() {
        let is_nullified = entry.is_nullified();
        if served.is_some_and(|served| served != is_nullified) {
            let (is, says) =
                if is_nullified { ("nullified", "not nullified") } else { ("not nullified", "nullified") };
            let message = format!("the operation is {is}, the directory says that it is {says}");
            return Err(Error::new(Code::PlcNullifiedFlag, message)
                .at_operation(index)
                .with_cid(entry.cid()));
        }
    }
    Ok(())
}

/// A bare log (`GET /<did>/log`): the operations that survived, without times.
///
/// It verifies as a straight chain. Whether recoveries were lawful cannot be judged from it, so the identity carries
/// the warning [`LogBare`](crate::WarningCode::LogBare).
#[derive(Debug, Clone)]
pub struct BareLog {
    /// The text as it was served, for the pin.
    text: Vec<u8>,
    operations: Vec<Operation>,
    limits: Limits,
}

impl BareLog {
    /// Reads a bare log, within the default limits. Errors: as [`Log::parse`].
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        BareLog::parse_with(json, &Limits::default())
    }

    /// Like [`BareLog::parse`], with other limits, which also hold for [`BareLog::verify`].
    pub fn parse_with(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        BareLog::from_entries(json, read_entries(json, limits)?, limits)
    }

    fn from_entries(text: &[u8], entries: Vec<Value<'_>>, limits: &Limits) -> Result<Self, Error> {
        let read = |(index, entry)| bare_operation(entry, limits).map_err(|error| error.at_operation(index));
        let operations = entries.into_iter().enumerate().map(read).collect::<Result<_, _>>();
        Ok(BareLog { text: text.to_vec(), operations: operations.map_err(of_operations)?, limits: *limits })
    }

    /// Walks the chain from the genesis operation, which the DID is the hash of, to the head.
    ///
    /// Errors: [`Code::PlcDidMismatch`], [`Code::PlcGenesisInvalid`], [`Code::PlcGenesisRepeated`],
    /// [`Code::PlcPrevMismatch`], [`Code::PlcTombstoned`], [`Code::PlcSignatureHighS`],
    /// [`Code::PlcSignatureInvalid`], [`Code::PlcLogTooMuchWork`].
    pub fn verify(self, did: &PlcDid) -> Result<Identity, Error> {
        self.walk(did, Proven::nothing())
    }

    /// Like [`BareLog::verify`], with a memory: see [`Log::verify_remembering`]. A bare log cannot show that what is gone
    /// was lawfully nullified, so it must still hold the head that was seen.
    pub fn verify_remembering(self, did: &PlcDid, pin: Option<&Pin>, now: u64) -> Result<Identity, Error> {
        let visit = Visit::new(did, &self.text, pin, now)?;
        let proven = visit.proven(&self.text);
        visit.remember(self.walk(did, proven)?)
    }

    fn walk(self, did: &PlcDid, mut proven: Proven<'_>) -> Result<Identity, Error> {
        let steps = self.operations.into_iter().enumerate().map(|(index, operation)| {
            let of_cids = |error: Error| error.at_operation(index).at(Check::PlcCids);
            let encoded = proven.encode(&operation).map_err(of_cids)?;
            Ok(walk::Step::of(encoded, operation, None))
        });
        walk::verify(did, steps.collect::<Result<_, Error>>()?, &self.limits)
    }
}

fn bare_operation(value: Value<'_>, limits: &Limits) -> Result<Operation, Error> {
    if !value.has_member("type") {
        let message = "expected an entry with a member operation, or a bare operation with a member type";
        return Err(Error::new(Code::PlcEntryMalformed, message));
    }
    Operation::from_json(value, limits)
}

fn is_audit_entry(value: &Value<'_>) -> bool {
    value.has_member("operation")
}

/// The elements of the array that a log is.
fn read_entries<'a>(json: &'a [u8], limits: &Limits) -> Result<Vec<Value<'a>>, Error> {
    entries_of(json::parse("log", json, limits.log_bytes, limits).map_err(of_json)?, limits)
}

fn entries_of<'a>(log: Value<'a>, limits: &Limits) -> Result<Vec<Value<'a>>, Error> {
    let entries = log.into_array().map_err(|other| {
        let message = format!("a log is an array of operations, this is {}", other.kind());
        of_json(Error::new(Code::InputWrongType, message))
    })?;
    if entries.is_empty() {
        return Err(of_operations(Error::new(Code::PlcLogEmpty, "the log is an empty array")));
    }
    if u64::try_from(entries.len()).unwrap_or(u64::MAX) > limits.log_operations {
        let message =
            format!("the log has {} operations, the limit is {}", entries.len(), limits.log_operations);
        return Err(of_operations(Error::new(Code::PlcLogTooLong, message)));
    }
    Ok(entries)
}

fn of_json(error: Error) -> Error {
    error.at(Check::PlcJson)
}

pub(super) fn of_operations(error: Error) -> Error {
    error.at(Check::PlcOperations)
}
