//! Exports: one entry per line, of many identities.

mod hostile;
mod members;
mod repetitions;

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log, op, root, stranger, three, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::{Moment, START_SECONDS};
use crate::pin::{PinFile, Visit};

pub(super) fn cases() -> Vec<Case> {
    [
        forms(),
        flags(),
        other_identities(),
        repetitions::cases(),
        members::cases(),
        hostile::cases(),
        limits(),
        pins(),
    ]
    .concat()
}

fn case(name: &str, about: &str, log: &Log, lines: impl Into<Vec<u8>>) -> Case {
    Case::plc(format!("plc/export/{name}")).rule(rule::plc::EXPORTS).about(about).export(log.did(), lines)
}

fn verified(name: &str, about: &str, log: &Log, lines: impl Into<Vec<u8>>) -> Case {
    case(name, about, log, lines).verified_as(log, &[])
}

/// A genesis, an update by the daily key, and its recovery by the root key.
fn recovered() -> Log {
    let first = genesis();
    log()
        .then(&update(1).after(&first).sign(&daily()), Moment::hour(1))
        .then(&update(2).after(&first).sign(&root()), Moment::hour(2))
}

/// The log of another identity.
fn other() -> Log {
    let first = op().rotation_keys([&stranger()]).sign(&stranger());
    let second = update(1).rotation_keys([&stranger()]).after(&first).sign(&stranger());
    Log::new(&first, Moment::START).then(&second, Moment::hour(1))
}

/// The lines, each with its line break.
fn lines(export: &str) -> Vec<&str> {
    export.split_inclusive('\n').collect()
}

fn forms() -> Vec<Case> {
    let recovered = recovered();
    let entry = log().audit().item(0).clone();
    vec![
        verified(
            "entries",
            "Entries as an audit log has them, one per line.",
            &recovered,
            recovered.export(),
        ),
        verified(
            "sequenced",
            "The form of an export with an integer cursor: numbers, and no flags.",
            &recovered,
            recovered.sequenced_export(1_000_001),
        ),
        verified("one-line", "A genesis alone: one object and not an array.", &log(), entry.to_string()),
        verified(
            "no-last-line-break",
            "The last line does not end with a line break.",
            &three(),
            three().export().trim_end(),
        ),
        verified("mixed-forms", "The first line is of one form, the others are of the other.", &three(), {
            let (with_flags, sequenced) = (three().export(), three().sequenced_export(7));
            [&lines(&with_flags)[..1], &lines(&sequenced)[1..]].concat().concat()
        }),
        verified(
            "sequence-with-gaps",
            "The numbers have a gap: operations of other identities had those in between.",
            &three(),
            three().sequenced_export(7).replace("\"seq\":9", "\"seq\":18446744073709551615"),
        ),
        verified("empty-lines", "Empty lines before, between and behind the entries.", &three(), {
            let export = three().export();
            let lines = lines(&export);
            ["\n", lines[0], "\n\n", lines[1], "\n", lines[2], "\n\n"].concat()
        }),
        verified("lines-of-white-space", "Lines of white space between and behind the entries.", &three(), {
            let export = three().export();
            let lines = lines(&export);
            [lines[0], " \t\r\n", lines[1], "\r\n", lines[2], " "].concat()
        }),
        case(
            "one-entry-over-many-lines",
            "One entry, indented: its first line is not JSON.",
            &log(),
            entry.pretty(),
        )
        .rejected("input.malformed"),
    ]
}

/// A flag was right when its line was exported.
fn flags() -> Vec<Case> {
    let flag = |value: bool| move |entry: &mut Json| entry.set("nullified", value);
    let stale = recovered().edit(1, flag(false));
    let untrue = three().edit(2, flag(true));
    let in_array = |name: &str, about: &str, log: &Log| {
        case(name, about, log, Vec::new())
            .rule(rule::plc::FLAGS)
            .log(log)
            .rejected_at("plc.nullified_flag", 1)
    };
    vec![
        verified(
            "stale-flag",
            "The nullified operation was exported before its recovery, so its flag is false.",
            &recovered(),
            stale.export(),
        ),
        verified(
            "untrue-flag",
            "The flag of the head is true. Flags of an export are never compared.",
            &three(),
            untrue.export(),
        ),
        in_array(
            "stale-flag-in-audit-log",
            "The same entries as an audit log, where flags are compared.",
            &stale,
        ),
    ]
}

fn other_identities() -> Vec<Case> {
    let (mine, theirs) = (three().export(), other().export());
    let (mine, theirs) = (lines(&mine), lines(&theirs));
    let forged = other().edit(1, |entry| entry.member("operation").set("sig", "AAAA")).export();
    let forged = lines(&forged);
    let between = |name: &str, about: &str, lines: &[&str]| verified(name, about, &three(), lines.concat());
    vec![
        between(
            "others-between",
            "Lines of another identity are in between.",
            &[mine[0], theirs[0], mine[1], theirs[1], mine[2]],
        ),
        between(
            "others-around",
            "Lines of another identity come first and last.",
            &[theirs[0], mine[0], mine[1], mine[2], theirs[1]],
        ),
        between(
            "others-between-repetitions",
            "A repetition, with another identity's line in between.",
            &[mine[0], mine[1], theirs[0], mine[1], mine[2]],
        ),
        between(
            "others-forged",
            "A line of another identity has a malformed signature. Only lines of this identity are judged.",
            &[mine[0], theirs[0], forged[1], mine[1], mine[2]],
        ),
        case("only-others", "There are only lines of another identity.", &three(), other().export())
            .rule(rule::plc::SERVED)
            .rejected("plc.log.empty"),
        case("others-not-json", "A line that is not JSON could be of any identity.", &three(), {
            [mine[0], "<html>\n", mine[1], mine[2]].concat()
        })
        .rejected("input.malformed"),
    ]
}

fn limits() -> Vec<Case> {
    let export = three().export();
    let values: u64 = three().audit().items_mut().iter().map(|entry| entry.count()).sum();
    let bytes = export.len() as u64;
    let at = |name: &str, about: &str| case(name, about, &three(), export.clone()).rule(rule::plc::BOUNDS);
    vec![
        at("bytes-at", "The export is exactly at the limit.")
            .limit("logBytes", bytes)
            .verified_as(&three(), &[]),
        at("bytes-above", "The export is one byte above the limit.")
            .limit("logBytes", bytes - 1)
            .rejected("input.too_large"),
        at("values-at", "The lines together have as many values as the limit allows.")
            .limit("jsonValues", values)
            .verified_as(&three(), &[]),
        at("values-above", "The lines together have one value more than the limit allows.")
            .limit("jsonValues", values - 1)
            .rejected("input.too_many_values"),
        at("operations-at", "As many entries as the limit allows.")
            .limit("logOperations", 3)
            .verified_as(&three(), &[]),
        at("operations-above", "One entry more than the limit allows.")
            .limit("logOperations", 2)
            .rejected("plc.log.too_long"),
        case(
            "operations-above-malformed",
            "One entry more than the limit allows, which is malformed, too: it is not read any more.",
            &three(),
            three().edit(2, |entry| entry.remove("cid")).export(),
        )
        .rule(rule::plc::BOUNDS)
        .limit("logOperations", 2)
        .rejected("plc.log.too_long"),
    ]
}

/// An export is pinned and compared like an audit log: its text is that of the lines.
fn pins() -> Vec<Case> {
    let pin = PinFile::first(&Visit::audit(&three(), START_SECONDS));
    let at = |name: &str, about: &str, log: &Log| {
        case(name, about, log, log.export()).rule(rule::plc::PINS).now(START_SECONDS + 3600)
    };
    let cut = log().then(&three().operations()[1].clone(), Moment::hour(1));
    vec![
        at("remember", "A pin is asked for on a first visit.", &three())
            .flag("remember")
            .verified_as(&three(), &[])
            .keeps(&PinFile::first(&Visit::audit(&three(), START_SECONDS + 3600).written(three().export()))),
        at("cut", "The export lacks an operation that was seen before.", &cut)
            .file("pin", "pin.json", pin.json().pretty())
            .rejected("pin.rollback")
            .keeps(&pin),
    ]
}
