//! What was proven, as the report tells it.

use super::Check;
use super::outcome::{Step, pass, skipped};
use crate::error::Error;
use crate::quote::quote;
use crate::fair::{Publisher, SignatureForm, VerifiedPackage, VerifiedRelease, Version};
use crate::key::{DidKey, PublicKey};
use crate::pfn::{ArchiveBinding, CheckedArchive, VerifiedPlugin};
use crate::plc::{CanonicalMap, Identity, Service, State};
use crate::tables::WarningCode;
use crate::warning::Warning;
use crate::web::WebIdentity;
use serde::{Serialize, Serializer};

/// Writes an error as the report tells it.
pub(super) fn error<S: Serializer>(error: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Facts<'a> {
        code: &'static str,
        message: &'a str,
        #[serde(skip_serializing_if = "Option::is_none")]
        operation: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cid: Option<&'a str>,
    }
    let facts = error.as_ref().map(|error| Facts {
        code: error.code().as_str(),
        message: error.message(),
        operation: error.operation(),
        cid: error.cid(),
    });
    facts.serialize(serializer)
}

/// Writes warnings as the report tells them.
pub(super) fn warnings<S: Serializer>(warnings: &[Warning], serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Facts<'a> {
        code: &'static str,
        message: &'a str,
    }
    serializer.collect_seq(warnings.iter().map(|w| Facts { code: w.code().as_str(), message: w.message() }))
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct IdentityFacts {
    pub(super) did: String,
    #[serde(flatten)]
    log: Option<LogFacts>,
    verification_methods: CanonicalMap<DidKey>,
    also_known_as: Vec<String>,
    services: CanonicalMap<Service>,
}

/// What only a log tells.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct LogFacts {
    head: String,
    operations: usize,
    nullified: Vec<String>,
    tombstoned: bool,
    rotation_keys: Vec<String>,
}

impl IdentityFacts {
    pub(super) fn of(identity: &Identity) -> Self {
        let state = identity.state();
        let texts = |of: fn(&State) -> &[String]| state.map(|state| of(state).to_vec()).unwrap_or_default();
        let log = LogFacts {
            head: identity.head().to_owned(),
            operations: identity.history().len(),
            nullified: identity.nullified().map(str::to_owned).collect(),
            tombstoned: identity.is_tombstoned(),
            rotation_keys: texts(State::rotation_keys),
        };
        IdentityFacts {
            did: identity.did().to_string(),
            log: Some(log),
            verification_methods: state.map(|state| state.verification_methods().clone()).unwrap_or_default(),
            also_known_as: texts(State::also_known_as),
            services: state.map(|state| state.services().clone()).unwrap_or_default(),
        }
    }

    pub(super) fn of_web(identity: &WebIdentity) -> Self {
        let methods = identity.verification_methods().map(|(id, key)| (id.to_owned(), key.clone()));
        let services = identity.services().map(|(id, service)| (id.to_owned(), service.clone()));
        IdentityFacts {
            did: identity.did().to_string(),
            log: None,
            verification_methods: CanonicalMap::of(methods.collect()),
            also_known_as: identity.also_known_as().to_vec(),
            services: CanonicalMap::of(services.collect()),
        }
    }
}

/// Where in a catalogue the log stands.
#[derive(Debug, Clone, Serialize)]
pub(super) struct BatchFacts {
    pub(super) line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) did: Option<String>,
}

#[derive(Debug, Clone, Serialize)]
pub(super) struct ReleaseFacts {
    pub(super) version: String,
    repository: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact: Option<String>,
}

impl ReleaseFacts {
    pub(super) fn of_release(release: &VerifiedRelease) -> Self {
        let (version, repository) = (release.version().to_string(), release.repository().to_owned());
        ReleaseFacts { version, repository, artifact: None }
    }

    pub(super) fn of_package(package: &VerifiedPackage) -> Self {
        let (version, repository) = (package.version().to_string(), package.repository().to_owned());
        ReleaseFacts { version, repository, artifact: Some(package.artifact().url().to_owned()) }
    }
}

/// The bytes, and who signed them where somebody did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct PackageFacts {
    size: u64,
    sha256: String,
    sha384: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    key_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    algorithm: Option<&'static str>,
}

impl PackageFacts {
    pub(super) fn of_package(package: &VerifiedPackage) -> Self {
        let digests = package.digests();
        PackageFacts {
            size: digests.size(),
            sha256: digests.sha256_hex(),
            sha384: digests.sha384_hex(),
            key_id: Some(package.key_id().to_owned()),
            key: Some(package.key().to_did_key()),
            algorithm: Some(package.signature_form().as_str()),
        }
    }

    /// The key is named only where it signed the archive itself.
    pub(super) fn of_archive(plugin: &VerifiedPlugin, archive: &CheckedArchive) -> Self {
        let digests = archive.digests();
        let is_signed = archive.binding() == ArchiveBinding::Signed;
        PackageFacts {
            size: digests.size(),
            sha256: digests.sha256_hex(),
            sha384: digests.sha384_hex(),
            key_id: None,
            key: is_signed.then(|| plugin.key().to_did_key()),
            algorithm: is_signed.then(|| SignatureForm::Ed25519Sha384.as_str()),
        }
    }
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(super) struct KeyFacts {
    #[serde(rename = "type")]
    pub(super) key_type: String,
    pub(super) did_key: String,
    multibase: String,
}

impl KeyFacts {
    pub(super) fn of(key: &PublicKey) -> Self {
        KeyFacts {
            key_type: key.key_type().to_string(),
            did_key: key.to_did_key(),
            multibase: key.to_multibase(),
        }
    }
}

/// The strings that a publisher signed; what was not signed is absent.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PluginFacts {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl PluginFacts {
    pub(super) fn of(plugin: &VerifiedPlugin) -> Self {
        PluginFacts {
            id: plugin.id().to_owned(),
            name: plugin.name().map(str::to_owned),
            version: plugin.version().map(str::to_owned),
            description: plugin.description().map(str::to_owned),
        }
    }

    /// Which plugin it is, for people.
    pub(super) fn subject(&self) -> String {
        let version = self.version.as_ref().map(|version| format!(" {}", quote(version)));
        format!("{}{}", quote(&self.id), version.unwrap_or_default())
    }
}

/// A number with what it counts, in the singular or the plural.
fn counted(count: usize, what: &str) -> String {
    format!("{count} {what}{}", if count == 1 { "" } else { "s" })
}

/// What is to be said of the steps that prove an identity.
pub(super) fn identity_details(identity: &Identity) -> Vec<Step> {
    let count = identity.history().len();
    let did = identity.did();
    let mut details = vec![
        pass(Check::PlcOperations, format!("{}, each with exactly its members", counted(count, "operation"))),
        pass(
            Check::PlcGenesis,
            format!("the genesis operation hashes to {did} and is signed by a key of its own"),
        ),
        pass(
            Check::PlcChain,
            format!("every operation follows on an earlier one; the head is {}", identity.head()),
        ),
        pass(
            Check::PlcSignatures,
            format!("{}, each by a key that had the authority", counted(count, "signature")),
        ),
    ];
    let nullified = identity.nullified().count();
    if identity.warnings().iter().any(|warning| warning.code() == WarningCode::LogBare) {
        details.extend([
            skipped(Check::PlcCids, "a bare log serves no CIDs; they were computed"),
            skipped(Check::PlcTimes, "a bare log has no times"),
            skipped(Check::PlcRecoveries, "a bare log has no nullified operations"),
            skipped(Check::PlcFlags, "a bare log has no flags"),
        ]);
    } else {
        let recoveries = match nullified {
            0 => "nothing was ever recovered".to_owned(),
            _ => format!(
                "{} nullified, in time and by a key of higher authority",
                counted(nullified, "operation")
            ),
        };
        details.push(pass(Check::PlcRecoveries, recoveries));
        if !identity.has_compared_flags() {
            details.push(skipped(Check::PlcFlags, "the export gives no nullified flags to compare"));
        }
    }
    if identity.pin().is_none() {
        let detail = "nothing is remembered: no pin was asked for";
        details.extend(
            [Check::PinLog, Check::PinMetadata, Check::PinPackage].map(|check| skipped(check, detail)),
        );
    }
    details
}

/// What is to be said of the steps that tie a release to its identity.
pub(super) fn release_details(version: &Version, publisher: &Publisher) -> Vec<Step> {
    vec![
        pass(Check::FairIdentity, format!("the metadata document is about {}", publisher.did())),
        pass(Check::FairRelease, format!("the metadata document lists version {version}")),
    ]
}

/// What is to be said of the steps that tie the bytes to a release.
pub(super) fn package_details(package: &VerifiedPackage) -> Vec<Step> {
    let digests = package.digests();
    let signature = format!("signed by {} ({})", package.key(), package.signature_form());
    let mut details = vec![
        pass(Check::FairBytes, format!("{} bytes read", digests.size())),
        pass(Check::FairSignature, signature),
    ];
    if package.artifact().checksum.is_none() {
        details.push(skipped(Check::FairChecksum, "the release gives no checksum"));
    }
    details
}

/// What is to be said of the steps that tie an archive to a plugin.
pub(super) fn plugin_details(plugin: &VerifiedPlugin) -> Vec<Step> {
    let signature = pass(Check::PfnSignature, "the publisher signed the id, name, version and description");
    let archive = match plugin.archive().map(CheckedArchive::binding) {
        None => vec![
            skipped(Check::PfnArchive, "no archive was given"),
            skipped(Check::PfnArchiveSignature, "no archive was given"),
        ],
        Some(ArchiveBinding::Consistent) => vec![
            pass(
                Check::PfnArchive,
                "folder and plugin header say what was signed: consistent, which is no proof",
            ),
            skipped(
                Check::PfnArchiveSignature,
                "no signature over the archive was given: its bytes are not bound",
            ),
        ],
        Some(ArchiveBinding::Signed) => vec![
            pass(Check::PfnArchive, "folder and plugin header say what was signed"),
            pass(Check::PfnArchiveSignature, "the publisher signed the archive's bytes"),
        ],
    };
    [vec![signature], archive].concat()
}
