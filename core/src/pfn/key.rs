//! Publisher keys, in the forms in which publishers hand them out (pfn.md, "Publisher keys").

use crate::error::Error;
use crate::key::{PublicKey, pem};
use crate::tables::{Check, Limits};

/// The Ed25519 public key of a publisher, which the caller already trusts.
///
/// ```
/// use fedverify::{Code, Limits, pfn::PublisherKey};
///
/// let limits = Limits::default();
/// let pem = "-----BEGIN PUBLIC KEY-----
/// MCowBQYDK2VwAyEA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=
/// -----END PUBLIC KEY-----";
/// let key = PublisherKey::parse(pem.as_bytes(), &limits)?;
/// assert_eq!(key, PublisherKey::parse(b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", &limits)?);
/// assert!(key.public_key().to_did_key().starts_with("did:key:z6Mk"));
///
/// let x25519 = b"MCowBQYDK2VuAyEA6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=";
/// assert_eq!(PublisherKey::parse(x25519, &limits).unwrap_err().code(), Code::PfnKeyInvalid);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PublisherKey(PublicKey);

impl PublisherKey {
    /// Reads a key from PEM on several lines or on one, the PEM body without its markers, or the bare 32 bytes; base64 or
    /// base64url, with or without padding. White space around and inside is ignored (keys.md, "PEM and SPKI").
    ///
    /// # Errors
    ///
    /// [`Code::InputTooLarge`](crate::Code::InputTooLarge) above `limits.record_bytes`,
    /// [`Code::InputNotUtf8`](crate::Code::InputNotUtf8), [`Code::PfnKeyInvalid`](crate::Code::PfnKeyInvalid). The message
    /// says what was given instead, and never repeats any of it: it may be a private key.
    pub fn parse(text: &[u8], limits: &Limits) -> Result<Self, Error> {
        pem::read_ed25519("publisher key", text, limits)
            .map(PublisherKey)
            .map_err(|error| error.at(Check::PfnKey))
    }

    /// The key itself.
    pub fn public_key(&self) -> &PublicKey {
        &self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{publisher_key, signing_key};
    use crate::tables::Code;
    use multibase::Base;

    #[test]
    fn errors_name_the_step() {
        let error = |text: &[u8]| PublisherKey::parse(text, &Limits::default()).unwrap_err();
        for (text, code) in [(&b"\xe9"[..], Code::InputNotUtf8), (b"keys/publisher.pem", Code::PfnKeyInvalid)]
        {
            let error = error(text);
            assert_eq!((error.code(), error.check()), (code, Some(Check::PfnKey)));
        }
        assert!(error(b"keys/publisher.pem").message().contains("looks like a path"));
        let did_key = publisher_key().public_key().to_did_key();
        assert!(error(did_key.as_bytes()).message().contains("this is a did:key"));
    }

    #[test]
    fn the_size_limit_is_inclusive() {
        let text = Base::Base64Pad.encode(signing_key().verifying_key().to_bytes());
        let limits = |record_bytes| Limits { record_bytes, ..Limits::default() };
        assert!(PublisherKey::parse(text.as_bytes(), &limits(44)).is_ok());
        let error = PublisherKey::parse(text.as_bytes(), &limits(43)).unwrap_err();
        assert_eq!((error.code(), error.limit()), (Code::InputTooLarge, Some("recordBytes")));
        assert_eq!(error.check(), Some(Check::PfnKey));
    }
}
