//! What several directories serve of one identity: `did-plc.md`, "Several directories", "Two logs" and "Documents".

mod bare;
mod document;
mod states;
mod times;

use crate::cases::publisher::{daily, genesis, log, root, update};
use crate::directories::{Asked, Case, Served};
use crate::log::Log;
use crate::moment::Moment;
use crate::operation::SignedOp;

/// All cases, in the order of their list.
pub fn all() -> Vec<Case> {
    [states::cases(), times::cases(), bare::cases(), document::cases()].concat()
}

/// A case with its mirror image.
fn both_orders(case: Case) -> [Case; 2] {
    let turned = case.turned();
    [case, turned]
}

fn audits(logs: &[&Log]) -> Vec<Served> {
    logs.iter().map(|log| Served::audit(log)).collect()
}

/// Directories that serve these audit logs.
fn audit(rule: &'static str, name: &str, about: &str, logs: &[&Log]) -> Asked {
    Asked::new(rule, name, about, &audits(logs))
}

/// The second operation, by the key for every day.
fn second() -> SignedOp {
    update(1).after(&genesis()).sign(&daily())
}

/// The recovery of the root key, which undoes the second operation.
fn recovery() -> SignedOp {
    update(2).after(&genesis()).sign(&root())
}

/// One that follows on another, by the key for every day.
fn next(before: &SignedOp) -> SignedOp {
    update(3).after(before).sign(&daily())
}

/// The genesis, and an hour later the second operation.
fn two() -> Log {
    two_at(Moment::hour(1))
}

fn two_at(time: impl Into<String>) -> Log {
    log().then(&second(), time)
}

/// The same, and one that follows an hour after it.
fn longer() -> Log {
    two().then(&next(&second()), Moment::hour(2))
}

/// The second operation is undone.
fn recovered() -> Log {
    two().then(&recovery(), Moment::hour(2))
}
