//! What happened, newest first.

use crate::clock;
use crate::database::{Row, Value, first};
use crate::fault::Fault;
use crate::host::Host;
use fedverify::printable;
use serde::Serialize;
use serde_json::{Value as Json, json};

/// How many events a request without a limit gets.
pub(crate) const DEFAULT_COUNT: u64 = 20;

/// Something that happened.
#[derive(Debug, Clone, Default)]
pub(crate) struct Event<'e> {
    pub(crate) kind: &'static str,
    pub(crate) source_id: Option<&'e str>,
    pub(crate) plugin_id: Option<&'e str>,
    pub(crate) plugin_name: Option<&'e str>,
    pub(crate) old_version: Option<&'e str>,
    pub(crate) new_version: Option<&'e str>,
    pub(crate) result: Option<&'static str>,
    pub(crate) reason: Option<&'e str>,
}

impl<'e> Event<'e> {
    /// Something about the node itself.
    pub(crate) fn of_node(kind: &'static str, reason: &'e str) -> Self {
        Event { kind, reason: Some(reason), ..Event::default() }
    }

    /// Something about a source.
    pub(crate) fn of_source(kind: &'static str, source_id: &'e str) -> Self {
        Event { kind, source_id: Some(source_id), ..Event::default() }
    }
}

/// Records an event.
pub(crate) fn record(host: &impl Host, event: &Event<'_>) -> Result<(), Fault> {
    // Reasons repeat what publishers say, so they are made safe to print anywhere.
    let reason = event.reason.map(printable);
    let texts = [
        Some(event.kind),
        event.source_id,
        event.plugin_id,
        event.old_version,
        event.new_version,
        event.plugin_name,
        event.result,
        reason.as_deref(),
    ];
    let mut values: Vec<Value> = texts.map(Value::from).to_vec();
    values.push(Value::from(seconds(host)));
    host.query(
        "INSERT INTO activity (type, source_id, plugin_id, old_version, new_version, plugin_name, result, reason, at)
         VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        &values,
    )
    .map(drop)
}

/// Records an event that a source can cause at every visit: once a day for each plugin and reason.
pub(crate) fn record_daily(host: &impl Host, event: &Event<'_>) -> Result<(), Fault> {
    let now = seconds(host);
    let since = now.saturating_sub(clock::DAY);
    let reason = event.reason.map(printable);
    let texts = [event.source_id, event.plugin_id, Some(event.kind), reason.as_deref()].map(Value::from);
    let values = [&texts[..], &[Value::from(since), Value::from(now)]].concat();
    let statement = "SELECT 1 FROM activity
         WHERE source_id = ? AND plugin_id = ? AND type = ? AND reason = ? AND at > ? AND at <= ? LIMIT 1";
    if host.query(statement, &values)?.is_empty() { record(host, event) } else { Ok(()) }
}

/// Forgets what is older than so many seconds, by a clock that can be believed. Equivocations stay.
pub(crate) fn forget(host: &impl Host, kept: u64) -> Result<(), Fault> {
    // The clock is read once: a second look could give another time.
    let now = seconds(host);
    if !clock::is_steady(host, now)? {
        return Ok(());
    }
    let values = [Value::from(now.saturating_sub(kept))];
    host.query("DELETE FROM activity WHERE at < ? AND type <> 'equivocation'", &values)?;
    host.query("DELETE FROM verification WHERE verified_at < ?", &values).map(drop)
}

/// Seconds since 1970.
pub(crate) fn seconds(host: &impl Host) -> u64 {
    host.now_ms().checked_div(1000).unwrap_or_default()
}

/// An event in a list, with the members of the original and what came of it.
#[derive(Debug, Serialize)]
pub(crate) struct Activity {
    #[serde(rename = "type")]
    pub(crate) kind: String,
    pub(crate) source_id: Option<String>,
    pub(crate) plugin_id: Option<String>,
    pub(crate) old_version: Option<String>,
    pub(crate) new_version: Option<String>,
    pub(crate) plugin_name: Option<String>,
    pub(crate) result: Option<String>,
    pub(crate) reason: Option<String>,
    pub(crate) timestamp: u64,
    pub(crate) source_username: Option<String>,
}

/// The newest events. Keys and subscriptions are for admins only, as they are where they are listed.
pub(crate) fn list(
    host: &impl Host,
    is_admin: bool,
    (limit, offset): (u64, u64),
) -> Result<Vec<Activity>, Fault> {
    let statement =
        "SELECT activity.type, source_id, plugin_id, old_version, new_version, plugin_name, result,
            activity.reason, at, source.username
         FROM activity LEFT JOIN source ON source.id = source_id
         WHERE ?1 OR activity.type NOT IN ('key_created', 'key_rotated', 'key_revoked', 'subscribed', 'unsubscribed')
         ORDER BY activity.id DESC LIMIT ?2 OFFSET ?3";
    host.query(statement, &[Value::from(is_admin), Value::from(limit), Value::from(offset)])?
        .iter()
        .map(listed)
        .collect()
}

fn listed(row: &Row) -> Result<Activity, Fault> {
    Ok(Activity {
        kind: row.text(0)?,
        source_id: row.optional_text(1)?,
        plugin_id: row.optional_text(2)?,
        old_version: row.optional_text(3)?,
        new_version: row.optional_text(4)?,
        plugin_name: row.optional_text(5)?,
        result: row.optional_text(6)?,
        reason: row.optional_text(7)?,
        timestamp: row.number(8)?,
        source_username: row.optional_text(9)?,
    })
}

/// The response of `activity`, in the shape of the original.
pub(crate) fn answer(host: &impl Host, is_admin: bool, page: (u64, u64)) -> Result<Json, Fault> {
    let activities = list(host, is_admin, page)?;
    // The first three are counted by the database as they come and go.
    let counts = "SELECT
        (SELECT COALESCE(SUM(count), 0) FROM tally WHERE kind = 'activity' AND name = 'version_update'),
        (SELECT COALESCE(SUM(count), 0) FROM tally WHERE kind = 'verification'),
        (SELECT COALESCE(SUM(count), 0) FROM tally WHERE kind = 'mirror'),
        (SELECT COUNT(*) FROM source)";
    let row = first(host.query(counts, &[])?).ok_or_else(|| Fault::new("no counts"))?;
    let of_kind = |kind: &str| activities.iter().filter(|activity| activity.kind == kind).count();
    let debug = json!({
        "counts": {
            "version_count": row.number(0)?, "verify_count": row.number(1)?,
            "plugin_count": row.number(2)?, "source_count": row.number(3)?,
        },
        "updates_length": of_kind("version_update"),
        "verifications_length": of_kind("source_verification"),
    });
    Ok(json!({"activities": activities, "debug": debug}))
}
