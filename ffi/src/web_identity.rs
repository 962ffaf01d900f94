//! Identities of the method did:web.

use crate::border::{Bytes, Place, Text, fedverify_str};
use crate::call::{free, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::{WebDid, WebIdentity};

/// An identity as the web server of its did:web describes it. There is no log: whoever controls the domain and its TLS
/// said so, and the trust of every verdict on it is `web`. Freed with `fedverify_web_identity_free`.
pub struct fedverify_web_identity(pub(crate) WebIdentity);

/// Reads the DID document of a did:web, which must have come over TLS from the address that
/// `fedverify_web_document_url` gives.
///
/// Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the family `FEDVERIFY_INPUT_`,
/// `FEDVERIFY_DID_DOCUMENT_MALFORMED`, `FEDVERIFY_DID_DOCUMENT_ID_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_identity_parse(
    document: Bytes<'_>,
    document_len: usize,
    did: Text<'_>,
    did_len: usize,
    limits: Option<&fedverify_limits>,
    identity: Place<'_, fedverify_web_identity>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(identity, error, || {
        let did: WebDid = did.read(did_len, "a DID")?.parse()?;
        let document = document.read(document_len, "a DID document")?;
        WebIdentity::parse(document, &did, &fedverify_limits::of(limits)).map(fedverify_web_identity)
    })
}

/// Takes an identity back. NULL is allowed, the same identity twice is not. Releases and packages that were made from it
/// stay as they are.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_identity_free(identity: Option<Box<fedverify_web_identity>>) {
    free(identity);
}

/// The DID. It lives as long as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_identity_did(identity: Option<&fedverify_web_identity>) -> fedverify_str {
    look(identity, |identity| fedverify_str::of(identity.0.did().as_str()))
}

/// The address that serves the metadata of the identity's package; absent where the document names none. It lives as long
/// as the identity.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_identity_repository(
    identity: Option<&fedverify_web_identity>,
) -> fedverify_str {
    look(identity, |identity| fedverify_str::of_optional(identity.0.repository().ok()))
}
