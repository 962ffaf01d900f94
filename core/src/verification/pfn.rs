//! The Plugin Federation Network, where the caller brings the key; and keys by themselves.

use super::account::Account;
use super::held::Held;
use super::progress::{Progress, done};
use super::request::{Request, misuse};
use crate::digest::{PackageDigests, PackageHasher};
use crate::error::Error;
use crate::key::PublicKey;
use crate::pfn::{
    AuthorData, Challenge, FederationInfo, PluginArchive, PluginRecord, PublisherKey, VerifiedPlugin,
    oracle_warning,
};
use crate::quote::quote;
use crate::report::{AuthorFacts, FederationFacts, KeyFacts, Report, Step};
use crate::tables::{Check, InputName, Limits, WarningCode};
use crate::warning::Warning;
use std::io::{ErrorKind, Read, Seek};

fn publisher_key(request: &Request<'_>) -> Result<PublisherKey, Error> {
    let key = request.required_bytes(InputName::Key).map_err(|error| error.at(Check::PfnKey))?;
    PublisherKey::parse(key, request.limits())
}

/// A plugin record that is proven, and its archive as far as it came.
#[derive(Debug)]
pub(super) struct PluginStage {
    plugin: VerifiedPlugin,
    archive_signature: Option<String>,
    archive: Archive,
    limits: Limits,
}

#[derive(Debug)]
enum Archive {
    /// Bytes that came in pieces. A ZIP file is read from its end, so they are held.
    Bytes(Held, Box<PackageHasher>),
    /// It was read from a file.
    Read(PluginArchive),
}

pub(super) fn start_plugin(request: &Request<'_>, account: &Account) -> Result<Progress<PluginStage>, Error> {
    let has_archive = request.is_set(InputName::Archive);
    let archive_signature = request.string(InputName::ArchiveSignature).map(str::to_owned);
    if archive_signature.is_some() && !has_archive {
        return Err(misuse("archiveSignature needs the archive: give it too"));
    }
    let key = publisher_key(request)?;
    let record = request.required_bytes(InputName::Plugin).map_err(|error| error.at(Check::PfnPlugin))?;
    let record = PluginRecord::parse(record, request.limits())?;
    let plugin = record.verify(&key, request.string(InputName::Signature))?;
    if !has_archive {
        return Ok(done(account.verified_plugin(&plugin)));
    }
    let archive = Archive::Bytes(Held::default(), Box::new(PackageHasher::new(request.limits())));
    Ok(Progress::Awaits(Box::new(PluginStage {
        plugin,
        archive_signature,
        archive,
        limits: *request.limits(),
    })))
}

impl PluginStage {
    pub(super) fn restart(&mut self) {
        self.archive = Archive::Bytes(Held::default(), Box::new(PackageHasher::new(&self.limits)));
    }

    pub(super) fn update(&mut self, bytes: &[u8]) -> Result<(), Error> {
        let Archive::Bytes(held, hasher) = &mut self.archive else {
            return Err(misuse("the archive was already read").at(Check::PfnArchive));
        };
        hasher.update(bytes).map_err(|error| error.at(Check::PfnArchive))?;
        held.push(bytes).map_err(|_| {
            let message = format!("there is not enough memory for an archive of over {} bytes", held.size());
            Error::unreadable_file(ErrorKind::OutOfMemory, message).at(Check::PfnArchive)
        })
    }

    pub(super) fn read(
        &mut self,
        mut reader: impl Read + Seek,
        progress: impl FnMut(u64),
    ) -> Result<(), Error> {
        let of_archive = |error: Error| error.at(Check::PfnArchive);
        // Digests and header are taken from the same open file, so that the path cannot lead elsewhere in between.
        let digests =
            PackageDigests::from_reader_with(&mut reader, &self.limits, progress).map_err(of_archive)?;
        self.archive = Archive::Read(PluginArchive::read(reader, digests, &self.limits).map_err(of_archive)?);
        Ok(())
    }

    pub(super) fn finish(self, account: &Account) -> Result<Progress<PluginStage>, Error> {
        let limits = self.limits;
        let archive = match self.archive {
            Archive::Read(archive) => archive,
            Archive::Bytes(held, hasher) => PluginArchive::read(held, hasher.finish(), &limits)?,
        };
        let plugin = self.plugin.with_archive(&archive, self.archive_signature.as_deref())?;
        Ok(done(account.verified_plugin(&plugin)))
    }
}

pub(super) fn challenge(request: &Request<'_>, account: &Account) -> Result<Report, Error> {
    let key = publisher_key(request)?;
    let text = request.required_string(InputName::Challenge)?;
    let signature = request.required_string(InputName::Signature)?;
    let challenge = Challenge::new(text, request.limits())?.verify(&key, signature)?;
    Ok(account.verified_challenge(&challenge))
}

fn document<'r>(request: &'r Request<'_>, check: Check) -> Result<&'r [u8], Error> {
    request.required_bytes(InputName::Document).map_err(|error| error.at(check))
}

pub(super) fn federation_info(request: &Request<'_>, account: &Account) -> Result<Report, Error> {
    let json = document(request, Check::PfnFederationInfo)?;
    let info = FederationInfo::parse(json, request.limits())?;
    let mut report = account.verified();
    report.federation = Some(FederationFacts::new(&info));
    Ok(report)
}

pub(super) fn author_data(request: &Request<'_>, account: &Account) -> Result<Report, Error> {
    let key = request.bytes(InputName::Key).map(|_| publisher_key(request)).transpose()?;
    let author = AuthorData::parse(document(request, Check::PfnAuthorData)?, request.limits())
        .map_err(|error| error.at(Check::PfnAuthorData))?;
    let (mut report, facts) = match key {
        Some(key) => checked_author(&author, &key, account),
        None => (unchecked_author(account), AuthorFacts::unchecked(&author)),
    };
    report.author = Some(facts);
    Ok(report)
}

fn unchecked_author(account: &Account) -> Report {
    let mut report = account.verified();
    let detail = "no key was given, so nothing was checked";
    report.describe([Step::skipped(Check::PfnKey, detail), Step::skipped(Check::PfnSignature, detail)]);
    report
}

/// Plugins that do not verify do not affect the others, and are told. Where none verifies, nothing is proven, so that is refused
/// (pfn.md, "author-data").
fn checked_author(author: &AuthorData, key: &PublisherKey, account: &Account) -> (Report, AuthorFacts) {
    let outcomes = author.verify(key);
    let facts = AuthorFacts::checked(author, &outcomes);
    let first_error = outcomes.iter().find_map(|(id, outcome)| Some((id, outcome.as_ref().err()?)));
    let told = format!("the key signed {}", facts.signed_of_all());
    let unsigned = |(id, error): (&String, &Error)| {
        format!("{told}; the first that does not verify is {}: {}", quote(id), error.message())
    };
    let report = if facts.has_signed_plugin() {
        let mut report = account.verified_by_key(key.public_key());
        let partial = first_error.map(unsigned);
        report.warnings.extend(partial.map(|why| Warning::new(WarningCode::PfnAuthorDataPartial, why)));
        report.warnings.push(oracle_warning());
        report.describe([Step::pass(Check::PfnSignature, told)]);
        report
    } else if let Some((id, error)) = first_error {
        let refusal = Error::new(error.code(), unsigned((id, error)));
        account.refused(&refusal.at(Check::PfnSignature))
    } else {
        let mut report = account.verified();
        report.key = Some(KeyFacts::new(key.public_key()));
        report.describe([Step::skipped(Check::PfnSignature, "the list is empty, so nothing was checked")]);
        report
    };
    (report, facts)
}

pub(super) fn asset_url(request: &Request<'_>, account: &Account) -> Result<Report, Error> {
    let (author, slug) =
        (request.required_string(InputName::Author)?, request.required_string(InputName::Slug)?);
    let json = document(request, Check::PfnFederationInfo)?;
    let info = FederationInfo::parse(json, request.limits())?;
    let url = info.asset_url(author, slug).map_err(|error| error.at(Check::PfnAssetUrl))?;
    let mut report = account.verified();
    report.federation = Some(FederationFacts::new(&info));
    report.asset_url = Some(url);
    Ok(report)
}

pub(super) fn key(request: &Request<'_>, account: &Account) -> Result<Report, Error> {
    let text = request.required_bytes(InputName::Key).map_err(|error| error.at(Check::Key))?;
    let key = PublicKey::read(text, request.limits())?;
    let mut report = account.verified();
    report.key = Some(KeyFacts::new(&key));
    report.describe([Step::pass(Check::Key, key.key_type().to_string())]);
    Ok(report)
}
