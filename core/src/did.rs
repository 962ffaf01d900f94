//! Decentralized identifiers: [`Did`], [`PlcDid`] and [`WebDid`].

use crate::encoding;
use crate::error::Error;
use crate::host;
use crate::quote::quote;
use crate::tables::{Check, Code};
use std::fmt;
use std::str::FromStr;

/// A DID of a method that fedverify knows.
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
#[non_exhaustive]
pub enum Did {
    /// A did:plc: the hash of a genesis operation.
    Plc(PlcDid),
    /// A did:web: a host and a path on it.
    Web(WebDid),
}

impl FromStr for Did {
    type Err = Error;

    /// # Errors
    ///
    /// [`Code::DidInvalid`]; [`Code::DidUnsupported`] for a well-formed DID of another method.
    fn from_str(text: &str) -> Result<Self, Error> {
        match method_of(text)? {
            "plc" => Ok(Did::Plc(text.parse()?)),
            "web" => Ok(Did::Web(text.parse()?)),
            method => Err(unsupported("a did:plc or did:web", method)),
        }
    }
}

impl fmt::Display for Did {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Did::Plc(did) => did.fmt(f),
            Did::Web(did) => did.fmt(f),
        }
    }
}

/// What every did:plc starts with.
const PLC_PREFIX: &str = "did:plc:";

/// Characters of a did:plc after its prefix: 120 bits of the hash in base32 (did-plc.md, "The DID").
const PLC_IDENTIFIER_CHARS: usize = 24;

/// The identifier of an identity that has a signed operation log: `did:plc:` and 24 characters of `a-z2-7`.
///
/// The DID commits to the genesis operation, and through it to everything that its keys may do. Case matters: a string
/// with a capital letter is not this DID (did-plc.md, "The DID").
///
/// ```
/// use fedverify::{Code, PlcDid};
///
/// let did: PlcDid = "did:plc:z72i7hdynmk6r22z27h6tvur".parse()?;
/// assert_eq!(did.as_str(), "did:plc:z72i7hdynmk6r22z27h6tvur");
/// assert_eq!("did:web:example.com".parse::<PlcDid>().unwrap_err().code(), Code::DidUnsupported);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PlcDid(String);

impl PlcDid {
    /// The whole DID, as written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The DID of a genesis operation: the first 24 characters of the base32 of the SHA-256 of its signed DAG-CBOR bytes
    /// (did-plc.md, "The DID").
    pub(crate) fn from_genesis(sha256: &[u8; 32]) -> PlcDid {
        let mut did = PLC_PREFIX.to_owned();
        did.extend(encoding::base32(sha256).chars().take(PLC_IDENTIFIER_CHARS));
        PlcDid(did)
    }
}

impl FromStr for PlcDid {
    type Err = Error;

    /// # Errors
    ///
    /// [`Code::DidInvalid`]; [`Code::DidUnsupported`] for a well-formed DID of another method.
    fn from_str(text: &str) -> Result<Self, Error> {
        let method = method_of(text)?;
        if method != "plc" {
            return Err(unsupported("a did:plc", method));
        }
        let identifier = text.strip_prefix(PLC_PREFIX).unwrap_or_default();
        let is_base32 = identifier.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
        if identifier.len() != PLC_IDENTIFIER_CHARS || !is_base32 {
            return Err(invalid("did:plc: and 24 characters of a-z and 2-7", text));
        }
        Ok(PlcDid(text.to_owned()))
    }
}

impl fmt::Display for PlcDid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// What every did:web starts with.
const WEB_PREFIX: &str = "did:web:";

/// The identifier of an identity that a web server vouches for: `did:web:`, a host, optionally `%3A` and a port, and
/// optionally path segments separated by colons (fair.md, "did:web documents").
///
/// A host is a name in lower case, not an address; segments are letters, digits, `-`, `_` and `.`. Other percent-encoding
/// is refused: what it decodes to could leave the path.
///
/// ```
/// use fedverify::WebDid;
///
/// let url = |did: &str| did.parse::<WebDid>().map(|did| did.document_url());
/// assert_eq!(url("did:web:example.com")?, "https://example.com/.well-known/did.json");
/// assert_eq!(url("did:web:example.com%3A8443:a:b")?, "https://example.com:8443/a/b/did.json");
/// assert!(url("did:web:example.com:..").is_err());
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct WebDid {
    text: String,
    document_url: String,
}

impl WebDid {
    /// The whole DID, as written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The URL of the DID document. Fetch it over TLS: nothing else authenticates it.
    pub fn document_url(&self) -> String {
        self.document_url.clone()
    }
}

impl FromStr for WebDid {
    type Err = Error;

    /// # Errors
    ///
    /// [`Code::DidInvalid`]; [`Code::DidUnsupported`] for a well-formed DID of another method.
    fn from_str(text: &str) -> Result<Self, Error> {
        let method = method_of(text)?;
        if method != "web" {
            return Err(unsupported("a did:web", method));
        }
        let identifier = text.strip_prefix(WEB_PREFIX).unwrap_or_default();
        let document_url = web_url(identifier).ok_or_else(|| {
            invalid(
                "did:web:, a host name in lower case, %3A and a port if any, and plain path segments",
                text,
            )
        })?;
        Ok(WebDid { text: text.to_owned(), document_url })
    }
}

impl fmt::Display for WebDid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The URL of the document of a did:web's identifier.
fn web_url(identifier: &str) -> Option<String> {
    let mut parts = identifier.split(':');
    let origin = parts.next()?;
    let (host, port) = match origin.split_once("%3A") {
        Some((host, port)) => (host, Some(port)),
        None => (origin, None),
    };
    let segments: Vec<&str> = parts.collect();
    let is_origin = host::is_name(host) && port.is_none_or(host::is_port);
    if !is_origin || !segments.iter().all(|segment| is_plain_segment(segment)) {
        return None;
    }
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let folder = if segments.is_empty() { ".well-known".to_owned() } else { segments.join("/") };
    Some(format!("https://{host}{port}/{folder}/did.json"))
}

fn is_plain_segment(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(is_plain)
}

/// The method of a DID: the lower-case letters and digits after `did:` (W3C DID Core, section 3.1).
fn method_of(text: &str) -> Result<&str, Error> {
    let method = text.strip_prefix("did:").and_then(|rest| rest.split_once(':'));
    match method {
        Some((method, identifier)) if is_method(method) && is_identifier(identifier) => Ok(method),
        _ => Err(invalid("did:<method>:<identifier>", text)),
    }
}

fn is_method(method: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    !method.is_empty() && method.bytes().all(is_allowed)
}

fn is_identifier(identifier: &str) -> bool {
    let is_allowed = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:%".contains(&byte);
    !identifier.is_empty() && identifier.bytes().all(is_allowed)
}

fn invalid(expected: &str, found: &str) -> Error {
    let message = format!("expected {expected}, found {}{}", quote(found), stray_white_space(found));
    Error::new(Code::DidInvalid, message).at(Check::Did)
}

/// Says where a DID has white space around it, the most common fault of one that was copied or read from a file.
fn stray_white_space(text: &str) -> &'static str {
    if text.ends_with(['\n', '\r']) {
        "; it ends with a line break"
    } else if text.ends_with(char::is_whitespace) {
        "; it ends with white space"
    } else if text.starts_with(char::is_whitespace) {
        "; it starts with white space"
    } else {
        ""
    }
}

fn unsupported(expected: &str, method: &str) -> Error {
    let message = format!("expected {expected}, found a DID of the method {}", quote(method));
    Error::new(Code::DidUnsupported, message).at(Check::Did)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_exact_form_is_a_plc_did() {
        assert!("did:plc:z72i7hdynmk6r22z27h6tvur".parse::<PlcDid>().is_ok());
        let wrong = [
            "did:plc:Z72i7hdynmk6r22z27h6tvur",
            "did:plc:z72i7hdynmk6r22z27h6tvu",
            "did:plc:z72i7hdynmk6r22z27h6tvurr",
            "did:plc:z72i7hdynmk6r22z27h6tvu1",
            " did:plc:z72i7hdynmk6r22z27h6tvur",
            "did:plc:z72i7hdynmk6r22z27h6tvur\n",
            "DID:plc:z72i7hdynmk6r22z27h6tvur",
            "did:plc:",
            "did:plc",
            "",
        ];
        for text in wrong {
            assert_eq!(text.parse::<PlcDid>().map_err(|e| e.code()), Err(Code::DidInvalid), "{text:?}");
        }
        for text in ["did:key:z6Mk", "did:example:a"] {
            assert_eq!(text.parse::<Did>().map_err(|e| e.code()), Err(Code::DidUnsupported), "{text:?}");
        }
    }

    #[test]
    fn only_a_host_name_and_plain_segments_are_a_web_did() {
        let wrong = [
            "did:web:",
            "did:web:Example.com",
            "did:web:127.0.0.1",
            "did:web:example.com%3A",
            "did:web:example.com%3A0",
            "did:web:example.com%3A65536",
            "did:web:example.com%3A99999",
            "did:web:example.com%3A080",
            "did:web:example.com%3a8443",
            "did:web:example.com:",
            "did:web:example.com::a",
            "did:web:example.com:.",
            "did:web:example.com:a%2Fb",
            "did:web:-example.com",
            "did:web:example..com",
        ];
        for text in wrong {
            assert_eq!(text.parse::<WebDid>().map_err(|e| e.code()), Err(Code::DidInvalid), "{text:?}");
        }
        assert_eq!("did:plc:a".parse::<WebDid>().map_err(|e| e.code()), Err(Code::DidUnsupported));
        for text in ["did:web:localhost%3A8443", "did:web:example.com%3A1", "did:web:example.com%3A65535"] {
            assert!(matches!(text.parse(), Ok(Did::Web(_))), "{text}");
        }
    }

    #[test]
    fn white_space_around_a_did_is_named() {
        let message = |text: &str| text.parse::<Did>().unwrap_err().message().to_owned();
        for did in ["did:plc:z72i7hdynmk6r22z27h6tvur", "did:web:example.com"] {
            assert!(message(&format!("{did}\n")).ends_with("; it ends with a line break"), "{did}");
            assert!(message(&format!("{did}\r\n")).ends_with("; it ends with a line break"), "{did}");
            assert!(message(&format!("{did} ")).ends_with("; it ends with white space"), "{did}");
            assert!(message(&format!("\t{did}")).ends_with("; it starts with white space"), "{did}");
        }
        assert!(message("did:plc:short").ends_with("found \"did:plc:short\""));
    }
}
