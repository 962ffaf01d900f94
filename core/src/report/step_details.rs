//! What a report says of steps that passed.

use super::step::Step;
use crate::fair::VerifiedPackage;
use crate::pfn::{ArchiveBinding, CheckedArchive, VerifiedPlugin};
use crate::plc::{Identity, LogForm};
use crate::tables::Check;
use crate::time::utc;

/// A number with what it counts, in the singular or the plural.
pub(super) fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What a report says of the steps that prove an identity from its log.
pub(crate) fn log_details(identity: &Identity) -> Vec<Step> {
    let count = identity.history().len();
    let did = identity.did();
    let mut details = vec![
        Step::pass(
            Check::PlcOperations,
            format!("{}, each with exactly the members of its type", counted(count, "operation")),
        ),
        Step::pass(
            Check::PlcGenesis,
            format!("the genesis operation hashes to {did} and is signed by one of its own keys"),
        ),
        Step::pass(
            Check::PlcChain,
            format!("every operation follows an earlier one; the head is {}", identity.head()),
        ),
        Step::pass(
            Check::PlcSignatures,
            format!("{}, each by an authorised rotation key", counted(count, "signature")),
        ),
    ];
    let nullified = identity.nullified().count();
    let recoveries = match nullified {
        0 => "nothing was ever recovered".to_owned(),
        _ => {
            format!("{} nullified, in time and by a key of higher authority", counted(nullified, "operation"))
        }
    };
    match identity.form() {
        LogForm::Audit => details.push(Step::pass(Check::PlcRecoveries, recoveries)),
        LogForm::Export => {
            details.push(Step::pass(Check::PlcRecoveries, recoveries));
            details.push(Step::skipped(
                Check::PlcFlags,
                "an export's flags were true when each entry was exported",
            ));
        }
        LogForm::Bare => details.extend([
            Step::skipped(Check::PlcCids, "a bare log serves no CIDs; they were computed"),
            Step::skipped(Check::PlcTimes, "a bare log has no times"),
            Step::skipped(Check::PlcRecoveries, "a bare log has no nullified operations"),
            Step::skipped(Check::PlcFlags, "a bare log has no flags"),
        ]),
    }
    if !identity.was_compared() {
        let detail = match identity.pin() {
            None => "nothing is remembered: no pin was asked for",
            Some(_) => "nothing was seen before this visit: there is nothing to compare with",
        };
        let pin_checks = [Check::PinLog, Check::PinMetadata, Check::PinPackage];
        details.extend(pin_checks.map(|check| Step::skipped(check, detail)));
    }
    details
}

/// What a report says of the steps that tie a release to its identity.
pub(crate) fn release_details(did: &str, version: &str) -> Vec<Step> {
    vec![
        Step::pass(Check::FairIdentity, format!("the metadata document is about {did}")),
        Step::pass(Check::FairRelease, format!("the metadata document lists version {version}")),
    ]
}

/// What a report says of the steps that tie the bytes to a release.
pub(crate) fn package_details(package: &VerifiedPackage) -> Vec<Step> {
    let digests = package.digests();
    let signature = format!("signed by {} ({})", package.key(), package.signature_form());
    let mut details = vec![
        Step::pass(Check::FairBytes, format!("{} bytes read", digests.size())),
        Step::pass(Check::FairSignature, signature),
    ];
    if package.artifact().checksum().is_none() {
        details.push(Step::skipped(Check::FairChecksum, "the release has no checksum"));
    }
    details
}

/// What a report says of whether the key that signed can still be undone: until when, by the caller's clock.
pub(crate) fn recovery_window_detail(now: Option<u64>, fresh_until: Option<u64>) -> Step {
    match (now, fresh_until) {
        (None, _) => Step::skipped(Check::FairRecoveryWindow, "no clock was given"),
        (Some(_), None) => Step::pass(Check::FairRecoveryWindow, "the signing key can no longer be undone"),
        (Some(_), Some(until)) => {
            let detail =
                format!("the signing key can be undone until {}; the caller accepts that", utc(until));
            Step::pass(Check::FairRecoveryWindow, detail)
        }
    }
}

/// What a report says of the steps that tie an archive to a plugin.
pub(crate) fn plugin_details(plugin: &VerifiedPlugin) -> Vec<Step> {
    let signature =
        Step::pass(Check::PfnSignature, "the publisher signed the id, name, version and description");
    let archive = match plugin.archive().map(CheckedArchive::binding) {
        None => vec![
            Step::skipped(Check::PfnArchive, "no archive was given"),
            Step::skipped(Check::PfnArchiveSignature, "no archive was given"),
        ],
        Some(ArchiveBinding::Consistent) => vec![
            Step::pass(
                Check::PfnArchive,
                "folder and plugin header match what was signed; this does not prove the bytes",
            ),
            Step::skipped(
                Check::PfnArchiveSignature,
                "no signature over the archive was given, so its bytes are not bound",
            ),
        ],
        Some(ArchiveBinding::Signed) => vec![
            Step::pass(Check::PfnArchive, "folder and plugin header match what was signed"),
            Step::pass(Check::PfnArchiveSignature, "the publisher signed the archive's bytes"),
        ],
    };
    [vec![signature], archive].concat()
}
