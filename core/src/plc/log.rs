//! Logs as a directory serves them: well-formed claims, not yet verified.

use super::identity::Identity;
use super::operation::Operation;
use super::time::Timestamp;
use super::walk;
use crate::did::PlcDid;
use crate::error::{Code, Error, quote};
use crate::json::{self, Fields, Value};
use crate::limits::Limits;
use crate::report::Check;

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
        let entries = read_entries(json, limits)?;
        if entries.first().is_some_and(is_audit_entry) {
            AuditLog::from_entries(entries, limits).map(Log::Audit)
        } else {
            BareLog::from_entries(entries, limits).map(Log::Bare)
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
}

/// An audit log (`GET /<did>/log/audit`): every operation that the directory ever accepted, nullified ones too, with
/// the times at which it says it did.
#[derive(Debug, Clone)]
pub struct AuditLog {
    entries: Vec<Entry>,
    limits: Limits,
}

/// One entry of an audit log. Only `operation` is signed; the rest is the directory's word.
#[derive(Debug, Clone)]
struct Entry {
    did: String,
    operation: Operation,
    cid: String,
    nullified: bool,
    created_at: Timestamp,
}

impl AuditLog {
    /// Reads an audit log, within the default limits. Errors: as [`Log::parse`].
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        AuditLog::parse_with(json, &Limits::default())
    }

    /// Like [`AuditLog::parse`], with other limits, which also hold for [`AuditLog::verify`].
    pub fn parse_with(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        AuditLog::from_entries(read_entries(json, limits)?, limits)
    }

    fn from_entries(entries: Vec<Value<'_>>, limits: &Limits) -> Result<Self, Error> {
        let read =
            |(index, entry)| Entry::from_json(entry, limits).map_err(|error| error.at_operation(index));
        let entries = entries.into_iter().enumerate().map(read).collect::<Result<_, _>>();
        Ok(AuditLog { entries: entries.map_err(of_operations)?, limits: *limits })
    }

    /// Walks the log from the genesis operation, which the DID is the hash of, to the head.
    ///
    /// Errors: [`Code::PlcDidMismatch`], [`Code::PlcCidMismatch`], [`Code::PlcGenesisInvalid`],
    /// [`Code::PlcGenesisRepeated`], [`Code::PlcPrevMismatch`], [`Code::PlcPrevNullified`], [`Code::PlcTombstoned`],
    /// [`Code::PlcTimestampOrder`], [`Code::PlcNullificationLate`], [`Code::PlcNullificationAuthority`],
    /// [`Code::PlcSignatureHighS`], [`Code::PlcSignatureInvalid`], [`Code::PlcNullifiedFlag`],
    /// [`Code::PlcLogTooMuchWork`].
    pub fn verify(self, did: &PlcDid) -> Result<Identity, Error> {
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
            let step = walk::Step::new(entry.operation, Some(entry.created_at));
            let step = step.map_err(|error| error.at_operation(index).at(Check::PlcCids))?;
            check_cid(&step.encoded.cid, &entry.cid)
                .map_err(|error| error.at_operation(index).at(Check::PlcCids))?;
            steps.push(step);
            served.push(entry.nullified);
        }
        let identity = walk::verify(did, steps, &self.limits)?;
        check_flags(&identity, &served).map_err(|error| error.at(Check::PlcFlags))?;
        Ok(identity)
    }
}

impl Entry {
    fn from_json(value: Value<'_>, limits: &Limits) -> Result<Self, Error> {
        let malformed = |what: &str| Error::new(Code::PlcEntryMalformed, what);
        let mut fields = Fields::of(value)
            .map_err(|other| malformed(&format!("an entry must be an object, it is {}", other.kind())))?;
        let did = fields.take_text("did").map_err(|what| malformed(&what))?;
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
        let cid = fields.take_text("cid").map_err(|what| malformed(&what))?;
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
        let created_at = fields.take_text("createdAt").map_err(|what| malformed(&what))?;
        if let Some(name) = fields.left_over() {
            return Err(malformed(&format!("an entry has no member {}", quote(name))));
        }
        let created_at = timestamp(created_at)?;
        let operation = Operation::from_json(operation, limits)?;
        Ok(Entry { did, operation, cid, nullified, created_at })
    }
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
fn check_flags(identity: &Identity, served: &[bool]) -> Result<(), Error> {
    for (index, (entry, served)) in identity.history().iter().zip(served).enumerate() {
        if entry.is_nullified() != *served {
            let (is, says) =
                if *served { ("not nullified", "nullified") } else { ("nullified", "not nullified") };
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
        BareLog::from_entries(read_entries(json, limits)?, limits)
    }

    fn from_entries(entries: Vec<Value<'_>>, limits: &Limits) -> Result<Self, Error> {
        let read = |(index, entry)| bare_operation(entry, limits).map_err(|error| error.at_operation(index));
        let operations = entries.into_iter().enumerate().map(read).collect::<Result<_, _>>();
        Ok(BareLog { operations: operations.map_err(of_operations)?, limits: *limits })
    }

    /// Walks the chain from the genesis operation, which the DID is the hash of, to the head.
    ///
    /// Errors: [`Code::PlcDidMismatch`], [`Code::PlcGenesisInvalid`], [`Code::PlcGenesisRepeated`],
    /// [`Code::PlcPrevMismatch`], [`Code::PlcTombstoned`], [`Code::PlcSignatureHighS`],
    /// [`Code::PlcSignatureInvalid`], [`Code::PlcLogTooMuchWork`].
    pub fn verify(self, did: &PlcDid) -> Result<Identity, Error> {
        let steps = self.operations.into_iter().enumerate().map(|(index, operation)| {
            walk::Step::new(operation, None).map_err(|error| error.at_operation(index).at(Check::PlcCids))
        });
        walk::verify(did, steps.collect::<Result<_, _>>()?, &self.limits)
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
    let log = json::parse("log", json, limits.log_bytes, limits).map_err(of_json)?;
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

fn of_operations(error: Error) -> Error {
    error.at(Check::PlcOperations)
}
