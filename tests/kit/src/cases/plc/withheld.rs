//! What a directory can do that no log shows by itself: these verify, and only a verifier that remembers sees more.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, root, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::Moment;

const RULE: &str = rule::plc::PINS;

pub(super) fn cases() -> Vec<Case> {
    let first = genesis();
    let attack = update(1).after(&first).sign(&daily());
    let recovery = update(2).after(&first).sign(&root());
    let next = update(3).after(&recovery).sign(&daily());
    let start = || Log::new(&first, Moment::START);

    let newest = start().then(&recovery, Moment::hour(2));
    let recovery_withheld = start().then(&attack, Moment::hour(1));
    let nullified = newest.clone().then(&next, Moment::hour(3));
    // The same operations dated truthfully, a year apart, are refused: `plc/recovery-window/a-year-late`.
    let backdated = start().then(&attack, Moment::hour(1)).then(&recovery, Moment::hour(73));

    let case = |name: &str, about: &str, log: &Log| {
        Case::plc(format!("plc/withheld/{name}"))
            .rule(RULE)
            .about(about)
            .log(log)
            .verified_with_state(log, &[])
    };
    vec![
        case("newest", "The operations after this one are withheld: what is left is a whole log.", &newest),
        case("recovery", "A recovery is withheld: what it nullified is the head.", &recovery_withheld),
        case("nullified", "A nullified operation is withheld: nothing in the others names it.", &nullified),
        case(
            "backdated",
            "A recovery a year later is dated within the 72 hours: times are unsigned.",
            &backdated,
        ),
    ]
}
