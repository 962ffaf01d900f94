//! Why a request is not done.

use crate::fault::Fault;
use crate::http::Response;
use fedverify::Error;
use serde_json::json;

/// A refusal: a status, a stable code for programs, and words for people.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) headers: Vec<(&'static str, String)>,
}

impl Refusal {
    pub(crate) fn new(status: u16, code: &str, message: impl Into<String>) -> Self {
        Refusal { status, code: code.to_owned(), message: message.into(), headers: Vec::new() }
    }

    /// The request itself is wrong.
    pub(crate) fn bad(message: impl Into<String>) -> Self {
        Refusal::new(400, "node.request.invalid", message)
    }

    /// What the request names is not there.
    pub(crate) fn missing(message: impl Into<String>) -> Self {
        Refusal::new(404, "node.not_found", message)
    }

    /// What core refused, with core's code.
    pub(crate) fn of(status: u16, error: &Error) -> Self {
        Refusal::new(status, error.code().as_str(), error.message())
    }

    /// The node itself failed.
    pub(crate) fn fault() -> Self {
        Refusal::new(500, "node.fault", "the node failed: its log has the reason under this request's id")
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    pub(crate) fn response(&self, request_id: &str) -> Response {
        let body = json!({"error": self.message, "code": self.code, "request_id": request_id});
        let mut response = Response::json(self.status, &body);
        response.headers.extend(self.headers.iter().cloned());
        response
    }
}

/// The headers that a response has whatever it says: its id, and which pages may read it.
const OF_ANY_RESPONSE: [&str; 5] = [
    "x-request-id",
    "x-content-type-options",
    "vary",
    "access-control-allow-origin",
    "access-control-expose-headers",
];

impl Response {
    /// What a host answers in place of a response whose blob it cannot send. `header` gives the headers of that response; the host's
    /// log has the reason under its `x-request-id`.
    #[must_use]
    pub fn without_blob(header: impl Fn(&str) -> Option<String>) -> Self {
        Response::instead(&Refusal::fault(), header)
    }

    /// What a host answers in place of a response for which it has no room: callers have not read what it holds for them. `header` gives
    /// the headers of that response.
    #[must_use]
    pub fn without_room(header: impl Fn(&str) -> Option<String>) -> Self {
        let message =
            "the node holds as many unread responses as it may, in all or for this network: try again later";
        Response::instead(&Refusal::new(503, "node.busy", message).with("retry-after", "5"), header)
    }

    fn instead(refusal: &Refusal, header: impl Fn(&str) -> Option<String>) -> Self {
        let mut response = refusal.response(&header("x-request-id").unwrap_or_default());
        let kept = OF_ANY_RESPONSE.into_iter().filter_map(|name| Some((name, header(name)?)));
        response.headers.extend(kept);
        response
    }
}

/// Why a request has no response of its own: it was refused, or the host failed.
#[derive(Debug)]
pub(crate) enum Failure {
    Refused(Refusal),
    Fault(Fault),
}

impl From<Refusal> for Failure {
    fn from(refusal: Refusal) -> Self {
        Failure::Refused(refusal)
    }
}

impl From<Fault> for Failure {
    fn from(fault: Fault) -> Self {
        Failure::Fault(fault)
    }
}
