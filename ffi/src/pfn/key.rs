//! Keys of publishers.

use crate::border::{Bytes, Place, fedverify_str};
use crate::call::make;
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::pfn::PublisherKey;

/// The Ed25519 key of a publisher. It is the trust basis of every verdict on what it signed: bring it from where you trust
/// it. Freed with `fedverify_pfn_key_free`.
pub struct fedverify_pfn_key {
    pub(super) key: PublisherKey,
    did_key: String,
}

/// Reads a publisher's key from PEM, on one line or several, or from 32 bytes in base64.
///
/// Limits: `recordBytes`.
///
/// Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_key_parse(
    string: Bytes<'_>,
    string_len: usize,
    limits: Option<&fedverify_limits>,
    key: Place<'_, fedverify_pfn_key>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(key, error, || {
        let key =
            PublisherKey::parse(string.read(string_len, "a key")?, &fedverify_limits::or_default(limits))?;
        Ok(fedverify_pfn_key { did_key: key.public_key().to_did_key(), key })
    })
}

/// Frees a key. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_key_free(key: Option<Box<fedverify_pfn_key>>) {
    free(key);
}

/// The key as a did:key. Valid until the key is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_pfn_key_did_key(key: Option<&fedverify_pfn_key>) -> fedverify_str {
    look(key, |key| fedverify_str::new(&key.did_key))
}
