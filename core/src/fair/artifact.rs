//! Artifacts of a release.

use crate::error::Error;
use crate::json::{Fields, Value};
use crate::tables::Code;

/// The content type of a release asset.
const OCTET_STREAM: &str = "application/octet-stream";

/// An installable file of a release, as the metadata document describes it: a claim.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Artifact {
    url: String,
    pub(crate) signature: Option<String>,
    pub(super) checksum: Option<String>,
    content_type: Option<String>,
    is_release_asset: bool,
    requires_auth: bool,
}

/// An artifact as claimed: what is wrong with it is kept, and refused when the artifact is the one that counts.
#[derive(Debug, Clone)]
pub(super) struct ClaimedArtifact {
    /// The `url`, where it is a string.
    pub(super) url: Option<String>,
    pub(super) content: Result<Artifact, Error>,
}

impl ClaimedArtifact {
    pub(super) fn from_json(value: Value<'_>) -> Self {
        let malformed =
            |what: &str| Error::new(Code::FairArtifactMalformed, format!("in a package artifact, {what}"));
        let mut fields = match Fields::from_value(value) {
            Ok(fields) => fields,
            Err(other) => {
                let message = format!("a package artifact must be an object, found {}", other.kind());
                return ClaimedArtifact {
                    url: None,
                    content: Err(Error::new(Code::FairArtifactMalformed, message)),
                };
            }
        };
        match fields.take_string("url") {
            Ok(url) => {
                let content = Artifact::from_fields(&url, &mut fields).map_err(|what| malformed(&what));
                ClaimedArtifact { url: Some(url), content }
            }
            Err(what) => ClaimedArtifact { url: None, content: Err(malformed(&what)) },
        }
    }
}

impl Artifact {
    /// What security rests on has its type or is refused, with what was wrong; the rest is taken where it has its type.
    fn from_fields(url: &str, fields: &mut Fields<'_>) -> Result<Self, String> {
        Ok(Artifact {
            url: url.to_owned(),
            signature: fields.take_optional_string("signature")?,
            checksum: fields.take_optional_string("checksum")?,
            content_type: fields.take_optional_string("content-type").unwrap_or_default(),
            is_release_asset: fields.take("release-asset") == Some(Value::Bool(true)),
            requires_auth: fields.take("requires-auth") == Some(Value::Bool(true)),
        })
    }

    /// Where the file is available. Any string.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The checksum that the document gives, if any, as it is written there.
    pub fn checksum(&self) -> Option<&str> {
        self.checksum.as_deref()
    }

    /// The media type that the document gives, if any.
    pub fn content_type(&self) -> Option<&str> {
        self.content_type.as_deref()
    }

    /// Whether the host must be asked for `application/octet-stream`: the flag says so, or the content type, which is how
    /// the reference repository marks release assets (fair.md, "Fetching").
    pub fn is_release_asset(&self) -> bool {
        self.is_release_asset || self.content_type() == Some(OCTET_STREAM)
    }

    /// Whether the host wants credentials.
    pub fn requires_auth(&self) -> bool {
        self.requires_auth
    }
}
