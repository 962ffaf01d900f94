//! What was proven, as the report tells it.

use super::step::Step;
use crate::error::Error;
use crate::fair::{Artifact, Publisher, Release, SignatureForm, VerifiedPackage};
use crate::host::Reach;
use crate::key::{DidKey, PublicKey};
use crate::pfn::{ArchiveBinding, AuthorData, CheckedArchive, FederationInfo, VerifiedPlugin};
use crate::plc::{
    CanonicalMap, Change, Contestable, ContestableOperation, DidDocument, HistoryEntry, Identity, LogForm,
    Service, State, gravity,
};
use crate::quote::quote;
use crate::tables::{Check, Code, Gravity};
use crate::time::utc;
use crate::version::Version;
use crate::warning::Warning;
use crate::web::WebDocument;
use serde::{Serialize, Serializer};

/// Writes an error as the report tells it.
pub(super) fn error<S: Serializer>(error: &Option<Error>, serializer: S) -> Result<S::Ok, S::Error> {
    #[derive(Serialize)]
    struct Facts<'a> {
        code: &'static str,
        message: &'a str,
        remedy: &'static str,
        #[serde(skip_serializing_if = "Option::is_none")]
        operation: Option<usize>,
        #[serde(skip_serializing_if = "Option::is_none")]
        cid: Option<&'a str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        limit: Option<&'static str>,
    }
    let facts = error.as_ref().map(|error| Facts {
        code: error.code().as_str(),
        message: error.message(),
        remedy: error.remedy(),
        operation: error.operation(),
        cid: error.cid(),
        limit: error.limit(),
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

/// Which details of an identity a report tells.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Details {
    /// The caller's clock: what can be undone is told by it.
    pub(crate) now: Option<u64>,
    /// Whether the whole history is wanted, and the DID document that follows from it.
    pub(crate) history: bool,
    /// Where the repository may be.
    pub(crate) reach: Reach,
}

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct IdentityFacts {
    pub(crate) did: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    head: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    operations: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    nullified: Option<Vec<String>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    tombstoned: Option<bool>,
    #[serde(skip_serializing_if = "Option::is_none")]
    rotation_keys: Option<Vec<String>>,
    verification_methods: CanonicalMap<DidKey>,
    also_known_as: Vec<String>,
    services: CanonicalMap<Service>,
    #[serde(skip_serializing_if = "Option::is_none")]
    repository: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    contestable: Option<Vec<ContestableFacts>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    did_document: Option<DidDocument>,
    #[serde(skip_serializing_if = "Option::is_none")]
    history: Option<Vec<EntryFacts>>,
}

/// An operation that can still be undone.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ContestableFacts {
    operation: usize,
    cid: String,
    until: String,
    keys: Vec<String>,
    verification_methods: Vec<String>,
    services: Vec<String>,
    also_known_as: Vec<String>,
}

/// One operation of the history.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct EntryFacts {
    cid: String,
    prev: Option<String>,
    #[serde(rename = "type")]
    operation_type: &'static str,
    #[serde(skip_serializing_if = "Option::is_none")]
    created_at: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    first_seen: Option<u64>,
    nullified: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    nullified_by: Option<usize>,
    recovery: bool,
    signer: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    key: Option<String>,
    gravity: Gravity,
    changes: Vec<Change>,
    state: Option<State>,
}

impl IdentityFacts {
    /// What a report tells of a publisher.
    pub(crate) fn new(publisher: &Publisher, details: Details) -> Self {
        let repository = publisher.repository(details.reach).ok().map(str::to_owned);
        let facts = match publisher {
            Publisher::Plc(identity) => IdentityFacts::from_log(identity, details),
            Publisher::Web(document) => IdentityFacts::from_document(document),
        };
        IdentityFacts { repository, ..facts }
    }

    fn from_log(identity: &Identity, details: Details) -> Self {
        let state = identity.state();
        let strings = |of: fn(&State) -> &[String]| state.map(|state| of(state).to_vec()).unwrap_or_default();
        IdentityFacts {
            did: identity.did().to_string(),
            head: Some(identity.head().to_owned()),
            operations: Some(identity.history().len()),
            nullified: Some(identity.nullified().map(str::to_owned).collect()),
            tombstoned: Some(identity.is_tombstoned()),
            rotation_keys: Some(strings(State::rotation_keys)),
            verification_methods: state.map(|state| state.verification_methods().clone()).unwrap_or_default(),
            also_known_as: strings(State::also_known_as),
            services: state.map(|state| state.services().clone()).unwrap_or_default(),
            repository: None,
            contestable: details.now.map(|now| contestable(&identity.contestable(now))),
            did_document: details.history.then(|| identity.did_document()).flatten(),
            history: details.history.then(|| history(identity)),
        }
    }

    fn from_document(document: &WebDocument) -> Self {
        let methods = document.verification_methods().map(|(id, key)| (id.to_owned(), key.clone()));
        let services = document.services().map(|(id, service)| (id.to_owned(), service.clone()));
        IdentityFacts {
            did: document.did().to_string(),
            head: None,
            operations: None,
            nullified: None,
            tombstoned: None,
            rotation_keys: None,
            verification_methods: CanonicalMap::from_members(methods.collect()),
            also_known_as: document.also_known_as().to_vec(),
            services: CanonicalMap::from_members(services.collect()),
            repository: None,
            contestable: None,
            did_document: None,
            history: None,
        }
    }
}

fn contestable(contestable: &Contestable) -> Vec<ContestableFacts> {
    let facts = |operation: &ContestableOperation| ContestableFacts {
        operation: operation.operation,
        cid: operation.cid.clone(),
        until: utc(operation.until),
        keys: operation.keys.clone(),
        verification_methods: operation.verification_methods.clone(),
        services: operation.services.clone(),
        also_known_as: operation.also_known_as.clone(),
    };
    contestable.operations().iter().map(facts).collect()
}

fn history(identity: &Identity) -> Vec<EntryFacts> {
    let facts = |(index, (entry, first_seen)): (usize, (&HistoryEntry, Option<u64>))| {
        let changes = identity.changes(index);
        EntryFacts {
            cid: entry.cid().to_owned(),
            prev: entry.operation().prev().map(str::to_owned),
            operation_type: entry.operation().operation_type().as_str(),
            created_at: entry.created_at().map(|time| time.as_str().to_owned()),
            first_seen,
            nullified: entry.is_nullified(),
            nullified_by: entry.nullified_by(),
            recovery: entry.is_recovery(),
            signer: entry.signer(),
            key: identity.signer_key(index).map(str::to_owned),
            gravity: gravity(entry, &changes),
            changes,
            state: entry.operation().state().cloned(),
        }
    };
    identity.history().iter().zip(identity.first_seen()).enumerate().map(facts).collect()
}

/// Where in a catalogue the log is.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct BatchFacts {
    pub(crate) line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(crate) did: Option<String>,
}

/// A release: before its bytes are proven, where they are available; afterwards, which artifact they are.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct ReleaseFacts {
    pub(crate) version: String,
    #[serde(rename = "type")]
    package_type: &'static str,
    repository: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifact: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    artifacts: Option<Vec<ArtifactFacts>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    versions: Option<Vec<String>>,
}

/// An installable file of a release, as the metadata document describes it.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactFacts {
    url: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    content_type: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    checksum: Option<String>,
    release_asset: bool,
    requires_auth: bool,
}

impl ArtifactFacts {
    fn new(artifact: &Artifact) -> Self {
        ArtifactFacts {
            url: artifact.url().to_owned(),
            content_type: artifact.content_type().map(str::to_owned),
            checksum: artifact.checksum().map(str::to_owned),
            release_asset: artifact.is_release_asset(),
            requires_auth: artifact.requires_auth(),
        }
    }
}

impl ReleaseFacts {
    pub(crate) fn from_release(release: &Release) -> Self {
        ReleaseFacts {
            version: release.version().to_string(),
            package_type: release.package_type().as_str(),
            repository: release.repository().to_owned(),
            artifact: None,
            artifacts: Some(release.artifacts().map(ArtifactFacts::new).collect()),
            versions: Some(release.versions().iter().map(Version::to_string).collect()),
        }
    }

    pub(crate) fn from_package(package: &VerifiedPackage) -> Self {
        ReleaseFacts {
            version: package.version().to_string(),
            package_type: package.package_type().as_str(),
            repository: package.repository().to_owned(),
            artifact: Some(package.artifact().url().to_owned()),
            artifacts: None,
            versions: None,
        }
    }
}

/// The bytes, and who signed them where someone did.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct PackageFacts {
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
    pub(crate) fn from_package(package: &VerifiedPackage) -> Self {
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
    pub(crate) fn from_archive(plugin: &VerifiedPlugin, archive: &CheckedArchive) -> Self {
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
pub(crate) struct KeyFacts {
    #[serde(rename = "type")]
    pub(super) key_type: String,
    pub(super) did_key: String,
    multibase: String,
}

impl KeyFacts {
    pub(crate) fn new(key: &PublicKey) -> Self {
        KeyFacts {
            key_type: key.key_type().to_string(),
            did_key: key.to_did_key(),
            multibase: key.to_multibase(),
        }
    }
}

/// The strings that a publisher signed; what was not signed is absent.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct PluginFacts {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    version: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    description: Option<String>,
}

impl PluginFacts {
    pub(crate) fn new(plugin: &VerifiedPlugin) -> Self {
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

/// What a federation source says of itself.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "camelCase")]
pub(crate) struct FederationFacts {
    version: String,
    features: Vec<String>,
    domain: String,
    naming_scheme: String,
}

impl FederationFacts {
    pub(crate) fn new(info: &FederationInfo) -> Self {
        FederationFacts {
            version: info.version().to_owned(),
            features: info.features().to_vec(),
            domain: info.domain().to_owned(),
            naming_scheme: info.naming_scheme().to_owned(),
        }
    }

    /// Which source it is, for people: the domain was not checked.
    pub(super) fn subject(&self) -> String {
        format!("federation-info of {}", quote(&self.domain))
    }
}

/// What a federation source lists for an author, and which of it the author signed.
#[derive(Debug, Clone, Serialize)]
pub(crate) struct AuthorFacts {
    username: String,
    plugins: Vec<ListedPlugin>,
}

/// One plugin of the list.
#[derive(Debug, Clone, Serialize)]
#[serde(untagged)]
enum ListedPlugin {
    /// No key was given to check the signature with.
    Unchecked { id: String, unchecked: bool },
    /// The code is null where the author signed it.
    Checked { id: String, code: Option<Code> },
}

impl AuthorFacts {
    /// Of a list that was read without a key.
    pub(crate) fn unchecked(author: &AuthorData) -> Self {
        let plugins = author.plugins().iter().map(unchecked).collect();
        AuthorFacts { username: author.username().to_owned(), plugins }
    }

    /// Of a list with what became of each of its plugins.
    pub(crate) fn checked(author: &AuthorData, outcomes: &[(String, Result<VerifiedPlugin, Error>)]) -> Self {
        let code = |outcome: &Result<VerifiedPlugin, Error>| outcome.as_ref().err().map(Error::code);
        let checked =
            |(id, outcome): &(String, _)| ListedPlugin::Checked { id: id.clone(), code: code(outcome) };
        let plugins = outcomes.iter().map(checked).collect();
        AuthorFacts { username: author.username().to_owned(), plugins }
    }

    /// How many plugins of the list the author signed.
    fn signed(&self) -> usize {
        let is_signed = |plugin: &&ListedPlugin| matches!(plugin, ListedPlugin::Checked { code: None, .. });
        self.plugins.iter().filter(is_signed).count()
    }

    /// Whether the author signed a plugin of the list.
    pub(crate) fn has_signed_plugin(&self) -> bool {
        self.signed() > 0
    }

    /// How many plugins of the list the author signed, for people.
    pub(crate) fn signed_of_all(&self) -> String {
        format!("{} of {}", self.signed(), counted(self.plugins.len(), "plugin"))
    }

    /// What is listed, for people.
    pub(super) fn subject(&self) -> String {
        if self.has_signed_plugin() {
            self.signed_of_all()
        } else {
            format!("a list of {}, none verified", counted(self.plugins.len(), "plugin"))
        }
    }
}

fn unchecked((id, record): &(String, Result<crate::pfn::PluginRecord, Error>)) -> ListedPlugin {
    match record {
        Ok(_) => ListedPlugin::Unchecked { id: id.clone(), unchecked: true },
        Err(error) => ListedPlugin::Checked { id: id.clone(), code: Some(error.code()) },
    }
}

/// A number with what it counts, in the singular or the plural.
fn counted(count: usize, what: &str) -> String {
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
    if identity.pin().is_none() {
        let detail = "nothing is remembered: no pin was asked for";
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
