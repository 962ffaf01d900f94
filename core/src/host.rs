//! Host names and https URLs, by one rule for every place that names a server.

/// The longest host name, in bytes (RFC 1035, section 2.3.4, written with dots).
pub(crate) const MAX_HOST_BYTES: usize = 253;

/// The longest label of a host name, in bytes (RFC 1035, section 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// Whether this is a host name in lower case: labels of letters, digits and hyphens, the last of which does not begin
/// with a digit (pfn.md, "Host names").
///
/// Every form of an IPv4 address that URL parsers accept (`127.0.0.1`, `127.1`, `0x7f.1`, `2130706433`) ends in a label
/// that begins with a digit (WHATWG URL, "ends in a number"), and no top-level domain does (RFC 3696, section 2).
pub(crate) fn is_name(host: &str) -> bool {
    let last = host.rsplit('.').next().unwrap_or_default();
    host.len() <= MAX_HOST_BYTES
        && host.split('.').all(is_label)
        && !last.starts_with(|character: char| character.is_ascii_digit())
}

/// [`is_name`] for places where the host is only asked, never compared: capital letters are accepted.
pub(crate) fn is_name_ignoring_case(host: &str) -> bool {
    is_name(&host.to_ascii_lowercase())
}

fn is_label(label: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    (1..=MAX_LABEL_BYTES).contains(&label.len())
        && label.bytes().all(is_allowed)
        && !label.starts_with('-')
        && !label.ends_with('-')
}

/// Whether this is a port as URLs write it: 1 to 65535, without leading zeros (pfn.md, "Asset URLs").
pub(crate) fn is_port(port: &str) -> bool {
    let is_decimal = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    is_decimal && port.parse::<u16>().is_ok()
}

/// Which hosts the URLs of an identity may name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Reach {
    /// Hosts with a name, over https.
    #[default]
    Public,
    /// Also loopback, over http or https. For tests.
    Loopback,
}

impl Reach {
    /// Checks that this is an absolute URL that programs on top of this crate may fetch: https to a host with a name, in the
    /// characters of a URL (RFC 3986, section 2), and http to loopback where that is in reach.
    ///
    /// ```
    /// use fedverify::Reach;
    ///
    /// assert!(Reach::Public.check_url("https://plugins.example.com/a").is_ok());
    /// assert!(Reach::Public.check_url("https://192.0.2.1/").is_err());
    /// assert!(Reach::Loopback.check_url("http://127.0.0.1:8080/").is_ok());
    /// ```
    ///
    /// # Errors
    ///
    /// Says what is wrong with the URL, as the end of a sentence about it.
    pub fn check_url(self, url: &str) -> Result<(), &'static str> {
        check_https(url, self)
    }
}

/// Why a string is not a usable URL, as the end of a sentence about it.
pub(crate) type UrlFault = &'static str;

/// Checks that this is an absolute https URL with a host name, in the characters of a URL (RFC 3986, section 2). With
/// [`Reach::Loopback`], http to loopback passes too.
///
/// # Errors
///
/// Says what is wrong with the URL.
pub(crate) fn check_https(url: &str, reach: Reach) -> Result<(), UrlFault> {
    if url.is_empty() {
        return Err("it is empty");
    }
    if !url.bytes().all(|byte| {
        byte.is_ascii_graphic()
            && !matches!(byte, b'"' | b'<' | b'>' | b'\\' | b'^' | b'`' | b'{' | b'|' | b'}')
    }) {
        return Err("it has characters that a URL cannot contain");
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
    let is_http_to_loopback = is_loopback && scheme.eq_ignore_ascii_case("http");
    if !is_http_to_loopback && !scheme.eq_ignore_ascii_case("https") {
        return Err("its scheme is not https");
    }
    if !is_loopback && !is_name_ignoring_case(host) {
        return Err("it has no host name");
    }
    Ok(())
}

/// The host and the port of an authority. The colons inside an IPv6 address do not begin a port.
fn split_port(authority: &str) -> (&str, Option<&str>) {
    match authority.rsplit_once(':') {
        Some((host, port)) if !port.contains(']') => (host, Some(port)),
        _ => (authority, None),
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
        assert!(is_name_ignoring_case("A.Example") && !is_name_ignoring_case("A.1B"));
        let label = "a".repeat(63);
        assert!(is_name(&format!("{label}.b")) && !is_name(&format!("{label}a.b")));
        let longest = format!("{}b", "a.".repeat(126));
        assert_eq!(longest.len(), MAX_HOST_BYTES);
        assert!(is_name(&longest) && !is_name(&format!("a.{longest}")));
    }

    #[test]
    fn a_port_is_a_number_from_1_to_65535() {
        for port in ["1", "80", "8443", "65535"] {
            assert!(is_port(port), "{port}");
        }
        for port in ["", "0", "00", "080", "65536", "99999999999999999999", "+1", "-1", " 1", "1 ", "1a", "١"]
        {
            assert!(!is_port(port), "{port:?}");
        }
    }

    #[test]
    fn only_absolute_https_urls_with_a_host_pass() {
        for url in ["https://a.example", "https://a.example:8443/x?y#z", "HTTPS://A.example/%20"] {
            assert_eq!(Reach::Public.check_url(url), Ok(()), "{url}");
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
            "https://a.example:443:443",
            "https://a.1example",
            "https://a.example:99999",
            "https://u@a.example",
            "https://a.example/ ",
            "https://a b",
            "https://a.example/é",
            "https://a.example\\x",
            "http://localhost/",
        ];
        for url in wrong {
            assert!(Reach::Public.check_url(url).is_err(), "{url:?}");
        }
        let loopback =
            ["http://localhost:80/", "http://127.0.0.1:1", "http://[::1]:8080/x", "http://[::1]/x"];
        for url in loopback.into_iter().chain(["https://localhost"]) {
            assert_eq!(check_https(url, Reach::Loopback), Ok(()), "{url}");
        }
        for url in ["http://a.example", "http://localhost.example", "http://127.0.0.2", "ftp://localhost"] {
            assert!(check_https(url, Reach::Loopback).is_err(), "{url}");
        }
    }
}
