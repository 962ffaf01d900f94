//! HTTP, with axum: requests as values to the node, responses back, archives straight from the storage.

use crate::arguments::Serve;
use crate::blobs::Blobs;
use crate::database::Sqlite;
use crate::fetch::Fetcher;
use crate::machine::Machine;
use crate::worker::{self, Job};
use axum::Router;
use axum::body::{Body as AxumBody, to_bytes};
use axum::extract::State;
use axum::http::{HeaderValue, Request as AxumRequest, StatusCode};
use axum::response::Response as AxumResponse;
use fedverify::Reach;
use fedverify_node::{Body, Fault, Limits, Request, Response, Settings};
use std::io::Write;
use std::path::Path;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};

/// How long the body of a request may take to come.
const BODY_PATIENCE: Duration = Duration::from_secs(30);

/// How long what is going on may take to end, once for connections and once for the node, when the process is asked to stop.
/// What is cut off then is as after a kill: nothing that was acknowledged is lost.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

#[derive(Clone)]
struct Front {
    jobs: mpsc::Sender<Job>,
    blobs: Blobs,
    body_bytes: usize,
}

/// Runs the node until it is told to stop.
pub(crate) fn run(serve: &Serve, master_key: Option<String>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let listener = runtime
        .block_on(TcpListener::bind(serve.listen))
        .map_err(|error| format!("cannot listen on {}: {error}", serve.listen))?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let reach = if serve.allow_private { Reach::Loopback } else { Reach::Public };
    let url = serve.url.clone().unwrap_or_else(|| format!("http://{address}"));
    if serve.url.is_none() && !address.ip().is_loopback() {
        return Err("--url is missing: challenges name the node, and this address is not one for the world"
            .to_owned());
    }
    let has_master_key = master_key.as_ref().is_some_and(|key| !key.is_empty());
    let limits = Limits { check_seconds: serve.check_every, ..Limits::default() };
    let settings = Settings::new(&url, master_key, reach)?.with_limits(limits);
    let blobs = prepare(&serve.data).map_err(|fault| fault.to_string())?;
    let (file, stored) = (serve.data.join("node.sqlite"), blobs.clone());
    let machine = move |alarm| {
        Ok(Machine { database: Sqlite::open(&file)?, blobs: stored, fetcher: Fetcher::default(), alarm })
    };
    let (jobs, thread) = worker::start(machine, settings)?;
    // Whoever started the node may not listen any more.
    drop(writeln!(std::io::stdout(), "fedverify-node listens on http://{address}"));
    if serve.url.is_none() && !serve.allow_private {
        crate::log(
            r#"{"event":"start","warning":"--url is not set: challenges name an address of this machine"}"#,
        );
    }
    if !has_master_key {
        crate::log(r#"{"event":"start","warning":"MASTER_KEY is not set: no keys can be made"}"#);
    }
    let body_bytes = usize::try_from(limits.body_bytes).unwrap_or(usize::MAX);
    let router = Router::new().fallback(answer).with_state(Front { jobs, blobs, body_bytes });
    let served = runtime.block_on(async {
        tokio::select! {
            served = async { axum::serve(listener, router).with_graceful_shutdown(told_to_stop()).await } => served,
            () = waited_enough() => Ok(()),
        }
    });
    // With the connections that are left, the last senders of jobs are gone: the node ends what it is doing.
    runtime.shutdown_background();
    let end = Instant::now().checked_add(STOP_PATIENCE);
    while !thread.is_finished() && end.is_some_and(|end| Instant::now() < end) {
        std::thread::sleep(Duration::from_millis(20));
    }
    served.map_err(|error| error.to_string())
}

/// Ends some time after the process was asked to end. Whoever reads a download slowly cannot keep it running.
async fn waited_enough() {
    told_to_stop().await;
    tokio::time::sleep(STOP_PATIENCE).await;
}

/// Makes the folders, and opens the storage of archives.
fn prepare(folder: &Path) -> Result<Blobs, Fault> {
    let blobs = folder.join("blobs");
    std::fs::create_dir_all(&blobs)
        .map_err(|error| Fault::new(format!("{} cannot be made: {error}", blobs.display())))?;
    Blobs::open(&blobs)
}

/// Ends when the process is asked to end.
async fn told_to_stop() {
    let interrupted = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminated) => {
                tokio::select! { _ = interrupted => {}, _ = terminated.recv() => {} }
            }
            Err(_) => drop(interrupted.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupted.await);
}

async fn answer(State(front): State<Front>, request: AxumRequest<AxumBody>) -> AxumResponse {
    let request = match read(request, front.body_bytes).await {
        Ok(request) => request,
        Err(status) => return bare(status),
    };
    let (reply, response) = oneshot::channel();
    if front.jobs.send(Job { request, reply }).await.is_err() {
        return bare(StatusCode::SERVICE_UNAVAILABLE);
    }
    match response.await {
        Ok(response) => written(&front.blobs, response).await,
        Err(_) => bare(StatusCode::INTERNAL_SERVER_ERROR),
    }
}

/// A request as a value. A body above the limit is left out, and the request says so.
async fn read(request: AxumRequest<AxumBody>, body_bytes: usize) -> Result<Request, StatusCode> {
    let (parts, body) = request.into_parts();
    let body = tokio::time::timeout(BODY_PATIENCE, to_bytes(body, body_bytes));
    let body = body.await.map_err(|_| StatusCode::REQUEST_TIMEOUT)?;
    let header = |(name, value): (&axum::http::HeaderName, &HeaderValue)| {
        value.to_str().ok().map(|value| (name.as_str().to_owned(), value.to_owned()))
    };
    Ok(Request {
        method: parts.method.as_str().to_owned(),
        path: parts.uri.path().to_owned(),
        query: parts.uri.query().unwrap_or_default().to_owned(),
        headers: parts.headers.iter().filter_map(header).collect(),
        is_cut: body.is_err(),
        body: body.map(|bytes| bytes.to_vec()).unwrap_or_default(),
    })
}

async fn written(blobs: &Blobs, response: Response) -> AxumResponse {
    let (body, size) = match response.body {
        Body::Bytes(bytes) => (AxumBody::from(bytes), None),
        Body::Blob { name, size } => match blobs.get(&name).await {
            Ok(Some(found)) if found.meta.size == size => {
                (AxumBody::from_stream(found.into_stream()), Some(size))
            }
            Ok(_) | Err(_) => {
                crate::log(r#"{"event":"fault","fault":"a stored archive is missing or has another size"}"#);
                return bare(StatusCode::INTERNAL_SERVER_ERROR);
            }
        },
    };
    let mut written = AxumResponse::new(body);
    *written.status_mut() =
        StatusCode::from_u16(response.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    if let Some(size) = size {
        written.headers_mut().insert("content-length", HeaderValue::from(size));
    }
    for (name, value) in response.headers {
        if let Ok(value) = HeaderValue::from_str(&value) {
            written.headers_mut().append(name, value);
        }
    }
    written
}

fn bare(status: StatusCode) -> AxumResponse {
    let mut response = AxumResponse::new(AxumBody::empty());
    *response.status_mut() = status;
    response
}
