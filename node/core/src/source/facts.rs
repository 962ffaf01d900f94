//! What is on record about a source.

use super::key_history::earlier_keys;
use super::registered::did_key;
use crate::activity::seconds;
use crate::clock;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use serde::{Deserialize, Serialize};

/// The time that counts for shares of checks: 30 days, in seconds.
const WINDOW: u64 = 30 * clock::DAY;

/// Counts of what happened with a source. The windowed ones are of the last 30 days.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
// Those that an older program has kept are 0 until the next visit counts them.
#[serde(default)]
pub(crate) struct Facts {
    pub(crate) checks: u64,
    pub(crate) successes: u64,
    pub(crate) ups: u64,
    /// In milliseconds, over the checks that found it up.
    pub(crate) response_ms: Option<u64>,
    /// Plugins whose signatures verified, and those that were refused, in the last 30 days.
    pub(crate) signed: u64,
    pub(crate) signature_failures: u64,
    pub(crate) equivocations: u64,
    pub(crate) subscribers: u64,
    pub(crate) mirrors: u64,
    pub(crate) all_successes: u64,
    /// A version of it is signed by a key that it gave up, and that was seen to sign anything.
    pub(crate) has_oracle_versions: bool,
}

/// What is on record about a source.
pub(crate) fn facts(host: &impl Host, source_id: &str) -> Result<Facts, Fault> {
    let statement = "SELECT
        (SELECT COUNT(*) FROM verification WHERE source_id = ?1 AND verified_at > ?2 AND verified_at <= ?3),
        (SELECT COUNT(*) FROM verification WHERE source_id = ?1 AND verified_at > ?2 AND verified_at <= ?3 AND result = 'success'),
        (SELECT COUNT(*) FROM verification WHERE source_id = ?1 AND verified_at > ?2 AND verified_at <= ?3 AND is_up = 1),
        (SELECT CAST(AVG(response_ms) AS INTEGER) FROM verification
            WHERE source_id = ?1 AND verified_at > ?2 AND verified_at <= ?3 AND is_up = 1),
        (SELECT COUNT(*) FROM mirror WHERE source_id = ?1 AND checked_at > ?2 AND checked_at <= ?3),
        (SELECT COUNT(*) FROM activity WHERE source_id = ?1 AND type = 'signature_failure' AND at > ?2 AND at <= ?3),
        (SELECT COUNT(*) FROM proven_equivocation WHERE source_id = ?1),
        (SELECT COUNT(*) FROM subscription WHERE source_id = ?1),
        (SELECT COUNT(*) FROM mirror WHERE source_id = ?1),
        (SELECT COUNT(*) FROM verification WHERE source_id = ?1 AND result = 'success')";
    let now = seconds(host);
    let values = [Value::from(source_id), Value::from(now.saturating_sub(WINDOW)), Value::from(now)];
    let rows = host.query(statement, &values)?;
    let row = first(rows).ok_or_else(|| Fault::new("no counts"))?;
    Ok(Facts {
        checks: row.number(0)?,
        successes: row.number(1)?,
        ups: row.number(2)?,
        response_ms: row.optional_number(3)?,
        signed: row.number(4)?,
        signature_failures: row.number(5)?,
        equivocations: row.number(6)?,
        subscribers: row.number(7)?,
        mirrors: row.number(8)?,
        all_successes: row.number(9)?,
        has_oracle_versions: has_oracle_versions(host, source_id)?,
    })
}

fn has_oracle_versions(host: &impl Host, source_id: &str) -> Result<bool, Fault> {
    let earlier = earlier_keys(host, &[source_id].into())?.remove(source_id).unwrap_or_default();
    let is_oracle = |key: String| earlier.iter().any(|earlier| earlier.was_oracle && earlier.did_key == key);
    // Most sources have none, and need not look at their versions.
    if !earlier.iter().any(|key| key.was_oracle) {
        return Ok(false);
    }
    let statement = "SELECT DISTINCT public_key FROM mirror WHERE source_id = ?";
    for row in host.query(statement, &[Value::from(source_id)])? {
        if did_key(&row.text(0)?).is_some_and(is_oracle) {
            return Ok(true);
        }
    }
    Ok(false)
}
