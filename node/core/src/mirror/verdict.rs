//! The report on a stored version: the verification of today, by core, over the bytes in the storage.

use super::version::{Mirror, blob_name};
use crate::fault::Fault;
use crate::host::Host;
use crate::settings::Settings;
use fedverify::tables::{InputName, Kind};
use fedverify::{Error, Limits, PackageDigests, Report, Request, Verification};
use std::io::{Cursor, ErrorKind};

/// Verifies a stored version again.
///
/// # Errors
///
/// A [`Fault`] of the storage.
pub(crate) async fn verdict(host: &impl Host, settings: &Settings, mirror: &Mirror) -> Result<Report, Fault> {
    let archive = host.blob(&blob_name(&mirror.sha256)).await?;
    let archive =
        archive.ok_or_else(|| Fault::new(format!("the archive {} is not in the storage", mirror.sha256)))?;
    let (limits, mirror) = (settings.limits.of_core(), mirror.clone());
    host.work(move || report(limits, &mirror, &archive)).await
}

fn report(limits: Limits, mirror: &Mirror, archive: &[u8]) -> Report {
    let record = mirror.record();
    let mut request = Request::new(Kind::PfnPlugin, limits);
    if let Err(error) = fill(&mut request, mirror, &record) {
        request.refuse(error);
    }
    let mut verification = Verification::start(&request);
    match is_as_recorded(&limits, mirror, archive) {
        Ok(()) => verification.read(Cursor::new(archive), |_| {}),
        Err(error) => verification.fail(error),
    }
    verification.finish()
}

/// The storage must hold what was judged. If it does not, that says nothing about the publisher.
fn is_as_recorded(limits: &Limits, mirror: &Mirror, archive: &[u8]) -> Result<(), Error> {
    let digests = PackageDigests::from_reader(archive, limits)?;
    if digests.sha256_hex() == mirror.sha256 && digests.sha384_hex() == mirror.sha384 {
        return Ok(());
    }
    let message = "the archive in this node's storage is not the one that was mirrored: it is damaged";
    Err(Error::unreadable_file(ErrorKind::InvalidData, message))
}

fn fill<'r>(request: &mut Request<'r>, mirror: &'r Mirror, record: &'r str) -> Result<(), Error> {
    request.set_bytes(InputName::Key, mirror.public_key.as_bytes())?;
    request.set_bytes(InputName::Plugin, record.as_bytes())?;
    if let Some(signature) = &mirror.archive_signature {
        request.set_string(InputName::ArchiveSignature, signature.as_str())?;
    }
    request.set_flag(InputName::Archive, true)
}
