//! The challenge that this node sends: it says for whom it is, so that a publisher who reads it cannot be made to answer for
//! another instance.

use super::Problem;
use crate::fault::Fault;
use crate::host::Host;
use crate::names::Instance;
use crate::secret;
use crate::settings::Settings;
use fedverify::pfn::{Challenge, PublisherKey};
use serde::Serialize;

/// What a challenge of this node begins with. No plugin record does: those begin with `{`.
const BEGINNING: &str = "fedverify-node ownership challenge v1";

/// Which challenge a publisher answered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Form {
    /// The one that names node, instance, user and expiry.
    Bound,
    /// A bare UUID, as the original node sends.
    Legacy,
}

impl Form {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Form::Bound => "bound",
            Form::Legacy => "legacy",
        }
    }
}

/// A fresh challenge.
pub(crate) fn fresh(
    host: &impl Host,
    settings: &Settings,
    (instance, username): (&Instance, &str),
    form: Form,
) -> Result<String, Fault> {
    if form == Form::Legacy {
        return secret::random_uuid(host);
    }
    let seconds = host.now_ms().checked_div(1000).unwrap_or_default();
    let expires = seconds.saturating_add(settings.limits.challenge_seconds);
    let (node, instance, nonce) = (&settings.url, instance.as_str(), secret::random_hex(host)?);
    // None of the parts can have a semicolon or a space in it.
    Ok(format!(
        "{BEGINNING}; node={node}; instance={instance}; username={username}; expires={expires}; nonce={nonce}"
    ))
}

/// A string that no publisher should sign. It is no challenge of any known form, and harmless where it is signed.
pub(crate) fn probe(host: &impl Host) -> Result<String, Fault> {
    Ok(format!(
        "fedverify-node probe; this is no challenge, please do not sign it; nonce={}",
        secret::random_hex(host)?
    ))
}

/// Whether the key made this signature over the challenge.
pub(crate) fn verify(challenge: &str, key: &PublisherKey, signature: &str) -> Result<(), Problem> {
    let limits = fedverify::Limits::default();
    Ok(Challenge::new(challenge, &limits)?.verify(key, signature).map(drop)?)
}
