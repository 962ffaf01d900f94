//! The document in which a source lists an author's plugins (pfn.md, "author-data").

use super::key::PublisherKey;
use super::plugin::{self, PluginRecord, VerifiedPlugin};
use super::signed_string::Member;
use crate::error::Error;
use crate::index::Index;
use crate::json::{self, Fields, Value};
use crate::quote::quote;
use crate::tables::{Check, Code, Limits};

/// What a source serves at `/author-data` for one author. Each plugin in it is signed separately; that a plugin is missing
/// from the list, and everything about the author, is only the source's word.
///
/// ```
/// use fedverify::{Code, Limits, pfn::{AuthorData, PublisherKey}};
///
/// let limits = Limits::default();
/// let key = PublisherKey::parse(b"6kpsY+KcUgq+9VB7Ey7F+ZVHdq6+vnuSQh7qaRRG0iw=", &limits)?;
/// let json = br#"{"username": "alice", "plugins": [
///     {"slug": "gallery", "name": "Gallery", "version": "1.0.0", "short_description": "Pictures", "tags": {},
///      "signature": "sqyf5TDcZ9PkNsLvwoS7tqaeDSHLx4c9xOP6S+J7TF0+0INcCD+ygs+Dt54OotlKdiokp2z50HBy8kCr2PGLCQ=="},
///     {"slug": "player", "name": "Player", "version": "2.0.0", "short_description": "Sounds"}]}"#;
/// let author = AuthorData::parse(json, &limits)?;
/// assert_eq!(author.username(), "alice");
///
/// let plugins = author.verify(&key);
/// assert!(matches!(&plugins[0], (id, Ok(plugin)) if id == "gallery" && plugin.version() == Some("1.0.0")));
/// assert!(matches!(&plugins[1], (id, Err(error)) if id == "player" && error.code() == Code::PfnSignatureMissing));
/// # Ok::<(), fedverify::Error>(())
/// ```
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct AuthorData {
    username: String,
    plugins: Vec<Listed>,
}

/// A plugin of the list: its slug or place, and its record or why that cannot be used.
type Listed = (String, Result<PluginRecord, Error>);

impl AuthorData {
    /// Reads the document. Its number of plugins, and with it the number of signature checks, is bounded by
    /// `limits.record_bytes`.
    ///
    /// A plugin whose record lacks a member, or has one of another type, does not affect the others: its outcome is that
    /// error.
    ///
    /// # Errors
    ///
    /// Every `input.*` code of a document, [`Code::InputWrongType`] if it is not an object;
    /// [`Code::PfnAuthorDataMalformed`] if `username` is not a string, `plugins` is not an array of objects, or a slug is in
    /// it twice, because two readers could take either. So is one that has the name of a plugin without a slug.
    pub fn parse(json: &[u8], limits: &Limits) -> Result<Self, Error> {
        let value = json::parse("author-data document", json, ("recordBytes", limits.record_bytes), limits)?;
        let mut fields = Fields::from_value(value).map_err(|other| {
            let message = format!("the author-data document must be an object, found {}", other.kind());
            Error::new(Code::InputWrongType, message)
        })?;
        let username = fields.take_string("username").map_err(|what| malformed(&what))?;
        let records = fields.take_array("plugins").map_err(|what| malformed(&what))?;
        Ok(AuthorData { username, plugins: read_plugins(records)? })
    }

    /// The author's name at this source. Not signed.
    pub fn username(&self) -> &str {
        &self.username
    }

    /// The plugins in the order of the document: the slug, or `plugins[<index>]` if it has none, and the record or why it
    /// cannot be used.
    pub fn plugins(&self) -> &[(String, Result<PluginRecord, Error>)] {
        &self.plugins
    }

    /// Verifies every plugin: one outcome for each, in the order of the document, with the plugin's slug, or
    /// `plugins[<index>]` if it has none.
    ///
    /// # Errors
    ///
    /// This function does not fail. The outcome of a plugin can be [`Code::PfnPluginMalformed`],
    /// [`Code::PfnPluginNotText`], [`Code::PfnSignatureMissing`], [`Code::PfnSignatureEncoding`] or
    /// [`Code::PfnSignatureInvalid`].
    pub fn verify(&self, key: &PublisherKey) -> Vec<(String, Result<VerifiedPlugin, Error>)> {
        let outcome = |record: &Result<PluginRecord, Error>| record.clone()?.verify(key, None);
        self.plugins.iter().map(|(id, record)| (id.clone(), outcome(record))).collect()
    }
}

fn read_plugins(records: Vec<Value<'_>>) -> Result<Vec<Listed>, Error> {
    let mut plugins = Vec::new();
    let mut ids = Index::default();
    for (index, record) in records.into_iter().enumerate() {
        let fields = Fields::from_value(record).map_err(|other| {
            malformed(&format!("plugins[{index}] must be an object, found {}", other.kind()))
        })?;
        let (slug, record) = read_plugin(fields);
        let id = slug.unwrap_or_else(|| format!("plugins[{index}]"));
        if ids.insert_owned(id.clone(), index).is_some() {
            return Err(malformed(&format!("it lists {} twice", quote(&id))));
        }
        plugins.push((id, record.map_err(|error| error.at(Check::PfnPlugin))));
    }
    Ok(plugins)
}

/// Reads one plugin. The slug is returned beside the outcome, so that an error can name its plugin.
fn read_plugin(mut fields: Fields<'_>) -> (Option<String>, Result<PluginRecord, Error>) {
    match required(&mut fields, "slug") {
        Ok(slug) if slug.is_empty() => {
            (None, Err(plugin::malformed("the member slug must be a non-empty string, found an empty one")))
        }
        Ok(slug) => (Some(slug.clone()), read_record(slug, fields)),
        Err(error) => (None, Err(error)),
    }
}

/// Reads the members beside the slug. The network's page also requires `signature`, but its own example has none, so that
/// is for [`PluginRecord::verify`] to say; and `tags`, but publishers serve a list or nothing. Nobody signs the tags and
/// nothing rests on them, so they are not looked at (pfn.md, "author-data").
fn read_record(slug: String, mut fields: Fields<'_>) -> Result<PluginRecord, Error> {
    Ok(PluginRecord {
        id: slug,
        name: Member::String(required(&mut fields, "name")?),
        version: Member::String(required(&mut fields, "version")?),
        description: Member::String(required(&mut fields, "short_description")?),
        signature: plugin::take_signature(&mut fields)?,
    })
}

fn required(fields: &mut Fields<'_>, name: &str) -> Result<String, Error> {
    match plugin::take_member(fields, [name])? {
        Member::String(value) => Ok(value),
        Member::Null => Err(plugin::malformed(&format!("the member {name} must be a string, found null"))),
        Member::Undefined => Err(plugin::malformed(&format!("the member {name} is missing"))),
    }
}

fn malformed(what: &str) -> Error {
    Error::new(Code::PfnAuthorDataMalformed, format!("invalid author-data document: {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::pfn::testing::{public_example, publisher_key, sign};

    fn parse(json: &str) -> Result<AuthorData, Error> {
        AuthorData::parse(json.as_bytes(), &Limits::default())
    }

    fn document(plugins: &[&str]) -> String {
        format!(r#"{{"username":"alice","plugins":[{}]}}"#, plugins.join(","))
    }

    fn outcomes(plugins: &[&str]) -> Vec<(String, Result<(), Code>)> {
        let outcomes = parse(&document(plugins)).unwrap().verify(&publisher_key());
        outcomes.into_iter().map(|(id, outcome)| (id, outcome.map(drop).map_err(|e| e.code()))).collect()
    }

    fn plugin(slug: &str) -> String {
        let signed = format!(r#"{{"id":"{slug}","name":"N","version":"1","description":"D"}}"#);
        let signature = sign(signed.as_bytes());
        format!(
            r#"{{"slug":"{slug}","name":"N","version":"1","short_description":"D","tags":{{}},"signature":"{signature}"}}"#
        )
    }

    #[test]
    fn every_plugin_has_its_own_outcome() {
        let good = plugin("a");
        let unsigned = r#"{"slug":"b","name":"N","version":"1","short_description":"D","tags":[]}"#;
        let nameless = r#"{"slug":"c","version":"1","short_description":"D","tags":{},"signature":null}"#;
        let outcomes = outcomes(&[&good, unsigned, nameless, "{}", &plugin("e").replace("\"1\"", "\"2\"")]);
        let expected = [
            ("a", Ok(())),
            ("b", Err(Code::PfnSignatureMissing)),
            ("c", Err(Code::PfnPluginMalformed)),
            ("plugins[3]", Err(Code::PfnPluginMalformed)),
            ("e", Err(Code::PfnSignatureInvalid)),
        ];
        assert_eq!(outcomes, expected.map(|(id, outcome)| (id.to_owned(), outcome)));
    }

    #[test]
    fn a_plugin_has_its_members_in_their_types() {
        let good = plugin("a");
        let changes = [
            (r#""slug":"a","#, "", Err(Code::PfnPluginMalformed)),
            (r#""slug":"a""#, r#""id":"a""#, Err(Code::PfnPluginMalformed)),
            (r#""slug":"a""#, r#""slug":"""#, Err(Code::PfnPluginMalformed)),
            (r#""slug":"a""#, r#""slug":1"#, Err(Code::PfnPluginNotText)),
            (r#""name":"N","#, "", Err(Code::PfnPluginMalformed)),
            (r#""name":"N""#, r#""name":null"#, Err(Code::PfnPluginMalformed)),
            (r#""version":"1""#, r#""version":1"#, Err(Code::PfnPluginNotText)),
            ("short_description", "description", Err(Code::PfnPluginMalformed)),
            (r#""tags":{},"#, "", Ok(())),
            (r#""tags":{}"#, r#""tags":null"#, Ok(())),
            (r#""tags":{}"#, r#""tags":["x"]"#, Ok(())),
            (r#""tags":{}"#, r#""tags":"x""#, Ok(())),
            (r#""tags":{}"#, r#""tags":1e400"#, Ok(())),
            (r#""tags":{}"#, r#""tags":{"x":["y"]}"#, Ok(())),
            (r#""tags":{}"#, r#""tags":[],"rating":4.5"#, Ok(())),
            (r#""signature":""#, r#""signature":7,"x":""#, Err(Code::PfnPluginMalformed)),
            (r#""signature":""#, r#""signature":"="#, Err(Code::PfnSignatureEncoding)),
        ];
        for (from, to, expected) in changes {
            let changed = good.replace(from, to);
            assert_ne!(changed, good);
            assert_eq!(outcomes(&[&changed]).pop().map(|(_, outcome)| outcome), Some(expected), "{changed}");
        }
    }

    #[test]
    fn the_document_has_its_members_and_no_slug_twice() {
        let (a, b) = (plugin("a"), plugin("b"));
        assert_eq!(parse(&document(&[])).unwrap().verify(&publisher_key()), []);
        assert_eq!(parse(&document(&[&a, &b])).unwrap().username(), "alice");
        let wrong = [
            document(&[&a, &b, &a]),
            document(&[&a, r#"{"slug":"a"}"#]),
            document(&[&a, "null"]),
            document(&[&a, "[]"]),
            document(&[]).replace("\"alice\"", "null"),
            document(&[]).replace("username", "name"),
            document(&[]).replace("[]", "{}"),
            document(&[]).replace("plugins", "themes"),
        ];
        for json in wrong {
            assert_eq!(parse(&json).map_err(|e| e.code()), Err(Code::PfnAuthorDataMalformed), "{json}");
        }
        // Records without a slug are distinguished by their index. A slug cannot take the place of one.
        assert_eq!(outcomes(&["{}", "{}", &plugin("plugins[2]"), &plugin("plugins[3]")]).len(), 4);
        let (first, second) = (plugin("plugins[0]"), plugin("plugins[1]"));
        for ambiguous in [["{}", &*first], [&*second, "{}"]] {
            let error = parse(&document(&ambiguous)).unwrap_err();
            assert_eq!(error.code(), Code::PfnAuthorDataMalformed);
            assert!(error.message().contains("lists \"plugins["), "{error}");
        }
        assert_eq!(parse("[]").map_err(|e| e.code()), Err(Code::InputWrongType));
    }

    #[test]
    fn the_public_example_is_read() {
        let Some(json) = public_example("author-data.json") else { return };
        let author = AuthorData::parse(&json, &Limits::default()).unwrap();
        assert_eq!(author.username(), "plugin-author");
        let [(id, outcome)] = <[_; 1]>::try_from(author.verify(&publisher_key())).unwrap();
        assert_eq!(
            (id.as_str(), outcome.map_err(|e| e.code())),
            ("plugin-id", Err(Code::PfnSignatureMissing))
        );
    }
}
