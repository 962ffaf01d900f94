//! Logs as catalogues carry them: one JSON document per line, a whole log or one entry of a directory's export.

use super::entry::{Entry, malformed};
use super::identity::Identity;
use super::log::{self, Log};
use crate::did::PlcDid;
use crate::error::Error;
use crate::json::{self, Fields, Value};
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use sha2::{Digest, Sha256};
use std::collections::BTreeSet;

/// What a line may hold beside its log, in bytes: far more than a DID and the names of the members.
const WRAPPER_BYTES: u64 = 1024;

/// One line of a catalogue: a claim, nothing of it is verified.
///
/// The forms: `{"did", "log"}` with an audit log or a bare log; and an entry of a directory's export, which is
/// `{"did", "operation", "cid", "nullified", "createdAt"}` or
/// `{"type": "sequenced_op", "seq", "did", "operation", "cid", "createdAt"}`.
///
/// ```
/// use fedverify::plc::BatchLine;
/// use fedverify::{Code, Limits};
///
/// let line = br#"{"did": "did:plc:z72i7hdynmk6r22z27h6tvur", "log": []}"#;
/// let BatchLine::Log(log) = BatchLine::parse(line, &Limits::default())? else { unreachable!() };
/// assert_eq!(log.did(), "did:plc:z72i7hdynmk6r22z27h6tvur");
/// assert_eq!(log.verify().unwrap_err().code(), Code::PlcLogEmpty);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone)]
pub enum BatchLine {
    /// A whole log.
    Log(ClaimedLog),
    /// One entry of the log of an identity; the others are on other lines.
    Entry(ExportEntry),
}

impl BatchLine {
    /// The most bytes that a line may have. Reading one byte more is enough to have it refused as too large.
    pub fn max_bytes(limits: &Limits) -> u64 {
        limits.log_bytes.saturating_add(WRAPPER_BYTES)
    }

    /// Reads one line. Faults of the log itself come out when it is verified, so that its DID is known.
    ///
    /// The limits hold for the log without what is around it, and for a line that is an entry.
    ///
    /// # Errors
    ///
    /// `input.*`; [`Code::InputWrongType`] for a document that has neither form.
    pub fn parse(line: &[u8], limits: &Limits) -> Result<Self, Error> {
        // No step has passed before it is known whose log this is.
        BatchLine::read(line, limits).map_err(|error| error.at(Check::Did))
    }

    fn read(line: &[u8], limits: &Limits) -> Result<Self, Error> {
        let around = Limits {
            // The line is a level of its own, and it has itself, the DID and the log for values.
            json_depth: limits.json_depth.saturating_add(1),
            json_values: limits.json_values.saturating_add(2),
            ..*limits
        };
        let value = json::parse("line", line, ("logBytes", BatchLine::max_bytes(limits)), &around)?;
        let is_entry = value.has_member("operation");
        let mut fields = Fields::from_value(value).map_err(|other| not_a_line(&other))?;
        if is_entry {
            return ExportEntry::read(fields, line, limits).map(BatchLine::Entry);
        }
        let did = fields.take_string("did").map_err(|what| wrong_type(&what))?;
        let Some(log) = fields.take("log") else {
            return Err(wrong_type("expected a member log, or the members of an entry of an export"));
        };
        if let Some(name) = fields.left_over() {
            return Err(wrong_type(&format!("a line with a log has no member {}", quote(name))));
        }
        let max_bytes = limits.log_bytes.saturating_add(wrapper_bytes(&did));
        let size = json::check_size("log", line, ("logBytes", max_bytes));
        let log = size.map_err(|e| e.at(Check::PlcJson)).and_then(|()| Log::from_value(log, limits));
        Ok(BatchLine::Log(ClaimedLog { did, log }))
    }

    /// The DID that the line names: any string.
    pub fn did(&self) -> &str {
        match self {
            BatchLine::Log(log) => log.did(),
            BatchLine::Entry(entry) => entry.did(),
        }
    }
}

/// The bytes around a log in `{"did":"…","log":…}`.
fn wrapper_bytes(did: &str) -> u64 {
    let fixed = r#"{"did":"","log":}"#.len();
    u64::try_from(fixed.saturating_add(did.len())).unwrap_or(u64::MAX)
}

fn wrong_type(what: &str) -> Error {
    Error::new(Code::InputWrongType, what)
}

fn not_a_line(other: &Value<'_>) -> Error {
    let hint = if matches!(other, Value::Array(_)) {
        ". A JSON array can be split into lines with: jq -c '.[]'"
    } else {
        ""
    };
    wrong_type(&format!("expected an object on each line, found {}{hint}", other.kind()))
}

/// A whole log, with the DID that it is said to be of.
#[derive(Debug, Clone)]
pub struct ClaimedLog {
    did: String,
    log: Result<Log<'static>, Error>,
}

impl ClaimedLog {
    /// The DID that the line names: any string.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// Verifies the log to the genesis operation that the DID is the hash of.
    ///
    /// # Errors
    ///
    /// [`Code::DidInvalid`], [`Code::DidUnsupported`], and those of [`Log::parse`] and [`Log::verify`].
    pub fn verify(self) -> Result<Identity, Error> {
        let did: PlcDid = self.did.parse()?;
        self.log?.verify(&did)
    }
}

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
    fn read(fields: Fields<'_>, line: &[u8], limits: &Limits) -> Result<Self, Error> {
        let did = fields
            .string("did")
            .ok_or_else(|| malformed("an entry needs a did that is a string"))?
            .to_owned();
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
    seen: BTreeSet<[u8; 32]>,
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
        let (entries, seen) = (Vec::new(), BTreeSet::new());
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
        if self.refusal.is_some() || !self.seen.insert(entry.sha256) {
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
            return Err(Error::above_limit(
                Code::InputTooLarge,
                "the log has more bytes",
                "logBytes",
                log_bytes,
            ));
        }
        log::check_length(self.entries.len().saturating_add(1), &self.limits)
    }

    fn refuse(&mut self, error: Error) {
        (self.entries, self.seen) = (Vec::new(), BTreeSet::new());
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

    pub(super) fn into_entries(self) -> Result<Vec<Entry>, Error> {
        match self.refusal {
            Some(error) => Err(error),
            None => log::check_length(self.entries.len(), &self.limits).map(|()| self.entries),
        }
    }

    /// Verifies the log to the genesis operation that the DID is the hash of.
    ///
    /// # Errors
    ///
    /// [`Code::DidInvalid`], [`Code::DidUnsupported`], and those of [`Log::parse`] and [`Log::verify`].
    pub fn verify(self) -> Result<Identity, Error> {
        let did: PlcDid = self.did.parse()?;
        let limits = self.limits;
        Log::from_entries(self.into_entries()?, &limits).verify(&did)
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
    let read = |line: &[u8]| {
        let value = json::parse("log", line, ("logBytes", limits.log_bytes), limits)?;
        if !value.has_member("operation") {
            let message = format!("expected a log, which is an array of operations; found {}", value.kind());
            return Err(Error::new(Code::InputWrongType, message));
        }
        ExportEntry::read(Fields::from_value(value).map_err(|other| not_a_line(&other))?, line, limits)
    };
    lines.map(read).collect()
}
