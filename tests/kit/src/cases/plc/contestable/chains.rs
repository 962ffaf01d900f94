//! Several operations that can be undone, and recoveries.

use super::{ACCEPTED, DEADLINE, NOTHING, Rests, item, listed};
use crate::case::Case;
use crate::cases::publisher::{daily, genesis, log, op, root, spare, update};
use crate::keys::KeyPair;
use crate::moment::Moment;
use crate::operation::Op;

pub(super) fn cases() -> Vec<Case> {
    [chains(), recoveries()].concat()
}

fn with_method() -> Op {
    op().verification_method("fair_2", &KeyPair::ed25519("publisher/fair-2"))
}

fn with_both() -> Op {
    with_method().service("b", "Example", "https://b.example")
}

/// Two operations in a row. Whoever undoes the first undoes the second with it.
fn chains() -> Vec<Case> {
    let (first, second) = (Moment::hour(DEADLINE), Moment::hour(DEADLINE + 49));
    let added = with_method().after(&genesis()).sign(&daily());
    let chain = |op: Op, signer: &KeyPair| {
        log().then(&added, ACCEPTED).then(&op.after(&added).sign(signer), Moment::hour(50))
    };
    let (by_spare, by_root) = (chain(with_both(), &spare()), chain(with_both(), &root()));
    let taken_back = chain(op(), &root());
    let both = Rests { methods: &["fair_2"], services: &["b"], ..NOTHING };
    let later = Rests { services: &["b"], ..NOTHING };
    let of_second = || item(&by_spare, 2, second, &[root(), daily()], later);
    vec![
        listed(
            "chain",
            "Both can be undone: each part is listed with the operation that introduced it.",
            &by_spare,
            first.seconds(),
            [item(&by_spare, 1, first, &[root()], Rests { methods: &["fair_2"], ..NOTHING }), of_second()],
        ),
        listed(
            "chain-first-expired",
            "The first can no longer be undone, the second can.",
            &by_spare,
            first.seconds() + 1,
            [of_second()],
        ),
        listed("chain-expired", "Neither can be undone.", &by_spare, second.seconds() + 1, []),
        listed(
            "chain-second-by-highest-key",
            "The highest key signed the second, which is undone with the first all the same.",
            &by_root,
            first.seconds(),
            [item(&by_root, 1, first, &[root()], both)],
        ),
        listed(
            "chain-taken-back",
            "The highest key removed what the first had added: nothing rests on it.",
            &taken_back,
            first.seconds(),
            [item(&taken_back, 1, first, &[root()], NOTHING)],
        ),
    ]
}

fn recoveries() -> Vec<Case> {
    let contested = |signers: &[&KeyPair]| {
        let op = |number: u32, signer: &KeyPair| update(number).after(&genesis()).sign(signer);
        (1..).zip(signers).fold(log(), |log, (number, signer)| {
            log.then(&op(number, signer), Moment::hour(i64::from(number)))
        })
    };
    let (by_daily, by_root) = (contested(&[&spare(), &daily()]), contested(&[&spare(), &root()]));
    let twice = contested(&[&spare(), &daily(), &root()]);
    let now = Moment::hour(4).seconds();
    vec![
        listed(
            "recovery-by-second-key",
            "A recovery can be undone by the key above its signer's. What it nullified is not listed.",
            &by_daily,
            now,
            [item(
                &by_daily,
                2,
                Moment::hour(74),
                &[root()],
                Rests { aliases: &["https://publisher.example/2"], ..NOTHING },
            )],
        ),
        listed("recovery-by-highest-key", "A recovery by the highest key.", &by_root, now, []),
        listed("second-recovery", "The highest key undid a recovery by the second.", &twice, now, []),
    ]
}
