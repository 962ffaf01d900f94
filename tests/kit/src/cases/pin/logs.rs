//! What may become of a log between two visits, and what must not.

use super::{a, accepted, before_a, hour, recovered, seen, visit, with_a};
use crate::case::{Case, log_facts};
use crate::cases::publisher::{daily, genesis, root, spare, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;
use crate::pin::{PinFile, Visit};

const RULE: &str = rule::plc::REFUSES;
const BARE: &str = "plc.log.bare";

pub(super) fn cases() -> Vec<Case> {
    [goes_on(), takes_back(), bare(), proven_parts(), fails_by_itself()].concat()
}

/// The pin of a visit an hour after A.
fn pin() -> PinFile {
    seen(&with_a(), [1])
}

fn goes_on() -> Vec<Case> {
    let log = with_a();
    let on_a = log.clone().then(&update(3).after(&a()).sign(&spare()), Moment::hour(1));
    let with = |name: &str, about: &str, log: &Log| accepted(name, RULE, about, log, &pin(), hour(2), &[]);
    let rewritten = |name: &str, about: &str, json: String| {
        let kept = pin().next(&Visit::audit(&with_a(), hour(2)).written(json.clone()));
        visit(name, RULE, about, &with_a(), &pin(), hour(2))
            .log_text(with_a().did(), json)
            .verified_as(&with_a(), &[])
            .keeps(&kept)
    };
    let tombstone = log.clone().then(&Op::tombstone().after(&a()).sign(&root()), Moment::hour(1));
    vec![
        with("log/unchanged", "The log is as it was: only the time of the visit is new.", &log),
        with("log/longer", "An operation was added.", &on_a),
        with("log/recovered", "A recovery in time undid what was seen.", &recovered(1)),
        with("log/ended", "A tombstone was added.", &tombstone),
        rewritten("log/other-white-space", "The same log on one line.", log.text().replace('\n', "")),
        rewritten(
            "log/trailing-white-space",
            "The same log with more line breaks after it.",
            format!("{}\n\n", log.text()),
        ),
        rewritten("log/space-before-end", "The same log with white space before its last bracket.", {
            format!("{} \t]", log.text().trim_end().strip_suffix(']').expect("an array"))
        }),
    ]
}

fn takes_back() -> Vec<Case> {
    let other = before_a().then(&update(9).after(&genesis()).sign(&daily()), Moment::hour(0));
    let other_recovered = other.clone().then(&update(2).after(&genesis()).sign(&root()), Moment::hour(1));
    let after_recovery = update(4).after(&update(2).after(&genesis()).sign(&root())).sign(&daily());
    let without_a = before_a().then(&update(2).after(&genesis()).sign(&root()), Moment::hour(1));
    let refused = |name: &str, about: &str, log: &Log, pin: &PinFile, code: &'static str| {
        visit(name, RULE, about, log, pin, hour(2)).rejected(code).keeps(pin)
    };
    vec![
        refused("log/cut", "The head that was seen is missing.", &before_a(), &pin(), "pin.rollback"),
        refused("log/fork", "Another operation follows the genesis.", &other, &pin(), "pin.fork"),
        refused(
            "log/fork-recovered",
            "What was seen is missing, and another operation was undone.",
            &other_recovered,
            &pin(),
            "pin.fork",
        ),
        refused(
            "log/nullified-withheld-in-the-same-text",
            "Of two visits at once one saw an operation nullified, the other was served this very text without it.",
            &without_a,
            &seen(&without_a, [1]).merged(&seen(&recovered(1), [1])),
            "pin.rollback",
        ),
        refused(
            "log/nullified-withheld",
            "An operation that was seen nullified is missing from the audit log.",
            &without_a,
            &seen(&recovered(1), [1]),
            "pin.rollback",
        ),
        refused(
            "log/nullified-withheld-and-longer",
            "The same, and an operation was added.",
            &without_a.then(&after_recovery, Moment::hour(2)),
            &seen(&recovered(1), [1]),
            "pin.fork",
        ),
        refused(
            "log/recovery-withheld",
            "The recovery that was seen is missing, and what it undid is the head again.",
            &with_a(),
            &seen(&recovered(1), [1]),
            "pin.rollback",
        ),
    ]
}

/// A bare log leaves out nullified operations by its nature.
fn bare() -> Vec<Case> {
    let with = |name: &str, about: &str, log: &Log, pin: &PinFile| {
        visit(name, RULE, about, log, pin, hour(2)).log_text(log.did(), log.bare().pretty())
    };
    let bare_accepted = |name: &str, about: &str, log: &Log, pin: &PinFile| {
        let facts = log_facts(log).with("nullified", crate::Json::Array(Vec::new()));
        let facts = facts.with("operations", log.chain().len() as u64);
        with(name, about, log, pin).verified(facts, &[BARE]).keeps(&pin.next(&Visit::bare(log, hour(2))))
    };
    let after_recovery = update(4).after(&update(2).after(&genesis()).sign(&root())).sign(&daily());
    let known = seen(&recovered(1), [1]);
    vec![
        bare_accepted("bare/unchanged", "The bare form of the audit log that was seen.", &with_a(), &pin()),
        bare_accepted(
            "bare/nullified-left-out",
            "The nullified operation that was seen is kept in the pin.",
            &recovered(1),
            &known,
        ),
        bare_accepted(
            "bare/longer",
            "An operation was added, and the nullified one is kept.",
            &recovered(1).then(&after_recovery, Moment::hour(2)),
            &known,
        ),
        with(
            "bare/recovered",
            "A bare log cannot show that what is gone was lawfully nullified.",
            &recovered(1),
            &pin(),
        )
        .rejected("pin.fork")
        .keeps(&pin()),
        with("bare/cut", "The head that was seen is missing.", &before_a(), &pin())
            .rejected("pin.rollback")
            .keeps(&pin()),
    ]
}

/// Signatures that were checked before are not checked again.
fn proven_parts() -> Vec<Case> {
    let renamed = with_a().text().replace("publisher.example/1", "publisher.example/7");
    vec![
        visit(
            "log/wrong-signer",
            rule::plc::PINS,
            "The pin names a key that did not sign: a pin is trusted, so the recovery has no authority.",
            &recovered(1),
            &pin().signer(1, 0),
            hour(2),
        )
        .rejected_at("plc.nullification.authority", 2)
        .keeps_nothing(),
        visit(
            "log/changed-operation",
            rule::plc::PINS,
            "An operation that was seen is served with another alias: its JSON is not the one that was seen.",
            &with_a(),
            &pin(),
            hour(2),
        )
        .log_text(with_a().did(), renamed)
        .rejected_at("plc.cid.mismatch", 1)
        .keeps_nothing(),
    ]
}

/// A log that does not verify is not compared, and gives no pin.
fn fails_by_itself() -> Vec<Case> {
    let forged = update(3).after(&a()).sign(&crate::cases::publisher::stranger());
    let forged = with_a().then(&forged, Moment::hour(1));
    let with = |name: &str, about: &str, log: &Log| visit(name, rule::plc::KEPT, about, log, &pin(), hour(2));
    let other = Log::new(&update(5).sign(&root()), Moment::START);
    let torn = pin().json().pretty().replace("lastVisit", "last");
    vec![
        with("log/forged", "An operation by an unknown key was added.", &forged)
            .rejected_at("plc.signature.invalid", 2)
            .keeps_nothing(),
        with(
            "log/forged-with-pin-of-another",
            "The same, and the pin is of another identity: the log is judged first.",
            &forged,
        )
        .file("pin", "pin.json", pin().did(other.did()).json().pretty())
        .rejected_at("plc.signature.invalid", 2)
        .keeps_nothing(),
        with(
            "log/forged-with-torn-pin",
            "The same, and the pin is malformed: the log is judged first.",
            &forged,
        )
        .file("pin", "pin.json", torn)
        .rejected_at("plc.signature.invalid", 2)
        .keeps_nothing(),
        with("log/cut-and-flagged", "The head is missing, and the genesis is served as nullified.", &{
            before_a().edit(0, |entry| entry.set("nullified", true))
        })
        .rejected_at("plc.nullified_flag", 0)
        .keeps_nothing(),
        with("log/not-json", "An error page in the place of the log.", &with_a())
            .log_text(with_a().did(), "<html>")
            .rejected("input.malformed")
            .keeps_nothing(),
    ]
}
