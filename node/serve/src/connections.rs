//! Connections: how many there may be, and how long each may take. A stranger who connects and says nothing, or says it byte by
//! byte, or reads a download one byte a minute, holds a connection only so long, and only so many of them.

use crate::exchange::{self, Front};
use crate::shares::{Most, Shares};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::convert::Infallible;
use std::future::Future;
use std::net::IpAddr;
use std::pin::pin;
use std::time::Duration;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;

/// How long to wait before asking again for a connection, if the system gave none: too many files are open, or the like.
const PAUSE: Duration = Duration::from_millis(100);

/// How long the last response of a connection may take, once its time is up.
const LAST_ANSWER: Duration = Duration::from_secs(30);

/// The bounds of connections.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Bounds {
    /// Connections at once.
    pub(crate) connections: Most,
    /// Bytes that the head of a request may have. hyper would keep up to 408 KiB of each connection.
    pub(crate) head_bytes: usize,
    /// How long the head of a request may take to come, and how long a connection may be idle.
    pub(crate) head: Duration,
    /// How long a connection may last.
    pub(crate) life: Duration,
}

/// Answers connections until it is told to stop, and then ends those that are open as soon as their response is out.
pub(crate) async fn serve(
    listener: TcpListener,
    front: Front,
    bounds: Bounds,
    stop: impl Future<Output = ()>,
) {
    let (tell, told) = watch::channel(false);
    let mut connections = JoinSet::new();
    let shares = Shares::new(bounds.connections);
    let mut stop = pin!(stop);
    loop {
        let accepted = tokio::select! {
            () = &mut stop => break,
            accepted = listener.accept() => accepted,
        };
        while connections.try_join_next().is_some() {}
        let Ok((stream, peer)) = accepted else {
            tokio::time::sleep(PAUSE).await;
            continue;
        };
        // One too many is closed at once.
        let Some(share) = shares.take(peer.ip(), 1) else { continue };
        let (front, told) = (front.clone(), told.clone());
        connections.spawn(async move {
            converse(stream, peer.ip(), front, bounds, told).await;
            drop(share);
        });
    }
    drop(listener);
    tell.send_replace(true);
    while connections.join_next().await.is_some() {}
}

/// Answers the requests of one connection.
async fn converse(
    stream: TcpStream,
    peer: IpAddr,
    front: Front,
    bounds: Bounds,
    mut told: watch::Receiver<bool>,
) {
    let service = service_fn(move |request| {
        let front = front.clone();
        async move { Ok::<_, Infallible>(exchange::answer(front, peer, request).await) }
    });
    let mut builder = http1::Builder::new();
    builder.timer(TokioTimer::new()).header_read_timeout(bounds.head).max_buf_size(bounds.head_bytes);
    let mut connection = pin!(builder.serve_connection(TokioIo::new(stream), service));
    tokio::select! {
        // It ended, or broke off: there is nobody to tell.
        _ = connection.as_mut() => return,
        _ = told.changed() => {}
        () = tokio::time::sleep(bounds.life) => {}
    }
    connection.as_mut().graceful_shutdown();
    drop(tokio::time::timeout(LAST_ANSWER, connection).await);
}
