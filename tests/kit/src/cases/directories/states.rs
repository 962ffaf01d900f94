//! Logs that are states of one history, and logs that are not.

use super::{audit, both_orders, longer, next, recovered, recovery, second, two};
use crate::cases::publisher::{daily, genesis, log, op, root, stranger, update};
use crate::cases::rule::plc::{SEVERAL, TWO};
use crate::directories::{Asked, Case, Served};
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

pub(super) fn cases() -> Vec<Case> {
    [one_history(), histories_that_part(), logs_that_do_not_verify()].concat()
}

fn one_history() -> Vec<Case> {
    let ended = two().then(&Op::tombstone().after(&second()).sign(&daily()), Moment::hour(2));
    let pairs = [
        audit(SEVERAL, "behind", "The first directory has not seen the newest operation.", &[&log(), &two()])
            .relation("ahead")
            .newest(1, &[0]),
        audit(
            TWO,
            "recovery-unseen",
            "The first directory has not seen a recovery, and what it undid is in force there.",
            &[&two(), &recovered()],
        )
        .relation("ahead")
        .newest(1, &[0]),
        audit(SEVERAL, "end-unseen", "The first directory has not seen the tombstone.", &[&two(), &ended])
            .relation("ahead")
            .newest(1, &[0]),
    ];
    let others = [
        audit(SEVERAL, "one", "There is only one directory, and nothing to compare it with.", &[&two()])
            .newest(0, &[]),
        audit(SEVERAL, "equal", "Two directories serve the same: the first one counts.", &[&two(), &two()])
            .relation("equal")
            .newest(0, &[]),
        audit(
            TWO,
            "undone-held",
            "Both directories have the operation that was undone, and the recovery.",
            &[&recovered(), &recovered()],
        )
        .relation("equal")
        .newest(0, &[]),
        audit(
            SEVERAL,
            "three-states",
            "The oldest state first, the newest second, one between them third.",
            &[&log(), &longer(), &two()],
        )
        .newest(1, &[0, 2]),
        audit(
            SEVERAL,
            "newest-twice",
            "Two of three directories serve the newest log: the first of them counts.",
            &[&log(), &two(), &two()],
        )
        .newest(1, &[0]),
        Asked::new(
            TWO,
            "export",
            "The newest log is an export, which has times, and what was undone, as an audit log has.",
            &[Served::audit(&two()), Served::export(&recovered())],
        )
        .relation("ahead")
        .newest(1, &[0]),
    ];
    pairs.into_iter().flat_map(both_orders).chain(others).collect()
}

fn histories_that_part() -> Vec<Case> {
    let left = two();
    let right = log().then(&update(2).after(&genesis()).sign(&daily()), Moment::hour(1));
    let never_stolen = log().then(&recovery(), Moment::hour(2));
    let goes_on = |log: Log| log.then(&next(&recovery()), Moment::hour(3));
    let pairs = [
        audit(SEVERAL, "fork", "After the genesis each has an operation of its own.", &[&left, &right])
            .relation("fork")
            .disagree_at(1),
        audit(
            TWO,
            "undone-withheld",
            "The first directory leaves out an operation that was undone. Both have the same operations in force.",
            &[&never_stolen, &recovered()],
        )
        .relation("fork")
        .disagree_at(1),
        audit(
            TWO,
            "undone-withheld-and-ahead",
            "The second directory leaves out an operation that was undone, and is ahead otherwise.",
            &[&recovered(), &goes_on(never_stolen.clone())],
        )
        .relation("fork")
        .disagree_at(1),
        audit(
            TWO,
            "undone-in-one",
            "In one directory the operation was undone, in the other an operation follows on it.",
            &[&recovered(), &longer()],
        )
        .relation("fork")
        .disagree_at(2),
    ];
    let others = [
        audit(
            SEVERAL,
            "fork-beside-an-older",
            "Two histories part, and a third directory serves the state before.",
            &[&log(), &left, &right],
        )
        .disagree_at(1),
        audit(
            SEVERAL,
            "fork-outvoted",
            "Two directories agree, and a third contradicts them: there is no vote.",
            &[&left, &left, &right],
        )
        .disagree_at(1),
        audit(
            TWO,
            "undone-held-and-ahead",
            "As undone-withheld-and-ahead, with the operation that was undone: the second is ahead.",
            &[&recovered(), &goes_on(recovered())],
        )
        .relation("ahead")
        .newest(1, &[0]),
    ];
    pairs.into_iter().flat_map(both_orders).chain(others).collect()
}

fn logs_that_do_not_verify() -> Vec<Case> {
    let forged = two().then(&update(3).after(&second()).sign(&stranger()), Moment::hour(2));
    let another = Log::new(&op().also_known_as("https://another.example").sign(&root()), Moment::START);
    vec![
        audit(
            SEVERAL,
            "one-forged",
            "The second directory appends an operation that no key of the identity signed.",
            &[&two(), &forged],
        )
        .refused("plc.signature.invalid", Some(2)),
        audit(
            SEVERAL,
            "one-of-another-identity",
            "The second directory serves another identity's log.",
            &[&two(), &another],
        )
        .refused("plc.did_mismatch", Some(0)),
    ]
}
