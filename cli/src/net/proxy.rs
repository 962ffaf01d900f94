//! The proxy that the environment names.

use super::address::Address;
use std::env;
use ureq::http::Uri;
use ureq::{Proxy, ProxyProtocol};

/// Variables that no request can set. A web server hands the header `Proxy` of a request to a CGI program as `HTTP_PROXY`
/// (CVE-2016-5385, "httpoxy").
const SAFE: [&str; 4] = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"];

/// The proxy for this URL, if there is one. What is asked of this machine never goes to a proxy, which is elsewhere.
pub(super) fn of(address: &Address) -> Option<Proxy> {
    if address.is_loopback() {
        return None;
    }
    let is_cgi = env::var_os("REQUEST_METHOD").is_some();
    if is_cgi && !SAFE.iter().any(|name| is_proxy(name)) {
        return None;
    }
    let uri: Uri = address.as_str().parse().ok()?;
    Proxy::try_from_env().filter(|proxy| !proxy.is_no_proxy(&uri))
}

/// Whether this variable names a proxy.
fn is_proxy(name: &str) -> bool {
    env::var(name).is_ok_and(|value| Proxy::new(&value).is_ok())
}

/// Whether we can speak to it: SOCKS is not compiled in.
pub(super) fn is_supported(proxy: &Proxy) -> bool {
    matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
}
