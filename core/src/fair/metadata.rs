//! The metadata document: strict where security rests on it, tolerant elsewhere.

use super::artifact::ClaimedArtifact;
use crate::error::Error;
use crate::json::{self, Fields, Value};
use crate::quote::quote;
use crate::tables::{Check, Code, Limits, PackageType, WarningCode};
use crate::version::Version;
use crate::warning::Warning;

/// The JSON-LD context of the one version of the document that is known.
const CONTEXT: &str = "https://fair.pm/ns/metadata/v1";

/// The artifact type that is installed.
const PACKAGE: &str = "package";

/// A FAIR metadata document, well-formed and nothing more. It is not signed: it only says where the signed bytes are
/// and which signature is theirs.
///
/// ```
/// use fedverify::Limits;
/// use fedverify::fair::{Metadata, PackageType};
///
/// let json = br#"{
///     "@context": "https://fair.pm/ns/metadata/v1", "id": "did:plc:deoui6ztyx6paqajconl67rz", "type": "wp-plugin",
///     "license": "MIT", "authors": [{"name": "A. U. Thor"}], "security": [],
///     "releases": [{"version": "1.0.3", "artifacts": {"package": {"url": "https://example.com/a.zip"}}}]
/// }"#;
/// let metadata = Metadata::parse(json, &Limits::default())?;
/// assert_eq!(metadata.package_type(), Some(PackageType::WpPlugin));
/// assert_eq!(metadata.versions().map(|v| v.to_string()).collect::<Vec<_>>(), ["1.0.3"]);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Metadata {
    id: String,
    type_name: String,
    /// Those with a version: others cannot be asked for.
    pub(super) releases: Vec<ClaimedRelease>,
    /// The latest release with security fixes, where the document names one that has an order.
    latest_security_release: Option<Version>,
    warnings: Vec<Warning>,
    pub(super) limits: Limits,
}

/// A release as claimed. Documents hold many, and a malformed old one must not stop a sound new one: what is wrong is
/// kept, and refused when it is asked for.
#[derive(Debug, Clone)]
pub(super) enum ClaimedRelease {
    Sound(ReleaseContent),
    /// The `version`, and what is wrong.
    Malformed(String, ReleaseFault),
}

/// What is wrong with a release that has a version. A document can hold hundreds of thousands: the message is made when it is
/// asked for.
#[derive(Debug, Clone, Copy)]
pub(super) enum ReleaseFault {
    Version,
    ArtifactsMissing,
    /// They are something else than an object.
    Artifacts(&'static str),
}

#[derive(Debug, Clone)]
pub(super) struct ReleaseContent {
    pub(super) version: Version,
    pub(super) packages: Vec<ClaimedArtifact>,
    pub(super) has_advisory: bool,
}

impl Metadata {
    /// Reads a metadata document. The limits also hold for verifying its releases.
    ///
    /// # Errors
    ///
    /// `input.*`, [`Code::FairMetadataMalformed`].
    pub fn parse(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        Metadata::read(json, limits).map_err(|error| error.at(Check::FairMetadata))
    }

    fn read(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        let value = json::parse("metadata document", json, ("metadataBytes", limits.metadata_bytes), limits)?;
        let mut fields = Fields::from_value(value).map_err(|other| {
            let message = format!("expected a metadata document, which is an object; found {}", other.kind());
            Error::new(Code::InputWrongType, message)
        })?;
        check_context(fields.take("@context"))?;
        let id = fields.take_string("id").map_err(|what| malformed(&what))?;
        let type_name = fields.take_string("type").map_err(|what| malformed(&what))?;
        let releases = fields.take_array("releases").map_err(|what| malformed(&what))?;
        let (releases, unusable) = read_releases(releases, limits);
        let latest_security_release = latest_security_release(&mut fields, limits);
        let warnings = warnings(&mut fields, unusable);
        Ok(Metadata { id, type_name, releases, latest_security_release, warnings, limits: *limits })
    }

    /// The DID that the document says it is about.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The package type; `None` if it is not known: then the package must not be installed.
    pub fn package_type(&self) -> Option<PackageType> {
        PackageType::from_name(&self.type_name)
    }

    /// The package type as it is written.
    pub(super) fn type_name(&self) -> &str {
        &self.type_name
    }

    /// The versions of the well-formed releases, in the order of the document.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.sound().map(|content| &content.version)
    }

    fn sound(&self) -> impl Iterator<Item = &ReleaseContent> {
        self.releases.iter().filter_map(|release| match release {
            ClaimedRelease::Sound(content) => Some(content),
            ClaimedRelease::Malformed(..) => None,
        })
    }

    /// The well-formed releases: the version, and the checksums that its packages give.
    pub(super) fn checksums(&self) -> impl Iterator<Item = (&Version, Vec<&str>)> {
        self.sound().map(|content| {
            let packages = content.packages.iter().filter_map(|package| package.content.as_ref().ok());
            (&content.version, packages.filter_map(|package| package.checksum.as_deref()).collect())
        })
    }

    /// The latest release with security fixes, where it is above this version.
    pub(super) fn security_release_above(&self, version: &Version) -> Option<&Version> {
        let latest = self.latest_security_release.as_ref()?;
        (latest.precedence()? > version.precedence()?).then_some(latest)
    }

    /// Non-fatal findings.
    pub fn warnings(&self) -> &[Warning] {
        &self.warnings
    }
}

fn malformed(what: &str) -> Error {
    Error::new(Code::FairMetadataMalformed, what)
}

/// The context says which version of the document this is; nothing else of JSON-LD matters here.
fn check_context(context: Option<Value<'_>>) -> Result<(), Error> {
    let first = match context {
        Some(Value::Array(items)) => items.into_iter().next(),
        other => other,
    };
    match first {
        Some(Value::String(text)) if text == CONTEXT => Ok(()),
        Some(Value::String(text)) => {
            Err(malformed(&format!("expected the @context {CONTEXT}, found {}", quote(&text))))
        }
        Some(other) => Err(malformed(&format!("expected the @context {CONTEXT}, found {}", other.kind()))),
        None => Err(malformed(&format!("expected the @context {CONTEXT}, found none"))),
    }
}

/// fair.md, "Advisories". What is no version with an order says nothing.
fn latest_security_release(fields: &mut Fields<'_>, limits: &Limits) -> Option<Version> {
    let text = fields.take_string("latest-security-release").ok()?;
    Version::read(&text, limits).filter(Version::is_ordered)
}

/// Required members that nothing rests on (fair.md, "Loose members"), and releases that cannot be used.
fn warnings(fields: &mut Fields<'_>, unusable: Unusable) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let is_license = matches!(fields.take("license"), Some(Value::String(text)) if !text.is_empty());
    let has_authors = matches!(fields.take("authors"), Some(Value::Array(authors)) if !authors.is_empty());
    let security = fields.take("security").unwrap_or(Value::Null);
    let is_list = matches!(security, Value::Array(_) | Value::Null);
    let has_contact = names_contact(&security);
    let members = [("license", is_license), ("authors", has_authors), ("security", is_list)];
    let loose: Vec<&str> = members.iter().filter(|(_, is_sound)| !is_sound).map(|(name, _)| *name).collect();
    if !loose.is_empty() {
        let message =
            format!("required members are missing, empty or of the wrong type: {}", loose.join(", "));
        warnings.push(Warning::new(WarningCode::FairMetadataLoose, message));
    }
    if !has_contact {
        let message = "the metadata document names no security contact; clients should refuse such packages";
        warnings.push(Warning::new(WarningCode::FairSecurityMissing, message));
    }
    if let Unusable { count, first: Some(first) } = unusable {
        let releases = if count == 1 { "1 release is".to_owned() } else { format!("{count} releases are") };
        let message = format!("{releases} malformed and skipped; the first because {}", first.message());
        warnings.push(Warning::new(WarningCode::FairReleaseUnusable, message));
    }
    warnings
}

/// The releases that cannot be used: how many, and what is wrong with the first.
#[derive(Default)]
struct Unusable {
    count: usize,
    first: Option<Error>,
}

impl Unusable {
    fn add(&mut self, error: impl FnOnce() -> Error) {
        self.count = self.count.saturating_add(1);
        self.first.get_or_insert_with(error);
    }
}

/// Reads the releases. One without a version cannot be asked for: it is only counted.
fn read_releases(values: Vec<Value<'_>>, limits: &Limits) -> (Vec<ClaimedRelease>, Unusable) {
    let (mut releases, mut unusable) = (Vec::new(), Unusable::default());
    for value in values {
        match ClaimedRelease::from_json(value, limits) {
            Ok(release) => {
                if let ClaimedRelease::Malformed(text, fault) = &release {
                    unusable.add(|| fault.error(text, limits));
                }
                releases.push(release);
            }
            Err(what) => unusable.add(|| Error::new(Code::FairReleaseMalformed, what)),
        }
    }
    (releases, unusable)
}

/// Whether the member security names a contact (fair.md, "Loose members"): in a list, as FAIR wants it, or alone.
fn names_contact(security: &Value<'_>) -> bool {
    if let Value::Array(contacts) = security { contacts.iter().any(is_contact) } else { is_contact(security) }
}

/// Whether this is an address, or an object with one. FAIR Beacon writes `uri` where FAIR says `url`.
fn is_contact(value: &Value<'_>) -> bool {
    let is_address =
        |value: &Value<'_>| matches!(value, Value::String(text) if !text.trim_ascii().is_empty());
    if let Value::Object(members) = value {
        let mut members = members.iter();
        members.any(|(name, value)| matches!(&**name, "url" | "email" | "uri") && is_address(value))
    } else {
        is_address(value)
    }
}

impl ClaimedRelease {
    /// The error says why it has no version.
    fn from_json(value: Value<'_>, limits: &Limits) -> Result<Self, String> {
        let mut fields = Fields::from_value(value)
            .map_err(|other| format!("a release must be an object, found {}", other.kind()))?;
        let text = fields.take_string("version").map_err(|what| format!("in a release, {what}"))?;
        Ok(match release_content(&text, &mut fields, limits) {
            Ok(content) => ClaimedRelease::Sound(content),
            Err(fault) => ClaimedRelease::Malformed(text, fault),
        })
    }

    /// The version, as it is written.
    pub(super) fn version(&self) -> &str {
        match self {
            ClaimedRelease::Sound(content) => content.version.as_str(),
            ClaimedRelease::Malformed(text, _) => text,
        }
    }
}

impl ReleaseFault {
    /// The error of the release of this version.
    pub(super) fn error(self, text: &str, limits: &Limits) -> Error {
        let malformed = |what: String| Error::new(Code::FairReleaseMalformed, what);
        match self {
            ReleaseFault::Version => Version::refusal(text, limits),
            ReleaseFault::ArtifactsMissing => malformed(format!("the member artifacts of {text} is missing")),
            ReleaseFault::Artifacts(kind) => {
                malformed(format!("artifacts of {text} must be an object, found {kind}"))
            }
        }
    }
}

fn release_content(
    text: &str,
    fields: &mut Fields<'_>,
    limits: &Limits,
) -> Result<ReleaseContent, ReleaseFault> {
    let version = Version::read(text, limits).ok_or(ReleaseFault::Version)?;
    let package = match fields.take("artifacts") {
        Some(Value::Object(members)) => {
            members.into_iter().find(|(name, _)| name == PACKAGE).map(|(_, value)| value)
        }
        // PHP writes an empty map as an empty array.
        Some(Value::Array(items)) if items.is_empty() => None,
        Some(other) => return Err(ReleaseFault::Artifacts(other.kind())),
        None => return Err(ReleaseFault::ArtifactsMissing),
    };
    let packages = match package {
        Some(Value::Array(items)) => items.into_iter().map(ClaimedArtifact::from_json).collect(),
        Some(item) => vec![ClaimedArtifact::from_json(item)],
        None => Vec::new(),
    };
    Ok(ReleaseContent { version, packages, has_advisory: has_content(fields.take("advisory")) })
}

/// Whether a member says anything: PHP writes an empty value as null, an empty string, array or object, or false.
fn has_content(value: Option<Value<'_>>) -> bool {
    match value {
        None | Some(Value::Null | Value::Bool(false)) => false,
        Some(Value::String(text)) => !text.is_empty(),
        Some(Value::Array(items)) => !items.is_empty(),
        Some(Value::Object(members)) => !members.is_empty(),
        Some(Value::Bool(true) | Value::Number(_)) => true,
    }
}
