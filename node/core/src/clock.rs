//! How far the machine's clock is believed. A clock that is wrong for a moment may make the node early or late, but must not make it
//! forget: what was deleted does not come back when the time is right again.

use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;

/// A day, in seconds.
pub(crate) const DAY: u64 = 24 * 60 * 60;

/// The longest time between two looks at a clock that is right, in seconds: there is an alarm every day.
const LONGEST_STEP: u64 = 2 * DAY;

/// Whether the clock, which says `now` (in seconds since 1970), has gone on for a day without a jump, forwards or back. A node that
/// was off for days waits a day, too; a new one has nothing to lose.
pub(crate) fn is_steady(host: &impl Host, now: u64) -> Result<bool, Fault> {
    let Some(row) = first(host.query("SELECT last, since FROM clock", &[])?) else {
        host.query("INSERT INTO clock (last, since) VALUES (?, 0)", &[Value::from(now)])?;
        return Ok(true);
    };
    let (last, since) = (row.number(0)?, row.number(1)?);
    let since = if now.abs_diff(last) > LONGEST_STEP { now } else { since };
    host.query("UPDATE clock SET last = ?, since = ?", &[Value::from(now), Value::from(since)])?;
    Ok(now.saturating_sub(since) >= DAY)
}
