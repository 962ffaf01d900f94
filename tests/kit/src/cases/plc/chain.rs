//! Ordinary histories.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log, log_with, op, root, spare, three, update};
use crate::cases::rule;
use crate::chain::chain;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

const RULE: &str = rule::plc::CHAIN;

pub(super) fn cases() -> Vec<Case> {
    let by_lowest = log_with(&update(1).after(&genesis()).sign(&spare()));
    vec![
        Case::plc("plc/chain/genesis-secp256k1")
            .rule(rule::plc::GENESIS)
            .about("A genesis alone is a whole log.")
            .log(&log())
            .verified_with_state(&log(), &[]),
        genesis_p256(),
        Case::plc("plc/chain/three-operations")
            .rule(RULE)
            .about("Two ordinary updates by the second key.")
            .log(&three())
            .verified_with_state(&three(), &[]),
        Case::plc("plc/chain/signed-by-lowest-key")
            .rule(RULE)
            .about("An update that is not undone may be signed by the key of lowest authority.")
            .log(&by_lowest)
            .verified_as(&by_lowest, &[]),
        handover(),
        mixed_curves(),
        Case::plc("plc/chain/forty-operations")
            .rule(RULE)
            .about("A longer history of one update a day.")
            .log(&chain(40))
            .verified_as(&chain(40), &[]),
    ]
}

fn genesis_p256() -> Case {
    let log = Log::new(&op().sign(&spare()), Moment::START);
    Case::plc("plc/chain/genesis-p256")
        .rule(rule::plc::SIGNATURES)
        .about("The genesis is signed by the P-256 key, which is the third of three.")
        .log(&log)
        .verified_as(&log, &[])
}

fn handover() -> Case {
    let heir = KeyPair::k256("heir");
    let first = genesis();
    let second = update(1).rotation_keys([&heir]).after(&first).sign(&root());
    let third = update(2).rotation_keys([&heir]).after(&second).sign(&heir);
    let log = Log::new(&first, Moment::START).then(&second, Moment::hour(1)).then(&third, Moment::hour(2));
    Case::plc("plc/chain/handover")
        .rule(rule::plc::SIGNATURES)
        .about("The second operation is signed by the old keys and names the new one, which signs the third.")
        .log(&log)
        .verified_with_state(&log, &[])
}

fn mixed_curves() -> Case {
    let keys = [root(), spare(), daily(), KeyPair::p256("another")];
    let op = |number: u32| update(number).rotation_keys(&keys);
    let mut last = op(0).sign(&keys[1]);
    let mut log = Log::new(&last, Moment::START);
    for number in 1..6 {
        last = Op::after(op(number), &last).sign(&keys[number as usize % 4]);
        log = log.then(&last, Moment::hour(i64::from(number)));
    }
    Case::plc("plc/chain/mixed-curves")
        .rule(RULE)
        .about("The signers alternate between secp256k1 and P-256 keys.")
        .log(&log)
        .verified_as(&log, &[])
}
