//! What people read of a comparison. Nullified operations are called undone.

use super::Side;
use super::json::Diff;
use crate::arguments::Steps;
use crate::history::History;
use crate::text;
use fedverify::directory::{Comparison, Relation};
use fedverify::tables::Verdict;
use fedverify::{Identity, quote};
use std::io::{self, Write};

/// Writes the operations in which the logs differ to standard output, and the rest to standard error.
pub(super) fn write(
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
        // For a log that holds, one line is enough.
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
    let nullified = comparison.nullified.len();
    match comparison.relation {
        Relation::Ahead => {
            let more = comparison.only_second.len();
            format!("{second} lawfully continues {first}: {more} more, {nullified} undone")
        }
        Relation::Behind => {
            let fewer = comparison.only_first.len();
            format!(
                "{second} lags behind {first}, which lawfully continues it: {fewer} more, {nullified} undone"
            )
        }
        Relation::Equal | _ => format!("{second} says the same as {first}"),
    }
}
