//! `fedverify package verify`: from the bytes of a package back to the genesis of its DID.

use super::log;
use crate::arguments::PackageVerify;
use crate::input;
use fedverify::report::{Check, Kind, Report};
use fedverify::{Error, Identity, Limits, Metadata, VerifiedPackage, VerifiedRelease};

const KIND: Kind = Kind::FairPackage;

/// Verifies step by step, so that a refusal still reports what was proven before it.
pub(crate) fn verify_package(arguments: &PackageVerify, limits: &Limits) -> Report {
    let remembered = match log::remembered(&arguments.log, &arguments.did, &arguments.memory, limits) {
        Ok(remembered) => remembered,
        Err(error) => return Report::refused(KIND, &error),
    };
    let identity = &remembered.identity;
    let release = match release(identity, arguments, limits) {
        Ok(release) => release,
        Err(error) => return Report::refused(KIND, &error).with_identity(identity),
    };
    match package(&release, arguments, limits).and_then(|package| remembered.keep_package(package)) {
        Ok(package) => Report::of_package(&package),
        Err(error) => Report::refused(KIND, &error).with_release(&release),
    }
}

fn release(
    identity: &Identity,
    arguments: &PackageVerify,
    limits: &Limits,
) -> Result<VerifiedRelease, Error> {
    let json = input::document(&arguments.metadata, limits.metadata_bytes, Check::FairMetadata)?;
    let release = identity.release(&Metadata::parse_with(&json, limits)?, arguments.release.as_deref())?;
    if arguments.no_downgrade { release.refuse_downgrade() } else { Ok(release) }
}

fn package(
    release: &VerifiedRelease,
    arguments: &PackageVerify,
    limits: &Limits,
) -> Result<VerifiedPackage, Error> {
    let file = input::open(&arguments.package, Check::FairBytes)?;
    let digests = input::digests(&file, limits, Check::FairBytes)?;
    match &arguments.artifact_url {
        Some(url) => release.verify_from(url, &digests),
        None => release.verify(&digests),
    }
}
