//! The one account of a verification, the same from every binding: verdict, reason, steps, and what was proven.
//!
//! Only a [`Verification`](crate::verification::Verification) makes a report.

mod author_facts;
mod details;
mod identity_facts;
mod package_facts;
mod pfn_facts;
mod step;
mod step_details;

pub(crate) use author_facts::AuthorFacts;
pub(crate) use details::Details;
pub(crate) use identity_facts::{BatchFacts, IdentityFacts};
pub(crate) use package_facts::{PackageFacts, ReleaseFacts};
pub(crate) use pfn_facts::{FederationFacts, KeyFacts, PluginFacts};
pub(crate) use step::Step;
pub(crate) use step_details::{
    log_details, package_details, plugin_details, recovery_window_detail, release_details,
};

use crate::error::Error;
use crate::pin::Pin;
use crate::tables::members::REPORT_SCHEMA;
use crate::tables::{Check, Kind, Outcome, Trust, Verdict};
use crate::warning::Warning;
use serde::Serialize;

/// The account of one verification. It serialises to the JSON that `schema/report.v1.json` describes.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Report {
    pub(crate) schema: &'static str,
    pub(crate) verdict: Verdict,
    pub(crate) kind: Kind,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) trust: Option<Trust>,
    pub(crate) error: Option<Error>,
    pub(crate) warnings: Vec<Warning>,
    pub(crate) checks: Vec<Step>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) batch: Option<BatchFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) identity: Option<IdentityFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) release: Option<ReleaseFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) alias: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) package: Option<PackageFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) plugin: Option<PluginFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) challenge: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) federation: Option<FederationFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) author: Option<AuthorFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) asset_url: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) key: Option<KeyFacts>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) pin: Option<Pin>,
}

impl Report {
    /// A report of these steps, without facts.
    pub(crate) fn new(kind: Kind, verdict: Verdict, checks: Vec<Step>) -> Self {
        Report {
            schema: REPORT_SCHEMA,
            verdict,
            kind,
            trust: None,
            error: None,
            warnings: Vec::new(),
            checks,
            batch: None,
            identity: None,
            release: None,
            alias: None,
            package: None,
            plugin: None,
            challenge: None,
            federation: None,
            author: None,
            asset_url: None,
            key: None,
            pin: None,
        }
    }

    /// Says more of steps that passed.
    pub(crate) fn describe(&mut self, details: impl IntoIterator<Item = Step>) {
        for detail in details {
            let place = self.checks.iter_mut().find(|step| step.check == detail.check);
            if let Some(step) = place.filter(|step| step.outcome == Outcome::Pass) {
                *step = detail;
            }
        }
    }

    /// Says that [`Report::pin`] could not be kept, and why. A verdict that is not remembered could be undone by the next
    /// visit, so it becomes undetermined. A step that failed before still says why. Of a first visit the steps were skipped.
    #[must_use]
    pub fn not_remembered(mut self, mut error: Error) -> Self {
        let remembers = |step: &&mut Step| {
            matches!(step.outcome, Outcome::Pass | Outcome::Skipped)
                && matches!(step.check, Check::PinLog | Check::PinPackage)
        };
        if let Some(step) = self.checks.iter_mut().rev().find(remembers) {
            *step = Step::new(step.check, Outcome::Fail, error.message());
            error = error.at(step.check);
        }
        (self.verdict, self.error) = (Verdict::Undetermined, Some(error));
        self
    }

    /// How the verification ended.
    pub fn verdict(&self) -> Verdict {
        self.verdict
    }

    /// What was verified.
    pub fn kind(&self) -> Kind {
        self.kind
    }

    /// What the verdict rests on; `None` where nothing was proven that it could rest on.
    pub fn trust(&self) -> Option<Trust> {
        self.trust
    }

    /// Why it was not verified.
    pub fn error(&self) -> Option<&Error> {
        self.error.as_ref()
    }

    /// What to keep for the next visit, whatever the verdict; `None` where no memory was asked for, and where the log itself
    /// was not proven.
    pub fn pin(&self) -> Option<&Pin> {
        self.pin.as_ref()
    }

    /// Non-fatal findings.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }

    /// The domain that the identity goes by and that confirms it, where that was looked up.
    pub fn alias(&self) -> Option<&str> {
        self.alias.as_deref()
    }

    /// The steps in order, each with its outcome and a detail. Safe to print on a terminal.
    pub fn checks(&self) -> impl Iterator<Item = (Check, Outcome, &str)> {
        self.checks.iter().map(|step| (step.check, step.outcome, step.detail.as_str()))
    }

    /// What was verified, in a few words for people. Safe to print on a terminal.
    pub fn subject(&self) -> String {
        let did = self.identity.as_ref().map(|identity| identity.did.clone());
        let version = self.release.as_ref().map(|release| release.version.clone());
        let plugin = self.plugin.as_ref().map(PluginFacts::subject);
        let author = self.author.as_ref().map(AuthorFacts::subject);
        let key =
            self.key.as_ref().and_then(|key| Some(format!("{}{} {}", self.by()?, key.key_type, key.did_key)));
        let source = self.federation.as_ref().filter(|_| self.kind == Kind::PfnFederationInfo);
        let source = source.map(FederationFacts::subject);
        [did, version, plugin, author, key, source, self.asset_url.clone(), self.restriction()]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// What was not looked at, or was not there to confirm, although the rest reads as if it had been.
    fn restriction(&self) -> Option<String> {
        let is_unclaimed = self.verdict == Verdict::Verified && self.alias.is_none();
        if self.kind == Kind::FairMetadata {
            Some("(metadata only)".to_owned())
        } else if self.kind == Kind::FairAlias && is_unclaimed {
            // fair.md, "Domain alias": then there is nothing to confirm.
            Some("(no alias is claimed)".to_owned())
        } else {
            None
        }
    }

    /// What a key has to do with the rest of the subject: only what rests on a key is by it.
    fn by(&self) -> Option<&'static str> {
        if self.kind == Kind::Key {
            Some("")
        } else if self.trust.is_none() {
            None
        } else if self.kind == Kind::PfnChallenge {
            Some("challenge signed by ")
        } else if self.kind == Kind::PfnAuthorData {
            Some("signed by ")
        } else {
            Some("by ")
        }
    }

    /// The report as JSON on one line.
    pub fn to_json(&self) -> String {
        // Only strings, numbers, lists and structs: nothing can fail.
        serde_json::to_string(self).unwrap_or_default()
    }

    /// The report as JSON over several lines.
    pub fn to_json_pretty(&self) -> String {
        serde_json::to_string_pretty(self).unwrap_or_default()
    }
}
