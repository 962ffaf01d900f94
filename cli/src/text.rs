//! A report for people.
//!
//! Whatever core puts into messages and details is quoted already, so nothing in a report can steer a terminal.

use crate::arguments::Steps;
use anstyle::{AnsiColor, Style};
use fedverify::tables::{Check, Outcome, Trust, Verdict};
use fedverify::{Code, Error, Report};
use std::io::{self, Write};

pub(crate) const GOOD: Style = AnsiColor::Green.on_default();
pub(crate) const BAD: Style = AnsiColor::Red.on_default();
pub(crate) const CAUTION: Style = AnsiColor::Yellow.on_default();
pub(crate) const FAINT: Style = Style::new().dimmed();

/// What to do about a wrong call: core's own words are for programs.
const CALL: &str = "The command's --help says what it takes.";

/// Writes the report: the steps, the warnings, the verdict, and what to do about a refusal. A wrong call has no steps worth telling.
pub(crate) fn write(out: &mut impl Write, report: &Report, steps: Steps) -> io::Result<()> {
    let is_misuse = report.error().is_some_and(|error| error.code() == Code::ApiArgument);
    if !is_misuse {
        write_steps(out, report, steps)?;
    }
    for warning in report.warnings() {
        let (message, code) = (warning.message(), warning.code());
        writeln!(out, "{CAUTION}warning{CAUTION:#}  {message} {FAINT}[{code}]{FAINT:#}")?;
    }
    let Some(error) = report.error() else {
        // Where there is no trust, nothing was proven that a verdict could rest on.
        let word = if report.trust().is_none() { "well-formed" } else { "verified" };
        return verdict(out, Verdict::Verified, word, &format!("{}{}", report.subject(), basis(report)));
    };
    refusal(out, report.verdict(), error)
}

/// What a web server vouches for must not look as if a log proved it. A plugin or a challenge names its key anyway.
fn basis(report: &Report) -> String {
    match report.trust() {
        Some(Trust::Web) => format!(" {FAINT}[trust: web]{FAINT:#}"),
        Some(Trust::SelfCertified | Trust::Key) | None | Some(_) => String::new(),
    }
}

fn write_steps(out: &mut impl Write, report: &Report, steps: Steps) -> io::Result<()> {
    let stopped = report.error().and_then(Error::check);
    let is_shown = |check: Check, outcome: Outcome| match steps {
        Steps::None => false,
        Steps::Taken => matches!(outcome, Outcome::Pass | Outcome::Fail) || stopped == Some(check),
        Steps::All => true,
    };
    for (check, outcome, detail) in report.checks().filter(|(check, outcome, _)| is_shown(*check, *outcome)) {
        let (style, mark) = match outcome {
            Outcome::Pass => (GOOD, "ok"),
            Outcome::Fail => (BAD, "FAIL"),
            Outcome::Skipped => (FAINT, "skip"),
            Outcome::NotReached | _ => (FAINT, "-"),
        };
        // Why a step failed, or could not be taken, is what the verdict says, right below.
        let detail = if outcome == Outcome::Fail || stopped == Some(check) { "" } else { detail };
        let line = format!("{:<21} {detail}", check.as_str());
        writeln!(out, "{style}{mark:>4}{style:#}  {}", line.trim_end())?;
    }
    // Where the verification is about an alias, that is among the steps.
    let has_step = report.checks().any(|(check, ..)| check == Check::FairAlias);
    if let Some(domain) = report.alias().filter(|_| !has_step && steps != Steps::None) {
        let check = Check::FairAlias.as_str();
        writeln!(out, "{GOOD}  ok{GOOD:#}  {check:<21} the DNS of {domain} names this DID")?;
    }
    Ok(())
}

/// Writes why something was not verified, and what to do about it.
pub(crate) fn refusal(out: &mut impl Write, of: Verdict, error: &Error) -> io::Result<()> {
    let word = if of == Verdict::Rejected { "rejected" } else { "could not verify" };
    let operation = error.operation().map(|index| format!("operation {index}: ")).unwrap_or_default();
    let (message, code) = (error.message(), error.code());
    verdict(out, of, word, &format!("{operation}{message} {FAINT}[{code}]{FAINT:#}"))?;
    let setting = setting(error).map(|setting| format!(" ({setting})")).unwrap_or_default();
    let help = if error.code() == Code::ApiArgument { CALL } else { error.remedy() };
    writeln!(out, "    help  {help}{setting}")
}

/// What this command calls the setting that the remedy of a code speaks of: core names it for every language.
const SETTINGS: [(Code, &str); 7] = [
    (Code::FairArtifactTooMany, "--artifact-url URL"),
    (Code::FairTooMuchWork, "--artifact-url URL"),
    (Code::FairKeyTooFresh, "--wait-recovery-window"),
    (Code::PinDowngrade, "--no-downgrade"),
    (Code::IoFileUnwritable, "--no-pin, or leave out --pin"),
    (Code::IoNetworkConnect, "HTTPS_PROXY"),
    (Code::IoNetworkTls, "SSL_CERT_FILE"),
];

fn setting(error: &Error) -> Option<String> {
    let limit = error.limit().map(|limit| format!("--limit {limit}=N"));
    let named = || SETTINGS.iter().find(|(code, _)| *code == error.code());
    limit.or_else(|| named().map(|(_, setting)| (*setting).to_owned()))
}

/// Writes the last line: a word, and what it is about.
pub(crate) fn verdict(out: &mut impl Write, of: Verdict, word: &str, about: &str) -> io::Result<()> {
    let style = match of {
        Verdict::Verified => GOOD.bold(),
        Verdict::Rejected => BAD.bold(),
        Verdict::Undetermined | _ => CAUTION.bold(),
    };
    writeln!(out, "{style}{word}{style:#}  {about}")
}
