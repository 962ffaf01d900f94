//! Every operation is later than the head before it.

use crate::case::{Case, log_facts};
use crate::cases::publisher::{daily, genesis, root, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::{HOUR, Moment};

const RULE: &str = rule::plc::CHAIN;
const INSTANTS: &str = rule::plc::TIMESTAMPS;

pub(super) fn cases() -> Vec<Case> {
    let many = "0".repeat(10_000);
    let mut cases = vec![behind_the_head(), after_a_recovery()];
    let start = Moment::START;
    let later = [
        ("one-millisecond", start.plus_ms(1).to_string(), "One millisecond later"),
        ("one-nanosecond", start.with_digits("000001"), "One nanosecond later"),
        (
            "one-attosecond",
            start.with_digits("000000000000001"),
            "One attosecond later, in 18 digits of fraction",
        ),
        (
            "earlier-text",
            start.plus_ms(HOUR).at_offset(-300),
            "An hour later, though the string sorts before the genesis's",
        ),
        ("more-digits", start.with_digits("1"), "A tenth of a millisecond later, in four digits"),
        (
            "ten-thousand-digits",
            start.with_digits(&many.replacen('0', "1", 1)),
            "Later by a digit of ten thousand",
        ),
    ];
    for (name, time, about) in later {
        let log = updated(&start.to_string(), &time);
        cases.push(
            Case::plc(format!("plc/time/later/{name}"))
                .rule(if name == "earlier-text" { INSTANTS } else { RULE })
                .about(format!("{about}."))
                .log(&log)
                .verified(log_facts(&log), &[]),
        );
    }
    let not_later = [
        ("equal", start.to_string(), "At the same millisecond"),
        ("one-millisecond-before", start.plus_ms(-1).to_string(), "One millisecond earlier"),
        (
            "equal-at-other-offset",
            start.at_offset(60),
            "Written by a clock one hour ahead, at the same instant",
        ),
        (
            "equal-without-fraction",
            "2026-01-01T00:00:00Z".to_owned(),
            "Without fraction, at the same instant",
        ),
        ("equal-with-zeros", start.with_digits("000"), "With more zeros, at the same instant"),
        (
            "equal-with-ten-thousand-zeros",
            start.with_digits(&many),
            "With more zeros than any message repeats, at the same instant",
        ),
        (
            "later-text",
            start.plus_ms(-HOUR).at_offset(120),
            "Though the string sorts after the genesis's, an hour earlier",
        ),
    ];
    for (name, time, about) in not_later {
        cases.push(
            Case::plc(format!("plc/time/not-later/{name}"))
                .rule(if name.contains("equal-") || name == "later-text" { INSTANTS } else { RULE })
                .about(
                    format!("{about} as the genesis; nothing else is wrong.")
                        .replace("earlier as", "earlier than"),
                )
                .log(&updated(&start.to_string(), &time))
                .rejected_at("plc.timestamp.order", 1),
        );
    }
    cases.extend(fractions());
    cases
}

fn updated(genesis_at: &str, update_at: &str) -> Log {
    let first = genesis();
    Log::new(&first, genesis_at).then(&update(1).after(&first).sign(&daily()), update_at)
}

/// .5 is later than .25, though 5 is less than 25.
fn fractions() -> [Case; 2] {
    let (quarter, half) = ("2026-01-01T00:00:00.25Z", "2026-01-01T00:00:00.5Z");
    let lawful = updated(quarter, half);
    [
        Case::plc("plc/time/later/fewer-digits")
            .rule(INSTANTS)
            .about("Half a second after a quarter: the digits are a fraction, not a number.")
            .log(&lawful)
            .verified(log_facts(&lawful), &[]),
        Case::plc("plc/time/not-later/more-digits")
            .rule(INSTANTS)
            .about("A quarter of a second after half a second: the digits are a fraction, not a number.")
            .log(&updated(half, quarter))
            .rejected_at("plc.timestamp.order", 1),
    ]
}

/// A recovery later than its prev and than the child, but not than the head.
fn behind_the_head() -> Case {
    let first = genesis();
    let child = update(1).after(&first).sign(&daily());
    let grandchild = update(2).after(&child).sign(&daily());
    let recovery = update(3).after(&first).sign(&root());
    let log = Log::new(&first, Moment::START)
        .then(&child, Moment::hour(1))
        .then(&grandchild, Moment::hour(3))
        .then(&recovery, Moment::hour(3));
    Case::plc("plc/time/not-later/recovery-equal-to-head")
        .rule(rule::plc::RECOVERY)
        .about("A recovery at the very time of the head, two operations after its prev.")
        .log(&log)
        .rejected_at("plc.timestamp.order", 3)
}

fn after_a_recovery() -> Case {
    let first = genesis();
    let child = update(1).after(&first).sign(&daily());
    let recovery = update(2).after(&first).sign(&root());
    let next = update(3).after(&recovery).sign(&daily());
    let log = Log::new(&first, Moment::START)
        .then(&child, Moment::hour(1))
        .then(&recovery, Moment::hour(2))
        .then(&next, Moment::hour(2).plus_ms(-1));
    Case::plc("plc/time/not-later/before-the-recovery")
        .rule(RULE)
        .about("An update of the recovery is dated between the nullified operation and the recovery.")
        .log(&log)
        .rejected_at("plc.timestamp.order", 3)
}
