//! Names of publishers: [`Did`] and [`PlcDid`].

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
    /// A did:web: a place on a web server.
    Web(WebDid),
}

impl FromStr for Did {
    type Err = Error;

    /// Errors: [`Code::DidInvalid`]; [`Code::DidUnsupported`] for a well-formed DID of another method.
    fn from_str(text: &str) -> Result<Self, Error> {
        match method_of(text)? {
            "plc" => Ok(Did::Plc(text.parse()?)),
            "web" => Ok(Did::Web(text.parse()?)),
            method => Err(unsupported(method)),
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

/// Characters of a did:plc after its prefix: 120 bits of the hash in base32.
const PLC_IDENTIFIER_CHARS: usize = 24;

/// The name of an identity that is anchored in a signed operation log: `did:plc:` and 24 characters of `a-z2-7`.
///
/// The text commits to the genesis operation, and through it to everything that its keys may do. Capitals are not
/// folded: another text is another name (did:plc specification, "Identifier syntax").
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
    /// The whole DID, as it is written.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The DID that a genesis operation implies: the first 24 characters of the base32 of the SHA-256 of its signed
    /// DAG-CBOR bytes.
    pub(crate) fn from_genesis(sha256: &[u8; 32]) -> PlcDid {
        let base32 = encoding::base32(sha256);
        PlcDid(base32.chars().take(PLC_IDENTIFIER_CHARS).fold(PLC_PREFIX.to_owned(), |mut did, character| {
            did.push(character);
            did
        }))
    }
}

impl FromStr for PlcDid {
    type Err = Error;

    /// Errors: [`Code::DidInvalid`]; [`Code::DidUnsupported`] for a well-formed DID of another method.
    fn from_str(text: &str) -> Result<Self, Error> {
        let method = method_of(text)?;
        if method != "plc" {
            return Err(unsupported(method));
        }
        let identifier = text.strip_prefix(PLC_PREFIX).unwrap_or_default();
        let is_base32 = identifier.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'2'..=b'7'));
        if identifier.len() != PLC_IDENTIFIER_CHARS || !is_base32 {
            let message =
                format!("expected {PLC_PREFIX} and 24 characters of a-z and 2-7, found {}", quote(text));
            return Err(Error::new(Code::DidInvalid, message).at(Check::Did));
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

/// The name of an identity that a web server vouches for: `did:web:`, a host, optionally `%3A` and a port, and optionally
/// path segments, with colons between (did:web method specification).
///
/// Hosts are names in lower case, not addresses; segments are letters, digits, `-`, `_` and `.`. Other percent-encoding is
/// refused: what it decodes to could leave the path.
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
    /// The whole DID, as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The address of the DID document. It must be fetched over TLS: nothing else vouches for it.
    pub fn document_url(&self) -> String {
        self.document_url.clone()
    }
}

impl FromStr for WebDid {
    type Err = Error;

    /// Errors: [`Code::DidInvalid`]; [`Code::DidUnsupported`] for a well-formed DID of another method.
    fn from_str(text: &str) -> Result<Self, Error> {
        let method = method_of(text)?;
        if method != "web" {
            return Err(unsupported(method));
        }
        let identifier = text.strip_prefix(WEB_PREFIX).unwrap_or_default();
        let document_url = web_url(identifier).ok_or_else(|| {
            let expected =
                "did:web:, a host name in lower case, %3A and a port if any, and plain path segments";
            let message = format!("expected {expected}, found {}", quote(text));
            Error::new(Code::DidInvalid, message).at(Check::Did)
        })?;
        Ok(WebDid { text: text.to_owned(), document_url })
    }
}

impl fmt::Display for WebDid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The address of the document of a did:web's identifier.
fn web_url(identifier: &str) -> Option<String> {
    let mut parts = identifier.split(':');
    let origin = parts.next()?;
    let (host, port) = match origin.split_once("%3A") {
        Some((host, port)) => {
            (host, Some(port.parse::<u16>().ok().filter(|number| number.to_string() == port)?))
        }
        None => (origin, None),
    };
    let port = port.map(|port| format!(":{port}")).unwrap_or_default();
    let segments: Vec<&str> = parts.collect();
    if !host::is_name(host) || !segments.iter().all(|segment| is_plain_segment(segment)) {
        return None;
    }
    let folder = if segments.is_empty() { ".well-known".to_owned() } else { segments.join("/") };
    Some(format!("https://{host}{port}/{folder}/did.json"))
}

fn is_plain_segment(segment: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_.".contains(&byte);
    !segment.is_empty() && segment != "." && segment != ".." && segment.bytes().all(is_plain)
}

/// The method of a DID: the lower-case letters and digits after `did:` (W3C DID Core, section 3.1).
fn method_of(text: &str) -> Result<&str, Error> {
    let invalid = || {
        let message = format!("expected did:<method>:<name>, found {}", quote(text));
        Error::new(Code::DidInvalid, message).at(Check::Did)
    };
    let (method, identifier) =
        text.strip_prefix("did:").and_then(|rest| rest.split_once(':')).ok_or_else(invalid)?;
    let is_method = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_name = |byte: u8| byte.is_ascii_alphanumeric() || b".-_:%".contains(&byte);
    if method.is_empty()
        || identifier.is_empty()
        || !method.bytes().all(is_method)
        || !identifier.bytes().all(is_name)
    {
        return Err(invalid());
    }
    Ok(method)
}

fn unsupported(method: &str) -> Error {
    let message = format!("a DID of the method {} cannot be verified here", quote(method));
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
        assert!(matches!("did:web:localhost%3A8443".parse(), Ok(Did::Web(_))));
    }
}
