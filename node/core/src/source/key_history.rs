//! The keys that sources had, who approved the change from one to the next, and what was seen of each key. All of it is kept for ever.

use super::registered::Source;
use crate::activity::{self, Event, seconds};
use crate::database::{Row, Value};
use crate::fault::Fault;
use crate::host::Host;
use serde::Serialize;
use serde_json::json;
use std::collections::{BTreeMap, BTreeSet};

/// Remembers what was seen of a key that a source has. That it signed anything is never taken back.
pub(super) fn seen(host: &impl Host, source: &Source, is_oracle: Option<bool>) -> Result<(), Fault> {
    let Some(is_oracle) = is_oracle else { return Ok(()) };
    let texts = [&source.id, &source.did_key()].map(Value::from);
    let values = [&texts[..], &[Value::from(is_oracle), Value::from(!is_oracle)]].concat();
    host.query(
        "INSERT INTO key_seen (source_id, did_key, oracle, refused) VALUES (?, ?, ?, ?)
         ON CONFLICT DO UPDATE SET oracle = MAX(oracle, excluded.oracle), refused = MAX(refused, excluded.refused)",
        &values,
    )
    .map(drop)
}

/// Who approved a change.
#[derive(Debug, Clone, Copy)]
pub(super) enum Approval {
    OldKey,
    Administrator {
        /// The old key was stolen, they say.
        is_stolen: bool,
    },
}

impl Approval {
    fn as_str(self) -> &'static str {
        match self {
            Approval::OldKey => "old key",
            Approval::Administrator { .. } => "administrator",
        }
    }
}

/// Changes the key of a source, within a transaction.
pub(super) fn apply(host: &impl Host, old: &Source, new: &Source, approval: Approval) -> Result<(), Fault> {
    let is_stolen = matches!(approval, Approval::Administrator { is_stolen: true });
    let [from, to] = [old.did_key(), new.did_key()];
    let texts = [&old.id, &from, &to, approval.as_str()].map(Value::from);
    let values = [&texts[..], &[Value::from(seconds(host)), Value::from(is_stolen)]].concat();
    host.query(
        "INSERT INTO key_change (source_id, old_key, new_key, approved_by, at, stolen) VALUES (?, ?, ?, ?, ?, ?)",
        &values,
    )?;
    let values = [&new.public_key, &to, &old.id].map(Value::from);
    host.query("UPDATE source SET public_key = ?, did_key = ? WHERE id = ?", &values)?;
    let why = if is_stolen { ", as the old one was stolen" } else { "" };
    let reason = format!("{from} → {to}, approved by the {}{why}", approval.as_str());
    record(host, old, "success", &reason)
}

/// Records that the key before the present one was stolen, as the administrator says after the change. `false` where none is known: the
/// source had no other key, or was removed and added again with this one.
pub(crate) fn earlier_key_was_stolen(host: &impl Host, source: &Source) -> Result<bool, Fault> {
    let last = key_changes(host, &source.id, 1)?.into_iter().find(|last| last.new_key == source.did_key());
    let Some(KeyChange { old_key, .. }) = last else { return Ok(false) };
    let statement = "UPDATE key_change SET stolen = 1
         WHERE id = (SELECT MAX(id) FROM key_change WHERE source_id = ?)";
    host.transaction(&mut || {
        host.query(statement, &[Value::from(&source.id)])?;
        keep_signed_anew(host, source, &old_key)?;
        record(host, source, "success", &format!("{old_key} was stolen, says the administrator"))
    })?;
    Ok(true)
}

/// The bytes of versions that the present key signed anew, after the stolen one, are the publisher's: they give way to no others.
fn keep_signed_anew(host: &impl Host, source: &Source, stolen: &str) -> Result<(), Fault> {
    let values = [&source.did_key(), &source.id, stolen, &source.public_key].map(Value::from);
    host.query(
        "UPDATE digest SET did_key = ? WHERE source_id = ? AND did_key = ? AND EXISTS (
            SELECT 1 FROM mirror AS m WHERE m.source_id = digest.source_id AND m.plugin_id = digest.plugin_id
            AND m.number = digest.number AND m.public_key = ?)",
        &values,
    )
    .map(drop)
}

/// A change of a key, or one that was not done, as activity.
pub(super) fn record(
    host: &impl Host,
    source: &Source,
    result: &'static str,
    reason: &str,
) -> Result<(), Fault> {
    let event =
        Event { result: Some(result), reason: Some(reason), ..Event::of_source("key_change", &source.id) };
    activity::record(host, &event)
}

/// Whether the source had this key before, or gave it up.
pub(super) fn had(host: &impl Host, source: &Source) -> Result<bool, Fault> {
    let statement =
        "SELECT 1 FROM key_change WHERE source_id = ?1 AND (old_key = ?2 OR new_key = ?2) LIMIT 1";
    let values = [&source.id, &source.did_key()].map(Value::from);
    Ok(!host.query(statement, &values)?.is_empty())
}

/// Whether the source has given this key up.
pub(crate) fn gave_up(host: &impl Host, source: &Source, did_key: &str) -> Result<bool, Fault> {
    let statement = "SELECT 1 FROM key_change WHERE source_id = ? AND old_key = ? LIMIT 1";
    let values = [&source.id, did_key].map(Value::from);
    Ok(did_key != source.did_key() && !host.query(statement, &values)?.is_empty())
}

/// A key that a source had before.
#[derive(Debug, Clone)]
pub(crate) struct EarlierKey {
    pub(crate) did_key: String,
    /// Who approved the one after it.
    pub(crate) approved_by: String,
    pub(crate) is_stolen: bool,
    /// It was seen to sign anything, here or at another source.
    pub(crate) was_oracle: bool,
}

/// The keys that these sources had before, by the sources' ids, the oldest change first.
pub(crate) fn earlier_keys(
    host: &impl Host,
    source_ids: &BTreeSet<&str>,
) -> Result<BTreeMap<String, Vec<EarlierKey>>, Fault> {
    let statement = "SELECT source_id, old_key, approved_by, stolen,
            EXISTS (SELECT 1 FROM key_seen WHERE did_key = old_key AND oracle = 1)
         FROM key_change WHERE source_id IN (SELECT value FROM json_each(?)) ORDER BY id";
    let mut keys: BTreeMap<String, Vec<EarlierKey>> = BTreeMap::new();
    for row in host.query(statement, &[Value::from(&json!(source_ids).to_string())])? {
        let (did_key, approved_by) = (row.text(1)?, row.text(2)?);
        let key = EarlierKey { did_key, approved_by, is_stolen: row.flag(3)?, was_oracle: row.flag(4)? };
        keys.entry(row.text(0)?).or_default().push(key);
    }
    Ok(keys)
}

/// A change of a source's key that was done.
#[derive(Debug, Serialize)]
pub(crate) struct KeyChange {
    old_key: String,
    new_key: String,
    approved_by: String,
    at: u64,
    stolen: bool,
}

/// The last changes of a source's key, the newest first.
pub(crate) fn key_changes(host: &impl Host, source_id: &str, most: u64) -> Result<Vec<KeyChange>, Fault> {
    let statement = "SELECT old_key, new_key, approved_by, at, stolen FROM key_change WHERE source_id = ?
         ORDER BY id DESC LIMIT ?";
    let listed = |row: &Row| {
        let (old_key, new_key, approved_by) = (row.text(0)?, row.text(1)?, row.text(2)?);
        Ok(KeyChange { old_key, new_key, approved_by, at: row.number(3)?, stolen: row.flag(4)? })
    };
    host.query(statement, &[Value::from(source_id), Value::from(most)])?.iter().map(listed).collect()
}
