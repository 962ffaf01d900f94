//! Refusals: one [`Error`], with a stable [`Code`] from one table.

use crate::quote::quote;
use crate::tables::{Check, Code};
use serde::{Serialize, Serializer};
use std::fmt;

/// A refusal, or the statement that nothing could be judged.
///
/// Scripts go by [`Error::code`]; the message is for people and may change. Strings from the input are quoted,
/// escaped and cut in it, so a message is safe to print on a terminal.
///
/// ```
/// use fedverify::{Code, PlcDid};
///
/// let error = "did:plc:SHOUTING".parse::<PlcDid>().unwrap_err();
/// assert_eq!(error.code(), Code::DidInvalid);
/// assert!(error.remedy().contains("32 characters"));
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    // Boxed: errors are rare, and a small `Result` keeps the ordinary path cheap.
    inner: Box<Inner>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Inner {
    code: Code,
    message: String,
    check: Option<Check>,
    operation: Option<usize>,
    cid: Option<String>,
    limit: Option<&'static str>,
    status: Option<u16>,
}

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        let inner = Inner {
            code,
            message: message.into(),
            check: None,
            operation: None,
            cid: None,
            limit: None,
            status: None,
        };
        Error { inner: Box::new(inner) }
    }

    /// An input above a limit. The message names the limit, so that the caller knows what to raise.
    pub(crate) fn above_limit(code: Code, found: impl fmt::Display, limit: &'static str, value: u64) -> Self {
        Error::new(code, format!("{found}; the limit {limit} is {value}")).with_limit(Some(limit))
    }

    /// The same, where it is not known how much more than the limit there is: `found` is what there is more of.
    pub(crate) fn beyond_limit(
        code: Code,
        found: impl fmt::Display,
        limit: &'static str,
        value: u64,
    ) -> Self {
        Error::new(code, format!("{found} than {value}, the limit {limit}")).with_limit(Some(limit))
    }

    /// A file that could not be read. For bindings, which do the reading; the message must already be safe to print
    /// (see [`quote`]). The code says whether the file is missing, memory ran out, or reading failed.
    pub fn unreadable_file(kind: std::io::ErrorKind, message: impl Into<String>) -> Self {
        let code = if kind == std::io::ErrorKind::NotFound {
            Code::IoFileMissing
        } else if kind == std::io::ErrorKind::OutOfMemory {
            Code::IoMemory
        } else {
            Code::IoFileUnreadable
        };
        Error::new(code, message)
    }

    /// A file that could not be written. For bindings, as [`Error::unreadable_file`] is.
    pub fn unwritable_file(message: impl Into<String>) -> Self {
        Error::new(Code::IoFileUnwritable, message)
    }

    /// A server that did not give what was asked for. For bindings, which do the fetching; the message must already be
    /// safe to print (see [`quote`]). Such an error is never a verdict.
    pub fn unreachable(fault: NetworkFault, message: impl Into<String>) -> Self {
        Error::new(fault.code(), message)
    }

    /// Says with which HTTP status the server answered. For bindings, which do the fetching.
    #[must_use]
    pub fn with_status(mut self, status: u16) -> Self {
        self.inner.status = Some(status);
        self
    }

    /// A binding that was called wrongly, or failed itself. For bindings; the message must already be safe to print (see
    /// [`quote`]). Such an error is never a verdict.
    pub fn misuse(fault: ApiFault, message: impl Into<String>) -> Self {
        Error::new(fault.code(), message)
    }

    /// Names the source of the refused input, where there are several of its kind.
    #[must_use]
    pub fn naming_source(mut self, source: &str) -> Self {
        self.inner.message = format!("{}: {}", quote(source), self.inner.message);
        self
    }

    /// The stable code.
    pub fn code(&self) -> Code {
        self.inner.code
    }

    /// What was expected, what was found, and where. For people; not stable.
    pub fn message(&self) -> &str {
        &self.inner.message
    }

    /// What to do next, in one line. The same for every error of a code.
    pub fn remedy(&self) -> &'static str {
        self.inner.code.remedy()
    }

    /// The index in the log of the operation that the error is about, counted from 0, if it is about one.
    pub fn operation(&self) -> Option<usize> {
        self.inner.operation
    }

    /// The recomputed CID of the operation that the error is about, where it could be computed.
    pub fn cid(&self) -> Option<&str> {
        self.inner.cid.as_deref()
    }

    /// The name of the limit that was exceeded, as [`crate::Limits::set`] takes it, where one was.
    pub fn limit(&self) -> Option<&'static str> {
        self.inner.limit
    }

    /// The HTTP status that the server answered with, where that is what failed.
    pub fn status(&self) -> Option<u16> {
        self.inner.status
    }

    /// The step of the verification that failed, as reports name it.
    pub fn check(&self) -> Option<Check> {
        self.inner.check
    }

    /// Says at which step the error arose. The first call wins: the innermost caller knows best.
    ///
    /// For bindings: an error about a file that could not be read belongs to the step that wanted the file.
    #[must_use]
    pub fn at(mut self, check: Check) -> Self {
        self.inner.check.get_or_insert(check);
        self
    }

    pub(crate) fn at_operation(mut self, index: usize) -> Self {
        self.inner.operation = Some(index);
        self
    }

    /// Keeps the limit of an error that another one takes the place of.
    pub(crate) fn with_limit(mut self, limit: Option<&'static str>) -> Self {
        self.inner.limit = limit;
        self
    }

    pub(crate) fn with_cid(mut self, cid: &str) -> Self {
        self.inner.cid = Some(cid.to_owned());
        self
    }
}

/// What went wrong between this machine and a server. Each is a code of the family `io`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NetworkFault {
    /// [`Code::IoNetworkDns`].
    Dns,
    /// [`Code::IoNetworkConnect`].
    Connect,
    /// [`Code::IoNetworkTls`].
    Tls,
    /// [`Code::IoNetworkTimeout`].
    Timeout,
    /// [`Code::IoNetworkStatus`].
    Status,
    /// [`Code::IoNetworkRedirect`].
    Redirect,
    /// [`Code::IoNetworkInsecure`].
    Insecure,
    /// [`Code::IoNetworkAnswer`].
    Answer,
    /// [`Code::IoDirectoryUnknown`].
    UnknownDid,
    /// [`Code::IoDirectoryDeactivated`].
    DeactivatedDid,
}

impl NetworkFault {
    fn code(self) -> Code {
        match self {
            NetworkFault::Dns => Code::IoNetworkDns,
            NetworkFault::Connect => Code::IoNetworkConnect,
            NetworkFault::Tls => Code::IoNetworkTls,
            NetworkFault::Timeout => Code::IoNetworkTimeout,
            NetworkFault::Status => Code::IoNetworkStatus,
            NetworkFault::Redirect => Code::IoNetworkRedirect,
            NetworkFault::Insecure => Code::IoNetworkInsecure,
            NetworkFault::Answer => Code::IoNetworkAnswer,
            NetworkFault::UnknownDid => Code::IoDirectoryUnknown,
            NetworkFault::DeactivatedDid => Code::IoDirectoryDeactivated,
        }
    }
}

/// What went wrong between a program and the binding that it calls. Each is a code of the family `api`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum ApiFault {
    /// [`Code::ApiArgument`].
    Argument,
    /// [`Code::ApiUsedUp`].
    UsedUp,
    /// [`Code::ApiPanicked`].
    Panicked,
    /// [`Code::ApiUnsupported`].
    Unsupported,
}

impl ApiFault {
    fn code(self) -> Code {
        match self {
            ApiFault::Argument => Code::ApiArgument,
            ApiFault::UsedUp => Code::ApiUsedUp,
            ApiFault::Panicked => Code::ApiPanicked,
            ApiFault::Unsupported => Code::ApiUnsupported,
        }
    }
}

/// As a report tells it.
impl Serialize for Error {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        #[derive(Serialize)]
        struct Facts<'a> {
            code: Code,
            message: &'a str,
            remedy: &'static str,
            #[serde(skip_serializing_if = "Option::is_none")]
            operation: Option<usize>,
            #[serde(skip_serializing_if = "Option::is_none")]
            cid: Option<&'a str>,
            #[serde(skip_serializing_if = "Option::is_none")]
            limit: Option<&'static str>,
        }
        let facts = Facts {
            code: self.code(),
            message: self.message(),
            remedy: self.remedy(),
            operation: self.operation(),
            cid: self.cid(),
            limit: self.limit(),
        };
        facts.serialize(serializer)
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(index) = self.inner.operation {
            write!(f, "operation {index}: ")?;
        }
        write!(f, "{} [{}]", self.inner.message, self.inner.code)
    }
}

impl std::error::Error for Error {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn display_names_operation_and_code() {
        let error = Error::new(Code::PlcCidMismatch, "expected A, found B").at_operation(3);
        assert_eq!(error.to_string(), "operation 3: expected A, found B [plc.cid.mismatch]");
    }

    #[test]
    fn what_is_above_a_limit_is_compared_with_it() {
        let counted = Error::above_limit(Code::PlcLogTooLong, "the log has 3 operations", "logOperations", 2);
        assert_eq!(counted.message(), "the log has 3 operations; the limit logOperations is 2");
        let uncounted = Error::beyond_limit(Code::InputTooLarge, "the log has more bytes", "logBytes", 2);
        assert_eq!(uncounted.message(), "the log has more bytes than 2, the limit logBytes");
        assert_eq!((counted.limit(), uncounted.limit()), (Some("logOperations"), Some("logBytes")));
    }

    #[test]
    fn a_file_that_cannot_be_read_is_missing_or_too_much_or_neither() {
        use std::io::ErrorKind;
        for (kind, code) in [
            (ErrorKind::NotFound, Code::IoFileMissing),
            (ErrorKind::OutOfMemory, Code::IoMemory),
            (ErrorKind::PermissionDenied, Code::IoFileUnreadable),
        ] {
            assert_eq!(Error::unreadable_file(kind, "on purpose").code(), code);
        }
    }
}
