//! What sources, instances and plugins are called. What a name may be is asked of core, which makes URLs of them.

use crate::refusal::Refusal;
use fedverify::pfn::FederationInfo;
use fedverify::{Error, Reach, quote_url};

/// The longest instance URL, in bytes.
const MAX_URL_BYTES: usize = 300;

/// A document with which core judges names: its scheme has both of them in it.
const ANY_ASSETS: &[u8] = br#"{"version":"1","features":[],"assetInfo":{"domain":"https://names.invalid","namingScheme":"author/slug.zip"}}"#;

/// Checks that a user name and a plugin's id can be in an asset URL.
///
/// # Errors
///
/// `pfn.asset_url.refused`.
pub(crate) fn check(username: &str, plugin_id: &str) -> Result<(), Error> {
    FederationInfo::parse(ANY_ASSETS, &fedverify::Limits::default())?.asset_url(username, plugin_id).map(drop)
}

/// Last labels of names that lead to this machine or into its own network: RFC 6761, section 6.3; RFC 6762, section 3; RFC 8375;
/// and "internal", which ICANN reserves for private use.
const PRIVATE_DOMAINS: [&str; 4] = [".localhost", ".local", ".home.arpa", ".internal"];

/// Whether the host of a URL, whose form was checked, is the name of something in a private network. A name of one label is:
/// only the own network's search list makes more of it.
pub(crate) fn is_private(url: &str) -> bool {
    let (_, rest) = url.split_once("://").unwrap_or_default();
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let host = authority.split(':').next().unwrap_or_default().to_ascii_lowercase();
    !host.contains('.') || PRIVATE_DOMAINS.iter().any(|domain| host.ends_with(domain))
}

/// A name in a query (RFC 3986, section 2.1).
pub(crate) fn encoded(name: &str) -> String {
    let plain = |byte: &u8| byte.is_ascii_alphanumeric() || b"-_.~".contains(byte);
    let encode = |byte: u8| if plain(&byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    name.bytes().map(encode).collect()
}

/// The URL of a publisher's instance: `https://host[:port][/path]` in one spelling, without a slash at the end.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Instance(String);

impl Instance {
    /// Reads a URL.
    pub(crate) fn parse(text: &str, reach: Reach) -> Result<Self, Refusal> {
        let refused =
            |what: &str| Refusal::bad(format!("expected the URL of an instance: {} {what}", quote_url(text)));
        if text.len() > MAX_URL_BYTES {
            return Err(refused(&format!("is longer than {MAX_URL_BYTES} bytes")));
        }
        reach.check_url(text).map_err(|what| refused(&format!("cannot be used, {what}")))?;
        let (scheme, rest) = text.split_once("://").unwrap_or_default();
        let (scheme, rest) = (scheme.to_ascii_lowercase(), rest.trim_end_matches('/'));
        let (authority, path) = rest.split_once('/').unwrap_or((rest, ""));
        // The path is part of the source's id: one alphabet, and nothing that a URL parser resolves away.
        let is_plain =
            |part: &str| part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_.~".contains(&byte));
        if !path.is_empty() && !path.split('/').all(|part| is_plain(part) && !matches!(part, "" | "." | ".."))
        {
            return Err(refused("has more than a plain path"));
        }
        let authority = authority.to_ascii_lowercase();
        let default_port = if scheme == "https" { ":443" } else { ":80" };
        let authority = authority.strip_suffix(default_port).unwrap_or(&authority);
        // A query or a fragment directly after the host.
        if authority.contains(['?', '#']) {
            return Err(refused("has a query"));
        }
        let slash = if path.is_empty() { "" } else { "/" };
        Ok(Instance(format!("{scheme}://{authority}{slash}{path}")))
    }

    /// An instance as it was stored.
    pub(crate) fn stored(url: &str) -> Self {
        Instance(url.to_owned())
    }

    pub(crate) fn as_str(&self) -> &str {
        &self.0
    }

    /// A URL below it. The path starts with a slash.
    pub(crate) fn url(&self, path: &str) -> String {
        format!("{}{path}", self.0)
    }

    /// The id of a user's source: `username@host`, and what else tells two instances apart.
    pub(crate) fn source_id(&self, username: &str) -> String {
        let (_, rest) = self.0.split_once("://").unwrap_or_default();
        format!("{username}@{rest}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn id(url: &str) -> Option<String> {
        Instance::parse(url, Reach::Loopback).ok().map(|instance| instance.source_id("al"))
    }

    #[test]
    fn an_id_tells_instances_apart() {
        for (url, expected) in [
            ("https://plugins.example.com", "al@plugins.example.com"),
            ("HTTPS://Plugins.Example.com:443//", "al@plugins.example.com"),
            ("https://plugins.example.com:8443", "al@plugins.example.com:8443"),
            ("https://plugins.example.com/a/b/", "al@plugins.example.com/a/b"),
            ("http://127.0.0.1:4000", "al@127.0.0.1:4000"),
        ] {
            assert_eq!(id(url).as_deref(), Some(expected));
        }
    }

    #[test]
    fn other_urls_are_refused() {
        let script = "https://a.example/<script>";
        for url in [
            "",
            "a.example",
            "http://a.example",
            "https://192.0.2.1",
            "https://10.0.0.1",
            "https://u:p@a.example",
            script,
            "https://a.example?x",
            "https://a.example/?x",
            "https://a.example/#x",
            "https://a.example/..",
            "https://a.example//b",
            "https://a.example/%2e",
            "https://a.example/' OR 1=1",
            "file:///etc/passwd",
            "https://a.example:0",
        ] {
            assert_eq!(id(url), None, "{url}");
        }
        assert!(Instance::parse("http://127.0.0.1:4000", Reach::Public).is_err());
        assert!(
            Instance::parse(&format!("https://a.example/{}", "x".repeat(MAX_URL_BYTES)), Reach::Public)
                .is_err()
        );
    }

    #[test]
    fn a_password_in_a_url_is_not_repeated() {
        let refusal = Instance::parse("https://u:secret@a.example", Reach::Public).unwrap_err();
        assert!(refusal.message.contains("https://…@a.example"), "{}", refusal.message);
    }

    #[test]
    fn names_of_private_networks_are_known() {
        for private in [
            "https://localhost",
            "https://LOCALHOST:8443/x",
            "https://a.localhost/",
            "https://printer.local?x",
            "https://router.home.arpa",
            "https://metadata.google.internal/",
            "https://intranet#a.example",
        ] {
            assert!(is_private(private), "{private}");
        }
        for public in
            ["https://a.example", "https://local.example:8443/.local", "https://notlocalhost.example"]
        {
            assert!(!is_private(public), "{public}");
        }
    }

    #[test]
    fn names_are_those_of_asset_urls() {
        assert!(check("alice", "gallery").is_ok());
        for name in ["", "..", "a/b", "a b", "<b>", "a'--", "é", "slugger"] {
            assert!(check(name, "gallery").is_err(), "{name}");
        }
        assert!(check("alice", "a\"><script>").is_err());
    }
}
