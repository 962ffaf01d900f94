//! What fails in the machine that a node runs on.

use fedverify::printable;
use serde_json::json;
use std::fmt;

/// A failure of the host itself: the disk is full, the database is damaged. Never a verdict, and never shown to callers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fault(String);

impl Fault {
    /// A failure in words, for the log.
    pub fn new(what: impl fmt::Display) -> Self {
        Fault(what.to_string())
    }

    /// The line of the log that says why a request was answered with status 500, as [`Response::without_blob`](crate::Response::without_blob)
    /// does: a JSON object. A failure may repeat what a bucket's server said, so it is escaped for terminals, too, and cut after 500
    /// characters.
    #[must_use]
    pub fn line(&self, request_id: &str) -> String {
        json!({"event": "fault", "request_id": request_id, "fault": printable(&self.0)}).to_string()
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::Value as Json;

    #[test]
    fn what_a_failure_repeats_cannot_leave_its_string() {
        let line = Fault::new("no \"a\\\", \"event\": \"\r\n\u{1b}[2J\u{9b}\u{202e}\0").line("0\"1");
        assert!(
            !line.contains(|character: char| character.is_control() || character == '\u{202e}'),
            "{line}"
        );
        let said: Json = serde_json::from_str(&line).unwrap();
        let fault = r#"no "a\", "event": "\r\n\u{1b}[2J\u{9b}\u{202e}\0"#;
        assert_eq!(said, json!({"event": "fault", "request_id": "0\"1", "fault": fault}));
    }
}
