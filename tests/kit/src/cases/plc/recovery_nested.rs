//! Recoveries of recoveries, and of whole lines.

use crate::case::Case;
use crate::cases::publisher::{daily, genesis, root, spare, update};
use crate::cases::rule;
use crate::keys::KeyPair;
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

const RULE: &str = rule::plc::RECOVERY;

pub(super) fn cases() -> Vec<Case> {
    vec![whole_line(), goes_on(), within_a_line(), three_deep(), recovery_of_a_recovery(), spent_inside()]
}

/// A log in the making: each operation an hour after the one before, each with a number of its own.
struct History {
    log: Log,
    operations: Vec<SignedOp>,
}

impl History {
    fn new() -> History {
        History { log: Log::new(&genesis(), Moment::START), operations: vec![genesis()] }
    }

    /// Adds an operation after the one of this index.
    fn then(mut self, prev: usize, signer: &KeyPair) -> History {
        let number = self.operations.len() as u32;
        let op = update(number).after(&self.operations[prev]).sign(signer);
        self.log = self.log.then(&op, Moment::hour(i64::from(number)));
        self.operations.push(op);
        self
    }

    fn verified(&self, name: &str, about: &str) -> Case {
        Case::plc(format!("plc/recovery-nested/{name}"))
            .rule(RULE)
            .about(about)
            .log(&self.log)
            .verified_with_state(&self.log, &[])
    }
}

fn whole_line() -> Case {
    (0..5)
        .fold(History::new(), |history, prev| history.then(prev, &daily()))
        .then(0, &root())
        .verified("whole-line", "A recovery at the genesis nullifies five operations in a row.")
}

fn goes_on() -> Case {
    History::new()
        .then(0, &daily())
        .then(0, &root())
        .then(2, &spare())
        .then(3, &daily())
        .verified("goes-on", "After a recovery the history goes on, by lower keys too.")
}

fn within_a_line() -> Case {
    History::new()
        .then(0, &daily())
        .then(1, &daily())
        .then(2, &daily())
        .then(1, &root())
        .then(4, &daily())
        .verified("within-a-line", "A recovery in the middle nullifies only what came after its prev.")
}

/// ```text
/// 0 <- 1 <- 2 <- 3           3 nullified by 4
///           2 <- 4 <- 5      2, 4, 5 nullified by 6
///      1 <- 6 <- 7           1, 6, 7 nullified by 8
/// 0 <- 8
/// ```
fn three_deep() -> Case {
    let history = History::new().then(0, &spare()).then(1, &spare()).then(2, &spare());
    let history = history.then(2, &daily()).then(4, &spare()).then(1, &daily()).then(6, &spare());
    history
        .then(0, &root())
        .verified("three-deep", "Three recoveries, each further back than the one before.")
}

fn recovery_of_a_recovery() -> Case {
    History::new().then(0, &spare()).then(0, &daily()).then(2, &spare()).then(0, &root()).verified(
        "recovery-of-a-recovery",
        "The second recovery nullifies the first and what followed it; what the first nullified stays so.",
    )
}

/// A recovery inside a line spends authority there, not at the genesis.
fn spent_inside() -> Case {
    History::new().then(0, &spare()).then(1, &spare()).then(1, &root()).then(0, &daily()).verified(
        "authority-is-counted-for-each-prev",
        "The root key recovered one operation further on; at the genesis the signer of the child is still the spare key.",
    )
}
