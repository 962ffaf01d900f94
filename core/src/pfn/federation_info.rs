//! The document by which a source introduces itself (pfn.md, "federation-info").

use super::asset_url;
use crate::error::Error;
use crate::json::{self, Fields, Value};
use crate::tables::{Code, Limits};

/// What a source serves at `/federation-info`. It is unsigned: it says where to look, and proves nothing.
///
/// ```
/// use fedverify::{Code, Limits, pfn::FederationInfo};
///
/// let json = br#"{"version": "1.0.0", "features": ["plugin-distribution"], "assetInfo":
///     {"domain": "https://assets.example.com", "namingScheme": "plugins/author/slug/slug.zip"}}"#;
/// let info = FederationInfo::parse(json, &Limits::default())?;
/// assert_eq!(info.asset_url("alice", "gallery")?, "https://assets.example.com/plugins/alice/gallery/gallery.zip");
/// assert_eq!(info.asset_url("..", "gallery").unwrap_err().code(), Code::PfnAssetUrlRefused);
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FederationInfo {
    version: String,
    features: Vec<String>,
    domain: String,
    naming_scheme: String,
}

impl FederationInfo {
    /// Reads the document. Members other than `version`, `features` and `assetInfo` are ignored.
    ///
    /// # Errors
    ///
    /// Every `input.*` code of a document, [`Code::InputWrongType`] if it is not an object;
    /// [`Code::PfnFederationInfoMalformed`].
    pub fn parse(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        let value =
            json::parse("federation-info document", json, ("recordBytes", limits.record_bytes), limits)?;
        let fields = Fields::from_value(value).map_err(|other| {
            let message = format!("the federation-info document must be an object, found {}", other.kind());
            Error::new(Code::InputWrongType, message)
        })?;
        FederationInfo::from_fields(fields).map_err(|what| {
            Error::new(Code::PfnFederationInfoMalformed, format!("invalid federation-info document: {what}"))
        })
    }

    fn from_fields(mut fields: Fields<'_>) -> Result<Self, String> {
        let features = fields.take_array("features")?;
        let mut assets = fields.take_fields("assetInfo")?;
        Ok(FederationInfo {
            version: fields.take_string("version")?,
            features: features.into_iter().map(feature).collect::<Result<_, _>>()?,
            domain: assets.take_string("domain").map_err(|what| format!("in assetInfo, {what}"))?,
            naming_scheme: assets
                .take_string("namingScheme")
                .map_err(|what| format!("in assetInfo, {what}"))?,
        })
    }

    /// The version of the protocol that the source says it speaks.
    pub fn version(&self) -> &str {
        &self.version
    }

    /// What the source says it can do.
    pub fn features(&self) -> &[String] {
        &self.features
    }

    /// The origin that serves archives, as the source writes it.
    pub fn domain(&self) -> &str {
        &self.domain
    }

    /// How the URL of an archive is put together, as the source writes it.
    pub fn naming_scheme(&self) -> &str {
        &self.naming_scheme
    }

    /// The URL of a plugin's archive: the naming scheme with the author's and the plugin's name in it, at the source's own
    /// asset domain (pfn.md, "Asset URLs").
    ///
    /// A segment of the scheme that is `author` or `slug`, or starts with one of them and a dot (`slug.zip`), has that word
    /// replaced. The federation node replaces the first `author` and then every `slug`, wherever they are in the scheme.
    /// Where that makes a difference the URL is refused, so that every node fetches the same one: schemes such as
    /// `authors/slug.zip`, `slug-1.0.zip` and `author/author.zip`, and user names that contain `slug`.
    ///
    /// The domain is an `https` origin: a host name, not an address, and optionally a port. Segments and names are letters,
    /// digits, `-`, `_` and `.`, segments also `~`, `+` and `@`: with nothing else, and without empty segments, `.` and
    /// `..`, the URL cannot leave the domain.
    ///
    /// Whether the host should be asked at all (it may be a local or internal one) is for whoever fetches to decide.
    ///
    /// # Errors
    ///
    /// [`Code::PfnAssetUrlRefused`].
    pub fn asset_url(&self, username: &str, plugin_id: &str) -> Result<String, Error> {
        asset_url::build(&self.domain, &self.naming_scheme, asset_url::Names { username, plugin_id })
    }
}

fn feature(value: Value<'_>) -> Result<String, String> {
    match value {
        Value::String(feature) => Ok(feature.into_owned()),
        other @ (Value::Null | Value::Bool(_) | Value::Number(_) | Value::Array(_) | Value::Object(_)) => {
            Err(format!("a feature must be a string, found {}", other.kind()))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::public_example;

    const DOCUMENT: &str = r#"{"version":"1","features":["a","b"],"assetInfo":{"domain":"https://a.example","namingScheme":"slug.zip"}}"#;

    fn parse(json: &str) -> Result<FederationInfo, Error> {
        FederationInfo::parse(json.as_bytes(), &Limits::default())
    }

    #[test]
    fn every_member_is_needed_in_its_type() {
        let info = parse(DOCUMENT).unwrap();
        assert_eq!((info.version(), info.features()), ("1", ["a".to_owned(), "b".to_owned()].as_slice()));
        assert_eq!(parse(&DOCUMENT.replace("{\"v", "{\"new\":1,\"v")).unwrap(), info);
        assert!(parse(&DOCUMENT.replace("[\"a\",\"b\"]", "[]")).unwrap().features().is_empty());
        let changes = [
            (r#""version":"1""#, r#""version":1"#),
            (r#""version":"1","#, ""),
            (r#"["a","b"]"#, r#"["a",1]"#),
            (r#"["a","b"]"#, "{}"),
            (r#""features":["a","b"],"#, ""),
            (r#"{"domain":"https://a.example","namingScheme":"slug.zip"}"#, "[]"),
            (r#""https://a.example""#, "null"),
            (r#","namingScheme":"slug.zip""#, ""),
        ];
        for (from, to) in changes {
            let json = DOCUMENT.replace(from, to);
            assert_ne!(json, DOCUMENT);
            assert_eq!(parse(&json).map_err(|e| e.code()), Err(Code::PfnFederationInfoMalformed), "{json}");
        }
        assert_eq!(parse("[]").map_err(|e| e.code()), Err(Code::InputWrongType));
        assert_eq!(parse("").map_err(|e| e.code()), Err(Code::InputMalformed));
    }

    #[test]
    fn the_public_example_gives_a_url() {
        let Some(json) = public_example("federation-info.json") else { return };
        let info = FederationInfo::parse(&json, &Limits::default()).unwrap();
        let url = info.asset_url("plugin-author", "plugin-id").unwrap();
        assert_eq!(url, "https://assets.example.com/plugins/plugin-author/plugin-id/plugin-id.zip");
    }
}
