//! Exports: one entry per line, of many identities.

use crate::case::{Case, log_facts, replaced};
use crate::cases::publisher::{daily, fair, genesis, log, op, root, stranger, three, update};
use crate::cases::rule;
use crate::json::Json;
use crate::log::Log;
use crate::moment::{Moment, START_SECONDS};
use crate::operation::Op;
use crate::pin::{PinFile, Visit};

const MALFORMED: &str = "plc.entry.malformed";

pub(super) fn cases() -> Vec<Case> {
    [forms(), flags(), repetitions(), other_identities(), members(), hostile(), limits(), pins()].concat()
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
            "The numbers jump: operations of other identities had those between.",
            &three(),
            three().sequenced_export(7).replace("\"seq\":9", "\"seq\":18446744073709551615"),
        ),
        case(
            "one-entry-over-many-lines",
            "One entry, indented: an object that is no line of an export, and no array either.",
            &log(),
            entry.pretty(),
        )
        .rule(rule::plc::SERVED)
        .rejected("input.wrong_type"),
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
            "The same entries as the first of these, as an audit log.",
            &stale,
        ),
    ]
}

fn repetitions() -> Vec<Case> {
    let export = three().export();
    let all = lines(&export);
    let (first, second, third) = (all[0], all[1], all[2]);
    let sequenced = three().sequenced_export(7);
    let numbered = lines(&sequenced);
    let recovered_export = recovered().export();
    let contested = lines(&recovered_export);
    let repeated = |name: &str, about: &str, lines: &[&str]| verified(name, about, &three(), lines.concat());
    // One byte inside the object, which changes nothing for a reader of JSON.
    let spaced = |line: &str| line.replacen('{', "{ ", 1);
    let refused = |name: &str, about: &str, lines: &[&str], code: &'static str| {
        case(name, about, &three(), lines.concat()).rejected(code)
    };
    vec![
        repeated(
            "repeated-first",
            "The genesis twice in a row, byte for byte.",
            &[first, first, second, third],
        ),
        repeated(
            "repeated-middle",
            "The second of three lines twice in a row.",
            &[first, second, second, third],
        ),
        repeated("repeated-last", "The last line twice.", &[first, second, third, third]),
        repeated("repeated-later", "The genesis again after the last line.", &[first, second, third, first]),
        repeated(
            "repeated-often",
            "The second line four times.",
            &[first, second, second, second, second, third],
        ),
        repeated("repeated-pages", "Two pages overlap by two lines.", &[first, second, first, second, third]),
        repeated(
            "repeated-sequenced",
            "A line with a number, twice.",
            &[numbered[0], numbered[1], numbered[1], numbered[2]],
        ),
        verified(
            "repeated-nullified",
            "The line of a nullified operation again, after its recovery.",
            &recovered(),
            [contested[0], contested[1], contested[2], contested[1]].concat(),
        ),
        refused(
            "repeated-head-one-byte",
            "The last line again, with a space more.",
            &[first, second, third, &spaced(third)],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-middle-one-byte",
            "The second line again, with a space more.",
            &[first, second, &spaced(second), third],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-genesis-one-byte",
            "The genesis again, with a space more.",
            &[first, &spaced(first), second, third],
            "plc.genesis.repeated",
        ),
        refused(
            "repeated-other-number",
            "A line again, with another number.",
            &[numbered[0], numbered[1], &numbered[1].replace("\"seq\":8", "\"seq\":9"), numbered[2]],
            "plc.timestamp.order",
        ),
        refused(
            "repeated-other-flag",
            "The last line again, with another flag.",
            &[first, second, third, &replaced(third, "\"nullified\":false", "\"nullified\":true")],
            "plc.timestamp.order",
        ),
        case(
            "repeated-in-audit-log",
            "The last entry twice in an audit log, where nothing is dropped.",
            &three(),
            "",
        )
        .rule(rule::plc::CHAIN)
        .log(&three().rearrange(|entries| entries.push(entries[2].clone())))
        .rejected_at("plc.timestamp.order", 3),
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
            "Lines of another identity are between.",
            &[mine[0], theirs[0], mine[1], theirs[1], mine[2]],
        ),
        between(
            "others-around",
            "Lines of another identity come first and last.",
            &[theirs[0], mine[0], mine[1], mine[2], theirs[1]],
        ),
        between(
            "others-between-repetitions",
            "A repetition, with another identity's line between.",
            &[mine[0], mine[1], theirs[0], mine[1], mine[2]],
        ),
        between(
            "others-forged",
            "A line of another identity has a signature that is none. It is not this identity's.",
            &[mine[0], theirs[0], forged[1], mine[1], mine[2]],
        ),
        case("only-others", "There are only lines of another identity.", &three(), other().export())
            .rule(rule::plc::ENTRIES)
            .rejected("plc.did_mismatch"),
        case("others-not-json", "A line that is not JSON could be of any identity.", &three(), {
            [mine[0], "<html>\n", mine[1], mine[2]].concat()
        })
        .rejected("input.malformed"),
    ]
}

fn members() -> Vec<Case> {
    let unknown = |name: &str, about: &str, lines: String| {
        let facts = log_facts(&three());
        case(name, about, &three(), lines).verified(facts, &["plc.entry.unknown_member"])
    };
    let malformed = |name: &str, about: &str, lines: String, at: u64| {
        case(name, about, &three(), lines).rejected_at(MALFORMED, at)
    };
    let with =
        |index: usize, name: &str, value: Json| three().edit(index, |entry| entry.set(name, value)).export();
    let without = |index: usize, name: &str| three().edit(index, |entry| entry.remove(name)).export();
    let sequenced = three().sequenced_export(7);
    vec![
        unknown("unknown-member", "A member that neither form has.", with(1, "note", "x".into())),
        unknown("unknown-seq", "A number, in a line that has no type.", with(1, "seq", 7.into())),
        unknown("unknown-in-sequenced", "A member more, in a line with a number.", {
            replaced(&sequenced, "\"seq\":8", "\"seq\":8,\"note\":null")
        }),
        malformed("flag-text", "A flag is the string \"false\".", with(1, "nullified", "false".into()), 1),
        malformed("flag-missing", "A line has neither a flag nor a type.", without(1, "nullified"), 1),
        malformed("cid-missing", "A line has no cid.", without(2, "cid"), 2),
        malformed("created-at-missing", "A line has no createdAt.", without(0, "createdAt"), 0),
        malformed("operation-null", "An operation is null.", with(1, "operation", Json::Null), 1),
        malformed(
            "seq-text",
            "A number is in quotation marks.",
            replaced(&sequenced, "\"seq\":8", "\"seq\":\"8\""),
            1,
        ),
        malformed(
            "seq-missing",
            "A line of the form with numbers has none.",
            replaced(&sequenced, "\"seq\":8,", ""),
            1,
        ),
        malformed(
            "seq-negative",
            "A number is negative.",
            replaced(&sequenced, "\"seq\":8", "\"seq\":-8"),
            1,
        ),
        malformed(
            "other-type",
            "A line is of a type that is not known.",
            sequenced.replacen("sequenced_op", "account_event", 1),
            0,
        ),
        case("duplicate-member", "A line has its cid twice.", &three(), {
            let cid = Json::from(three().operations()[1].cid());
            replaced(&three().export(), &format!("\"cid\":{cid}"), &format!("\"cid\":{cid},\"cid\":{cid}"))
        })
        .rule(rule::json::ONCE)
        .rejected("input.duplicate_member"),
        case(
            "not-an-entry",
            "An error message in the place of the export.",
            &three(),
            "{\"message\": \"rate limit\"}\n",
        )
        .rule(rule::plc::SERVED)
        .rejected("input.wrong_type"),
        case("array-in-a-line", "The second line is an array.", &three(), {
            let export = three().export();
            let lines = lines(&export);
            format!("{}[{}]\n{}", lines[0], lines[1].trim_end(), lines[2])
        })
        .rejected("input.wrong_type"),
    ]
}

/// Everything but flags and repetitions is judged as in an audit log.
fn hostile() -> Vec<Case> {
    let refused = |name: &str, about: &str, log: &Log, rule: &str, code, at| {
        case(name, about, log, log.export()).rule(rule).rejected_at(code, at)
    };
    let first = genesis();
    let by_stranger = log().then(&update(1).after(&first).sign(&stranger()), Moment::hour(1));
    let late = log()
        .then(&update(1).after(&first).sign(&daily()), Moment::hour(1))
        .then(&update(2).after(&first).sign(&root()), Moment::hour(73).plus_ms(1));
    let unusable_key = [fair().did_key(), daily().did_key()];
    let unreadable = Log::new(&op().rotation_keys(unusable_key).sign(&daily()), Moment::START);
    let tombstone = Op::tombstone().after(&first).sign(&root());
    let revived = log()
        .then(&tombstone, Moment::hour(1))
        .then(&update(1).after(&tombstone).sign(&root()), Moment::hour(2));
    vec![
        refused(
            "wrong-cid",
            "A cid is of another operation.",
            &three().edit(1, |entry| entry.set("cid", genesis().cid())),
            rule::plc::ENTRIES,
            "plc.cid.mismatch",
            1,
        ),
        refused(
            "by-stranger",
            "An update signed by an unknown key.",
            &by_stranger,
            rule::plc::SIGNATURES,
            "plc.signature.invalid",
            1,
        ),
        refused(
            "late-recovery",
            "A recovery one millisecond too late.",
            &late,
            rule::plc::RECOVERY,
            "plc.nullification.late",
            2,
        ),
        refused(
            "key-before",
            "An Ed25519 key comes before the signer's.",
            &unreadable,
            rule::plc::KEYS_BEFORE,
            "plc.rotation_key.invalid",
            0,
        ),
        refused(
            "after-tombstone",
            "An update follows a tombstone.",
            &revived,
            rule::plc::TOMBSTONES,
            "plc.tombstoned",
            2,
        ),
        refused(
            "dropped",
            "The second of three lines is missing.",
            &three().rearrange(|entries| drop(entries.remove(1))),
            rule::plc::CHAIN,
            "plc.prev.mismatch",
            1,
        ),
    ]
}

fn limits() -> Vec<Case> {
    let export = three().export();
    let bytes = export.len() as u64;
    let at = |name: &str, about: &str| case(name, about, &three(), export.clone()).rule(rule::plc::BOUNDS);
    vec![
        at("bytes-at", "The export is exactly at the limit.")
            .limit("logBytes", bytes)
            .verified_as(&three(), &[]),
        at("bytes-above", "The export is one byte above the limit.")
            .limit("logBytes", bytes - 1)
            .rejected("input.too_large"),
        at("operations-at", "As many entries as the limit allows.")
            .limit("logOperations", 3)
            .verified_as(&three(), &[]),
        at("operations-above", "One entry more than the limit allows.")
            .limit("logOperations", 2)
            .rejected("plc.log.too_long"),
    ]
}

/// An export has no JSON array whose start could be known again, so it is not pinned. A pin is compared all the same.
fn pins() -> Vec<Case> {
    let pin = PinFile::first(&Visit::audit(&three(), START_SECONDS));
    let at = |name: &str, about: &str, log: &Log| {
        case(name, about, log, log.export()).rule(rule::plc::PINS).now(START_SECONDS + 3600)
    };
    let cut = log().then(&three().operations()[1].clone(), Moment::hour(1));
    vec![
        at("remember", "A pin is asked for, and an export gives none.", &three())
            .flag("remember")
            .verified_as(&three(), &[])
            .keeps_nothing(),
        at("cut", "The export lacks an operation that was seen before.", &cut)
            .file("pin", "pin.json", pin.json().pretty())
            .rejected("pin.rollback")
            .keeps(&pin),
    ]
}
