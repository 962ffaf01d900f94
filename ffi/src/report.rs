//! The account of a verification.

use crate::border::{Place, Str, fedverify_str};
use crate::call::{attempt, given, make, make_optional, panicked};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::pin::fedverify_pin;
use crate::status::fedverify_status;
use crate::warnings;
use fedverify::tables::{Trust, Verdict};
use fedverify::{Error, Report};
use std::sync::OnceLock;

/// The account of a verification, the same in every language: `schema/report.v1.json` describes its JSON. Freed with
/// `fedverify_report_free`.
pub struct fedverify_report {
    report: Report,
    json: OnceLock<String>,
    subject: OnceLock<String>,
}

impl fedverify_report {
    pub(crate) fn new(report: Report) -> Self {
        fedverify_report { report, json: OnceLock::new(), subject: OnceLock::new() }
    }

    /// That the report is verified, or why not.
    ///
    /// # Errors
    ///
    /// The error of the report.
    pub(crate) fn outcome(&self) -> Result<(), Error> {
        match (self.report.verdict() == Verdict::Verified, self.report.error()) {
            (true, None) => Ok(()),
            (_, Some(error)) => Err(error.clone()),
            // No report is like this. If one ever is, it must not pass for a proof.
            (false, None) => Err(panicked()),
        }
    }
}

/// Frees a report. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_free(report: Option<Box<fedverify_report>>) {
    free(report);
}

/// How the verification ended: one of the `FEDVERIFY_VERDICT_` constants; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_verdict(report: Option<&fedverify_report>) -> i32 {
    look(report, |report| verdict_number(report.report.verdict()))
}

/// The number of a verdict: its place in the table, counted from 1, as the header's constants have it.
fn verdict_number(verdict: Verdict) -> i32 {
    let before = Verdict::ALL.iter().take_while(|other| **other != verdict).count();
    i32::try_from(before).unwrap_or_default().saturating_add(1)
}

/// Whether the report is verified, or why not: the status and the error that `fedverify_verification_finish` gave.
///
/// Errors: that of the report; `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_outcome(
    report: Option<&fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || given(report, "a report")?.outcome())
}

/// What the verdict rests on, one of the `FEDVERIFY_TRUST_` constants; absent where nothing was proven that it could rest
/// on. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_trust(report: Option<&fedverify_report>) -> fedverify_str {
    look(report, |report| fedverify_str::from_optional(report.report.trust().map(Trust::as_str)))
}

/// What was verified, in a few words for people, safe to print on a terminal. Valid until the report is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_subject(report: Option<&fedverify_report>) -> fedverify_str {
    look(report, |report| fedverify_str::new(report.subject.get_or_init(|| report.report.subject())))
}

/// The report as JSON on one line. Valid until the report is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_json(report: Option<&fedverify_report>) -> fedverify_str {
    look(report, |report| fedverify_str::new(report.json.get_or_init(|| report.report.to_json())))
}

/// What to keep for the next visit, whatever the verdict: a new pin, to be freed. Puts NULL into `pin` where there is nothing to
/// keep, because no memory was asked for or the log itself was not proven: then leave what was kept before as it is.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_pin(
    report: Option<&fedverify_report>,
    pin: Place<'_, fedverify_pin>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make_optional(pin, error, || Ok(given(report, "a report")?.report.pin().cloned().map(fedverify_pin::new)))
}

/// The report for where its pin could not be kept, and why: a new report, to be freed. A verdict that is not remembered could
/// be undone by the next visit, so it becomes undetermined, with the code `io.file.unwritable`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_not_remembered(
    report: Option<&fedverify_report>,
    message: Str<'_>,
    message_len: usize,
    changed: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(changed, error, || {
        let report = given(report, "a report")?.report.clone();
        let why = Error::unwritable_file(message.read_message(message_len)?);
        Ok(fedverify_report::new(report.not_remembered(why)))
    })
}

/// The number of warnings: non-fatal findings.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_warning_count(report: Option<&fedverify_report>) -> usize {
    look(report, |report| report.report.warnings().len())
}

/// The stable code of a warning, one of the `FEDVERIFY_WARNING_` constants; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_warning_code(
    report: Option<&fedverify_report>,
    index: usize,
) -> fedverify_str {
    look(report, |report| warnings::code(report.report.warnings(), index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the report is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_warning_message(
    report: Option<&fedverify_report>,
    index: usize,
) -> fedverify_str {
    look(report, |report| warnings::message(report.report.warnings(), index))
}
