//! A source's new key. The old key approves it, by a signature that the publisher serves beside the new key, or an administrator
//! does; and the source must show that it has the new one. Everything of the source stays: its id, mirrors, subscriptions and
//! history. A stored version stays with the key that signed it. Which keys a source had is in key_history.rs.

use super::Problem;
use super::challenge;
use super::key_history::had;
use super::registered::Source;
use crate::activity::seconds;
use crate::clock;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use serde::Deserialize;
use serde_json::Value as Json;

/// What the string begins with that an old key signs. No challenge and no plugin record does.
const BEGINNING: &str = "fedverify-node key change v1";

/// How many announced changes are read, from the newest: each costs the check of a signature. Only the one from the key that a node
/// knows counts for it, so that a publisher lists older ones for nodes that know older keys.
const MAX_CHANGES: usize = 32;

/// How many changes of a source its old keys may approve in 30 days. They are recorded for ever, and a publisher could make new keys
/// for ever; one that has a plan, and another one after a mistake, needs two.
const MAX_RENEWALS: u64 = 4;
const RENEWAL_SECONDS: u64 = 30 * clock::DAY;

/// Why a source is not verified that announces another key than its own.
const UNAPPROVED: &str = "node.key.unapproved";

/// What an instance says about its keys in its federation-info.
#[derive(Debug, Default)]
pub(super) struct Announced {
    /// The key that it has now, as publishers of the network say it.
    public_key: Option<String>,
    /// Its changes, the oldest first.
    changes: Vec<Announcement>,
}

/// One change: the new key, and the signature of the key before it.
#[derive(Debug, Deserialize)]
struct Announcement {
    #[serde(rename = "publicKey")]
    public_key: String,
    signature: String,
}

impl Announced {
    /// Reads a document that core has read before. What is not of this form says nothing.
    pub(super) fn read(info: &[u8]) -> Self {
        let Ok(info) = serde_json::from_slice::<Json>(info) else { return Announced::default() };
        let changes = info.get("keyChanges").and_then(Json::as_array).map_or(&[][..], Vec::as_slice);
        let newest = changes.get(changes.len().saturating_sub(MAX_CHANGES)..).unwrap_or_default();
        let changes = newest.iter().filter_map(|change| Announcement::deserialize(change).ok());
        Announced {
            public_key: info.get("publicKey").and_then(Json::as_str).map(str::to_owned),
            changes: changes.collect(),
        }
    }
}

/// Why the key of a source may approve no other one; `None` if it may. A signature is good for ever: who could have the key sign
/// anything once has what it takes, and where the node has never seen it refuse, anyone may.
pub(super) fn objection(host: &impl Host, source: &Source) -> Result<Option<String>, Fault> {
    let statement = "SELECT EXISTS (SELECT 1 FROM key_seen WHERE did_key = ?1 AND oracle = 1),
        EXISTS (SELECT 1 FROM key_seen WHERE did_key = ?1 AND source_id = ?2 AND refused = 1),
        (SELECT COUNT(*) FROM key_change WHERE source_id = ?2 AND approved_by = 'old key' AND at > ?3)";
    let since = seconds(host).saturating_sub(RENEWAL_SECONDS);
    let values = [Value::from(&source.did_key()), Value::from(&source.id), Value::from(since)];
    let row = first(host.query(statement, &values)?).ok_or_else(|| Fault::new("no counts"))?;
    let (was_oracle, has_refused, renewals) = (row.flag(0)?, row.flag(1)?, row.number(2)?);
    Ok(if source.is_oracle || was_oracle {
        Some("its own key signs anything, or did so once, and so approves nothing".to_owned())
    } else if !has_refused {
        Some("its own key was never seen to refuse what is no challenge, and so approves nothing".to_owned())
    } else if renewals >= MAX_RENEWALS {
        Some(format!("its old keys have approved {renewals} changes in 30 days, and no more are taken"))
    } else {
        None
    })
}

/// The source with the newest key that its own has approved, if it has approved one. A key that was never seen here approves nothing:
/// nobody knows what it signed. So one visit goes one step.
pub(super) fn approved(
    host: &impl Host,
    source: &Source,
    announced: &Announced,
) -> Result<Option<Source>, Fault> {
    for Announcement { public_key, signature } in announced.changes.iter().rev() {
        let Ok(new) = source.with_key(public_key) else { continue };
        let is_signed = challenge::verify(&statement(source, &new), &source.key, signature).is_ok();
        // A signature is good for ever: an earlier change, shown again, would bring back a key that was given up.
        if is_signed && new.key != source.key && !had(host, &new)? {
            return Ok(Some(new));
        }
    }
    Ok(None)
}

/// What the old key signs: the UTF-8 of it. Nodes know a key by its `did:key`.
fn statement(old: &Source, new: &Source) -> String {
    let (instance, from, to) = (old.instance.as_str(), old.did_key(), new.did_key());
    format!("{BEGINNING}; instance={instance}; from={from}; to={to}")
}

/// That a source announces another key that nobody has approved; `None` where it does not. One that never proved its key was
/// registered with a wrong one.
pub(super) fn unapproved(source: &Source, announced: &Announced, objection: Option<&str>) -> Option<Problem> {
    source.last_verified?;
    let changes = announced.changes.iter().rev().map(|change| &change.public_key);
    let other = announced.public_key.iter().chain(changes).find_map(|key| {
        let other = source.with_key(key).ok()?;
        (other.key != source.key).then_some(other)
    })?;
    let why = objection.map_or(String::new(), |why| format!(": {why}"));
    let what = format!(
        "the source announces the key {} in place of {}, which neither that one nor an administrator has approved{why}",
        other.did_key(),
        source.did_key()
    );
    Some(Problem::new(UNAPPROVED, what))
}
