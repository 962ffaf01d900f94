//! A package whose bytes its publisher signed.

use super::artifact::{Artifact, ClaimedArtifact};
use super::checksum::Checksum;
use super::publisher::Publisher;
use super::release::Release;
use super::remember;
use super::signature::{CheckBudget, find_signer};
use crate::digest::PackageDigests;
use crate::error::Error;
use crate::key::PublicKey;
use crate::pin::Pin;
use crate::quote::quote_url;
use crate::tables::{Check, Code, PackageType, SignatureForm, WarningCode};
use crate::time::check_clock;
use crate::version::Version;
use crate::warning::Warning;

/// A package whose bytes carry a valid signature by a current signing key of the identity, and match the checksum of
/// the release where it gives one.
///
/// There is no other way to get one than [`Release::verify`]: holding it is the proof.
#[derive(Debug, Clone)]
pub struct VerifiedPackage {
    publisher: Publisher,
    package_type: PackageType,
    version: Version,
    repository: String,
    artifact: Artifact,
    digests: PackageDigests,
    key_id: String,
    /// All ids of signing keys under which the identity has this key.
    key_ids: Vec<String>,
    key: PublicKey,
    form: SignatureForm,
    pin: Option<Pin>,
    warnings: Vec<Warning>,
}

impl Release {
    /// Verifies a package as an artifact of this release. Of several artifacts it is the first that the bytes prove to
    /// be.
    ///
    /// # Errors
    ///
    /// [`Code::FairArtifactMissing`], [`Code::FairArtifactTooMany`], [`Code::FairArtifactMalformed`],
    /// [`Code::FairSignatureMissing`], `fair.checksum.*`, [`Code::FairSignatureEncoding`],
    /// [`Code::FairSignatureInvalid`], [`Code::FairTooMuchWork`]; where the identity was verified with a pin,
    /// [`Code::PinReleaseChanged`]. Where no artifact verifies, the error is that of the first
    /// artifact that is signed over these bytes, else whose checksum is theirs, else of the first.
    pub fn verify(&self, digests: &PackageDigests) -> Result<VerifiedPackage, Error> {
        self.verify_among(self.packages.iter().collect(), digests)
    }

    /// Verifies a package as the artifact that was fetched from this URL: no other counts.
    ///
    /// # Errors
    ///
    /// As [`Release::verify`].
    pub fn verify_from(&self, url: &str, digests: &PackageDigests) -> Result<VerifiedPackage, Error> {
        let artifacts: Vec<_> =
            self.packages.iter().filter(|artifact| artifact.url.as_deref() == Some(url)).collect();
        if artifacts.is_empty() {
            let message = format!(
                "expected a package artifact of release {} with the URL {}, found none",
                self.version(),
                quote_url(url)
            );
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
            let found = format!("release {} has {} package artifacts", self.version(), artifacts.len());
            let (code, limit) = (Code::FairArtifactTooMany, self.limits.package_artifacts);
            return Err(Error::above_limit(code, found, "packageArtifacts", limit).at(Check::FairArtifact));
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

    /// What to keep once these bytes are proven. A pin that nobody asked for is dropped where it would be too large.
    fn next_pin(&self, digests: &PackageDigests) -> Result<Option<Pin>, Error> {
        let Some(pin) = self.publisher().pin() else { return Ok(None) };
        remember::check_package(pin, self.version(), self.listed_checksums(), digests)?;
        match pin.with_package(self.version(), digests).within(&self.limits) {
            Err(_too_large) if self.publisher().only_offers_pin() => Ok(None),
            pin => pin.map(Some),
        }
    }

    /// The checks of one artifact, in order.
    fn verify_artifact(
        &self,
        artifact: &ClaimedArtifact,
        digests: &PackageDigests,
        budget: &mut CheckBudget,
    ) -> Result<VerifiedPackage, Refusal> {
        let of_artifact =
            |error: Error| Refusal { error: error.at(Check::FairArtifact), likeness: Likeness::None };
        let artifact = artifact.content.as_ref().map_err(|error| of_artifact(error.clone()))?;
        let signature = artifact.signature.as_deref().ok_or_else(|| {
            let message =
                format!("expected a signature of the package of release {}, found none", self.version());
            of_artifact(Error::new(Code::FairSignatureMissing, message))
        })?;
        let checksum_warning = check_checksum(artifact, digests)
            .map_err(|error| Refusal { error: error.at(Check::FairChecksum), likeness: Likeness::None })?;
        let likeness = if checksum_warning.is_none() { Likeness::Checksum } else { Likeness::None };
        let (key, form) = find_signer(signature, digests, &self.keys, budget)
            .map_err(|error| Refusal { error: error.at(Check::FairSignature), likeness })?;
        let likeness = Likeness::Signature;
        let refused = |error: Error| Refusal { error: error.at(Check::PinPackage), likeness };
        let pin = self.next_pin(digests).map_err(refused)?;
        let mut warnings = self.warnings().to_vec();
        warnings.extend(checksum_warning);
        warnings.extend(legacy_warning(form));
        Ok(VerifiedPackage {
            publisher: self.publisher().clone(),
            package_type: self.package_type(),
            version: self.version().clone(),
            repository: self.repository().to_owned(),
            artifact: artifact.clone(),
            digests: digests.clone(),
            key_id: key.id.clone(),
            key_ids: self
                .keys
                .iter()
                .filter(|other| other.key == key.key)
                .map(|other| other.id.clone())
                .collect(),
            key: key.key.clone(),
            form,
            pin,
            warnings,
        })
    }

    /// The refusal that says most: of the artifact that the package is most surely, and of those the first.
    fn chosen(&self, refusals: Vec<Refusal>) -> Error {
        // `max_by_key` gives the last of equals.
        let chosen = refusals.into_iter().rev().max_by_key(|refusal| refusal.likeness);
        chosen.map(|refusal| refusal.error).unwrap_or_else(|| {
            let message = format!("expected a package artifact of release {}, found none", self.version());
            Error::new(Code::FairArtifactMissing, message).at(Check::FairArtifact)
        })
    }
}

/// Why an artifact was refused, and what says that the package is this one and no other.
struct Refusal {
    error: Error,
    likeness: Likeness,
}

/// What says that a package is an artifact, the surest last.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Likeness {
    None,
    Checksum,
    Signature,
}

/// Compares the checksum; warns where there is none, since then the signature alone binds the bytes.
fn check_checksum(artifact: &Artifact, digests: &PackageDigests) -> Result<Option<Warning>, Error> {
    let Some(text) = artifact.checksum.as_deref() else {
        let message = "the release has no checksum for its package; the signature alone binds the bytes";
        return Ok(Some(Warning::new(WarningCode::FairChecksumAbsent, message)));
    };
    if Checksum::parse(text)?.matches(digests) {
        return Ok(None);
    }
    let found = if text.starts_with("sha384:") {
        format!("sha384:{}", digests.sha384_hex())
    } else {
        format!("sha256:{}", digests.sha256_hex())
    };
    // Both are a name and hexadecimal digits. Quoted, the longer of them would be cut.
    let message = format!("expected a package with the checksum \"{text}\", found \"{found}\"");
    Err(Error::new(Code::FairChecksumMismatch, message))
}

fn legacy_warning(form: SignatureForm) -> Option<Warning> {
    form.is_legacy().then(|| {
        let message = format!("the signature has the legacy form {form}; WordPress checks only Ed25519");
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
    pub fn pin(&self) -> Option<&Pin> {
        self.pin.as_ref()
    }

    /// The type of the package.
    pub fn package_type(&self) -> PackageType {
        self.package_type
    }

    /// The version under which the metadata document lists the package. That is the document's word: the signature covers
    /// only the bytes.
    pub fn version(&self) -> &Version {
        &self.version
    }

    /// The URL that serves the metadata document.
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

    /// Until when the key that signed can still be undone, in seconds since 1970; `None` if it cannot at `now` (fair.md,
    /// "Fresh keys"). A key that the identity has under several ids is as settled as the oldest of them.
    ///
    /// # Errors
    ///
    /// [`Code::ApiArgument`] for a clock later than the year 9999: by a clock in milliseconds every key would be settled.
    pub fn key_fresh_until(&self, now: u64) -> Result<Option<u64>, Error> {
        check_clock(now)?;
        let Publisher::Plc(identity) = &self.publisher else { return Ok(None) };
        let contestable = identity.contestable(now);
        let untils = self.key_ids.iter().map(|id| contestable.method_until(id));
        // `None`, which is settled, comes before every time.
        Ok(untils.min().flatten())
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

    /// Non-fatal findings, those of the release included.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}
