//! A report for people.
//!
//! Whatever core puts into messages and details is quoted already, so nothing in a report can steer a terminal.

use anstyle::{AnsiColor, Style};
use fedverify::Report;
use fedverify::tables::{Check, Outcome, Verdict};
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
            Outcome::NotReached | _ => (FAINT, "-"),
        };
        writeln!(out, "{style}{mark:>4}{style:#}  {:<21} {detail}", check.as_str())?;
    }
    // Of the kind that is about an alias, it is among the steps.
    let has_step = report.checks().any(|(check, ..)| check == Check::FairAlias);
    if let Some(domain) = report.alias().filter(|_| !has_step) {
        let check = Check::FairAlias.as_str();
        writeln!(out, "{GOOD}  ok{GOOD:#}  {check:<21} the DNS of {domain} names this DID")?;
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
        Verdict::Undetermined | _ => (CAUTION.bold(), "could not verify"),
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
    let flag = error.limit().map(|name| format!(" (--limit {name}=N)")).unwrap_or_default();
    writeln!(out, "    help  {}{flag}", error.remedy())
}
