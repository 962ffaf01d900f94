//! The proxy that the environment names.

use crate::address::Address;
use std::env;
use std::ffi::OsString;
use ureq::http::Uri;
use ureq::{Proxy, ProxyProtocol};

/// Variables that no request can set. A web server hands the header `Proxy` of a request to a CGI program as `HTTP_PROXY`
/// (CVE-2016-5385, "httpoxy").
const SAFE: [&str; 4] = ["ALL_PROXY", "all_proxy", "HTTPS_PROXY", "https_proxy"];

/// Those that a request can set.
const UNSAFE: [&str; 2] = ["HTTP_PROXY", "http_proxy"];

/// The proxy for this URL, if there is one. Requests to this machine never go to a proxy: they would mean another machine there.
///
/// # Errors
///
/// The name of a variable that is set to something other than a proxy. Ignoring it would send the request past the proxy that was
/// meant.
pub(crate) fn of(address: &Address) -> Result<Option<Proxy>, &'static str> {
    if address.is_loopback() {
        return Ok(None);
    }
    let is_cgi = env::var_os("REQUEST_METHOD").is_some();
    // In the order in which ureq reads them.
    let mut names = SAFE.into_iter().chain(UNSAFE.into_iter().filter(|_| !is_cgi));
    let Some((name, value)) = names.find_map(|name| Some((name, setting(name)?))) else { return Ok(None) };
    if value.to_str().is_none_or(|value| Proxy::new(value).is_err()) {
        return Err(name);
    }
    let Ok(uri) = address.as_str().parse::<Uri>() else { return Ok(None) };
    Ok(Proxy::try_from_env().filter(|proxy| !proxy.is_no_proxy(&uri)))
}

/// What a variable is set to. An empty one counts as not set.
fn setting(name: &str) -> Option<OsString> {
    env::var_os(name).filter(|value| !value.is_empty())
}

/// Whether we can speak to it: SOCKS is not compiled in.
pub(crate) fn is_supported(proxy: &Proxy) -> bool {
    matches!(proxy.protocol(), ProxyProtocol::Http | ProxyProtocol::Https)
}
