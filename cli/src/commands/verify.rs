//! `fedverify verify`: from a DID to the verdict on a package, over the network.

use crate::arguments::Verify;
use crate::directories::{self, ServedLog};
use crate::dns;
use crate::download::{self, Source};
use crate::input;
use crate::net::{Address, Client, JSON, Reach, Request};
use crate::remembered::Remembered;
use fedverify::fair::Alias;
use fedverify::report::{Check, Kind, Report};
use fedverify::{
    Did, Error, Limits, Metadata, PackageHasher, PlcDid, VerifiedPackage, VerifiedRelease, Warning, WebDid,
    WebIdentity, quote,
};
use std::time::Duration;

const KIND: Kind = Kind::FairPackage;

/// Fetches what it needs and verifies step by step, so that a refusal still reports what was proven before it.
pub(crate) fn verify(arguments: &Verify, limits: &Limits) -> Report {
    let did = match arguments.did.parse() {
        Ok(did) => did,
        Err(error) => return Report::refused(KIND, &error),
    };
    let client = Client::new(Duration::from_secs(arguments.timeout), reach(arguments, &did));
    let mut visit = Visit { arguments, limits, client, warnings: Vec::new() };
    let report = match did {
        Did::Plc(did) => visit.plc(&did),
        Did::Web(did) => visit.web(&did),
        // Core knows one more method than this command.
        _ => Report::refused(KIND, &Error::unreadable_file(false, "DIDs of this method cannot be fetched")),
    };
    visit.warnings.into_iter().fold(report, Report::with_warning)
}

/// Whoever names a directory or an identity of this machine means to stay here, as tests do. Else nothing leads here.
fn reach(arguments: &Verify, did: &Did) -> Reach {
    let is_here = match did {
        Did::Web(did) => Address::names_this_machine(&did.document_url()),
        Did::Plc(_) | _ => arguments.plc_url.iter().any(|url| Address::names_this_machine(url)),
    };
    if is_here { Reach::ThisMachine } else { Reach::Public }
}

/// One run of the command.
struct Visit<'a> {
    arguments: &'a Verify,
    limits: &'a Limits,
    client: Client,
    /// What was found beside the verification.
    warnings: Vec<Warning>,
}

impl Visit<'_> {
    fn plc(&mut self, did: &PlcDid) -> Report {
        let (log, remembered) = match self.identity(did) {
            Ok(found) => found,
            Err(error) => return Report::refused(KIND, &error),
        };
        let identity = &remembered.identity;
        self.warnings.extend(log.compare_document(&self.client, identity, self.limits));
        let select = |metadata: &Metadata| identity.release(metadata, self.arguments.release.as_deref());
        let (release, source) = match self.release(identity.repository(), select) {
            Ok(found) => found,
            Err(error) => return Report::refused(KIND, &error).with_identity(identity),
        };
        match self.package(&release, source.as_ref()).and_then(|package| remembered.keep_package(package)) {
            Ok(package) => self.with_alias(Report::of_package(&package), did.as_str(), identity.alias()),
            Err(error) => Report::refused(KIND, &error).with_release(&release),
        }
    }

    fn web(&self, did: &WebDid) -> Report {
        let identity = match self.web_identity(did) {
            Ok(identity) => identity,
            Err(error) => return Report::refused_web(KIND, &error),
        };
        let select = |metadata: &Metadata| identity.release(metadata, self.arguments.release.as_deref());
        let (release, source) = match self.release(identity.repository(), select) {
            Ok(found) => found,
            Err(error) => return Report::refused_web(KIND, &error).with_web_identity(&identity),
        };
        match self.package(&release, source.as_ref()) {
            Ok(package) => {
                let alias = Alias::of(identity.also_known_as());
                self.with_alias(Report::of_package(&package), did.as_str(), alias)
            }
            Err(error) => Report::refused_web(KIND, &error).with_release(&release),
        }
    }

    /// The identity, by the newest of the logs that the directories serve.
    fn identity(&mut self, did: &PlcDid) -> Result<(ServedLog, Remembered), Error> {
        let (logs, warnings) = directories::fetch(&self.client, &self.arguments.plc_url, did, self.limits)?;
        self.warnings.extend(warnings);
        let (log, warnings) = directories::newest(logs, did, self.limits)?;
        self.warnings.extend(warnings);
        let memory = self.arguments.memory.choice(self.client.timeout());
        let remembered = Remembered::verify(log.parse(self.limits)?, did, &memory, self.limits)?;
        Ok((log, remembered))
    }

    /// The identity, by the document that its host serves. There is no log, so there is nothing to remember: what asks
    /// for memory must not seem to have it.
    fn web_identity(&self, did: &WebDid) -> Result<WebIdentity, Error> {
        if self.arguments.no_downgrade || self.arguments.memory.is_asked_for() {
            let message = "nothing is remembered of a did:web: do without --pin and --no-downgrade";
            return Err(Error::unwritable_file(message));
        }
        let url = did.document_url();
        let here = url.strip_prefix("https://").filter(|_| Address::names_this_machine(&url));
        // A did:web of localhost is for trying things out, and hardly has a certificate.
        let url = here.map_or(url.clone(), |rest| format!("http://{rest}"));
        let request = Request { url: &url, accept: JSON, check: Check::WebDocument };
        let document = self.client.document(request, self.limits.record_bytes)?;
        WebIdentity::parse(&document, did, self.limits)
    }

    /// The release, and where its package is.
    fn release(
        &self,
        repository: Result<&str, Error>,
        select: impl Fn(&Metadata) -> Result<VerifiedRelease, Error>,
    ) -> Result<(VerifiedRelease, Option<Source>), Error> {
        let url = repository.map_err(|error| error.at(Check::FairIdentity))?;
        let request = Request { url, accept: JSON, check: Check::FairMetadata };
        let json = self.client.document(request, self.limits.metadata_bytes)?;
        let release = select(&Metadata::parse_with(&json, self.limits)?)?;
        let release = if self.arguments.no_downgrade { release.refuse_downgrade()? } else { release };
        let source = download::choose(&release);
        Ok((release, source))
    }

    fn package(&self, release: &VerifiedRelease, source: Option<&Source>) -> Result<VerifiedPackage, Error> {
        if let Some(path) = &self.arguments.package {
            let file = input::open(path, Check::FairBytes)?;
            return release.verify(&input::digests(&file, self.limits, Check::FairBytes)?);
        }
        match source {
            Some(source) => {
                let digests = download::fetch(&self.client, source, self.limits)?;
                release.verify_from(&source.url, &digests)
            }
            // There is nothing to fetch, and no bytes are any artifact of this release: core says why.
            None => release.verify(&PackageHasher::new(self.limits).finish()),
        }
    }

    /// Looks the domain alias up, where the identity claims one. Whatever comes of it, the verdict stays.
    fn with_alias(&self, report: Report, did: &str, alias: Result<Option<Alias>, Error>) -> Report {
        let alias = match alias {
            Ok(Some(alias)) => alias,
            Ok(None) => return report,
            Err(error) => return report.with_alias(Err(error.message().to_owned())),
        };
        let name = alias.record_name();
        match dns::txt(&name, self.arguments.dns_server, self.client.timeout()) {
            Ok(records) => {
                let confirmed = alias.confirm(did, &records);
                report.with_alias(confirmed.map(|()| &alias).map_err(|error| error.message().to_owned()))
            }
            Err(error) => {
                let why = format!("{} could not be looked up: {}", quote(&name), quote(&error.to_string()));
                report.with_alias(Err(why))
            }
        }
    }
}
