//! When a source is checked next.

use super::registered::{Source, Status};
use super::registry::find;
use crate::activity::seconds;
use crate::clock;
use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;
use crate::schedule::BUSY_SECONDS;
use crate::settings::Settings;

/// The longest that a check is put off because others failed, in seconds.
const LONGEST_PAUSE: u64 = clock::DAY;

/// How long until the next check, in seconds: `usual`, and twice as long after each failure, up to a day.
pub(super) fn pause(usual: u64, failures: u64) -> u64 {
    let doublings = u32::try_from(failures.saturating_sub(1).min(16)).unwrap_or_default();
    usual.saturating_mul(2_u64.saturating_pow(doublings)).min(LONGEST_PAUSE.max(usual))
}

/// How many seconds a source whose last check verified it has until the next one; `None` if that is due.
pub(crate) fn until_check(host: &impl Host, settings: &Settings, source: &Source) -> Option<u64> {
    let now = seconds(host);
    // A check that is later than now was dated by a wrong clock, and does not count.
    let verified = source.last_verified.filter(|at| *at <= now && source.status == Status::Verified)?;
    let next = verified.saturating_add(pause(settings.limits.check_seconds, source.failures));
    Some(next.saturating_sub(now)).filter(|left| *left > 0)
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

/// Puts the next check of a source off by this many seconds from now.
pub(crate) fn postpone(host: &impl Host, id: &str, by: u64) -> Result<(), Fault> {
    let at = seconds(host).saturating_add(by);
    host.query("UPDATE source SET next_check = ? WHERE id = ?", &[Value::from(at), Value::from(id)]).map(drop)
}

/// Brings back checks that are further off than the pause after their failures: the clock was wrong when they were put off.
pub(crate) fn recall(host: &impl Host, usual: u64) -> Result<(), Fault> {
    // Where this machine failed, a check is put off for that long, however often sources are checked.
    let usual = usual.max(BUSY_SECONDS);
    let values = [seconds(host), usual, usual.max(LONGEST_PAUSE)].map(Value::from);
    // The third value is the longest pause, and the pause that of `pause`. The first condition is for the index.
    host.query(
        "UPDATE source SET next_check = ?1 + MIN(?2 * (1 << MIN(MAX(failures - 1, 0), 16)), ?3)
         WHERE next_check > ?1 + ?2 AND next_check > ?1 + MIN(?2 * (1 << MIN(MAX(failures - 1, 0), 16)), ?3)",
        &values,
    )
    .map(drop)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn checks_are_put_off_up_to_a_day() {
        assert_eq!(
            [0, 1, 2, 3, 9, u64::MAX].map(|failures| pause(3600, failures)),
            [3600, 3600, 7200, 14400, LONGEST_PAUSE, LONGEST_PAUSE]
        );
        assert_eq!(pause(0, 5), 0);
        assert_eq!(pause(2 * LONGEST_PAUSE, 5), 2 * LONGEST_PAUSE);
    }
}
