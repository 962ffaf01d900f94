//! A package whose bytes its publisher signed.

use super::artifact::{Artifact, ClaimedArtifact};
use super::checksum::Checksum;
use super::publisher::Publisher;
use super::release::VerifiedRelease;
use super::signature::{CheckBudget, SignatureForm, find_signer};
use crate::version::Version;
use crate::digest::PackageDigests;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, WarningCode};
use crate::key::PublicKey;
use crate::pin::{self, Pin};
use crate::warning::Warning;

/// A package whose bytes carry a valid signature by a current signing key of the identity, and match the checksum of
/// the release where it gives one.
///
/// There is no other way to get one than [`VerifiedRelease::verify`]: holding it is the proof.
#[derive(Debug, Clone)]
pub struct VerifiedPackage {
    publisher: Publisher,
    version: Version,
    repository: String,
    artifact: Artifact,
    digests: PackageDigests,
    key_id: String,
    key: PublicKey,
    form: SignatureForm,
    warnings: Vec<Warning>,
}

impl VerifiedRelease {
    /// Verifies a package as an artifact of this release. Of several artifacts it is the first that the bytes prove to
    /// be.
    ///
    /// Errors: [`Code::FairArtifactMissing`], [`Code::FairArtifactTooMany`], [`Code::FairArtifactMalformed`],
    /// [`Code::FairSignatureMissing`], `fair.checksum.*`, [`Code::FairSignatureEncoding`],
    /// [`Code::FairSignatureInvalid`], [`Code::FairTooMuchWork`]; where the identity was verified with a pin,
    /// [`Code::PinReleaseChanged`]. Where no artifact verifies, the error is that of the
    /// artifact whose checksum is the package's, else of the first.
    pub fn verify(&self, digests: &PackageDigests) -> Result<VerifiedPackage, Error> {
        self.verify_among(self.packages.iter().collect(), digests)
    }

    /// Verifies a package as the artifact that was fetched from this address: no other counts.
    ///
    /// Errors: as [`VerifiedRelease::verify`].
    pub fn verify_from(&self, url: &str, digests: &PackageDigests) -> Result<VerifiedPackage, Error> {
        let artifacts: Vec<_> =
            self.packages.iter().filter(|artifact| artifact.url.as_deref() == Some(url)).collect();
        if artifacts.is_empty() {
            let message =
                format!("release {} has no package artifact of the address {}", self.version(), quote(url));
            return Err(Error::new(Code::FairArtifactMissing, message).at(Check::FairArtifact));
        }
        self.verify_among(artifacts, digests)
    }

    fn verify_among(
        &self,
        artifacts: Vec<&ClaimedArtifact>,
        digests: &PackageDigests,
    ) -> Result<VerifiedPackage, Error> {
        if u64::try_from(artifacts.len()).unwrap_or(u64::MAX) > self.limits.package_artifacts {
            let (count, limit) = (artifacts.len(), self.limits.package_artifacts);
            let message =
                format!("release {} has {count} package artifacts, the limit is {limit}", self.version());
            return Err(Error::new(Code::FairArtifactTooMany, message).at(Check::FairArtifact));
        }
        let mut budget = CheckBudget::new(self.limits.package_signature_checks);
        let mut refusals = Vec::with_capacity(artifacts.len());
        for artifact in artifacts {
            match self.verify_artifact(artifact, digests, &mut budget) {
                Ok(package) => return Ok(package),
                Err(refusal) => refusals.push(refusal),
            }
        }
        Err(self.chosen(refusals))
    }

    /// The checks of one artifact, in order.
    fn verify_artifact(
        &self,
        artifact: &ClaimedArtifact,
        digests: &PackageDigests,
        budget: &mut CheckBudget,
    ) -> Result<VerifiedPackage, Refusal> {
        let of_artifact = |error: Error| Refusal::unlike(error.at(Check::FairArtifact));
        let artifact = artifact.content.as_ref().map_err(|error| of_artifact(error.clone()))?;
        let signature = artifact.signature.as_deref().ok_or_else(|| {
            let message = format!("release {} gives no signature for its package", self.version());
            of_artifact(Error::new(Code::FairSignatureMissing, message))
        })?;
        let checksum_warning = check_checksum(artifact, digests)
            .map_err(|error| Refusal::unlike(error.at(Check::FairChecksum)))?;
        let is_this_file = checksum_warning.is_none();
        let (key, form) = find_signer(signature, digests, &self.keys, budget)
            .map_err(|error| Refusal { error: error.at(Check::FairSignature), is_this_file })?;
        if let Some(pin) = self.publisher().pin() {
            let refused = |error: Error| Refusal { error: error.at(Check::PinPackage), is_this_file };
            pin::check_package(pin, self.version(), digests).map_err(refused)?;
        }
        let mut warnings = self.warnings().to_vec();
        warnings.extend(checksum_warning);
        warnings.extend(legacy_warning(form));
        Ok(VerifiedPackage {
            publisher: self.publisher().clone(),
            version: self.version().clone(),
            repository: self.repository().to_owned(),
            artifact: artifact.clone(),
            digests: digests.clone(),
            key_id: key.id.clone(),
            key: key.key.clone(),
            form,
            warnings,
        })
    }

    /// The refusal that says most: of the artifact that the package is by its checksum, else of the first.
    fn chosen(&self, refusals: Vec<Refusal>) -> Error {
        let at = refusals.iter().position(|refusal| refusal.is_this_file).unwrap_or(0);
        refusals.into_iter().nth(at).map(|refusal| refusal.error).unwrap_or_else(|| {
            let message = format!("release {} has no package artifact", self.version());
            Error::new(Code::FairArtifactMissing, message).at(Check::FairArtifact)
        })
    }
}

/// Why an artifact was refused, and whether the package has its checksum.
struct Refusal {
    error: Error,
    is_this_file: bool,
}

impl Refusal {
    fn unlike(error: Error) -> Self {
        Refusal { error, is_this_file: false }
    }
}

/// Compares the checksum; warns where there is none, since then the signature alone binds the bytes.
fn check_checksum(artifact: &Artifact, digests: &PackageDigests) -> Result<Option<Warning>, Error> {
    let Some(text) = artifact.checksum.as_deref() else {
        let message = "the release gives no checksum for its package; the signature alone binds the bytes";
        return Ok(Some(Warning::new(WarningCode::FairChecksumAbsent, message)));
    };
    if Checksum::parse(text)?.matches(digests) {
        return Ok(None);
    }
    let found = if text.starts_with("sha384:") { digests.sha384_hex() } else { digests.sha256_hex() };
    let message = format!("expected a package with the checksum {}, found {found}", quote(text));
    Err(Error::new(Code::FairChecksumMismatch, message))
}

fn legacy_warning(form: SignatureForm) -> Option<Warning> {
    form.is_legacy().then(|| {
        let message = format!("the signature is of the legacy form {form}; WordPress checks only Ed25519");
        Warning::new(WarningCode::FairSignatureLegacy, message)
    })
}

impl VerifiedPackage {
    /// The identity whose key signed.
    pub fn publisher(&self) -> &Publisher {
        &self.publisher
    }

    /// What to keep for the next visit, this package included; `None` unless the log was verified with
    /// [`Log::verify_remembering`](crate::Log::verify_remembering).
    pub fn pin(&self) -> Option<Pin> {
        self.publisher.pin().map(|pin| pin.with_release(&self.version, &self.digests))
    }

    /// The version under which the metadata document lists the package. The document's word: the signature covers the
    /// bytes alone.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The address that serves the metadata document.
    pub fn repository(&self) -> &str {
        &self.repository
    }

    /// The artifact that the package is.
    pub fn artifact(&self) -> &Artifact {
        &self.artifact
    }

    /// Size and digests of the bytes.
    pub fn digests(&self) -> &PackageDigests {
        &self.digests
    }

    /// The id of the verification method that signed, without `#`.
    pub fn key_id(&self) -> &str {
        &self.key_id
    }

    /// The key that signed.
    pub fn key(&self) -> &PublicKey {
        &self.key
    }

    /// In which form it signed.
    pub fn signature_form(&self) -> SignatureForm {
        self.form
    }

    /// What does not speak against the package but should be known; those of the release included.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
