//! Connections: how many there may be, and how long each may take. A stranger who connects and says nothing, or says it byte by
//! byte, or reads a download one byte a minute, holds a connection only so long, and only so many of them.

use crate::exchange::{self, Front};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use std::collections::HashMap;
use std::convert::Infallible;
use std::future::Future;
use std::net::{IpAddr, Ipv6Addr};
use std::pin::pin;
use std::sync::{Arc, Mutex, PoisonError};
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
    pub(crate) connections: usize,
    /// Of these, those of one address.
    pub(crate) of_one_address: usize,
    /// Of these, those of one site: its owner has enough addresses for all connections.
    pub(crate) of_one_site: usize,
    /// Of these, those of one provider: it has enough sites for all connections.
    pub(crate) of_one_provider: usize,
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
    let [addresses, sites, providers] = [(); 3].map(|()| Addresses::default());
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
        if connections.len() >= bounds.connections {
            continue;
        }
        let [address, site, provider] = networks(peer.ip());
        let Some(of_provider) = providers.enter(provider, bounds.of_one_provider) else { continue };
        let Some(of_site) = sites.enter(site, bounds.of_one_site) else { continue };
        let Some(place) = addresses.enter(address, bounds.of_one_address) else { continue };
        let (front, told) = (front.clone(), told.clone());
        connections.spawn(async move {
            converse(stream, peer.ip(), front, bounds, told).await;
            drop((place, of_site, of_provider));
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

/// An address, its site and its provider: of IPv6 the /64, /48 and /32, of IPv4 the address, /24 and /16 (rates.rs in node/core says why,
/// and counts the same).
fn networks(address: IpAddr) -> [IpAddr; 3] {
    match address.to_canonical() {
        IpAddr::V6(address) => {
            let [a, b, c, d, ..] = address.segments();
            [(c, d), (c, 0), (0, 0)].map(|(c, d)| IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0)))
        }
        IpAddr::V4(address) => {
            let [a, b, c, _] = address.octets();
            [IpAddr::V4(address), IpAddr::from([a, b, c, 0]), IpAddr::from([a, b, 0, 0])]
        }
    }
}

/// How many connections each address has.
#[derive(Clone, Default)]
struct Addresses(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// A connection's place among those of its address.
struct Place {
    addresses: Addresses,
    address: IpAddr,
}

impl Addresses {
    fn enter(&self, address: IpAddr, most: usize) -> Option<Place> {
        let mut counts = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let count = counts.get(&address).copied().unwrap_or_default();
        if count >= most {
            return None;
        }
        counts.insert(address, count.saturating_add(1));
        Some(Place { addresses: self.clone(), address })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut counts = self.addresses.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = counts.get(&self.address).copied().unwrap_or_default().saturating_sub(1);
        if left == 0 {
            counts.remove(&self.address);
        } else {
            counts.insert(self.address, left);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_has_so_many_connections_and_leaves_no_trace() {
        let addresses = Addresses::default();
        let address = IpAddr::from([192, 0, 2, 1]);
        let (first, second) = (addresses.enter(address, 2), addresses.enter(address, 2));
        assert!(first.is_some() && second.is_some() && addresses.enter(address, 2).is_none());
        drop(first);
        let third = addresses.enter(address, 2);
        assert!(third.is_some() && addresses.enter(address, 2).is_none());
        drop((second, third));
        // Nor does one that is not let in.
        assert!(addresses.enter(address, 0).is_none());
        assert!(addresses.0.lock().unwrap().is_empty());
    }

    #[test]
    fn a_network_of_ipv6_is_one_address_of_a_site_of_a_provider() {
        let of = |text: &str| networks(text.parse().unwrap());
        // How many of the three are the same: none, the provider, the site, too, and the address, too.
        let shared = |one: &str, other: &str| {
            let (one, other) = (of(one), of(other));
            one.iter().zip(&other).filter(|(one, other)| one == other).count()
        };
        assert_eq!(shared("2001:db8:0:1::1", "2001:db8:0:1:ffff:ffff:ffff:ffff"), 3);
        assert_eq!(shared("2001:db8:0:1::1", "2001:db8:0:2::1"), 2);
        assert_eq!(shared("2001:db8:0:1::1", "2001:db8:1:1::1"), 1);
        assert_eq!(shared("2001:db8:0:1::1", "2001:db9:0:1::1"), 0);
        assert_eq!(of("::ffff:192.0.2.1")[0].to_string(), "192.0.2.1");
        assert_eq!(shared("192.0.2.1", "192.0.2.2"), 2);
        assert_eq!(shared("192.0.2.1", "192.0.3.1"), 1);
        assert_eq!(shared("192.0.2.1", "192.1.2.1"), 0);
    }
}
