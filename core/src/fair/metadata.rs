//! The metadata document: strict where security rests on it, tolerant elsewhere.

use super::artifact::ClaimedArtifact;
use crate::version::Version;
use crate::error::Error;
use crate::quote::quote;
use crate::tables::{Check, Code, Limits, WarningCode};
use crate::json::{self, Fields, Value};
use crate::warning::Warning;

/// The JSON-LD context of the one version of the document that is known.
const CONTEXT: &str = "https://fair.pm/ns/metadata/v1";

/// The artifact type that is installed.
const PACKAGE: &str = "package";

/// A FAIR metadata document, well-formed and nothing more. Nobody signs it: it only says where the signed bytes are
/// and which signature is theirs.
///
/// ```
/// use fedverify::fair::{Metadata, PackageType};
///
/// let json = br#"{
///     "@context": "https://fair.pm/ns/metadata/v1", "id": "did:plc:deoui6ztyx6paqajconl67rz", "type": "wp-plugin",
///     "license": "MIT", "authors": [{"name": "A. U. Thor"}], "security": [],
///     "releases": [{"version": "1.0.3", "artifacts": {"package": {"url": "https://example.com/a.zip"}}}]
/// }"#;
/// let metadata = Metadata::parse(json)?;
/// assert_eq!(metadata.package_type(), Some(PackageType::WpPlugin));
/// assert_eq!(metadata.versions().map(|v| v.to_string()).collect::<Vec<_>>(), ["1.0.3"]);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone)]
pub struct Metadata {
    id: String,
    type_name: String,
    pub(super) releases: Vec<ClaimedRelease>,
    warnings: Vec<Warning>,
    pub(super) limits: Limits,
}

/// The package types that are known, and so may be installed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum PackageType {
    /// `wp-plugin`.
    WpPlugin,
    /// `wp-theme`.
    WpTheme,
    /// `wp-core`.
    WpCore,
}

/// A release as claimed. Documents hold many, and a malformed old one must not stop a sound new one: what is wrong is
/// kept, and refused when it is asked for.
#[derive(Debug, Clone)]
pub(super) struct ClaimedRelease {
    /// The text of `version`, where there is one.
    pub(super) text: Option<String>,
    pub(super) content: Result<ReleaseContent, Error>,
}

#[derive(Debug, Clone)]
pub(super) struct ReleaseContent {
    pub(super) version: Version,
    pub(super) packages: Vec<ClaimedArtifact>,
}

impl PackageType {
    /// All types that are known.
    const ALL: [PackageType; 3] = [PackageType::WpPlugin, PackageType::WpTheme, PackageType::WpCore];

    /// The type as the document writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            PackageType::WpPlugin => "wp-plugin",
            PackageType::WpTheme => "wp-theme",
            PackageType::WpCore => "wp-core",
        }
    }
}

impl Metadata {
    /// Reads a metadata document, within the default limits.
    ///
    /// Errors: `input.*`, [`Code::FairMetadataMalformed`].
    pub fn parse(json: &[u8]) -> Result<Self, Error> {
        Metadata::parse_with(json, &Limits::default())
    }

    /// Like [`Metadata::parse`], with other limits, which also hold for verifying its releases.
    pub fn parse_with(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        Metadata::read(json, limits).map_err(|error| error.at(Check::FairMetadata))
    }

    fn read(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        let value = json::parse("metadata document", json, limits.metadata_bytes, limits)?;
        let mut fields = Fields::of(value).map_err(|other| {
            let message = format!("a metadata document is an object, this is {}", other.kind());
            Error::new(Code::InputWrongType, message)
        })?;
        check_context(fields.take("@context"))?;
        let id = fields.take_string("id").map_err(|what| malformed(&what))?;
        let type_name = fields.take_string("type").map_err(|what| malformed(&what))?;
        let releases: Vec<ClaimedRelease> = match fields.take("releases") {
            Some(Value::Array(releases)) => releases.into_iter().map(ClaimedRelease::from_json).collect(),
            Some(other) => {
                return Err(malformed(&format!("releases must be an array, it is {}", other.kind())));
            }
            None => return Err(malformed("the member releases is missing")),
        };
        let warnings = warnings(&mut fields, &releases);
        Ok(Metadata { id, type_name, releases, warnings, limits: *limits })
    }

    /// The DID that the document says it is about.
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The package type; `None` if it is not known, and the package so must not be installed.
    pub fn package_type(&self) -> Option<PackageType> {
        PackageType::ALL.into_iter().find(|known| known.as_str() == self.type_name)
    }

    /// The package type as it is written.
    pub(super) fn type_name(&self) -> &str {
        &self.type_name
    }

    /// The versions of the well-formed releases, in the order of the document.
    pub fn versions(&self) -> impl Iterator<Item = &Version> {
        self.releases
            .iter()
            .filter_map(|release| release.content.as_ref().ok())
            .map(|content| &content.version)
    }

    /// The version texts of the well-formed releases, each with the checksums that its packages give.
    pub(crate) fn checksums(&self) -> impl Iterator<Item = (&str, Vec<&str>)> {
        self.releases.iter().filter_map(|release| {
            let packages = release.content.as_ref().ok()?.packages.iter();
            let checksums = packages.filter_map(|package| package.content.as_ref().ok()?.checksum.as_deref());
            Some((release.text.as_deref()?, checksums.collect()))
        })
    }

    /// What does not speak against the document but should be known.
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

/// Required members that nothing rests on, and releases that cannot be used.
fn warnings(fields: &mut Fields<'_>, releases: &[ClaimedRelease]) -> Vec<Warning> {
    let mut warnings = Vec::new();
    let is_text = matches!(fields.take("license"), Some(Value::String(_)));
    let is_array = |value| matches!(value, Some(Value::Array(_)));
    let members = [
        ("license", is_text),
        ("authors", is_array(fields.take("authors"))),
        ("security", is_array(fields.take("security"))),
    ];
    let loose: Vec<&str> = members.iter().filter(|(_, is_there)| !is_there).map(|(name, _)| *name).collect();
    if !loose.is_empty() {
        let message = format!("required members are missing or of another type: {}", loose.join(", "));
        warnings.push(Warning::new(WarningCode::FairMetadataLoose, message));
    }
    let mut unusable = releases.iter().filter_map(|release| release.content.as_ref().err());
    if let Some(first) = unusable.next() {
        let count = unusable.count().saturating_add(1);
        let message = format!("{count} releases are malformed, the first because {}", first.message());
        warnings.push(Warning::new(WarningCode::FairReleaseUnusable, message));
    }
    warnings
}

impl ClaimedRelease {
    fn from_json(value: Value<'_>) -> Self {
        let malformed = |what: &str| Err(Error::new(Code::FairReleaseMalformed, what));
        let mut fields = match Fields::of(value) {
            Ok(fields) => fields,
            Err(other) => {
                let content = malformed(&format!("a release must be an object, it is {}", other.kind()));
                return ClaimedRelease { text: None, content };
            }
        };
        match fields.take_string("version") {
            Ok(text) => {
                ClaimedRelease { content: release_content(&text, fields.take("artifacts")), text: Some(text) }
            }
            Err(what) => ClaimedRelease { text: None, content: malformed(&format!("in a release, {what}")) },
        }
    }
}

fn release_content(text: &str, artifacts: Option<Value<'_>>) -> Result<ReleaseContent, Error> {
    let malformed = |what: String| Error::new(Code::FairReleaseMalformed, what);
    let version = Version::parse(text).ok_or_else(|| {
        malformed(format!("expected one to three numbers as a version, found {}", quote(text)))
    })?;
    let package = match artifacts {
        Some(Value::Object(members)) => {
            members.into_iter().find(|(name, _)| name == PACKAGE).map(|(_, value)| value)
        }
        // PHP writes an empty map as an empty array.
        Some(Value::Array(items)) if items.is_empty() => None,
        Some(other) => {
            return Err(malformed(format!("artifacts of {text} must be an object, it is {}", other.kind())));
        }
        None => return Err(malformed(format!("the member artifacts of {text} is missing"))),
    };
    let packages = match package {
        Some(Value::Array(items)) => items.into_iter().map(ClaimedArtifact::from_json).collect(),
        Some(item) => vec![ClaimedArtifact::from_json(item)],
        None => Vec::new(),
    };
    Ok(ReleaseContent { version, packages })
}
