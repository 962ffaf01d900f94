//! `fedverify log verify`.

use super::FILE_PATIENCE;
use crate::arguments::LogVerify;
use crate::job::Job;
use crate::memory::Memory;
use fedverify::tables::{InputName, Kind};
use fedverify::{Limits, Report};

pub(crate) fn verify_log(arguments: &LogVerify, limits: &Limits) -> Report {
    let mut job = Job::new(Kind::PlcLog, limits);
    job.string(InputName::Did, &*arguments.did);
    job.file(InputName::Log, &arguments.log);
    job.number(InputName::Now, arguments.clock.now());
    let memory = Memory::open(&arguments.memory.place(), &arguments.did, FILE_PATIENCE, &mut job);
    memory.report(&job)
}
