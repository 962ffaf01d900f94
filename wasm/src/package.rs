//! FAIR packages, whose bytes come in pieces.

use crate::answer;
use crate::document::{Document, unreadable};
use crate::log;
use crate::options::Options;
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Identity, Metadata, PackageHasher, VerifiedPackage, VerifiedRelease};
use wasm_bindgen::prelude::wasm_bindgen;

/// A package between its first byte and its last.
#[wasm_bindgen]
#[derive(Debug)]
pub struct PackageCheck {
    stage: Stage,
    artifact_url: Option<String>,
}

#[derive(Debug)]
enum Stage {
    /// Identity and release hold; bytes are taken.
    Hashing(Box<VerifiedRelease>, Box<PackageHasher>),
    /// It is decided; no byte is wanted.
    Refused(Box<Report>),
}

#[wasm_bindgen]
impl PackageCheck {
    /// Verifies the log, and finds the release in the metadata document. Ask [`PackageCheck::refusal`] before any byte of
    /// the package is fetched.
    #[wasm_bindgen(constructor)]
    pub fn new(did: &str, log: Document, metadata: Document, options: Options) -> PackageCheck {
        let artifact_url = options.artifact_url.clone();
        PackageCheck { stage: start(did, log, metadata, options), artifact_url }
    }

    /// The answer, if the package is refused whatever its bytes.
    pub fn refusal(&self) -> Option<String> {
        match &self.stage {
            Stage::Refused(report) => Some(answer::of_report(report)),
            Stage::Hashing(..) => None,
        }
    }

    /// The answer on the identity and the release, while the bytes are still to come.
    pub fn release(&self) -> Option<String> {
        match &self.stage {
            Stage::Hashing(release, _) => Some(answer::of_report(&Report::of_release(release))),
            Stage::Refused(_) => None,
        }
    }

    /// Takes the next bytes; false if no more are wanted.
    pub fn update(&mut self, bytes: &[u8]) -> bool {
        let Stage::Hashing(release, hasher) = &mut self.stage else { return false };
        match hasher.update(bytes) {
            Ok(()) => true,
            Err(error) => {
                self.stage = Stage::Refused(Box::new(refused(release, error.at(Check::FairBytes))));
                false
            }
        }
    }

    /// The verdict on all bytes taken.
    pub fn finish(self) -> String {
        answer::of_report(&match self.stage {
            Stage::Refused(report) => *report,
            Stage::Hashing(release, hasher) => match package(&release, *hasher, self.artifact_url) {
                Ok(package) => Report::of_package(&package),
                Err(error) => refused(&release, error),
            },
        })
    }

    /// The answer where the bytes could not be read to their end. `missing` says that there is no such file.
    pub fn unreadable(self, missing: bool, reason: &str) -> String {
        answer::of_report(&match self.stage {
            Stage::Refused(report) => *report,
            Stage::Hashing(release, _) => {
                refused(&release, unreadable("package", missing, reason).at(Check::FairBytes))
            }
        })
    }
}

fn start(did: &str, log: Document, metadata: Document, options: Options) -> Stage {
    let refuse = |report: Report| Stage::Refused(Box::new(report));
    let (identity, options) = match log::identity(did, log, options) {
        Ok(verified) => verified,
        Err(error) => return refuse(Report::refused(Kind::FairPackage, &error)),
    };
    match release(&identity, metadata, &options) {
        Ok(release) => Stage::Hashing(Box::new(release), Box::new(PackageHasher::new(options.limits()))),
        Err(error) => refuse(Report::refused(Kind::FairPackage, &error).with_identity(&identity)),
    }
}

fn release(identity: &Identity, metadata: Document, options: &Options) -> Result<VerifiedRelease, Error> {
    let metadata = Metadata::parse_with(&metadata.read(Check::FairMetadata)?, options.limits())?;
    let release = identity.release(&metadata, options.release.as_deref())?;
    if options.no_downgrade { release.refuse_downgrade() } else { Ok(release) }
}

fn package(
    release: &VerifiedRelease,
    hasher: PackageHasher,
    artifact_url: Option<String>,
) -> Result<VerifiedPackage, Error> {
    let digests = hasher.finish();
    match artifact_url {
        Some(url) => release.verify_from(&url, &digests),
        None => release.verify(&digests),
    }
}

fn refused(release: &VerifiedRelease, error: Error) -> Report {
    Report::refused(Kind::FairPackage, &error).with_release(release)
}
