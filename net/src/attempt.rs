//! One try of a fetch: the request, its redirects, and the body.

use crate::address::Address;
use crate::bounded::Bound;
use crate::deadline::Deadline;
use crate::fault::{self, Failure};
use crate::gate::Gate;
use crate::sink::Sink;
use crate::whole::Whole;
use crate::{Asked, Client, Proxies, Question, Request, proxy};
use fedverify::{NetworkFault, means_no_encoding, quote};
use std::io::{ErrorKind, Read};
use std::sync::Arc;
use std::time::Duration;
use ureq::config::Config;
use ureq::http::{HeaderMap, Response, StatusCode, header};
use ureq::unversioned::transport::{ConnectProxyConnector, Connector, RustlsConnector, TcpConnector};
use ureq::{Agent, Body};

/// How many redirects are followed.
const MAX_REDIRECTS: usize = 5;

/// How much of a body is read at a time.
const CHUNK_BYTES: usize = 16 * 1024;

impl Client {
    /// Fetches once.
    pub(crate) fn attempt(
        &self,
        address: &Address,
        request: &Request<'_>,
        deadline: &Arc<Deadline>,
        sink: &mut dyn Sink,
    ) -> Result<(), Failure> {
        let mut address = address.clone();
        for _ in 0..=MAX_REDIRECTS {
            let mut response = self.ask(&address, request, deadline)?;
            if !is_redirect(response.status()) || request.question.is_some() {
                let reason = request.question.and_then(|question| reason(&mut response, question));
                check_answer(&address, request.asked, &response, reason)?;
                return receive(&address, response, deadline, sink);
            }
            let location = text(response.headers(), header::LOCATION.as_str()).ok_or_else(|| {
                refused(NetworkFault::Redirect, &address, "it redirects without a location")
            })?;
            address = address.redirected(&location, self.options().private).map_err(Failure::Final)?;
        }
        let what = format!("it redirects more than {MAX_REDIRECTS} times");
        Err(refused(NetworkFault::Redirect, &address, &what))
    }

    /// Sends one request and waits for the head of the response. Each request has a connection of its own: whether it may be made
    /// depends on who named the URL.
    fn ask(
        &self,
        address: &Address,
        request: &Request<'_>,
        deadline: &Arc<Deadline>,
    ) -> Result<Response<Body>, Failure> {
        let left = deadline.left();
        if left.is_zero() {
            return Err(refused(NetworkFault::Timeout, address, "it took too long"));
        }
        let gate = Gate {
            rule: address.rule(),
            is_plain: !address.is_secure(),
            deadline: Arc::clone(deadline),
            dns_server: self.options().dns_server,
            passed: self.passed(),
        };
        let connector = ().chain(ConnectProxyConnector::default()).chain(TcpConnector::default());
        let connector =
            connector.chain(Bound(Arc::clone(deadline))).chain(RustlsConnector::default()).chain(Whole);
        let config = self.config(address, left)?;
        let is_proxied = config.proxy().is_some();
        let agent = Agent::with_parts(config, connector, gate);
        let accept = request.asked.accept();
        let response = match request.question {
            None => agent.get(address.as_str()).header(header::ACCEPT, accept).call(),
            Some(Question { json, .. }) => {
                let post = agent.post(address.as_str()).header(header::ACCEPT, accept);
                post.header(header::CONTENT_TYPE, "application/json").send(json)
            }
        };
        response.map_err(|error| fault::before_body(address, is_proxied, error))
    }

    /// Redirects and statuses are judged here, not by ureq.
    fn config(&self, address: &Address, left: Duration) -> Result<Config, Failure> {
        let config = Agent::config_builder()
            .max_redirects(0)
            .http_status_as_error(false)
            .user_agent(self.options().user_agent)
            // Nothing is ever decoded: what was signed are the bytes as they are.
            .accept_encoding("identity")
            .timeout_resolve(Some(left))
            .timeout_connect(Some(left));
        if !address.is_secure() {
            return Ok(config.proxy(None).build());
        }
        let tls = || self.tls().map_err(Failure::Final);
        if self.options().proxies == Proxies::Never {
            return Ok(config.proxy(None).tls_config(tls()?).https_only(true).build());
        }
        let proxy = proxy::of(address).map_err(|name| {
            // The value may contain a password.
            let what = format!("expected {name} to be the URL of a proxy, found something else");
            refused(NetworkFault::Connect, address, &what)
        })?;
        if proxy.as_ref().is_some_and(|proxy| !proxy::is_supported(proxy)) {
            let what = "expected an http or https proxy in the environment, found one for SOCKS";
            return Err(refused(NetworkFault::Connect, address, what));
        }
        Ok(config.proxy(proxy).tls_config(tls()?).https_only(true).build())
    }
}

fn is_redirect(status: StatusCode) -> bool {
    matches!(
        status,
        StatusCode::MOVED_PERMANENTLY
            | StatusCode::FOUND
            | StatusCode::SEE_OTHER
            | StatusCode::TEMPORARY_REDIRECT
            | StatusCode::PERMANENT_REDIRECT
    )
}

/// Why the server refuses what was posted, where it says so. Reading its body counts towards the deadline, like everything else.
fn reason(response: &mut Response<Body>, question: Question<'_>) -> Option<String> {
    if !response.status().is_client_error() {
        return None;
    }
    let mut start = Vec::new();
    let reader = response.body_mut().with_config().limit(u64::MAX).reader();
    let max = u64::try_from(question.max_reason_bytes).unwrap_or(u64::MAX);
    reader.take(max).read_to_end(&mut start).ok()?;
    (question.reason)(&start)
}

/// The response must be a success, and not encoded.
fn check_answer(
    address: &Address,
    asked: Asked,
    response: &Response<Body>,
    reason: Option<String>,
) -> Result<(), Failure> {
    let status = response.status();
    let reason = reason.map(|reason| format!(": it says {reason}"));
    if status.is_server_error() || status == StatusCode::TOO_MANY_REQUESTS {
        return Err(busy(address, response, &reason.unwrap_or_default()));
    }
    if let Some((fault, what)) = asked.said_by(status) {
        return Err(refused(fault, address, &format!("the directory answered {}: {what}", named(status))));
    }
    if status != StatusCode::OK {
        return Err(unsuccessful(address, status, reason.as_deref()));
    }
    check_encoding(address, response.headers())
}

/// A server that cannot answer now, and may later.
fn busy(address: &Address, response: &Response<Body>, reason: &str) -> Failure {
    let status = response.status();
    let after = text(response.headers(), header::RETRY_AFTER.as_str());
    // A date instead of seconds is rare; the usual delay is enough for it.
    let after = after.and_then(|after| after.trim().parse().ok()).map(Duration::from_secs);
    let wish = after.map(|after| format!(" and asks to wait {} s", after.as_secs()));
    let what = format!("the server answered {}{}{reason}", named(status), wish.unwrap_or_default());
    let error = fault::error(NetworkFault::Status, address, &what).with_status(status.as_u16());
    Failure::Passing(error, after)
}

fn unsuccessful(address: &Address, status: StatusCode, reason: Option<&str>) -> Failure {
    let hint = match status {
        StatusCode::NOT_FOUND => ": it does not know this address",
        StatusCode::GONE => ": it was taken down",
        StatusCode::UNAUTHORIZED | StatusCode::FORBIDDEN => ": it requires credentials",
        _ => "",
    };
    let what = format!("the server answered {}{}", named(status), reason.unwrap_or(hint));
    let error = fault::error(NetworkFault::Status, address, &what).with_status(status.as_u16());
    Failure::Final(error)
}

fn check_encoding(address: &Address, headers: &HeaderMap) -> Result<(), Failure> {
    let mut encodings = headers.get_all(header::CONTENT_ENCODING).iter();
    let Some(encoding) = encodings.find(|value| !means_no_encoding(value.as_bytes())) else { return Ok(()) };
    let encoding = quote(&String::from_utf8_lossy(encoding.as_bytes()));
    let what = format!("expected no content encoding, found {encoding}");
    Err(refused(NetworkFault::Answer, address, &what))
}

/// Reads the body into the sink, until it ends or no more is wanted.
fn receive(
    address: &Address,
    response: Response<Body>,
    deadline: &Deadline,
    sink: &mut dyn Sink,
) -> Result<(), Failure> {
    let body = response.into_body();
    sink.start(body.content_length());
    let mut reader = body.into_with_config().limit(u64::MAX).reader();
    let mut chunk = vec![0; CHUNK_BYTES];
    loop {
        let count = match reader.read(&mut chunk) {
            Ok(0) => return Ok(()),
            Ok(count) => count,
            Err(error) if error.kind() == ErrorKind::Interrupted => continue,
            Err(error) => return Err(fault::in_body(address, error.into())),
        };
        deadline.receive(count);
        if !sink.take(chunk.get(..count).unwrap_or_default()) {
            return Ok(());
        }
        if deadline.left().is_zero() {
            return Err(refused(NetworkFault::Timeout, address, "the response is too slow"));
        }
    }
}

/// A status with its usual name.
fn named(status: StatusCode) -> String {
    let name = status.canonical_reason().map(|name| format!(" {name}"));
    format!("{}{}", status.as_u16(), name.unwrap_or_default())
}

/// A header as a string. Some servers write URLs in UTF-8 as they are, although RFC 9110 wants them escaped.
fn text(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name).and_then(|value| std::str::from_utf8(value.as_bytes()).ok()).map(str::to_owned)
}

fn refused(fault: NetworkFault, address: &Address, what: &str) -> Failure {
    Failure::Final(fault::error(fault, address, what))
}
