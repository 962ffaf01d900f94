//! FAIR: from a log or a DID document, a metadata document and bytes to a proven package.

use super::account::Account;
use super::progress::{Progress, done};
use super::request::{Input, Request, misuse};
use super::steps::Method;
use crate::did::{PlcDid, WebDid};
use crate::digest::{PackageDigests, PackageHasher};
use crate::error::Error;
use crate::fair::{Alias, Metadata, Publisher, Release, VerifiedPackage};
use crate::pin::Pin;
use crate::plc::{Identity, Log};
use crate::tables::{Check, Code, InputName, Kind, Limits, WarningCode};
use crate::time::utc;
use crate::warning::Warning;
use crate::web::WebDocument;
use std::io::Read;

/// A FAIR verification that waits for an input.
#[derive(Debug)]
pub(super) struct FairStage {
    choice: Choice,
    awaited: Awaited,
}

/// What the caller chose.
#[derive(Debug)]
struct Choice {
    version: Option<String>,
    artifact_url: Option<String>,
    no_downgrade: bool,
    wait_recovery_window: bool,
    /// Whether the package follows, even if it has no bytes.
    has_package: bool,
    limits: Limits,
}

#[derive(Debug)]
enum Awaited {
    /// The metadata document, from this URL.
    Metadata(String),
    /// The package of this release.
    Package(Box<Release>, Package),
}

/// The package, of which only the digests are needed.
#[derive(Debug)]
enum Package {
    /// Its bytes come in pieces.
    Hashing(Box<PackageHasher>),
    /// Its bytes were hashed before.
    Hashed(Box<PackageDigests>),
}

impl Package {
    fn new(limits: &Limits) -> Self {
        Package::Hashing(Box::new(PackageHasher::new(limits)))
    }

    fn finish(self) -> PackageDigests {
        match self {
            Package::Hashing(hasher) => hasher.finish(),
            Package::Hashed(digests) => *digests,
        }
    }
}

/// Proves the identity, and goes on as far as the inputs allow.
pub(super) fn start(request: &Request<'_>, account: &mut Account) -> Result<Progress<FairStage>, Error> {
    usable(request, account.method())?;
    let publisher = match account.method() {
        Method::Plc => Publisher::Plc(identity(request, account)?),
        Method::Web => Publisher::Web(web_document(request)?),
    };
    account.proven_publisher(publisher.clone());
    if request.kind() == Kind::FairAlias {
        return alias(request, &publisher, account);
    }
    if matches!(request.kind(), Kind::PlcLog | Kind::WebDocument) {
        return Ok(done(account.verified_identity()));
    }
    if let Some(records) = request.string(InputName::Txt) {
        account.alias_records(Ok(&lines(records)));
    }
    let choice = Choice {
        version: request.string(InputName::Release).map(str::to_owned),
        artifact_url: request.string(InputName::ArtifactUrl).map(str::to_owned),
        no_downgrade: request.is_set(InputName::NoDowngrade),
        wait_recovery_window: request.is_set(InputName::WaitRecoveryWindow),
        has_package: request.is_set(InputName::Package),
        limits: *request.limits(),
    };
    match request.bytes(InputName::Metadata) {
        Some(metadata) => choice.tie(metadata.clone(), account),
        None => {
            let url = publisher.repository(account.reach()).map_err(|error| error.at(Check::FairIdentity))?;
            let awaited = Awaited::Metadata(url.to_owned());
            Ok(Progress::Awaits(Box::new(FairStage { choice, awaited })))
        }
    }
}

/// Refuses inputs that do not go together before anything is judged. A caller who asks for what a did:web has not must not
/// believe to have got it.
fn usable(request: &Request<'_>, method: Method) -> Result<(), Error> {
    let is_set = |name: InputName| request.is_set(name);
    let has_memory = has_memory(request);
    let has_clock = request.now().is_some();
    let awaits_recoveries = is_set(InputName::WaitRecoveryWindow);
    let refusal = match method {
        Method::Web if has_memory || is_set(InputName::NoDowngrade) => {
            "a did:web has no memory: verify it without a pin and without refusing downgrades"
        }
        Method::Web if awaits_recoveries => {
            "a did:web has no recovery window: verify it without waiting for one"
        }
        Method::Plc if is_set(InputName::NoDowngrade) && !has_memory => {
            "noDowngrade needs a pin: give pin, or remember on a first visit"
        }
        Method::Plc if has_memory && !has_clock => "a pin needs a clock: pass `now`",
        Method::Plc if awaits_recoveries && !has_clock => "waitRecoveryWindow needs a clock: pass `now`",
        Method::Plc | Method::Web => return Ok(()),
    };
    Err(misuse(refusal))
}

fn has_memory(request: &Request<'_>) -> bool {
    request.is_set(InputName::Remember) || request.bytes(InputName::Pin).is_some()
}

/// A did:plc: its log, compared with the pin where a memory is asked for.
fn identity(request: &Request<'_>, account: &mut Account) -> Result<Identity, Error> {
    let did: PlcDid = request.required_string(InputName::Did)?.parse()?;
    if request.bytes(InputName::Document).is_some() {
        let message = "a did:plc has no document of its own: it is verified with its log";
        return Err(Error::new(Code::DidUnsupported, message).at(Check::Did));
    }
    let json = request.required_bytes(InputName::Log).map_err(|error| error.at(Check::PlcJson))?;
    let log = Log::parse(json, request.limits())?.with_p256_checks(&request.p256_checks);
    let Some(now) = request.now() else { return log.verify(&did) };
    if !has_memory(request) {
        return if request.offers_pin { log.verify_offering(&did, now) } else { log.verify(&did) };
    }
    let pin = request.bytes(InputName::Pin).map(|pin| pin.as_deref().map_err(Error::clone)).transpose();
    let parse = |pin: Option<&[u8]>| pin.map(|pin| Pin::parse(pin, request.limits())).transpose();
    let pin = match pin.and_then(parse) {
        Ok(pin) => pin,
        Err(error) => {
            // The log is judged by itself first: then the report tells truly which steps passed.
            log.verify(&did)?;
            return Err(error.at(Check::PinLog));
        }
    };
    log.verify_remembering(&did, pin.as_ref(), now).inspect_err(|error| {
        if let Some(pin) = pin.filter(|pin| contradicts(error) && pin.did() == did.as_str()) {
            account.keep_earlier(pin);
        }
    })
}

/// Whether the log held by itself, and only what was remembered speaks against it.
fn contradicts(error: &Error) -> bool {
    let code = error.code();
    matches!(code, Code::PinRollback | Code::PinFork | Code::PinNullificationLate | Code::PinTooLarge)
}

/// A did:web: its document. There is no log, so nothing is remembered and nothing is awaited.
fn web_document(request: &Request<'_>) -> Result<WebDocument, Error> {
    let did: WebDid = request.required_string(InputName::Did)?.parse()?;
    if request.bytes(InputName::Log).is_some() {
        let message = "a did:web has no log: it is verified with its document";
        return Err(Error::new(Code::DidUnsupported, message).at(Check::Did));
    }
    let now = request.now().ok_or_else(|| misuse("did:web keys can expire: pass `now`"))?;
    let json = request.required_bytes(InputName::Document).map_err(|error| error.at(Check::WebDocument))?;
    WebDocument::parse(json, &did, now, request.limits())
}

fn alias(
    request: &Request<'_>,
    publisher: &Publisher,
    account: &mut Account,
) -> Result<Progress<FairStage>, Error> {
    let of_alias = |error: Error| error.at(Check::FairAlias);
    let Some(alias) = Alias::from_names(publisher.also_known_as()).map_err(of_alias)? else {
        return Ok(done(account.verified_alias(None)));
    };
    let records = lines(request.required_string(InputName::Txt).map_err(of_alias)?);
    alias.confirm(publisher.did(), &records).map_err(of_alias)?;
    Ok(done(account.verified_alias(Some(alias.domain()))))
}

fn lines(text: &str) -> Vec<String> {
    text.lines().map(str::to_owned).collect()
}

impl Choice {
    /// Ties the release to the publisher.
    fn tie(self, metadata: Input<'_>, account: &mut Account) -> Result<Progress<FairStage>, Error> {
        let json = metadata.map_err(|error| error.at(Check::FairMetadata))?;
        let metadata = Metadata::parse(&json, &self.limits)?;
        let Some(publisher) = account.publisher().cloned() else {
            return Err(misuse("no identity was proven"));
        };
        let release = Release::new(publisher, &metadata, self.version.as_deref(), account.reach())?;
        let release = if self.no_downgrade { release.refuse_downgrade()? } else { release };
        account.proven_release(release.clone());
        if account.kind() == Kind::FairMetadata {
            return Ok(done(account.verified_release()));
        }
        let package = Package::new(&self.limits);
        let awaited = Awaited::Package(Box::new(release), package);
        Ok(Progress::Awaits(Box::new(FairStage { choice: self, awaited })))
    }

    fn package(&self, release: &Release, digests: &PackageDigests) -> Result<VerifiedPackage, Error> {
        match &self.artifact_url {
            Some(url) => release.verify_from(url, digests),
            None => release.verify(digests),
        }
    }

    /// fair.md, "Fresh keys": a warning, or a refusal where the caller waits.
    fn accept_fresh(&self, package: &VerifiedPackage, until: u64) -> Result<Warning, Error> {
        let key = crate::quote::quote(package.key_id());
        let until = utc(until);
        if self.wait_recovery_window {
            let message =
                format!("the signing key {key} can be undone by the identity's owner until {until}");
            return Err(Error::new(Code::FairKeyTooFresh, message).at(Check::FairRecoveryWindow));
        }
        let message =
            format!("the signing key {key} is new: the identity's owner can still undo it until {until}");
        Ok(Warning::new(WarningCode::FairKeyFresh, message))
    }
}

impl FairStage {
    pub(super) fn wants_metadata_from(&self) -> Option<&str> {
        match &self.awaited {
            Awaited::Metadata(url) => Some(url),
            Awaited::Package(..) => None,
        }
    }

    pub(super) fn with_metadata(
        self,
        input: Input<'_>,
        account: &mut Account,
    ) -> Result<Progress<FairStage>, Error> {
        match self.awaited {
            Awaited::Metadata(_) => self.choice.tie(input, account),
            Awaited::Package(..) => {
                Err(misuse("the metadata document was already given").at(Check::FairMetadata))
            }
        }
    }

    pub(super) fn fetch_from(&mut self, url: &str) {
        self.choice.artifact_url = Some(url.to_owned());
        self.choice.has_package = true;
    }

    pub(super) fn restart(&mut self) {
        if let Awaited::Package(_, package) = &mut self.awaited {
            *package = Package::new(&self.choice.limits);
        }
    }

    pub(super) fn digests(&mut self, digests: PackageDigests) -> Result<(), Error> {
        self.choice.has_package = true;
        let Awaited::Package(_, package) = &mut self.awaited else { return Err(metadata_first()) };
        digests.check_size(&self.choice.limits).map_err(|error| error.at(Check::FairBytes))?;
        *package = Package::Hashed(Box::new(digests));
        Ok(())
    }

    pub(super) fn update(&mut self, bytes: &[u8]) -> Result<(), Error> {
        self.hasher()?.update(bytes).map_err(|error| error.at(Check::FairBytes))
    }

    pub(super) fn read(&mut self, reader: impl Read, progress: impl FnMut(u64)) -> Result<(), Error> {
        self.restart();
        self.hasher()?.update_from(reader, progress).map_err(|error| error.at(Check::FairBytes))
    }

    pub(super) fn fail(&mut self, error: Error) -> Result<(), Error> {
        self.hasher()?;
        Err(error.at(Check::FairBytes))
    }

    /// What takes the package's bytes. From now on there is a package, even if it has none.
    fn hasher(&mut self) -> Result<&mut PackageHasher, Error> {
        self.choice.has_package = true;
        match &mut self.awaited {
            Awaited::Package(_, Package::Hashing(hasher)) => Ok(hasher),
            Awaited::Package(_, Package::Hashed(_)) => {
                Err(misuse("the digests of the package were already given").at(Check::FairBytes))
            }
            Awaited::Metadata(_) => Err(metadata_first()),
        }
    }

    pub(super) fn finish(self, account: &mut Account) -> Result<Progress<FairStage>, Error> {
        let Awaited::Package(release, package) = self.awaited else { return Err(metadata_first()) };
        // A release without an artifact is refused whatever the bytes: then that is the reason, and none are asked for.
        if !self.choice.has_package && release.artifacts().next().is_some() {
            return Err(misuse("expected the input package, found none").at(Check::FairBytes));
        }
        let package = self.choice.package(&release, &package.finish())?;
        let fresh_until = account.now().map_or(Ok(None), |now| package.key_fresh_until(now))?;
        let warning = fresh_until.map(|until| self.choice.accept_fresh(&package, until)).transpose()?;
        Ok(done(account.verified_package(&package, fresh_until, warning)))
    }
}

fn metadata_first() -> Error {
    misuse("expected the input metadata, found none").at(Check::FairMetadata)
}
