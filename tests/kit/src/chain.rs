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
    let mut last = op(0).sign(key);
    let mut log = Log::new(&last, Moment::START);
    for number in 1..operations {
        last = op(number).after(&last).sign(key);
        log = log.then(&last, Moment::hour(24 * number as i64));
    }
    log
}
