//! A release of a verified identity.

use super::artifact::{Artifact, ClaimedArtifact};
use super::keys::{SigningKey, signing_keys};
use super::metadata::{ClaimedRelease, Metadata, PackageType, ReleaseContent};
use super::publisher::Publisher;
use crate::version::Version;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};
use crate::pin;
use crate::plc::Identity;
use crate::warning::Warning;
use crate::web::WebIdentity;

/// A release that belongs to a verified identity: the metadata document is about the identity's DID, is of a known
/// type, and lists the version once; the identity names a repository, and holds keys that sign packages.
///
/// It is not yet proven that the publisher released it: that is what [`VerifiedRelease::verify`] does, with the bytes.
#[derive(Debug, Clone)]
pub struct VerifiedRelease {
    publisher: Publisher,
    package_type: PackageType,
    version: Version,
    repository: String,
    pub(super) packages: Vec<ClaimedArtifact>,
    pub(super) keys: Vec<SigningKey>,
    pub(super) limits: Limits,
    warnings: Vec<Warning>,
}

impl Identity {
    /// The release of this version, or the latest by SemVer precedence where none is named.
    ///
    /// A version is named by its exact text. Of several latest versions of equal precedence the first listed counts.
    ///
    /// Errors: [`Code::PlcTombstoned`], [`Code::FairMetadataIdMismatch`], [`Code::FairMetadataTypeUnknown`],
    /// [`Code::FairServiceMissing`], [`Code::FairKeyMissing`], [`Code::KeyUnsupported`],
    /// [`Code::FairReleaseMissing`], [`Code::FairReleaseAmbiguous`], [`Code::FairReleaseMalformed`]; where the identity
    /// was verified with a pin, [`Code::PinReleaseChanged`] for any version that was verified before.
    pub fn release<'v>(
        &self,
        metadata: &Metadata,
        version: impl Into<Option<&'v str>>,
    ) -> Result<VerifiedRelease, Error> {
        VerifiedRelease::of(Publisher::Plc(self.clone()), metadata, version.into())
    }
}

impl WebIdentity {
    /// The release of this version, or the latest, as [`Identity::release`] gives it. Errors: the same, but for those of
    /// logs and pins.
    pub fn release<'v>(
        &self,
        metadata: &Metadata,
        version: impl Into<Option<&'v str>>,
    ) -> Result<VerifiedRelease, Error> {
        VerifiedRelease::of(Publisher::Web(self.clone()), metadata, version.into())
    }
}

impl VerifiedRelease {
    /// The one door.
    fn of(publisher: Publisher, metadata: &Metadata, version: Option<&str>) -> Result<Self, Error> {
        let (package_type, repository) =
            tie(&publisher, metadata).map_err(|error| error.at(Check::FairIdentity))?;
        let (keys, key_warning) =
            signing_keys(&publisher, &metadata.limits).map_err(|error| error.at(Check::FairKeys))?;
        let content = select(metadata, version).map_err(|error| error.at(Check::FairRelease))?;
        if let Some(pin) = publisher.pin() {
            pin::check_metadata(pin, metadata).map_err(|error| error.at(Check::PinMetadata))?;
        }
        let mut warnings = metadata.warnings().to_vec();
        warnings.extend(key_warning);
        let ReleaseContent { version, packages } = content;
        let limits = metadata.limits;
        Ok(VerifiedRelease { publisher, package_type, version, repository, packages, keys, limits, warnings })
    }

    /// The identity that the release belongs to.
    pub fn publisher(&self) -> &Publisher {
        &self.publisher
    }

    /// Refuses a version below the highest that was verified before. Nothing is refused on a first visit.
    ///
    /// Errors: [`Code::PinDowngrade`].
    pub fn refuse_downgrade(self) -> Result<Self, Error> {
        if let Some(pin) = self.publisher.pin() {
            pin.check_not_below(&self.version).map_err(|error| error.at(Check::PinMetadata))?;
        }
        Ok(self)
    }

    /// The type of the package.
    pub fn package_type(&self) -> PackageType {
        self.package_type
    }

    /// The version.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The address that serves the metadata document.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The well-formed package artifacts, in the order of the document: what can be fetched, and how. Claims, until
    /// [`VerifiedRelease::verify_from`] proves the bytes to be one of them.
    pub fn artifacts(&self) -> impl Iterator<Item = &Artifact> {
        self.packages.iter().filter_map(|artifact| artifact.content.as_ref().ok())
    }

    /// What does not speak against the release but should be known.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

/// Ties the document to the identity: what it must be about, and where the identity says it is.
fn tie(publisher: &Publisher, metadata: &Metadata) -> Result<(PackageType, String), Error> {
    publisher.check_active()?;
    if metadata.id() != publisher.did() {
        let message =
            format!("expected metadata of {}, found metadata of {}", publisher.did(), quote(metadata.id()));
        return Err(Error::new(Code::FairMetadataIdMismatch, message));
    }
    let package_type = metadata.package_type().ok_or_else(|| {
        let expected = "wp-plugin, wp-theme or wp-core";
        let message = format!("expected a package of type {expected}, found {}", quote(metadata.type_name()));
        Error::new(Code::FairMetadataTypeUnknown, message)
    })?;
    Ok((package_type, publisher.repository()?.to_owned()))
}

fn select(metadata: &Metadata, version: Option<&str>) -> Result<ReleaseContent, Error> {
    let latest;
    let text = match version {
        Some(text) => text,
        None => {
            latest = latest_version(metadata)?;
            latest.as_str()
        }
    };
    let mut named = metadata.releases.iter().filter(|release| release.text.as_deref() == Some(text));
    match (named.next(), named.next()) {
        (Some(ClaimedRelease { content, .. }), None) => content.clone(),
        (Some(_), Some(_)) => {
            let message = format!("the metadata document lists version {} more than once", quote(text));
            Err(Error::new(Code::FairReleaseAmbiguous, message))
        }
        (None, _) => {
            let message = format!("expected a release of version {}, found none", quote(text));
            Err(Error::new(Code::FairReleaseMissing, message))
        }
    }
}

fn latest_version(metadata: &Metadata) -> Result<&Version, Error> {
    // `max_by` gives the last of equals, so the order is turned round.
    let mut versions: Vec<&Version> = metadata.versions().collect();
    versions.reverse();
    versions.into_iter().max().ok_or_else(|| {
        Error::new(Code::FairReleaseMissing, "expected a release, found none that is well-formed")
    })
}
