//! Host names and https URLs, by one rule for every place that names a server.

use std::ops::ControlFlow;

/// The longest host name, in bytes (RFC 1035, section 2.3.4, written with dots).
pub(crate) const MAX_HOST_BYTES: usize = 253;

/// The longest label of a host name, in bytes (RFC 1035, section 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// Whether this is a host name in lower case: labels of letters, digits and hyphens, of which the last does not begin
/// with a digit (pfn.md, "Host names").
///
/// Every form of an IPv4 address that URL parsers know (`127.0.0.1`, `127.1`, `0x7f.1`, `2130706433`) ends in a label
/// that begins with a digit (WHATWG URL, "ends in a number"), and no top-level domain does (RFC 3696, section 2).
pub(crate) fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= MAX_HOST_BYTES
        && host.split('.').all(is_label)
        && !last.starts_with(|character: char| character.is_ascii_digit())
}

fn is_label(label: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_LABEL_BYTES).contains(&label.len())
        && label.bytes().all(is_allowed)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether this is a port as URLs write it: 1 to 65535, without leading zeros.
pub(crate) fn is_port(port: &str) -> bool {
    let is_decimal = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    is_decimal && port.parse::<u16>().is_ok()
}

/// Where the URLs of an identity may lead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// To other machines, over https.
    #[default]
    Public,
    /// Also to this machine, over http or https. For tests.
    Loopback,
}

/// Why a string is not the URL of a document or a package.
pub(crate) type UrlFault = &'static str;

/// Checks that this is an absolute https URL with a host, in the characters of a URL (RFC 3986, section 2). With
/// [`Reach::Loopback`], http to this machine passes too, for tests.
pub(crate) fn check_https(url: &str, reach: Reach) -> Result<(), UrlFault> {
    if url.is_empty() {
        return Err("it is empty");
    }
    if !url.bytes().all(|byte| {
        byte.is_ascii_graphic()
            && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
    }) {
        return Err("it has characters that no URL has");
    }
    let Some((scheme, rest)) = url.split_once("://") else {
        return Err("it is not an absolute URL");
    };
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    if authority.contains('@') {
        return Err("it has a user name");
    }
    let (host, port) = split_port(authority);
    let is_loopback = reach == Reach::Loopback && is_loopback(host);
    if !port.is_none_or(is_port) {
        return Err("its port is not a number from 1 to 65535");
    }
    if scheme.eq_ignore_ascii_case("https") || (is_loopback && scheme.eq_ignore_ascii_case("http")) {
        let is_known = is_loopback || is_name(&host.to_ascii_lowercase());
        return if is_known { Ok(()) } else { Err("it has no host name") };
    }
    Err("its scheme is not https")
}

/// The host and the port of an authority.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    let scanned = authority.bytes().rev().try_fold(0usize, |count, byte| match byte {
        b':' => ControlFlow::Break(Some(count)),
        b']' => ControlFlow::Break(None),
        _ => ControlFlow::Continue(count.saturating_add(1)),
    });
    let ControlFlow::Break(Some(digits)) = scanned else { return (authority, None) };
    let at = authority.len().saturating_sub(digits).saturating_sub(1);
    match authority.split_at_checked(at) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => (authority, None),
    }
}

fn is_loopback(host: &str) -> bool {
    matches!(host, "localhost" | "127.0.0.1" | "[::1]")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_form_of_an_address_is_a_host_name() {
        for host in ["localhost", "a.example", "a-b.c1", "1.2.3.example", "xn--p1ai.xn--p1ai"] {
            assert!(is_name(host), "{host}");
        }
        let wrong = [
            "",
            ".",
            "a.",
            ".a",
            "a..b",
            "-a.b",
            "a-.b",
            "A.b",
            "a_b",
            "127.0.0.1",
            "127.1",
            "0x7f.1",
            "1",
            "2130706433",
            "a.0x7f",
            "a.1b",
            "[::1]",
            "a b",
            "é.example",
        ];
        for host in wrong {
            assert!(!is_name(host), "{host:?}");
        }
        let label = "a".repeat(63);
        assert!(is_name(&format!("{label}.b")) && !is_name(&format!("{label}a.b")));
        let longest = format!("{}b", "a.".repeat(126));
        assert_eq!(longest.len(), MAX_HOST_BYTES);
        assert!(is_name(&longest) && !is_name(&format!("a.{longest}")));
    }

    #[test]
    fn only_absolute_https_urls_with_a_host_pass() {
        for url in ["https://a.example", "https://a.example:8443/x?y#z", "HTTPS://A.example/%20"] {
            assert_eq!(check_https(url, Reach::Public), Ok(()), "{url}");
        }
        let wrong = [
            "",
            "/",
            "a.example",
            "//a.example",
            "http://a.example",
            "javascript:alert(1)",
            "javascript://a.example/%0a",
            "https:a.example",
            "https://",
            "https:///x",
            "https://127.0.0.1/",
            "https://[::1]/",
            "https://a.example:0",
            "https://a.example:",
            "https://a.example:99999",
            "https://u@a.example",
            "https://a.example/ ",
            "https://a b",
            "https://a.example/é",
            "https://a.example\\x",
            "http://localhost/",
        ];
        for url in wrong {
            assert!(check_https(url, Reach::Public).is_err(), "{url:?}");
        }
        for url in ["http://localhost:80/", "http://127.0.0.1:1", "http://[::1]:8080/x", "https://localhost"]
        {
            assert_eq!(check_https(url, Reach::Loopback), Ok(()), "{url}");
        }
        assert!(check_https("http://a.example", Reach::Loopback).is_err());
    }
}
