//! Bare logs among others: they have no times, and not what was undone.

use super::{audit, both_orders, longer, next, recovered, recovery, second, two, two_at};
use crate::cases::publisher::{daily, genesis, log, op, root, spare};
use crate::cases::rule::plc::{SEVERAL, TWO};
use crate::directories::{Asked, Case, Served};
use crate::log::Log;
use crate::moment::Moment;

pub(super) fn cases() -> Vec<Case> {
    let pairs = [continued(), unknown(), what_can_undo()].concat();
    pairs.into_iter().flat_map(both_orders).chain(among_others()).collect()
}

fn pair(rule: &'static str, name: &str, about: &str, logs: [Served; 2]) -> Asked {
    Asked::new(rule, &format!("bare/{name}"), about, &logs)
}

/// The recovery, and one that follows on it.
fn recovered_and_more() -> Log {
    recovered().then(&next(&recovery()), Moment::hour(3))
}

fn continued() -> Vec<Case> {
    vec![
        pair(
            TWO,
            "behind",
            "Two bare logs, and one is longer.",
            [Served::bare(&log()), Served::bare(&two())],
        )
        .relation("ahead")
        .newest(1, &[0]),
        pair(
            SEVERAL,
            "same-head",
            "A bare log and an audit log of the same operations: the audit log counts, and nothing lags.",
            [Served::bare(&two()), Served::audit(&two())],
        )
        .relation("equal")
        .newest(1, &[]),
        pair(
            SEVERAL,
            "same-head-undone",
            "The audit log also has the operation that was undone: it counts, and nothing lags.",
            [Served::bare(&recovered()), Served::audit(&recovered())],
        )
        .relation("equal")
        .newest(1, &[]),
        pair(
            TWO,
            "before-recovery",
            "What the bare log has was in force when its head was the head. Since then it was undone.",
            [Served::bare(&two()), Served::audit(&recovered())],
        )
        .relation("ahead")
        .newest(1, &[0]),
        pair(
            TWO,
            "ahead",
            "The bare log starts with what is in force in the audit log, and goes on.",
            [Served::audit(&recovered()), Served::bare(&recovered_and_more())],
        )
        .relation("ahead")
        .newest(1, &[0]),
        pair(
            TWO,
            "undone-in-the-other",
            "The bare log goes on after an operation that is undone in the audit log.",
            [Served::audit(&recovered()), Served::bare(&longer())],
        )
        .relation("fork")
        .disagree(),
    ]
}

fn unknown() -> Vec<Case> {
    vec![
        pair(
            SEVERAL,
            "unknown",
            "Whether the operation that the bare log lacks was undone, it does not say.",
            [Served::audit(&two()), Served::bare(&recovered())],
        )
        .relation("unknown")
        .disagree(),
        pair(
            SEVERAL,
            "two-unknown",
            "Two bare logs, of which one may have undone what the other has.",
            [Served::bare(&two()), Served::bare(&recovered())],
        )
        .relation("unknown")
        .disagree(),
    ]
}

/// The bare log has another operation after the genesis than the audit log. The one can have undone the other where its signer is
/// of higher authority, and where it can have come in time.
fn what_can_undo() -> Vec<Case> {
    let by = |key| {
        log().then(&op().also_known_as("https://other.example").after(&genesis()).sign(key), Moment::hour(2))
    };
    let until = |time: Moment| two().then(&next(&second()), time);
    let window = Moment::hour(1 + 72);
    let recovered = || Served::bare(&recovered());
    vec![
        pair(
            TWO,
            "same-authority",
            "What the bare log has instead is signed by the key of what it lacks, which cannot undo it.",
            [Served::audit(&two()), Served::bare(&by(&daily()))],
        )
        .relation("fork")
        .disagree(),
        pair(
            TWO,
            "lower-authority",
            "What the bare log has instead is signed by a key of lower authority.",
            [Served::audit(&two()), Served::bare(&by(&spare()))],
        )
        .relation("fork")
        .disagree(),
        pair(
            TWO,
            "two-of-other-authority",
            "As bare/lower-authority, with two bare logs: the key of higher authority may have undone the other's operation.",
            [Served::bare(&two()), Served::bare(&by(&spare()))],
        )
        .relation("unknown")
        .disagree(),
        pair(
            TWO,
            "highest-authority",
            "Both have an operation of the root key after the genesis: nothing undoes it.",
            [Served::audit(&by(&root())), recovered()],
        )
        .relation("fork")
        .disagree(),
        pair(
            TWO,
            "exactly-72-hours",
            "The audit log ends 72 hours after the operation that the bare log lacks: it can be undone still.",
            [Served::audit(&until(window)), recovered()],
        )
        .relation("unknown")
        .disagree(),
        pair(
            TWO,
            "after-72-hours",
            "The audit log ends more than 72 hours after the operation that the bare log lacks, which can no longer be undone.",
            [Served::audit(&until(window.plus_ms(1))), recovered()],
        )
        .relation("fork")
        .disagree(),
    ]
}

fn among_others() -> Vec<Case> {
    let three = |name: &str, about: &str, logs: [Served; 3]| {
        Asked::new(SEVERAL, &format!("bare/{name}"), about, &logs)
    };
    vec![
        three(
            "known-by-another",
            "As bare/unknown, and a third directory shows the recovery.",
            [Served::audit(&two()), Served::bare(&recovered()), Served::audit(&recovered())],
        )
        .newest(2, &[0]),
        three(
            "continues-both",
            "The bare log continues two audit logs that give one operation different times.",
            [Served::audit(&two()), Served::audit(&two_at(Moment::hour(2))), Served::bare(&longer())],
        )
        .disagree_at(1),
        three(
            "continues-both-alike",
            "As bare/continues-both, with the same time: the bare log is the newest.",
            [Served::audit(&two()), Served::audit(&two()), Served::bare(&longer())],
        )
        .newest(2, &[0, 1]),
        three(
            "bare-twice",
            "Two bare logs say the same, and an audit log lags: the first bare log counts.",
            [Served::bare(&longer()), Served::bare(&longer()), Served::audit(&two())],
        )
        .newest(0, &[2]),
        audit(
            TWO,
            "bare/not-bare",
            "As bare/before-recovery, with an audit log in place of the bare one: it may be continued as well.",
            &[&two(), &recovered()],
        )
        .relation("ahead")
        .newest(1, &[0]),
    ]
}
