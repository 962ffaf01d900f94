//! Fetching over HTTP: bounded in size, time, redirects and tries, and over TLS, except to loopback.

mod address;
mod attempt;
mod deadline;
mod fault;
mod sink;
mod tls;

pub(crate) use address::Address;
pub(crate) use sink::Sink;

use attempt::Failure;
use deadline::Deadline;
use fedverify::tables::Check;
use fedverify::{Did, Error, Reach};
use sink::Document;
use std::cell::OnceCell;
use std::thread;
use std::time::Duration;
use ureq::Agent;

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
    /// The media types that are wanted.
    pub(crate) accept: &'static str,
    /// The step of the verification that wants the response.
    pub(crate) check: Check,
}

/// Any document in JSON.
pub(crate) const JSON: &str = "application/json, */*;q=0.5";

/// Where URLs may lead. A caller who names a directory or a did:web on this machine means to stay here, as tests do;
/// otherwise nothing that a stranger wrote may lead here.
pub(crate) fn reach(did: &str, directories: &[String]) -> Reach {
    let is_here = match did.parse() {
        Ok(Did::Web(did)) => Address::is_on_this_machine(&did.document_url()),
        Ok(Did::Plc(_) | _) | Err(_) => directories.iter().any(|url| Address::is_on_this_machine(url)),
    };
    if is_here { Reach::Loopback } else { Reach::Public }
}

/// An HTTP client.
pub(crate) struct Client {
    timeout: Duration,
    reach: Reach,
    /// For http, which is for loopback only: no proxy, no TLS.
    loopback: OnceCell<Agent>,
    /// For https. Made when it is first needed: loading the certificate authorities takes a while.
    secure: OnceCell<Agent>,
}

impl Client {
    /// A client that waits up to `timeout` for a server: to connect, to respond, and between bytes.
    pub(crate) fn new(timeout: Duration, reach: Reach) -> Self {
        Client { timeout, reach, loopback: OnceCell::new(), secure: OnceCell::new() }
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
        let address = Address::parse(request.url, self.reach).map_err(of_step)?;
        let mut deadline = Deadline::new(self.timeout);
        let mut delays = DELAYS.iter();
        loop {
            let failure = match self.attempt(&address, request.accept, &mut deadline, sink) {
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

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    #[test]
    fn what_is_public_does_not_lead_to_this_machine() {
        let server = fedverify_kit::server::Server::start();
        let client = Client::new(Duration::from_secs(5), Reach::Public);
        for url in [server.url("/"), "https://localhost/".to_owned()] {
            let request = Request { url: &url, accept: JSON, check: Check::FairMetadata };
            let error = client.document(request, 1).unwrap_err();
            assert_eq!((error.code(), error.check()), (Code::IoNetworkInsecure, Some(Check::FairMetadata)));
        }
        assert!(server.requests().is_empty());
    }
}
