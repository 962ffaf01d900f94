//! Requests and responses as values: hosts turn their own into these and back.

use serde::Serialize;

/// A request that came in. Its body was read already, up to [`Limits::body_bytes`](crate::Limits).
#[derive(Debug, Clone, Default)]
pub struct Request {
    /// The method, in capital letters.
    pub method: String,
    /// The path, without the query.
    pub path: String,
    /// The query, without its question mark.
    pub query: String,
    /// The headers: names in lower case.
    pub headers: Vec<(String, String)>,
    /// The body.
    pub body: Vec<u8>,
    /// Whether the body was longer than what is read; what was read of it does not count.
    pub is_cut: bool,
    /// The caller's IP address, as far as the host knows it. Callers without a key are counted by it.
    pub address: String,
}

impl Request {
    /// The value of a header that occurs once.
    pub(crate) fn header(&self, name: &str) -> Option<&str> {
        let mut values =
            self.headers.iter().filter(|(other, _)| other == name).map(|(_, value)| value.as_str());
        let value = values.next()?;
        // Two values of one header are two meanings: neither counts.
        values.next().is_none().then_some(value)
    }
}

/// What is answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Response {
    /// The status.
    pub status: u16,
    /// The headers: names in lower case.
    pub headers: Vec<(&'static str, String)>,
    /// The body.
    pub body: Body,
}

/// The body of a response.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Body {
    /// These bytes.
    Bytes(Vec<u8>),
    /// A stored blob, which the host sends from its storage.
    Blob {
        /// Its name.
        name: String,
        /// How many bytes it has.
        size: u64,
    },
}

impl Response {
    pub(crate) fn json(status: u16, value: &impl Serialize) -> Self {
        // Only maps with string keys, lists, strings and numbers: nothing can fail.
        let body = serde_json::to_vec(value).unwrap_or_default();
        let headers =
            vec![("content-type", "application/json".to_owned()), ("cache-control", "no-store".to_owned())];
        Response { status, headers, body: Body::Bytes(body) }
    }

    pub(crate) fn with(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }
}
