//! Logs as catalogues carry them: one JSON document per line, a whole log or one entry of a directory's export.

use super::identity::Identity;
use super::log::{AuditLog, Entry, Log, malformed, of_operations};
use crate::did::PlcDid;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::json::{self, Fields, Value};

/// What a line may hold beside its log, in bytes: far more than a DID and the names of the members.
const WRAPPER_BYTES: u64 = 1024;

/// The `type` of an entry in an export with an integer cursor.
const SEQUENCED: &str = "sequenced_op";

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
    /// One entry of the log of an identity; the others stand on other lines.
    Entry(ExportEntry),
}

impl BatchLine {
    /// The most bytes that a line may have. Reading one byte more is enough to have it refused as too large.
    pub fn max_bytes(limits: &Limits) -> u64 {
        limits.log_bytes.saturating_add(WRAPPER_BYTES)
    }

    /// Reads one line. What is wrong with the log itself comes out when it is verified, so that its DID is known.
    ///
    /// The limits hold for the log without what is around it, and for a line that is an entry.
    ///
    /// Errors: `input.*`; [`Code::InputWrongType`] for a document that has neither form.
    pub fn parse(line: &[u8], limits: &Limits) -> Result<Self, Error> {
        // No step has passed before it is known whose log this is.
        BatchLine::read(line, limits).map_err(|error| error.at(Check::Did))
    }

    fn read(line: &[u8], limits: &Limits) -> Result<Self, Error> {
        let around = Limits {
            // The line itself is a level, and it has itself, the DID and the log for values.
            json_depth: limits.json_depth.saturating_add(1),
            json_values: limits.json_values.saturating_add(2),
            ..*limits
        };
        let value = json::parse("line", line, BatchLine::max_bytes(limits), &around)?;
        let is_entry = value.has_member("operation");
        let mut fields = Fields::of(value)
            .map_err(|other| wrong_type(&format!("a line is an object, this is {}", other.kind())))?;
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
        let size = json::check_size("log", line, limits.log_bytes.saturating_add(wrapper_bytes(&did)));
        let log = size.map_err(|e| e.at(Check::PlcJson)).and_then(|()| Log::from_value(log, limits));
        Ok(BatchLine::Log(ClaimedLog { did, log }))
    }

    /// The DID that the line names: any text.
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

/// A whole log, with the DID that it is said to be of.
#[derive(Debug, Clone)]
pub struct ClaimedLog {
    did: String,
    log: Result<Log, Error>,
}

impl ClaimedLog {
    /// The DID that the line names: any text.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// Verifies the log to the genesis operation that the DID is the hash of.
    ///
    /// Errors: [`Code::DidInvalid`], [`Code::DidUnsupported`], and those of [`Log::parse`] and [`Log::verify`].
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
    /// Boxed: an entry is large, and lines wait in lists.
    entry: Result<Box<Entry>, Error>,
}

impl ExportEntry {
    fn read(fields: Fields<'_>, line: &[u8], limits: &Limits) -> Result<Self, Error> {
        let did =
            fields.text("did").ok_or_else(|| malformed("an entry needs a did that is a text"))?.to_owned();
        let bytes = u64::try_from(line.len()).unwrap_or(u64::MAX);
        let entry = read_entry(fields, limits).map(Box::new);
        Ok(ExportEntry { did, bytes, entry })
    }

    /// The DID that the entry names: any text.
    pub fn did(&self) -> &str {
        &self.did
    }
}

/// Reads an entry of one of the two forms.
fn read_entry(mut fields: Fields<'_>, limits: &Limits) -> Result<Entry, Error> {
    match fields.take("type") {
        None => Entry::from_fields(fields, limits),
        Some(Value::String(name)) if name == SEQUENCED => {
            if !matches!(fields.take("seq"), Some(Value::Number(Some(_)))) {
                return Err(malformed("the member seq must be a whole number"));
            }
            Entry::without_flag(fields, limits)
        }
        Some(_) => Err(malformed(&format!("expected an entry without a type, or of the type {SEQUENCED}"))),
    }
}

/// The entries of one identity, gathered from the lines of an export in their order.
///
/// It holds no more than the limits allow, however much is pushed. Where an entry has no nullified flag, flags cannot be
/// compared ([`Identity::has_compared_flags`]); everything else is verified.
#[derive(Debug, Clone)]
pub struct ExportLog {
    did: String,
    entries: Vec<Entry>,
    pushed: usize,
    bytes: u64,
    refusal: Option<Error>,
    limits: Limits,
}

impl ExportLog {
    /// The log that starts with this entry.
    pub fn new(first: ExportEntry, limits: &Limits) -> Self {
        let mut log = ExportLog {
            did: first.did.clone(),
            entries: Vec::new(),
            pushed: 0,
            bytes: 0,
            refusal: None,
            limits: *limits,
        };
        log.push(first);
        log
    }

    /// The DID that the first entry names: any text.
    pub fn did(&self) -> &str {
        &self.did
    }

    /// Adds the next entry. Once the log is refused, nothing is kept any more.
    pub fn push(&mut self, entry: ExportEntry) {
        let index = self.pushed;
        self.pushed = self.pushed.saturating_add(1);
        self.bytes = self.bytes.saturating_add(entry.bytes);
        if let Err(error) = self.check_limits() {
            self.refuse(error);
        } else if self.refusal.is_none() {
            match entry.entry {
                Ok(entry) => self.entries.push(*entry),
                Err(error) => self.refuse(error.at_operation(index)),
            }
        }
    }

    fn check_limits(&self) -> Result<(), Error> {
        let Limits { log_bytes, log_operations, .. } = self.limits;
        if self.bytes > log_bytes {
            let message = format!("the log has more than {log_bytes} bytes, which is the limit");
            return Err(Error::new(Code::InputTooLarge, message));
        }
        if u64::try_from(self.pushed).unwrap_or(u64::MAX) > log_operations {
            let message = format!("the log has more than {log_operations} operations, which is the limit");
            return Err(Error::new(Code::PlcLogTooLong, message));
        }
        Ok(())
    }

    fn refuse(&mut self, error: Error) {
        self.entries = Vec::new();
        self.refusal = Some(of_operations(error));
    }

    /// Verifies the log to the genesis operation that the DID is the hash of.
    ///
    /// Errors: [`Code::DidInvalid`], [`Code::DidUnsupported`], and those of [`Log::parse`] and [`AuditLog::verify`].
    pub fn verify(self) -> Result<Identity, Error> {
        let did: PlcDid = self.did.parse()?;
        match self.refusal {
            Some(error) => Err(error),
            None => AuditLog::of_entries(self.entries, &self.limits).verify(&did),
        }
    }
}
