//! Longer histories of the signing key, and verifiers that remember.

use super::{ACCEPTED, DEADLINE, added, by_new_key, by_old_key, case, fresh, settled, then, with_new_key};
use crate::case::Case;
use crate::cases::fair::published::Published;
use crate::cases::publisher::{daily, genesis, log, op, root, spare};
use crate::json::Json;
use crate::keys::KeyPair;
use crate::moment::Moment;
use crate::operation::{Op, SignedOp};
use crate::pin::{PinFile, Visit};

pub(super) fn cases() -> Vec<Case> {
    [chains(), recoveries(), bare(), remembered()].concat()
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

/// A bare log has no times: the new key may be of this moment.
fn bare() -> Vec<Case> {
    let in_bare_log = |case: Case, published: &Published| {
        let log = &published.log;
        let is_verified = case.code().is_none();
        let warnings = [&["plc.log.bare"], case.warnings()].concat();
        let case = case.log_text(log.did(), log.bare().pretty());
        if is_verified { case.verified(published.facts(), &warnings) } else { case }
    };
    let (new, old) = (by_new_key(&added()), by_old_key(&added()));
    let now = Moment::hour(1000).seconds();
    let cases = |cases: Vec<Case>, published: &Published| -> Vec<Case> {
        cases.into_iter().map(|case| in_bare_log(case, published)).collect()
    };
    [
        cases(fresh("bare-log", "A bare log does not say when the key was added.", &new, now), &new),
        cases(settled("bare-log-old-key", "The key is of the genesis of a bare log.", &old, now), &old),
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
            settled("seen-after-deadline", "One second more.", &published, end.seconds() + 1),
            &seen,
            end.plus_ms(1000),
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
