//! The keys of an identity that sign packages (fair.md, "Signing keys").

use super::publisher::Publisher;
use crate::error::Error;
use crate::key::{KeyType, PublicKey};
use crate::quote::quote_list;
use crate::tables::{Code, Limits, WarningCode};
use crate::warning::Warning;

/// What the ids of signing keys start with, in this case only.
const ID_PREFIX: &str = "fair";

/// Whether the verification method of this id, without `#`, is one of an identity's signing keys (fair.md, "Signing keys").
///
/// ```
/// assert!(fedverify::fair::is_signing_key("fair_signing"));
/// assert!(!fedverify::fair::is_signing_key("atproto"));
/// ```
pub fn is_signing_key(id: &str) -> bool {
    id.starts_with(ID_PREFIX)
}

/// The public key of a verification method that signs packages.
#[derive(Debug, Clone)]
pub(super) struct PackageKey {
    /// The id of the verification method, without `#`.
    pub(super) id: String,
    pub(super) key: PublicKey,
}

/// All usable package keys of the publisher, and a warning about the others.
///
/// # Errors
///
/// [`Code::PlcTombstoned`]; [`Code::FairKeyMissing`] where there is no signing key; [`Code::FairTooMuchWork`] for more than
/// the limit, since reading a key costs as much as a signature check; [`Code::KeyUnsupported`] where none is usable.
pub(super) fn package_keys(
    publisher: &Publisher,
    limits: &Limits,
) -> Result<(Vec<PackageKey>, Option<Warning>), Error> {
    let mut methods = publisher.verification_methods()?;
    methods.retain(|(id, _)| is_signing_key(id));
    let count = u64::try_from(methods.len()).unwrap_or(u64::MAX);
    if count > limits.signing_keys {
        let found = format!("the identity has {count} signing keys");
        return Err(Error::above_limit(Code::FairTooMuchWork, found, "signingKeys", limits.signing_keys));
    }
    let (mut usable, mut unusable) = (Vec::new(), Vec::new());
    for (id, did_key) in methods {
        match did_key.key() {
            Ok(key) if !matches!(key.key_type(), KeyType::Other(_)) => {
                usable.push(PackageKey { id: id.to_owned(), key });
            }
            Ok(_) | Err(_) => unusable.push(id),
        }
    }
    let names = quote_list(unusable.iter().copied());
    match (usable.is_empty(), unusable.is_empty()) {
        (true, true) => Err(Error::new(Code::FairKeyMissing, missing(publisher))),
        (true, false) => {
            let message =
                format!("expected an Ed25519, secp256k1 or P-256 signing key, found none in {names}");
            Err(Error::new(Code::KeyUnsupported, message))
        }
        (false, true) => Ok((usable, None)),
        (false, false) => {
            let message = format!("unusable signing keys were skipped: {names}");
            Ok((usable, Some(Warning::new(WarningCode::FairKeyUnusable, message))))
        }
    }
}

fn missing(publisher: &Publisher) -> String {
    let expected = "expected a verification method whose id starts with fair";
    match publisher.withdrawn_methods() {
        [] => format!("{expected}, found none"),
        withdrawn => {
            let withdrawn = quote_list(withdrawn.iter().map(String::as_str));
            format!("{expected}, found only ones that are revoked or expired: {withdrawn}")
        }
    }
}
