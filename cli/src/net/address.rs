//! URLs that may be fetched.

use fedverify::{Error, NetworkFault, Reach, quote};
use url::{Host, Url};

/// An https URL, or an http URL of this machine.
#[derive(Debug, Clone)]
pub(crate) struct Address(Url);

impl Address {
    /// Reads a URL.
    ///
    /// # Errors
    ///
    /// `io.network.insecure`.
    pub(crate) fn parse(text: &str, reach: Reach) -> Result<Self, Error> {
        let insecure = |what: &str| {
            let message = format!("{} cannot be fetched: {what}", quote(text));
            Error::unreachable(NetworkFault::Insecure, message)
        };
        let url = Url::parse(text).map_err(|error| insecure(&error.to_string()))?;
        Address::of(url, reach).map_err(insecure)
    }

    /// Where a redirect leads.
    ///
    /// # Errors
    ///
    /// `io.network.redirect`.
    pub(super) fn redirected(&self, location: &str, reach: Reach) -> Result<Self, Error> {
        let refused = |what: &str| {
            let message = format!("{} redirects to {}, {what}", self.quoted(), quote(location));
            Error::unreachable(NetworkFault::Redirect, message)
        };
        let url = self.0.join(location).map_err(|error| refused(&format!("which is not a URL: {error}")))?;
        if url.scheme() != self.0.scheme() {
            return Err(refused("which has another scheme"));
        }
        Address::of(url, reach).map_err(|what| refused(&format!("which must not be fetched: {what}")))
    }

    fn of(mut url: Url, reach: Reach) -> Result<Self, &'static str> {
        // They would be repeated in messages, and nothing that is fetched here needs them.
        if !url.username().is_empty() || url.password().is_some() {
            return Err("it holds a user name or a password");
        }
        let may_be_fetched = match url.scheme() {
            "https" => url.host().is_some(),
            "http" => url.host().is_some_and(|host| is_loopback(&host)),
            _ => false,
        };
        if !may_be_fetched {
            return Err("it is neither https nor http to loopback (localhost, 127.0.0.1, [::1])");
        }
        if reach == Reach::Public && url.host().is_some_and(|host| is_loopback(&host)) {
            return Err("it leads to this machine, and no directory on this machine was named");
        }
        url.set_fragment(None);
        Ok(Address(url))
    }

    /// Whether this is a URL of this machine that may be fetched.
    pub(crate) fn is_on_this_machine(text: &str) -> bool {
        Address::parse(text, Reach::Loopback).is_ok_and(|address| address.is_loopback())
    }

    /// Whether the URL leads to this machine.
    pub(super) fn is_loopback(&self) -> bool {
        self.0.host().is_some_and(|host| is_loopback(&host))
    }

    /// Whether the URL is fetched over TLS.
    pub(super) fn is_secure(&self) -> bool {
        self.0.scheme() == "https"
    }

    pub(super) fn as_str(&self) -> &str {
        self.0.as_str()
    }

    /// The name or the IP address of the host, for messages.
    pub(super) fn quoted_host(&self) -> String {
        quote(self.0.host_str().unwrap_or_default())
    }

    /// The URL, for messages.
    pub(super) fn quoted(&self) -> String {
        quote(self.as_str())
    }
}

fn is_loopback(host: &Host<&str>) -> bool {
    match host {
        Host::Domain(name) => *name == "localhost",
        Host::Ipv4(address) => address.is_loopback(),
        Host::Ipv6(address) => address.is_loopback(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use fedverify::Code;

    #[test]
    fn only_https_and_this_machine_may_be_fetched() {
        let allowed = [
            "https://plc.directory/did:plc:x/log/audit",
            "HTTPS://PLC.directory",
            "https://192.0.2.1:8443/",
            "http://localhost:8080/",
            "http://127.0.0.1/",
            "http://127.9.9.9/",
            "http://[::1]:80/",
            // The URL parser knows all the ways to write an IP address.
            "http://0x7f000001/",
        ];
        for text in allowed {
            assert!(Address::parse(text, Reach::Loopback).is_ok(), "{text}");
        }
        let refused = [
            "http://plc.directory/",
            "http://localhost.example/",
            "http://127.0.0.1.example/",
            "http://[::ffff:127.0.0.1]/",
            "http://0.0.0.0/",
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
            let error = Address::parse(text, Reach::Loopback).map(|_| ()).unwrap_err();
            assert_eq!(error.code(), Code::IoNetworkInsecure, "{text}");
        }
    }

    #[test]
    fn a_redirect_keeps_to_its_scheme() {
        let secure = Address::parse("https://a.example/b/c", Reach::Public).unwrap();
        for (location, target) in [
            ("d", "https://a.example/b/d"),
            ("/d#e", "https://a.example/d"),
            ("//b.example", "https://b.example/"),
        ] {
            assert_eq!(secure.redirected(location, Reach::Loopback).unwrap().as_str(), target);
        }
        let loopback = Address::parse("http://127.0.0.1:8080/", Reach::Loopback).unwrap();
        assert!(loopback.redirected("http://localhost:1/", Reach::Loopback).is_ok());
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
            let error = from.redirected(location, Reach::Loopback).map(|_| ()).unwrap_err();
            assert_eq!(error.code(), Code::IoNetworkRedirect, "{location}");
        }
    }

    #[test]
    fn no_redirect_leads_to_this_machine_from_outside() {
        let secure = Address::parse("https://a.example/", Reach::Public).unwrap();
        let error = secure.redirected("https://127.0.0.1/", Reach::Public).map(|_| ()).unwrap_err();
        assert_eq!(error.code(), Code::IoNetworkRedirect);
    }
}
