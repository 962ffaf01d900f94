//! What comes of a question, for the JavaScript side.

use fedverify::tables::Kind;
use fedverify::{Error, Limits, Request, Verification};

/// As JSON: `{"value": …}`, or the report that says why there is none, `{"report": …}`. Every refusal is a report there.
pub(crate) fn outcome(kind: Kind, value: Result<String, Error>) -> String {
    match value {
        Ok(value) => format!(r#"{{"value":{value}}}"#),
        Err(error) => {
            let mut request = Request::new(kind, Limits::default());
            request.refuse(error);
            format!(r#"{{"report":{}}}"#, Verification::start(&request).finish().to_json())
        }
    }
}

/// A string as JSON.
pub(crate) fn string(text: &str) -> String {
    // Any string can be written.
    serde_json::to_string(text).unwrap_or_default()
}
