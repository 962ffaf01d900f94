//! Clocks that are wrong for a while.

use super::{accepted, hour, recovered, seen, visit, with_a};
use crate::case::Case;
use crate::cases::rule;
use crate::pin::{PinFile, Visit};

const TEN_YEARS: i64 = 10 * 365 * 24;

/// 9999-12-31T23:59:59Z.
const LATEST: u64 = 253_402_300_799;

pub(super) fn cases() -> Vec<Case> {
    let pin = seen(&with_a(), [1]);
    let wrong_once = seen(&with_a(), [1, TEN_YEARS]);
    let healed = wrong_once.next(&Visit::audit(&with_a(), hour(2)));
    let wrong_at_first = seen(&with_a(), [TEN_YEARS]);
    let wrong_bare =
        PinFile::first(&Visit::bare(&with_a(), hour(TEN_YEARS))).next(&Visit::bare(&with_a(), hour(3)));
    vec![
        accepted("clock/set-back", rule::plc::LATE, "The clock says 1970 now.", &recovered(1), &pin, 0, &[]),
        accepted("clock/year-9999", rule::plc::PINS, "The latest clock.", &with_a(), &pin, LATEST, &[]),
        visit("clock/year-10000", rule::plc::PINS, "A clock a second later.", &with_a(), &pin, LATEST + 1)
            .undetermined("api.argument")
            .fact("pin", ()),
        accepted(
            "clock/healed",
            rule::plc::PINS,
            "The last visit was by a clock ten years ahead. This one sets lastVisit back.",
            &with_a(),
            &wrong_once,
            hour(2),
            &[],
        ),
        accepted(
            "clock/recovered-after-healing",
            rule::plc::LATE,
            "A visit by a clock ten years ahead, one by the right clock, then a recovery.",
            &recovered(2),
            &healed,
            hour(3),
            &[],
        ),
        visit(
            "clock/recovered-before-healing",
            rule::plc::LATE,
            "The last visit was by a clock ten years ahead, which counts until another visit.",
            &recovered(2),
            &wrong_once,
            hour(3),
        )
        .rejected_at("pin.nullification_late", 1)
        .keeps(&wrong_once),
        accepted(
            "clock/wrong-at-first-visit",
            rule::plc::PINS,
            "The first visit was by a clock ten years ahead: when A was first seen is not changed any more.",
            &with_a(),
            &wrong_at_first,
            hour(2),
            &[],
        ),
        accepted(
            "clock/first-seen-in-the-future",
            rule::plc::LATE,
            "A was first seen ten years from now, in a bare log, and undone since.",
            &recovered(2),
            &wrong_bare,
            hour(4),
            &[],
        ),
        accepted(
            "clock/start-of-1970",
            rule::plc::PINS,
            "The clock has stood at 0 since the first visit.",
            &with_a(),
            &PinFile::first(&Visit::audit(&with_a(), 0)),
            0,
            &[],
        ),
    ]
}
