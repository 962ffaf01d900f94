//! Public keys.

use crate::border::{Bytes, Place, fedverify_str};
use crate::call::make;
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::PublicKey;

/// A public key that can verify signatures: Ed25519, secp256k1 or P-256. Freed with `fedverify_key_free`.
pub struct fedverify_key {
    key_type: String,
    did_key: String,
}

/// Reads a key from any string that one is kept in: a did:key, multibase, PEM or base64. White space around it is ignored.
///
/// Limits: `recordBytes`.
///
/// Errors: `FEDVERIFY_INPUT_TOO_LARGE`, `FEDVERIFY_INPUT_NOT_UTF8`, `FEDVERIFY_KEY_INVALID`, `FEDVERIFY_KEY_UNSUPPORTED`,
/// `FEDVERIFY_PFN_KEY_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_read(
    string: Bytes<'_>,
    string_len: usize,
    limits: Option<&fedverify_limits>,
    key: Place<'_, fedverify_key>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(key, error, || {
        let key = PublicKey::read(string.read(string_len, "a key")?, &fedverify_limits::or_default(limits))?;
        Ok(fedverify_key { key_type: key.key_type().to_string(), did_key: key.to_did_key() })
    })
}

/// Frees a key. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_free(key: Option<Box<fedverify_key>>) {
    free(key);
}

/// The type of the key: `Ed25519`, `secp256k1` or `P-256`. Valid until the key is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_type(key: Option<&fedverify_key>) -> fedverify_str {
    look(key, |key| fedverify_str::new(&key.key_type))
}

/// The key as a did:key. Valid until the key is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_key_did_key(key: Option<&fedverify_key>) -> fedverify_str {
    look(key, |key| fedverify_str::new(&key.did_key))
}
