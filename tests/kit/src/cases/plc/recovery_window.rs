//! The 72 hours of a recovery.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, root, spare, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::{HOUR, Moment};

const RULE: &str = rule::plc::RECOVERY;
const LATE: &str = "plc.nullification.late";

/// When the contested operation was accepted.
const CHILD: i64 = 1;

pub(super) fn cases() -> Vec<Case> {
    [around_72_hours(), measured_from()].concat()
}

/// A genesis, an update by the daily key, and a recovery by the root key.
fn recovered(child_at: impl Into<String>, recovery_at: impl Into<String>) -> Log {
    let first = genesis();
    let child = update(1).after(&first).sign(&daily());
    let recovery = update(2).after(&first).sign(&root());
    Log::new(&first, Moment::START).then(&child, child_at).then(&recovery, recovery_at)
}

fn around_72_hours() -> Vec<Case> {
    let child = Moment::hour(CHILD);
    let limit = child.plus_hours(72);
    let within = [
        ("one-millisecond-later", child.plus_ms(1).to_string(), "One millisecond after the operation"),
        ("one-millisecond-left", limit.plus_ms(-1).to_string(), "71:59:59.999 after the operation"),
        ("exactly-72-hours", limit.to_string(), "Exactly 72 hours after the operation"),
        (
            "exactly-72-hours-digits",
            limit.with_digits("000000"),
            "Exactly 72 hours after it, with nine digits of fraction",
        ),
    ];
    let late = [
        (
            "one-millisecond-late",
            limit.plus_ms(1).to_string(),
            "72 hours and one millisecond after the operation",
        ),
        (
            "one-microsecond-late",
            limit.with_digits("001"),
            "72 hours and one microsecond after the operation",
        ),
        (
            "one-nanosecond-late",
            limit.with_digits("000001"),
            "72 hours and one nanosecond after the operation",
        ),
        (
            "one-digit-of-ten-thousand-late",
            limit.with_digits(&format!("{}1", "0".repeat(10_000))),
            "Later than 72 hours by the last of ten thousand digits",
        ),
        ("a-year-late", limit.plus_ms(365 * 24 * HOUR).to_string(), "A year after the operation"),
        (
            "late-but-earlier-text",
            limit.plus_ms(HOUR).at_offset(-720),
            "73 hours after it, by a clock twelve hours behind",
        ),
    ];
    let mut cases = vec![offsets_within(), offsets_late()];
    for (name, at, about) in within {
        let log = recovered(child, at);
        cases.push(
            Case::plc(format!("plc/recovery-window/{name}"))
                .rule(RULE)
                .about(format!("{about}, and by a higher key."))
                .log(&log)
                .verified_as(&log, &[]),
        );
    }
    for (name, at, about) in late {
        cases.push(
            Case::plc(format!("plc/recovery-window/{name}"))
                .rule(RULE)
                .about(format!("{about}; key, flags and order are right."))
                .log(&recovered(child, at))
                .rejected_at(LATE, 2),
        );
    }
    cases
}

/// The strings are more than 72 hours apart, the instants are not.
fn offsets_within() -> Case {
    let child = Moment::hour(CHILD);
    let log = recovered(child.at_offset(-480), child.plus_hours(72).at_offset(330));
    Case::plc("plc/recovery-window/exactly-72-hours-by-offsets")
        .rule(RULE)
        .about("Exactly 72 hours, by clocks 13 and a half hours apart.")
        .log(&log)
        .verified_as(&log, &[])
}

/// The strings are less than 72 hours apart, the instants are not.
fn offsets_late() -> Case {
    let child = Moment::hour(CHILD);
    let log = recovered(child.at_offset(330), child.plus_hours(72).plus_ms(1).at_offset(-480));
    Case::plc("plc/recovery-window/one-millisecond-late-by-offsets")
        .rule(RULE)
        .about("72 hours and one millisecond, by clocks that make it look like 58 and a half.")
        .log(&log)
        .rejected_at(LATE, 2)
}

/// From which operation the time is measured.
fn measured_from() -> Vec<Case> {
    let first = genesis();
    let child = update(1).after(&first).sign(&daily());
    let grandchild = update(2).after(&child).sign(&daily());
    let recovery = update(3).after(&first).sign(&root());
    let line = |recovery_at: Moment| {
        Log::new(&first, Moment::START)
            .then(&child, Moment::hour(CHILD))
            .then(&grandchild, Moment::hour(CHILD + 71))
            .then(&recovery, recovery_at)
    };
    let within = line(Moment::hour(CHILD + 72));
    let old_prev = Log::new(&first, "2020-01-01T00:00:00.000Z")
        .then(&child, Moment::hour(CHILD))
        .then(&recovery, Moment::hour(CHILD + 1));
    let mut cases = vec![
        Case::plc("plc/recovery-window/of-a-line")
            .rule(RULE)
            .about("Exactly 72 hours after the child, one after the grandchild: both are nullified.")
            .log(&within)
            .verified_as(&within, &[]),
        Case::plc("plc/recovery-window/of-a-line-late")
            .rule(RULE)
            .about("An hour after the grandchild, but a millisecond too late for the child: that is what counts.")
            .log(&line(Moment::hour(CHILD + 72).plus_ms(1)))
            .rejected_at(LATE, 3),
        Case::plc("plc/recovery-window/old-prev")
            .rule(RULE)
            .about("The prev is years old; only the age of its child counts.")
            .log(&old_prev)
            .verified_as(&old_prev, &[]),
    ];
    cases.extend(second_recovery());
    cases
}

/// A second recovery at the same prev has 72 hours from the first.
fn second_recovery() -> [Case; 2] {
    let first = genesis();
    let child = update(1).after(&first).sign(&spare());
    let recovery = update(2).after(&first).sign(&daily());
    let second = update(3).after(&first).sign(&root());
    let log = |second_at: Moment| {
        Log::new(&first, Moment::START)
            .then(&child, Moment::hour(CHILD))
            .then(&recovery, Moment::hour(CHILD + 70))
            .then(&second, second_at)
    };
    let within = log(Moment::hour(CHILD + 142));
    [
        Case::plc("plc/recovery-window/second-recovery")
            .rule(RULE)
            .about(
                "Exactly 72 hours after the first recovery, and 142 after the operation that it nullified.",
            )
            .log(&within)
            .verified_as(&within, &[]),
        Case::plc("plc/recovery-window/second-recovery-late")
            .rule(RULE)
            .about("A millisecond more than 72 hours after the first recovery.")
            .log(&log(Moment::hour(CHILD + 142).plus_ms(1)))
            .rejected_at(LATE, 3),
    ]
}
