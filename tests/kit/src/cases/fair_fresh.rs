//! Packages signed by a key that a recovery can still undo: `fair.md`, "Fresh keys".

use crate::case::Case;
use crate::cases::fair::published::Published;
use crate::cases::publisher::{daily, fair, genesis, log, op, root, spare};
use crate::cases::rule;
use crate::json::Json;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::metadata::Form;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};
use crate::pin::{PinFile, Visit};

const FRESH: &str = "fair.key.fresh";
const TOO_FRESH: &str = "fair.key.too_fresh";

/// When the second operation was accepted, and the last hour in which it can be undone.
const ACCEPTED: Moment = Moment::hour(1);
const DEADLINE: Moment = Moment::hour(73);

pub(super) fn cases() -> Vec<Case> {
    [window(), signers(), older_keys(), chains(), recoveries(), remembered()].concat()
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
    [
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

fn chains() -> Vec<Case> {
    let with_alias = || op().also_known_as("https://publisher.example/1");
    let chain = |first: Op, first_signer: &KeyPair, second: Op, second_signer: &KeyPair, at: Moment| {
        let first: SignedOp = first.after(&genesis()).sign(first_signer);
        log().then(&first, ACCEPTED).then(&second.after(&first).sign(second_signer), at)
    };
    let both = || with_new_key().also_known_as("https://publisher.example/1");
    let (root, daily) = (&root(), &daily());
    let soon = Moment::hour(2);
    let confirmed = chain(with_new_key(), daily, both(), root, soon);
    let on_open = chain(with_alias(), daily, both(), root, soon);
    let older = chain(with_new_key(), root, both(), daily, soon);
    let later = chain(with_new_key(), daily, both(), daily, Moment::hour(50));
    let readded = chain(op().with("verificationMethods", Json::object([])), daily, op(), daily, soon);
    [
        fresh(
            "followed-by-highest-key",
            "The second key added the key; the highest key signed what follows, which is undone with it.",
            &by_new_key(&confirmed),
            Moment::hour(3).seconds(),
        ),
        fresh(
            "on-open-operation",
            "The highest key added the key, after an operation by the second key, with which it is undone.",
            &by_new_key(&on_open),
            Moment::hour(3).seconds(),
        ),
        settled(
            "before-open-operation",
            "The highest key added the key, before an operation by the second key.",
            &by_new_key(&older),
            Moment::hour(3).seconds(),
        ),
        fresh(
            "chain-at-deadline",
            "Two operations by the second key, and exactly 72 hours since the first, which added the key.",
            &by_new_key(&later),
            DEADLINE.seconds(),
        ),
        settled(
            "chain-after-deadline",
            "The first operation, which added the key, can no longer be undone; the second can.",
            &by_new_key(&later),
            DEADLINE.seconds() + 1,
        ),
        fresh(
            "added-again",
            "The second key removed the key, and added it again: the second of these operations can be undone alone.",
            &by_old_key(&readded),
            Moment::hour(3).seconds(),
        ),
    ]
    .concat()
}

fn recoveries() -> Vec<Case> {
    let contested = |recovery: &KeyPair| {
        then(op().also_known_as("https://thief.example"), &spare())
            .then(&with_new_key().after(&genesis()).sign(recovery), Moment::hour(2))
    };
    let now = Moment::hour(3).seconds();
    [
        settled(
            "recovered-by-highest-key",
            "A recovery by the highest key brought the key.",
            &by_new_key(&contested(&root())),
            now,
        ),
        fresh(
            "recovered-by-second-key",
            "A recovery by the second key brought the key.",
            &by_new_key(&contested(&daily())),
            now,
        ),
    ]
    .concat()
}

/// A directory can backdate what a verifier has not seen.
fn remembered() -> Vec<Case> {
    let published = by_new_key(&added());
    let before = PinFile::first(&Visit::audit(&log(), Moment::hour(1).seconds()));
    let seen = before.next(&Visit::audit(&added(), Moment::hour(1000).seconds()));
    let seen_first = PinFile::first(&Visit::audit(&added(), Moment::hour(1000).seconds()));
    let with_pin = |cases: Vec<Case>, pin: &PinFile, now: Moment| -> Vec<Case> {
        let next = pin.next(&Visit::audit(&added(), now.seconds()));
        let with = |case: Case| {
            let is_verified = case.code().is_none();
            let kept =
                if is_verified { next.clone().release("1.0.0", &published.package) } else { next.clone() };
            case.file("pin", "pin.json", pin.json().pretty()).keeps(&kept)
        };
        cases.into_iter().map(with).collect()
    };
    let (now, end) = (Moment::hour(1000), Moment::hour(1072));
    let first = PinFile::first(&Visit::audit(&added(), now.seconds())).release("1.0.0", &published.package);
    [
        with_pin(
            fresh(
                "seen-now",
                "The key is said to be 999 hours old, and an earlier visit did not see it.",
                &published,
                now.seconds(),
            ),
            &before,
            now,
        ),
        with_pin(
            fresh(
                "seen-at-deadline",
                "Exactly 72 hours after the first visit that saw the key.",
                &published,
                end.seconds(),
            ),
            &seen,
            end,
        ),
        with_pin(
            settled("seen-after-deadline", "An hour more.", &published, end.plus_hours(1).seconds()),
            &seen,
            end.plus_hours(1),
        ),
        with_pin(
            settled(
                "seen-at-first-visit",
                "The first visit saw the key already, so createdAt counts.",
                &published,
                end.seconds(),
            ),
            &seen_first,
            end,
        ),
        vec![
            case(
                "first-visit",
                "A first visit, long after the createdAt of the key.",
                &published,
                now.seconds(),
            )
            .flag("remember")
            .verified(published.facts(), &[])
            .keeps(&first),
        ],
    ]
    .concat()
}
