//! The pin that a visit leaves.

use super::{a, before_a, hour, recovered, seen, visit, with_a};
use crate::case::{Case, log_facts};
use crate::cases::publisher::{daily, genesis, root, spare, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use crate::pin::{PinFile, Visit};

const RULE: &str = rule::plc::PINS;
const BARE: &str = "plc.log.bare";

pub(super) fn cases() -> Vec<Case> {
    [first_visits(), times(), later_visits(), none()].concat()
}

fn first(name: &str, about: &str, log: &Log) -> Case {
    Case::plc(format!("pin/kept/{name}")).rule(RULE).about(about).log(log).flag("remember").now(hour(3))
}

fn first_visits() -> Vec<Case> {
    let audit = |name: &str, about: &str, log: &Log| {
        first(name, about, log).verified_as(log, &[]).keeps(&PinFile::first(&Visit::audit(log, hour(3))))
    };
    let bare_facts =
        log_facts(&recovered(1)).with("nullified", Json::Array(Vec::new())).with("operations", 2);
    let tombstone = before_a().then(&Op::tombstone().after(&genesis()).sign(&root()), Moment::hour(0));
    let create = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&daily());
    let legacy =
        Log::new(&create, Moment::hour(-1)).then(&update(1).after(&create).sign(&root()), Moment::hour(0));
    let long = (2..12).fold((with_a(), a()), |(log, last), number| {
        let next = update(number).after(&last).sign(&spare());
        (log.then(&next, Moment::hour(0).plus_ms(i64::from(number))), next)
    });
    vec![
        audit("first", "A first visit that asks for a pin.", &with_a()),
        audit("first-recovered", "A nullified operation is remembered as such.", &recovered(1)),
        audit("first-tombstone", "The head is a tombstone.", &tombstone),
        audit("first-legacy", "The signers of a legacy genesis are recoveryKey 0 and signingKey 1.", &legacy),
        audit("first-long", "Twelve operations by keys at three places.", &long.0),
        first("first-bare", "A bare log: no createdAt, and no nullified operations.", &recovered(1))
            .log_text(recovered(1).did(), recovered(1).bare().pretty())
            .verified(bare_facts, &[BARE])
            .keeps(&PinFile::first(&Visit::bare(&recovered(1), hour(3)))),
    ]
}

/// `createdAt` in whole seconds since 1970.
fn times() -> Vec<Case> {
    let at = |name: &str, about: &str, genesis_at: &str| {
        let log = Log::new(&genesis(), genesis_at);
        first(name, about, &log).verified_as(&log, &[]).keeps(&PinFile::first(&Visit::audit(&log, hour(3))))
    };
    vec![
        at("fraction", "A fraction of a second is rounded down.", "2026-01-01T00:00:00.999999Z"),
        at("offset", "The clock of the directory is behind UTC.", "2025-12-31T16:00:00.5-08:00"),
        at("leap-day", "A leap day.", "2024-02-29T23:59:59+05:30"),
        at("after-leap-day", "The day after.", "2024-03-01T00:00:00Z"),
        at("start-of-1970", "The first second of 1970.", "1970-01-01T00:00:00.000Z"),
        at("before-1970", "The last second of 1969 counts as 0.", "1969-12-31T23:59:59.999Z"),
        at("before-1970-by-offset", "1970 where the directory is, 1969 in UTC.", "1970-01-01T00:30:00+01:00"),
        at("year-10", "The earliest year counts as 0.", "0010-01-01T00:00:00Z"),
        at("year-9999", "The last year.", "9999-12-31T23:59:59Z"),
    ]
}

fn later_visits() -> Vec<Case> {
    let audit = |name: &str, about: &str, log: &Log, pin: &PinFile| {
        visit(&format!("kept/{name}"), RULE, about, log, pin, hour(9))
            .verified_as(log, &[])
            .keeps(&pin.next(&Visit::audit(log, hour(9))))
    };
    let bare = |name: &str, about: &str, log: &Log, pin: &PinFile| {
        let facts = log_facts(log).with("nullified", Json::Array(Vec::new()));
        visit(&format!("kept/{name}"), RULE, about, log, pin, hour(9))
            .log_text(log.did(), log.bare().pretty())
            .verified(facts.with("operations", log.chain().len() as u64), &[BARE])
            .keeps(&pin.next(&Visit::bare(log, hour(9))))
    };
    let from_bare = PinFile::first(&Visit::bare(&with_a(), hour(3)));
    let nullified_left_out = seen(&recovered(1), [2]).next(&Visit::bare(&recovered(1), hour(3)));
    let redated = with_a().edit(1, |entry| entry.set("createdAt", Moment::hour(0).plus_ms(1000).to_string()));
    vec![
        audit(
            "first-seen-stays",
            "What is known keeps when it was first seen; what is new is first seen now.",
            &recovered(1),
            &seen(&with_a(), [2]),
        ),
        audit(
            "created-at-stays",
            "createdAt is rewritten: what was first served is kept.",
            &redated,
            &seen(&with_a(), [2]),
        ),
        audit(
            "created-at-filled-in",
            "A was first seen in a bare log; the first audit log says when.",
            &with_a(),
            &from_bare,
        ),
        audit(
            "created-at-filled-in-once",
            "A later audit log says something else: the first one counts.",
            &redated,
            &from_bare.next(&Visit::audit(&with_a(), hour(4))),
        ),
        bare(
            "bare-keeps-created-at",
            "A bare log takes no createdAt away.",
            &with_a(),
            &seen(&with_a(), [2]),
        ),
        bare(
            "bare-again",
            "A bare log twice: what the audit log had nullified is kept.",
            &recovered(1),
            &nullified_left_out,
        ),
        audit(
            "audit-after-bare",
            "An audit log after a bare one: the nullified operation is in its place again.",
            &recovered(1),
            &nullified_left_out,
        ),
        audit("releases-stay", "What is known of releases is kept.", &with_a(), &{
            seen(&with_a(), [2]).release("1.0", b"one").release("trunk", b"two").release("1.0", b"three")
        }),
    ]
}

/// Without a pin, and without asking for one, there is none.
fn none() -> Vec<Case> {
    let case = |name: &str, about: &str| {
        Case::plc(format!("pin/kept/{name}"))
            .rule(RULE)
            .about(about)
            .log(&with_a())
            .verified_as(&with_a(), &[])
    };
    vec![
        case("not-asked", "Nothing is asked for.").keeps_nothing(),
        case("clock-only", "There is a clock, and nothing is asked for.").now(hour(3)).keeps_nothing(),
    ]
}
