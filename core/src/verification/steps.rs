//! The order of the steps of each kind of verification. Here and nowhere else.

use crate::error::Error;
use crate::report::Step;
use crate::tables::{Check, Kind, Outcome};

/// How the identity of a publisher is proven.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Method {
    Plc,
    Web,
}

/// Steps of one phase go side by side, operation after operation; a phase ends before the next starts.
type Phase = &'static [Check];

const LOG: &[Phase] = &[
    &[Check::Did],
    &[Check::PlcJson],
    &[Check::PlcOperations],
    &[Check::PlcCids],
    &[Check::PlcGenesis],
    &[Check::PlcChain, Check::PlcTimes, Check::PlcSignatures, Check::PlcRecoveries],
    &[Check::PlcFlags],
    &[Check::PinLog],
];
const DOCUMENT: &[Phase] = &[&[Check::Did], &[Check::WebDocument]];
const RELEASE: &[Phase] = &[
    &[Check::FairMetadata],
    &[Check::FairIdentity],
    &[Check::FairKeys],
    &[Check::FairRelease],
    &[Check::PinMetadata],
];
const PACKAGE: &[Phase] = &[
    &[Check::FairBytes],
    &[Check::FairArtifact],
    &[Check::FairChecksum],
    &[Check::FairSignature],
    &[Check::PinPackage],
    &[Check::FairRecoveryWindow],
];
const ALIAS: &[Phase] = &[&[Check::FairAlias]];
const PLUGIN: &[Phase] = &[
    &[Check::PfnKey],
    &[Check::PfnPlugin],
    &[Check::PfnSignature],
    &[Check::PfnArchive],
    &[Check::PfnArchiveSignature],
];
const CHALLENGE: &[Phase] = &[&[Check::PfnKey], &[Check::PfnChallenge], &[Check::PfnSignature]];
const FEDERATION_INFO: &[Phase] = &[&[Check::PfnFederationInfo]];
const AUTHOR_DATA: &[Phase] = &[&[Check::PfnKey], &[Check::PfnAuthorData], &[Check::PfnSignature]];
const ASSET_URL: &[Phase] = &[&[Check::PfnFederationInfo], &[Check::PfnAssetUrl]];
const KEY: &[Phase] = &[&[Check::Key]];

fn phases(kind: Kind, method: Method) -> Vec<Phase> {
    let identity = match method {
        Method::Plc => LOG,
        Method::Web => DOCUMENT,
    };
    let parts: &[&[Phase]] = match kind {
        Kind::PlcLog => &[LOG],
        Kind::WebDocument => &[DOCUMENT],
        Kind::FairMetadata => &[identity, RELEASE],
        Kind::FairPackage => &[identity, RELEASE, PACKAGE],
        Kind::FairAlias => &[identity, ALIAS],
        Kind::PfnPlugin => &[PLUGIN],
        Kind::PfnChallenge => &[CHALLENGE],
        Kind::PfnFederationInfo => &[FEDERATION_INFO],
        Kind::PfnAuthorData => &[AUTHOR_DATA],
        Kind::PfnAssetUrl => &[ASSET_URL],
        Kind::Key => &[KEY],
    };
    let is_of_method = |phase: &Phase| match method {
        Method::Plc => true,
        // A did:web is not remembered, and has no recoveries.
        Method::Web => !phase.iter().any(|check| {
            matches!(
                check,
                Check::PinLog | Check::PinMetadata | Check::PinPackage | Check::FairRecoveryWindow
            )
        }),
    };
    parts.iter().flat_map(|part| part.iter().copied()).filter(is_of_method).collect()
}

/// The steps of a verification that nothing stopped.
pub(super) fn all_passed(kind: Kind, method: Method) -> Vec<Step> {
    phases(kind, method).concat().into_iter().map(|check| Step::pass(check, check.meaning())).collect()
}

/// The steps of a verification that an error stopped: those before it passed, and those after it were not reached. Of the
/// steps that go side by side with the one that failed, none came to its end, so none is called passed. An error that judges
/// nothing fails no step: what the step needs was not there, so it was not taken, and its detail says why. If such an error
/// names no step, as of a wrong call, it came before the first.
pub(super) fn stopped_at(kind: Kind, method: Method, error: &Error) -> Vec<Step> {
    let phases = phases(kind, method);
    let first = || phases.first().and_then(|phase| phase.first()).copied();
    let is_of_kind = |check: &Check| phases.iter().any(|phase| phase.contains(check));
    let named = error.check().filter(is_of_kind);
    let (stopped, outcome) = if error.code().is_undetermined() {
        (named, Outcome::NotReached)
    } else {
        (named.or_else(first), Outcome::Fail)
    };
    let stopped_phase = phases.iter().position(|phase| stopped.is_some_and(|check| phase.contains(&check)));
    let of_phase = |(index, phase): (usize, Phase)| {
        phase.iter().map(move |check| (Some(index).cmp(&stopped_phase), *check)).collect::<Vec<_>>()
    };
    let steps = phases.iter().copied().enumerate().flat_map(of_phase);
    let step = |(order, check): (std::cmp::Ordering, Check)| match error.operation() {
        _ if Some(check) == stopped => Step::new(check, outcome, error.message()),
        _ if order.is_lt() => Step::pass(check, check.meaning()),
        Some(index) if order.is_eq() => {
            Step::new(check, Outcome::NotReached, format!("stopped at operation {index}"))
        }
        Some(_) | None => Step::new(check, Outcome::NotReached, "not reached"),
    };
    steps.map(step).collect()
}
