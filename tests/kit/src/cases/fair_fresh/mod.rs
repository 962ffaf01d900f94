//! Packages signed by a key that a recovery can still undo: `fair.md`, "Fresh keys".

mod histories;

use crate::case::Case;
use crate::cases::fair::published::Published;
use crate::cases::publisher::{daily, fair, genesis, log, op, root, spare};
use crate::cases::rule;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::metadata::Form;
use crate::moment::Moment;
use crate::operation::Op;

const FRESH: &str = "fair.key.fresh";
const TOO_FRESH: &str = "fair.key.too_fresh";

/// When the second operation was accepted, and the last hour in which it can be undone.
const ACCEPTED: Moment = Moment::hour(1);
const DEADLINE: Moment = Moment::hour(73);

pub(super) fn cases() -> Vec<Case> {
    [window(), signers(), older_keys(), histories::cases()].concat()
}

/// A new key that signs packages.
fn new_key() -> KeyPair {
    KeyPair::ed25519("publisher/fair-new")
}

/// The publisher's state with the new key beside the old one.
fn with_new_key() -> Op {
    op().verification_method("fair_new", &new_key())
}

/// The publisher's log, then this operation.
fn then(op: Op, signer: &KeyPair) -> Log {
    log().then(&op.after(&genesis()).sign(signer), ACCEPTED)
}

/// A log whose second key added the new signing key.
fn added() -> Log {
    then(with_new_key(), &daily())
}

/// A package that the new key signed, under a log that lists it.
fn by_new_key(log: &Log) -> Published {
    Published::under(log.clone(), "fair_new", new_key(), Form::Ed25519Sha384)
}

/// A package that the publisher's first key signed.
fn by_old_key(log: &Log) -> Published {
    Published::under(log.clone(), "fair", fair(), Form::Ed25519Sha384)
}

fn case(name: &str, about: &str, published: &Published, now: u64) -> Case {
    published.case_called(&format!("fair/fresh/{name}")).rule(rule::fair::FRESH).about(about).now(now)
}

/// The package is verified, whether or not the caller wants to wait.
fn settled(name: &str, about: &str, published: &Published, now: u64) -> Vec<Case> {
    let waiting = case(&format!("{name}-wait"), &format!("{about} The caller waits."), published, now);
    vec![
        case(name, about, published, now).verified(published.facts(), &[]),
        waiting.flag("waitRecoveryWindow").verified(published.facts(), &[]),
    ]
}

/// The package is verified with a warning, and refused where the caller wants to wait.
fn fresh(name: &str, about: &str, published: &Published, now: u64) -> Vec<Case> {
    let waiting = case(&format!("{name}-wait"), &format!("{about} The caller waits."), published, now);
    vec![
        case(name, about, published, now).verified(published.facts(), &[FRESH]),
        waiting.flag("waitRecoveryWindow").rejected(TOO_FRESH),
    ]
}

fn window() -> Vec<Case> {
    let published = by_new_key(&added());
    let in_force = Json::array([Json::object([
        ("operation", 1.into()),
        ("cid", added().operations()[1].cid().into()),
        ("until", DEADLINE.without_fraction().into()),
        ("keys", Json::array([root().did_key()])),
        ("verificationMethods", Json::array(["fair_new"])),
        ("services", Json::Array(Vec::new())),
        ("alsoKnownAs", Json::Array(Vec::new())),
    ])]);
    let facts = |case: Case| case.fact("contestable", in_force.clone());
    [
        fresh(
            "new-key",
            "The key was added an hour ago, by the second rotation key.",
            &published,
            Moment::hour(2).seconds(),
        )
        .into_iter()
        .map(facts)
        .collect(),
        fresh("at-deadline", "The key was added exactly 72 hours ago.", &published, DEADLINE.seconds()),
        settled(
            "after-deadline",
            "The key was added 72 hours and one second ago.",
            &published,
            DEADLINE.seconds() + 1,
        ),
        vec![
            published
                .case_called("fair/fresh/no-clock")
                .rule(rule::fair::FRESH)
                .about("There is no clock, so nothing is said about how old the key is.")
                .verified(published.facts(), &[])
                .fact("contestable", ()),
        ],
    ]
    .concat()
}

fn signers() -> Vec<Case> {
    let now = Moment::hour(2).seconds();
    let by_root = by_new_key(&then(with_new_key(), &root()));
    let by_spare = by_new_key(&then(with_new_key(), &spare()));
    let genesis_by_daily = by_new_key(&Log::new(&with_new_key().sign(&daily()), Moment::START));
    let p256 = KeyPair::p256("publisher/fair-p256");
    let p256_log = then(op().verification_method("fair_new", &p256), &daily());
    let p256 = Published::under(p256_log, "fair_new", p256, Form::P256Sha384);
    [
        settled("by-highest-key", "The highest rotation key added the key an hour ago.", &by_root, now),
        fresh("by-lowest-key", "The lowest rotation key added the key an hour ago.", &by_spare, now),
        settled("genesis", "A genesis of two hours ago has the key.", &by_old_key(&log()), now),
        settled(
            "genesis-by-second-key",
            "A genesis of two hours ago, signed by the second rotation key, has the key.",
            &genesis_by_daily,
            now,
        ),
        vec![
            case("p256", "The new key is a P-256 key.", &p256, now)
                .verified(p256.facts(), &["fair.signature.legacy", FRESH]),
        ],
    ]
    .concat()
}

fn older_keys() -> Vec<Case> {
    let now = Moment::hour(2).seconds();
    let replaced = then(
        op().with("verificationMethods", Json::object([("fair", new_key().did_key().into())])),
        &daily(),
    );
    let replaced = Published::under(replaced, "fair", new_key(), Form::Ed25519Sha384);
    let alias = then(op().also_known_as("https://publisher.example/1"), &daily());
    // The old id comes after the new one, which so is the one that is named.
    let renamed = |old: &str| {
        let methods = |ids: &[&str]| {
            Json::Object(ids.iter().map(|id| ((*id).to_owned(), new_key().did_key().into())).collect())
        };
        let first = op().with("verificationMethods", methods(&[old])).sign(&root());
        let second = op().with("verificationMethods", methods(&["fair", old])).after(&first).sign(&daily());
        let log = Log::new(&first, Moment::START).then(&second, ACCEPTED);
        Published::under(log, "fair", new_key(), Form::Ed25519Sha384)
    };
    [
        settled(
            "second-id",
            "The key got a second id an hour ago; it is of the genesis under another id of a signing key.",
            &renamed("fair_old"),
            now,
        ),
        fresh(
            "second-id-of-other-use",
            "The key became a signing key an hour ago; before, its id was that of another use.",
            &renamed("other"),
            now,
        ),
        settled(
            "old-key",
            "The key is of the genesis; another one was added an hour ago.",
            &by_old_key(&added()),
            now,
        ),
        settled(
            "old-key-other-change",
            "The key is of the genesis; an alias was added an hour ago.",
            &by_old_key(&alias),
            now,
        ),
        fresh("replaced-key", "Another key took over the id fair an hour ago.", &replaced, now),
    ]
    .concat()
}
