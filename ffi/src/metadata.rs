//! FAIR metadata documents.

use crate::border::{Bytes, Place, fedverify_str};
use crate::call::make;
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::limits::fedverify_limits;
use crate::status::fedverify_status;
use fedverify::fair::PackageType;
use fedverify::{Metadata, Version};

/// A FAIR metadata document, well-formed but unsigned: only a claim. Freed with
/// `fedverify_metadata_free`.
pub struct fedverify_metadata {
    pub(crate) metadata: Metadata,
    versions: Vec<Version>,
}

/// Reads a metadata document, as the identity's repository serves it.
///
/// Limits: `metadataBytes`, `jsonDepth`, `jsonValues`, `versionBytes`; for its releases and their packages, `signingKeys`, `packageArtifacts`,
/// `packageSignatureChecks`.
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
        let metadata = Metadata::parse(json, &fedverify_limits::or_default(limits))?;
        Ok(fedverify_metadata { versions: metadata.versions().cloned().collect(), metadata })
    })
}

/// Frees a metadata document. NULL is ignored; do not free twice. Releases that came from it are not affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_free(metadata: Option<Box<fedverify_metadata>>) {
    free(metadata);
}

/// The DID that the document says it is about. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_id(metadata: Option<&fedverify_metadata>) -> fedverify_str {
    look(metadata, |metadata| fedverify_str::new(metadata.metadata.id()))
}

/// The type of the package: `wp-plugin`, `wp-theme`, `wp-core` or `typo3-extension`; absent for a type that is not known,
/// which must not be installed. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_package_type(metadata: Option<&fedverify_metadata>) -> fedverify_str {
    look(metadata, |metadata| {
        fedverify_str::from_optional(metadata.metadata.package_type().map(PackageType::as_str))
    })
}

/// The number of well-formed releases.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_version_count(metadata: Option<&fedverify_metadata>) -> usize {
    look(metadata, |metadata| metadata.versions.len())
}

/// The version of a release, in the order of the document; absent past the end. Valid until the document is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_metadata_version(
    metadata: Option<&fedverify_metadata>,
    index: usize,
) -> fedverify_str {
    look(metadata, |metadata| fedverify_str::from_optional(metadata.versions.get(index).map(Version::as_str)))
}
