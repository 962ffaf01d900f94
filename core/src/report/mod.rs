//! The one account of a verification, the same for every face: verdict, reason, steps, and what was proven.

mod check;
mod facts;
mod outcome;

pub use check::Check;
pub use outcome::Outcome;

use crate::did::PlcDid;
use crate::error::Error;
use crate::fair::{Alias, Publisher, VerifiedPackage, VerifiedRelease};
use crate::key::PublicKey;
use crate::pfn::{VerifiedChallenge, VerifiedPlugin};
use crate::pin::Pin;
use crate::plc::Identity;
use crate::tables::WarningCode;
use crate::warning::Warning;
use crate::web::WebIdentity;
use facts::{BatchFacts, IdentityFacts, KeyFacts, PackageFacts, PluginFacts, ReleaseFacts};
use outcome::Step;
use serde::Serialize;

/// Names the form of the report. It changes when a member changes its meaning or goes away, not when one is added.
const SCHEMA: &str = "fedverify/report/v1";

/// What was verified.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Kind {
    /// The log of a did:plc.
    PlcLog,
    /// The metadata document of a FAIR package, down to one release, without the package's bytes.
    FairMetadata,
    /// A FAIR package.
    FairPackage,
    /// A plugin record of the Plugin Federation Network.
    PfnPlugin,
    /// An ownership challenge of the Plugin Federation Network.
    PfnChallenge,
    /// A public key's text.
    Key,
}

/// How a verification ended. There are three ways, never two.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Verdict {
    /// Everything was proven.
    Verified,
    /// Something was judged and refused.
    Rejected,
    /// Nothing could be judged: an input was not to be had.
    Undetermined,
}

/// What a verdict rests on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Trust {
    /// The DID itself commits to the keys, through its whole log.
    SelfCertified,
    /// A did:web document: whoever controls the domain and its TLS said so.
    Web,
    /// The caller already trusts the public key.
    Key,
}

/// The account of one verification. It serialises to the JSON that `schema/report.v1.json` describes.
///
/// ```
/// use fedverify::report::{Kind, Report, Verdict};
/// use fedverify::{Log, PlcDid};
///
/// let did: PlcDid = "did:plc:z72i7hdynmk6r22z27h6tvur".parse()?;
/// let report = match Log::parse(b"[]").and_then(|log| log.verify(&did)) {
///     Ok(identity) => Report::of_identity(&identity),
///     Err(error) => Report::refused(Kind::PlcLog, &error),
/// };
/// assert_eq!(report.verdict(), Verdict::Rejected);
/// assert!(report.to_json().contains(r#""code":"plc.log.empty""#));
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, Serialize)]
pub struct Report {
    schema: &'static str,
    verdict: Verdict,
    kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    trust: Option<Trust>,
    #[serde(serialize_with = "facts::error")]
    error: Option<Error>,
    #[serde(serialize_with = "facts::warnings")]
    warnings: Vec<Warning>,
    checks: Vec<Step>,
    #[serde(skip_serializing_if = "Option::is_none")]
    batch: Option<BatchFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    identity: Option<IdentityFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    release: Option<ReleaseFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    alias: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    package: Option<PackageFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    plugin: Option<PluginFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<KeyFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pin: Option<Pin>,
}

impl Report {
    /// The report on a verified log.
    pub fn of_identity(identity: &Identity) -> Self {
        let mut report = Report::verified(Kind::PlcLog).with_identity(identity);
        report.pin = identity.pin().cloned();
        report
    }

    /// The report on a verified release, of whose package nothing was seen.
    pub fn of_release(release: &VerifiedRelease) -> Self {
        let trust = Some(release.publisher().trust());
        let mut report = Report::resting_on(Kind::FairMetadata, trust).with_release(release);
        report.pin = release.publisher().pin().cloned();
        report
    }

    /// The report on a verified package.
    pub fn of_package(package: &VerifiedPackage) -> Self {
        let trust = Some(package.publisher().trust());
        let mut report = Report::resting_on(Kind::FairPackage, trust).with_publisher(package.publisher());
        report.warnings.extend_from_slice(package.warnings());
        report.release = Some(ReleaseFacts::of_package(package));
        report.package = Some(PackageFacts::of_package(package));
        report.pin = package.pin();
        report.describe(facts::release_details(package.version(), package.publisher()));
        report.describe(facts::package_details(package));
        report
    }

    /// The report on a verified plugin record, and on its archive as far as that was checked.
    pub fn of_plugin(plugin: &VerifiedPlugin) -> Self {
        let mut report = Report::verified(Kind::PfnPlugin);
        report.warnings = plugin.warnings();
        report.plugin = Some(PluginFacts::of(plugin));
        report.key = Some(KeyFacts::of(plugin.key()));
        report.package = plugin.archive().map(|archive| PackageFacts::of_archive(plugin, archive));
        report.describe(facts::plugin_details(plugin));
        report
    }

    /// The report on a challenge that was answered.
    pub fn of_challenge(challenge: &VerifiedChallenge) -> Self {
        let mut report = Report::verified(Kind::PfnChallenge);
        report.challenge = Some(challenge.text().to_owned());
        report.key = Some(KeyFacts::of(challenge.key()));
        report
    }

    /// The report on a public key that was read and can verify signatures.
    pub fn of_key(key: &PublicKey) -> Self {
        let mut report = Report::verified(Kind::Key);
        report.key = Some(KeyFacts::of(key));
        report.describe([outcome::pass(Check::Key, key.key_type().to_string())]);
        report
    }

    /// The report on a refusal: the step at which the error arose failed, those before it passed, those after it were
    /// not reached. Add what was proven before with [`Report::with_identity`] and [`Report::with_release`].
    pub fn refused(kind: Kind, error: &Error) -> Self {
        Report::refused_resting_on(kind, usual_trust(kind), error)
    }

    /// Like [`Report::refused`], for a FAIR package of a did:web.
    pub fn refused_web(kind: Kind, error: &Error) -> Self {
        Report::refused_resting_on(kind, Some(Trust::Web), error)
    }

    fn refused_resting_on(kind: Kind, trust: Option<Trust>, error: &Error) -> Self {
        let mut report = Report::resting_on(kind, trust);
        let is_undetermined = error.code().is_undetermined();
        report.verdict = if is_undetermined { Verdict::Undetermined } else { Verdict::Rejected };
        report.checks = outcome::stopped_at(kind, trust, error);
        report.error = Some(error.clone());
        report
    }

    fn verified(kind: Kind) -> Self {
        Report::resting_on(kind, usual_trust(kind))
    }

    fn resting_on(kind: Kind, trust: Option<Trust>) -> Self {
        Report {
            schema: SCHEMA,
            verdict: Verdict::Verified,
            kind,
            trust,
            error: None,
            warnings: Vec::new(),
            checks: outcome::all_passed(kind, trust),
            batch: None,
            identity: None,
            release: None,
            alias: None,
            package: None,
            plugin: None,
            challenge: None,
            key: None,
            pin: None,
        }
    }

    /// Adds a verified identity: its facts, its warnings, and details of the steps that proved it.
    #[must_use]
    pub fn with_identity(mut self, identity: &Identity) -> Self {
        self.identity = Some(IdentityFacts::of(identity));
        self.warnings.extend_from_slice(identity.warnings());
        self.describe(facts::identity_details(identity));
        self
    }

    fn with_publisher(self, publisher: &Publisher) -> Self {
        match publisher {
            Publisher::Plc(identity) => self.with_identity(identity),
            Publisher::Web(identity) => self.with_web_identity(identity),
        }
    }

    /// Adds the identity that a did:web document describes.
    #[must_use]
    pub fn with_web_identity(mut self, identity: &WebIdentity) -> Self {
        self.identity = Some(IdentityFacts::of_web(identity));
        self
    }

    /// Adds a verified release, and the identity that it belongs to.
    #[must_use]
    pub fn with_release(self, release: &VerifiedRelease) -> Self {
        let mut report = self.with_publisher(release.publisher());
        report.warnings.extend_from_slice(release.warnings());
        report.release = Some(ReleaseFacts::of_release(release));
        report.describe(facts::release_details(release.version(), release.publisher()));
        report
    }

    /// Adds what a face found beside the verification.
    #[must_use]
    pub fn with_warning(mut self, warning: Warning) -> Self {
        self.warnings.push(warning);
        self
    }

    /// Says where in a catalogue the log stands, so that a refusal names its log too: the number of its first line,
    /// counted from 1, and its DID if the line names one.
    #[must_use]
    pub fn in_batch(mut self, line: u64, did: Option<&PlcDid>) -> Self {
        self.batch = Some(BatchFacts { line, did: did.map(PlcDid::to_string) });
        self
    }

    /// Adds what became of the domain alias that the identity claims: the confirmed alias, or why it is not confirmed. It
    /// never changes the verdict: DNS is nobody's signature. The text must be safe to print (see [`crate::quote`]).
    #[must_use]
    pub fn with_alias(mut self, alias: Result<&Alias, String>) -> Self {
        match alias {
            Ok(alias) => self.alias = Some(alias.domain().to_owned()),
            Err(why) => self.warnings.push(Warning::new(WarningCode::FairAliasUnconfirmed, why)),
        }
        self
    }

    /// The domain that the identity goes by and that confirms it, where that was looked up.
    pub fn alias(&self) -> Option<&str> {
        self.alias.as_deref()
    }

    /// Says more of steps that passed.
    fn describe(&mut self, details: impl IntoIterator<Item = Step>) {
        for detail in details {
            let place = self.checks.iter_mut().find(|step| step.check == detail.check);
            if let Some(step) = place.filter(|step| step.outcome == Outcome::Pass) {
                *step = detail;
            }
        }
    }

    /// How the verification ended.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What was verified.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the verdict rests on; `None` where nothing was to be trusted.
    pub fn trust(&self) -> Option<Trust> {
        self.trust
    }

    /// Why it was not verified.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// What to keep for the next visit, if it was verified and a memory was asked for.
    pub fn pin(&self) -> Option<&Pin> {
        self.pin.as_ref()
    }

    /// What should be known all the same.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The steps in order, each with its outcome and what is to be said of it. Safe to print on a terminal.
    pub fn checks(&self) -> impl Iterator<Item = (Check, Outcome, &str)> {
        self.checks.iter().map(|step| (step.check, step.outcome, step.detail.as_str()))
    }

    /// What was verified, in a few words for people. Safe to print on a terminal.
    pub fn subject(&self) -> String {
        let did = self.identity.as_ref().map(|identity| identity.did.clone());
        let version = self.release.as_ref().map(|release| release.version.clone());
        let plugin = self.plugin.as_ref().map(PluginFacts::subject);
        let key = self.key.as_ref().map(|key| format!("by {} {}", key.key_type, key.did_key));
        [did, version, plugin, key].into_iter().flatten().collect::<Vec<_>>().join(" ")
    }

    /// The report as JSON text on one line.
    pub fn to_json(&self) -> String {
        // Only texts, numbers, lists and structs: there is nothing that could fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The report as JSON text over several lines.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}

/// What a verdict rests on where nothing else is said.
fn usual_trust(kind: Kind) -> Option<Trust> {
    match kind {
        Kind::PlcLog | Kind::FairMetadata | Kind::FairPackage => Some(Trust::SelfCertified),
        Kind::PfnPlugin | Kind::PfnChallenge => Some(Trust::Key),
        Kind::Key => None,
    }
}
