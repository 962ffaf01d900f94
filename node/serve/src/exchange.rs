//! Requests as values to the node, responses back, archives straight from the storage.

use crate::blobs::{Blobs, Pieces};
use crate::unread::Unread;
use crate::worker::Job;
use fedverify_node::{Body, Fault, Guard, Request, Response};
use futures_util::stream::{self, Stream, TryStreamExt};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Full, LengthLimitError, Limited, StreamBody};
use hyper::body::{Bytes, Frame, Incoming};
use hyper::header::{CONTENT_LENGTH, HeaderMap, HeaderName, HeaderValue};
use hyper::{Request as HttpRequest, Response as HttpResponse, StatusCode};
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;
use tokio::sync::{mpsc, oneshot};

/// What is sent.
type Sent = UnsyncBoxBody<Bytes, object_store::Error>;

/// What connections need of the node.
#[derive(Clone)]
pub(crate) struct Front {
    pub(crate) jobs: mpsc::Sender<Job>,
    pub(crate) blobs: Blobs,
    pub(crate) body_bytes: usize,
    pub(crate) unread: Unread,
    /// How long the body of a request may take to come.
    pub(crate) body_patience: Duration,
    /// Whether a proxy says who asks.
    pub(crate) is_behind_proxy: bool,
}

/// Answers one request.
pub(crate) async fn answer(front: Front, peer: IpAddr, request: HttpRequest<Incoming>) -> HttpResponse<Sent> {
    let request = match read(&front, peer, request).await {
        Ok(request) => request,
        Err(status) => return bare(status),
    };
    // What a proxy says may be no address.
    let caller = request.address.parse().unwrap_or(peer);
    let (reply, response) = oneshot::channel();
    if front.jobs.send(Job { request, reply }).await.is_err() {
        return bare(StatusCode::SERVICE_UNAVAILABLE);
    }
    match response.await {
        Ok(response) => written(&front, caller, response).await,
        Err(_) => bare(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// A request as a value. A body above the limit is left out, and the request says so.
async fn read(front: &Front, peer: IpAddr, request: HttpRequest<Incoming>) -> Result<Request, StatusCode> {
    let (parts, body) = request.into_parts();
    let body = tokio::time::timeout(front.body_patience, Limited::new(body, front.body_bytes).collect());
    let (body, is_cut) = match body.await.map_err(|_| StatusCode::REQUEST_TIMEOUT)? {
        Ok(body) => (body.to_bytes().to_vec(), false),
        Err(error) if error.is::<LengthLimitError>() => (Vec::new(), true),
        // It broke off.
        Err(_) => return Err(StatusCode::BAD_REQUEST),
    };
    let header = |(name, value): (&HeaderName, &HeaderValue)| {
        value.to_str().ok().map(|value| (name.as_str().to_owned(), value.to_owned()))
    };
    let headers: Vec<(String, String)> = parts.headers.iter().filter_map(header).collect();
    let address = match forwarded(&parts.headers).filter(|_| front.is_behind_proxy) {
        Some(address) => address,
        None => peer.to_string(),
    };
    Ok(Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers,
        body,
        is_cut,
        address,
    })
}

/// The last address of `X-Forwarded-For`: the one that the proxy itself has seen. Those before it are the caller's word, in any bytes.
fn forwarded(headers: &HeaderMap) -> Option<String> {
    let last = headers.get_all("x-forwarded-for").iter().next_back()?;
    let list = String::from_utf8_lossy(last.as_bytes());
    list.rsplit(',').next().map(|last| without_port(last.trim()))
}

/// An address without the port that some proxies write after it, as `192.0.2.1:4711` or `[2001:db8::1]:4711`, and without brackets
/// (RFC 7239, section 6, has both forms). Each connection has another port: with it nobody would ever ask twice.
fn without_port(entry: &str) -> String {
    if let Ok(address) = entry.parse::<SocketAddr>() {
        return address.ip().to_string();
    }
    let bare = entry.strip_prefix('[').and_then(|rest| rest.strip_suffix(']'));
    bare.unwrap_or(entry).to_owned()
}

async fn written(
    front: &Front,
    caller: IpAddr,
    Response { status, headers, body }: Response,
) -> HttpResponse<Sent> {
    let header =
        |name: &str| headers.iter().find(|(other, _)| *other == name).map(|(_, value)| value.clone());
    let id = header("x-request-id").unwrap_or_default();
    let (name, size) = match body {
        Body::Bytes(bytes) => {
            let Some(bytes) = front.unread.hold(bytes, caller) else {
                crate::log(&without_room(&id));
                return short(Response::without_room(header));
            };
            return with_body(status, headers, whole(bytes));
        }
        Body::Blob { name, size } => (name, size),
    };
    let pieces = match front.blobs.stream(&name, size).await {
        Ok(Some(pieces)) => pieces,
        failed => {
            let missing = || Fault::new("a stored archive is missing or has another size");
            crate::log(&failed.err().unwrap_or_else(missing).line(&id));
            return short(Response::without_blob(header));
        }
    };
    let body = BodyExt::boxed_unsync(StreamBody::new(guarded(pieces, &name, id).map_ok(Frame::data)));
    let mut written = with_body(status, headers, body);
    written.headers_mut().insert(CONTENT_LENGTH, HeaderValue::from(size));
    written
}

/// The pieces of a blob. Where they are other than its name says, the last one does not come, and the connection breaks off.
fn guarded(
    pieces: Pieces,
    name: &str,
    id: String,
) -> impl Stream<Item = Result<Bytes, object_store::Error>> + use<> {
    let guard = Some(Guard::new(name));
    stream::try_unfold((pieces, guard, id), |(mut pieces, guard, id)| async move {
        let Some(mut guard) = guard else { return Ok(None) };
        while let Some(piece) = pieces.try_next().await? {
            if let Some(piece) = guard.pass(piece) {
                return Ok(Some((piece, (pieces, Some(guard), id))));
            }
        }
        let last = guard.last().map_err(|fault| {
            crate::log(&fault.line(&id));
            object_store::Error::Generic { store: "node", source: fault.to_string().into() }
        })?;
        Ok(last.map(|piece| (piece, (pieces, None, id))))
    })
}

/// The line of the log about a response for which there was no room: that is no failure of the node. The id is the node's own.
fn without_room(id: &str) -> String {
    let why =
        "responses that callers have not read fill --unread-bytes, or the part of this caller's network";
    format!(r#"{{"event":"busy","request_id":"{id}","reason":"{why}"}}"#)
}

/// A short response in place of the node's.
fn short(Response { status, headers, body }: Response) -> HttpResponse<Sent> {
    let Body::Bytes(bytes) = body else { return bare(StatusCode::INTERNAL_SERVER_ERROR) };
    with_body(status, headers, whole(Bytes::from(bytes)))
}

fn with_body(status: u16, headers: Vec<(&'static str, String)>, body: Sent) -> HttpResponse<Sent> {
    let mut written = HttpResponse::new(body);
    *written.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    for (name, value) in headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            written.headers_mut().append(name, value);
        }
    }
    written
}

fn whole(bytes: Bytes) -> Sent {
    BodyExt::boxed_unsync(Full::new(bytes).map_err(|never| match never {}))
}

fn bare(status: StatusCode) -> HttpResponse<Sent> {
    let mut response = HttpResponse::new(whole(Bytes::new()));
    *response.status_mut() = status;
    response
}

#[cfg(test)]
mod tests {
    use super::*;

    fn headers(values: &[&[u8]]) -> HeaderMap {
        let value = |value: &&[u8]| HeaderValue::from_bytes(value).unwrap();
        values.iter().map(|bytes| (HeaderName::from_static("x-forwarded-for"), value(bytes))).collect()
    }

    #[test]
    fn only_the_address_that_the_proxy_has_seen_counts() {
        let address = |values: &[&[u8]]| forwarded(&headers(values));
        assert_eq!(address(&[b"192.0.2.1, 192.0.2.2"]).as_deref(), Some("192.0.2.2"));
        assert_eq!(address(&[b"192.0.2.1", b"192.0.2.3"]).as_deref(), Some("192.0.2.3"));
        // Whatever the caller wrote before it.
        assert_eq!(address(&[b"\xff, 192.0.2.2"]).as_deref(), Some("192.0.2.2"));
        assert_eq!(address(&[b"\xff", b"192.0.2.3"]).as_deref(), Some("192.0.2.3"));
        assert_eq!(address(&[]), None);
    }

    #[test]
    fn an_address_with_a_port_is_the_address() {
        for (entry, address) in [
            ("192.0.2.1, 192.0.2.2:5678", "192.0.2.2"),
            ("[2001:db8::1]:443", "2001:db8::1"),
            ("[2001:db8::1]", "2001:db8::1"),
            ("2001:db8::1", "2001:db8::1"),
            // What is none is not made one.
            ("unknown", "unknown"),
            ("192.0.2.1:99999", "192.0.2.1:99999"),
        ] {
            assert_eq!(forwarded(&headers(&[entry.as_bytes()])).as_deref(), Some(address));
        }
    }
}
