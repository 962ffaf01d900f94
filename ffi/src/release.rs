//! Releases of verified identities.

use crate::border::{Place, Text, fedverify_str};
use crate::call::{attempt, free, given, look, make};
use crate::error::fedverify_error;
use crate::identity::fedverify_identity;
use crate::metadata::fedverify_metadata;
use crate::report::fedverify_report;
use crate::status::fedverify_status;
use crate::web_identity::fedverify_web_identity;
use fedverify::fair::Artifact;
use fedverify::{Error, Metadata, Report, VerifiedRelease};

/// A release that belongs to a verified identity. It is not yet proven that the publisher released it: that is what
/// `fedverify_release_verify` does, with the bytes. Freed with `fedverify_release_free`.
pub struct fedverify_release {
    pub(crate) release: VerifiedRelease,
    artifacts: Vec<Artifact>,
}

impl fedverify_release {
    fn of(release: VerifiedRelease) -> Self {
        fedverify_release { artifacts: release.artifacts().cloned().collect(), release }
    }
}

/// The release of an identity that the metadata document lists under this version; NULL as `version` is the latest by
/// SemVer precedence. The version is named by its exact text.
///
/// Errors: `FEDVERIFY_PLC_TOMBSTONED`, `FEDVERIFY_FAIR_METADATA_ID_MISMATCH`, `FEDVERIFY_FAIR_METADATA_TYPE_UNKNOWN`,
/// `FEDVERIFY_FAIR_SERVICE_MISSING`, `FEDVERIFY_FAIR_KEY_MISSING`, `FEDVERIFY_KEY_UNSUPPORTED`,
/// `FEDVERIFY_FAIR_RELEASE_MISSING`, `FEDVERIFY_FAIR_RELEASE_AMBIGUOUS`, `FEDVERIFY_FAIR_RELEASE_MALFORMED`,
/// `FEDVERIFY_FAIR_TOO_MUCH_WORK`; where the identity was verified with a pin, `FEDVERIFY_PIN_RELEASE_CHANGED`;
/// `FEDVERIFY_API_ARGUMENT`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_identity_release(
    identity: Option<&fedverify_identity>,
    metadata: Option<&fedverify_metadata>,
    version: Text<'_>,
    version_len: usize,
    release: Place<'_, fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(release, error, || {
        let identity = &given(identity, "an identity")?.identity;
        let (metadata, version) = listed(metadata, version, version_len)?;
        identity.release(metadata, version).map(fedverify_release::of)
    })
}

/// The release of a did:web. As `fedverify_identity_release`, without the errors of logs and pins.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_web_identity_release(
    identity: Option<&fedverify_web_identity>,
    metadata: Option<&fedverify_metadata>,
    version: Text<'_>,
    version_len: usize,
    release: Place<'_, fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(release, error, || {
        let identity = &given(identity, "an identity")?.0;
        let (metadata, version) = listed(metadata, version, version_len)?;
        identity.release(metadata, version).map(fedverify_release::of)
    })
}

/// What names a release of any identity: the document that lists it, and its version.
fn listed<'c>(
    metadata: Option<&'c fedverify_metadata>,
    version: Text<'c>,
    version_len: usize,
) -> Result<(&'c Metadata, Option<&'c str>), Error> {
    let metadata = &given(metadata, "a metadata document")?.metadata;
    Ok((metadata, version.read_optional(version_len, "a version")?))
}

/// Takes a release back. NULL is allowed, the same release twice is not. Packages and reports that were made from it stay
/// as they are.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_free(release: Option<Box<fedverify_release>>) {
    free(release);
}

/// Refuses a release whose version is below the highest that was verified before. Nothing is refused on a first visit.
///
/// Errors: `FEDVERIFY_PIN_DOWNGRADE`; `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_refuse_downgrade(
    release: Option<&fedverify_release>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    attempt(error, || given(release, "a release")?.release.clone().refuse_downgrade().map(drop))
}

/// The version. It lives as long as the release.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_version(release: Option<&fedverify_release>) -> fedverify_str {
    look(release, |release| fedverify_str::of(release.release.version().as_str()))
}

/// The type of the package: `wp-plugin`, `wp-theme` or `wp-core`. The text lives for ever.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_package_type(release: Option<&fedverify_release>) -> fedverify_str {
    look(release, |release| fedverify_str::of(release.release.package_type().as_str()))
}

/// The address that serves the metadata document. It lives as long as the release.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_repository(release: Option<&fedverify_release>) -> fedverify_str {
    look(release, |release| fedverify_str::of(release.release.repository()))
}

/// The number of well-formed package artifacts.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_artifact_count(release: Option<&fedverify_release>) -> usize {
    look(release, |release| release.artifacts.len())
}

/// Where a package artifact is to be had, in the order of the document. Nothing is known of it but that it is a text; absent
/// beyond the end. It lives as long as the release.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_artifact_url(
    release: Option<&fedverify_release>,
    index: usize,
) -> fedverify_str {
    look(release, |release| fedverify_str::of_optional(release.artifacts.get(index).map(Artifact::url)))
}

/// The media type that the document gives a package artifact; absent where it gives none, and beyond the end. It lives as
/// long as the release.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_artifact_content_type(
    release: Option<&fedverify_release>,
    index: usize,
) -> fedverify_str {
    look(release, |release| {
        fedverify_str::of_optional(release.artifacts.get(index).and_then(Artifact::content_type))
    })
}

/// Whether the host of a package artifact must be asked for `application/octet-stream`; false beyond the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_artifact_is_release_asset(
    release: Option<&fedverify_release>,
    index: usize,
) -> bool {
    look(release, |release| release.artifacts.get(index).is_some_and(Artifact::is_release_asset))
}

/// The report on the release, of the kind `fair-metadata`: of the package nothing was seen.
///
/// Errors: `FEDVERIFY_API_ARGUMENT` for NULL.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_report(
    release: Option<&fedverify_release>,
    report: Place<'_, fedverify_report>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(report, error, || {
        let release = given(release, "a release")?;
        Ok(fedverify_report::of(Report::of_release(&release.release)))
    })
}
