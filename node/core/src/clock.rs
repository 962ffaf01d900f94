//! How far the clock of the machine is believed. One that is wrong for a moment may make the node early or late, and must not make it
//! forget: what was deleted does not come back with the right time.

use crate::database::{Value, first};
use crate::fault::Fault;
use crate::host::Host;

/// A day, in seconds.
pub(crate) const DAY: u64 = 24 * 60 * 60;

/// The longest step between two looks that is none of a wrong clock, in seconds. There is an alarm every day.
const LONGEST_STEP: u64 = 2 * DAY;

/// Whether the clock, which says that it is now, has gone on for a day without a jump, forwards or back: a node that was off for
/// days waits as long, and a new one has nothing to lose.
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
