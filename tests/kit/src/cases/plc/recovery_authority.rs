//! Who may recover.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, op, root, spare, stranger, update};
use crate::cases::rule;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;

const RULE: &str = rule::plc::RECOVERY;
const AUTHORITY: &str = "plc.nullification.authority";

pub(super) fn cases() -> Vec<Case> {
    [by_each_key(), outsiders(), second_recoveries(), reordered()].concat()
}

/// A genesis, then an operation after it by each of these keys, an hour apart: an update and recoveries.
fn disputed(signers: &[&KeyPair]) -> Log {
    let first = genesis();
    let mut log = Log::new(&first, Moment::START);
    for (number, signer) in (1..).zip(signers) {
        log = log.then(&update(number).after(&first).sign(signer), Moment::hour(i64::from(number)));
    }
    log
}

fn by_each_key() -> Vec<Case> {
    let keys = [("root", root()), ("daily", daily()), ("spare", spare())];
    let mut cases: Vec<Case> = Vec::new();
    for (child_index, (child_name, child)) in keys.iter().enumerate() {
        for (index, (name, key)) in keys.iter().enumerate() {
            let log = disputed(&[child, key]);
            let case =
                Case::plc(format!("plc/recovery-authority/{name}-over-{child_name}")).rule(RULE).log(&log);
            cases.push(if index < child_index {
                case.about("The recovery's key comes before the one that signed the child.")
                    .verified_as(&log, &[])
            } else if index == child_index {
                case.about("The recovery's key is the one that signed the child; everything else is right.")
                    .rejected_at(AUTHORITY, 2)
            } else {
                case.about(
                    "The recovery's key comes after the one that signed the child; everything else is right.",
                )
                .rejected_at(AUTHORITY, 2)
            });
        }
    }
    cases
}

fn outsiders() -> Vec<Case> {
    let first = genesis();
    let takeover = update(1).rotation_keys([&stranger()]).after(&first).sign(&daily());
    let by_new_key = update(2).after(&first).sign(&stranger());
    let log =
        Log::new(&first, Moment::START).then(&takeover, Moment::hour(1)).then(&by_new_key, Moment::hour(2));
    vec![
        Case::plc("plc/recovery-authority/stranger")
            .rule(RULE)
            .about("A recovery by an unknown key.")
            .log(&disputed(&[&daily(), &stranger()]))
            .rejected_at("plc.signature.invalid", 2),
        Case::plc("plc/recovery-authority/key-of-the-child")
            .rule(rule::plc::SIGNATURES)
            .about("A recovery by a key that only the nullified operation lists.")
            .log(&log)
            .rejected_at("plc.signature.invalid", 2),
    ]
}

fn second_recoveries() -> Vec<Case> {
    let (root, daily, spare) = (&root(), &daily(), &spare());
    let lawful = disputed(&[spare, daily, root]);
    let refused = |name: &str, about: &str, signers: &[&KeyPair]| {
        Case::plc(format!("plc/recovery-authority/{name}"))
            .rule(RULE)
            .about(about)
            .log(&disputed(signers))
            .rejected_at(AUTHORITY, 3)
    };
    vec![
        Case::plc("plc/recovery-authority/second-by-higher")
            .rule(RULE)
            .about("Each recovery is signed by a higher key than the one before.")
            .log(&lawful)
            .verified_as(&lawful, &[]),
        refused(
            "second-by-equal",
            "Both recoveries are by the second key, which is above the first child's signer only.",
            &[spare, daily, daily],
        ),
        refused(
            "second-by-lower",
            "The second recovery is above the first child's signer, but below the first recovery's.",
            &[spare, root, daily],
        ),
        refused(
            "second-by-root-again",
            "Nothing is above a recovery by the first key.",
            &[daily, root, root],
        ),
    ]
}

/// Authority is judged by prev's own list, which may order the keys in another way than the genesis.
fn reordered() -> Vec<Case> {
    let log = |child: &KeyPair, recovery: &KeyPair| {
        let first = op().rotation_keys([&root(), &daily()]).sign(&root());
        let second = update(1).rotation_keys([&daily(), &root()]).after(&first).sign(&root());
        let child = update(2).after(&second).sign(child);
        let recovery = update(3).after(&second).sign(recovery);
        Log::new(&first, Moment::START)
            .then(&second, Moment::hour(1))
            .then(&child, Moment::hour(2))
            .then(&recovery, Moment::hour(3))
    };
    let lawful = log(&root(), &daily());
    vec![
        Case::plc("plc/recovery-authority/order-of-prev")
            .rule(RULE)
            .about("The recovery's key is first in prev, though second in the genesis.")
            .log(&lawful)
            .verified_as(&lawful, &[]),
        Case::plc("plc/recovery-authority/order-of-genesis")
            .rule(RULE)
            .about("The recovery's key is first in the genesis, but second in prev.")
            .log(&log(&daily(), &root()))
            .rejected_at(AUTHORITY, 3),
    ]
}
