//! Ownership challenges.

use super::key::fedverify_pfn_key;
use crate::border::{Place, Str, fedverify_str};
use crate::call::{attempt, given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::pfn::{Challenge, VerifiedChallenge};

/// A challenge that the holder of a key answered. Freed with `fedverify_pfn_challenge_free`.
pub struct fedverify_pfn_challenge(VerifiedChallenge);

/// Verifies the answer to an ownership challenge: the signature over the challenge exactly as it was sent. Make a fresh one,
/// random and unguessable, each time.
///
/// Limits: `challengeBytes`.
///
/// Errors: `FEDVERIFY_PFN_CHALLENGE_MALFORMED`, `FEDVERIFY_PFN_CHALLENGE_AMBIGUOUS`, `FEDVERIFY_PFN_SIGNATURE_ENCODING`,
/// `FEDVERIFY_PFN_SIGNATURE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_verify(
    string: Str<'_>,
    string_len: usize,
    key: Option<&fedverify_pfn_key>,
    signature: Str<'_>,
    signature_len: usize,
    limits: Option<&fedverify_limits>,
    challenge: Place<'_, fedverify_pfn_challenge>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(challenge, error, || {
        let key = &given(key, "a publisher's key")?.key;
        let signature = signature.read(signature_len, "a signature")?;
        let challenge =
            Challenge::new(string.read(string_len, "a challenge")?, &fedverify_limits::or_default(limits))?;
        challenge.verify(key, signature).map(fedverify_pfn_challenge)
    })
}

/// Checks a challenge before it is sent: what this refuses should never be signed.
///
/// Limits: `challengeBytes`.
///
/// Errors: `FEDVERIFY_PFN_CHALLENGE_MALFORMED`, `FEDVERIFY_PFN_CHALLENGE_AMBIGUOUS`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_check(
    string: Str<'_>,
    string_len: usize,
    limits: Option<&fedverify_limits>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || {
        let string = string.read(string_len, "a challenge")?;
        Challenge::new(string, &fedverify_limits::or_default(limits)).map(drop)
    })
}

/// Frees a challenge. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_free(challenge: Option<Box<fedverify_pfn_challenge>>) {
    free(challenge);
}

/// The challenge, as it was sent. Valid until the challenge is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_challenge_string(
    challenge: Option<&fedverify_pfn_challenge>,
) -> fedverify_str {
    look(challenge, |challenge| fedverify_str::new(challenge.0.as_str()))
}
