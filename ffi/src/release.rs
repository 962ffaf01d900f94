//! Releases of identities.

use crate::border::{Place, Str, fedverify_str};
use crate::call::{attempt, given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::identity::fedverify_identity;
use crate::metadata::fedverify_metadata;
use crate::status::fedverify_status;
use crate::warnings;
use crate::web_document::fedverify_web_document;
use fedverify::fair::Artifact;
use fedverify::{Error, Metadata, Release};

/// A release that a metadata document lists for an identity. That the publisher released it is not proven yet:
/// `fedverify_release_verify` proves it, with the bytes. Freed with `fedverify_release_free`.
pub struct fedverify_release {
    pub(crate) release: Release,
    pub(crate) artifacts: Vec<Artifact>,
}

impl fedverify_release {
    pub(crate) fn new(release: Release) -> Self {
        fedverify_release { artifacts: release.artifacts().cloned().collect(), release }
    }
}

/// The release of a did:plc that the metadata document lists under this version; NULL as `version` is the latest by
/// precedence. The version is named by its exact string.
///
/// Errors: `FEDVERIFY_PLC_TOMBSTONED`, `FEDVERIFY_FAIR_METADATA_ID_MISMATCH`, `FEDVERIFY_FAIR_METADATA_TYPE_UNKNOWN`,
/// `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_SERVICE_INVALID`, `FEDVERIFY_FAIR_KEY_MISSING`,
/// `FEDVERIFY_KEY_UNSUPPORTED`, `FEDVERIFY_FAIR_RELEASE_MISSING`, `FEDVERIFY_FAIR_RELEASE_AMBIGUOUS`,
/// `FEDVERIFY_FAIR_RELEASE_MALFORMED`, `FEDVERIFY_FAIR_VERSION_INVALID`, `FEDVERIFY_FAIR_TOO_MUCH_WORK`; where the identity
/// was verified with a pin, `FEDVERIFY_PIN_RELEASE_CHANGED`; `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_release(
    identity: Option<&fedverify_identity>,
    metadata: Option<&fedverify_metadata>,
    version: Str<'_>,
    version_len: usize,
    release: Place<'_, fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(release, error, || {
        let identity = given(identity, "an identity")?.core();
        let (metadata, version) = listed(metadata, version, version_len)?;
        identity.release(metadata, version).map(fedverify_release::new)
    })
}

/// The release of a did:web. As `fedverify_identity_release`, without the errors of logs and pins.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_document_release(
    document: Option<&fedverify_web_document>,
    metadata: Option<&fedverify_metadata>,
    version: Str<'_>,
    version_len: usize,
    release: Place<'_, fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(release, error, || {
        let document = &given(document, "a DID document")?.document;
        let (metadata, version) = listed(metadata, version, version_len)?;
        document.release(metadata, version).map(fedverify_release::new)
    })
}

/// What names a release of any identity: the document that lists it, and its version.
fn listed<'c>(
    metadata: Option<&'c fedverify_metadata>,
    version: Str<'c>,
    version_len: usize,
) -> Result<(&'c Metadata, Option<&'c str>), Error> {
    let metadata = &given(metadata, "a metadata document")?.metadata;
    Ok((metadata, version.read_optional(version_len, "a version")?))
}

/// Frees a release. NULL is ignored; do not free twice. Packages and artifacts that came from it are not
/// affected.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_free(release: Option<Box<fedverify_release>>) {
    free(release);
}

/// Refuses a release whose version is below the highest that was verified before. Nothing is refused on a first visit.
///
/// Errors: `FEDVERIFY_PIN_DOWNGRADE`, `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_refuse_downgrade(
    release: Option<&fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || given(release, "a release")?.release.clone().refuse_downgrade().map(drop))
}

/// The version. Valid until the release is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_version(release: Option<&fedverify_release>) -> fedverify_str {
    look(release, |release| fedverify_str::new(release.release.version().as_str()))
}

/// The type of the package: `wp-plugin`, `wp-theme`, `wp-core` or `typo3-extension`. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_package_type(release: Option<&fedverify_release>) -> fedverify_str {
    look(release, |release| fedverify_str::new(release.release.package_type().as_str()))
}

/// The URL of the package repository, which serves the metadata document. Valid until the release is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_repository(release: Option<&fedverify_release>) -> fedverify_str {
    look(release, |release| fedverify_str::new(release.release.repository()))
}

/// The number of warnings: non-fatal findings.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_warning_count(release: Option<&fedverify_release>) -> usize {
    look(release, |release| release.release.warnings().len())
}

/// The stable code of a warning; absent past the end. Always valid.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_warning_code(
    release: Option<&fedverify_release>,
    index: usize,
) -> fedverify_str {
    look(release, |release| warnings::code(release.release.warnings(), index))
}

/// A warning for people, safe to print on a terminal; absent past the end. Valid until the release is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_warning_message(
    release: Option<&fedverify_release>,
    index: usize,
) -> fedverify_str {
    look(release, |release| warnings::message(release.release.warnings(), index))
}
