//! A source as it is registered: who publishes, from where, with which key, and how far it can be relied on.

use crate::activity::seconds;
use crate::database::Row;
use crate::fault::Fault;
use crate::host::Host;
use crate::names::{self, Instance};
use crate::refusal::Refusal;
use fedverify::pfn::{FederationInfo, PublisherKey};
use fedverify::{Error, PlcDid};
use serde::Serialize;
use serde_json::json;

/// After how many failures within a day a source is an error.
const FAILURES_TO_ERROR: u64 = 3;

/// How far a source can be relied on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "lowercase")]
pub(crate) enum Status {
    /// Never verified.
    Pending,
    /// The last check verified it.
    Verified,
    /// It was verified, and the last check failed: nothing new is mirrored.
    Stale,
    /// It failed three times within a day.
    Error,
}

impl Status {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Status::Pending => "pending",
            Status::Verified => "verified",
            Status::Stale => "stale",
            Status::Error => "error",
        }
    }

    fn stored(text: &str) -> Option<Self> {
        [Status::Pending, Status::Verified, Status::Stale, Status::Error]
            .into_iter()
            .find(|status| status.as_str() == text)
    }

    /// The status after a check. `failures` counts those of the last day, this one included.
    pub(super) fn after(self, is_verified: bool, failures: u64) -> Self {
        match self {
            _ if is_verified => Status::Verified,
            _ if failures >= FAILURES_TO_ERROR => Status::Error,
            Status::Verified | Status::Stale => Status::Stale,
            Status::Pending => Status::Pending,
            Status::Error => Status::Error,
        }
    }
}

/// How a source stands to its identity.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Standing {
    /// The last log verified, and names the source's key.
    Proven,
    /// The log does not verify, contradicts what was seen, or does not name the key.
    Refuted,
    /// The directory gave no log, or another visit had seen a later one by then: that says nothing about the identity.
    Unreached,
}

impl Standing {
    pub(crate) fn as_str(self) -> &'static str {
        match self {
            Standing::Proven => "proven",
            Standing::Refuted => "refuted",
            Standing::Unreached => "unreached",
        }
    }

    fn stored(text: &str) -> Option<Self> {
        [Standing::Proven, Standing::Refuted, Standing::Unreached]
            .into_iter()
            .find(|standing| standing.as_str() == text)
    }
}

/// The longest key, in bytes: a PEM on several lines has about 120.
const MAX_KEY_BYTES: usize = 1024;

/// A source as it is registered.
#[derive(Debug, Clone)]
pub(crate) struct Source {
    pub(crate) id: String,
    pub(crate) instance: Instance,
    pub(crate) username: String,
    /// As it was given.
    pub(crate) public_key: String,
    pub(crate) key: PublisherKey,
    pub(crate) status: Status,
    pub(crate) reason: Option<String>,
    pub(crate) challenge: Option<String>,
    pub(crate) is_oracle: bool,
    pub(crate) failures: u64,
    pub(crate) created_at: u64,
    pub(crate) last_verified: Option<u64>,
    pub(crate) last_sync: Option<u64>,
    pub(crate) asset_domain: Option<String>,
    pub(crate) asset_naming_scheme: Option<String>,
    pub(crate) next_check: u64,
    /// The did:plc of its publisher, if it was registered with one.
    pub(crate) did: Option<PlcDid>,
    /// How it stood to its identity at the last check.
    pub(crate) identity: Option<Standing>,
    pub(crate) identity_reason: Option<String>,
}

impl Source {
    /// A source that is not registered yet.
    pub(crate) fn new(
        host: &impl Host,
        instance: Instance,
        username: &str,
        public_key: &str,
        did: Option<&str>,
    ) -> Result<Self, Refusal> {
        names::check(username, "plugin").map_err(|error| Refusal::of(400, &error))?;
        let key = given_key(public_key)?;
        let did = did.map(str::parse).transpose().map_err(|error| Refusal::of(400, &error))?;
        Ok(Source {
            id: instance.source_id(username),
            instance,
            username: username.to_owned(),
            public_key: public_key.to_owned(),
            key,
            status: Status::Pending,
            reason: None,
            challenge: None,
            is_oracle: false,
            failures: 0,
            created_at: seconds(host),
            last_verified: None,
            last_sync: None,
            asset_domain: None,
            asset_naming_scheme: None,
            next_check: 0,
            did,
            identity: None,
            identity_reason: None,
        })
    }

    /// The same with another key.
    pub(crate) fn with_key(&self, public_key: &str) -> Result<Self, Refusal> {
        Ok(Source { key: given_key(public_key)?, public_key: public_key.to_owned(), ..self.clone() })
    }

    /// What its key rests on: the identity that names it, or the word of who registered it.
    pub(crate) fn trust(&self) -> &'static str {
        let is_proven = self.status == Status::Verified && self.identity == Some(Standing::Proven);
        if is_proven { "self-certified" } else { "key" }
    }

    /// Whether this is its key, in whatever spelling.
    pub(crate) fn has_key(&self, public_key: &str) -> bool {
        public_key == self.public_key || did_key(public_key).is_some_and(|key| key == self.did_key())
    }

    /// The key in its one spelling.
    pub(crate) fn did_key(&self) -> String {
        self.key.public_key().to_did_key()
    }

    /// Where its archives are, as core reads it; `None` as long as the source was never verified.
    pub(crate) fn assets(&self) -> Option<FederationInfo> {
        let (domain, scheme) = (self.asset_domain.as_ref()?, self.asset_naming_scheme.as_ref()?);
        assets(domain, scheme)
    }

    pub(crate) fn stored(row: &Row) -> Result<Self, Fault> {
        let public_key = row.text(3)?;
        let damaged = |what: &str| Fault::new(format!("a stored source is damaged: {what}"));
        Ok(Source {
            id: row.text(0)?,
            instance: Instance::stored(&row.text(1)?),
            username: row.text(2)?,
            key: read_key(&public_key).map_err(|_| damaged("its key"))?,
            public_key,
            status: Status::stored(&row.text(4)?).ok_or_else(|| damaged("its status"))?,
            reason: row.optional_text(5)?,
            challenge: row.optional_text(6)?,
            is_oracle: row.flag(7)?,
            failures: row.number(8)?,
            created_at: row.number(9)?,
            last_verified: row.optional_number(10)?,
            last_sync: row.optional_number(11)?,
            asset_domain: row.optional_text(12)?,
            asset_naming_scheme: row.optional_text(13)?,
            next_check: row.number(14)?,
            did: row
                .optional_text(15)?
                .map(|did| did.parse())
                .transpose()
                .map_err(|_: Error| damaged("its DID"))?,
            identity: row.optional_text(16)?.as_deref().and_then(Standing::stored),
            identity_reason: row.optional_text(17)?,
        })
    }
}

/// A federation-info with these assets in it.
pub(crate) fn assets(domain: &str, naming_scheme: &str) -> Option<FederationInfo> {
    let info = json!({"version": "1", "features": [], "assetInfo": {"domain": domain, "namingScheme": naming_scheme}});
    FederationInfo::parse(info.to_string().as_bytes(), &fedverify::Limits::default()).ok()
}

/// A key that an administrator or a publisher gives.
fn given_key(text: &str) -> Result<PublisherKey, Refusal> {
    if text.len() > MAX_KEY_BYTES {
        return Err(Refusal::bad(format!("expected a public key of at most {MAX_KEY_BYTES} bytes")));
    }
    read_key(text).map_err(|error| Refusal::of(400, &error))
}

/// A key in its one spelling, if it is one.
pub(crate) fn did_key(text: &str) -> Option<String> {
    read_key(text).ok().map(|key| key.public_key().to_did_key())
}

fn read_key(text: &str) -> Result<PublisherKey, fedverify::Error> {
    PublisherKey::parse(text.as_bytes(), &fedverify::Limits::default())
}
