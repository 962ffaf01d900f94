//! Ownership challenges.

use super::key::fedverify_pfn_key;
use crate::border::{Place, Text, fedverify_str};
use crate::call::{free, given, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::report::fedverify_report;
use crate::status::fedverify_status;
use fedverify::Report;
use fedverify::pfn::{Challenge, VerifiedChallenge};

/// A challenge that the holder of a key answered. Freed with `fedverify_pfn_challenge_free`.
pub struct fedverify_pfn_challenge(VerifiedChallenge);

/// Verifies the answer to an ownership challenge: the signature over the challenge's text exactly as it was sent. Make a
/// fresh challenge each time. Of the limits `challengeBytes` counts.
///
/// Errors: `FEDVERIFY_PFN_CHALLENGE_MALFORMED`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`, `FEDVERIFY_PFN_SIGNATURE_INVALID`,
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_verify(
    text: Text<'_>,
    text_len: usize,
    key: Option<&fedverify_pfn_key>,
    signature: Text<'_>,
    signature_len: usize,
    limits: Option<&fedverify_limits>,
    challenge: Place<'_, fedverify_pfn_challenge>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(challenge, error, || {
        let key = &given(key, "a publisher's key")?.key;
        let signature = signature.read(signature_len, "a signature")?;
        let challenge = Challenge::new(text.read(text_len, "a challenge")?, &fedverify_limits::of(limits))?;
        challenge.verify(key, signature).map(fedverify_pfn_challenge)
    })
}

/// Takes a challenge back. NULL is allowed, the same challenge twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_free(challenge: Option<Box<fedverify_pfn_challenge>>) {
    free(challenge);
}

/// The text of the challenge. It lives as long as the challenge.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_text(challenge: Option<&fedverify_pfn_challenge>) -> fedverify_str {
    look(challenge, |challenge| fedverify_str::of(challenge.0.text()))
}

/// The report on the challenge, of the kind `pfn-challenge`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_report(
    challenge: Option<&fedverify_pfn_challenge>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || {
        Ok(fedverify_report::of(Report::of_challenge(&given(challenge, "a challenge")?.0)))
    })
}
