//! Rotation keys of history: none, repeated, unusable, many.

use crate::case::Case;
use crate::cases::publisher::{daily, fair, genesis, log_with, op, root, spare, update};
use crate::encoding::did_key;
use crate::keys::{KeyPair, multicodec};
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
    const RULE: &str =
        "did-plc.md, Chain and nullification: empty rotationKeys in a later operation freeze the identity";
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
            .about("An operation follows on one without rotation keys, signed by a key from before.")
            .log(&frozen.clone().then(&after, Moment::hour(2)))
            .rejected_at("plc.signature.invalid", 2),
        Case::plc("plc/rotation-keys/frozen-then-recovered")
            .rule("did-plc.md, Chain and nullification, 4: a recovery nullifies the child and its line")
            .about("A key of higher authority takes the freezing back.")
            .log(&thawed)
            .verified_as(&thawed, &[EMPTY]),
        Case::plc("plc/rotation-keys/empty-genesis")
            .rule(
                "did-plc.md, Chain and nullification, 1: signature by one of the genesis's own rotation keys",
            )
            .about("A genesis without rotation keys: nobody can have signed it.")
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
    const RULE: &str =
        "did-plc.md, Chain and nullification: duplicate rotation keys, the lowest index counts";
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
            .about("The first key, also listed last, signed the child: the key between its places has no more authority.")
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

fn unusable() -> Vec<Case> {
    const RULE: &str = "did-plc.md, Chain and nullification: a rotation key that is malformed or of another type can sign nothing";
    let uncompressed = did_key(&[&multicodec::SECP256K1[..], &root().uncompressed_bytes()].concat());
    let off_curve = did_key(&[&multicodec::SECP256K1[..], &[2], &[0xff; 32]].concat());
    let texts = [
        ("ed25519", fair().did_key(), "An Ed25519 key"),
        ("not-a-did-key", "not a key".to_owned(), "A text that is no key"),
        ("empty-text", String::new(), "An empty text"),
        ("off-curve", off_curve, "A key whose x is no field element"),
        ("uncompressed", uncompressed, "The root key as an uncompressed point"),
    ];
    let mut cases: Vec<Case> = Vec::new();
    for (name, text, about) in texts {
        let log = Log::new(&op().rotation_keys([text, daily().did_key()]).sign(&daily()), Moment::START);
        cases.push(
            Case::plc(format!("plc/rotation-keys/unusable-{name}"))
                .rule(RULE)
                .about(format!("{about} stands before the signer's key."))
                .log(&log)
                .verified_as(&log, &[UNUSABLE]),
        );
    }
    let first = op().rotation_keys([fair().did_key(), daily().did_key()]).sign(&daily());
    let mended =
        Log::new(&first, Moment::START).then(&update(1).after(&first).sign(&daily()), Moment::hour(1));
    let by_ed25519 = op().rotation_keys([&fair(), &daily()]).sign(&fair());
    let by_uncompressed =
        op().rotation_keys([did_key(&[&multicodec::SECP256K1[..], &root().uncompressed_bytes()].concat())]);
    cases.extend([
        Case::plc("plc/rotation-keys/unusable-in-the-past")
            .rule(RULE)
            .about("An unusable key that is no longer current is worth no warning.")
            .log(&mended)
            .verified_as(&mended, &[]),
        Case::plc("plc/rotation-keys/signed-by-ed25519")
            .rule("did-plc.md, Signatures: any other key type in rotationKeys cannot sign")
            .about("The genesis is signed by an Ed25519 rotation key, in 64 bytes that verify under it.")
            .log(&Log::new(&by_ed25519, Moment::START))
            .rejected_at("plc.signature.invalid", 0),
        Case::plc("plc/rotation-keys/signed-by-uncompressed")
            .rule("did-plc.md, Signatures: compressed points only")
            .about("The only rotation key is an uncompressed point; the signature verifies under that point.")
            .log(&Log::new(&by_uncompressed.sign(&root()), Moment::START))
            .rejected_at("plc.signature.invalid", 0),
        unusable_keys_hold_their_place(),
    ]);
    cases
}

fn unusable_keys_hold_their_place() -> Case {
    let first =
        op().rotation_keys(["not a key".to_owned(), root().did_key(), daily().did_key()]).sign(&root());
    let child = update(1).after(&first).sign(&daily());
    let recovery = update(2).after(&first).sign(&root());
    let log = Log::new(&first, Moment::START).then(&child, Moment::hour(1)).then(&recovery, Moment::hour(2));
    Case::plc("plc/rotation-keys/unusable-before-recovery")
        .rule("did-plc.md, Chain and nullification, 4: higher authority is a lower index in prev's rotationKeys")
        .about("Authority goes by the place in the list, in which an unusable key stands first.")
        .log(&log)
        .verified_as(&log, &[])
}

fn counts() -> Vec<Case> {
    const RULE: &str = "did-plc.md, Chain and nullification: six to ten rotation keys exist in history";
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
            .about("As many keys as a caller allows.")
            .log(&three)
            .limit("rotationKeys", 3)
            .verified_as(&three, &[]),
        Case::plc("plc/rotation-keys/above-own-limit")
            .rule(RULE)
            .about("One key more than a caller allows.")
            .log(&three)
            .limit("rotationKeys", 2)
            .rejected_at("plc.operation.too_many_rotation_keys", 0),
    ]
}
