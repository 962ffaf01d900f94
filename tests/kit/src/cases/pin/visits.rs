//! Recoveries of an operation A that was seen in force: what a verifier can prove about when they came.

use super::{a, accepted, before_a, hour, recovered, seen, visit, with_a};
use crate::case::Case;
use crate::cases::publisher::{daily, genesis, root, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;
use crate::pin::{PinFile, Visit};

const RULE: &str = rule::plc::LATE;
const UNWITNESSED: &str = "pin.nullification.unwitnessed";
const LATE: &str = "pin.nullification_late";
const DAY_30: i64 = 30 * 24;
const YEAR: i64 = 365 * 24;

/// A is the second operation of every log.
const A: u64 = 1;

pub(super) fn cases() -> Vec<Case> {
    [table(), last_visit(), now(), first_seen(), moved(), bare(), lines()].concat()
}

fn late(name: &str, about: &str, log: &Log, pin: &PinFile, now: u64) -> Case {
    visit(name, RULE, about, log, pin, now).rejected_at(LATE, A).keeps(pin)
}

/// B, an update of A, which a recovery of A undoes with it.
fn b() -> SignedOp {
    update(3).after(&a()).sign(&daily())
}

/// The table of the rule, row by row. Hours are those after A.
fn table() -> Vec<Case> {
    let daily_visits = seen(&with_a(), (0..=30).map(|day| day * 24));
    let late_first_visit = seen(&with_a(), [YEAR]);
    let with_b = with_a().then(&b(), Moment::hour(2));
    let with_b_seen = seen(&with_b, [YEAR]);
    let rewritten = with_b
        .then(&update(2).after(&genesis()).sign(&root()), Moment::hour(YEAR + 1))
        .edit(1, |entry| entry.set("createdAt", Moment::hour(YEAR - 2).to_string()))
        .edit(2, |entry| entry.set("createdAt", Moment::hour(YEAR - 1).to_string()));
    let recovery = update(2).after(&genesis()).sign(&root());
    let longer = recovered(50).then(&update(4).after(&recovery).sign(&daily()), Moment::hour(60));
    vec![
        accepted(
            "visits/once",
            RULE,
            "One visit at 1 h; at day 30 a recovery of +50 h is there.",
            &recovered(50),
            &seen(&with_a(), [1]),
            hour(DAY_30),
            &[UNWITNESSED],
        ),
        accepted(
            "visits/twice",
            RULE,
            "Visits at 0 h and 48 h; at 96 h a recovery of +70 h is there.",
            &recovered(70),
            &seen(&with_a(), [0, 48]),
            hour(96),
            &[],
        ),
        late(
            "visits/every-day",
            "A visit every day until day 30, and an hour later a recovery \"of +50 h\".",
            &recovered(50),
            &daily_visits,
            hour(DAY_30 + 1),
        ),
        late(
            "visits/a-year-later",
            "The first visit a year after A, and an hour later a recovery backdated to A + 1 h.",
            &recovered(1),
            &late_first_visit,
            hour(YEAR + 1),
        ),
        late(
            "visits/a-year-later-rewritten",
            "The same, with createdAt of A and B rewritten too: the createdAt of A as first served counts.",
            &rewritten,
            &with_b_seen,
            hour(YEAR + 1),
        ),
        accepted(
            "visits/before-and-after",
            RULE,
            "The first visit before A, the second after A and its recovery: A was never seen in force.",
            &recovered(50),
            &PinFile::first(&Visit::audit(&before_a(), hour(-1))),
            hour(YEAR),
            &[],
        ),
        accepted(
            "visits/recovery-known",
            RULE,
            "The recovery was seen a year ago.",
            &recovered(50),
            &seen(&recovered(50), [51]),
            hour(YEAR),
            &[],
        ),
        accepted(
            "visits/recovery-known-and-longer",
            RULE,
            "The recovery was seen in time, and again long after; now an operation was added to the log.",
            &longer,
            &seen(&recovered(50), [51, YEAR]),
            hour(YEAR + 1),
            &[],
        ),
    ]
}

/// The last visit that saw A in force, around 96 hours after A.
fn last_visit() -> Vec<Case> {
    let pin = |last_visit: u64| seen(&with_a(), [0]).last_visit(last_visit);
    vec![
        accepted(
            "visits/last-at-96-hours",
            RULE,
            "The last visit was exactly 96 hours after A.",
            &recovered(70),
            &pin(hour(96)),
            hour(97),
            &[UNWITNESSED],
        ),
        late(
            "visits/last-after-96-hours",
            "The last visit was 96 hours and one second after A.",
            &recovered(70),
            &pin(hour(96) + 1),
            hour(97),
        ),
    ]
}

/// This visit, around 96 hours after A.
fn now() -> Vec<Case> {
    let pin = seen(&with_a(), [0, 48]);
    let at = |name: &str, about: &str, now: u64, warnings: &[&'static str]| {
        accepted(name, RULE, about, &recovered(70), &pin, now, warnings)
    };
    vec![
        at("visits/now-at-96-hours", "This visit is exactly 96 hours after A.", hour(96), &[]),
        at(
            "visits/now-after-96-hours",
            "This visit is 96 hours and one second after A.",
            hour(96) + 1,
            &[UNWITNESSED],
        ),
    ]
}

/// The earlier of createdAt and first seen counts.
fn first_seen() -> Vec<Case> {
    // The directory dates A 500 hours ahead of when it serves it.
    let future = before_a().then(&a(), Moment::hour(500));
    let future_recovered = future.clone().then(&update(2).after(&genesis()).sign(&root()), Moment::hour(510));
    let pin = |last_visit: u64| seen(&future, [10]).last_visit(last_visit);
    let unclear = seen(&with_a(), [50]).last_visit(hour(96) + 1);
    vec![
        accepted(
            "visits/seen-before-created-at-96-hours",
            RULE,
            "A is dated long after it was first seen; the last visit was exactly 96 hours after that.",
            &future_recovered,
            &pin(hour(106)),
            hour(107),
            &[UNWITNESSED],
        ),
        late(
            "visits/seen-before-created-after-96-hours",
            "A is dated long after it was first seen; the last visit was 96 hours and one second after that.",
            &future_recovered,
            &pin(hour(106) + 1),
            hour(107),
        ),
        late(
            "visits/seen-after-created",
            "A was first seen 50 hours after its createdAt, which is what counts.",
            &recovered(70),
            &unclear,
            hour(97),
        ),
    ]
}

/// A directory moves A, so that a recovery is in time that was too late for A as it was first served.
fn moved() -> Vec<Case> {
    let recovery = update(2).after(&genesis()).sign(&root());
    let with = |a: Moment, recovered: Moment| before_a().then(&self::a(), a).then(&recovery, recovered);
    let to = |recovered: Moment| with(Moment::hour(18), recovered);
    let pin = seen(&with_a(), [1]);
    // A's time has a fraction, which a pin has not.
    let fraction = Moment::hour(0).plus_ms(999);
    let seen_fraction = seen(&before_a().then(&a(), fraction), [1]);
    let bare = PinFile::first(&Visit::bare(&with_a(), hour(1)));
    let b_seen = seen(&with_a().then(&b(), Moment::hour(2)), [3]);
    let both = before_a()
        .then(&a(), Moment::hour(18))
        .then(&b(), Moment::hour(19))
        .then(&recovery, Moment::hour(74));
    vec![
        late(
            "visits/moved",
            "A is now dated 18 hours later, and undone 89 hours after its first time: in time of the one, too late of the other.",
            &to(Moment::hour(89)),
            &pin,
            hour(90),
        ),
        late(
            "visits/moved-by-a-second",
            "A is dated later, and the recovery is 72 hours and one second after its first time.",
            &to(Moment::hour(72).plus_ms(1000)),
            &pin,
            hour(73),
        ),
        accepted(
            "visits/moved-in-time",
            RULE,
            "A is dated later, and the recovery is exactly 72 hours after its first time.",
            &to(Moment::hour(72)),
            &pin,
            hour(73),
            &[],
        ),
        accepted(
            "visits/moved-within-a-second",
            RULE,
            "A is dated later, and the recovery less than a second too late for its first time: a pin has whole seconds.",
            &to(Moment::hour(72).plus_ms(999)),
            &pin,
            hour(73),
            &[],
        ),
        accepted(
            "visits/fraction-at-72-hours",
            RULE,
            "A and its recovery have fractions of a second, and are exactly 72 hours apart: an honest log.",
            &with(fraction, Moment::hour(72).plus_ms(999)),
            &seen_fraction,
            hour(73),
            &[],
        ),
        accepted(
            "visits/moved-unknown",
            RULE,
            "The same as the first of these, but A was seen in a bare log, which did not say when it was.",
            &to(Moment::hour(89)),
            &bare,
            hour(90),
            &[],
        ),
        late(
            "visits/moved-line",
            "A and B, which follows it, are moved. The recovery is in time of B as first served, and too late of A.",
            &both,
            &b_seen,
            hour(75),
        ),
    ]
}

/// Bare logs say no times, and their visits count like others.
fn bare() -> Vec<Case> {
    let bare = |hours: &[i64]| {
        let log = with_a();
        let first = PinFile::first(&Visit::bare(&log, hour(hours[0])));
        hours[1..].iter().fold(first, |pin, at| pin.next(&Visit::bare(&log, hour(*at))))
    };
    let audit_then_bare = seen(&with_a(), [1]).next(&Visit::bare(&with_a(), hour(200)));
    vec![
        late(
            "visits/bare-often",
            "A was seen in bare logs until day 30: first seen counts, there is no createdAt.",
            &recovered(50),
            &bare(&[1, 24, DAY_30]),
            hour(DAY_30 + 1),
        ),
        accepted(
            "visits/bare-once",
            RULE,
            "A was seen in one bare log; at day 30 a recovery of +50 h is there.",
            &recovered(50),
            &bare(&[1]),
            hour(DAY_30),
            &[UNWITNESSED],
        ),
        accepted(
            "visits/bare-a-year-later",
            RULE,
            "A was first seen a year after its createdAt, in a bare log, which did not say so.",
            &recovered(1),
            &bare(&[YEAR]),
            hour(YEAR + 1),
            &[],
        ),
        late(
            "visits/audit-then-bare",
            "A was seen in an audit log, and then in a bare log 200 hours after its createdAt.",
            &recovered(50),
            &audit_then_bare,
            hour(201),
        ),
    ]
}

/// A recovery undoes a whole line: every operation of it that was seen in force is judged.
fn lines() -> Vec<Case> {
    let log = with_a().then(&b(), Moment::hour(60));
    let undone = |log: &Log| log.clone().then(&update(2).after(&genesis()).sign(&root()), Moment::hour(72));
    let of_b = log.clone().then(&update(2).after(&a()).sign(&root()), Moment::hour(72));
    let pin = seen(&log, [61, 100]);
    vec![
        late(
            "visits/line",
            "The last visit was less than 96 hours after B, but more after A.",
            &undone(&log),
            &pin,
            hour(101),
        ),
        accepted(
            "visits/end-of-line",
            RULE,
            "Only B is undone, which is not that old; A stays.",
            &of_b,
            &pin,
            hour(101),
            &[],
        ),
        accepted(
            "visits/line-unwitnessed",
            RULE,
            "A and B are undone, and no visit was between: one warning.",
            &undone(&log),
            &seen(&log, [61]),
            hour(DAY_30),
            &[UNWITNESSED],
        ),
    ]
}
