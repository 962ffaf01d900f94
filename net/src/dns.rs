//! Look-ups at a name server: TXT records for `fair://` aliases, and addresses where the user names the server. Nothing in
//! a verdict rests on DNS: what it says here is not signed.

use hickory_resolver::config::{ConnectionConfig, NameServerConfig, ResolveHosts, ResolverConfig};
use hickory_resolver::net::NetError;
use hickory_resolver::net::runtime::TokioRuntimeProvider;
use hickory_resolver::proto::rr::RData;
use hickory_resolver::{Resolver, TokioResolver};
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::time::Duration;

/// How many of the system's name servers are asked.
const MAX_SERVERS: usize = 3;

/// The TXT records of a name, each with its strings joined; none if the name does not exist. Asks this server, or otherwise the
/// first three of the system.
///
/// # Errors
///
/// [`TimedOut`](io::ErrorKind::TimedOut) if no answer comes in time, and another kind if the server fails or the system names none.
pub fn txt(name: &str, server: Option<SocketAddr>, timeout: Duration) -> io::Result<Vec<String>> {
    let servers = match server {
        Some(server) => vec![server],
        None => system_servers()?,
    };
    let name = whole(name);
    in_time(timeout, async {
        match resolver(servers, timeout)?.txt_lookup(name).await {
            Ok(lookup) => Ok(lookup.answers().iter().filter_map(|record| text(&record.data)).collect()),
            Err(error) if is_nothing(&error) => Ok(Vec::new()),
            Err(error) => Err(io::Error::other(error.to_string())),
        }
    })
}

/// The addresses of a name, as this server has them; none if the name does not exist.
///
/// # Errors
///
/// [`TimedOut`](io::ErrorKind::TimedOut) if no answer comes in time, and another kind if the server fails.
pub fn addresses(name: &str, server: SocketAddr, timeout: Duration) -> io::Result<Vec<IpAddr>> {
    let name = whole(name);
    in_time(timeout, async {
        match resolver(vec![server], timeout)?.lookup_ip(name).await {
            Ok(lookup) => Ok(lookup.iter().collect()),
            Err(error) if is_nothing(&error) => Ok(Vec::new()),
            Err(error) => Err(io::Error::other(error.to_string())),
        }
    })
}

/// The name with a final dot, so that no search domain is appended.
fn whole(name: &str) -> String {
    format!("{}.", name.trim_end_matches('.'))
}

fn in_time<T>(timeout: Duration, lookup: impl Future<Output = io::Result<T>>) -> io::Result<T> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(async {
        let outcome = tokio::time::timeout(timeout, lookup).await;
        outcome.unwrap_or_else(|_| Err(io::Error::new(io::ErrorKind::TimedOut, "no answer in time")))
    })
}

fn resolver(servers: Vec<SocketAddr>, timeout: Duration) -> io::Result<TokioResolver> {
    let servers = servers.into_iter().map(name_server).collect();
    let config = ResolverConfig::from_name_servers(servers);
    let mut builder = Resolver::builder_with_config(config, TokioRuntimeProvider::default());
    let options = builder.options_mut();
    options.timeout = timeout;
    options.use_hosts_file = ResolveHosts::Never;
    builder.build().map_err(io::Error::other)
}

fn name_server(address: SocketAddr) -> NameServerConfig {
    let (mut udp, mut tcp) = (ConnectionConfig::udp(), ConnectionConfig::tcp());
    (udp.port, tcp.port) = (address.port(), address.port());
    NameServerConfig::new(address.ip(), true, vec![udp, tcp])
}

/// Whether a server said that there is no such record.
fn is_nothing(error: &NetError) -> bool {
    error.is_no_records_found() || error.is_nx_domain()
}

/// A record as a string. One that is no UTF-8 is not lost: what begins with `did=` names another DID, whatever it is.
fn text(data: &RData) -> Option<String> {
    let RData::TXT(txt) = data else { return None };
    let bytes: Vec<u8> = txt.txt_data.iter().flat_map(|part| part.iter().copied()).collect();
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// The name servers that the system asks (resolv.conf(5)).
#[cfg(unix)]
fn system_servers() -> io::Result<Vec<SocketAddr>> {
    let text = std::fs::read("/etc/resolv.conf")?;
    let config = resolv_conf::Config::parse(text).map_err(|error| io::Error::other(error.to_string()))?;
    let servers = config.nameservers.iter().map(|server| SocketAddr::new(IpAddr::from(server), 53));
    Ok(servers.take(MAX_SERVERS).collect())
}

#[cfg(not(unix))]
fn system_servers() -> io::Result<Vec<SocketAddr>> {
    Err(io::Error::other("the system's name servers could not be found; name one with --dns-server"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify_kit::server::{DnsServer, Records};
    use hickory_resolver::proto::rr::rdata::TXT;

    const NAME: &str = "_fairpm.publisher.example";

    fn ask(records: Records, milliseconds: u64) -> io::Result<Vec<String>> {
        let server = DnsServer::start();
        server.serve(NAME, records);
        txt(NAME, Some(server.address()), Duration::from_millis(milliseconds))
    }

    #[test]
    fn records_come_whole_however_they_are_cut() {
        let texts = vec!["did=did:plc:x".to_owned(), "y".repeat(600)];
        assert_eq!(ask(Records::Txt(texts.clone()), 5000).unwrap(), texts);
    }

    #[test]
    fn a_record_that_is_no_text_is_there_too() {
        let record = RData::TXT(TXT::from_bytes(vec![&b"did="[..], &b"\xff"[..]]));
        assert_eq!(text(&record).as_deref(), Some("did=\u{fffd}"));
    }

    #[test]
    fn no_record_is_no_error() {
        assert_eq!(ask(Records::None, 5000).unwrap(), Vec::<String>::new());
        let server = DnsServer::start();
        let found = txt("nothing.example", Some(server.address()), Duration::from_secs(5));
        assert_eq!(found.unwrap(), Vec::<String>::new());
    }

    #[test]
    fn a_failing_and_a_silent_server_are_errors() {
        assert!(ask(Records::Failure, 5000).is_err());
        assert!(ask(Records::Silence, 300).is_err());
        assert!(txt("not a name..", None, Duration::from_millis(300)).is_err());
    }
}
