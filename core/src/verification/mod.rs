//! One verification, from its inputs to its report. The order of the steps, which error comes first, what a memory adds, what
//! a verdict rests on, and which facts a report holds when a verification stops half-way are decided here, for every
//! binding and for the command.
//!
//! Rust programs that want types rather than a report walk the typed chain: [`Log`](crate::Log) →
//! [`Identity`](crate::Identity) → [`Release`] → [`VerifiedPackage`](crate::VerifiedPackage). That
//! chain is what this module uses, too.
//!
//! `request` holds the inputs, `steps` the order, `account` what was found so far; `fair` and `pfn` are the ways from inputs
//! to proofs.

mod account;
mod fair;
#[cfg(feature = "p256-handed-out")]
mod hand_out;
mod held;
mod pfn;
mod progress;
mod request;
mod steps;

pub use account::batch_report;
pub use request::{Input, Request};

use crate::digest::PackageDigests;
use crate::error::Error;
use crate::fair::{Alias, Publisher, Release};
use crate::report::{ReleaseFacts, Report};
use crate::tables::{Check, Kind, Verdict};
use crate::warning::Warning;
use account::Account;
use fair::FairStage;
use pfn::PluginStage;
use progress::Progress;
use std::io::{Read, Seek};

/// A verification between its first input and its report.
///
/// ```
/// use fedverify::tables::{InputName, Kind};
/// use fedverify::verification::{Request, Verification};
/// use fedverify::{Code, Limits};
///
/// # let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples/fair");
/// # let read = |name: &str| std::fs::read(format!("{examples}/{name}")).unwrap();
/// # let did = String::from_utf8(read("did.txt")).unwrap();
/// # let (log, metadata, mut package) = (read("log.json"), read("metadata.json"), read("hello-fair-1.1.0.zip"));
/// let mut request = Request::new(Kind::FairPackage, Limits::default());
/// request.set_string(InputName::Did, did.trim())?;
/// request.set_bytes(InputName::Log, &log)?;
/// request.set_bytes(InputName::Metadata, &metadata)?;
///
/// let mut verification = Verification::start(&request);
/// assert!(verification.report().is_none(), "nothing is decided before the package was read");
/// package[100] ^= 1;
/// verification.update(&package);
/// let report = verification.finish();
/// assert_eq!(report.error().map(|error| error.code()), Some(Code::FairChecksumMismatch));
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug)]
pub struct Verification {
    account: Account,
    stage: Stage,
}

#[derive(Debug)]
enum Stage {
    /// A FAIR identity is proven, or its release, too.
    Fair(Box<FairStage>),
    /// A plugin record is proven; its archive may follow.
    Plugin(Box<PluginStage>),
    /// It is decided.
    Done(Box<Report>),
}

impl From<Report> for Stage {
    fn from(report: Report) -> Self {
        Stage::Done(Box::new(report))
    }
}

impl From<Progress<FairStage>> for Stage {
    fn from(progress: Progress<FairStage>) -> Self {
        match progress {
            Progress::Awaits(stage) => Stage::Fair(stage),
            Progress::Done(report) => Stage::Done(report),
        }
    }
}

impl From<Progress<PluginStage>> for Stage {
    fn from(progress: Progress<PluginStage>) -> Self {
        match progress {
            Progress::Awaits(stage) => Stage::Plugin(stage),
            Progress::Done(report) => Stage::Done(report),
        }
    }
}

impl Verification {
    /// Takes every step that the inputs allow. Ask [`Verification::wants_bytes`] before you read a package.
    pub fn start(request: &Request<'_>) -> Self {
        let mut account = Account::new(request);
        let stage = request.usable().and_then(|()| match request.kind() {
            Kind::PlcLog | Kind::WebDocument | Kind::FairMetadata | Kind::FairPackage | Kind::FairAlias => {
                fair::start(request, &mut account).map(Stage::from)
            }
            Kind::PfnPlugin => pfn::start_plugin(request, &account).map(Stage::from),
            Kind::PfnChallenge => pfn::challenge(request, &account).map(Stage::from),
            Kind::PfnFederationInfo => pfn::federation_info(request, &account).map(Stage::from),
            Kind::PfnAuthorData => pfn::author_data(request, &account).map(Stage::from),
            Kind::PfnAssetUrl => pfn::asset_url(request, &account).map(Stage::from),
            Kind::Key => pfn::key(request, &account).map(Stage::from),
        });
        let stage = stage.unwrap_or_else(|error| Stage::from(account.refused(&error)));
        Verification { account, stage }
    }

    /// The report, where it is decided already; `None` while an input is still wanted.
    pub fn report(&self) -> Option<&Report> {
        match &self.stage {
            Stage::Done(report) => Some(report),
            Stage::Fair(_) | Stage::Plugin(_) => None,
        }
    }

    /// The publisher, as soon as it is proven.
    pub fn publisher(&self) -> Option<&Publisher> {
        self.account.publisher()
    }

    /// The release, as soon as it is tied to the publisher.
    pub fn release(&self) -> Option<&Release> {
        self.account.release()
    }

    /// What a report tells of [`Verification::release`], as JSON on one line. For bindings that hand it on before the package is
    /// there.
    pub fn release_json(&self) -> Option<String> {
        let facts = ReleaseFacts::from_release(self.release()?);
        // Only strings, flags and lists: nothing can fail.
        serde_json::to_string(&facts).ok()
    }

    /// The URL from which to fetch the metadata document that [`Verification::metadata`] wants; `None` where none is wanted.
    pub fn wants_metadata_from(&self) -> Option<&str> {
        match &self.stage {
            Stage::Fair(stage) => stage.wants_metadata_from(),
            Stage::Plugin(_) | Stage::Done(_) => None,
        }
    }

    /// Gives the metadata document, where the request had none.
    pub fn metadata(&mut self, input: Input<'_>) {
        self.advance(|stage, account| match stage {
            Stage::Fair(stage) => stage.with_metadata(input, account).map(Stage::from),
            stage @ (Stage::Plugin(_) | Stage::Done(_)) => Ok(stage),
        });
    }

    /// The domain alias that the publisher claims, so that the caller can look up its TXT records.
    pub fn claimed_alias(&self) -> Option<Result<Alias, Error>> {
        Alias::from_names(self.publisher()?.also_known_as()).transpose()
    }

    /// Insists that the publisher claims this alias: for a caller that was given `fair://` and a domain, and has the DID from the
    /// domain's TXT records. Ask for it as soon as the publisher is proven.
    pub fn require_alias(&mut self, alias: &Alias) {
        let Some(publisher) = self.publisher() else { return };
        let claimed = alias.claimed_by(publisher.did(), publisher.also_known_as());
        if claimed.is_ok() {
            self.account.named_by(alias);
        }
        if let Stage::Done(report) = &mut self.stage {
            self.account.add_source(report);
        }
        self.stop_on_error(claimed.map_err(|error| error.at(Check::Did)));
    }

    /// Compares the TXT records with the claimed alias, or says why there are none. It never changes the verdict on a
    /// package: DNS is not signed by the publisher.
    pub fn alias_records(&mut self, records: Result<&[String], &str>) {
        self.account.alias_records(records);
        if let Stage::Done(report) = &mut self.stage {
            self.account.add_alias(report);
        }
    }

    /// Adds a finding of the caller.
    pub fn warn(&mut self, warning: Warning) {
        if let Stage::Done(report) = &mut self.stage {
            report.warnings.push(warning.clone());
        }
        self.account.warn(warning);
    }

    /// Whether the bytes of the package or the archive are wanted now: all that comes before them was given, and holds.
    pub fn wants_bytes(&self) -> bool {
        match &self.stage {
            Stage::Fair(stage) => stage.wants_metadata_from().is_none(),
            Stage::Plugin(_) => true,
            Stage::Done(_) => false,
        }
    }

    /// Says which URL the package is fetched from, where the request did not: then only that artifact counts.
    pub fn fetch_from(&mut self, url: &str) {
        if let Stage::Fair(stage) = &mut self.stage {
            stage.fetch_from(url);
        }
    }

    /// Forgets the bytes that were taken so far, for a download that starts again.
    pub fn restart(&mut self) {
        match &mut self.stage {
            Stage::Fair(stage) => stage.restart(),
            Stage::Plugin(stage) => stage.restart(),
            Stage::Done(_) => {}
        }
    }

    /// Takes the next bytes of the package or the archive; false if no more are wanted.
    pub fn update(&mut self, bytes: &[u8]) -> bool {
        let taken = match &mut self.stage {
            Stage::Fair(stage) => stage.update(bytes),
            Stage::Plugin(stage) => stage.update(bytes),
            Stage::Done(_) => return false,
        };
        self.stop_on_error(taken);
        self.report().is_none()
    }

    /// Takes the digests of a package that was hashed before, in place of its bytes. An archive needs its bytes.
    pub fn digests(&mut self, digests: PackageDigests) {
        let taken = match &mut self.stage {
            Stage::Fair(stage) => stage.digests(digests),
            Stage::Plugin(_) => {
                let message = "expected the bytes of the archive, found digests";
                Err(request::misuse(message).at(Check::PfnArchive))
            }
            Stage::Done(_) => return,
        };
        self.stop_on_error(taken);
    }

    /// Reads the whole package or archive from an open file, in constant memory. `progress` is told now and then how many
    /// bytes were read so far.
    pub fn read(&mut self, reader: impl Read + Seek, progress: impl FnMut(u64)) {
        let taken = match &mut self.stage {
            Stage::Fair(stage) => stage.read(reader, progress),
            Stage::Plugin(stage) => stage.read(reader, progress),
            Stage::Done(_) => return,
        };
        self.stop_on_error(taken);
    }

    /// Says that the package or the archive could not be read to its end.
    pub fn fail(&mut self, error: Error) {
        let failed = match &mut self.stage {
            Stage::Fair(stage) => stage.fail(error),
            Stage::Plugin(_) => Err(error.at(Check::PfnArchive)),
            Stage::Done(_) => return,
        };
        self.stop_on_error(failed);
    }

    /// The report on all that was given.
    pub fn finish(mut self) -> Report {
        self.advance(|stage, account| match stage {
            Stage::Fair(stage) => stage.finish(account).map(Stage::from),
            Stage::Plugin(stage) => stage.finish(account).map(Stage::from),
            stage @ Stage::Done(_) => Ok(stage),
        });
        match self.stage {
            Stage::Done(report) => *report,
            // Finishing always decides.
            Stage::Fair(_) | Stage::Plugin(_) => {
                self.account.refused(&request::misuse("an input is missing"))
            }
        }
    }

    /// Ends the verification with a refusal where an input could not be taken.
    fn stop_on_error(&mut self, outcome: Result<(), Error>) {
        if let Err(error) = outcome {
            self.stage = Stage::from(self.account.refused(&error));
        }
    }

    fn advance(&mut self, step: impl FnOnce(Stage, &mut Account) -> Result<Stage, Error>) {
        let placeholder = Stage::from(Report::new(self.account.kind(), Verdict::Undetermined, Vec::new()));
        let stage = std::mem::replace(&mut self.stage, placeholder);
        self.stage = match step(stage, &mut self.account) {
            Ok(stage) => stage,
            Err(error) => Stage::from(self.account.refused(&error)),
        };
    }
}
