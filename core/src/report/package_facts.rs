//! What a report tells of releases and of bytes, and of who signed them.

use crate::fair::{Artifact, Release, SignatureForm, VerifiedPackage};
use crate::pfn::{ArchiveBinding, CheckedArchive, VerifiedPlugin};
use crate::version::Version;
use serde::Serialize;

/// A release: before its bytes are proven, where they are available; afterwards, which artifact they are.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleaseFacts {
    pub(crate) version: String,
    #[serde(rename = "type")]
    package_type: &'static str,
    repository: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifacts: Option<Vec<ArtifactFacts>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<Vec<String>>,
}

/// An installable file of a release, as the metadata document describes it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactFacts {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
    release_asset: bool,
    requires_auth: bool,
}

impl ArtifactFacts {
    fn new(artifact: &Artifact) -> Self {
        ArtifactFacts {
            url: artifact.url().to_owned(),
            content_type: artifact.content_type().map(str::to_owned),
            checksum: artifact.checksum().map(str::to_owned),
            release_asset: artifact.is_release_asset(),
            requires_auth: artifact.requires_auth(),
        }
    }
}

impl ReleaseFacts {
    pub(crate) fn from_release(release: &Release) -> Self {
        ReleaseFacts {
            version: release.version().to_string(),
            package_type: release.package_type().as_str(),
            repository: release.repository().to_owned(),
            artifact: None,
            artifacts: Some(release.artifacts().map(ArtifactFacts::new).collect()),
            versions: Some(release.versions().iter().map(Version::to_string).collect()),
        }
    }

    pub(crate) fn from_package(package: &VerifiedPackage) -> Self {
        ReleaseFacts {
            version: package.version().to_string(),
            package_type: package.package_type().as_str(),
            repository: package.repository().to_owned(),
            artifact: Some(package.artifact().url().to_owned()),
            artifacts: None,
            versions: None,
        }
    }
}

/// The bytes, and who signed them where someone did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PackageFacts {
    size: u64,
    sha256: String,
    sha384: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    algorithm: Option<&'static str>,
}

impl PackageFacts {
    pub(crate) fn from_package(package: &VerifiedPackage) -> Self {
        let digests = package.digests();
        PackageFacts {
            size: digests.size(),
            sha256: digests.sha256_hex(),
            sha384: digests.sha384_hex(),
            key_id: Some(package.key_id().to_owned()),
            key: Some(package.key().to_did_key()),
            algorithm: Some(package.signature_form().as_str()),
        }
    }

    /// The key is named only where it signed the archive itself.
    pub(crate) fn from_archive(plugin: &VerifiedPlugin, archive: &CheckedArchive) -> Self {
        let digests = archive.digests();
        let is_signed = archive.binding() == ArchiveBinding::Signed;
        PackageFacts {
            size: digests.size(),
            sha256: digests.sha256_hex(),
            sha384: digests.sha384_hex(),
            key_id: None,
            key: is_signed.then(|| plugin.key().to_did_key()),
            algorithm: is_signed.then(|| SignatureForm::Ed25519Sha384.as_str()),
        }
    }
}
