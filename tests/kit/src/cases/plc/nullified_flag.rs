//! The directory's word about what is nullified.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, root, three, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;

const RULE: &str = rule::plc::FLAGS;
const FLAG: &str = "plc.nullified_flag";

pub(super) fn cases() -> Vec<Case> {
    let flag = |value: bool| move |entry: &mut Json| entry.set("nullified", value);
    let case = |name: &str, about: &str, log: &Log, at| {
        Case::plc(format!("plc/nullified-flag/{name}"))
            .rule(RULE)
            .about(format!("{about}; the operations are right."))
            .log(log)
            .rejected_at(FLAG, at)
    };
    vec![
        case("missing", "A nullified operation is served as valid", &recovered().edit(1, flag(false)), 1),
        case("head-nullified", "The head is served as nullified", &three().edit(2, flag(true)), 2),
        case(
            "middle-nullified",
            "An operation that others follow is served as nullified",
            &three().edit(1, flag(true)),
            1,
        ),
        case("genesis-nullified", "The genesis is served as nullified", &three().edit(0, flag(true)), 0),
        case(
            "swapped",
            "The recovery is served as nullified, and what it nullified as valid",
            &recovered().edit(1, flag(false)).edit(2, flag(true)),
            1,
        ),
        case(
            "part-of-a-line",
            "Of two operations that one recovery nullified, the second is served as valid",
            &line().edit(2, flag(false)),
            2,
        ),
    ]
}

fn recovered() -> Log {
    let first = genesis();
    Log::new(&first, Moment::START)
        .then(&update(1).after(&first).sign(&daily()), Moment::hour(1))
        .then(&update(2).after(&first).sign(&root()), Moment::hour(2))
}

fn line() -> Log {
    let first = genesis();
    let child = update(1).after(&first).sign(&daily());
    Log::new(&first, Moment::START)
        .then(&child, Moment::hour(1))
        .then(&update(2).after(&child).sign(&daily()), Moment::hour(2))
        .then(&update(3).after(&first).sign(&root()), Moment::hour(3))
}
