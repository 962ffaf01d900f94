//! What operations follow on.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log_with, root, three, update};
use crate::cases::rule;
use crate::encoding::{cid_bytes, multibase};
use crate::json::Json;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

const RULE: &str = rule::plc::CHAIN;
const MISMATCH: &str = "plc.prev.mismatch";

pub(super) fn cases() -> Vec<Case> {
    [rearranged(), names(), vec![nullified()]].concat()
}

fn rearranged() -> Vec<Case> {
    // The times stay where they are, so that they are in order whatever comes to stand there.
    let swap = |a: usize, b: usize| {
        move |entries: &mut Vec<Json>| {
            let (first, second) = (entries[a].clone(), entries[b].clone());
            entries[a] = second.with("createdAt", first.get("createdAt").expect("a time").clone());
            let late = entries[b].get("createdAt").expect("a time").clone();
            entries[b] = first.with("createdAt", late);
        }
    };
    let again = |at: Option<Moment>| {
        move |entries: &mut Vec<Json>| {
            let mut copy = entries[2].clone();
            if let Some(at) = at {
                copy.set("createdAt", at.to_string());
            }
            entries.push(copy);
        }
    };
    vec![
        Case::plc("plc/prev/entry-dropped")
            .rule(RULE)
            .about("The second of three entries is missing.")
            .log(&three().rearrange(|entries| drop(entries.remove(1))))
            .rejected_at(MISMATCH, 1),
        Case::plc("plc/prev/entries-swapped")
            .rule(RULE)
            .about("The second and third entries are swapped; the times are in order.")
            .log(&three().rearrange(swap(1, 2)))
            .rejected_at(MISMATCH, 1),
        Case::plc("plc/prev/entry-duplicated")
            .rule(RULE)
            .about("The last entry twice, with its time: the copy is not later than the head.")
            .log(&three().rearrange(again(None)))
            .rejected_at("plc.timestamp.order", 3),
        Case::plc("plc/prev/entry-duplicated-later")
            .rule(RULE)
            .about("The last entry twice, the copy an hour later: as a recovery it lacks the authority.")
            .log(&three().rearrange(again(Some(Moment::hour(3)))))
            .rejected_at("plc.nullification.authority", 3),
    ]
}

fn names() -> Vec<Case> {
    let first = genesis();
    let other = update(9).sign(&daily());
    let follows = |prev: &str| update(1).with("prev", prev).sign(&daily());
    let case = |name: &str, about: &str, op: &SignedOp| {
        Case::plc(format!("plc/prev/{name}"))
            .rule(RULE)
            .about(format!("{about}; CID and signature are right for it."))
            .log(&log_with(op))
            .rejected_at(MISMATCH, 1)
    };
    vec![
        case(
            "other-identity",
            "prev is the genesis of another identity of the same keys",
            &follows(other.cid()),
        ),
        case("upper-case", "prev is the genesis's CID in capitals", &follows(&first.cid().to_uppercase())),
        case(
            "base58",
            "prev is the genesis's CID in base58btc",
            &follows(&multibase(&cid_bytes(first.cid()))),
        ),
        case(
            "white-space",
            "prev is the genesis's CID and a line break",
            &follows(&format!("{}\n", first.cid())),
        ),
        case("did", "prev is the DID", &follows(first.did())),
        case("empty", "prev is an empty string", &follows("")),
    ]
}

fn nullified() -> Case {
    let first = genesis();
    let attack = update(1).after(&first).sign(&daily());
    let recovery = update(2).after(&first).sign(&root());
    let follow_up = update(3).after(&attack).sign(&root());
    let log = Log::new(&first, Moment::START)
        .then(&attack, Moment::hour(1))
        .then(&recovery, Moment::hour(2))
        .then(&follow_up, Moment::hour(3));
    Case::plc("plc/prev/nullified")
        .rule(RULE)
        .about("An operation follows one that a recovery nullified, signed by its highest key.")
        .log(&log)
        .rejected_at("plc.prev.nullified", 3)
}
