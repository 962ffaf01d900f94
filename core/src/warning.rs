//! Non-fatal findings: one [`Warning`], with a stable [`WarningCode`].

use crate::tables::WarningCode;
use serde::Serialize;

/// Something that a verified input does that should be known. Safe to print, like an error's message.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Warning {
    code: WarningCode,
    message: String,
}

impl Warning {
    pub(crate) fn new(code: WarningCode, message: impl Into<String>) -> Self {
        Warning { code, message: message.into() }
    }

    /// Servers of private networks or of this machine were asked, as the caller allowed. For bindings, which do the fetching; the
    /// names must already be safe to print (see [`crate::quote`]).
    pub fn of_private_network(servers: &str) -> Self {
        Warning::new(
            WarningCode::NetworkPrivate,
            format!("contacted private addresses, as allowed: {servers}"),
        )
    }

    /// The stable code.
    pub fn code(&self) -> WarningCode {
        self.code
    }

    /// What was found, and where. For people; not stable.
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl std::fmt::Display for Warning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} [{}]", self.message, self.code)
    }
}
