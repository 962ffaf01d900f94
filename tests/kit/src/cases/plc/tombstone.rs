//! Deactivated identities.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log_with, root, spare, stranger, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};

const RULE: &str = rule::plc::TOMBSTONES;

pub(super) fn cases() -> Vec<Case> {
    [ends(), recovered()].concat()
}

fn tombstone() -> SignedOp {
    Op::tombstone().after(&genesis()).sign(&daily())
}

fn ends() -> Vec<Case> {
    let ended = log_with(&tombstone());
    let by_lowest = log_with(&Op::tombstone().after(&genesis()).sign(&spare()));
    let revived = update(1).after(&tombstone()).sign(&root());
    let twice = Op::tombstone().after(&tombstone()).sign(&root());
    vec![
        Case::plc("plc/tombstone/ended")
            .rule(RULE)
            .about("A genesis and a tombstone.")
            .log(&ended)
            .verified_as(&ended, &[]),
        Case::plc("plc/tombstone/by-lowest-key")
            .rule(rule::plc::CHAIN)
            .about("A tombstone signed by the P-256 key of lowest authority.")
            .log(&by_lowest)
            .verified_as(&by_lowest, &[]),
        Case::plc("plc/tombstone/then-update")
            .rule(RULE)
            .about("An update follows a tombstone, signed by the highest key from before.")
            .log(&ended.clone().then(&revived, Moment::hour(2)))
            .rejected_at("plc.tombstoned", 2),
        Case::plc("plc/tombstone/then-tombstone")
            .rule(RULE)
            .about("A tombstone follows a tombstone.")
            .log(&ended.clone().then(&twice, Moment::hour(2)))
            .rejected_at("plc.tombstoned", 2),
        Case::plc("plc/tombstone/by-stranger")
            .rule(rule::plc::SIGNATURES)
            .about("A tombstone signed by an unknown key: anyone could end an identity.")
            .log(&log_with(&Op::tombstone().after(&genesis()).sign(&stranger())))
            .rejected_at("plc.signature.invalid", 1),
    ]
}

fn recovered() -> Vec<Case> {
    let ended = log_with(&tombstone());
    let recovery = update(1).after(&genesis()).sign(&root());
    let back = ended.clone().then(&recovery, Moment::hour(73));
    let next = update(2).after(&recovery).sign(&daily());
    let goes_on = back.clone().then(&next, Moment::hour(74));
    let equal = update(1).after(&genesis()).sign(&daily());
    let child = update(3).after(&genesis()).sign(&daily());
    let final_tombstone = Op::tombstone().after(&genesis()).sign(&root());
    let ended_by_recovery = log_with(&child).then(&final_tombstone, Moment::hour(2));
    let on_nullified = Op::tombstone().after(&child).sign(&daily());
    let recovered_line: Log = log_with(&child)
        .then(&on_nullified, Moment::hour(2))
        .then(&update(4).after(&genesis()).sign(&root()), Moment::hour(3));
    vec![
        Case::plc("plc/tombstone/recovered")
            .rule(RULE)
            .about("Exactly 72 hours after the tombstone, by a higher key: the identity lives.")
            .log(&back)
            .verified_with_state(&back, &[]),
        Case::plc("plc/tombstone/recovered-and-goes-on")
            .rule(RULE)
            .about("The history goes on after the tombstone was nullified.")
            .log(&goes_on)
            .verified_with_state(&goes_on, &[]),
        Case::plc("plc/tombstone/recovered-late")
            .rule(RULE)
            .about("A millisecond more than 72 hours after the tombstone.")
            .log(&ended.clone().then(&recovery, Moment::hour(73).plus_ms(1)))
            .rejected_at("plc.nullification.late", 2),
        Case::plc("plc/tombstone/recovered-by-equal-key")
            .rule(RULE)
            .about("The key that signed the tombstone tries to undo it.")
            .log(&ended.clone().then(&equal, Moment::hour(2)))
            .rejected_at("plc.nullification.authority", 2),
        Case::plc("plc/tombstone/as-recovery")
            .rule(rule::plc::RECOVERY)
            .about("A higher key undoes an update with a tombstone.")
            .log(&ended_by_recovery)
            .verified_as(&ended_by_recovery, &[]),
        Case::plc("plc/tombstone/recovered-with-its-line")
            .rule(RULE)
            .about("A recovery further back nullifies an update and the tombstone on it.")
            .log(&recovered_line)
            .verified_with_state(&recovered_line, &[]),
    ]
}
