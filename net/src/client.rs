//! The client: its options, tries and deadline.

use crate::address::{Address, Private};
use crate::deadline::Deadline;
use crate::fault::Failure;
use crate::gate::Passed;
use crate::sink::{Document, Sink};
use crate::{Request, tls};
use fedverify::{Error, Warning, quote};
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, OnceLock};
use std::thread;
use std::time::Duration;
use ureq::tls::TlsConfig;

/// How many times in all a server is asked when it is busy or the connection breaks off.
const TRIES: usize = 3;

/// The delays before the second and the third try. One user waits for one response here: there is no crowd that random
/// delays would have to spread.
const DELAYS: [Duration; TRIES - 1] = [Duration::from_millis(250), Duration::from_secs(1)];

/// How a client fetches.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// The name of the program, as servers see it (`User-Agent`).
    pub user_agent: &'static str,
    /// How long a fetch may take, redirects and retries included. Only a body that comes faster than 64 KiB a second may take longer.
    pub timeout: Duration,
    /// Where URLs may lead.
    pub private: Private,
    /// The name server to ask. With `None`, names are looked up as the system does.
    pub dns_server: Option<SocketAddr>,
    /// Whether there may be a proxy in between.
    pub proxies: Proxies,
    /// Whether a server is asked again.
    pub retries: Retries,
}

/// Whether a proxy may be asked to fetch.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Proxies {
    /// The one that the environment names, for what is not on this machine.
    OfEnvironment,
    /// None: a proxy looks names up itself, so nothing here could judge where they lead.
    Never,
}

/// Whether a server is asked again when it is busy or the connection breaks off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Retries {
    /// Up to twice more, after short delays: a user waits for the answer.
    Few,
    /// No: a schedule asks again later.
    None,
}

/// An HTTP client.
#[derive(Debug)]
pub struct Client {
    options: Options,
    /// Whether a fetch may take longer than the timeout while a body keeps coming.
    is_patient: bool,
    /// For https. Made when it is first needed: loading the certificate authorities takes a while.
    tls: Arc<OnceLock<TlsConfig>>,
    passed: Passed,
}

impl Client {
    /// A client with these options.
    pub fn new(options: Options) -> Self {
        Client { options, is_patient: true, tls: Arc::default(), passed: Passed::default() }
    }

    /// The same client with at most this timeout, which no body extends: for what is not worth waiting for.
    pub fn within(&self, timeout: Duration) -> Self {
        Client {
            options: Options { timeout: self.options.timeout.min(timeout), ..self.options },
            is_patient: false,
            tls: Arc::clone(&self.tls),
            passed: Arc::clone(&self.passed),
        }
    }

    /// The warning for the report that names the servers that were reached only because private addresses are allowed; `None` if
    /// there are none.
    pub fn warning(&self) -> Option<Warning> {
        let hosts: Vec<String> = self.passed.lock().ok()?.iter().map(named).collect();
        (!hosts.is_empty()).then(|| Warning::of_private_network(&hosts.join(", ")))
    }

    pub(crate) fn options(&self) -> &Options {
        &self.options
    }

    pub(crate) fn passed(&self) -> Passed {
        Arc::clone(&self.passed)
    }

    pub(crate) fn tls(&self) -> Result<TlsConfig, Error> {
        if let Some(tls) = self.tls.get() {
            return Ok(tls.clone());
        }
        let tls = tls::config()?;
        Ok(self.tls.get_or_init(|| tls).clone())
    }

    /// When a fetch that starts now ends.
    fn deadline(&self) -> Deadline {
        if self.is_patient {
            Deadline::new(self.options.timeout)
        } else {
            Deadline::fixed(self.options.timeout)
        }
    }

    /// How long the client waits for a server.
    pub fn timeout(&self) -> Duration {
        self.options.timeout
    }

    /// Fetches a document into memory: at most `max_bytes`, or one byte more if it is longer, so that core sees that it is too large.
    ///
    /// # Errors
    ///
    /// As [`Client::fetch`].
    pub fn document(&self, request: Request<'_>, max_bytes: u64) -> Result<Vec<u8>, Error> {
        let mut document = Document::new(max_bytes);
        self.fetch(request, &mut document)?;
        Ok(document.into_bytes())
    }

    /// Fetches into a sink, which is started again with every try.
    ///
    /// # Errors
    ///
    /// `io.network.*`, and `io.directory.*` for what the status of a directory means (did-plc.md, "What a directory serves").
    pub fn fetch(&self, request: Request<'_>, sink: &mut dyn Sink) -> Result<(), Error> {
        let address = Address::parse(request.url, request.source, self.options.private)?;
        let deadline = Arc::new(self.deadline());
        let mut delays = match self.options.retries {
            Retries::Few => DELAYS.iter(),
            Retries::None => [].iter(),
        };
        loop {
            let failure = match self.attempt(&address, &request, &deadline, sink) {
                Ok(()) => return Ok(()),
                Err(failure) => failure,
            };
            let (error, asked_to_wait) = match failure {
                Failure::Final(error) => return Err(error),
                Failure::Passing(error, asked_to_wait) => (error, asked_to_wait),
            };
            // A server that asks for more patience than there is gets no second request: it would come too early.
            let delay = delays.next().map(|delay| asked_to_wait.unwrap_or(*delay).max(*delay));
            match delay.filter(|delay| *delay < deadline.left()) {
                Some(delay) => thread::sleep(delay),
                None => return Err(error),
            }
        }
    }
}

/// For people: a host and the address that it turned out to have.
fn named((host, address): &(String, IpAddr)) -> String {
    format!("{} at {address}", quote(host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_may_not_take_long_is_not_waited_for_however_fast_it_comes() {
        let (long, short) = (Duration::from_secs(3600), Duration::from_secs(2));
        let client = Client::new(Options {
            user_agent: "test",
            timeout: long,
            private: Private::Refused,
            dns_server: None,
            proxies: Proxies::Never,
            retries: Retries::None,
        });
        let is_over = |client: &Client, end: Duration| {
            let deadline = client.deadline();
            deadline.receive_at(end, 1 << 30);
            deadline.left_at(end).is_zero()
        };
        assert!(!is_over(&client, long));
        assert!(is_over(&client.within(short), short));
    }
}
