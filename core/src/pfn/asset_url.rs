//! Where a source's archives are: a naming scheme, resolved so that it cannot lead anywhere else (pfn.md, "Asset URLs").
//!
//! Nothing is parsed as a URL here. The URL is put together from pieces in so small an alphabet that every URL parser
//! (RFC 3986, WHATWG) takes it apart again in the same way.

use crate::error::Error;
use crate::host;
use crate::quote::quote;
use crate::tables::Code;

/// The longest naming scheme, in bytes; bounds the URL. The published example has 28.
const MAX_SCHEME_BYTES: usize = 1024;

/// The longest user name or plugin id, in bytes: the longest file name that file systems have.
const MAX_NAME_BYTES: usize = 255;

/// The word of a scheme that the user name replaces.
const AUTHOR: &str = "author";

/// The word of a scheme that the plugin's id replaces.
const SLUG: &str = "slug";

/// What is put into a naming scheme.
#[derive(Clone, Copy)]
pub(super) struct Names<'n> {
    pub(super) username: &'n str,
    pub(super) plugin_id: &'n str,
}

/// Puts a URL together.
///
/// # Errors
///
/// [`Code::PfnAssetUrlRefused`].
pub(super) fn build(domain: &str, scheme: &str, names: Names<'_>) -> Result<String, Error> {
    let authority = authority_of(domain).ok_or_else(|| {
        refused(&format!(
            "expected an asset domain of https://, a host name and at most a port, found {}",
            quote(domain)
        ))
    })?;
    check_names(names)?;
    check_scheme(scheme)?;
    let mut url = format!("https://{authority}");
    // One slash at the start resolves to the same URL as none.
    for segment in scheme.strip_prefix('/').unwrap_or(scheme).split('/') {
        url.push('/');
        url.push_str(&expand(segment, names)?);
    }
    Ok(url)
}

/// Checks the names alone. The node replaces `author` first and then every `slug`, so it would also replace a `slug` that
/// came in with the user name.
fn check_names(names: Names<'_>) -> Result<(), Error> {
    for (what, name) in [("user name", names.username), ("plugin id", names.plugin_id)] {
        if !is_name(name) {
            let expected = format!(
                "1 to {MAX_NAME_BYTES} letters, digits, hyphens, underscores and dots, but not . or .."
            );
            return Err(refused(&format!("expected a {what} of {expected}, found {}", quote(name))));
        }
    }
    if names.username.contains(SLUG) {
        let name = quote(names.username);
        return Err(refused(&format!(
            "the user name {name} contains {SLUG}, which a node would replace too"
        )));
    }
    Ok(())
}

/// Checks what concerns the scheme as a whole. The node replaces the first `author` only.
fn check_scheme(scheme: &str) -> Result<(), Error> {
    if scheme.len() > MAX_SCHEME_BYTES {
        let size = scheme.len();
        return Err(refused(&format!(
            "expected a naming scheme of at most {MAX_SCHEME_BYTES} bytes, found {size}"
        )));
    }
    if scheme.matches(AUTHOR).count() > 1 {
        let scheme = quote(scheme);
        return Err(refused(&format!(
            "the naming scheme {scheme} contains {AUTHOR} more than once, and a node replaces only the first"
        )));
    }
    Ok(())
}

/// A segment of the scheme with the names in it.
fn expand(segment: &str, names: Names<'_>) -> Result<String, Error> {
    let is_allowed = |byte: u8| is_name_byte(byte) || b"~+@".contains(&byte);
    if is_empty_or_dots(segment) || !segment.bytes().all(is_allowed) {
        return Err(refused(&format!("the naming scheme has the unusable segment {}", quote(segment))));
    }
    let dot = segment.find('.').unwrap_or(segment.len());
    let (name, rest) = match segment.split_at_checked(dot) {
        Some((AUTHOR, extension)) => (names.username, extension),
        Some((SLUG, extension)) => (names.plugin_id, extension),
        Some(_) | None => ("", segment),
    };
    if rest.contains(AUTHOR) || rest.contains(SLUG) {
        return Err(refused(&format!(
            "the naming scheme has {AUTHOR} or {SLUG} within the segment {}, where a node would replace it too",
            quote(segment)
        )));
    }
    Ok(format!("{name}{rest}"))
}

/// The host and port of an https origin: `https` in lower case, and at most one slash after it.
fn authority_of(domain: &str) -> Option<&str> {
    let rest = domain.strip_prefix("https://")?;
    let authority = rest.strip_suffix('/').unwrap_or(rest);
    let (host, port) = match authority.split_once(':') {
        Some((host, port)) => (host, Some(port)),
        None => (authority, None),
    };
    let is_origin = host::is_name_ignoring_case(host) && port.is_none_or(host::is_port);
    is_origin.then_some(authority)
}

fn is_name(name: &str) -> bool {
    name.len() <= MAX_NAME_BYTES && !is_empty_or_dots(name) && name.bytes().all(is_name_byte)
}

fn is_name_byte(byte: u8) -> bool {
    byte.is_ascii_alphanumeric() || b"-_.".contains(&byte)
}

/// Segments that are removed when a URL is resolved (RFC 3986, section 5.2.4).
fn is_empty_or_dots(segment: &str) -> bool {
    matches!(segment, "" | "." | "..")
}

fn refused(what: &str) -> Error {
    Error::new(Code::PfnAssetUrlRefused, what)
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
            ("x/author/slug/slug", "x/al/gal/gal"),
            ("slug/author/slug", "gal/al/gal"),
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
            "author/author/slug.zip",
            "author/slug/author.zip",
            "author.author/slug",
            "author/co-author/slug",
            "authors/author/slug",
        ] {
            assert_eq!(path(scheme), None, "{scheme}");
        }
    }

    /// What the federation node does (`mirrorPlugin`): the first `author`, then every `slug`, as plain text.
    fn replaced_by_a_node(scheme: &str, username: &str, plugin_id: &str) -> String {
        scheme.replacen("author", username, 1).replace("slug", plugin_id)
    }

    #[test]
    fn a_node_replaces_the_same() {
        let schemes = ["author/slug/slug.zip", "slug/author.d/slug.x", "x/author", "slug", "x"];
        let names = [
            ("al", "gal"),
            ("author", "slug"),
            ("co-author", "author"),
            ("Slug", "slugs"),
            ("a", "author-slug"),
        ];
        for scheme in schemes {
            for (username, plugin_id) in names {
                let expected =
                    format!("https://a.example/{}", replaced_by_a_node(scheme, username, plugin_id));
                assert_eq!(url("https://a.example", scheme, username, plugin_id), Some(expected), "{scheme}");
            }
        }
    }

    #[test]
    fn a_user_name_with_a_slug_in_it_is_refused() {
        for username in ["slug", "myslug", "slugger", "a.slug"] {
            assert_eq!(url("https://a.example", "author/slug.zip", username, "gal"), None, "{username}");
            // Also where the scheme does not use it: what a name may be does not depend on the scheme.
            assert_eq!(url("https://a.example", "slug.zip", username, "gal"), None, "{username}");
        }
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
                     https://1.2.3.Example https://a.e1:1 https://a.example:65535/";
        let longest_host = format!("https://{}b", "a.".repeat(126));
        for domain in taken.split(' ').chain([longest_label.as_str(), longest_host.as_str()]) {
            let expected = format!("{}/gal.zip", domain.trim_end_matches('/'));
            assert_eq!(gallery_at(domain), Some(expected), "{domain}");
        }
        let long_label = format!("https://{}.example", "a".repeat(64));
        let long_host = format!("https://{}bb", "a.".repeat(126));
        let other_than_origin = "a.example //a.example http://a.example ftp://a.example HTTPS://a.example https:/a.example \
                                 https:a.example https:// https:/// https://a.example// https://a.example/x \
                                 https://a.example? https://a.example# https://a.example/?x https://u@a.example \
                                 https://u:p@a.example https:\\\\a.example https://a.example\\";
        let ports = "https://a.example: https://a.example:0 https://a.example:080 https://a.example:65536 \
                     https://a.example:+1 https://a.example:8:8 https://:8";
        let hosts = "https://[::1] https://a..example https://a.example. https://.a.example https://-a.example \
                     https://a-.example https://a_b.example https://é.example https://a%2eexample https://a\t.example \
                     https://192.0.2.1 https://192.0.2.1:1 https://127.1 https://0x7f.1 https://a.1 https://a.1b \
                     https://1 https://2130706433 https://256.0.0.1 https://010.0.0.1 https://127.0.0.1.";
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
