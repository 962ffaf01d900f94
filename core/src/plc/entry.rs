//! Entries of audit logs and exports: an operation, and what the directory says beside it.

use super::operation::Operation;
use crate::error::Error;
use crate::json::{Fields, Value};
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::time::Timestamp;

/// An operation of a log, as it was served.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) operation: Operation,
    /// What the directory says of it; `None` in a bare log.
    pub(super) served: Option<Served>,
    /// Whether the entry had members that are not known. They are ignored (did-plc.md, "Entries").
    pub(super) has_unknown_member: bool,
}

/// The directory's word about an operation. Nobody signs it.
#[derive(Debug, Clone)]
pub(super) struct Served {
    pub(super) did: String,
    cid: String,
    /// `None` in an export of numbered entries, which has no such flag.
    pub(super) nullified: Option<bool>,
    created_at: Timestamp,
}

/// The `type` of an entry in an export of numbered entries.
const SEQUENCED: &str = "sequenced_op";

impl Entry {
    /// Reads an entry of an audit log: `did`, `operation`, `cid`, `nullified` and `createdAt`.
    pub(super) fn from_audit_log(value: Value<'_>, limits: &Limits) -> Result<Self, Error> {
        let mut fields = Fields::from_value(value)
            .map_err(|other| malformed(&format!("an entry must be an object, found {}", other.kind())))?;
        let nullified = Some(take_flag(&mut fields)?);
        Entry::from_fields(fields, nullified, limits)
    }

    /// Reads an entry of an export: the same, or in the numbered form with `type` and `seq` instead of the flag.
    pub(super) fn from_export(mut fields: Fields<'_>, limits: &Limits) -> Result<Self, Error> {
        match fields.take("type") {
            None => {
                let nullified = Some(take_flag(&mut fields)?);
                Entry::from_fields(fields, nullified, limits)
            }
            Some(Value::String(name)) if name == SEQUENCED => {
                fields.take_number("seq").map_err(|what| malformed(&what))?;
                Entry::from_fields(fields, None, limits)
            }
            Some(other) => {
                let found =
                    if let Value::String(name) = &other { quote(name) } else { other.kind().to_owned() };
                let expected = format!("an entry without a type, or of type {SEQUENCED}");
                Err(malformed(&format!("expected {expected}, found {found}")))
            }
        }
    }

    fn from_fields(mut fields: Fields<'_>, nullified: Option<bool>, limits: &Limits) -> Result<Self, Error> {
        let did = fields.take_string("did").map_err(|what| malformed(&what))?;
        let operation = match fields.take("operation") {
            Some(operation @ Value::Object(_)) => operation,
            Some(other) => {
                return Err(malformed(&format!(
                    "the member operation must be an object, found {}",
                    other.kind()
                )));
            }
            None => return Err(malformed("the member operation is missing")),
        };
        let cid = fields.take_string("cid").map_err(|what| malformed(&what))?;
        let created_at = fields.take_string("createdAt").map_err(|what| malformed(&what))?;
        let served = Served { did, cid, nullified, created_at: timestamp(created_at)? };
        let operation = Operation::from_json(operation, limits)?;
        Ok(Entry { operation, served: Some(served), has_unknown_member: fields.left_over().is_some() })
    }
}

impl Served {
    /// Compares the served CID with the computed one. It is never used otherwise.
    pub(super) fn check_cid(&self, computed: &str) -> Result<(), Error> {
        if computed == self.cid {
            return Ok(());
        }
        let message =
            format!("expected the CID {computed} (computed from the operation), found {}", quote(&self.cid));
        Err(Error::new(Code::PlcCidMismatch, message).with_cid(computed))
    }

    pub(super) fn into_created_at(self) -> Timestamp {
        self.created_at
    }
}

fn take_flag(fields: &mut Fields<'_>) -> Result<bool, Error> {
    fields.take_boolean("nullified").map_err(|what| malformed(&what))
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

/// Refuses a log without operations, and one with more than the limit.
pub(super) fn check_length(count: usize, limits: &Limits) -> Result<(), Error> {
    if count == 0 {
        return Err(Error::new(Code::PlcLogEmpty, "the log has no operations").at(Check::PlcOperations));
    }
    if u64::try_from(count).unwrap_or(u64::MAX) > limits.log_operations {
        let found = format!("the log has {count} operations");
        let error = Error::above_limit(Code::PlcLogTooLong, found, "logOperations", limits.log_operations);
        return Err(error.at(Check::PlcOperations));
    }
    Ok(())
}
