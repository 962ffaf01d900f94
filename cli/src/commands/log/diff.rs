//! `fedverify log diff`.

use super::Source;
use crate::arguments::{LogDiff, Steps};
use crate::history::History;
use crate::{terminal, text};
use fedverify::directory::{Comparison, Relation, compare};
use fedverify::fair::Publisher;
use fedverify::tables::Verdict;
use fedverify::{ApiFault, Error, Identity, Limits, Report, quote};
use serde::Serialize;
use std::io::{self, Write};

/// Names the format of what --json gives.
const SCHEMA: &str = "fedverify/log-diff/v1";

/// A log that was verified, or was not.
struct Side<'a> {
    name: &'a str,
    identity: Option<Identity>,
    report: Report,
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
    let open = |source: &str, did: Option<&str>| Source::open(source, did, &arguments.network, limits);
    let first = open(&arguments.first, arguments.did.as_deref());
    // The second must be of the same identity.
    let did = first.did.as_ref().ok().map(|did| did.to_string());
    let second = open(&arguments.second, did.as_deref());
    let first = side(&arguments.first, &first, now, limits, as_json);
    let second = side(&arguments.second, &second, now, limits, as_json);
    let identities = first.identity.as_ref().zip(second.identity.as_ref());
    let comparison = identities.map(|(first, second)| compare(first, second));
    let diff = Diff::new(comparison.as_ref(), &first, &second);
    if as_json {
        terminal::print_json(&diff)?;
        return Ok(diff.verdict);
    }
    write(comparison.as_ref(), &diff, [&first, &second], now, steps)?;
    Ok(diff.verdict)
}

fn side<'a>(name: &'a str, source: &Source, now: u64, limits: &Limits, as_json: bool) -> Side<'a> {
    let mut job = source.job(now, limits);
    if as_json {
        job.offer_pin();
    }
    let mut verification = job.start();
    for warning in &source.warnings {
        verification.warn(warning.clone());
    }
    let identity = match verification.publisher() {
        Some(Publisher::Plc(identity)) => Some(identity.clone()),
        Some(_) | None => None,
    };
    Side { name, identity, report: verification.finish() }
}

fn refused(error: Error, as_json: bool) -> io::Result<Verdict> {
    if as_json {
        let diff = Diff { verdict: Verdict::Undetermined, error: Some(error), ..Diff::default() };
        terminal::print_json(&diff)?;
    } else {
        text::refusal(&mut anstream::stderr().lock(), Verdict::Undetermined, &error)?;
    }
    Ok(Verdict::Undetermined)
}

/// What --json gives.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Diff<'a> {
    schema: &'static str,
    verdict: Verdict,
    /// How the second log relates to the first; null where one was not verified.
    relation: Option<&'static str>,
    error: Option<Error>,
    only_first: Vec<&'a str>,
    only_second: Vec<&'a str>,
    /// In force in one, nullified in the other: what people read of as undone. `identity.nullified` of each report has all.
    nullified_in_one: Vec<&'a str>,
    /// With different times.
    rewritten: Vec<&'a str>,
    first: Option<&'a Report>,
    second: Option<&'a Report>,
}

impl Default for Diff<'_> {
    fn default() -> Self {
        let (only_first, only_second, nullified_in_one, rewritten) =
            (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let (relation, error, first, second) = (None, None, None, None);
        let verdict = Verdict::Undetermined;
        Diff {
            schema: SCHEMA,
            verdict,
            relation,
            error,
            only_first,
            only_second,
            nullified_in_one,
            rewritten,
            first,
            second,
        }
    }
}

impl<'a> Diff<'a> {
    fn new(comparison: Option<&Comparison<'_>>, first: &'a Side<'_>, second: &'a Side<'_>) -> Self {
        let sides = [first, second];
        let reports = Diff { first: Some(&first.report), second: Some(&second.report), ..Diff::default() };
        let Some(comparison) = comparison else {
            // A rejected log says more than one that could not be read.
            let is_rejected = sides.iter().any(|side| side.report.verdict() == Verdict::Rejected);
            let verdict = if is_rejected { Verdict::Rejected } else { Verdict::Undetermined };
            let mut judged = sides.iter().filter(|side| side.report.verdict() == verdict);
            let error = judged
                .find_map(|side| side.report.error().map(|error| error.clone().naming_source(side.name)));
            return Diff { verdict, error, ..reports };
        };
        let error = comparison.error();
        let verdict = match &error {
            None => Verdict::Verified,
            Some(error) if error.code().is_undetermined() => Verdict::Undetermined,
            Some(_) => Verdict::Rejected,
        };
        let cids = |side: &'a Side<'_>, places: &[usize]| {
            let history = side.identity.as_ref().map(Identity::history).unwrap_or_default();
            places.iter().filter_map(|place| history.get(*place)).map(|entry| entry.cid()).collect()
        };
        let rewritten: Vec<usize> = comparison.rewritten.iter().map(|(place, _)| *place).collect();
        Diff {
            verdict,
            relation: Some(comparison.relation.as_str()),
            error,
            only_first: cids(first, &comparison.only_first),
            only_second: cids(second, &comparison.only_second),
            nullified_in_one: cids(first, &comparison.nullified),
            rewritten: cids(first, &rewritten),
            ..reports
        }
    }
}

fn write(
    comparison: Option<&Comparison<'_>>,
    diff: &Diff<'_>,
    sides: [&Side<'_>; 2],
    now: u64,
    steps: Steps,
) -> io::Result<()> {
    let mut said = anstream::stderr().lock();
    let Some(comparison) = comparison else { return write_refusals(&mut said, sides, steps) };
    write_operations(&mut anstream::stdout().lock(), comparison, sides, now)?;
    write_warnings(&mut said, sides)?;
    match &diff.error {
        Some(error) => text::refusal(&mut said, diff.verdict, error),
        None => text::verdict(&mut said, Verdict::Verified, "verified", &relation_of(comparison, sides)),
    }
}

/// What is wrong with each log, where one was not verified.
fn write_refusals(said: &mut impl Write, sides: [&Side<'_>; 2], steps: Steps) -> io::Result<()> {
    for side in sides {
        writeln!(said, "{}:", quote(side.name))?;
        // Of a log that holds, only that it does.
        let is_verified = side.report.verdict() == Verdict::Verified && steps == Steps::Taken;
        text::write(said, &side.report, if is_verified { Steps::None } else { steps })?;
    }
    Ok(())
}

/// The operations in which the logs differ.
fn write_operations(
    out: &mut impl Write,
    comparison: &Comparison<'_>,
    [first, second]: [&Side<'_>; 2],
    now: u64,
) -> io::Result<()> {
    for (side, places) in [(first, &comparison.only_first), (second, &comparison.only_second)] {
        if let Some(identity) = side.identity.as_ref().filter(|_| !places.is_empty()) {
            writeln!(out, "only in {}:", quote(side.name))?;
            History::new(identity, now, None).write(out, places)?;
        }
    }
    let history = first.identity.as_ref().map(Identity::history).unwrap_or_default();
    for entry in comparison.nullified.iter().filter_map(|place| history.get(*place)) {
        writeln!(out, "in force in one, undone in the other: {}", entry.cid())?;
    }
    out.flush()
}

fn write_warnings(said: &mut impl Write, sides: [&Side<'_>; 2]) -> io::Result<()> {
    for side in sides {
        for warning in side.report.warnings() {
            writeln!(said, "warning  {}: {} [{}]", quote(side.name), warning.message(), warning.code())?;
        }
    }
    Ok(())
}

/// How logs that do not contradict each other relate, in words.
fn relation_of(comparison: &Comparison<'_>, [first, second]: [&Side<'_>; 2]) -> String {
    let (first, second) = (quote(first.name), quote(second.name));
    let undone = comparison.nullified.len();
    match comparison.relation {
        Relation::Ahead => {
            let more = comparison.only_second.len();
            format!("{second} lawfully continues {first}: {more} more, {undone} undone")
        }
        Relation::Behind => {
            let fewer = comparison.only_first.len();
            format!(
                "{second} lags behind {first}, which lawfully continues it: {fewer} more, {undone} undone"
            )
        }
        Relation::Equal | _ => format!("{second} says the same as {first}"),
    }
}
