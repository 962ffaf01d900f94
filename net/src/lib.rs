//! Fetching over HTTP for verifiers of what strangers serve: bounded in size, time, redirects and retries; over TLS, except to
//! loopback; and only from addresses that may be asked.
//!
//! A [`Client`] answers one [`Request`] with the bytes of a document, or feeds them to a [`Sink`]. Who named the URL
//! ([`Source`]) and what the operator allows ([`Private`]) decide where it may lead: an address in the URL is judged at once, the
//! addresses of a name once it is looked up, and only what was judged is connected to.

mod address;
mod attempt;
mod bounded;
mod client;
mod deadline;
pub mod dns;
mod fault;
mod gate;
mod proxy;
mod reachable;
mod sink;
mod tls;
mod whole;

pub use address::{Address, Private, Source};
pub use client::{Client, Options, Proxies, Retries};
pub use sink::Sink;
pub use tls::config as tls;

use fedverify::NetworkFault;
use ureq::http::StatusCode;

/// What to ask a server for.
#[derive(Debug, Clone, Copy)]
pub struct Request<'a> {
    /// The URL as it was given: https, or http to loopback.
    pub url: &'a str,
    /// Who gave it.
    pub source: Source,
    /// What is expected there.
    pub asked: Asked,
    /// What to send. With `None`, the request is a GET; otherwise a POST, whose redirects are not followed.
    pub question: Option<Question<'a>>,
}

/// What is sent to a server.
#[derive(Debug, Clone, Copy)]
pub struct Question<'a> {
    /// The JSON that is posted.
    pub json: &'a str,
    /// Reads from the start of a body why the server refuses, with a status from 400 to 499. What it returns becomes part of a
    /// message: it must be quoted.
    pub reason: fn(&[u8]) -> Option<String>,
    /// How much of that body is read, in bytes.
    pub max_reason_bytes: usize,
}

impl<'a> Request<'a> {
    /// Asks for what is at this URL.
    pub fn get(url: &'a str, source: Source, asked: Asked) -> Self {
        Request { url, source, asked, question: None }
    }
}

/// What a server is asked for. It says which media types are wanted (fair.md, "Fetching"), and what statuses mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Asked {
    /// An identity's log, of a directory.
    Log,
    /// Any other document in JSON.
    Json,
    /// A package.
    Package,
    /// A package that its host gives out only as a release asset.
    ReleaseAsset,
}

impl Asked {
    fn accept(self) -> &'static str {
        match self {
            Asked::Log | Asked::Json => "application/json, */*;q=0.5",
            Asked::Package => "*/*",
            Asked::ReleaseAsset => "application/octet-stream",
        }
    }

    /// What a directory says with a status (did-plc.md, "What a directory serves").
    fn said_by(self, status: StatusCode) -> Option<(NetworkFault, &'static str)> {
        match (self, status) {
            (Asked::Log, StatusCode::NOT_FOUND) => {
                Some((NetworkFault::UnknownDid, "it does not know the DID"))
            }
            (Asked::Log, StatusCode::GONE) => Some((
                NetworkFault::DeactivatedDid,
                "it says that the DID is deactivated, but serves no log that shows it",
            )),
            _ => None,
        }
    }
}
