//! Rotation keys of history: none, repeated, unusable, many.

use crate::case::Case;
use crate::cases::plc::keys_before::unusable_keys;
use crate::cases::publisher::{daily, fair, genesis, log_with, op, root, spare, update};
use crate::cases::rule;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

const EMPTY: &str = "plc.rotation_keys.empty";
const DUPLICATE: &str = "plc.rotation_keys.duplicate";
const UNUSABLE: &str = "plc.rotation_key.unusable";
const NO_KEYS: [&str; 0] = [];

pub(super) fn cases() -> Vec<Case> {
    [empty(), duplicates(), unusable(), counts()].concat()
}

fn empty() -> Vec<Case> {
    const RULE: &str = rule::plc::HISTORY;
    let freeze = update(1).rotation_keys(NO_KEYS).after(&genesis()).sign(&daily());
    let frozen = log_with(&freeze);
    let after = update(2).after(&freeze).sign(&root());
    let thaw = update(3).after(&genesis()).sign(&root());
    let thawed = frozen.clone().then(&thaw, Moment::hour(2));
    let unsignable = op().rotation_keys(NO_KEYS).sign(&root());
    vec![
        Case::plc("plc/rotation-keys/frozen")
            .rule(RULE)
            .about("The last operation has no rotation keys: the identity is frozen, not broken.")
            .log(&frozen)
            .verified_with_state(&frozen, &[EMPTY]),
        Case::plc("plc/rotation-keys/frozen-then-updated")
            .rule(RULE)
            .about("An operation follows one without rotation keys, signed by a key from before.")
            .log(&frozen.clone().then(&after, Moment::hour(2)))
            .rejected_at("plc.signature.invalid", 2),
        Case::plc("plc/rotation-keys/frozen-then-recovered")
            .rule(rule::plc::RECOVERY)
            .about("A key of higher authority undoes the freezing.")
            .log(&thawed)
            .verified_as(&thawed, &[EMPTY]),
        Case::plc("plc/rotation-keys/empty-genesis")
            .rule(rule::plc::GENESIS)
            .about("A genesis without rotation keys: no key can have signed it.")
            .log(&Log::new(&unsignable, Moment::START))
            .rejected_at("plc.signature.invalid", 0),
    ]
}

/// A genesis with these keys, an update by the first signer and a recovery by the second.
fn contested(keys: &[&KeyPair], child: &KeyPair, recovery: &KeyPair) -> Log {
    let first = op().rotation_keys(keys.iter().copied()).sign(keys[0]);
    let child = update(1).after(&first).sign(child);
    let recovery = update(2).after(&first).sign(recovery);
    Log::new(&first, Moment::START).then(&child, Moment::hour(1)).then(&recovery, Moment::hour(2))
}

fn duplicates() -> Vec<Case> {
    const RULE: &str = rule::plc::HISTORY;
    let (root, daily) = (&root(), &daily());
    let plain = Log::new(&op().rotation_keys([root, daily, root]).sign(root), Moment::START);
    let lower_recovers = contested(&[root, daily, root], root, daily);
    let itself_recovers = contested(&[root, root], root, root);
    let first_place_recovers = contested(&[root, daily, root], daily, root);
    vec![
        Case::plc("plc/rotation-keys/duplicate")
            .rule(RULE)
            .about("A key is listed twice.")
            .log(&plain)
            .verified_as(&plain, &[DUPLICATE]),
        Case::plc("plc/rotation-keys/duplicate-signs-from-first-place")
            .rule(RULE)
            .about("The first key, also listed last, signed the child: the key between its places is not above it.")
            .log(&lower_recovers)
            .rejected_at("plc.nullification.authority", 2),
        Case::plc("plc/rotation-keys/duplicate-against-itself")
            .rule(RULE)
            .about("A key listed twice must not recover from its own operation.")
            .log(&itself_recovers)
            .rejected_at("plc.nullification.authority", 2),
        Case::plc("plc/rotation-keys/duplicate-recovers-from-first-place")
            .rule(RULE)
            .about("The first key, also listed last, recovers from the key between its places.")
            .log(&first_place_recovers)
            .verified_as(&first_place_recovers, &[DUPLICATE]),
    ]
}

/// Keys that can sign nothing, after the signer's. Those before it are in `keys_before`.
fn unusable() -> Vec<Case> {
    let case = |name: &str, about: &str, log: &Log, warnings: &[&'static str]| {
        Case::plc(format!("plc/rotation-keys/{name}"))
            .rule(rule::plc::HISTORY)
            .about(about)
            .log(log)
            .verified_as(log, warnings)
    };
    let alone = |genesis: &SignedOp| Log::new(genesis, Moment::START);
    let mut cases: Vec<Case> = Vec::new();
    for (name, key, what) in unusable_keys() {
        let genesis = op().rotation_keys([root().did_key(), key]).sign(&root());
        let about = format!("{what} comes after the signer's key, so it is not read.");
        cases.push(case(&format!("unusable-after-{name}"), &about, &alone(&genesis), &[UNUSABLE]));
    }
    let first = op().rotation_keys([daily().did_key(), fair().did_key()]).sign(&daily());
    let fixed =
        Log::new(&first, Moment::START).then(&update(1).after(&first).sign(&daily()), Moment::hour(1));
    let last = op().rotation_keys([fair().did_key(), daily().did_key()]).after(&genesis()).sign(&daily());
    let about_to_be_stuck = log_with(&last);
    cases.extend([
        case(
            "unusable-in-the-past",
            "An unusable key that is not in the current state gives no warning.",
            &fixed,
            &[],
        ),
        case(
            "unusable-before-all-others",
            "The current state lists an Ed25519 key first: nothing can follow, and the warning says so.",
            &about_to_be_stuck,
            &[UNUSABLE],
        ),
    ]);
    cases
}

fn counts() -> Vec<Case> {
    const RULE: &str = rule::plc::ROTATION_KEYS;
    let with_keys = |count: usize| -> SignedOp {
        let keys: Vec<KeyPair> =
            (0..count).map(|number| KeyPair::k256(&format!("rotation/{number}"))).collect();
        op().rotation_keys(&keys).sign(&keys[count - 1])
    };
    let ten = Log::new(&with_keys(10), Moment::START);
    let three = Log::new(&op().rotation_keys([&root(), &daily(), &spare()]).sign(&root()), Moment::START);
    vec![
        Case::plc("plc/rotation-keys/count-10")
            .rule(RULE)
            .about("Ten keys, the last of which signs.")
            .log(&ten)
            .verified_as(&ten, &[]),
        Case::plc("plc/rotation-keys/count-11")
            .rule(RULE)
            .about("Eleven keys, more than any directory ever allowed.")
            .log(&Log::new(&with_keys(11), Moment::START))
            .rejected_at("plc.operation.too_many_rotation_keys", 0),
        Case::plc("plc/rotation-keys/at-own-limit")
            .rule(RULE)
            .about("As many keys as the caller allows.")
            .log(&three)
            .limit("rotationKeys", 3)
            .verified_as(&three, &[]),
        Case::plc("plc/rotation-keys/above-own-limit")
            .rule(RULE)
            .about("One key more than the caller allows.")
            .log(&three)
            .limit("rotationKeys", 2)
            .rejected_at("plc.operation.too_many_rotation_keys", 0),
    ]
}
