//! A release of an identity.

use super::artifact::{Artifact, ClaimedArtifact};
use super::keys::{PackageKey, package_keys};
use super::metadata::{ClaimedRelease, Metadata, ReleaseContent};
use super::publisher::Publisher;
use super::remember::{self, ListedChecksums};
use crate::error::Error;
use crate::host::Reach;
use crate::plc::Identity;
use crate::quote::{quote, quote_list};
use crate::tables::{Check, Code, Limits, PackageType, WarningCode};
use crate::version::{Precedence, Version, VersionForm};
use crate::warning::Warning;
use crate::web::WebDocument;
use std::sync::Arc;

/// A release that a metadata document lists for an identity: the document is about the identity's DID, is of a known type,
/// and lists the version once; the identity names a repository, and has keys that sign packages.
///
/// That the publisher released it is not proven yet: [`Release::verify`] proves it, with the bytes.
#[derive(Debug, Clone)]
pub struct Release {
    publisher: Publisher,
    package_type: PackageType,
    version: Version,
    repository: String,
    versions: Arc<[Version]>,
    pub(super) packages: Vec<ClaimedArtifact>,
    pub(super) keys: Vec<PackageKey>,
    listed_checksums: ListedChecksums,
    pub(super) limits: Limits,
    warnings: Vec<Warning>,
}

impl Identity {
    /// The release of this version, or the latest where none is named.
    ///
    /// A version is named by its exact string. The latest is the highest by precedence; of several with equal precedence
    /// the first listed counts.
    ///
    /// # Errors
    ///
    /// [`Code::PlcTombstoned`], [`Code::FairMetadataIdMismatch`], [`Code::FairMetadataTypeUnknown`],
    /// [`Code::FairServiceMissing`], [`Code::FairServiceInvalid`], [`Code::FairKeyMissing`], [`Code::KeyUnsupported`],
    /// [`Code::FairReleaseMissing`], [`Code::FairReleaseAmbiguous`], [`Code::FairReleaseMalformed`],
    /// [`Code::FairVersionInvalid`]; where the identity was verified with a pin, [`Code::PinReleaseChanged`] for any version
    /// that was seen before.
    pub fn release<'v>(
        &self,
        metadata: &Metadata,
        version: impl Into<Option<&'v str>>,
    ) -> Result<Release, Error> {
        Release::new(Publisher::Plc(self.clone()), metadata, version.into(), Reach::Public)
    }
}

impl WebDocument {
    /// The release of this version, or the latest, as [`Identity::release`] gives it.
    ///
    /// # Errors
    ///
    /// The same, but for those of logs and pins.
    pub fn release<'v>(
        &self,
        metadata: &Metadata,
        version: impl Into<Option<&'v str>>,
    ) -> Result<Release, Error> {
        Release::new(Publisher::Web(self.clone()), metadata, version.into(), Reach::Public)
    }
}

impl Release {
    /// The one door.
    pub(crate) fn new(
        publisher: Publisher,
        metadata: &Metadata,
        version: Option<&str>,
        reach: Reach,
    ) -> Result<Self, Error> {
        let (package_type, repository) =
            tie(&publisher, metadata, reach).map_err(|error| error.at(Check::FairIdentity))?;
        let limits = metadata.limits;
        let (keys, key_warning) =
            package_keys(&publisher, &limits).map_err(|error| error.at(Check::FairKeys))?;
        let content = select(metadata, version).map_err(|error| error.at(Check::FairRelease))?;
        let listed = publisher.pin().map(|pin| remember::listed_checksums(pin, metadata)).unwrap_or_default();
        if let Some(pin) = publisher.pin() {
            remember::check_metadata(pin, &listed)?;
        }
        let mut warnings = metadata.warnings().to_vec();
        warnings.extend(key_warning);
        warnings.extend(release_warnings(metadata, &content));
        let ReleaseContent { version, packages, .. } = content;
        Ok(Release {
            publisher,
            package_type,
            version,
            repository,
            versions: metadata.versions().cloned().collect(),
            packages,
            keys,
            listed_checksums: listed,
            limits,
            warnings,
        })
    }

    /// The identity that the release belongs to.
    pub fn publisher(&self) -> &Publisher {
        &self.publisher
    }

    /// Refuses a version below the highest of which a package was verified before. Nothing is refused on a first visit.
    ///
    /// # Errors
    ///
    /// [`Code::PinDowngrade`].
    pub fn refuse_downgrade(self) -> Result<Self, Error> {
        if let Some(pin) = self.publisher.pin() {
            remember::check_not_below(pin, &self.version)?;
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

    /// The URL that serves the metadata document.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The versions of all well-formed releases that the document lists, in its order.
    pub fn versions(&self) -> &[Version] {
        &self.versions
    }

    /// The well-formed package artifacts, in the order of the document: what can be fetched, and how. Claims, until
    /// [`Release::verify_from`] proves the bytes to be one of them.
    pub fn artifacts(&self) -> impl Iterator<Item = &Artifact> {
        self.packages.iter().filter_map(|artifact| artifact.content.as_ref().ok())
    }

    /// Non-fatal findings.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    pub(super) fn listed_checksums(&self) -> &ListedChecksums {
        &self.listed_checksums
    }
}

/// Ties the document to the identity: what it must be about, and where the identity says it is.
fn tie(publisher: &Publisher, metadata: &Metadata, reach: Reach) -> Result<(PackageType, String), Error> {
    publisher.check_active()?;
    if metadata.id() != publisher.did() {
        let message =
            format!("expected metadata of {}, found metadata of {}", publisher.did(), quote(metadata.id()));
        return Err(Error::new(Code::FairMetadataIdMismatch, message));
    }
    let package_type = metadata.package_type().ok_or_else(|| {
        let known = PackageType::NAMES.join(", ");
        let message = format!("expected a package of type {known}; found {}", quote(metadata.type_name()));
        Error::new(Code::FairMetadataTypeUnknown, message)
    })?;
    Ok((package_type, publisher.repository(reach)?.to_owned()))
}

fn select(metadata: &Metadata, version: Option<&str>) -> Result<ReleaseContent, Error> {
    let text = match version {
        Some(text) => text,
        None => latest_version(metadata)?.as_str(),
    };
    let mut named = metadata.releases.iter().filter(|release| release.version() == text);
    match (named.next(), named.next()) {
        (Some(ClaimedRelease::Sound(content)), None) => Ok(content.clone()),
        (Some(ClaimedRelease::Malformed(text, fault)), None) => Err(fault.error(text, &metadata.limits)),
        (Some(_), Some(_)) => {
            let message = format!("expected version {} once, found it more than once", quote(text));
            Err(Error::new(Code::FairReleaseAmbiguous, message))
        }
        (None, _) => Err(missing(metadata, text)),
    }
}

fn missing(metadata: &Metadata, text: &str) -> Error {
    let listed = quote_list(metadata.versions().map(Version::as_str));
    let listed = if listed.is_empty() { "no well-formed release".to_owned() } else { listed };
    let message = format!("expected a release of version {}; the document lists {listed}", quote(text));
    Error::new(Code::FairReleaseMissing, message)
}

/// fair.md, "Version order". A version without an order is never the latest.
fn latest_version(metadata: &Metadata) -> Result<&Version, Error> {
    let mut latest: Option<(&Version, Precedence)> = None;
    for version in metadata.versions() {
        let Some(precedence) = version.precedence() else { continue };
        // Of equals the first listed counts.
        if latest.as_ref().is_none_or(|(_, highest)| precedence > *highest) {
            latest = Some((version, precedence));
        }
    }
    latest.map(|(version, _)| version).ok_or_else(|| {
        let message = "expected a release, found no well-formed one whose version can be ordered";
        Error::new(Code::FairReleaseMissing, message)
    })
}

/// What should be known of the release at hand.
fn release_warnings(metadata: &Metadata, content: &ReleaseContent) -> Vec<Warning> {
    let version = &content.version;
    let mut warnings = Vec::new();
    match version.form() {
        VersionForm::Fair => {}
        VersionForm::Loose => {
            let message =
                format!("version {version} does not follow FAIR's grammar; it is ordered as if it did");
            warnings.push(Warning::new(WarningCode::FairVersionLoose, message));
        }
        VersionForm::Unordered => {
            let message = format!("version {version} does not follow FAIR's grammar and cannot be ordered");
            warnings.push(Warning::new(WarningCode::FairVersionLoose, message));
        }
    }
    if content.has_advisory {
        let message = format!("the metadata document has a security advisory on version {version}");
        warnings.push(Warning::new(WarningCode::FairReleaseAdvisory, message));
    }
    if let Some(latest) = metadata.security_release_above(version) {
        let message = format!("version {version} is below {latest}, the latest release with security fixes");
        warnings.push(Warning::new(WarningCode::FairReleaseInsecure, message));
    }
    warnings
}
