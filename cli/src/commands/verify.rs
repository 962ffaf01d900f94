//! `fedverify verify`: from a DID to the verdict on a package, over the network.

use super::subject::Subject;
use crate::arguments::Verify;
use crate::directories::{self, Served};
use crate::download;
use crate::input;
use crate::job::Job;
use crate::memory::Memory;
use fedverify::tables::{Check, InputName, Kind};
use fedverify::{Did, Error, Limits, Reach, Report, Verification, Warning, WebDid, quote};
use fedverify_net::{Address, Asked, Client, Request, Source, dns};
use std::borrow::Cow;
use std::thread;

/// Fetches what the verification wants, step by step.
pub(crate) fn verify(arguments: &Verify, limits: &Limits) -> Report {
    let network = &arguments.network;
    let subject = Subject::find(&arguments.did, network.dns_server, network.timeout());
    let client = network.client();
    let mut job = job(arguments, &subject, limits);
    // The pin is taken before the log is fetched: otherwise another run could meanwhile see and remember a newer log, and
    // this one would take its own for cut back.
    let memory = Memory::open(&arguments.memory.place(), &subject.did, client.timeout(), &mut job);
    // What a domain's DNS named, the user did not.
    let named_by = if subject.alias.is_some() { Source::Server } else { Source::User };
    let visit = Visit { arguments, limits, client, named_by };
    let directories = visit.fetch_identity(&subject.did, &mut job);
    let mut verification = job.start();
    if let Some(alias) = &subject.alias {
        verification.require_alias(alias);
    }
    memory.keep_proven(&verification);
    memory.keep(visit.finish(verification, directories))
}

fn job<'a>(arguments: &'a Verify, subject: &'a Subject, limits: &Limits) -> Job<'a> {
    let mut job = Job::new(Kind::FairPackage, limits);
    job.reach(if arguments.network.allow_private { Reach::Loopback } else { Reach::Public });
    job.string(InputName::Did, &*subject.did);
    if let Some(error) = &subject.fault {
        job.refuse_with(error.clone());
    }
    job.optional(InputName::Release, arguments.release.as_deref());
    job.flag(InputName::NoDowngrade, arguments.no_downgrade);
    job.flag(InputName::WaitRecoveryWindow, arguments.patience.wait_recovery_window);
    job.number(InputName::Now, arguments.clock.now());
    job
}

/// One run of the command.
struct Visit<'a> {
    arguments: &'a Verify,
    limits: &'a Limits,
    client: Client,
    /// Who named the DID.
    named_by: Source,
}

/// What was found of the directories beside the log.
#[derive(Default)]
struct Directories {
    /// The one whose log is the newest.
    newest: Option<String>,
    warnings: Vec<Warning>,
}

impl Visit<'_> {
    /// Fetches what proves the identity. Core refuses a DID that cannot be verified.
    fn fetch_identity(&self, did: &str, job: &mut Job<'_>) -> Directories {
        match did.parse() {
            Ok(Did::Plc(did)) => {
                let urls = &self.arguments.network.plc_url;
                let Served { log, warnings } = directories::fetch(&self.client, urls, &did, self.limits);
                let newest = log.as_ref().ok().map(|log| log.directory.clone());
                job.bytes(InputName::Log, log.map(|log| Cow::Owned(log.json)));
                return Directories { newest, warnings };
            }
            Ok(Did::Web(did)) => job.bytes(InputName::Document, self.web_document(&did).map(Cow::Owned)),
            Ok(_) | Err(_) => {}
        }
        Directories::default()
    }

    fn web_document(&self, did: &WebDid) -> Result<Vec<u8>, Error> {
        let url = did.document_url();
        let is_trial = self.named_by == Source::User && Address::is_on_this_machine(&url);
        let here = url.strip_prefix("https://").filter(|_| is_trial);
        // A did:web of localhost is for trying things out, and hardly has a certificate.
        let url = here.map_or(url.clone(), |rest| format!("http://{rest}"));
        let request = Request::get(&url, self.named_by, Asked::Json);
        let document = self.client.document(request, self.limits.record_bytes);
        document.map_err(|error| error.at(Check::WebDocument))
    }

    /// Goes on from the identity.
    fn finish(&self, mut verification: Verification, directories: Directories) -> Report {
        for warning in directories.warnings {
            verification.warn(warning);
        }
        // Nothing rests on the document: it is fetched alongside the rest, which does not wait for it.
        let did = directories::did_to_compare(&verification);
        let document = thread::scope(|scope| {
            let asked = directories.newest.as_deref().zip(did.as_ref()).and_then(|(directory, did)| {
                let fetch = || directories::fetch_document(&self.client, directory, did, self.limits);
                thread::Builder::new().spawn_scoped(scope, fetch).ok()
            });
            self.give_metadata(&mut verification);
            self.give_package(&mut verification);
            self.look_up_alias(&mut verification);
            asked.and_then(|document| document.join().ok().flatten())
        });
        if let Some(document) = document {
            directories::compare_document(&document, &mut verification, self.limits);
        }
        if let Some(warning) = self.client.warning() {
            verification.warn(warning);
        }
        verification.finish()
    }

    fn give_metadata(&self, verification: &mut Verification) {
        let Some(url) = verification.wants_metadata_from().map(str::to_owned) else { return };
        let request = Request::get(&url, Source::Server, Asked::Json);
        let metadata = self.client.document(request, self.limits.metadata_bytes);
        let metadata = metadata.map_err(|error| error.at(Check::FairMetadata));
        verification.metadata(metadata.map(Cow::Owned));
    }

    fn give_package(&self, verification: &mut Verification) {
        match &self.arguments.package {
            _ if !verification.wants_bytes() => {}
            Some(path) => input::stream(path, verification),
            None => download::fetch(&self.client, verification),
        }
    }

    /// Looks the domain alias up, where the identity claims one and nothing was refused yet. Whatever comes of it, the verdict
    /// stays.
    fn look_up_alias(&self, verification: &mut Verification) {
        if verification.report().is_some() {
            return;
        }
        match verification.claimed_alias() {
            None => {}
            // Core says what is wrong with it.
            Some(Err(_)) => verification.alias_records(Ok(&[])),
            Some(Ok(alias)) => {
                let name = alias.record_name();
                match dns::txt(&name, self.arguments.network.dns_server, self.client.timeout()) {
                    Ok(records) => verification.alias_records(Ok(&records)),
                    Err(error) => {
                        let why =
                            format!("{} cannot be looked up: {}", quote(&name), quote(&error.to_string()));
                        verification.alias_records(Err(&why));
                    }
                }
            }
        }
    }
}
