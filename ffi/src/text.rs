//! Texts that belong to the caller.

use crate::border::{Place, Text, fedverify_str};
use crate::call::{free, look, make};
use crate::error::fedverify_error;
use crate::status::fedverify_status;
use fedverify::WebDid;

/// A text that was made for the caller. Freed with `fedverify_text_free`.
pub struct fedverify_text(pub(crate) String);

/// Takes a text back. NULL is allowed, the same text twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_text_free(text: Option<Box<fedverify_text>>) {
    free(text);
}

/// What the text says. It lives as long as the text.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_text_view(text: Option<&fedverify_text>) -> fedverify_str {
    look(text, |text| fedverify_str::of(&text.0))
}

/// The https address that serves the DID document of a did:web.
///
/// Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_url(
    did: Text<'_>,
    did_len: usize,
    url: Place<'_, fedverify_text>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(url, error, || {
        let did: WebDid = did.read(did_len, "a DID")?.parse()?;
        Ok(fedverify_text(did.document_url()))
    })
}
