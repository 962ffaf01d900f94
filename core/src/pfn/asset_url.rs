//! Where a source's archives are: a naming scheme, resolved so that it cannot lead anywhere else.
//!
//! Nothing is parsed as a URL here. The address is put together from pieces in so small an alphabet that every reader
//! of URLs (RFC 3986, WHATWG) takes it apart again in the same way.

use crate::error::Error;
use crate::quote::quote;
use crate::tables::Code;
use std::net::Ipv4Addr;

/// The longest naming scheme, in bytes; bounds the address. The published example has 28.
const MAX_SCHEME_BYTES: usize = 1024;

/// The longest user name or plugin id, in bytes: the longest file name that file systems have.
const MAX_NAME_BYTES: usize = 255;

/// The longest host name, in bytes (RFC 1035, section 2.3.4, written with dots).
const MAX_HOST_BYTES: usize = 253;

/// The longest label of a host name, in bytes (RFC 1035, section 2.3.4).
const MAX_LABEL_BYTES: usize = 63;

/// What stands in a scheme for the user name.
const AUTHOR: &str = "author";

/// What stands in a scheme for the plugin's id.
const SLUG: &str = "slug";

/// What is put into a naming scheme.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    pub(super) username: &'n str,
    pub(super) plugin_id: &'n str,
}

/// Puts an address together. Errors: [`Code::PfnAssetUrlRefused`].
pub(super) fn build(domain: &str, scheme: &str, names: Names<'_>) -> Result<String, Error> {
    let authority = authority_of(domain).ok_or_else(|| {
        refused(&format!(
            "the asset domain {} is not https:// with a host and nothing after it",
            quote(domain)
        ))
    })?;
    for (what, name) in [("user name", names.username), ("plugin id", names.plugin_id)] {
        if !is_name(name) {
            let rule = format!("1 to {MAX_NAME_BYTES} letters, digits, hyphens, underscores and dots");
            return Err(refused(&format!("the {what} {} is not {rule}", quote(name))));
        }
    }
    if scheme.len() > MAX_SCHEME_BYTES {
        return Err(refused(&format!("the naming scheme is longer than {MAX_SCHEME_BYTES} bytes")));
    }
    let mut url = format!("https://{authority}");
    // One slash at the start resolves to the same address as none.
    for segment in scheme.strip_prefix('/').unwrap_or(scheme).split('/') {
        url.push('/');
        url.push_str(&expand(segment, names)?);
    }
    Ok(url)
}

/// A segment of the scheme with the names in it.
fn expand(segment: &str, names: Names<'_>) -> Result<String, Error> {
    let is_allowed = |byte: u8| is_name_byte(byte) || b"~+@".contains(&byte);
    if is_empty_or_dots(segment) || !segment.bytes().all(is_allowed) {
        return Err(refused(&format!("the naming scheme has the segment {}", quote(segment))));
    }
    let dot = segment.find('.').unwrap_or(segment.len());
    let (name, rest) = match segment.split_at_checked(dot) {
        Some((AUTHOR, extension)) => (names.username, extension),
        Some((SLUG, extension)) => (names.plugin_id, extension),
        Some(_) | None => ("", segment),
    };
    if rest.contains(AUTHOR) || rest.contains(SLUG) {
        let message =
            format!("the naming scheme has {AUTHOR} or {SLUG} within the segment {}", quote(segment));
        return Err(refused(&message));
    }
    Ok(format!("{name}{rest}"))
}

/// The host and port of an https origin. Lower-case `https` only, and no more after it than one slash.
fn authority_of(domain: &str) -> Option<&str> {
    let rest = domain.strip_prefix("https://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let is_valid = match authority.split_once(':') {
        Some((host, port)) => is_host(host) && is_port(port),
        None => is_host(authority),
    };
    is_valid.then_some(authority)
}

/// A host name of letters, digits and hyphens, or an IPv4 address.
fn is_host(host: &str) -> bool {
    let is_label = |label: &str| {
        let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || byte == b'-';
        (1..=MAX_LABEL_BYTES).contains(&label.len())
            && label.bytes().all(is_allowed)
            && !label.starts_with('-')
            && !label.ends_with('-')
    };
    // A last label that starts with a digit makes browsers read the whole as a number (`0x7f.1`): only the usual four
    // decimal numbers are taken then (WHATWG URL, "ends in a number").
    let last_label = host.rsplit('.').next().unwrap_or_default();
    if last_label.starts_with(|character: char| character.is_ascii_digit()) {
        return host.parse::<Ipv4Addr>().is_ok();
    }
    host.len() <= MAX_HOST_BYTES && host.split('.').all(is_label)
}

fn is_port(port: &str) -> bool {
    let is_decimal = port.bytes().all(|byte| byte.is_ascii_digit()) && !port.starts_with('0');
    is_decimal && port.parse::<u16>().is_ok()
}

fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES && !is_empty_or_dots(name) && name.bytes().all(is_name_byte)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

/// Segments that are removed when an address is resolved (RFC 3986, section 5.2.4).
fn is_empty_or_dots(segment: &str) -> bool {
    matches!(segment, "" | "." | "..")
}

fn refused(what: &str) -> Error {
    Error::new(Code::PfnAssetUrlRefused, format!("no address for the archive: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(domain: &str, scheme: &str, username: &str, plugin_id: &str) -> Option<String> {
        match build(domain, scheme, Names { username, plugin_id }) {
            Ok(url) => Some(url),
            Err(error) => {
                assert_eq!(error.code(), Code::PfnAssetUrlRefused);
                None
            }
        }
    }

    fn path(scheme: &str) -> Option<String> {
        url("https://a.example", scheme, "al", "gal").map(|url| url.replace("https://a.example/", ""))
    }

    #[test]
    fn whole_segments_and_stems_are_replaced() {
        let schemes = [
            ("plugins/author/slug/slug.zip", "plugins/al/gal/gal.zip"),
            ("/author/slug.tar.gz", "al/gal.tar.gz"),
            ("author.d/x/slug", "al.d/x/gal"),
            ("author/author/slug/slug", "al/al/gal/gal"),
            ("slug.", "gal."),
            ("latest.zip", "latest.zip"),
            (".well-known/A_b~+@1/slug", ".well-known/A_b~+@1/gal"),
            ("Author/SLUG.zip", "Author/SLUG.zip"),
            ("...", "..."),
        ];
        for (scheme, expected) in schemes {
            assert_eq!(path(scheme).as_deref(), Some(expected), "{scheme}");
        }
    }

    #[test]
    fn a_scheme_that_plain_replacement_reads_differently_is_refused() {
        for scheme in [
            "authors/slug.zip",
            "slug-1.0.zip",
            "x-slug.zip",
            "slug.slug",
            "v.author",
            "slugauthor",
            "my-slug",
        ] {
            assert_eq!(path(scheme), None, "{scheme}");
        }
    }

    #[test]
    fn names_are_replaced_once() {
        let replaced = url("https://a.example", "author/slug.zip", "slug", "author");
        assert_eq!(replaced.as_deref(), Some("https://a.example/slug/author.zip"));
    }

    #[test]
    fn a_scheme_cannot_leave_the_domain() {
        let schemes = "/ // //evil.example/slug.zip a//b a/ ./a ../a a/.. a/../.. .. https://evil.example/slug.zip http:a \
                       javascript:a a?b a#b a\\b \\\\evil.example a%2fb a%2Fb %2e%2e/a a%5cb a%00 a%252fb a%20b a;b a:b é \
                       a\u{2044}b a\tb a\nb a\0b";
        for scheme in schemes.split(' ').chain(["", " ", "a b", " a", "a "]) {
            assert_eq!(path(scheme), None, "{scheme:?}");
        }
        let longest = format!("{}/slug", "x".repeat(MAX_SCHEME_BYTES - "/slug".len()));
        assert!(path(&longest).is_some() && path(&format!("x{longest}")).is_none());
    }

    #[test]
    fn only_an_https_origin_is_a_domain() {
        let gallery_at = |domain: &str| url(domain, "slug.zip", "al", "gal");
        let longest_label = format!("https://{}.example", "a".repeat(63));
        let taken = "https://a.example https://a.example/ https://a.example:8443 https://A-1.xn--p1ai https://localhost \
                     https://192.0.2.1 https://192.0.2.1:1 https://a.example:65535/";
        for domain in taken.split(' ').chain([longest_label.as_str()]) {
            let expected = format!("{}/gal.zip", domain.trim_end_matches('/'));
            assert_eq!(gallery_at(domain), Some(expected), "{domain}");
        }
        let long_label = format!("https://{}.example", "a".repeat(64));
        let long_host = format!("https://{}example", "abc.".repeat(62));
        let other_than_origin = "a.example //a.example http://a.example ftp://a.example HTTPS://a.example https:/a.example \
                                 https:a.example https:// https:/// https://a.example// https://a.example/x \
                                 https://a.example? https://a.example# https://a.example/?x https://u@a.example \
                                 https://u:p@a.example https:\\\\a.example https://a.example\\";
        let ports = "https://a.example: https://a.example:0 https://a.example:080 https://a.example:65536 \
                     https://a.example:+1 https://a.example:8:8 https://:8";
        let hosts = "https://[::1] https://a..example https://a.example. https://.a.example https://-a.example \
                     https://a-.example https://a_b.example https://é.example https://a%2eexample https://a\t.example \
                     https://127.1 https://0x7f.1 https://a.1 https://1 https://256.0.0.1 https://010.0.0.1";
        let refused = [other_than_origin, ports, hosts].into_iter().flat_map(|list| list.split(' '));
        let others =
            ["", " https://a.example", "https://a.example ", long_label.as_str(), long_host.as_str()];
        for domain in refused.chain(others) {
            assert_eq!(gallery_at(domain), None, "{domain:?}");
        }
    }

    #[test]
    fn names_are_of_a_safe_alphabet() {
        let longest = "x".repeat(MAX_NAME_BYTES);
        for name in ["a", "A-b_c.1", "a..b", "...", ".a", longest.as_str()] {
            assert!(url("https://a.example", "author/slug", name, name).is_some(), "{name}");
        }
        let too_long = "x".repeat(MAX_NAME_BYTES + 1);
        for name in [
            "",
            ".",
            "..",
            "a/b",
            "a\\b",
            "a%2fb",
            "a?",
            "a#",
            "a b",
            "a@b",
            "a:b",
            "é",
            "a\0",
            too_long.as_str(),
        ] {
            assert_eq!(url("https://a.example", "author/slug", name, "gal"), None, "{name:?}");
            assert_eq!(url("https://a.example", "author/slug", "al", name), None, "{name:?}");
        }
    }
}
