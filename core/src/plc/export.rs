//! Entries of a directory's export, gathered into logs (did-plc.md, "Exports").

use super::entry::{Entry, check_length, malformed};
use crate::error::Error;
use crate::index::Index;
use crate::json::{self, Fields, Value};
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use sha2::{Digest, Sha256};

/// One entry of an export.
#[derive(Debug, Clone)]
pub struct ExportEntry {
    did: String,
    bytes: u64,
    sha256: [u8; 32],
    /// Boxed: an entry is large, and lines wait in lists.
    entry: Result<Box<Entry>, Error>,
}

impl ExportEntry {
    pub(super) fn read(mut fields: Fields<'_>, line: &[u8], limits: &Limits) -> Result<Self, Error> {
        let Some(did) = fields.string("did").map(str::to_owned) else {
            let what = fields.take_string("did").err().unwrap_or_default();
            return Err(malformed(&what));
        };
        let bytes = u64::try_from(line.len()).unwrap_or(u64::MAX);
        let sha256 = Sha256::digest(line).into();
        let entry = Entry::from_export(fields, limits).map(Box::new);
        Ok(ExportEntry { did, bytes, sha256, entry })
    }

    /// The DID that the entry names: any string.
    pub fn did(&self) -> &str {
        &self.did
    }
}

/// The entries of one identity, gathered from the lines of an export in their order.
///
/// It holds no more than the limits allow, however much is pushed. Flags are derived, since each was true only when its
/// entry was exported; an entry that is repeated byte for byte, as where two pages meet, counts once (did-plc.md,
/// "Exports").
#[derive(Debug, Clone)]
pub struct ExportLog {
    did: String,
    entries: Vec<Entry>,
    seen: Index<'static>,
    bytes: u64,
    refusal: Option<Error>,
    limits: Limits,
}

impl ExportLog {
    /// The log that starts with this entry.
    pub fn new(first: ExportEntry, limits: &Limits) -> Self {
        let mut log = ExportLog::empty(&first.did, limits);
        log.push(first);
        log
    }

    fn empty(did: &str, limits: &Limits) -> Self {
        let (entries, seen) = (Vec::new(), Index::default());
        ExportLog { did: did.to_owned(), entries, seen, bytes: 0, refusal: None, limits: *limits }
    }

    /// The DID that the first entry names: any string.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// Adds the next entry, which must be of the same DID. Once the log is refused, nothing is kept any more.
    pub fn push(&mut self, entry: ExportEntry) {
        if entry.did != self.did {
            let message =
                format!("expected an entry of {}, found one of {}", quote(&self.did), quote(&entry.did));
            let index = self.entries.len();
            return self.refuse(Error::new(Code::PlcDidMismatch, message).at_operation(index));
        }
        if self.refusal.is_some() || self.seen.insert_owned(entry.sha256, 0).is_some() {
            return;
        }
        let index = self.entries.len();
        self.bytes = self.bytes.saturating_add(entry.bytes);
        if let Err(error) = self.check_limits() {
            return self.refuse(error);
        }
        match entry.entry {
            Ok(entry) => self.entries.push(*entry),
            Err(error) => self.refuse(error.at_operation(index)),
        }
    }

    fn check_limits(&self) -> Result<(), Error> {
        let Limits { log_bytes, .. } = self.limits;
        if self.bytes > log_bytes {
            return Err(Error::beyond_limit(
                Code::InputTooLarge,
                "the log has more bytes",
                "logBytes",
                log_bytes,
            ));
        }
        check_length(self.entries.len().saturating_add(1), &self.limits)
    }

    fn refuse(&mut self, error: Error) {
        (self.entries, self.seen) = (Vec::new(), Index::default());
        self.refusal.get_or_insert(error.at(Check::PlcOperations));
    }

    /// The log of these entries, which are all of one DID.
    pub(super) fn from_entries(
        did: &str,
        entries: impl Iterator<Item = ExportEntry>,
        limits: &Limits,
    ) -> Self {
        let mut log = ExportLog::empty(did, limits);
        entries.for_each(|entry| log.push(entry));
        log
    }

    pub(super) fn limits(&self) -> &Limits {
        &self.limits
    }

    pub(super) fn into_entries(self) -> Result<Vec<Entry>, Error> {
        match self.refusal {
            Some(error) => Err(error),
            None => check_length(self.entries.len(), &self.limits).map(|()| self.entries),
        }
    }
}

/// Whether the input is JSON lines rather than an array: it starts with an object.
pub(super) fn is_lines(json: &[u8]) -> bool {
    json.trim_ascii_start().starts_with(b"{")
}

/// Reads the lines of an export. Each has a DID; faults of an entry come out when the log of its DID is verified.
pub(super) fn read_lines(json: &[u8], limits: &Limits) -> Result<Vec<ExportEntry>, Error> {
    json::check_size("log", json, ("logBytes", limits.log_bytes))?;
    let lines = json.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
    // The lines are one document, whose values are counted together.
    let mut values = 0u64;
    let read = |line: &[u8]| {
        let (value, count) =
            json::parse_counted("log", line, ("logBytes", limits.log_bytes), limits).map_err(|error| {
                if values == 0 { whole_document(json, limits).unwrap_or(error) } else { error }
            })?;
        values = values.saturating_add(count);
        if values > limits.json_values {
            let (code, limit) = (Code::InputTooManyValues, limits.json_values);
            return Err(Error::beyond_limit(code, "the log has more values", "jsonValues", limit));
        }
        if !value.has_member("operation") {
            let message = format!("expected a log, which is an array of operations; found {}", value.kind());
            return Err(Error::new(Code::InputWrongType, message));
        }
        ExportEntry::read(Fields::from_value(value).map_err(|other| not_a_line(&other))?, line, limits)
    };
    lines.map(read).collect()
}

/// What is wrong with JSON whose first line is none by itself, where all of it is another document over several lines.
fn whole_document(json: &[u8], limits: &Limits) -> Option<Error> {
    let value = json::parse("log", json, ("logBytes", limits.log_bytes), limits).ok()?;
    let message = || format!("expected a log, which is an array of operations; found {}", value.kind());
    (!value.has_member("operation")).then(|| wrong_type(&message()))
}

pub(super) fn wrong_type(what: &str) -> Error {
    Error::new(Code::InputWrongType, what)
}

pub(super) fn not_a_line(other: &Value<'_>) -> Error {
    let hint = if matches!(other, Value::Array(_)) {
        ". A JSON array can be split into lines with: jq -c '.[]'"
    } else {
        ""
    };
    wrong_type(&format!("expected an object on each line, found {}{hint}", other.kind()))
}
