//! A report for people.
//!
//! Whatever core puts into messages and details is quoted already, so nothing in a report can steer a terminal.

use anstyle::{AnsiColor, Style};
use fedverify::report::{Outcome, Report, Verdict};
use std::io::{self, Write};

const GOOD: Style = AnsiColor::Green.on_default();
const BAD: Style = AnsiColor::Red.on_default();
const CAUTION: Style = AnsiColor::Yellow.on_default();
const FAINT: Style = Style::new().dimmed();

/// Writes the report: every step, the warnings, the verdict, and what to do about a refusal.
pub(crate) fn write(out: &mut impl Write, report: &Report) -> io::Result<()> {
    for (check, outcome, detail) in report.checks() {
        let (style, mark) = match outcome {
            Outcome::Pass => (GOOD, "ok"),
            Outcome::Fail => (BAD, "FAIL"),
            Outcome::Skipped => (FAINT, "skip"),
            Outcome::NotReached => (FAINT, "-"),
        };
        writeln!(out, "{style}{mark:>4}{style:#}  {:<21} {detail}", check.as_str())?;
    }
    if let Some(domain) = report.alias() {
        writeln!(out, "{GOOD}  ok{GOOD:#}  {:<21} the DNS of {domain} names this DID", "fair.alias")?;
    }
    for warning in report.warnings() {
        writeln!(
            out,
            "{CAUTION}warning{CAUTION:#}  {} {FAINT}[{}]{FAINT:#}",
            warning.message(),
            warning.code()
        )?;
    }
    verdict(out, report)
}

fn verdict(out: &mut impl Write, report: &Report) -> io::Result<()> {
    let (style, word) = match report.verdict() {
        Verdict::Verified => (GOOD.bold(), "verified"),
        Verdict::Rejected => (BAD.bold(), "rejected"),
        Verdict::Undetermined => (CAUTION.bold(), "could not verify"),
    };
    let Some(error) = report.error() else {
        return writeln!(out, "{style}{word}{style:#}  {}", report.subject());
    };
    let operation = error.operation().map(|index| format!("operation {index}: ")).unwrap_or_default();
    writeln!(
        out,
        "{style}{word}{style:#}  {operation}{} {FAINT}[{}]{FAINT:#}",
        error.message(),
        error.code()
    )?;
    writeln!(out, "    help  {}", error.remedy())
}
