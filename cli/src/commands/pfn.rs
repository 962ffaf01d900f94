//! `fedverify pfn`.

use crate::arguments::{PfnChallenge, PfnCheckChallenge, PfnPlugin};
use crate::job::Job;
use fedverify::tables::{InputName, Kind};
use fedverify::verification::challenge_report;
use fedverify::{Limits, Report};

pub(crate) fn verify_plugin(arguments: &PfnPlugin, limits: &Limits) -> Report {
    let mut job = Job::new(Kind::PfnPlugin, limits);
    job.file(InputName::Key, &arguments.key);
    job.file(InputName::Plugin, &arguments.plugin);
    job.optional(InputName::Signature, arguments.signature.as_deref());
    job.optional(InputName::ArchiveSignature, arguments.archive_signature.as_deref());
    if let Some(archive) = &arguments.archive {
        job.stream(InputName::Archive, archive);
    }
    job.report()
}

pub(crate) fn verify_challenge(arguments: &PfnChallenge, limits: &Limits) -> Report {
    let mut job = Job::new(Kind::PfnChallenge, limits);
    job.file(InputName::Key, &arguments.key);
    job.string(InputName::Challenge, &*arguments.challenge);
    job.string(InputName::Signature, &*arguments.signature);
    job.report()
}

/// Judges a challenge before it is sent.
pub(crate) fn check_challenge(arguments: &PfnCheckChallenge, limits: &Limits) -> Report {
    challenge_report(&arguments.challenge, limits)
}
