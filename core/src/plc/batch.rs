//! Lines of a catalogue: a whole log, or one entry of a directory's export.

use super::export::{ExportEntry, ExportLog, not_a_line, wrong_type};
use super::identity::Identity;
use super::log::Log;
use crate::did::PlcDid;
use crate::error::Error;
use crate::json::{self, Fields};
use crate::quote::quote;
use crate::tables::{Check, Limits};

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
    /// `input.*`; [`crate::Code::InputWrongType`] for a document that has neither form.
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
            return Err(wrong_type(&format!("a line with a log must not have the member {}", quote(name))));
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
    /// [`crate::Code::DidInvalid`], [`crate::Code::DidUnsupported`], and those of [`Log::parse`] and [`Log::verify`].
    pub fn verify(self) -> Result<Identity, Error> {
        let did: PlcDid = self.did.parse()?;
        self.log?.verify(&did)
    }
}

impl ExportLog {
    /// Verifies the log to the genesis operation that the DID is the hash of.
    ///
    /// # Errors
    ///
    /// [`crate::Code::DidInvalid`], [`crate::Code::DidUnsupported`], and those of [`Log::parse`] and [`Log::verify`].
    pub fn verify(self) -> Result<Identity, Error> {
        let did: PlcDid = self.did().parse()?;
        let limits = *self.limits();
        Log::from_entries(self.into_entries()?, &limits).verify(&did)
    }
}
