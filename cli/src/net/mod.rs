//! Fetching over HTTP: bounded in size, time, redirects and tries, and over TLS, except to loopback.

mod address;
mod attempt;
mod bounded;
mod deadline;
mod fault;
mod gate;
mod proxy;
mod reachable;
mod sink;
mod tls;

pub(crate) use address::{Address, Private, Source};
pub(crate) use sink::Sink;

use attempt::Failure;
use deadline::Deadline;
use fedverify::tables::Check;
use fedverify::{Did, Error, NetworkFault, Reach, Warning, quote};
use gate::Passed;
use sink::Document;
use std::net::SocketAddr;
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;
use ureq::http::StatusCode;
use ureq::tls::TlsConfig;

/// How often a server is asked in all when it is busy or the connection breaks off.
const TRIES: usize = 3;

/// The delays before the second and the third try. One user waits for one response here: there is no crowd that random
/// delays would have to spread.
const DELAYS: [Duration; TRIES - 1] = [Duration::from_millis(250), Duration::from_secs(1)];

/// What to ask a server for.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Request<'a> {
    /// The URL, as it was given.
    pub(crate) url: &'a str,
    /// Who gave it.
    pub(crate) source: Source,
    /// What is there.
    pub(crate) asked: Asked,
    /// The step of the verification that wants the response.
    pub(crate) check: Check,
}

/// What a server is asked for. It says which media types are wanted (fair.md, "Fetching"), and what statuses mean.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Asked {
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
            (Asked::Log, StatusCode::NOT_FOUND) => Some((NetworkFault::UnknownDid, "it knows no such DID")),
            (Asked::Log, StatusCode::GONE) => {
                Some((NetworkFault::DeactivatedDid, "it calls the DID deactivated, and shows no log of that"))
            }
            _ => None,
        }
    }
}

/// Where an identity's own URLs may lead in a verification of files. A did:web of this machine is for trying things out, and its
/// repository is here too.
pub(crate) fn reach(did: &str) -> Reach {
    match did.parse() {
        Ok(Did::Web(did)) if Address::is_on_this_machine(&did.document_url()) => Reach::Loopback,
        Ok(Did::Web(_) | Did::Plc(_) | _) | Err(_) => Reach::Public,
    }
}

/// An HTTP client.
pub(crate) struct Client {
    timeout: Duration,
    /// Whether a fetch may take longer than that, as far as a body keeps coming.
    is_patient: bool,
    private: Private,
    dns_server: Option<SocketAddr>,
    /// For https. Made when it is first needed: loading the certificate authorities takes a while.
    tls: OnceLock<TlsConfig>,
    passed: Passed,
}

impl Client {
    /// A client whose every fetch ends after `timeout`, or later as far as a body keeps coming. Names are looked up at
    /// `dns_server`, or as the system does.
    pub(crate) fn new(timeout: Duration, private: Private, dns_server: Option<SocketAddr>) -> Self {
        let (tls, passed) = (OnceLock::new(), Passed::default());
        Client { timeout, is_patient: true, private, dns_server, tls, passed }
    }

    /// The same with at most this timeout, whatever keeps coming, for what may not take long.
    pub(crate) fn within(&self, timeout: Duration) -> Self {
        Client {
            timeout: self.timeout.min(timeout),
            is_patient: false,
            private: self.private,
            dns_server: self.dns_server,
            tls: self.tls.clone(),
            passed: Arc::clone(&self.passed),
        }
    }

    /// What the report must say of the network: which servers were reached only because the user allows it.
    pub(crate) fn warning(&self) -> Option<Warning> {
        let mut passed = self.passed.lock().ok()?.clone();
        passed.sort();
        passed.dedup();
        let hosts: Vec<String> = passed.iter().map(named).collect();
        (!hosts.is_empty()).then(|| Warning::of_private_network(&hosts.join(", ")))
    }

    fn tls(&self) -> Result<TlsConfig, Error> {
        if let Some(tls) = self.tls.get() {
            return Ok(tls.clone());
        }
        let tls = tls::config()?;
        Ok(self.tls.get_or_init(|| tls).clone())
    }

    /// When a fetch that starts now ends.
    fn deadline(&self) -> Deadline {
        if self.is_patient { Deadline::new(self.timeout) } else { Deadline::fixed(self.timeout) }
    }

    /// How long the client waits for a server.
    pub(crate) fn timeout(&self) -> Duration {
        self.timeout
    }

    /// Fetches a document of at most `max_bytes`, and one byte more where there is more, so that core sees that it is
    /// too large.
    pub(crate) fn document(&self, request: Request<'_>, max_bytes: u64) -> Result<Vec<u8>, Error> {
        let mut document = Document::new(max_bytes);
        self.fetch(request, &mut document)?;
        Ok(document.into_bytes())
    }

    /// Fetches into a sink, which is started again with every try.
    pub(crate) fn fetch(&self, request: Request<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let of_step = |error: Error| error.at(request.check);
        let address = Address::parse(request.url, request.source, self.private).map_err(of_step)?;
        let deadline = Arc::new(self.deadline());
        let mut delays = DELAYS.iter();
        loop {
            let failure = match self.attempt(&address, request.asked, &deadline, sink) {
                Ok(()) => return Ok(()),
                Err(failure) => failure,
            };
            let (error, asked_to_wait) = match failure {
                Failure::Final(error) => return Err(of_step(error)),
                Failure::Passing(error, asked_to_wait) => (error, asked_to_wait),
            };
            // A server that asks for more patience than there is gets no second request: it would come too early.
            let delay = delays.next().map(|delay| asked_to_wait.unwrap_or(*delay).max(*delay));
            match delay.filter(|delay| *delay < deadline.left()) {
                Some(delay) => thread::sleep(delay),
                None => return Err(of_step(error)),
            }
        }
    }
}

/// For people: a host and the address that it turned out to have.
fn named((host, address): &(String, std::net::IpAddr)) -> String {
    format!("{} at {address}", quote(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_take_long_is_not_waited_for_however_fast_it_comes() {
        let client = Client::new(Duration::ZERO, Private::Refused, None);
        let is_over = |client: &Client| {
            let deadline = client.deadline();
            deadline.receive(1 << 30);
            deadline.left().is_zero()
        };
        assert!(!is_over(&client));
        assert!(is_over(&client.within(Duration::from_secs(2))));
    }
}
