//! Bare logs: the surviving chain without times.

use crate::case::{Case, log_facts};
use crate::cases::publisher::{daily, genesis, log, op, root, spare, stranger, three, update};
use crate::cases::rule;
use crate::encoding::base64url;
use crate::forgery::flipped;
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const RULE: &str = rule::plc::BARE;
const BARE: &str = "plc.log.bare";

pub(super) fn cases() -> Vec<Case> {
    [verified(), shape(), chain()].concat()
}

fn bare(name: &str, log: &Log) -> Case {
    Case::plc(format!("plc/bare/{name}")).rule(RULE).log_text(log.did(), log.bare().pretty())
}

/// The bare log of these operations in a row.
fn row(operations: &[&SignedOp]) -> Log {
    let log = Log::new(operations[0], Moment::START);
    operations[1..].iter().fold(log, |log, op| log.then(op, Moment::START))
}

fn verified() -> Vec<Case> {
    let verified = |name, about: &str, log: &Log, warnings: &[&'static str]| {
        bare(name, log).about(about).verified(log_facts(log), warnings)
    };
    let tombstoned = row(&[&genesis(), &Op::tombstone().after(&genesis()).sign(&daily())]);
    let legacy = Op::create(&root(), &daily(), "publisher.example", "https://pds.example").sign(&daily());
    let legacy = row(&[&legacy, &update(1).after(&legacy).sign(&daily())]);
    let duplicate = row(&[&op().rotation_keys([&root(), &root()]).sign(&root())]);
    vec![
        verified("genesis", "A genesis alone.", &log(), &[BARE]),
        verified(
            "three-operations",
            "Nothing about recoveries can be judged, hence the warning.",
            &three(),
            &[BARE],
        ),
        verified("tombstoned", "The chain ends in a tombstone.", &tombstoned, &[BARE]),
        verified("legacy-genesis", "The chain starts with a legacy create.", &legacy, &[BARE]),
        verified(
            "other-warnings",
            "Warnings about operations are given for bare logs too.",
            &duplicate,
            &[BARE, "plc.rotation_keys.duplicate"],
        ),
    ]
}

fn shape() -> Vec<Case> {
    let text = |name: &str, about: &str, entries: Json| {
        Case::plc(format!("plc/bare/{name}")).rule(RULE).about(about).log_text(log().did(), entries.pretty())
    };
    let first = log().bare().item(0).clone();
    vec![
        text(
            "empty-object",
            "An object that is neither an entry nor an operation.",
            Json::array([Json::object([])]),
        )
        .rejected_at("plc.entry.malformed", 0),
        text("null-entry", "A null after the genesis.", Json::array([first.clone(), Json::Null]))
            .rejected_at("plc.entry.malformed", 1),
        text("without-sig", "The genesis without its sig.", Json::array([first.clone().without("sig")]))
            .rejected_at("plc.operation.malformed", 0),
        text(
            "unknown-member",
            "A cid that the bare form does not have.",
            Json::array([first.with("cid", genesis().cid())]),
        )
        .rejected_at("plc.operation.unknown_field", 0),
    ]
}

fn chain() -> Vec<Case> {
    let first = genesis();
    let child = update(1).after(&first).sign(&spare());
    let recovery = update(2).after(&first).sign(&root());
    let forked = row(&[&first, &child, &recovery]);
    let ended = Op::tombstone().after(&first).sign(&daily());
    let high = {
        let op = update(1).after(&first);
        let signature = daily().sign(&op.bytes());
        op.with_sig(base64url(&flipped(&daily(), &signature)))
    };
    let after_rotation = update(1).rotation_keys([&root()]).after(&first).sign(&root());
    let mut dropped = three().bare();
    drop(dropped.items_mut().remove(1));
    let mut cut = three().bare();
    drop(cut.items_mut().remove(0));
    let of_three = |name: &str, entries: Json| {
        Case::plc(format!("plc/bare/{name}")).rule(RULE).log_text(three().did(), entries.pretty())
    };
    vec![
        of_three("entry-dropped", dropped)
            .about("The second of three operations is missing.")
            .rejected_at("plc.prev.mismatch", 1),
        of_three("genesis-dropped", cut)
            .about("The first operation is missing.")
            .rejected_at("plc.genesis.invalid", 0),
        Case::plc("plc/bare/fork")
            .rule(RULE)
            .about(
                "A nullified operation and the recovery, lawful in an audit log: a bare log does not fork.",
            )
            .log_text(forked.did(), forked.bare_of_all().pretty())
            .rejected_at("plc.prev.mismatch", 2),
        bare("update-after-tombstone", &row(&[&first, &ended, &update(1).after(&ended).sign(&root())]))
            .about("An update follows a tombstone.")
            .rejected_at("plc.tombstoned", 2),
        bare("signed-by-stranger", &row(&[&first, &update(1).after(&first).sign(&stranger())]))
            .about("An update signed by an unknown key.")
            .rejected_at("plc.signature.invalid", 1),
        bare(
            "rotated-out-key",
            &row(&[&first, &after_rotation, &update(2).after(&after_rotation).sign(&daily())]),
        )
        .about("An update signed by a key that was rotated out.")
        .rejected_at("plc.signature.invalid", 2),
        bare("high-s", &row(&[&first, &high]))
            .about("s was replaced by n - s.")
            .rejected_at("plc.signature.high_s", 1),
        bare("other-identity", &log())
            .about("The log of another identity than the one asked for.")
            .text("did", Log::new(&update(9).sign(&root()), Moment::START).did())
            .rejected("plc.did_mismatch"),
    ]
}
