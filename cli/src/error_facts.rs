//! An error as JSON beside reports.

use fedverify::Error;
use serde::Serialize;

/// As a report has it.
#[derive(Serialize)]
pub(crate) struct ErrorFacts {
    code: &'static str,
    message: String,
    remedy: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    operation: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    cid: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    limit: Option<&'static str>,
}

impl ErrorFacts {
    pub(crate) fn new(error: &Error) -> Self {
        ErrorFacts {
            code: error.code().as_str(),
            message: error.message().to_owned(),
            remedy: error.remedy(),
            operation: error.operation(),
            cid: error.cid().map(str::to_owned),
            limit: error.limit(),
        }
    }
}
