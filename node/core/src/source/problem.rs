//! Why something failed that is nobody's request and no fault of this machine.

use fedverify::Error;
use std::fmt;

/// Why something failed: a stable code and words. Both are recorded and shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Problem {
    pub(crate) code: String,
    pub(crate) reason: String,
}

impl Problem {
    pub(crate) fn new(code: &str, reason: impl Into<String>) -> Self {
        Problem { code: code.to_owned(), reason: reason.into() }
    }
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        Problem::new(error.code().as_str(), error.message())
    }
}

/// As records show it.
impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} [{}]", self.reason, self.code)
    }
}
