//! Long honest histories, for benchmarks and for limits.

use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::Op;

/// The log of an identity that was updated once a day: `operations` in all, signed by a secp256k1 key.
pub fn chain(operations: u64) -> Log {
    chain_of(operations, &KeyPair::k256("chain"))
}

/// The same, signed by any key.
pub fn chain_of(operations: u64, key: &KeyPair) -> Log {
    let op = |number: u64| {
        Op::regular()
            .rotation_keys([key])
            .verification_method("fair", &KeyPair::ed25519("chain/fair"))
            .service("fairpm_repo", "FairPackageManagementRepo", &format!("https://repo.example/{number}"))
    };
    daily(operations, key, op)
}

/// The log of an identity as most are: one key for all, a name and a service. Every library that reads logs takes it.
pub fn ordinary(operations: u64, key: &KeyPair) -> Log {
    let op = |number: u64| {
        Op::regular()
            .rotation_keys([key])
            .verification_method("atproto", key)
            .also_known_as(&format!("at://{number}.example"))
            .service("atproto_pds", "AtprotoPersonalDataServer", "https://pds.example")
    };
    daily(operations, key, op)
}

/// The log of an identity that has so many keys and replaces them all once a day.
pub fn turnover(operations: u64, keys: u64) -> Log {
    let signer = KeyPair::k256("turnover");
    let op = |number: u64| {
        (0..keys).fold(Op::regular().rotation_keys([&signer]), |op, key| {
            op.verification_method(
                &format!("key{key}"),
                &KeyPair::ed25519(&format!("turnover/{number}/{key}")),
            )
        })
    };
    daily(operations, &signer, op)
}

/// The log that takes the most signature checks: each operation has as many keys as one may have, and is signed by the last of
/// those that did not sign before it. That one is tried last, since the key that signed last is tried first.
pub fn laborious(operations: u64) -> Log {
    let keys: Vec<KeyPair> = (0..10).map(|number| KeyPair::k256(&format!("laborious/{number}"))).collect();
    let op =
        |number: u64| Op::regular().rotation_keys(&keys).also_known_as(&format!("at://{number}.example"));
    daily_by(operations, |number| if number % 2 == 0 { &keys[9] } else { &keys[8] }, op)
}

fn daily(operations: u64, signer: &KeyPair, op: impl Fn(u64) -> Op) -> Log {
    daily_by(operations, |_| signer, op)
}

/// The same, where not all are signed by one key.
fn daily_by<'k>(operations: u64, signer: impl Fn(u64) -> &'k KeyPair, op: impl Fn(u64) -> Op) -> Log {
    let mut last = op(0).sign(signer(0));
    let mut log = Log::new(&last, Moment::START);
    for number in 1..operations {
        last = op(number).after(&last).sign(signer(number));
        log = log.then(&last, Moment::hour(24 * number as i64));
    }
    log
}
