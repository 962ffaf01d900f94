//! What is said when something is refused: one [`Error`], with a stable [`Code`] from one table.

mod code;

pub use code::{Code, UnknownCode};

use crate::report::Check;
use std::fmt;

/// A refusal, or the statement that nothing could be judged.
///
/// Scripts go by [`Error::code`]; the message is for people and may change. Text that came from the input is quoted,
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
}

impl Error {
    pub(crate) fn new(code: Code, message: impl Into<String>) -> Self {
        let inner = Inner { code, message: message.into(), check: None, operation: None, cid: None };
        Error { inner: Box::new(inner) }
    }

    /// Makes the error that says that a file could not be used. For faces, which do the reading: the message must
    /// already be safe to print (see [`quote`]).
    ///
    /// `missing` tells [`Code::IoFileMissing`] from [`Code::IoFileUnreadable`].
    pub fn unreadable_file(missing: bool, message: impl Into<String>) -> Self {
        Error::new(if missing { Code::IoFileMissing } else { Code::IoFileUnreadable }, message)
    }

    /// Makes the error that says that a file could not be written. For faces, as [`Error::unreadable_file`] is.
    pub fn unwritable_file(message: impl Into<String>) -> Self {
        Error::new(Code::IoFileUnwritable, message)
    }

    /// Makes the error that says that a server did not give what was wanted. For faces, which do the fetching: the
    /// message must already be safe to print (see [`quote`]). Such an error is never a verdict.
    pub fn unreachable(fault: NetworkFault, message: impl Into<String>) -> Self {
        Error::new(fault.code(), message)
    }

    /// Makes the error that says that a face was called wrongly, or failed itself. For faces: the message must already be
    /// safe to print (see [`quote`]). Such an error is never a verdict.
    pub fn of_face(fault: FaceFault, message: impl Into<String>) -> Self {
        Error::new(fault.code(), message)
    }

    /// Names where the refused input came from, where there are several of its kind.
    #[must_use]
    pub fn from_source(mut self, source: &str) -> Self {
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

    /// The step of the verification that failed, as reports name it.
    pub fn check(&self) -> Option<Check> {
        self.inner.check
    }

    /// Says at which step the error arose. The first to say it knows best: nobody overrules it.
    ///
    /// For faces: an error about a file that could not be read belongs to the step that wanted the file.
    #[must_use]
    pub fn at(mut self, check: Check) -> Self {
        self.inner.check.get_or_insert(check);
        self
    }

    pub(crate) fn at_operation(mut self, index: usize) -> Self {
        self.inner.operation = Some(index);
        self
    }

    pub(crate) fn with_cid(mut self, cid: &str) -> Self {
        self.inner.cid = Some(cid.to_owned());
        self
    }
}

/// What went wrong between this machine and a server. Each is a code of the family `io`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
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
        }
    }
}

/// What went wrong between a program and the face of fedverify that it calls. Each is a code of the family `api`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum FaceFault {
    /// [`Code::ApiArgument`].
    Argument,
    /// [`Code::ApiUsedUp`].
    UsedUp,
    /// [`Code::ApiPanicked`].
    Panicked,
}

impl FaceFault {
    fn code(self) -> Code {
        match self {
            FaceFault::Argument => Code::ApiArgument,
            FaceFault::UsedUp => Code::ApiUsedUp,
            FaceFault::Panicked => Code::ApiPanicked,
        }
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

/// How much of an untrusted text a message repeats, in characters.
const QUOTE_CHARS: usize = 80;

/// Quotes untrusted text for a message: control characters, quotes and invisible formatting escaped, cut after 80
/// characters.
///
/// ```
/// assert_eq!(fedverify::quote("a\u{1b}[31m"), r#""a\u{1b}[31m""#);
/// ```
pub fn quote(text: &str) -> String {
    let mut shown = String::from("\"");
    for character in text.chars().take(QUOTE_CHARS) {
        if is_deceptive(character) {
            shown.extend(character.escape_unicode());
        } else {
            shown.extend(character.escape_debug());
        }
    }
    shown.push('"');
    if text.chars().nth(QUOTE_CHARS).is_some() {
        shown.push('…');
    }
    shown
}

/// Characters that change how the text around them is displayed (Unicode Technical Report 36, section 2.10):
/// bidirectional controls and line separators. `escape_debug` escapes most of them; this does not rely on it.
fn is_deceptive(character: char) -> bool {
    matches!(character, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{2028}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_is_bounded_and_inert() {
        assert_eq!(quote("plain"), "\"plain\"");
        assert_eq!(quote(&"x".repeat(81)), format!("\"{}\"…", "x".repeat(80)));
        assert_eq!(quote("\u{202e}\n\""), "\"\\u{202e}\\n\\\"\"");
    }

    #[test]
    fn display_names_operation_and_code() {
        let error = Error::new(Code::PlcCidMismatch, "expected A, found B").at_operation(3);
        assert_eq!(error.to_string(), "operation 3: expected A, found B [plc.cid.mismatch]");
    }
}
