//! Everything but flags and repetitions is judged as in an audit log.

use super::case;
use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log, op, root, stranger, three, update};
use crate::cases::rule;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

pub(super) fn cases() -> Vec<Case> {
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
