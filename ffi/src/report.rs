//! The account of a verification.

use crate::border::{Place, fedverify_str};
use crate::call::{argument, free, given, look, make};
use crate::error::fedverify_error;
use crate::identity::fedverify_identity;
use crate::release::fedverify_release;
use crate::status::fedverify_status;
use crate::web_identity::fedverify_web_identity;
use fedverify::report::{Kind, Report, Verdict};
use fedverify::{Error, Warning};
use std::sync::OnceLock;

/// The account of a verification, the same in every language: `schema/report.v1.json` describes its JSON. Freed with
/// `fedverify_report_free`.
pub struct fedverify_report {
    report: Report,
    json: OnceLock<String>,
}

impl fedverify_report {
    pub(crate) fn of(report: Report) -> Self {
        fedverify_report { report, json: OnceLock::new() }
    }

    fn warning(&self, index: usize) -> Option<&Warning> {
        self.report.warnings().get(index)
    }
}

/// What was to be verified: the log of a did:plc.
pub const FEDVERIFY_KIND_PLC_LOG: i32 = 1;
/// What was to be verified: a release of a FAIR package, without the package's bytes.
pub const FEDVERIFY_KIND_FAIR_METADATA: i32 = 2;
/// What was to be verified: a FAIR package.
pub const FEDVERIFY_KIND_FAIR_PACKAGE: i32 = 3;
/// What was to be verified: a plugin record of the Plugin Federation Network.
pub const FEDVERIFY_KIND_PFN_PLUGIN: i32 = 4;
/// What was to be verified: an ownership challenge of the Plugin Federation Network.
pub const FEDVERIFY_KIND_PFN_CHALLENGE: i32 = 5;
/// What was to be verified: the text of a public key.
pub const FEDVERIFY_KIND_KEY: i32 = 6;

/// How it ended: everything was proven.
pub const FEDVERIFY_VERDICT_VERIFIED: i32 = 1;
/// How it ended: something was judged and refused.
pub const FEDVERIFY_VERDICT_REJECTED: i32 = 2;
/// How it ended: nothing could be judged. Not verified.
pub const FEDVERIFY_VERDICT_UNDETERMINED: i32 = 3;

/// The report on a refusal: `why` is the error that a call gave, and `kind` one of the `FEDVERIFY_KIND_` constants, what was
/// to be verified in the end. The steps before the one that failed are reported as passed, with the facts of what was
/// proven: `identity` and `release` are what was reached, each NULL where it was not. For a release of a did:web
/// `identity` is NULL.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` where `why` is NULL or `kind` is none of the kinds.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_refused(
    kind: i32,
    why: Option<&fedverify_error>,
    identity: Option<&fedverify_identity>,
    release: Option<&fedverify_release>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || {
        let report = Report::refused(kind_of(kind)?, &given(why, "an error")?.0);
        Ok(fedverify_report::of(match (release, identity) {
            (Some(release), _) => report.with_release(&release.release),
            (None, Some(identity)) => report.with_identity(&identity.identity),
            (None, None) => report,
        }))
    })
}

/// The report on a refusal of a FAIR package of a did:web. As `fedverify_report_refused`, with the trust `web`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_refused_web(
    kind: i32,
    why: Option<&fedverify_error>,
    identity: Option<&fedverify_web_identity>,
    release: Option<&fedverify_release>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || {
        let report = Report::refused_web(kind_of(kind)?, &given(why, "an error")?.0);
        Ok(fedverify_report::of(match (release, identity) {
            (Some(release), _) => report.with_release(&release.release),
            (None, Some(identity)) => report.with_web_identity(&identity.0),
            (None, None) => report,
        }))
    })
}

/// Takes a report back. NULL is allowed, the same report twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_free(report: Option<Box<fedverify_report>>) {
    free(report);
}

/// How the verification ended: one of the `FEDVERIFY_VERDICT_` constants; 0 for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_verdict(report: Option<&fedverify_report>) -> i32 {
    look(report, |report| match report.report.verdict() {
        Verdict::Verified => FEDVERIFY_VERDICT_VERIFIED,
        Verdict::Rejected => FEDVERIFY_VERDICT_REJECTED,
        Verdict::Undetermined => FEDVERIFY_VERDICT_UNDETERMINED,
    })
}

/// The report as JSON on one line. It lives as long as the report.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_json(report: Option<&fedverify_report>) -> fedverify_str {
    look(report, |report| fedverify_str::of(report.json.get_or_init(|| report.report.to_json())))
}

/// The number of warnings: what does not stop a verification but should be known.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_warning_count(report: Option<&fedverify_report>) -> usize {
    look(report, |report| report.report.warnings().len())
}

/// The stable dotted code of a warning; absent beyond the end. The text lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_warning_code(
    report: Option<&fedverify_report>,
    index: usize,
) -> fedverify_str {
    look(report, |report| {
        fedverify_str::of_optional(report.warning(index).map(|warning| warning.code().as_str()))
    })
}

/// What a warning says to people, safe to print on a terminal; absent beyond the end. It lives as long as the report.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_report_warning_message(
    report: Option<&fedverify_report>,
    index: usize,
) -> fedverify_str {
    look(report, |report| fedverify_str::of_optional(report.warning(index).map(Warning::message)))
}

fn kind_of(kind: i32) -> Result<Kind, Error> {
    match kind {
        FEDVERIFY_KIND_PLC_LOG => Ok(Kind::PlcLog),
        FEDVERIFY_KIND_FAIR_METADATA => Ok(Kind::FairMetadata),
        FEDVERIFY_KIND_FAIR_PACKAGE => Ok(Kind::FairPackage),
        FEDVERIFY_KIND_PFN_PLUGIN => Ok(Kind::PfnPlugin),
        FEDVERIFY_KIND_PFN_CHALLENGE => Ok(Kind::PfnChallenge),
        FEDVERIFY_KIND_KEY => Ok(Kind::Key),
        _ => Err(argument(&format!("expected one of the FEDVERIFY_KIND_ constants, found {kind}"))),
    }
}
