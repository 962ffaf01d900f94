//! The commands: each reads its files, lets core judge them, and gives back a report.

mod batch;
mod key;
mod log;
mod package;
mod pfn;
mod verify;

pub(crate) use batch::batch;
pub(crate) use key::key;
pub(crate) use log::verify_log;
pub(crate) use package::verify_package;
pub(crate) use pfn::{verify_challenge, verify_plugin};
pub(crate) use verify::verify;
