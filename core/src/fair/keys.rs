//! The keys of an identity that sign packages.

use super::publisher::Publisher;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Code, Limits, WarningCode};
use crate::key::{KeyType, PublicKey};
use crate::warning::Warning;

/// What the ids of signing keys start with, in this case only (fair.md, "Signing keys").
const ID_PREFIX: &str = "fair";

/// A verification method that signs packages.
#[derive(Debug, Clone)]
pub(super) struct SigningKey {
    /// The id of the verification method, without `#`.
    pub(super) id: String,
    pub(super) key: PublicKey,
}

/// All usable signing keys of the publisher, and a warning about the others.
///
/// Errors: [`Code::PlcTombstoned`]; [`Code::FairKeyMissing`] where there is no signing key; [`Code::FairTooMuchWork`] for
/// more than the limit, since reading a key costs as much as a signature check; [`Code::KeyUnsupported`] where none is
/// usable.
pub(super) fn signing_keys(
    publisher: &Publisher,
    limits: &Limits,
) -> Result<(Vec<SigningKey>, Option<Warning>), Error> {
    let mut methods = publisher.verification_methods()?;
    methods.retain(|(id, _)| id.starts_with(ID_PREFIX));
    if u64::try_from(methods.len()).unwrap_or(u64::MAX) > limits.signing_keys {
        let message =
            format!("expected at most {} signing keys, found {}", limits.signing_keys, methods.len());
        return Err(Error::new(Code::FairTooMuchWork, message));
    }
    let mut usable = Vec::new();
    let mut unusable = Vec::new();
    for (id, did_key) in methods {
        match did_key.key() {
            Ok(key) if !matches!(key.key_type(), KeyType::Other(_)) => {
                usable.push(SigningKey { id: id.to_owned(), key })
            }
            Ok(_) | Err(_) => unusable.push(quote(id)),
        }
    }
    match (usable.is_empty(), unusable.is_empty()) {
        (true, true) => {
            let message = "expected a verification method whose id starts with fair, found none";
            Err(Error::new(Code::FairKeyMissing, message))
        }
        (true, false) => {
            let message =
                format!("no signing key is an Ed25519, secp256k1 or P-256 key: {}", unusable.join(", "));
            Err(Error::new(Code::KeyUnsupported, message))
        }
        (false, true) => Ok((usable, None)),
        (false, false) => {
            let message =
                format!("signing keys that can verify nothing were passed over: {}", unusable.join(", "));
            Ok((usable, Some(Warning::new(WarningCode::FairKeyUnusable, message))))
        }
    }
}
