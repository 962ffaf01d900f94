//! DID documents of the method did:web.

use crate::border::{Bytes, Out, Place, Str, fedverify_str};
use crate::call::{given, make, tell};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use crate::string::fedverify_string;
use fedverify::plc::Service;
use fedverify::{DidKey, WebDid, WebDocument};

/// The DID document of a did:web. There is no log: whoever controls the domain and its TLS said so, and the trust of every
/// verdict on it is `web`. Freed with `fedverify_web_document_free`.
pub struct fedverify_web_document {
    pub(crate) document: WebDocument,
    methods: Vec<(String, DidKey)>,
    services: Vec<(String, Service)>,
}

impl fedverify_web_document {
    pub(crate) fn new(document: WebDocument) -> Self {
        let methods = document.verification_methods().map(|(id, key)| (id.to_owned(), key.clone())).collect();
        let services = document.services().map(|(id, service)| (id.to_owned(), service.clone())).collect();
        fedverify_web_document { document, methods, services }
    }
}

/// The https URL that serves the DID document of a did:web.
///
/// Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_url(
    did: Str<'_>,
    did_len: usize,
    url: Place<'_, fedverify_string>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(url, error, || {
        let did: WebDid = did.read(did_len, "a DID")?.parse()?;
        Ok(fedverify_string(did.document_url()))
    })
}

/// Reads the DID document of a did:web, which must have come over TLS from the URL that `fedverify_web_document_url` gives.
/// `now` is this machine's clock in seconds since 1970, by which keys expire.
///
/// Limits: `recordBytes`, `jsonDepth`, `jsonValues`.
///
/// Errors: `FEDVERIFY_DID_INVALID`, `FEDVERIFY_DID_UNSUPPORTED`, those of the family `FEDVERIFY_INPUT_`,
/// `FEDVERIFY_DID_DOCUMENT_MALFORMED`, `FEDVERIFY_DID_DOCUMENT_ID_MISMATCH`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_parse(
    json: Bytes<'_>,
    json_len: usize,
    did: Str<'_>,
    did_len: usize,
    now: u64,
    limits: Option<&fedverify_limits>,
    document: Place<'_, fedverify_web_document>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(document, error, || {
        let did: WebDid = did.read(did_len, "a DID")?.parse()?;
        let json = json.read(json_len, "a DID document")?;
        let document = WebDocument::parse(json, &did, now, &fedverify_limits::or_default(limits));
        document.map(fedverify_web_document::new)
    })
}

/// Frees a DID document. NULL is ignored; do not free twice. Releases that came from it are not affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_free(document: Option<Box<fedverify_web_document>>) {
    free(document);
}

/// The DID. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_did(document: Option<&fedverify_web_document>) -> fedverify_str {
    look(document, |document| fedverify_str::new(document.document.did().as_str()))
}

/// The number of verification methods of the type `Multikey`, without those that are revoked or have expired.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_verification_method_count(
    document: Option<&fedverify_web_document>,
) -> usize {
    look(document, |document| document.methods.len())
}

/// The id of a verification method, without `#`, in the order of the document; absent past the end. Valid until the document
/// is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_verification_method_id(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| {
        fedverify_str::from_optional(document.methods.get(index).map(|(id, _)| id.as_str()))
    })
}

/// The key of a verification method as a did:key; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_verification_method_key(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| {
        fedverify_str::from_optional(document.methods.get(index).map(|(_, key)| key.as_str()))
    })
}

/// The number of verification methods that are no keys any more, because they are revoked or have expired.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_withdrawn_count(document: Option<&fedverify_web_document>) -> usize {
    look(document, |document| document.document.withdrawn().len())
}

/// The id of a verification method that is no key any more; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_withdrawn(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| fedverify_str::from_list(document.document.withdrawn(), index))
}

/// The number of names that the document claims.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_also_known_as_count(
    document: Option<&fedverify_web_document>,
) -> usize {
    look(document, |document| document.document.also_known_as().len())
}

/// A name that the document claims. A claim: anyone can claim any name. Absent past the end. Valid until the document is
/// freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_also_known_as(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| fedverify_str::from_list(document.document.also_known_as(), index))
}

/// The number of services.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_service_count(document: Option<&fedverify_web_document>) -> usize {
    look(document, |document| document.services.len())
}

/// The id of a service, without `#`, in the order of the document; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_service_id(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| {
        fedverify_str::from_optional(document.services.get(index).map(|(id, _)| id.as_str()))
    })
}

/// The type of a service; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_service_type(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| {
        fedverify_str::from_optional(document.services.get(index).map(|(_, service)| service.service_type()))
    })
}

/// The URL of a service; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_service_endpoint(
    document: Option<&fedverify_web_document>,
    index: usize,
) -> fedverify_str {
    look(document, |document| {
        fedverify_str::from_optional(document.services.get(index).map(|(_, service)| service.endpoint()))
    })
}

/// Puts the URL of the package repository, which serves the metadata document, into `url`. Valid until the document is freed.
///
/// Errors: `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_SERVICE_INVALID`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_repository(
    document: Option<&fedverify_web_document>,
    url: Out<'_, fedverify_str>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    tell(url, error, || given(document, "a DID document")?.document.repository().map(fedverify_str::new))
}
