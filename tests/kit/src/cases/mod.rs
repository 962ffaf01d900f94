//! The cases, by what they are about.

pub mod directories;
mod fair;
mod fair_fresh;
mod input;
mod io;
mod key;
mod pfn;
mod pin;
mod plc;
mod publisher;
mod rule;
mod web;

use crate::case::Case;

/// All cases, in the manifest's order.
pub fn all() -> Vec<Case> {
    [
        input::cases(),
        key::cases(),
        plc::cases(),
        fair::cases(),
        fair_fresh::cases(),
        pfn::cases(),
        pin::cases(),
        web::cases(),
        io::cases(),
    ]
    .concat()
}

/// A case about a package in which everything is right so far.
fn fair_package(name: &str) -> Case {
    fair::published::Published::new().case_called(name)
}
