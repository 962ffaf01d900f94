//! Artifacts of releases: what to fetch.

use crate::border::{Place, fedverify_str};
use crate::call::{beyond, given, make};
use crate::error::fedverify_error;
use crate::handle::{free, look};
use crate::release::fedverify_release;
use crate::status::fedverify_status;
use fedverify::fair::Artifact;

/// An installable file of a release, as the metadata document describes it. A claim. Freed with `fedverify_artifact_free`.
pub struct fedverify_artifact(Artifact);

/// The number of well-formed package artifacts.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_artifact_count(release: Option<&fedverify_release>) -> usize {
    look(release, |release| release.artifacts.len())
}

/// The package artifact at `index`, in the order of the document: a new artifact, to be freed.
///
/// Errors: `FEDVERIFY_API_ARGUMENT`, also past the end.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_release_artifact(
    release: Option<&fedverify_release>,
    index: usize,
    artifact: Place<'_, fedverify_artifact>,
    error: Place<'_, fedverify_error>,
) -> fedverify_status {
    make(artifact, error, || {
        let artifacts = &given(release, "a release")?.artifacts;
        let artifact = artifacts.get(index).ok_or_else(|| beyond("artifacts", artifacts.len(), index))?;
        Ok(fedverify_artifact(artifact.clone()))
    })
}

/// Frees an artifact. NULL is ignored; do not free twice.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_artifact_free(artifact: Option<Box<fedverify_artifact>>) {
    free(artifact);
}

/// The URL: any string. Valid until the artifact is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_artifact_url(artifact: Option<&fedverify_artifact>) -> fedverify_str {
    look(artifact, |artifact| fedverify_str::new(artifact.0.url()))
}

/// The media type; absent where the document gives none. Valid until the artifact is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_artifact_content_type(artifact: Option<&fedverify_artifact>) -> fedverify_str {
    look(artifact, |artifact| fedverify_str::from_optional(artifact.0.content_type()))
}

/// The checksum, such as `sha256:` and hexadecimal digits, as the document writes it; absent where it gives none. Valid until
/// the artifact is freed.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_artifact_checksum(artifact: Option<&fedverify_artifact>) -> fedverify_str {
    look(artifact, |artifact| fedverify_str::from_optional(artifact.0.checksum()))
}

/// Whether the host must be asked for `application/octet-stream`.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_artifact_is_release_asset(artifact: Option<&fedverify_artifact>) -> bool {
    look(artifact, |artifact| artifact.0.is_release_asset())
}

/// Whether the host wants credentials.
#[unsafe(no_mangle)]
pub extern "C" fn fedverify_artifact_requires_auth(artifact: Option<&fedverify_artifact>) -> bool {
    look(artifact, |artifact| artifact.0.requires_auth())
}
