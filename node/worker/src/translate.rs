//! Requests and responses of Workers, as the node's values and back.

use fedverify_node::{Body, Request, Response};
use futures_util::TryStreamExt;
use futures_util::future::{Either, select};
use serde_json::json;
use std::fmt::Display;
use std::pin::pin;
use std::time::Duration;
use worker::{
    Delay, Headers, Request as WorkerRequest, Response as WorkerResponse, ResponseBody, ResponseBuilder,
    Result,
};

/// The headers by which the object tells the Worker in front which blob to send. They never leave it.
const BLOB: &str = "x-fedverify-blob";
const BLOB_SIZE: &str = "x-fedverify-blob-size";

/// A blob that the object hands to the Worker in front.
pub(crate) struct Handed {
    pub(crate) name: String,
    pub(crate) size: u64,
}

/// How long the body of a request may take to come. What has come of it is held meanwhile, and all requests share the object's
/// memory.
const BODY_PATIENCE: Duration = Duration::from_secs(10);

/// A request as a value; `None` where its body does not come in time.
pub(crate) async fn read(request: WorkerRequest, body_bytes: u64) -> Result<Option<Request>> {
    match select(pin!(read_whole(request, body_bytes)), pin!(Delay::from(BODY_PATIENCE))).await {
        Either::Left((request, _)) => request.map(Some),
        Either::Right(_) => Ok(None),
    }
}

/// A body above the limit is left out, and the request says so.
async fn read_whole(mut request: WorkerRequest, body_bytes: u64) -> Result<Request> {
    let url = request.url()?;
    // Cloudflare's word, which no caller can say in its place.
    let address = request.headers().get("cf-connecting-ip")?.unwrap_or_default();
    let mut read = Request {
        method: request.inner().method(),
        path: url.path().to_owned(),
        query: url.query().unwrap_or_default().to_owned(),
        headers: request.headers().entries().collect(),
        body: Vec::new(),
        is_cut: false,
        address,
    };
    if request.inner().body().is_none() {
        return Ok(read);
    }
    let mut stream = request.stream()?;
    while let Some(chunk) = stream.try_next().await? {
        read.body.extend_from_slice(&chunk);
        if u64::try_from(read.body.len()).map_or(true, |size| size > body_bytes) {
            read.body.clear();
            read.is_cut = true;
            return Ok(read);
        }
    }
    Ok(read)
}

/// A response of the node, as the object gives it to the Worker in front.
pub(crate) fn write(response: Response, is_head: bool) -> Result<WorkerResponse> {
    let headers = Headers::new();
    for (name, value) in &response.headers {
        headers.append(name, value)?;
    }
    let builder = ResponseBuilder::new().with_status(response.status);
    match response.body {
        // A status without a body must have none, not even an empty one.
        Body::Bytes(bytes) if is_head || bytes.is_empty() => Ok(builder.with_headers(headers).empty()),
        Body::Bytes(bytes) => Ok(builder.with_headers(headers).fixed(bytes)),
        Body::Blob { name, size } => {
            headers.set(BLOB, &name)?;
            headers.set(BLOB_SIZE, &size.to_string())?;
            Ok(builder.with_headers(headers).empty())
        }
    }
}

/// The blob that a response of the object stands for, where it does.
pub(crate) fn handed(response: &WorkerResponse) -> Result<Option<Handed>> {
    let Some(name) = response.headers().get(BLOB)? else { return Ok(None) };
    let size = response.headers().get(BLOB_SIZE)?.and_then(|size| size.parse().ok());
    let size = size.ok_or("the object named a blob without its size")?;
    Ok(Some(Handed { name, size }))
}

/// The object's response with this body, for the caller.
pub(crate) fn with_body(response: &WorkerResponse, body: Option<ResponseBody>) -> Result<WorkerResponse> {
    let headers = Headers::new();
    for (name, value) in response.headers().entries() {
        if ![BLOB, BLOB_SIZE, "content-length"].contains(&name.as_str()) {
            headers.append(&name, &value)?;
        }
    }
    let builder = ResponseBuilder::new().with_status(response.status_code()).with_headers(headers);
    Ok(builder.body(body.unwrap_or(ResponseBody::Empty)))
}

/// A response without words, where the node itself cannot give one.
pub(crate) fn bare(status: u16) -> Result<WorkerResponse> {
    Ok(ResponseBuilder::new().with_status(status).empty())
}

/// A line of the log about a failure of this host.
pub(crate) fn fault_line(event: &str, fault: &impl Display) -> String {
    json!({"event": event, "fault": fault.to_string()}).to_string()
}
