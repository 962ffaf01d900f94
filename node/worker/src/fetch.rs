//! Asking publishers. A Worker cannot look names up and never sees the address that it is connected to, so names are what is
//! judged here, by the node's rules; the rest is the platform's network.

use fedverify::{Error, NetworkFault, means_no_encoding, quote, quote_url};
use fedverify_node::{Fault, Fetch, MAX_REASON_BYTES};
use futures_util::TryStreamExt;
use futures_util::future::{Either, select};
use std::pin::pin;
use std::time::Duration;
use worker::{
    AbortController, AbortSignal, CacheMode, Delay, Fetch as WorkerFetch, Headers, Method, Request,
    RequestInit, RequestRedirect, Response, Url,
};

/// How many redirects of a GET are followed.
const MAX_REDIRECTS: usize = 5;

const USER_AGENT: &str = concat!("fedverify-node/", env!("CARGO_PKG_VERSION"));

/// What the platform says where one event has asked as many servers as its plan permits. It says nothing about the server that
/// would have been the next.
const CAP: &str = "Too many subrequests";

/// Why there is no response.
enum Failure {
    /// The other server, or the way to it.
    Server(Error),
    /// The platform.
    Platform(Fault),
}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        Failure::Server(error)
    }
}

/// Asks, and waits for the response, but no longer than is allowed.
pub(crate) async fn fetch(fetch: &Fetch) -> Result<Result<Vec<u8>, Error>, Fault> {
    let controller = AbortController::default();
    let signal = controller.signal();
    let answer =
        match select(pin!(ask(fetch, &signal)), pin!(Delay::from(Duration::from_millis(fetch.timeout_ms))))
            .await
        {
            Either::Left((answer, _)) => answer,
            Either::Right(_) => {
                Err(error(NetworkFault::Timeout, &fetch.url, "it did not answer in time").into())
            }
        };
    // Ends the request, if it still goes on.
    controller.abort();
    match answer {
        Ok(bytes) => Ok(Ok(bytes)),
        Err(Failure::Server(error)) => Ok(Err(error)),
        Err(Failure::Platform(fault)) => Err(fault),
    }
}

async fn ask(fetch: &Fetch, signal: &AbortSignal) -> Result<Vec<u8>, Failure> {
    let mut url = fetch.url.clone();
    for _ in 0..=MAX_REDIRECTS {
        fetch.check_url(&url).map_err(|what| error(NetworkFault::Insecure, &url, what))?;
        let response = send(fetch, &url, signal).await?;
        if !(300..400).contains(&response.status_code()) || fetch.json.is_some() {
            return Ok(receive(fetch, &url, response).await?);
        }
        url = redirected(&url, &response)?;
    }
    let what = format!("it redirects more than {MAX_REDIRECTS} times");
    Err(error(NetworkFault::Redirect, &fetch.url, &what).into())
}

async fn send(fetch: &Fetch, url: &str, signal: &AbortSignal) -> Result<Response, Failure> {
    let refused = |cause: worker::Error| {
        let cause = cause.to_string();
        if cause.contains(CAP) {
            return Failure::Platform(Fault::new(format!("{cause}: the next event goes on")));
        }
        error(NetworkFault::Connect, url, &format!("no connection: {}", quote(&cause))).into()
    };
    let request = request(fetch, url).map_err(refused)?;
    WorkerFetch::Request(request).send_with_signal(signal).await.map_err(refused)
}

fn request(fetch: &Fetch, url: &str) -> worker::Result<Request> {
    let headers = Headers::new();
    headers.set("user-agent", USER_AGENT)?;
    headers.set("accept-encoding", "identity")?;
    let mut init = RequestInit::new();
    // Cloudflare's cache would keep a publisher's archives, and give them out as they once were.
    init.with_redirect(RequestRedirect::Manual).with_cache(CacheMode::NoStore);
    if let Some(json) = &fetch.json {
        headers.set("content-type", "application/json")?;
        init.with_method(Method::Post).with_body(Some(json.as_str().into()));
    }
    init.with_headers(headers);
    Request::new_with_init(url, &init)
}

async fn receive(fetch: &Fetch, url: &str, mut response: Response) -> Result<Vec<u8>, Error> {
    let status = response.status_code();
    if status != 200 {
        let said = reason(fetch, &mut response).await;
        let said = said.map(|reason| format!(": it says {reason}")).unwrap_or_default();
        let what = format!("the server answered {status}{said}");
        return Err(error(NetworkFault::Status, url, &what).with_status(status));
    }
    let encoding = response.headers().get("content-encoding").ok().flatten();
    if encoding.is_some_and(|encoding| !means_no_encoding(encoding.as_bytes())) {
        return Err(error(NetworkFault::Answer, url, "the response is encoded, which was not asked for"));
    }
    let broken = |cause: worker::Error| {
        error(NetworkFault::Answer, url, &format!("the response ended early: {}", quote(&cause.to_string())))
    };
    let mut bytes = Vec::new();
    // Without a body there is nothing to read.
    let Ok(mut body) = response.stream() else { return Ok(bytes) };
    while let Some(chunk) = body.try_next().await.map_err(broken)? {
        bytes.extend_from_slice(&chunk);
        if u64::try_from(bytes.len()).map_or(true, |size| size > fetch.max_bytes) {
            let what = format!("the response has more than {} bytes", fetch.max_bytes);
            return Err(error(NetworkFault::Answer, url, &what));
        }
    }
    Ok(bytes)
}

/// Why the server refuses what was posted, where it says so.
async fn reason(fetch: &Fetch, response: &mut Response) -> Option<String> {
    if fetch.json.is_none() || !(400..500).contains(&response.status_code()) {
        return None;
    }
    let mut body = response.stream().ok()?;
    let mut start = Vec::new();
    while let Some(chunk) = body.try_next().await.ok()? {
        start.extend_from_slice(&chunk);
        if start.len() >= MAX_REASON_BYTES {
            start.truncate(MAX_REASON_BYTES);
            break;
        }
    }
    fedverify_node::reason(&start)
}

/// Where a redirect leads: to the same scheme, or it is none.
fn redirected(from: &str, response: &Response) -> Result<String, Error> {
    let refused = |what: &str| error(NetworkFault::Redirect, from, what);
    let location = response.headers().get("location").ok().flatten();
    let location = location.ok_or_else(|| refused("it redirects without a location"))?;
    let base = Url::parse(from).map_err(|_| refused("it is not a URL"))?;
    let mut target = base.join(&location).map_err(|_| refused("it redirects to what is not a URL"))?;
    if target.scheme() != base.scheme() {
        return Err(refused(&format!(
            "it redirects to {}, which has a different scheme",
            quote_url(&location)
        )));
    }
    target.set_fragment(None);
    Ok(target.into())
}

fn error(fault: NetworkFault, url: &str, what: &str) -> Error {
    Error::unreachable(fault, format!("{} could not be fetched: {what}", quote_url(url)))
}
