//! Asking publishers, over HTTP: the one file that knows the HTTP client. Every address is judged when it is connected to, so
//! that a name cannot lead elsewhere than where it was judged to lead.

use crate::addresses::is_public;
use fedverify::{Error, NetworkFault, Reach, quote};
use fedverify_node::Fetch;
use std::io::{self, ErrorKind, Read};
use std::sync::{Arc, OnceLock};
use std::time::{Duration, Instant};
use ureq::http::{Response, StatusCode, Uri, header};
use ureq::tls::{Certificate, RootCerts, TlsConfig, TlsProvider};
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{DefaultConnector, NextTimeout};
use ureq::{Agent, Body};
use url::Url;

/// How many redirects of a GET are followed.
const MAX_REDIRECTS: usize = 5;

/// How much of a body is read at a time.
const CHUNK_BYTES: usize = 64 * 1024;

const USER_AGENT: &str = concat!("fedverify-node/", env!("CARGO_PKG_VERSION"));

/// Words of the refusal of an address, by which the client's error is known again.
const NOT_PUBLIC: &str = "the name leads into a private network";

/// The client. Cloning it is cheap, and clones share connections.
#[derive(Clone, Default)]
pub(crate) struct Fetcher {
    agents: Arc<Agents>,
}

#[derive(Default)]
struct Agents {
    public: OnceLock<Agent>,
    private: OnceLock<Agent>,
}

impl Fetcher {
    /// Asks, and waits for the answer.
    pub(crate) fn fetch(&self, fetch: &Fetch) -> Result<Vec<u8>, Error> {
        let ask = Ask { agent: self.agent(fetch.reach)?, fetch, start: Instant::now() };
        ask.run()
    }

    fn agent(&self, reach: Reach) -> Result<&Agent, Error> {
        let place = match reach {
            Reach::Public => &self.agents.public,
            Reach::Loopback => &self.agents.private,
        };
        if let Some(agent) = place.get() {
            return Ok(agent);
        }
        let config = Agent::config_builder()
            // A proxy would be the one that looks up names, out of our sight.
            .proxy(None)
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(USER_AGENT)
            .accept_encoding("identity")
            .tls_config(tls()?)
            .build();
        let resolver = JudgingResolver { reach, inner: DefaultResolver::default() };
        Ok(place.get_or_init(|| Agent::with_parts(config, DefaultConnector::new(), resolver)))
    }
}

/// Looks names up, and gives out only addresses that may be asked.
#[derive(Debug)]
struct JudgingResolver {
    reach: Reach,
    inner: DefaultResolver,
}

impl Resolver for JudgingResolver {
    fn resolve(
        &self,
        uri: &Uri,
        config: &ureq::config::Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        let addresses = self.inner.resolve(uri, config, timeout)?;
        // One that is not public is enough: a name that leads to both is made for an attack.
        if self.reach == Reach::Public && !addresses.iter().all(|address| is_public(address.ip())) {
            return Err(ureq::Error::Io(io::Error::new(ErrorKind::PermissionDenied, NOT_PUBLIC)));
        }
        Ok(addresses)
    }
}

/// The certificate authorities that this machine trusts, and rustls with ring.
fn tls() -> Result<TlsConfig, Error> {
    let loaded = rustls_native_certs::load_native_certs();
    if loaded.certs.is_empty() {
        let message = "this machine has no certificate authorities to trust";
        return Err(Error::unreachable(NetworkFault::Tls, message));
    }
    let certificates = loaded.certs.iter().map(|der| Certificate::from_der(der).to_owned()).collect();
    Ok(TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .root_certs(RootCerts::Specific(Arc::new(certificates)))
        .unversioned_rustls_crypto_provider(Arc::new(rustls::crypto::ring::default_provider()))
        .build())
}

/// One question, with its redirects.
struct Ask<'a> {
    agent: &'a Agent,
    fetch: &'a Fetch,
    start: Instant,
}

impl Ask<'_> {
    fn run(&self) -> Result<Vec<u8>, Error> {
        let mut url = self.fetch.url.clone();
        for _ in 0..=MAX_REDIRECTS {
            self.fetch.reach.check_url(&url).map_err(|what| error(NetworkFault::Insecure, &url, what))?;
            let response = self.send(&url)?;
            if !response.status().is_redirection() || self.fetch.json.is_some() {
                return self.receive(&url, response);
            }
            url = redirected(&url, &response)?;
        }
        let what = format!("it is behind more than {MAX_REDIRECTS} redirects");
        Err(error(NetworkFault::Redirect, &self.fetch.url, &what))
    }

    fn send(&self, url: &str) -> Result<Response<Body>, Error> {
        let left = Some(self.left());
        let sent = match &self.fetch.json {
            None => self.agent.get(url).config().timeout_global(left).build().call(),
            Some(json) => {
                let request = self.agent.post(url).header(header::CONTENT_TYPE, "application/json");
                request.config().timeout_global(left).build().send(json)
            }
        };
        sent.map_err(|cause| of_client(url, &cause))
    }

    fn receive(&self, url: &str, response: Response<Body>) -> Result<Vec<u8>, Error> {
        if response.status() != StatusCode::OK {
            let what = format!("the server answers {}", response.status().as_u16());
            return Err(error(NetworkFault::Status, url, &what));
        }
        let is_plain = |value: &header::HeaderValue| value.as_bytes().eq_ignore_ascii_case(b"identity");
        if !response.headers().get_all(header::CONTENT_ENCODING).iter().all(is_plain) {
            return Err(error(NetworkFault::Answer, url, "the answer is encoded, which was not asked for"));
        }
        let mut reader = response.into_body().into_with_config().limit(u64::MAX).reader();
        let (mut bytes, mut chunk) = (Vec::new(), vec![0; CHUNK_BYTES]);
        loop {
            match reader.read(&mut chunk) {
                Ok(0) => return Ok(bytes),
                Ok(count) => bytes.extend_from_slice(chunk.get(..count).unwrap_or_default()),
                Err(cause) if cause.kind() == ErrorKind::Interrupted => {}
                Err(cause) => return Err(of_client(url, &ureq::Error::from(cause))),
            }
            if u64::try_from(bytes.len()).map_or(true, |size| size > self.fetch.max_bytes) {
                let what = format!("the answer has more than {} bytes", self.fetch.max_bytes);
                return Err(error(NetworkFault::Answer, url, &what));
            }
            if self.left().is_zero() {
                return Err(error(NetworkFault::Timeout, url, "the answer comes too slowly"));
            }
        }
    }

    fn left(&self) -> Duration {
        Duration::from_millis(self.fetch.timeout_ms).saturating_sub(self.start.elapsed())
    }
}

/// Where a redirect leads: to the same scheme, or it is none.
fn redirected(from: &str, response: &Response<Body>) -> Result<String, Error> {
    let refused = |what: &str| error(NetworkFault::Redirect, from, what);
    let location = response.headers().get(header::LOCATION).and_then(|value| value.to_str().ok());
    let location = location.ok_or_else(|| refused("it redirects without saying where to"))?;
    let base = Url::parse(from).map_err(|_| refused("it is not a URL"))?;
    let mut target = base.join(location).map_err(|_| refused("it redirects to what is not a URL"))?;
    if target.scheme() != base.scheme() {
        return Err(refused(&format!("it redirects to {}, which has another scheme", quote(location))));
    }
    target.set_fragment(None);
    Ok(target.into())
}

/// An error of the client, in core's words.
fn of_client(url: &str, cause: &ureq::Error) -> Error {
    let is_judged = |io: &io::Error| io.kind() == ErrorKind::PermissionDenied && io.to_string() == NOT_PUBLIC;
    let said = quote(&cause.to_string());
    let (fault, what) = if matches!(cause, ureq::Error::Io(io) if is_judged(io)) {
        (NetworkFault::Insecure, NOT_PUBLIC.to_owned())
    } else if matches!(cause, ureq::Error::Timeout(_)) {
        (NetworkFault::Timeout, "it did not answer in time".to_owned())
    } else if matches!(cause, ureq::Error::HostNotFound) {
        (NetworkFault::Dns, "its name could not be looked up".to_owned())
    } else if matches!(cause, ureq::Error::Tls(_) | ureq::Error::Rustls(_)) {
        (NetworkFault::Tls, format!("no trusted connection: {said}"))
    } else if matches!(cause, ureq::Error::Io(_) | ureq::Error::ConnectionFailed) {
        (NetworkFault::Connect, format!("no connection: {said}"))
    } else {
        (NetworkFault::Answer, format!("the answer is not HTTP: {said}"))
    };
    error(fault, url, &what)
}

fn error(fault: NetworkFault, url: &str, what: &str) -> Error {
    Error::unreachable(fault, format!("{} could not be fetched: {what}", quote(url)))
}
