//! `fedverify pfn`.

use crate::arguments::{PfnChallenge, PfnCheckChallenge, PfnPlugin};
use crate::job::Job;
use crate::{terminal, text};
use fedverify::pfn::Challenge;
use fedverify::tables::{InputName, Kind, Verdict};
use fedverify::{Error, Limits, Report};
use serde::Serialize;
use std::io;

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

/// Names the format of what --json gives of a challenge that was not sent yet.
const SCHEMA: &str = "fedverify/challenge-check/v1";

/// What --json gives. It is no report: nobody has signed anything yet, and this must not be taken for an answer that holds.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ChallengeCheck {
    schema: &'static str,
    may_be_sent: bool,
    error: Option<Error>,
}

/// Judges a challenge before it is sent.
pub(crate) fn check_challenge(
    arguments: &PfnCheckChallenge,
    limits: &Limits,
    as_json: bool,
) -> io::Result<Verdict> {
    let error = Challenge::new(&arguments.challenge, limits).err();
    let verdict = match &error {
        None => Verdict::Verified,
        Some(_) => Verdict::Rejected,
    };
    if as_json {
        terminal::print_json(&ChallengeCheck { schema: SCHEMA, may_be_sent: error.is_none(), error })?;
        return Ok(verdict);
    }
    let mut said = anstream::stderr().lock();
    match &error {
        None => text::verdict(&mut said, verdict, "well-formed", "challenge, which may be sent")?,
        Some(error) => text::refusal(&mut said, verdict, error)?,
    }
    Ok(verdict)
}
