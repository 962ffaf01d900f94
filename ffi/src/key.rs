//! Public keys.

use crate::border::{Bytes, Place, fedverify_str};
use crate::call::{free, given, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::report::fedverify_report;
use crate::status::fedverify_status;
use fedverify::{PublicKey, Report};

/// A public key that can verify signatures: Ed25519, secp256k1 or P-256. Freed with `fedverify_key_free`.
pub struct fedverify_key {
    key: PublicKey,
    key_type: String,
    did_key: String,
}

/// Reads a key from any text that one is kept in: a did:key, a multibase text, PEM or base64. White space around it is
/// ignored. Of the limits `recordBytes` counts.
///
/// Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_KEY_INVALID`, `FEDVERIFY_KEY_UNSUPPORTED`,
/// `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_read(
    text: Bytes<'_>,
    text_len: usize,
    limits: Option<&fedverify_limits>,
    key: Place<'_, fedverify_key>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(key, error, || {
        let key = PublicKey::read(text.read(text_len, "a key")?, &fedverify_limits::of(limits))?;
        Ok(fedverify_key { key_type: key.key_type().to_string(), did_key: key.to_did_key(), key })
    })
}

/// Takes a key back. NULL is allowed, the same key twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_free(key: Option<Box<fedverify_key>>) {
    free(key);
}

/// The type of the key: `Ed25519`, `secp256k1` or `P-256`. It lives as long as the key.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_type(key: Option<&fedverify_key>) -> fedverify_str {
    look(key, |key| fedverify_str::of(&key.key_type))
}

/// The key as a did:key. It lives as long as the key.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_did_key(key: Option<&fedverify_key>) -> fedverify_str {
    look(key, |key| fedverify_str::of(&key.did_key))
}

/// The report on the key, of the kind `key`.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_report(
    key: Option<&fedverify_key>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || Ok(fedverify_report::of(Report::of_key(&given(key, "a key")?.key))))
}
