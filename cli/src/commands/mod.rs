//! The commands: each puts a request together, lets core judge it, and gives back a report.

mod batch;
mod key;
mod log;
mod package;
mod pfn;
mod run;
mod subject;
mod verify;

pub(crate) use batch::batch;
pub(crate) use key::key;
pub(crate) use log::{diff_logs, show_log, verify_log};
pub(crate) use package::verify_package;
pub(crate) use pfn::{check_challenge, verify_challenge, verify_plugin};
pub(crate) use run::run;
pub(crate) use verify::verify;

use std::time::Duration;

/// How long a command over files waits while another run has the pin: verifying files takes no longer.
const FILE_PATIENCE: Duration = Duration::from_secs(30);
