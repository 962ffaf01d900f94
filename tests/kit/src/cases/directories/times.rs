//! The times of operations that several logs have.

use super::{audit, both_orders, next, recovered, recovery, second, two, two_at};
use crate::cases::publisher::log;
use crate::cases::rule::plc::TWO;
use crate::directories::{Asked, Case};
use crate::log::Log;
use crate::moment::Moment;

const YEAR: i64 = 24 * 365;

pub(super) fn cases() -> Vec<Case> {
    other_times().into_iter().flat_map(both_orders).chain(same_instants()).collect()
}

fn pair(name: &str, about: &str, logs: [&Log; 2]) -> Asked {
    audit(TWO, name, about, &logs)
}

fn longer_from(two: Log) -> Log {
    two.then(&next(&second()), Moment::hour(3))
}

fn other_times() -> Vec<Case> {
    // Each of these logs verifies, and the lying one has the head of the honest one.
    let moved = two_at(Moment::hour(YEAR)).then(&recovery(), Moment::hour(YEAR + 1));
    let undone_earlier = two_at(Moment::hour(1).plus_ms(-1)).then(&recovery(), Moment::hour(2));
    let recovered_later = two().then(&recovery(), Moment::hour(3));
    vec![
        pair("time/other", "The newest operation has another time.", [&two(), &two_at(Moment::hour(2))])
            .relation("rewritten")
            .disagree_at(1),
        pair(
            "time/other-of-an-older",
            "An operation before the newest has another time, and one log is longer.",
            [&two_at(Moment::hour(2)), &longer_from(two())],
        )
        .relation("rewritten")
        .disagree_at(1),
        pair(
            "time/other-genesis",
            "The genesis has another time.",
            [&log(), &Log::new(&super::genesis(), Moment::START.plus_ms(1))],
        )
        .relation("rewritten")
        .disagree_at(0),
        pair(
            "time/less-than-a-millisecond",
            "The times differ by a tenth of a millisecond.",
            [&two(), &two_at(Moment::hour(1).with_digits("1"))],
        )
        .relation("rewritten")
        .disagree_at(1),
        pair(
            "time/late-recovery-moved",
            "The second directory moves an operation by a year, so that a recovery looks timely.",
            [&two(), &moved],
        )
        .relation("rewritten")
        .disagree_at(1),
        pair(
            "time/other-of-an-undone",
            "The operation that was undone has another time.",
            [&recovered(), &undone_earlier],
        )
        .relation("rewritten")
        .disagree_at(1),
        pair("time/other-of-a-recovery", "The recovery has another time.", [&recovered(), &recovered_later])
            .relation("rewritten")
            .disagree_at(2),
    ]
}

fn same_instants() -> Vec<Case> {
    vec![
        pair(
            "time/same-instant",
            "The same instant, written by a clock of another zone.",
            [&two(), &two_at(Moment::hour(1).at_offset(60))],
        )
        .relation("equal")
        .newest(0, &[]),
        pair(
            "time/more-digits",
            "The same instant, with more digits that are zero.",
            [&two(), &two_at(Moment::hour(1).with_digits("0000"))],
        )
        .relation("equal")
        .newest(0, &[]),
        pair(
            "time/same-of-an-older",
            "As time/other-of-an-older, with the same time: the first log lags.",
            [&two_at(Moment::hour(1).at_offset(-480)), &longer_from(two())],
        )
        .relation("ahead")
        .newest(1, &[0]),
    ]
}
