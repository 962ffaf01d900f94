//! `fedverify log diff`.

mod json;
mod text;

use super::named::NamedLog;
use crate::arguments::{LogDiff, Steps};
use crate::terminal;
use fedverify::directory::compare;
use fedverify::tables::Verdict;
use fedverify::{ApiFault, Error, Identity, Limits, Report};
use json::Diff;
use std::io;

/// A log that was verified, or was not.
struct Side<'a> {
    name: &'a str,
    identity: Option<Identity>,
    report: Report,
}

impl<'a> Side<'a> {
    fn verify(name: &'a str, log: &NamedLog, now: u64, limits: &Limits, as_json: bool) -> Self {
        let mut job = log.job(now, limits);
        if as_json {
            job.offer_pin();
        }
        let (identity, report) = log.verify(&job);
        Side { name, identity, report }
    }
}

/// Verifies two logs of one identity, and says how the second relates to the first.
pub(crate) fn diff_logs(
    arguments: &LogDiff,
    limits: &Limits,
    as_json: bool,
    steps: Steps,
) -> io::Result<Verdict> {
    let now = arguments.clock.now();
    if arguments.first == "-" && arguments.second == "-" {
        let message = "A and B cannot both be standard input";
        return refused(Error::misuse(ApiFault::Argument, message), as_json);
    }
    let open = |source: &str, did: Option<&str>| NamedLog::open(source, did, &arguments.network, limits);
    let first = open(&arguments.first, arguments.did.as_deref());
    // The second must be of the same identity.
    let did = first.did.as_ref().ok().map(|did| did.to_string());
    let second = open(&arguments.second, did.as_deref());
    let first = Side::verify(&arguments.first, &first, now, limits, as_json);
    let second = Side::verify(&arguments.second, &second, now, limits, as_json);
    let identities = first.identity.as_ref().zip(second.identity.as_ref());
    let comparison = identities.map(|(first, second)| compare(first, second));
    let diff = Diff::new(comparison.as_ref(), &first, &second);
    if as_json {
        terminal::print_json(&diff)?;
        return Ok(diff.verdict);
    }
    text::write(comparison.as_ref(), &diff, [&first, &second], now, steps)?;
    Ok(diff.verdict)
}

/// Says that the call is wrong.
fn refused(error: Error, as_json: bool) -> io::Result<Verdict> {
    if as_json {
        terminal::print_json(&Diff::refused(error))?;
    } else {
        crate::text::refusal(&mut anstream::stderr().lock(), Verdict::Undetermined, &error)?;
    }
    Ok(Verdict::Undetermined)
}
