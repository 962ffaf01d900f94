//! URLs that may be fetched, by who named them.

use crate::reachable;
use fedverify::{Error, NetworkFault, quote, quote_url};
use std::net::IpAddr;
use url::{Host, Url};

/// Where URLs may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Private {
    /// To the public internet, and to this machine where the user named it.
    Refused,
    /// Also to this machine and to private networks, whoever named them (`--allow-private`).
    Allowed,
}

/// Who named a URL.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Source {
    /// The user, in an argument.
    User,
    /// A document, a log, or a server that redirects.
    Server,
}

/// Which IP addresses the host of a URL may have.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Rule {
    /// Those of the public internet.
    Public,
    /// Those of this machine, which the user named.
    Loopback,
    /// Those of this machine, which a server named and the user allows.
    AllowedLoopback,
    /// Any, which the user allows.
    Any,
}

/// An https URL, or an http URL of this machine, and which IP addresses it may lead to.
#[derive(Debug, Clone)]
pub struct Address {
    url: Url,
    source: Source,
    rule: Rule,
}

impl Address {
    /// Reads a URL, and judges it by who named it.
    ///
    /// # Errors
    ///
    /// `io.network.insecure`: it is neither https nor http to loopback, has a user name or a password in it, or leads where it must
    /// not.
    pub fn parse(text: &str, source: Source, private: Private) -> Result<Self, Error> {
        let insecure = |what: &str| {
            let message = format!("{} cannot be fetched: {what}", quote_url(text));
            Error::unreachable(NetworkFault::Insecure, message)
        };
        let url = Url::parse(text).map_err(|error| insecure(&error.to_string()))?;
        Address::of(url, source, private).map_err(insecure)
    }

    /// Where a redirect leads. A server's word is not the user's: only what stays on the same host and port may lead to
    /// where the user may.
    ///
    /// # Errors
    ///
    /// `io.network.redirect`.
    pub(crate) fn redirected(&self, location: &str, private: Private) -> Result<Self, Error> {
        let refused = |what: &str| {
            let message = format!("{} redirects to {}, {what}", self.quoted(), quote_url(location));
            Error::unreachable(NetworkFault::Redirect, message)
        };
        let url =
            self.url.join(location).map_err(|error| refused(&format!("which is not a URL: {error}")))?;
        if url.scheme() != self.url.scheme() {
            return Err(refused("which has a different scheme"));
        }
        let source = if url.origin() == self.url.origin() { self.source } else { Source::Server };
        Address::of(url, source, private)
            .map_err(|what| refused(&format!("which must not be fetched: {what}")))
    }

    fn of(mut url: Url, source: Source, private: Private) -> Result<Self, &'static str> {
        // Messages would repeat them, and nothing that is fetched here needs them.
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it contains a user name or a password");
        }
        let may_be_fetched = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => url.host().is_some_and(|host| is_loopback(&host)),
            _ => false,
        };
        if !may_be_fetched {
            return Err("it is neither https nor http to loopback (localhost, 127.0.0.1, [::1])");
        }
        let rule = rule(&url, source, private)?;
        url.set_fragment(None);
        Ok(Address { url, source, rule })
    }

    /// Whether this is a URL of this machine that a user may name: of `localhost`, a name below it, or a loopback address.
    pub fn is_on_this_machine(text: &str) -> bool {
        Address::parse(text, Source::User, Private::Refused).is_ok_and(|address| address.is_loopback())
    }

    /// Whether the URL leads to this machine.
    pub(crate) fn is_loopback(&self) -> bool {
        self.url.host().is_some_and(|host| is_loopback(&host))
    }

    /// Whether the URL is fetched over TLS.
    pub(crate) fn is_secure(&self) -> bool {
        self.url.scheme() == "https"
    }

    /// Which IP addresses the host may have.
    pub(crate) fn rule(&self) -> Rule {
        self.rule
    }

    pub(crate) fn as_str(&self) -> &str {
        self.url.as_str()
    }

    /// The name or the IP address of the host, for messages.
    pub(crate) fn quoted_host(&self) -> String {
        quote(self.url.host_str().unwrap_or_default())
    }

    /// The URL, for messages.
    pub(crate) fn quoted(&self) -> String {
        quote(self.as_str())
    }
}

/// Which IP addresses the host may have. An address in the URL itself is judged here, so that a redirect to it is refused as
/// one; what a name leads to is judged once it is looked up (`gate.rs`).
fn rule(url: &Url, source: Source, private: Private) -> Result<Rule, &'static str> {
    let is_loopback = url.host().is_some_and(|host| is_loopback(&host));
    match (private, source) {
        (_, Source::User) if is_loopback => Ok(Rule::Loopback),
        (Private::Allowed, Source::Server) if is_loopback => Ok(Rule::AllowedLoopback),
        (Private::Allowed, _) => Ok(Rule::Any),
        (Private::Refused, _) if is_loopback => Err("it leads to this machine (--allow-private allows it)"),
        (Private::Refused, _) if literal(url).is_some_and(|ip| !reachable::is_public(ip)) => {
            Err("it leads into a private network (--allow-private allows it)")
        }
        (Private::Refused, _) => Ok(Rule::Public),
    }
}

/// The IP address that a URL has in place of a name. The URL parser knows all the ways to write one.
fn literal(url: &Url) -> Option<IpAddr> {
    match url.host()? {
        Host::Domain(_) => None,
        Host::Ipv4(address) => Some(IpAddr::V4(address)),
        Host::Ipv6(address) => Some(IpAddr::V6(address)),
    }
}

/// Whether the host is loopback by its name (RFC 6761, section 6.3) or its address.
fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => {
            let name = name.strip_suffix('.').unwrap_or(name);
            name == "localhost" || name.ends_with(".localhost")
        }
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    fn of_user(text: &str) -> Result<Address, Error> {
        Address::parse(text, Source::User, Private::Refused)
    }

    #[test]
    fn only_https_and_this_machine_may_be_fetched() {
        let allowed = [
            ("https://plc.directory/did:plc:x/log/audit", Rule::Public),
            ("HTTPS://PLC.directory", Rule::Public),
            ("https://1.1.1.1:8443/", Rule::Public),
            ("http://localhost:8080/", Rule::Loopback),
            ("http://a.localhost./", Rule::Loopback),
            ("http://127.0.0.1/", Rule::Loopback),
            ("https://127.9.9.9/", Rule::Loopback),
            ("http://[::1]:80/", Rule::Loopback),
            // The URL parser knows all the ways to write an IP address.
            ("http://0x7f000001/", Rule::Loopback),
        ];
        for (text, rule) in allowed {
            assert_eq!(of_user(text).unwrap().rule(), rule, "{text}");
        }
        let refused = [
            "http://plc.directory/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "http://[::ffff:127.0.0.1]/",
            "http://0.0.0.0/",
            "https://0.0.0.0/",
            "https://10.0.0.1/",
            "https://[::ffff:127.0.0.1]/",
            "file:///etc/passwd",
            "ftp://localhost/",
            "data:,x",
            "https://user@plc.directory/",
            "https://user:secret@plc.directory/",
            "plc.directory",
            "//plc.directory",
            "https://",
            "",
        ];
        for text in refused {
            let error = of_user(text).map(|_| ()).unwrap_err();
            assert_eq!(error.code(), Code::IoNetworkInsecure, "{text}");
        }
    }

    #[test]
    fn what_a_server_names_does_not_lead_to_this_machine_or_its_network() {
        for text in PRIVATE {
            let parse = |private| Address::parse(text, Source::Server, private);
            let error = parse(Private::Refused).map(|_| ()).unwrap_err();
            assert_eq!(error.code(), Code::IoNetworkInsecure, "{text}");
            assert!(parse(Private::Allowed).is_ok(), "{text}");
        }
    }

    /// This machine and private networks, in the spellings of URLs.
    const PRIVATE: [&str; 18] = [
        "https://localhost/",
        "https://LOCALHOST./",
        "https://a.localhost/",
        "https://127.0.0.1/",
        "https://127.1/",
        "https://2130706433/",
        "https://0x7f.0.0.1/",
        "https://0177.0.0.1/",
        "https://１２７.0.0.1/",
        "https://%31%32%37.0.0.1/",
        "https://0/",
        "https://10.0.0.1/",
        "https://169.254.169.254/",
        "https://[::1]/",
        "https://[::]/",
        "https://[::ffff:7f00:1]/",
        "https://[64:ff9b::127.0.0.1]/",
        "https://[fe80::1]/",
    ];

    #[test]
    fn a_redirect_keeps_to_its_scheme() {
        let secure = of_user("https://a.example/b/c").unwrap();
        for (location, target) in [
            ("d", "https://a.example/b/d"),
            ("/d#e", "https://a.example/d"),
            ("?d", "https://a.example/b/c?d"),
            ("../é ü", "https://a.example/%C3%A9%20%C3%BC"),
            ("//b.example", "https://b.example/"),
        ] {
            assert_eq!(secure.redirected(location, Private::Refused).unwrap().as_str(), target);
        }
        let loopback = of_user("http://127.0.0.1:8080/").unwrap();
        for (from, location) in [
            (&secure, "http://a.example/"),
            (&secure, "http://localhost/"),
            (&secure, "file:///etc/passwd"),
            (&secure, "https://u:p@a.example/"),
            (&loopback, "http://a.example/"),
            (&loopback, "https://localhost/"),
            (&loopback, "file:///etc/passwd"),
            (&loopback, "http://"),
        ] {
            let error = from.redirected(location, Private::Allowed).map(|_| ()).unwrap_err();
            assert_eq!(error.code(), Code::IoNetworkRedirect, "{location}");
        }
    }

    #[test]
    fn no_redirect_leads_to_this_machine_but_to_the_same_server() {
        let (public, here) =
            (of_user("https://a.example/").unwrap(), of_user("https://127.0.0.1:1/").unwrap());
        for from in [&public, &here] {
            for location in PRIVATE {
                let error = from.redirected(location, Private::Refused).map(|_| ()).unwrap_err();
                assert_eq!(error.code(), Code::IoNetworkRedirect, "{location}");
                assert!(from.redirected(location, Private::Allowed).is_ok(), "{location}");
            }
        }
        assert_eq!(here.redirected("/b", Private::Refused).unwrap().rule(), Rule::Loopback);
        let elsewhere = here.redirected("https://127.0.0.1:2/", Private::Allowed).unwrap();
        assert_eq!(elsewhere.rule(), Rule::AllowedLoopback);
        // And from there back to the user's: that is still a server's word.
        assert!(elsewhere.redirected("https://127.0.0.1:1/", Private::Refused).is_err());
    }
}
