//! The rows of sources.

use super::check::Checked;
use super::identity::Standing;
use super::outcome::{self, Status};
use crate::activity::{self, Event, seconds};
use crate::database::{Row, Value, first};
use crate::host::{Fault, Host};
use crate::names::{self, Instance};
use crate::refusal::Refusal;
use fedverify::pfn::{FederationInfo, PublisherKey};
use fedverify::{Error, PlcDid};
use serde_json::json;

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
    /// How it stood to that at the last check.
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
        if public_key.len() > MAX_KEY_BYTES {
            return Err(Refusal::bad(format!("expected a public key of at most {MAX_KEY_BYTES} bytes")));
        }
        let key = read_key(public_key).map_err(|error| Refusal::of(400, &error))?;
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

    /// What its key rests on: the identity that names it, or the word of who registered it.
    pub(crate) fn trust(&self) -> &'static str {
        let is_proven = self.status == Status::Verified && self.identity == Some(Standing::Proven);
        if is_proven { "self-certified" } else { "key" }
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

fn read_key(text: &str) -> Result<PublisherKey, fedverify::Error> {
    PublisherKey::parse(text.as_bytes(), &fedverify::Limits::default())
}

/// The source of this id.
pub(crate) fn find(host: &impl Host, id: &str) -> Result<Option<Source>, Fault> {
    let statement = "SELECT id, instance_url, username, public_key, status, reason, challenge, oracle, failures, created_at,
            last_verified, last_sync, asset_domain, asset_naming_scheme, next_check, did, identity, identity_reason
         FROM source WHERE id = ?";
    first(host.query(statement, &[Value::from(id)])?).as_ref().map(Source::stored).transpose()
}

/// How many columns of a row are the source's own.
pub(crate) const COLUMNS: usize = 18;

/// A page of the sources, and after their columns what is kept of them for lists.
pub(crate) const LISTED: &str = "SELECT id, instance_url, username, public_key, status, reason, challenge, oracle, failures, created_at,
        last_verified, last_sync, asset_domain, asset_naming_scheme, next_check, did, identity, identity_reason,
        facts, reasons, score, (SELECT COUNT(*) FROM subscription WHERE source_id = source.id),
        COALESCE((SELECT count FROM tally WHERE kind = 'mirror' AND name = source.id), 0)
     FROM source ORDER BY score DESC, created_at DESC, id LIMIT ? OFFSET ?";

/// How many sources there are.
pub(crate) fn count(host: &impl Host) -> Result<u64, Fault> {
    first(host.query("SELECT COUNT(*) FROM source", &[])?).map_or(Ok(0), |row| row.number(0))
}

/// The source whose check is due first, if one is.
pub(crate) fn due(host: &impl Host) -> Result<Option<Source>, Fault> {
    let statement = "SELECT id FROM source WHERE next_check <= ? ORDER BY next_check, id LIMIT 1";
    let Some(row) = first(host.query(statement, &[Value::from(seconds(host))])?) else { return Ok(None) };
    find(host, &row.text(0)?)
}

/// When the next check is due, in seconds since 1970.
pub(crate) fn next_due(host: &impl Host) -> Result<Option<u64>, Fault> {
    first(host.query("SELECT MIN(next_check) FROM source", &[])?)
        .map_or(Ok(None), |row| row.optional_number(0))
}

/// Registers a source with what its first visit found.
pub(crate) fn add(
    host: &impl Host,
    settings: &crate::Settings,
    source: &Source,
    checked: &Checked,
) -> Result<Source, Fault> {
    host.transaction(&mut || {
        let texts = [&source.id, source.instance.as_str(), &source.username, &source.public_key, &source.did_key()]
            .map(Value::from);
        let did = Value::from(source.did.as_ref().map(PlcDid::as_str));
        let values = [&texts[..], &[Value::from(source.created_at), Value::from(source.created_at), did]].concat();
        host.query(
            "INSERT INTO source (id, instance_url, username, public_key, did_key, status, created_at, next_check, did)
             VALUES (?, ?, ?, ?, ?, 'pending', ?, ?, ?)",
            &values,
        )?;
        activity::record(host, &Event::of_source("source_added", &source.id))?;
        outcome::record_within(host, settings, source, ("initial", checked)).map(drop)
    })?;
    find(host, &source.id)?.ok_or_else(|| Fault::new("a source is gone that was just stored"))
}

/// Puts the next check of a source off.
pub(crate) fn postpone(host: &impl Host, id: &str, by: u64) -> Result<(), Fault> {
    let at = seconds(host).saturating_add(by);
    host.query("UPDATE source SET next_check = ? WHERE id = ?", &[Value::from(at), Value::from(id)]).map(drop)
}

/// Brings checks back that are further off than any is put off: the clock was wrong when they were.
pub(crate) fn recall(host: &impl Host, usual: u64) -> Result<(), Fault> {
    let latest = seconds(host).saturating_add(usual.max(outcome::DAY));
    host.query("UPDATE source SET next_check = ?1 WHERE next_check > ?1", &[Value::from(latest)]).map(drop)
}

/// Says that a source was synchronised now.
pub(crate) fn set_synced(host: &impl Host, id: &str) -> Result<(), Fault> {
    host.query("UPDATE source SET last_sync = ? WHERE id = ?", &[Value::from(seconds(host)), Value::from(id)])
        .map(drop)
}

/// Removes a source with its subscriptions and mirrors. What its versions were, and its equivocations, stay recorded.
pub(crate) fn remove(host: &impl Host, id: &str) -> Result<(), Fault> {
    host.transaction(&mut || {
        for statement in [
            "DELETE FROM mirror WHERE source_id = ?",
            "DELETE FROM subscription WHERE source_id = ?",
            "DELETE FROM verification WHERE source_id = ?",
            "DELETE FROM source WHERE id = ?",
        ] {
            host.query(statement, &[Value::from(id)])?;
        }
        activity::record(host, &Event::of_source("source_removed", id))
    })
}
