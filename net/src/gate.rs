//! The gate between names and connections: which addresses a host has, and whether they may be connected to.
//!
//! ureq connects to what its resolver returns, and to nothing else. What was judged is therefore what is connected to: a name
//! that leads elsewhere at the next look-up gains nothing.

use crate::address::Rule;
use crate::deadline::Deadline;
use crate::dns;
use crate::reachable::is_public;
use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::{IpAddr, SocketAddr};
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex};
use std::thread;
use ureq::config::Config;
use ureq::http::Uri;
use ureq::unversioned::resolver::{DefaultResolver, ResolvedSocketAddrs, Resolver};
use ureq::unversioned::transport::{NextTimeout, time};

/// How many addresses of a host are tried: as many as ureq takes.
const MAX_ADDRESSES: usize = 16;

/// How many private addresses a report names. The client of a server lives long, and must not grow with every request.
const MAX_NAMED: usize = 64;

/// The private addresses that were connected to because the user allows it, for the report.
pub(crate) type Passed = Arc<Mutex<BTreeSet<(String, IpAddr)>>>;

/// Resolves and judges, for one request.
#[derive(Debug)]
pub(crate) struct Gate {
    pub(crate) rule: Rule,
    /// http, which is for loopback only, whatever is allowed.
    pub(crate) is_plain: bool,
    pub(crate) deadline: Arc<Deadline>,
    /// The name server to ask; otherwise the system's way of resolving names.
    pub(crate) dns_server: Option<SocketAddr>,
    pub(crate) passed: Passed,
}

/// An address that must not be connected to.
#[derive(Debug)]
pub(crate) struct Forbidden(IpAddr);

impl fmt::Display for Forbidden {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Forbidden(address) = self;
        write!(f, "{address}, which belongs to this machine or a private network")
    }
}

impl std::error::Error for Forbidden {}

impl Gate {
    fn look_up(
        &self,
        uri: &Uri,
        config: &Config,
        mut timeout: NextTimeout,
    ) -> Result<Vec<SocketAddr>, ureq::Error> {
        let left = self.deadline.left();
        timeout.after = time::Duration::Exact(left);
        let Some((server, name)) = self.dns_server.zip(name(uri)) else {
            return resolve_by_system(uri, config, timeout);
        };
        let port = port(uri);
        let found = dns::addresses(name, server, left).map_err(|error| {
            let is_late = error.kind() == io::ErrorKind::TimedOut;
            if is_late { ureq::Error::Timeout(timeout.reason) } else { ureq::Error::HostNotFound }
        })?;
        Ok(found.into_iter().map(|address| SocketAddr::new(address, port)).collect())
    }

    fn remember(&self, host: &str, address: IpAddr) {
        let Ok(mut passed) = self.passed.lock() else { return };
        if passed.len() < MAX_NAMED {
            passed.insert((host.to_owned(), address));
        }
    }

    /// Judges one address of the host. A forbidden one refuses the host, whatever its other addresses are.
    fn judge(&self, host: &str, address: IpAddr) -> Result<(), Forbidden> {
        let is_public = is_public(address);
        let may_be = match self.rule {
            Rule::Public => is_public && !self.is_plain,
            Rule::Loopback | Rule::AllowedLoopback => address.is_loopback(),
            Rule::Any => !self.is_plain,
        };
        if !may_be {
            return Err(Forbidden(address));
        }
        if !is_public && matches!(self.rule, Rule::AllowedLoopback | Rule::Any) {
            self.remember(host, address);
        }
        Ok(())
    }
}

/// Asks the system, which knows no timeouts, in a thread of its own. ureq would do the same, but panics where no thread can be
/// started, such as on a web host that limits its customers' processes.
fn resolve_by_system(
    uri: &Uri,
    config: &Config,
    timeout: NextTimeout,
) -> Result<Vec<SocketAddr>, ureq::Error> {
    let (uri, config) = (uri.clone(), config.clone());
    let untimed = NextTimeout { after: time::Duration::NotHappening, ..timeout };
    let (sender, receiver) = mpsc::sync_channel(1);
    thread::Builder::new().spawn(move || {
        // Nobody receives it once the time is up.
        let _is_late = sender.send(DefaultResolver::default().resolve(&uri, &config, untimed));
    })?;
    match receiver.recv_timeout(*timeout.after) {
        Ok(found) => Ok(found?.iter().copied().collect()),
        Err(RecvTimeoutError::Timeout) => Err(ureq::Error::Timeout(timeout.reason)),
        Err(RecvTimeoutError::Disconnected) => Err(ureq::Error::HostNotFound),
    }
}

/// The port of a URL, or that of its scheme. URLs with http are those of this machine and of proxies.
fn port(uri: &Uri) -> u16 {
    let is_plain = uri.scheme_str() == Some("http");
    uri.port_u16().unwrap_or(if is_plain { 80 } else { 443 })
}

/// The host of a URL, where it is a name.
fn name(uri: &Uri) -> Option<&str> {
    uri.host().filter(|host| !host.starts_with('[') && host.parse::<IpAddr>().is_err())
}

impl Resolver for Gate {
    fn resolve(
        &self,
        uri: &Uri,
        config: &Config,
        timeout: NextTimeout,
    ) -> Result<ResolvedSocketAddrs, ureq::Error> {
        // With a proxy this is the proxy's name, and the user's environment named it.
        let is_of_proxy = config.proxy().is_some();
        let found = self.look_up(uri, config, timeout)?;
        let mut addresses = self.empty();
        for address in found.into_iter().take(MAX_ADDRESSES) {
            if !is_of_proxy {
                let host = uri.host().unwrap_or_default();
                self.judge(host, address.ip())
                    .map_err(|forbidden| ureq::Error::Other(Box::new(forbidden)))?;
            }
            addresses.push(address);
        }
        if addresses.is_empty() { Err(ureq::Error::HostNotFound) } else { Ok(addresses) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PUBLIC: &str = "1.1.1.1";
    const LOOPBACK: &str = "127.0.0.1";
    const PRIVATE: &str = "10.0.0.1";
    /// The same as 127.0.0.1 to the operating system, and a way around whoever compares bytes.
    const MAPPED: &str = "::ffff:127.0.0.1";

    fn allowed(rule: Rule, is_plain: bool) -> Vec<&'static str> {
        let deadline = Arc::new(Deadline::new(std::time::Duration::ZERO));
        let gate = Gate { rule, is_plain, deadline, dns_server: None, passed: Passed::default() };
        let all = [PUBLIC, LOOPBACK, PRIVATE, MAPPED];
        all.into_iter().filter(|address| gate.judge("host", address.parse().unwrap()).is_ok()).collect()
    }

    #[test]
    fn addresses_are_judged_by_who_named_the_host() {
        assert_eq!(allowed(Rule::Public, false), [PUBLIC]);
        assert_eq!(allowed(Rule::Loopback, false), [LOOPBACK]);
        assert_eq!(allowed(Rule::AllowedLoopback, false), [LOOPBACK]);
        assert_eq!(allowed(Rule::Any, false), [PUBLIC, LOOPBACK, PRIVATE, MAPPED]);
    }

    #[test]
    fn plain_http_stays_on_this_machine() {
        assert_eq!(allowed(Rule::Loopback, true), [LOOPBACK]);
        assert_eq!(allowed(Rule::AllowedLoopback, true), [LOOPBACK]);
        assert_eq!(allowed(Rule::Public, true), [""; 0]);
        assert_eq!(allowed(Rule::Any, true), [""; 0]);
    }

    #[test]
    fn a_url_without_a_port_has_that_of_its_scheme() {
        for (url, expected) in [
            ("https://a.example/", 443),
            ("http://localhost/", 80),
            ("http://proxy.example/", 80),
            ("http://proxy.example:3128/", 3128),
        ] {
            assert_eq!(port(&url.parse().unwrap()), expected, "{url}");
        }
    }

    #[test]
    fn what_is_only_allowed_is_reported() {
        let deadline = Arc::new(Deadline::new(std::time::Duration::ZERO));
        let mut gate =
            Gate { rule: Rule::Any, is_plain: false, deadline, dns_server: None, passed: Passed::default() };
        let address: IpAddr = PRIVATE.parse().unwrap();
        gate.judge("a.example", address).unwrap();
        gate.judge("b.example", PUBLIC.parse().unwrap()).unwrap();
        gate.rule = Rule::Loopback;
        gate.judge("localhost", LOOPBACK.parse().unwrap()).unwrap();
        assert_eq!(*gate.passed.lock().unwrap(), BTreeSet::from([("a.example".to_owned(), address)]));
    }

    #[test]
    fn what_is_reported_does_not_grow_with_what_is_asked() {
        let deadline = Arc::new(Deadline::new(std::time::Duration::ZERO));
        let gate =
            Gate { rule: Rule::Any, is_plain: false, deadline, dns_server: None, passed: Passed::default() };
        for number in 0..1000 {
            gate.judge(&format!("{number}.example"), PRIVATE.parse().unwrap()).unwrap();
        }
        assert_eq!(gate.passed.lock().unwrap().len(), MAX_NAMED);
    }
}
