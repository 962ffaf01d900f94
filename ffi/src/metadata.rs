//! FAIR metadata documents.

use crate::border::{Bytes, Place, fedverify_str};
use crate::call::{free, look, make};
use crate::error::fedverify_error;
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::Metadata;
use fedverify::fair::{PackageType, Version};

/// A FAIR metadata document, well-formed and nothing more: a claim that nobody signs. Freed with
/// `fedverify_metadata_free`.
pub struct fedverify_metadata {
    pub(crate) metadata: Metadata,
    versions: Vec<Version>,
}

/// Reads a metadata document, as the identity's repository serves it. The limits also hold for its releases.
///
/// Errors: those of the family `FEDVERIFY_INPUT_`, `FEDVERIFY_FAIR_METADATA_MALFORMED`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_parse(
    json: Bytes<'_>,
    json_len: usize,
    limits: Option<&fedverify_limits>,
    metadata: Place<'_, fedverify_metadata>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(metadata, error, || {
        let json = json.read(json_len, "a metadata document")?;
        let metadata = Metadata::parse_with(json, &fedverify_limits::of(limits))?;
        Ok(fedverify_metadata { versions: metadata.versions().cloned().collect(), metadata })
    })
}

/// Takes a document back. NULL is allowed, the same document twice is not.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_free(metadata: Option<Box<fedverify_metadata>>) {
    free(metadata);
}

/// The DID that the document says it is about. It lives as long as the document.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_id(metadata: Option<&fedverify_metadata>) -> fedverify_str {
    look(metadata, |metadata| fedverify_str::of(metadata.metadata.id()))
}

/// The type of the package: `wp-plugin`, `wp-theme` or `wp-core`; absent for a type that is not known, which must not be
/// installed. The text lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_package_type(metadata: Option<&fedverify_metadata>) -> fedverify_str {
    look(metadata, |metadata| {
        fedverify_str::of_optional(metadata.metadata.package_type().map(PackageType::as_str))
    })
}

/// The number of well-formed releases.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_version_count(metadata: Option<&fedverify_metadata>) -> usize {
    look(metadata, |metadata| metadata.versions.len())
}

/// The version of a release, in the order of the document; absent beyond the end. It lives as long as the document.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_version(
    metadata: Option<&fedverify_metadata>,
    index: usize,
) -> fedverify_str {
    look(metadata, |metadata| fedverify_str::of_optional(metadata.versions.get(index).map(Version::as_str)))
}
