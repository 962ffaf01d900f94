//! `fedverify log`: verify a log, show what became of an identity, compare two logs.

mod diff;
mod named;
mod show;

pub(crate) use diff::diff_logs;
pub(crate) use show::show_log;

use super::FILE_PATIENCE;
use crate::arguments::LogVerify;
use crate::job::Job;
use crate::memory::Memory;
use fedverify::tables::{InputName, Kind};
use fedverify::{Limits, Report};

/// `fedverify log verify`.
pub(crate) fn verify_log(arguments: &LogVerify, limits: &Limits, as_json: bool) -> Report {
    let mut job = Job::new(Kind::PlcLog, limits);
    job.string(InputName::Did, &*arguments.did);
    job.file(InputName::Log, &arguments.log);
    job.number(InputName::Now, arguments.clock.now());
    let memory = Memory::open(&arguments.memory.place(as_json), &arguments.did, FILE_PATIENCE, &mut job);
    memory.report(&job)
}
