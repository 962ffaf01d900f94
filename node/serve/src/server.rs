//! The node on this machine: what it is started with, and how it ends.

use crate::arguments::Serve;
use crate::blobs::Blobs;
use crate::connections::{self, Bounds};
use crate::database::{DATABASE, Sqlite};
use crate::exchange::Front;
use crate::fetch::Fetcher;
use crate::lock::Lock;
use crate::machine::Machine;
use crate::shares::Most;
use crate::unread::Unread;
use crate::worker;
use fedverify::Reach;
use fedverify_node::{Fault, Limits, Settings};
use std::io::Write;
use std::net::SocketAddr;
use std::time::{Duration, Instant};
use tokio::net::TcpListener;

/// How long connections, and then the node, may take to end what they are doing when the process is asked to stop. What is cut off
/// then is as after a kill: nothing that was acknowledged is lost.
const STOP_PATIENCE: Duration = Duration::from_secs(10);

/// How many sites, each with as many addresses as it likes, take all connections together, or all the room for unread responses, and how
/// many providers.
const SITES: usize = 4;
const PROVIDERS: usize = 2;

/// How many addresses take all the room for unread responses. With the defaults, each has room for 17 of the longest pages.
const READERS: usize = 16;

/// Runs the node until it is told to stop.
pub(crate) fn run(serve: &Serve, master_key: Option<String>) -> Result<(), String> {
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| error.to_string())?;
    let listener = runtime.block_on(TcpListener::bind(serve.listen)).map_err(|error| {
        format!("cannot listen on {}: {error}; --listen names another place", serve.listen)
    })?;
    let address = listener.local_addr().map_err(|error| error.to_string())?;
    let has_master_key = master_key.as_ref().is_some_and(|key| !key.is_empty());
    let limits = limits(serve)?;
    let settings = settings(serve, address, master_key)?.with_limits(limits);
    let blobs = prepare(serve).map_err(|fault| fault.to_string())?;
    // Held until the process ends.
    let _lock = Lock::take(&serve.data).map_err(|fault| fault.to_string())?;
    let (file, stored) = (serve.data.join(DATABASE), blobs.clone());
    let machine = move |alarm| {
        Ok(Machine { database: Sqlite::open(&file)?, blobs: stored, fetcher: Fetcher::default(), alarm })
    };
    let (jobs, thread) = worker::start(machine, settings)?;
    // Nobody may be reading standard output any more.
    drop(writeln!(std::io::stdout(), "fedverify-node listens on http://{address}"));
    warn(serve, has_master_key);
    let body_bytes = usize::try_from(limits.body_bytes).unwrap_or(usize::MAX);
    let front = Front {
        jobs,
        blobs,
        body_bytes,
        unread: Unread::new(unread(serve)),
        body_patience: Duration::from_secs(serve.request_seconds),
        is_behind_proxy: serve.behind_proxy,
    };
    runtime.block_on(async {
        tokio::select! {
            () = connections::serve(listener, front, bounds(serve), told_to_stop()) => {}
            () = waited_enough() => {}
        }
    });
    // With the connections that are left, the last senders of jobs are gone: the node ends what it is doing.
    runtime.shutdown_background();
    let end = Instant::now().checked_add(STOP_PATIENCE);
    while !thread.is_finished() && end.is_some_and(|end| Instant::now() < end) {
        std::thread::sleep(Duration::from_millis(20));
    }
    crate::log(r#"{"event":"stop"}"#);
    Ok(())
}

fn limits(serve: &Serve) -> Result<Limits, String> {
    let mut limits = Limits { check_seconds: serve.check_every, ..Limits::default() };
    for setting in &serve.limit {
        limits.set(setting)?;
    }
    Ok(limits)
}

fn settings(serve: &Serve, address: SocketAddr, master_key: Option<String>) -> Result<Settings, String> {
    let reach = if serve.allow_private { Reach::Loopback } else { Reach::Public };
    if serve.url.is_none() && !address.ip().is_loopback() {
        return Err("--url is missing: challenges name the node by its public URL".to_owned());
    }
    let url = serve.url.clone().unwrap_or_else(|| format!("http://{address}"));
    Settings::new(&url, master_key, reach)?.with_origins(&serve.cors_origin)?.with_directory(&serve.plc_url)
}

fn bounds(serve: &Serve) -> Bounds {
    // Behind a proxy, all connections are the proxy's.
    let within = |most: usize| if serve.behind_proxy { serve.connections } else { most };
    let of = |networks: usize| {
        let part = serve.connections.checked_div(networks).unwrap_or_default();
        within(part.max(serve.connections_per_address))
    };
    Bounds {
        connections: Most {
            of_all: serve.connections,
            of_one_address: within(serve.connections_per_address),
            of_one_site: of(SITES),
            of_one_provider: of(PROVIDERS),
        },
        head_bytes: usize::try_from(serve.head_bytes).unwrap_or(usize::MAX),
        head: Duration::from_secs(serve.request_seconds),
        life: Duration::from_secs(serve.connection_seconds),
    }
}

/// The bytes of responses that callers have not read.
fn unread(serve: &Serve) -> Most {
    let of_all = usize::try_from(serve.unread_bytes).unwrap_or(usize::MAX);
    let of = |networks: usize| of_all.checked_div(networks).unwrap_or_default();
    Most { of_all, of_one_address: of(READERS), of_one_site: of(SITES), of_one_provider: of(PROVIDERS) }
}

fn warn(serve: &Serve, has_master_key: bool) {
    if serve.url.is_none() && !serve.allow_private {
        crate::log(
            r#"{"event":"start","warning":"--url is not set: challenges name an address of this machine"}"#,
        );
    }
    if !has_master_key {
        crate::log(r#"{"event":"start","warning":"MASTER_KEY is not set: no keys can be made"}"#);
    }
}

/// Ends some time after the process was asked to end: a caller who reads a download slowly cannot keep it running.
async fn waited_enough() {
    told_to_stop().await;
    tokio::time::sleep(STOP_PATIENCE).await;
}

/// Makes the folder, and opens the storage of archives.
fn prepare(serve: &Serve) -> Result<Blobs, Fault> {
    let data = &serve.data;
    crate::backup::make(data)?;
    Blobs::open(serve.archives.as_deref(), data)
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
