//! What a verification has found so far, and the report that follows from it.

use super::request::Request;
use super::steps::{self, Method};
use crate::did::PlcDid;
use crate::error::Error;
use crate::fair::{Alias, Publisher, Release, VerifiedPackage};
use crate::host::Reach;
use crate::key::PublicKey;
use crate::pfn::{VerifiedChallenge, VerifiedPlugin};
use crate::pin::Pin;
use crate::plc::Identity;
use crate::report::{
    BatchFacts, Details, IdentityFacts, KeyFacts, PackageFacts, PluginFacts, ReleaseFacts, Report, Step,
    log_details, package_details, plugin_details, recovery_window_detail, release_details,
};
use crate::tables::{Check, InputName, Kind, Trust, Verdict, WarningCode};
use crate::warning::Warning;

/// What is proven so far.
#[derive(Debug)]
pub(super) struct Account {
    kind: Kind,
    method: Method,
    details: Details,
    publisher: Option<Publisher>,
    release: Option<Box<Release>>,
    /// What to keep where the log holds but contradicts what was remembered: the pin as it was.
    earlier_pin: Option<Pin>,
    warnings: Vec<Warning>,
    /// What became of the claimed alias, where it was looked up.
    alias: Option<Result<String, Warning>>,
    /// The domain whose DNS named the DID, where the caller did not.
    named_by: Option<String>,
}

impl Account {
    pub(super) fn new(request: &Request<'_>) -> Self {
        let of_web = request.string(InputName::Did).is_some_and(|did| did.starts_with("did:web:"));
        // Two kinds say how the identity is proven, whatever the DID; of the others the DID says it.
        let is_web = request.kind() == Kind::WebDocument || (of_web && request.kind() != Kind::PlcLog);
        let method = if is_web { Method::Web } else { Method::Plc };
        let details = Details {
            now: request.now(),
            history: request.is_set(InputName::History),
            reach: request.reach(),
        };
        Account::empty(request.kind(), method, details)
    }

    fn empty(kind: Kind, method: Method, details: Details) -> Self {
        let (publisher, release, earlier_pin) = (None, None, None);
        let (warnings, alias, named_by) = (Vec::new(), None, None);
        Account { kind, method, details, publisher, release, earlier_pin, warnings, alias, named_by }
    }

    pub(super) fn kind(&self) -> Kind {
        self.kind
    }

    pub(super) fn method(&self) -> Method {
        self.method
    }

    pub(super) fn now(&self) -> Option<u64> {
        self.details.now
    }

    pub(super) fn reach(&self) -> Reach {
        self.details.reach
    }

    pub(super) fn publisher(&self) -> Option<&Publisher> {
        self.publisher.as_ref()
    }

    pub(super) fn release(&self) -> Option<&Release> {
        self.release.as_deref()
    }

    pub(super) fn warn(&mut self, warning: Warning) {
        self.warnings.push(warning);
    }

    /// The publisher is proven; its pin is what to keep from now on, whatever becomes of the rest.
    pub(super) fn proven_publisher(&mut self, publisher: Publisher) {
        self.publisher = Some(publisher);
    }

    pub(super) fn proven_release(&mut self, release: Release) {
        self.release = Some(Box::new(release));
    }

    /// The pin that was handed in is the one to keep: the log holds, and contradicts it.
    pub(super) fn keep_earlier(&mut self, pin: Pin) {
        self.earlier_pin = Some(pin);
    }

    /// Compares TXT records with the claimed alias. Nothing happens where none is claimed.
    pub(super) fn alias_records(&mut self, records: Result<&[String], &str>) {
        let Some(publisher) = &self.publisher else { return };
        let unconfirmed = |why: &str| Warning::new(WarningCode::FairAliasUnconfirmed, why);
        let alias = match Alias::from_names(publisher.also_known_as()) {
            Ok(None) => return,
            Ok(Some(alias)) => alias,
            Err(error) => {
                self.alias = Some(Err(unconfirmed(error.message())));
                return;
            }
        };
        self.alias = Some(match records.map(|records| alias.confirm(publisher.did(), records)) {
            Ok(Ok(())) => Ok(alias.domain().to_owned()),
            Ok(Err(error)) => Err(unconfirmed(error.message())),
            Err(why) => Err(unconfirmed(why)),
        });
    }

    /// The DID is from the DNS of this domain.
    pub(super) fn named_by(&mut self, alias: &Alias) {
        self.named_by = Some(alias.domain().to_owned());
    }

    /// Says in a report that the caller did not choose the DID (fair.md, "Domain alias").
    pub(super) fn add_source(&self, report: &mut Report) {
        report.describe(self.named_by.iter().map(|domain| {
            let who = "whoever controls it chose the identity";
            Step::pass(Check::Did, format!("the DNS of {domain} named this DID: {who}"))
        }));
    }

    /// Says in a report what became of the alias.
    pub(super) fn add_alias(&self, report: &mut Report) {
        match &self.alias {
            None => {}
            Some(Ok(domain)) => report.alias = Some(domain.clone()),
            Some(Err(warning)) => report.warnings.push(warning.clone()),
        }
    }

    /// The report on a refusal, with everything that was proven before it.
    pub(super) fn refused(&self, error: &Error) -> Report {
        let is_undetermined = error.code().is_undetermined();
        let verdict = if is_undetermined { Verdict::Undetermined } else { Verdict::Rejected };
        let mut report = Report::new(self.kind, verdict, steps::stopped_at(self.kind, self.method, error));
        report.error = Some(error.clone());
        self.add_publisher(&mut report);
        self.add_release(&mut report);
        self.add_rest(&mut report);
        report
    }

    /// The report on a verification that nothing stopped.
    pub(super) fn verified(&self) -> Report {
        let checks = steps::all_passed(self.kind, self.method);
        let mut report = Report::new(self.kind, Verdict::Verified, checks);
        self.add_publisher(&mut report);
        report
    }

    pub(super) fn verified_identity(&self) -> Report {
        let mut report = self.verified();
        self.add_rest(&mut report);
        report
    }

    pub(super) fn verified_release(&self) -> Report {
        let mut report = self.verified();
        self.add_release(&mut report);
        self.add_rest(&mut report);
        report
    }

    /// `fresh_until` and the warning are about the key that signed, where it can still be undone.
    pub(super) fn verified_package(
        &self,
        package: &VerifiedPackage,
        fresh_until: Option<u64>,
        warning: Option<Warning>,
    ) -> Report {
        let mut report = self.verified();
        report.warnings.extend_from_slice(package.warnings());
        report.warnings.extend(warning);
        report.release = Some(ReleaseFacts::from_package(package));
        report.package = Some(PackageFacts::from_package(package));
        report.describe(release_details(package.publisher().did(), package.version().as_str()));
        report.describe(package_details(package));
        report.describe([recovery_window_detail(self.now(), fresh_until)]);
        self.add_rest(&mut report);
        report.pin = package.pin().cloned();
        report
    }

    pub(super) fn verified_alias(&self, domain: Option<&str>) -> Report {
        let mut report = self.verified();
        report.alias = domain.map(str::to_owned);
        report.describe([match domain {
            Some(domain) => Step::pass(Check::FairAlias, format!("the DNS of {domain} names this DID")),
            None => Step::skipped(Check::FairAlias, "the identity claims no fair:// alias"),
        }]);
        self.add_rest(&mut report);
        report
    }

    pub(super) fn verified_plugin(&self, plugin: &VerifiedPlugin) -> Report {
        let mut report = self.verified_by_key(plugin.key());
        report.warnings = plugin.warnings();
        report.plugin = Some(PluginFacts::new(plugin));
        report.package = plugin.archive().map(|archive| PackageFacts::from_archive(plugin, archive));
        report.describe(plugin_details(plugin));
        self.add_rest(&mut report);
        report
    }

    pub(super) fn verified_challenge(&self, challenge: &VerifiedChallenge) -> Report {
        let mut report = self.verified_by_key(challenge.key());
        report.challenge = Some(challenge.as_str().to_owned());
        report
    }

    /// A report that rests on a key which the caller trusts.
    pub(super) fn verified_by_key(&self, key: &PublicKey) -> Report {
        let mut report = self.verified();
        report.trust = Some(Trust::Key);
        report.key = Some(KeyFacts::new(key));
        report
    }

    fn add_publisher(&self, report: &mut Report) {
        let Some(publisher) = &self.publisher else { return };
        report.trust = Some(publisher.trust());
        report.identity = Some(IdentityFacts::new(publisher, self.details));
        if let Publisher::Plc(identity) = publisher {
            report.warnings.extend_from_slice(identity.warnings());
            report.describe(log_details(identity));
        }
    }

    /// The release, where one was tied to the publisher.
    fn add_release(&self, report: &mut Report) {
        let Some(release) = &self.release else { return };
        report.warnings.extend_from_slice(release.warnings());
        report.release = Some(ReleaseFacts::from_release(release));
        report.describe(release_details(release.publisher().did(), release.version().as_str()));
    }

    /// What every report has, whatever the verdict: the caller's findings, the alias, and the pin to keep.
    fn add_rest(&self, report: &mut Report) {
        report.warnings.extend_from_slice(&self.warnings);
        self.add_alias(report);
        self.add_source(report);
        report.pin = match &self.publisher {
            Some(publisher) => publisher.pin().cloned(),
            None => self.earlier_pin.clone(),
        };
    }
}

/// The report on a log of a catalogue, which was verified without a memory: the number of its first line, counted from 1,
/// and its DID if the line names one.
pub fn batch_report(line: u64, did: Option<&PlcDid>, outcome: &Result<Identity, Error>) -> Report {
    let details = Details { now: None, history: false, reach: Reach::Public };
    let mut account = Account::empty(Kind::PlcLog, Method::Plc, details);
    let mut report = match outcome {
        Ok(identity) => {
            account.proven_publisher(Publisher::Plc(identity.clone()));
            account.verified_identity()
        }
        Err(error) => account.refused(error),
    };
    report.batch = Some(BatchFacts { line, did: did.map(PlcDid::to_string) });
    report
}
